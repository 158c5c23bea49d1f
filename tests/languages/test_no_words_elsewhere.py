"""Words of a language stand in `geomap.languages`: a stage that has a list of its own reads it in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap
from geomap.gazetteer import open_gazetteer

PACKAGE = Path(geomap.__file__).parent
ROOMS = ("recognizers", "resolvers", "reports", "text", "gazetteer", "geocoders", "duplicates", "corrections")
NOT_READ_BY_BUILDS = ("gazetteer/compilation", "gazetteer/overlays")
"""They compile gazetteers: of names as reports in English write them, of tables with headings of their own."""

FEWEST = 5
"""Words that make a list."""

LONGEST_MESSAGE = 12
"""Words in lower case without any sign between them, from which on a text is a list and no message."""

EXCEPTIONS = {
    "names of our own columns, features, classes and kinds, which no text has": {
        "corrections/table.py COLUMNS", "gazetteer/index.py Gazetteer", "gazetteer/layout.py COLUMNS",
        "gazetteer/layout.py KIND_NAMES", "gazetteer/ranking.py _KIND_PENALTY", "recognizers/contexts.py CLASSES",
        "recognizers/features.py CODES", "recognizers/features.py POSITIONS", "recognizers/names.py COLUMNS",
        "recognizers/surroundings.py COLUMNS", "recognizers/vocabulary.py COLUMNS", "resolvers/name_blocks.py CLASSES",
        "resolvers/links.py INSIDE",
        "resolvers/name_blocks.py STATIC", "resolvers/displacement.py _WIDER_KM", "reports/web_page.py _FIELDS",
        "text/cells.py EXPORTED_REPORTS",
    },
    "names of groups in a pattern of letters and digits": {"recognizers/grid_references.py MGRS"},
    "keys of a geopy query": {"geocoders/gazetteer.py _PARTS"},
    "names of the fields of files, in all languages at once: they are read before there is a text": {
        "reports/feed.py _NAMES", "reports/fields.py _SYNONYMS", "reports/headers.py _NO_HEADERS",
        "reports/headers.py _OTHER_HEADERS",
    },
    "what programs write where nobody has written a title or an author, in all languages at once": {
        "reports/documents.py _NO_AUTHOR", "reports/documents.py _NO_TITLE",
    },
    "top-level domains": {"resolvers/outlet_locator.py _PLACELESS"},
}  # fmt: skip


def find_lists(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of words in a module, each with the name that it is assigned to, or that of its function."""
    tree = ast.parse(source)
    for statement in tree.body:
        name = _name_of(statement)
        for node in ast.walk(statement):
            words = [word for text in _texts_of(node) for word in _split(text)]
            if len(words) >= FEWEST:
                yield name, words


def _name_of(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return str(getattr(statement, "name", type(statement).__name__))


def _texts_of(node: ast.AST) -> list[str]:
    """Return the texts of a collection, of what is split, of a pattern with alternatives, or of a long list."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        return [word for word in _text(node.func.value).split() if word]
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compile" and node.args:
        return re.split(r"[^a-zA-Z ]+", _text(node.args[0])) if "|" in _text(node.args[0]) else []
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value.split()
        return words if len(words) >= LONGEST_MESSAGE and all(map(str.isalpha, words)) else []
    return [_text(part) for part in parts]


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return ""


def _split(text: str) -> list[str]:
    """Return the words of a text that is nothing but one or two English words in lower case."""
    words = text.split(" ")
    is_english = len(words) <= 2 and all(re.fullmatch("[a-z]{2,}", word) and _is_english(word) for word in words)
    return [text] if is_english else []


def _is_english(word: str) -> bool:
    return open_gazetteer().lexicon_levels(word)[0] > 0


def find_modules() -> list[str]:
    """Return the modules of the stages, as paths within the package."""
    paths = [path.relative_to(PACKAGE).as_posix() for room in ROOMS for path in (PACKAGE / room).rglob("*.py")]
    return sorted(path for path in paths if not path.startswith(NOT_READ_BY_BUILDS))


def find_unexplained() -> list[str]:
    """Return the lists in the modules of the stages that are no exceptions, with their first words."""
    known = set().union(*EXCEPTIONS.values())
    return [
        f"{path} {name}: {' '.join(words[:FEWEST])} ..."
        for path in find_modules()
        for name, words in find_lists((PACKAGE / path).read_text(encoding="utf-8"))
        if f"{path} {name}" not in known
    ]


def test_no_stage_has_words_of_its_own() -> None:
    assert find_unexplained() == []


def test_every_exception_is_needed() -> None:
    found = {
        f"{path} {name}"
        for path in find_modules()
        for name, _ in find_lists((PACKAGE / path).read_text(encoding="utf-8"))
    }
    assert set().union(*EXCEPTIONS.values()) <= found


@pytest.mark.parametrize(
    "line",
    [
        '_VERBS: Final = frozenset("said denied warned agreed announced".split())',
        '_VERBS = ("said", "denied", "warned", "agreed", "announced")',
        '_VERBS = {"said": 1, "denied": 2, "warned": 3, "agreed": 4, "announced": 5}',
        '_VERBS = re.compile(r"(?:said|denied|warned|agreed|announced) that$")',
        '_VERBS = "said denied warned agreed announced urged hoped feared claimed refused sent won"',
        'def is_verb(word): return word in {"said", "denied", "warned", "agreed", "announced"}',
    ],
)
def test_a_list_is_found_however_it_is_written(line: str) -> None:
    assert [words for _, words in find_lists(line)]


@pytest.mark.parametrize(
    "line",
    [
        'raise ReportError("holds no text; its attachments are not read: save them as files of their own")',
        '_CODES = frozenset("PCLI PCLD TERR ADM1 ADM2 PPLC".split())',
        '_MARKS = re.compile(r"[NS]|[EW]|\\d|°|′|″")',
    ],
)
def test_messages_and_codes_are_no_lists(line: str) -> None:
    assert list(find_lists(line)) == []
