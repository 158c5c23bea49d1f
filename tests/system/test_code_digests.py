"""What results are known by moves with the code that made them, and with nothing else."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from marking import slow_but_first

import geomap

SOURCES = Path(geomap.__file__).parent
FAMILIES = {
    "geomap.reports.folder": ["reports/headlines.py", "reports/pdf_text.py", "reports/word.py", "text/cells.py"],
    "geomap.recognizers.gazetteer": [
        "recognizers/scanning.py",
        "languages/english.py",
        "gazetteer/normalisation.py",
        "models/trees.py",
    ],
    "geomap.recognizers.spacy": ["recognizers/spacy.py", "recognizers/usage.py"],
    "geomap.resolvers.ranking": [
        "languages/english.py",
        "resolvers/relations.py",
        "resolvers/features.py",
        "gazetteer/geodesy.py",
    ],
    "geomap.corrections.applying": ["corrections/applying.py", "corrections/displacing.py"],
    "geomap.duplicates.signing": ["duplicates/signing.py"],
    "geomap.gazetteer.overlays.layered": ["gazetteer/overlays/text_keys.py"],
}
RULES = [(family, module) for family, modules in FAMILIES.items() for module in modules]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of geomap's sources."""

    def leave_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(folder, name).is_file() and not name.endswith(".py")} | {"viewer"}

    shutil.copytree(SOURCES, tmp_path / "geomap", ignore=leave_out)
    return tmp_path / "geomap"


def load(package: Path) -> ModuleType:
    """Return the module of digests that stands in a copy, as the hook that builds a wheel loads it."""
    spec = importlib.util.spec_from_file_location("copied_digests", package / "system" / "code_digests.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def digest(package: Path, family: str) -> str:
    return str(load(package).digest_code(family))


@pytest.mark.parametrize(("family", "module"), slow_but_first(RULES))
def test_a_changed_rule_voids_the_results_of_its_family(copy: Path, family: str, module: str) -> None:
    before = digest(copy, family)
    source = copy / module
    source.write_text(source.read_text("utf-8") + "\nADDED = 1\n", "utf-8")
    assert digest(copy, family) != before


@pytest.mark.parametrize("family", slow_but_first(FAMILIES))
def test_comments_docstrings_line_ends_and_other_families_void_nothing(copy: Path, family: str) -> None:
    before = digest(copy, family)
    for path in copy.rglob("*.py"):
        text = '"""Another docstring."""\n' + path.read_text("utf-8").partition('"""\n')[2] + "# a comment\n"
        path.write_bytes(text.replace("\n", "\r\n").encode())
    (copy / "rendering" / "page.py").write_text("OTHER = 1\n")
    (copy / "cli" / "main.py").write_text("OTHER = 1\n")
    assert digest(copy, family) == before


@pytest.mark.slow
def test_the_table_of_an_installation_says_what_parsing_says(copy: Path) -> None:
    parsed = {family: digest(copy, family) for family in FAMILIES}
    load(copy).write_table()
    assert {family: digest(copy, family) for family in FAMILIES} == parsed
    table = copy / "system" / "code_digests.json"
    known = json.loads(table.read_text("ascii"))
    table.write_text(json.dumps({body: ["0" * 16, imports] for body, (_, imports) in known.items()}), "ascii")
    assert digest(copy, "geomap.reports.folder") != parsed["geomap.reports.folder"]  # it is the table that was read


@pytest.mark.slow
def test_with_its_table_it_takes_at_most_20_ms(copy: Path) -> None:
    module = load(copy)
    module.write_table()
    code = (
        "import time, sys; sys.path.insert(0, sys.argv[1])\n"
        "from geomap.system.code_digests import digest_code\n"
        "began = time.process_time()\n"
        f"for family in {list(FAMILIES)}: digest_code(family)\n"
        "print(time.process_time() - began)"
    )
    command = [sys.executable, "-c", code, str(copy.parent)]
    seconds = min(float(subprocess.check_output(command, cwd=copy.parent)) for _ in range(5))
    assert seconds <= 0.02, f"{seconds:.3f} s"


def test_digests_do_not_depend_on_the_version_of_python(copy: Path) -> None:
    """The value was the same under 3.11, 3.12 and 3.13, which write down formatted texts in different ways."""
    source = b"from geomap import model\nasync def f(a, /, *, b: int = 1) -> str:\n    return f'{a!r:>{b}} x'\n"
    assert load(copy).parse_source(source) == ("320a988dd4eec75b", ("geomap.model",))


def test_what_only_types_need_is_no_import_and_what_a_text_names_is_one(copy: Path) -> None:
    source = b"if TYPE_CHECKING:\n    from geomap.model import Place\nREAD = 'geomap.reports.pdf_text:read_pages'\n"
    assert load(copy).parse_source(source).imports == ("geomap.reports.pdf_text",)
