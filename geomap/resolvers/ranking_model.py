"""The learned model of resolution, stored as arrays, never as pickle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from geomap.errors import GeomapError
from geomap.models.files import Arrays, digest_model, pack_texts, read_model, unpack_texts, write_model
from geomap.models.trees import Trees
from geomap.resolvers.candidates import Floats
from geomap.resolvers.features import NAMES

# What lies in the place that the text puts it into is settled: of 153 such pairs in the development corpora whose
# outer place holds a candidate, that was the right one in 150. Too few for the training to dare as much.
SETTLED: Final = np.array(
    [{"bracket_in": 15.0, "comma_in": 12.0, "adjacent_in": 8.0, "loose_in": 3.0}.get(name, 0.0) for name in NAMES],
    dtype=np.float32,
)
_WITH_OUTLET: Final = "home_"  # before the names of the arrays of the model for set outlet locations


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Weights for the rounds of ranking, trees that decide in the end, and a curve that calibrates confidence."""

    weights: Floats
    """One for each of `geomap.resolvers.features.NAMES`."""
    trees: Trees
    base: float
    """What the sum of the trees starts from."""
    calibration: tuple[float, float] = (1.0, 0.0)
    """Slope and shift of the log-odds."""
    with_outlet: RankingModel | None = None
    """The model for reports whose outlet location is set: it was trained on such."""

    def for_outlet(self, *, is_set: bool) -> RankingModel:
        """Return the model for a report whose outlet location the project's owner has set, or has not."""
        return self.with_outlet if is_set and self.with_outlet is not None else self

    @property
    def fingerprint(self) -> str:
        """Return what changes with the model."""
        return digest_model(NAMES, self._arrays())

    def log_odds(self, measures: Floats) -> Floats:
        """Return the calibrated log-odds that candidates lie within 161 km of the right place."""
        slope, shift = self.calibration
        odds: Floats = self.trees.sum(measures) * slope + (slope * self.base + shift)
        return odds

    def _arrays(self) -> Arrays:
        own = {
            "weights": self.weights,
            "calibration": np.array([*self.calibration, self.base]),
            **self.trees.as_arrays(),
        }
        with_outlet = {} if self.with_outlet is None else self.with_outlet._arrays()
        return {**own, **{f"{_WITH_OUTLET}{name}": array for name, array in with_outlet.items()}}

    def save(self, path: Path) -> None:
        """Write the model; equal models give equal bytes."""
        write_model(path, {"names": pack_texts(NAMES), **self._arrays()})

    @classmethod
    def load(cls, path: Path) -> RankingModel:
        """Read a stored model; one made for other features is refused."""

        def make(arrays: Arrays) -> RankingModel:
            if unpack_texts(arrays["names"]) != NAMES:
                raise GeomapError(f"the model {path.name} was made for other features: install geomap again")
            return cls._from_arrays(arrays)

        return read_model(path, make)

    @classmethod
    def _from_arrays(cls, arrays: Arrays) -> RankingModel:
        slope, shift, base = arrays["calibration"].tolist()
        inner = {name.removeprefix(_WITH_OUTLET): arrays[name] for name in arrays if name.startswith(_WITH_OUTLET)}
        with_outlet = cls._from_arrays(inner) if inner else None
        return cls(arrays["weights"], Trees.from_arrays(arrays), base, (slope, shift), with_outlet)
