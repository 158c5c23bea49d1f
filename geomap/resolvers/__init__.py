"""(Report, its Mentions) -> which places they name, jointly (toponym resolution)."""

from __future__ import annotations

from collections.abc import Mapping

from geomap.resolvers.base import Resolver


def default_resolver(*, sources: Mapping[str, str] | None = None) -> Resolver:
    """Return the resolver that geomap uses unless told otherwise, on the gazetteer in use.

    ``sources`` tells where outlets are at home, by their names and domains.
    """
    from geomap.gazetteer import open_gazetteer
    from geomap.resolvers.ranking import RankingResolver

    return RankingResolver(open_gazetteer(), sources=sources)
