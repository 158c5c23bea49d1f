"""Many reports in one file: each row is a report with its own id, and a bad row costs only itself."""

# ruff: noqa: E501 - one case a row, as in a table

from __future__ import annotations

import csv
import hashlib
import json
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file

ROWS = [
    {"id": "a1", "title": "Bridge closed", "text": "The bridge at Kherson\nis closed, said \"Ann\".", "date": "25.05.2025",
     "source": "Daily Steppe", "url": "https://www.steppe.example/1", "language": "en"},
    {"id": "a2", "title": "", "text": "Convoy near Sumy; one truck, two cars.", "date": "", "source": "", "url": "", "language": ""},
]  # fmt: skip
FIRST = Report(
    id="r#a1",
    text='Bridge closed\n\nThe bridge at Kherson\nis closed, said "Ann".',
    title="Bridge closed",
    source="Daily Steppe",
    date="2025-05-25",
    url="https://www.steppe.example/1",
    domain="steppe.example",
    language="en",
)


def read(path: Path, data: bytes | str) -> list[Report | ReportError]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(SourceFile(path, "r")))


def reports(found: list[Report | ReportError]) -> list[Report]:
    return [one for one in found if isinstance(one, Report)]


def errors(found: list[Report | ReportError]) -> list[str]:
    return [str(one) for one in found if isinstance(one, ReportError)]


def written(path: Path, **form: str) -> bytes:
    with path.open("w", newline="", encoding=form.pop("encoding", "utf-8")) as stream:
        writer = csv.DictWriter(stream, list(ROWS[0]), **form)  # type: ignore[arg-type] # the form is csv's own
        writer.writeheader()
        writer.writerows(ROWS)
    return path.read_bytes()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_csv_of_any_dialect_and_encoding(delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = read(path, written(path, delimiter=delimiter, encoding=encoding))
    assert found[0] == FIRST
    assert [report.id for report in reports(found)] == ["r#a1", "r#a2"]
    assert reports(found)[1].text == ROWS[1]["text"]


def test_csv_as_pandas_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    pd.DataFrame(ROWS).to_csv(path)
    assert read(path, path.read_bytes())[0] == FIRST


@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
def test_json_gives_the_same_reports_as_csv(name: str, tmp_path: Path) -> None:
    whole = json.dumps({"count": 2, "articles": ROWS})
    lines = "\n".join(json.dumps(row) for row in ROWS)
    found = read(tmp_path / name, whole if name == "r.json" else lines)
    assert found[0] == FIRST
    assert len(reports(found)) == 2


@pytest.mark.parametrize("text", ["Body", "content", "ARTICLE", "Article Text", "full_text", "story", "notes"])
def test_synonyms_are_recognised(text: str, tmp_path: Path) -> None:
    names = {
        text: "Calm in Sumy.",
        "Headline": "Calm",
        "Published At": "2025-05-25",
        "outlet": "Steppe",
        "Link": "https://a.example/x",
        "UUID": 7,
    }
    (report,) = reports(read(tmp_path / "r.json", json.dumps([names])))
    assert report == Report("r#7", "Calm in Sumy.", "Calm", "Steppe", "2025-05-25", "https://a.example/x", "a.example")


def test_a_title_that_begins_the_body_is_not_said_twice(tmp_path: Path) -> None:
    rows = [{"title": "Calm in Sumy", "text": "CALM IN  SUMY\n\nNothing happened."}, {"title": "Calm", "text": ""}]
    found = reports(read(tmp_path / "r.json", json.dumps(rows)))
    assert [report.text for report in found] == ["CALM IN  SUMY\n\nNothing happened.", "Calm"]


def test_a_news_service_names_its_source_in_an_object(tmp_path: Path) -> None:
    row = {"source": {"id": None, "name": "Daily Steppe"}, "publishedAt": "2025-05-25T10:00:00Z", "content": "Calm."}
    (report,) = reports(read(tmp_path / "r.json", json.dumps({"status": "ok", "articles": [row]})))
    assert (report.source, report.date) == ("Daily Steppe", "2025-05-25T10:00:00+00:00")


def test_a_dateline_fills_what_no_column_says(tmp_path: Path) -> None:
    (report,) = reports(read(tmp_path / "r.jsonl", json.dumps({"text": "KYIV, May 3, 2025 (AP) - Calm in Sumy."})))
    assert (report.source, report.date) == ("AP", "2025-05-03")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("r.csv", "id,titel,wann\n1,a,b\n"),
        ("r.tsv", "id\ttitel\twann\n1\ta\tb\n"),
        ("r.json", '[{"id": 1, "titel": 2, "wann": 3}]'),
        ("r.jsonl", '{"id": 1, "titel": 2, "wann": 3}'),
    ],
)
def test_a_missing_text_column_lists_the_columns_found(name: str, data: str, tmp_path: Path) -> None:
    (error,) = errors(read(tmp_path / name, data))
    assert "id, titel, wann" in error
    assert str(tmp_path / name) in error


