"""The documents for people who change geomap name files, modules and functions that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import geomap

ROOT = Path(__file__).parents[1]
PACKAGE = Path(geomap.__file__).parent
ARCHITECTURE, CONTRIBUTING = DOCUMENTS = ("docs/architecture.md", "CONTRIBUTING.md")
OF_A_PROJECT = {"data/", "data/corrections.csv", "output/", "output/.geomap/", "geomap.toml", ".geomapignore"}
"""What stands in a user's project, not here."""

SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PATH = re.compile(r"\.?[\w-]+(?:[/.][\w.-]+)*/?")
DOTTED = re.compile(r"[a-z_]\w*(?:\.\w+)+")
NAME = re.compile(r"(?=\w*[A-Z_])[A-Za-z_]\w*")
NAME_IN_FILE = re.compile(r"`(\w+)`(?: there)? (?:in|of) `([\w/.-]+\.(?:py|ts))`")
PLACEHOLDER = "NAME"


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def list_spans(document: str) -> set[str]:
    """Return the code spans of a document, those of several words as their words that look like our paths."""
    text = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)
    spans = set(SPAN.findall(text))
    words = {word for span in spans if " " in span for word in span.split()}
    return {span for span in spans if " " not in span} | {
        word for word in words if word.startswith(("geomap/", "tests/"))
    }


def is_known(span: str) -> bool:
    """Say whether a span names something that there is, or nothing that could be looked for."""
    if span in OF_A_PROJECT or span.startswith(".venv/"):
        return True
    if PLACEHOLDER in span:
        return (ROOT / span).parent.is_dir()
    if PATH.fullmatch(span) and ("/" in span or (ROOT / span).suffix in {".py", ".md", ".toml", ".json", ".lock"}):
        return (ROOT / span).exists()
    if DOTTED.fullmatch(span):
        return has_member(span)
    return span in find_defined() if NAME.fullmatch(span) else True


def has_member(dotted: str) -> bool:
    """Say whether a dotted name below geomap is a module, or a member of one or of a class in it."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        if PACKAGE.joinpath(*parts[:count]).is_dir() or PACKAGE.joinpath(*parts[:count]).with_suffix(".py").is_file():
            member = import_module(".".join(("geomap", *parts[:count])))
            return all((member := getattr(member, part, None)) is not None for part in parts[count:])
    return False


@cache
def find_defined() -> set[str]:
    """Return all names that geomap's modules, its tests and its viewer define."""
    files = (path for folder in ("geomap", "tests") for path in (ROOT / folder).rglob("*.py"))
    sources = (PACKAGE / "rendering" / "viewer" / "src").rglob("*.ts")
    return {name for path in files if path != Path(__file__) for name in find_names(path)} | {
        name for path in sources for name in re.findall(r"\b(?:function|const|class) (\w+)", path.read_text("utf-8"))
    }


def find_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_named_exists(document: str) -> None:
    spans = list_spans(document)
    assert len(spans) > 50
    assert sorted(span for span in spans if not is_known(span)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_name_stands_in_the_file_that_it_is_said_to_stand_in(document: str) -> None:
    named = NAME_IN_FILE.findall(read(document).replace("\n", " "))
    missing = [(name, file) for name, file in named if not re.search(rf"\b{name}\b", read(file))]
    assert missing == []


@pytest.mark.parametrize("document", [*DOCUMENTS, "README.md"])
def test_links_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", read(document))
    assert links
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_the_tree_lists_every_room_and_no_other() -> None:
    (tree,) = re.findall(r"```text\ngeomap/\n(.*?)```", read(ARCHITECTURE), re.DOTALL)
    listed = re.findall(r"^  ([\w.]+)(?:/|\b)", tree, re.MULTILINE)
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert sorted(listed) == sorted(rooms | modules)


@pytest.mark.parametrize(
    "span",
    ["geomap/reports/nothing.py", "docs/nothing.md", "nothing.toml", "reports.nothing", "reports.folder.find_nothing",
     "store.results.Store.find_nothing", "find_nothing", "NothingReader", "geomap/nothing/NAME.py", "tests/nothing/"],
)  # fmt: skip
def test_what_does_not_exist_is_noticed(span: str) -> None:
    assert not is_known(span)
