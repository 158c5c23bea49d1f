"""Names that are no text on one line are spelled as such, and no two names are spelled alike."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Report
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.build import build
from geomap.pipeline.parse_stream import answer, read_file, read_files
from geomap.reports import SourceFile, find_files
from geomap.reports import read_file as read_source
from geomap.testing import SMALL_BACKENDS
from geomap.text.file_names import spell_name, spell_path

PIECES = [
    "\\",
    "\\\\",
    "x",
    "x0a",
    "xe9",
    "u2028",
    "ud800",
    "%0A",
    "\n",
    "\t",
    "\x85",
    "\u2028",
    "\udce9",
    "\ud800",
    "я",
]
NAMES = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=6).map("".join)


def read_name(spelled: str) -> str:
    digit = "[0-9a-f]"
    escapes = rf"\\(x([01]{digit}|7f|[89a-f]{digit})|u(00[89]{digit}|202[89]|d[89a-f]{digit}{{2}}))"
    if re.search(escapes, spelled) is None:
        return spelled
    return re.sub(rf"\\(?:\\|x({digit}{{2}})|u({digit}{{4}}))", _read_escape, spelled)


def _read_escape(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or "5c", 16)
    return chr(0xDC00 + code if found[1] and code >= 0x80 else code)


@given(NAMES)
def test_a_spelled_name_is_one_line_of_text_and_gives_the_name_back(name: str) -> None:
    spelled = spell_name(name)
    assert len(spelled.splitlines()) <= 1
    assert "\t" not in spelled
    spelled.encode()
    assert read_name(spelled) == name  # so no two names are spelled alike


@pytest.mark.parametrize(
    "name",
    ["report.txt", "100%.txt", "a%0Ab.txt", "Нова Каховка.txt", "a\\b.txt", "\\xyz.txt", "\\x41", "a\u200bb", ""],
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert spell_name(name) == name


def test_a_path_keeps_its_separators() -> None:
    assert spell_path(os.path.join(".", "a", "b\n.txt")) == os.path.join(".", "a", "b\\x0a.txt")  # noqa: PTH118 -- as typed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the reports of a project, of which one name is what another is spelled as."""
    if sys.platform != "linux":
        pytest.skip("other systems have no such names")
    reports = tmp_path / "data" / "reports"

    for number, name in enumerate((b"a\xe9\n/b\t.txt", b"a\\xe9\\x0a/b\\x09.txt", b"plain.txt", b"bad\xff.csv")):
        path = Path(os.fsdecode(os.fsencode(reports) + b"/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Kharkiv was calm on the day of word{number}.", encoding="utf-8")
    return reports


IDS = [r"a\\xe9\\x0a/b\\x09.txt", r"a\xe9\x0a/b\x09.txt", "plain.txt"]


def test_a_title_that_is_the_name_of_the_file_is_spelled_likewise(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9\n.html"))).write_text("<p>Kharkiv was calm.</p>" * 3)
    titles = {source.report_id: report.title for source in find_files(folder) for report in read_reports(source)}
    assert titles[r"caf\xe9\x0a.html"] == r"caf\xe9\x0a"


def read_reports(source: SourceFile) -> list[Report]:
    return [entry for entry in read_source(source) if isinstance(entry, Report)]


def test_files_of_any_name_are_reports_with_ids_and_messages_of_one_line(folder: Path, tmp_path: Path) -> None:
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert list(result.reports["id"]) == IDS
    (failure,) = result.failures
    assert failure.path == str(folder / r"bad\xff.csv")
    assert build(backends=SMALL_BACKENDS, project=tmp_path).files_read == 0
    (tmp_path / "output/map.html").read_bytes().decode()  # no lone surrogate in it


def test_a_single_file_and_parse_spell_alike(folder: Path) -> None:
    (path,) = (source.path for source in find_files(folder) if source.report_id == IDS[1])
    (source,) = find_files(path)
    assert source.report_id == r"b\x09.txt"
    (piece,) = read_files([str(path.relative_to(folder))], sys.stdin.buffer)
    assert answer(read_file, Analyser(SMALL_BACKENDS).analyse_all, piece).body.startswith(
        '{"id": "a\\\\xe9\\\\x0a/b\\\\x09.txt"'
    )
