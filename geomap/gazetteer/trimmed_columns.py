"""Columns of which the end is not stored, because all of it is the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


class TrimmedColumn:
    """A column, looked up by row or by array of rows; nothing is copied before. The last item goes on to the end."""

    def __init__(self, values: npt.NDArray[Any], size: int) -> None:
        self._values = values
        self._size = size
        self.dtype = values.dtype

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, rows: Any) -> Any:
        last = len(self._values) - 1
        if isinstance(rows, int | np.integer):
            return self._values[min(int(rows), last)]
        wanted = np.asarray(rows)
        if wanted.dtype.kind not in "iu":  # masks and slices are rare
            return np.asarray(self)[rows]
        return self._values[np.minimum(wanted, last)]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        missing = np.full(self._size - len(self._values), self._values[-1])
        whole = np.concatenate([self._values, missing]).astype(self.dtype)
        return whole if dtype is None else whole.astype(dtype)
