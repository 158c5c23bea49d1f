"""Villages: settlements that only registers and post offices tell of, less known than all else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.placing import Settlement, Site
from geomap.gazetteer.layout import village_slug

_SHORTEST: Final = 4  # letters
_RADIUS_KM: Final = 2.0  # of a village whose point is known


def add_village(
    draft: Draft, one: Settlement, sites: Mapping[str, Site], *, country_code: str, number: int, source: str
) -> bool:
    """Add a settlement at its own point, else at its smallest unit that is known; tell whether there is one."""
    site = next((sites[unit] for unit in one.units if unit in sites), None)
    point = one.point or (site.point if site else None)
    if point is None:
        return False
    while f"geomap:{village_slug(country_code, number)}" in draft.places:
        number += 1  # numbers that are digests may meet
    place = draft.add(
        DraftPlace(
            name=one.names[0],
            latitude=point[0],
            longitude=point[1],
            feature_class="P",
            feature_code="PPL",
            country_code=country_code,
            admin1_code=one.admin1_code,
            admin2_id=site.admin2_id if site else 0,
            radius_km=_RADIUS_KM if one.point or site is None else site.radius_km,
            slug=village_slug(country_code, number),
            source=source,
            village_number=number,
            is_approximate=one.point is None,
        )
    )
    for name in one.names[1:]:
        place.add_name(name, NameKind.ALTERNATE)
    return True


def is_plainly_local(key: str, lexicon: Mapping[str, tuple[int, int, int]]) -> bool:
    """Tell whether the folded name of nothing but villages may stand for them wherever a text has it.

    A short name may be anything; a word of English or a person's name is that unless the text says otherwise.
    """
    if len(key) < _SHORTEST or key in lexicon:
        return False
    first, _, rest = key.partition(" ")
    return not (rest and lexicon.get(first, (0, 0, 0))[1])
