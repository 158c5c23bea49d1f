"""Learned models as files of arrays, never as pickle: equal models give equal bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from geomap.errors import GeomapError

Model = TypeVar("Model")
Arrays: TypeAlias = Mapping[str, npt.NDArray[Any]]


def pack_texts(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Return texts without line breaks as an array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpack_texts(array: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """Return the texts that `pack_texts` was given."""
    return tuple(bytes(array).decode().split("\n"))


def digest_model(texts: Iterable[str], arrays: Arrays) -> str:
    """Return a digest of the texts and arrays of a model."""
    digest = hashlib.blake2b(pack_texts(texts).tobytes(), digest_size=8)
    for array in arrays.values():
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def write_model(path: Path, arrays: Arrays) -> None:
    """Write the arrays of a model."""
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # arrays they are


def read_model(path: Path, make: Callable[[Arrays], Model]) -> Model:
    """Return what ``make`` makes of the arrays that `write_model` wrote; raises `GeomapError` if it cannot."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return make(dict(file))
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise GeomapError(f"the model {path.name} cannot be read ({error!r}): install geomap again") from error
