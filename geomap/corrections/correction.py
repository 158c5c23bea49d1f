"""One correction: what a person has said about a name in some reports."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from geomap.model import Place, Usage, digest_texts
from geomap.system.code_digests import digest_code

Action: TypeAlias = Literal["is", "is-not-a-place", "is-a-place"]
ACTIONS: Final[tuple[Action, ...]] = ("is", "is-not-a-place", "is-a-place")

EVERYWHERE: Final = "*"
REPORT: Final = "report:"
SOURCE: Final = "source:"

_APPLYING: Final = "geomap.corrections.applying"
_AT: Final = re.compile(r"(?P<report>.+)@(?P<start>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of data/corrections.csv; ``line`` is where it stands there.

    ``usage`` is "" where the row says nothing of it; ``place`` is what the row means once its id or coordinates are
    looked up, None where it names no place.
    """

    name: str
    scope: str
    action: Action
    place_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    usage: Usage | Literal[""] = ""
    note: str = ""
    by: str = ""
    date: str = ""
    line: int = 0
    place: Place | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The name and the scope, which no two rows may share."""
        return name_key(self.name), scope_key(self.scope)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The reports that the scope may mean: an id may itself end like a mention's."""
        if not self.scope.startswith(REPORT):
            return ()
        whole = self.scope.removeprefix(REPORT)
        found = _AT.fullmatch(whole)
        return (whole,) if found is None else (whole, found["report"])

    @property
    def has_target(self) -> bool:
        """Whether the row names a place."""
        return bool(self.place_id) or self.latitude is not None

    def start_in(self, report_id: str) -> int | None:
        """Return the offset of the one mention that the scope names in a report, or None if it is the whole report."""
        if self.scope == f"{REPORT}{report_id}":
            return None
        found = _AT.fullmatch(self.scope.removeprefix(REPORT)) if self.scope.startswith(REPORT) else None
        return int(found["start"]) if found is not None and found["report"] == report_id else None

    def digest(self) -> str:
        """Return a digest that changes whenever the correction could have another effect on a report."""
        effect = (*self.key, self.action, repr(self.place), self.usage)
        return digest_texts((digest_code(_APPLYING), *effect, self.note, self.by, self.date))

    def describe(self) -> str:
        """Return the evidence of a corrected mention, such as "corrected by Ana on 2026-05-04: the village"."""
        by = f" by {self.by}" if self.by else ""
        date = f" on {self.date}" if self.date else ""
        note = f": {self.note}" if self.note else ""
        return f"corrected{by}{date}{note}"

    def says_the_same(self, other: Correction) -> bool:
        """Return whether another correction of the same key says the same."""
        return (self.action, self.place_id, self.latitude, self.longitude, self.usage) == (
            other.action,
            other.place_id,
            other.latitude,
            other.longitude,
            other.usage,
        )


def name_key(name: str) -> str:
    """Return the form in which names are compared: white space and composed letters are unified."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def scope_key(scope: str) -> str:
    """Return the form in which scopes are compared; the case of sources does not count."""
    return SOURCE + source_key(scope.removeprefix(SOURCE)) if scope.startswith(SOURCE) else scope


def source_key(source: str) -> str:
    """Return the form in which sources of reports are compared."""
    return " ".join(source.casefold().split())
