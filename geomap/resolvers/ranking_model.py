"""The learned model of resolution, stored as arrays, never as pickle."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from geomap.errors import GeomapError
from geomap.resolvers.candidates import Floats
from geomap.resolvers.features import NAMES
from geomap.trees import Trees

# What lies in the place that the text puts it into is settled: of 153 such pairs in the development corpora whose
# outer place holds a candidate, that was the right one in 150. Too few for the training to dare as much.
SETTLED: Final = np.array(
    [{"bracket_inside": 15.0, "comma_inside": 12.0, "loose_inside": 3.0}.get(n, 0.0) for n in NAMES]
)


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

    @property
    def fingerprint(self) -> str:
        """Return what changes with the model."""
        digest = hashlib.blake2b("\n".join(NAMES).encode(), digest_size=8)
        for array in self._arrays().values():
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def log_odds(self, measures: Floats) -> Floats:
        """Return the calibrated log-odds that candidates lie within 161 km of the right place."""
        slope, shift = self.calibration
        odds: Floats = slope * (self.base + self.trees.sum(measures.astype(np.float32)).astype(np.float64)) + shift
        return odds

    def _arrays(self) -> Mapping[str, Any]:
        return {
            "weights": self.weights,
            "calibration": np.array([*self.calibration, self.base]),
            **self.trees.as_arrays(),
        }

    def save(self, path: Path) -> None:
        """Write the model; equal models give equal bytes."""
        names = np.frombuffer("\n".join(NAMES).encode(), dtype=np.uint8)
        with path.open("wb") as file:
            np.savez_compressed(file, names=names, **self._arrays())

    @classmethod
    def load(cls, path: Path) -> RankingModel:
        """Read a stored model; one made for other features is refused."""
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = dict(file)
            if bytes(arrays["names"]).decode().split("\n") != list(NAMES):
                raise GeomapError(f"the model {path.name} was made for other features: install geomap again")
            slope, shift, base = arrays["calibration"].tolist()
            return cls(arrays["weights"], Trees.from_arrays(arrays), base, (slope, shift))
        except (OSError, ValueError, KeyError) as error:
            raise GeomapError(f"the model {path.name} cannot be read ({error!r}): install geomap again") from error
