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
    [{"bracket_in": 15.0, "comma_in": 12.0, "loose_in": 3.0}.get(name, 0.0) for name in NAMES], dtype=np.float32
)
_AT_HOME: Final = "home_"  # before the names of the arrays of the model for set homes


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
    at_home: RankingModel | None = None
    """The model for reports whose outlet's home is set: it was trained on such."""

    def for_home(self, *, is_set: bool) -> RankingModel:
        """Return the model for a report whose outlet's home the project's owner has set, or has not."""
        return self.at_home if is_set and self.at_home is not None else self

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
        at_home = {} if self.at_home is None else self.at_home._arrays()
        return {**own, **{f"{_AT_HOME}{name}": array for name, array in at_home.items()}}

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
        inner = {name.removeprefix(_AT_HOME): arrays[name] for name in arrays if name.startswith(_AT_HOME)}
        at_home = cls._from_arrays(inner) if inner else None
        return cls(arrays["weights"], Trees.from_arrays(arrays), base, (slope, shift), at_home)
