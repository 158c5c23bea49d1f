"""When the viewer is bundled again: after a change in anything that it is made from."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
IMPORT = re.compile(r"""(?:^(?:import|export)\b[^;"']*|\bimport\()["'](\.[^"']+)["']""", re.MULTILINE)
HATCHLING = "hatchling.builders.hooks.plugin.interface"

pytestmark = pytest.mark.skipif(not (ROOT / "hatch_build.py").exists(), reason="an installed wheel is not built again")


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load the build hook; only the class that hatchling calls needs hatchling."""
    if importlib.util.find_spec("hatchling") is None:
        interface = ModuleType(HATCHLING)
        interface.BuildHookInterface = object  # type: ignore[attr-defined]  # stands for what is not installed here
        monkeypatch.setitem(sys.modules, HATCHLING, interface)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_digest_covers_whatever_the_bundle_imports(hook: Any) -> None:
    sources = hook.Viewer(ROOT).list_sources()
    known = {path.resolve() for path in sources}
    modules = [path for path in sources if path.suffix in {".ts", ".mjs"}]
    missing = {
        f"{path.name} imports {name}"
        for path in modules
        for name in IMPORT.findall(path.read_text("utf-8"))
        if not known & {(path.parent / f"{name}{ending}").resolve() for ending in ("", ".ts")}
    }
    assert missing == set()


def test_the_digest_follows_the_table_of_columns_but_not_line_ends(hook: Any, tmp_path: Path) -> None:
    for path in hook.Viewer(ROOT).list_sources():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    before = hook.Viewer(tmp_path).digest()
    table = tmp_path / "geomap" / "exporting" / "columns.json"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    assert hook.Viewer(tmp_path).digest() == before
    table.write_bytes(table.read_bytes().replace(b"mention_id", b"mention"))
    assert hook.Viewer(tmp_path).digest() != before
