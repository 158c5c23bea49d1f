"""Names for which a text says nothing: they mean a place that is called so, not one that others call so."""

from __future__ import annotations

from typing import Final

import numpy as np

from geomap.resolvers.candidates import Candidates, Floats
from geomap.resolvers.features import NAMES

_COLUMN: Final = {name: number for number, name in enumerate(NAMES)}
_OTHER_NAMES: Final = [_COLUMN[f"kind_{kind}"] for kind in ("alternate", "historical", "variant")]
_TIES: Final = ("within_150", "country_named", "admin1_named", "sibling", "longer_sibling")
_SUPPORT: Final = [_COLUMN[name] for name in _TIES]
_MOST: Final = 3  # names of a text that says too little; the trees know better in longer ones
_SUPPORTED: Final = 0.3
_WELL_KNOWN: Final = 4.5  # importance of a town of some 30,000
_BETTER_KNOWN: Final = 0.5  # orders of magnitude by which a bearer is known better
_BEHIND: Final = 0.5  # log-odds by which the other one stays behind


def prefer_own_names(found: Candidates, odds: Floats, features: Floats) -> Floats:
    """Return the log-odds with well-known bearers of a name before places that have it besides: "Salvador", "York".

    That holds in short texts where nothing else speaks for these.
    """
    if len(found.slices) > _MOST:
        return odds
    changed = odds.copy()
    is_other = features[:, _OTHER_NAMES].max(axis=1) > 0
    is_supported = features[:, _SUPPORT].max(axis=1) > _SUPPORTED
    is_bearer = (features[:, _COLUMN["kind_preferred"]] > 0) & (found.importance >= _WELL_KNOWN)
    for name, own in enumerate(found.slices):
        best = own.start + int(np.argmax(odds[own]))
        if is_supported[best] or found.asked[name] or not is_bearer[own].any():
            continue
        bearer = own.start + int(np.argmax(np.where(is_bearer[own], found.importance[own], -1.0)))
        if bearer == best or not (is_other[best] or found.importance[bearer] - found.importance[best] > _BETTER_KNOWN):
            continue
        changed[bearer], changed[best] = odds[best], min(float(odds[best]), 0.0) - _BEHIND
    return changed
