"""The places that the names of a report may mean, as arrays: one row for each candidate of each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.normalisation import fold_name
from geomap.model import Mention
from geomap.resolvers.name_blocks import NameBlock, NameBlocks, NameKey
from geomap.resolvers.relations import PLACING, Relation
from geomap.resolvers.village_candidates import add_villages
from geomap.text.hashtags import HUMP

_MOST_TOGETHER: Final = 800  # candidates of a report: time and memory grow with their square
_LONGEST_CODE: Final = 4  # letters of a unit's abbreviation
_FEWEST: Final = 3  # of a name where a report has very many

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


@dataclass(slots=True)
class Candidates:
    """The candidates of each name stand together, the best known first.

    Only names that have candidates are here; ``name_of[i]`` is the name that candidate ``i`` stands for.
    """

    names: list[str]
    mentions_of: list[list[int]]
    asked: list[str]
    """The class of place that the words beside each name ask for, or an empty string."""
    slices: list[slice]
    """Where the candidates of each name stand."""
    starts: Indices
    sizes: Indices
    name_of: Indices
    rows: Indices
    """The candidates' rows of the gazetteer."""
    country: Indices
    """The gazetteer's numbers of their countries, 0 for none."""
    admin1: Indices
    """The gazetteer's numbers of their first-level units, 0 for none."""
    classes: Indices
    """Indices into `geomap.resolvers.name_blocks.CLASSES`."""
    importance: Floats
    static: Floats
    """What the name alone tells, see `geomap.resolvers.name_blocks.STATIC`."""
    vectors: Floats
    """Unit vectors from the centre of the Earth, n x 3; zero for countries and regions, which are no points."""

    def __len__(self) -> int:
        return len(self.rows)


class _Group(NamedTuple):
    """The mentions of a report that mean one place: those of a name in one container."""

    key: NameKey
    container: str


def collect_candidates(
    mentions: Sequence[Mention],
    blocks: NameBlocks,
    relations: Sequence[Relation] = (),
    *,
    asked: Sequence[str] = (),
    outlet_name: str = "",
) -> Candidates:
    """Look up each different name of a report once; ``outlet_name``, a folded name, comes last if no mention has it.

    A name that the text puts into a country or unit ("Paris, Texas") counts apart from the bare name, and so does one
    of whose mention the text asks for a class of place (``asked``, one for each mention).
    """
    groups = _group_mentions(mentions, blocks, relations, asked or [""] * len(mentions))
    if outlet_name and all(group.key.folded != outlet_name for group in groups):
        groups[_Group(NameKey(outlet_name, is_upper=False), "")] = []
    names = list(groups)
    keys = [group.key for group in names]
    found = add_villages(keys, [group.container for group in names], blocks.find(keys), blocks)
    kept = [number for number, block in enumerate(found) if len(block.codes)]
    return _join(
        [keys[number] for number in kept],
        [groups[names[number]] for number in kept],
        [found[number] for number in kept],
    )


def _group_mentions(
    mentions: Sequence[Mention], blocks: NameBlocks, relations: Sequence[Relation], asked: Sequence[str]
) -> dict[_Group, list[int]]:
    """Return the mentions of each group."""
    inside = {relation.inner: relation.outer for relation in relations if relation.kind in PLACING}
    outer_ones = set(inside.values())
    folded: dict[str, str] = {}
    for mention in mentions:
        if mention.place is None and mention.text not in folded:
            folded[mention.text] = _fold(mention.text, blocks)
    groups: dict[_Group, list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.place is not None:  # coordinates name their place themselves
            continue
        outer = folded.get(mentions[inside[index]].text, "") if index in inside else ""
        container = outer if outer and blocks.is_container(outer) else ""
        is_short = index in outer_ones and len(mention.text) <= _LONGEST_CODE  # "Ipswich, Qld"
        key = NameKey(folded[mention.text], mention.text.isupper() or is_short, asked[index])
        groups.setdefault(_Group(key, container), []).append(index)
    return groups


def _fold(text: str, blocks: NameBlocks) -> str:
    """Return a name as it is looked up; the words of a hashtag are parted."""
    folded = fold_name(text)
    if " " in text or blocks.is_known(folded):
        return folded
    return fold_name(HUMP.sub(" ", text))


def _join(keys: list[NameKey], mentions_of: list[list[int]], blocks: Sequence[NameBlock]) -> Candidates:
    most = max(_FEWEST, _MOST_TOGETHER // max(len(keys), 1))
    sizes = [min(len(block.codes), most) for block in blocks]
    starts = [0, *accumulate(sizes)]
    codes = np.concatenate([block.codes[:most] for block in blocks]) if blocks else np.zeros((0, 4), np.int64)
    rows, country, admin1, classes = np.ascontiguousarray(codes.T)
    values = np.concatenate([block.values[:most] for block in blocks]) if blocks else np.zeros((0, 4), np.float32)
    return Candidates(
        names=[key.folded for key in keys],
        mentions_of=mentions_of,
        asked=[key.asked for key in keys],
        slices=[slice(start, start + size) for start, size in zip(starts, sizes, strict=False)],
        starts=np.array(starts[:-1], dtype=np.int64),
        sizes=np.array(sizes, dtype=np.int64),
        name_of=np.repeat(np.arange(len(sizes)), sizes),
        rows=rows,
        country=country,
        admin1=admin1,
        classes=classes,
        importance=values[:, 0],
        vectors=values[:, 1:4],
        static=values[:, 4:],
    )
