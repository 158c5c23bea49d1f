"""(Report, its Mentions) -> which places they name, jointly (toponym resolution)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geomap.resolvers.base import Resolver

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer


def default_resolver(gazetteer: Gazetteer, *, sources: Mapping[str, str] | None = None) -> Resolver:
    """Return the resolver that geomap uses unless told otherwise.

    ``sources`` tells where outlets are at home, by their names and domains.
    """
    from geomap.resolvers.ranking import RankingResolver

    return RankingResolver(gazetteer, sources=sources)
