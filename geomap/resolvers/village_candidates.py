"""Villages are candidates of a name only where the report speaks for them.

Most names of well-known places are also those of villages, and many a surname or word is one. So a village counts where
another name of the report is its first-level unit or lies near it, or where it is the only place of its name in the
world that is known and the report names its country.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geomap.gazetteer.geodesy import EARTH_KM
from geomap.resolvers.name_blocks import CLASSES, Floats, Indices, NameBlock, NameBlocks, NameKey

MOST_VILLAGES: Final = 12  # of a name
_WELL_KNOWN: Final = 4.0  # importance: that of a town of 10,000
_NEAR_KM: Final = 60.0
_MOST_SENSES: Final = 3  # of the other names that are looked at
_LEAST_COSINE: Final = math.cos(_NEAR_KM / EARTH_KM)
_COUNTRY: Final = CLASSES.index("country")
_ADMIN1: Final = CLASSES.index("admin1")


def add_villages(
    names: Sequence[NameKey], containers: Sequence[str], found: Sequence[NameBlock], blocks: NameBlocks
) -> list[NameBlock]:
    """Return the blocks of a report's names, with the villages that the other names speak for.

    ``containers`` are what the text puts the names into or "". Where that is nothing, a place that is well known in the
    country is meant and not a village there.
    """
    villages = [blocks.find_villages(name.folded) for name in names]
    extended = list(found)
    if not any(map(len, villages)):
        return extended
    countries, units, points = blocks.locate(np.concatenate(villages))
    spoken_for = _find_spoken_for(villages, countries, units, points, found)
    start = 0
    for number, (name, container, own) in enumerate(zip(names, containers, villages, strict=True)):
        part = slice(start, start + len(own))
        start += len(own)
        if not spoken_for[part].any():
            continue
        if not container:
            known = found[number].codes[found[number].values[:, 0] >= _WELL_KNOWN, 1]
            spoken_for[part] &= ~np.isin(countries[part], known)
        if len(chosen := own[spoken_for[part]][:MOST_VILLAGES]):
            extended[number] = blocks.extend(name, chosen)
    return extended


def _find_spoken_for(
    villages: Sequence[Indices], countries: Indices, units: Indices, points: Floats, found: Sequence[NameBlock]
) -> npt.NDArray[np.bool_]:
    """Return for the villages of all names whether another name speaks for them."""
    owner = np.repeat(np.arange(len(villages)), [len(own) for own in villages])
    senses = [min(len(block.codes), _MOST_SENSES) for block in found]
    codes = np.concatenate([block.codes[:_MOST_SENSES] for block in found])
    vectors = np.concatenate([block.values[:_MOST_SENSES, 1:4] for block in found])
    speaker = np.repeat(np.arange(len(found)), senses)
    is_first = np.concatenate([np.arange(size) == 0 for size in senses]) if len(senses) else np.zeros(0, bool)
    is_unit, is_country = codes[:, 3] == _ADMIN1, (codes[:, 3] == _COUNTRY) & is_first
    is_other = owner[:, None] != speaker
    is_inside = (units[:, None] == codes[:, 2]) & is_unit & (units[:, None] > 0)
    is_near = (points @ vectors.T >= _LEAST_COSINE) & is_first & ~is_unit
    is_only = np.array([len(own) == 1 and not len(block.codes) for own, block in zip(villages, found, strict=True)])
    is_in_country = (countries[:, None] == codes[:, 1]) & is_country & is_only[owner][:, None]
    result: npt.NDArray[np.bool_] = (is_other & (is_inside | is_near | is_in_country)).any(axis=1)
    return result
