"""A map that was written before, read again: its reports with the mentions that have a place."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from geomap.errors import ComparisonError
from geomap.model import Anchor, Mention, ParsedReport, Place, Report
from geomap.rendering.collecting import ASSOCIATIVE, CORRECTED, KINDS
from geomap.rendering.columns import decode_varints, read_block
from geomap.rendering.offsets import code_point_offsets
from geomap.rendering.payload import FORMAT

_FORMATS: Final = {3, FORMAT}  # the first has no probabilities of usage, which nobody compares
_BLOCK: Final = re.compile(rb'<script type="application/x-geomap" id="([^"]+)">([^<]+)</script>')
_SHARD: Final = re.compile(rb'geomap\.receiveText\("[^"]*","([^"]*)"\)')
_KIND: Final = 3
_KINDS: Final = {number: kind for kind, number in KINDS.items()}
_DAMAGES: Final = (ValueError, KeyError, IndexError, TypeError, EOFError, OSError, zlib.error)


@dataclass(frozen=True)
class MapFile:
    """A map; ``copies`` are the ids of reports that it shows with others, ``left_out`` mentions that it lacks.

    ``versions`` tell what it was made by, none if an older geomap wrote it. The file is in memory, its texts are read
    one part after the other, and no report is kept.
    """

    path: Path
    document: dict[str, Any]
    columns: dict[str, bytes]
    texts: tuple[bytes, ...]

    @property
    def versions(self) -> dict[str, str]:
        """Digests of what the map was made by."""
        return dict(self.document.get("versions") or {})

    @property
    def left_out(self) -> int:
        """How many mentions are older than the newest of their place that were asked for."""
        return int(self.document["counts"]["left_out"])

    @property
    def copies(self) -> frozenset[str]:
        """The ids of the reports that tell the same story as one that is shown."""
        return frozenset(copy["id"] for each in self.document["reports"]["copies"].values() for copy in each)

    def iterate_reports(self) -> Iterator[ParsedReport]:
        """Yield the reports by id, with the mentions that have a place; raises `ComparisonError` for a damaged map."""
        with _damage_told(self.path):
            places, anchors = _read_places(self.document["places"])
            mentions = _MentionRows(self.columns, places, anchors)
            reports, titles = self.document["reports"], json.loads(self.columns["titles"])
            for row, text in enumerate(self._iterate_texts()):
                report = Report(
                    reports["id"][row],
                    text,
                    title=titles[row],
                    source=reports["sources"][reports["source"][row]],
                    date=reports["date"][row],
                    url=reports["url"][row],
                )
                yield ParsedReport(report, tuple(mentions.read(row, text)))

    def _iterate_texts(self) -> Iterator[str]:
        for encoded in self._iterate_parts():
            _, columns = read_block(encoded)
            ends = np.cumsum(decode_varints(columns["bytes"])).tolist()
            for start, end in pairwise([0, *ends]):
                yield columns["text"][start:end].decode("utf-8")

    def _iterate_parts(self) -> Iterator[bytes]:
        yield from self.texts
        for address in self.document["texts"].get("files") or ():
            shard = self.path.parent / unquote(address)
            if not shard.is_file():
                raise ComparisonError(f"{self.path} lacks its texts: put {shard.parent.name} back beside it.")
            found = _SHARD.match(shard.read_bytes())
            if found is None:
                raise ValueError(shard.name)
            yield found[1]


def open_map(path: Path) -> MapFile:
    """Return a map that geomap has written; raises `ComparisonError` for any other file."""
    if not path.is_file():
        raise ComparisonError(f"{path} is no file: name a map that geomap has written, or the word last.")
    with _damage_told(path):
        content = path.read_bytes()
        blocks = {found[1]: found[2] for found in _BLOCK.finditer(content)}
        if not blocks:
            raise ComparisonError(
                f"{path} is no map of geomap: name an HTML file that it has written, or the word last."
            )
        identity, block = next(iter(blocks.items()))
        document, columns = read_block(block)
        if document["format"] not in _FORMATS or _is_misplaced(document):
            raise ComparisonError(
                f"{path} was written by another version of geomap, in a form that this one does not read: name a map "
                "of this one, or the word last."
            )
        parts = len(document["texts"]["first"])
        texts = (blocks.get(b"%s_text_%d" % (identity, number)) for number in range(parts))
        return MapFile(path, document, columns, tuple(each for each in texts if each is not None))


def _is_misplaced(document: dict[str, Any]) -> bool:
    """Return whether mentions stand elsewhere than the map says: in its first form, where older ones were left out."""
    return bool(document["format"] < FORMAT and document["counts"]["left_out"])


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except ComparisonError:
        raise
    except _DAMAGES as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise ComparisonError(f"{path} cannot be read ({reason}): name another map, or the word last.") from error


def _read_places(columns: dict[str, list[Any]]) -> tuple[list[Place], list[Anchor | None]]:
    names = ("id", "name", "latitude", "longitude", "country", "admin1", "radius")
    places = [
        Place(place_id, name, latitude, longitude, country_code=country, admin1=admin1, radius_km=radius)
        for place_id, name, latitude, longitude, country, admin1, radius in zip(
            *(columns[name] for name in names), strict=True
        )
    ]
    return places, [None if anchor is None else Anchor(*anchor) for anchor in columns["anchor"]]


class _MentionRows:
    """The mentions of a map, by the rows of their reports."""

    def __init__(self, columns: dict[str, bytes], places: list[Place], anchors: list[Anchor | None]) -> None:
        self._places = places
        self._anchors = anchors
        self._ends = np.concatenate([[0], np.cumsum(decode_varints(columns["perReport"]))])
        self._steps = decode_varints(columns["start"])
        self._lengths = decode_varints(columns["length"])
        self._numbers = _unfold(decode_varints(columns["place"]))
        self._confidence = columns["confidence"]
        self._flags = columns["flags"]

    def read(self, row: int, text: str) -> Iterator[Mention]:
        """Yield the mentions with a place of a report."""
        first, last = self._ends[row : row + 2].tolist()
        starts = np.cumsum(self._steps[first:last])
        ends = starts + self._lengths[first:last]
        spans = zip(code_point_offsets(text, starts.tolist()), code_point_offsets(text, ends.tolist()), strict=True)
        numbers, confidence = self._numbers[first:last].tolist(), self._confidence[first:last]
        for number, (start, end), per_cent, flags in zip(
            numbers, spans, confidence, self._flags[first:last], strict=True
        ):
            if number >= 0:
                yield Mention(
                    start,
                    end,
                    text[start:end],
                    kind=_KINDS[flags & _KIND],  # type: ignore[arg-type]  # the keys of KINDS are those of `Kind`
                    usage="associative" if flags & ASSOCIATIVE else "literal",
                    place=self._places[number],
                    confidence=per_cent / 100,
                    anchor=self._anchors[number],
                    corrected=bool(flags & CORRECTED),
                )


def _unfold(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return (numbers >> 1) ^ -(numbers & 1)
