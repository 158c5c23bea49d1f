"""The protocol of resolvers: (Report, its Mentions) -> which places they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from geomap.model import Mention, Report


class Resolver(Protocol):
    """Resolves the toponyms of a report jointly."""

    fingerprint: str
    """Changes whenever the same mentions could get other places: code version, model, gazetteer."""

    def resolve(self, report: Report, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the same spans in the same order with ``place``, ``confidence`` and ``alternatives`` filled.

        A span that names no place after all is left out; a name without a candidate stays, with ``place`` None.
        """
        ...
