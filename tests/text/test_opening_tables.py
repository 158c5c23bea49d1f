"""Tables are opened in one way, with cells of any size, and nothing of that is felt in the rest of the process."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geomap
from geomap.corrections.table import parse_table
from geomap.gazetteer.overlays.adding import add_file
from geomap.text.tables import Rows, TableError, find_delimiter, find_stated_delimiter, read_records, write_rows

CELLS = st.text(alphabet="ab \"',;\t|\r\n=", max_size=8)


@pytest.fixture
def small_cells() -> Iterator[int]:
    """Bound the cells that the rest of the process reads with Python's csv module."""
    before = csv.field_size_limit(1_000)
    yield 1_000
    csv.field_size_limit(before)


def test_reading_a_table_changes_nothing_for_the_rest_of_the_process(
    small_cells: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    long = "Calm in Sumy. " * 20_000 + "."
    (tmp_path / "reports.csv").write_text(f"id,text\n1,{long}\n")
    assert list(geomap.read_reports("reports.csv")["text"]) == [long]
    table = parse_table(f"name,scope,action,note\nSumy,*,not,{long}\n".encode(), "corrections.csv")
    assert table.rows[0].cells[3] == long
    others = ";".join(f"Old Mill {number}" for number in range(1_000))
    (tmp_path / "own.csv").write_text(f"name,latitude,longitude,aliases\nMill Farm,49.1,36.1,{others}\n")
    assert add_file(tmp_path / "own.csv", tmp_path / "gazetteer").refused == 0
    assert csv.field_size_limit() == small_cells
    with pytest.raises(csv.Error):
        list(csv.reader([long]))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5), st.sampled_from(",;\t|"))
def test_what_is_written_is_what_is_read(rows: list[list[str]], delimiter: str) -> None:
    stream = io.BytesIO()
    assert write_rows(rows, stream, delimiter=delimiter) == len(rows)
    assert list(Rows(io.StringIO(stream.getvalue().decode(), newline=""), delimiter=delimiter)) == rows


def test_a_row_that_is_too_long_costs_itself_and_the_next_is_read() -> None:
    rows = Rows(["a,b\n", '"open\n', "x" * 90 + "\n", "x" * 90 + "\n", "c,d\n"], most=100)
    assert next(rows) == ["a", "b"]
    with pytest.raises(TableError, match="more than 100 characters"):
        next(rows)
    assert next(rows) == ["c", "d"]
    assert rows.lines_read == 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sep=;\r\n", ";"),
        ("SEP=|", "|"),
        ("sep=\t\n", "\t"),
        ("sep=\n", ""),
        ("sep= ", ""),
        ("sep", ""),
        ("name;x", ""),
    ],
)
def test_excel_states_its_delimiter(line: str, expected: str) -> None:
    assert find_stated_delimiter(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("name;text", ";"), ('"a;b;c;d",text', ","), ("text|a;b;c", "|"), ("a\tb", "\t"), ("text", ","), ("", ",")],
)
def test_the_delimiter_is_the_one_that_makes_a_header(line: str, expected: str) -> None:
    assert find_delimiter(line, lambda names: "text" in names) == expected


def test_records_have_all_columns_and_the_line_where_they_end(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('a,b\n1,"2\n3"\n\n4\n')
    assert list(read_records(tmp_path / "x.csv")) == [(3, {"a": "1", "b": "2\n3"}), (5, {"a": "4", "b": ""})]
