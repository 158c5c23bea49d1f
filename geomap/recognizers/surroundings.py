"""What the rest of a report says of a span once it is known how likely each of its spans is a place name.

The same name elsewhere, the names a few words away, the spans that it overlaps, and whether what it may mean lies
where the report's other names lie: "Paris" among the towns of Texas.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

COLUMNS: Final = (
    "same_mean", "same_best", "same_mean_any", "same_best_any", "overlapping", "over_overlapping", "before", "after",
    "mean_chance", "unit", "unit_any", "country", "unit_expected", "unit_mass", "others", "same",
)  # fmt: skip
CANDIDATES: Final = 6  # of a name, the likeliest
_NEAR: Final = (2, 3, 4, 5)  # words away; the next is most often a comma, a bracket, "and"
_STEPS: Final = np.array(_NEAR)[:, None]
_HOPELESS: Final = -20.0
_FEWEST: Final = 0.5  # expected other names, below which shares of them would say too much


class Sites(NamedTuple):
    """Where the spans of reports stand and what they may name, in the order of their starts."""

    reports: Integers
    """Numbers of their reports, ascending."""
    names: Integers
    """Numbers of their names, from 0 without gaps; the same name has another number in another report."""
    first: Integers
    """Their first tokens."""
    last: Integers
    units: Integers
    """The different first-level units of the `CANDIDATES` best known places that each may be, then 0."""
    unit_shares: Floats
    """How likely the place lies in each of the units by importance; 0 for none."""
    countries: Integers
    country_shares: Floats

    def take(self, kept: npt.NDArray[np.bool_]) -> Sites:
        """Return some of the sites."""
        _, names = np.unique(self.names[kept], return_inverse=True)
        areas = (self.units[kept], self.unit_shares[kept], self.countries[kept], self.country_shares[kept])
        return Sites(self.reports[kept], names, self.first[kept], self.last[kept], *areas)


def relate_spans(sites: Sites, log_odds: Floats) -> Floats:
    """Return a row of `COLUMNS` for each span; ``log_odds`` has one for each set of weights."""
    name, best = sites.names, log_odds.max(axis=1)
    sizes = np.bincount(name)
    ends = np.cumsum(sizes) - 1
    order = np.lexsort((best, name))
    columns = np.empty((len(COLUMNS), len(best)), dtype=np.float32)
    columns[0], columns[1] = _compare(log_odds[:, 0], name, sizes, ends, np.lexsort((log_odds[:, 0], name)))
    columns[2], columns[3] = _compare(best, name, sizes, ends, order)
    columns[4] = _find_overlapping(sites, best)
    columns[5] = best - columns[4]
    columns[6:8] = _look_around(sites, best)
    chances = _chance(best)
    columns[8] = (np.bincount(sites.reports, chances) / np.maximum(np.bincount(sites.reports), 1))[sites.reports]
    columns[9:15] = _place(sites, order[ends], chances[order[ends]])[:, name]
    columns[15] = sizes[name]
    return columns.T


def _chance(odds: Floats) -> Doubles:
    chances: Doubles = 1 / (1 + np.exp(-odds, dtype=np.float64))
    return chances


def _compare(odds: Floats, name: Integers, sizes: Integers, ends: Integers, order: Integers) -> tuple[Doubles, Floats]:
    """Return mean and maximum of the odds of other spans of the same name; a single span has its own.

    ``order`` sorts by name, then by odds; ``ends`` are the last of each name there.
    """
    highest, single = odds[order[ends]][name], sizes == 1
    others = np.maximum(sizes - 1, 1)[name]
    mean = (np.bincount(name, odds)[name] - odds) / others
    best = highest.copy()
    best[order[ends]] = odds[order[np.maximum(ends - 1, 0)]]
    alone = single[name]
    mean[alone], best[alone] = odds[alone], odds[alone]
    return mean, best


def _find_overlapping(sites: Sites, best: Floats) -> Floats:
    """Return the best odds among the spans that overlap each one."""
    found = np.full(len(best), _HOPELESS, dtype=np.float32)
    for step in range(1, len(best)):
        hits = np.flatnonzero(sites.first[step:] <= sites.last[:-step])
        if not len(hits):
            break
        found[hits] = np.maximum(found[hits], best[hits + step])
        found[hits + step] = np.maximum(found[hits + step], best[hits])
    return found


def _look_around(sites: Sites, best: Floats) -> Floats:
    """Return the best odds of names a few words before and after, 2 x n."""
    room = max(_NEAR)
    first, last = sites.first + room, sites.last + room
    lengths = last + 1 - first
    tokens = np.repeat(last + 1 - np.cumsum(lengths), lengths) + np.arange(int(lengths.sum()))
    odds = np.repeat(best, lengths)
    order = np.argsort(odds, kind="stable")
    best_of = np.full(int(last.max()) + room + 1, _HOPELESS, dtype=np.float32)
    best_of[tokens[order]] = odds[order]  # of several odds for a token the last one stays, the highest
    places = np.stack([first - _STEPS, last + _STEPS])
    around: Floats = best_of.take(places).max(axis=1)
    return around


def _place(sites: Sites, heads: Integers, chances: Doubles) -> Doubles:
    """Return for each name how its candidates relate to those of the report's other names, and the number of these.

    ``heads`` is a span of each name, ``chances`` how likely the name is a place's.
    """
    reports, shares = sites.reports[heads], sites.unit_shares[heads]
    units, countries = (_part(areas[heads], reports) for areas in (sites.units, sites.countries))
    by_unit = _weigh(units, chances, shares)
    any_unit = _weigh(units, chances, (shares > 0).astype(np.float32)).max(axis=1)
    by_country = _weigh(countries, chances, sites.country_shares[heads]).max(axis=1)
    others = np.maximum(np.bincount(reports, chances)[reports] - chances, _FEWEST)
    mass = by_unit.max(axis=1)
    shared = (by_unit * shares).sum(axis=1)
    return np.stack([mass / others, any_unit / others, by_country / others, shared / others, mass, others])


def _part(areas: Integers, reports: Integers) -> Integers:
    """Return numbers of areas that differ between reports."""
    numbers: Integers = areas + reports[:, None] * (areas.max() + 1)
    return numbers


def _weigh(areas: Integers, chances: Doubles, shares: Floats) -> Doubles:
    """Return for each area of each name the expected number of other names of the report in it."""
    weights = chances[:, None] * shares
    masses: Doubles = np.bincount(areas.ravel(), weights.ravel()).take(areas) - weights
    masses[shares == 0] = 0
    return masses