def test_the_first_of_two_equal_ids_stays(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "Sumy"},
        {"id": "1", "text": "Kyiv"},
        {"text": "Lviv"},
        {"text": "Lviv"},
        {"id": 2, "text": "Lviv"},
    ]
    found = read(tmp_path / "r.jsonl", "\n".join(json.dumps(row) for row in rows))
    assert [type(one) for one in found] == [Report, ReportError, Report, ReportError, Report]
    assert found[2].id == "r#" + hashlib.blake2b(b"Lviv", digest_size=16).hexdigest()[:8]
    assert "line 2: is a duplicate of line 1" in errors(found)[0]
    assert "duplicate of line 3" in errors(found)[1]


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    lines = ['{"text": "Sumy"}', '{"text": "Ky', "[1, 2]", '{"text": 5}', '{"text": " "}', "", '{"text": "Lviv"}']
    found = read(tmp_path / "r.jsonl", "\r\n".join(lines))
    assert [report.text for report in reports(found)] == ["Sumy", "Lviv"]
    assert [error.line for error in found if isinstance(error, ReportError)] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "value", ["[" * 100_000, '{"text": ' * 50_000, '{"text": "a", "id": ' + "9" * 10_000 + "}", "NaN"]
)
@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
def test_hostile_json_is_an_error(name: str, value: str, tmp_path: Path) -> None:
    assert len(errors(read(tmp_path / name, value))) == 1


def test_lone_surrogates_and_nuls_become_replacement_characters(tmp_path: Path) -> None:
    (report,) = reports(read(tmp_path / "r.jsonl", r'{"text": "Su\ud800my\u0000", "title": "\udfff!", "id": "\ud801"}'))
    assert report.text.encode() == "\ufffd!\n\nSu\ufffdmy\ufffd".encode()
    assert report.id.encode()


@pytest.mark.parametrize(
    ("name", "before", "large", "after"),
    [
        ("r.jsonl", '{"id": 1, "text": "Sumy"}\n', '{"text": "%s"}\n', '{"id": 2, "text": "Lviv"}\n'),
        ("r.csv", "id,text\n1,Sumy\n", '9,"%s"\n', "2,Lviv\n"),
        ("r.csv", 'id,text\n1,Sumy\n9,"open\n', '%s"\n', "2,Lviv\n"),
        ("r.csv", 'id,text\n1,Sumy\n9,"open\n', '%s\n"\n', "2,Lviv\n"),
    ],
)
def test_a_line_over_the_limit_is_never_held(name: str, before: str, large: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / name
    opening, closing = large.split("%s")
    with path.open("w") as stream:
        stream.write(before + opening)
        for _ in range(30):
            stream.write("Sumy " * 200_000)
        stream.write(closing + after)
    tracemalloc.start()
    found = list(read_file(SourceFile(path, "r")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [report.text for report in reports(found)] == ["Sumy", "Lviv"]
    assert "larger than 10 MB" in errors(found)[0]
    assert len(errors(found)) == 1
    assert peak < 30_000_000


def test_a_quotation_mark_never_closed_costs_its_line(tmp_path: Path) -> None:
    found = read(tmp_path / "r.csv", 'id,text\n1,Sumy\n2,"Kyiv\n3,Lviv\n4,Odesa\n')
    assert [report.text for report in reports(found)] == ["Sumy", "Lviv", "Odesa"]
    assert "line 3: has a quotation mark that is never closed" in errors(found)[0]


def test_cells_that_hold_the_delimiter_without_quotes_are_an_error(tmp_path: Path) -> None:
    found = read(tmp_path / "r.csv", "id,text\n1,Shelling in Sumy, Kyiv and Lviv\n2,Calm\n3\n")
    assert [report.id for report in reports(found)] == ["r#2"]
    assert "4 cells where the header has 2" not in errors(found)[0]
    assert "3 cells where the header has 2" in errors(found)[0]
    assert "empty text" in errors(found)[1]


def test_excel_states_its_delimiter(tmp_path: Path) -> None:
    (report,) = reports(read(tmp_path / "r.csv", "sep=;\r\nid;text\r\n1;Sumy, Kyiv\r\n"))
    assert report.text == "Sumy, Kyiv"


def test_a_json_file_over_the_limit_names_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    with path.open("wb") as stream:
        stream.truncate(65_000_000)
    (error,) = read_file(SourceFile(path, "r"))
    assert ".jsonl" in str(error)


@pytest.mark.parametrize(
    "data", ["3", '"text"', "null", '{"a": 1}', '{"a": [{"text": "x"}], "b": [{"text": "y"}]}', "[]", "[3]", ""]
)
def test_json_without_one_list_of_objects_says_what_is_wrong(data: str, tmp_path: Path) -> None:
    assert len(errors(read(tmp_path / "r.json", data))) == 1


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.json", "r.jsonl", "r.txt", "r.html", "r.md"])
def test_an_empty_file_says_so(name: str, tmp_path: Path) -> None:
    for data in (b"", b"\n \n"):
        (error,) = errors(read(tmp_path / name, data))
        assert error.endswith("is empty")


def test_a_file_of_one_enormous_line_is_an_error_in_every_table_format(tmp_path: Path) -> None:
    for name in ("r.csv", "r.tsv", "r.jsonl", "r.json"):
        assert len(errors(read(tmp_path / name, "a" * 5_000_000))) == 1


def test_a_file_without_one_readable_entry_is_given_up(tmp_path: Path) -> None:
    found = errors(read(tmp_path / "r.jsonl", "not JSON\n" * 5_000))
    assert "none of the first 1,000 entries can be read" in found[-2]
    assert found[-1].endswith("(and 994 more)")
    found = errors(read(tmp_path / "r.jsonl", '{"text": "Sumy"}\n' + "not JSON\n" * 5_000))
    assert found[-1].endswith("(and 4,994 more)")
