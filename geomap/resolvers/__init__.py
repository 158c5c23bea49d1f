"""(Report, its Mentions) -> which places they name, jointly (toponym resolution)."""

from __future__ import annotations

from geomap.resolvers.base import Resolver


def default_resolver() -> Resolver:
    """Return the resolver that geomap uses unless told otherwise, on the embedded gazetteer."""
    from geomap.gazetteer import open_gazetteer
    from geomap.resolvers.ranking import RankingResolver

    return RankingResolver(open_gazetteer())
