"""`geomap parse`: the contract of its input and output."""

from __future__ import annotations

import io
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.cli.main import main
from geomap.engines.base import Handling
from geomap.engines.processes import ProcessEngine
from geomap.pipeline import parse_stream
from geomap.pipeline.analyser import Analyser
from geomap.testing import SMALL_BACKENDS


def parse_lines(data: bytes, *paths: str) -> list[dict[str, Any]]:
    pieces = parse_stream.read_lines(paths, io.BytesIO(data))
    return [
        json.loads(parse_stream.answer(parse_stream.read_line, Analyser(SMALL_BACKENDS).analyse_all, piece).body)
        for piece in pieces
    ]


def parse_files(*paths: str, data: bytes = b"") -> list[dict[str, Any]]:
    pieces = parse_stream.read_files(paths, io.BytesIO(data))
    return [
        json.loads(parse_stream.answer(parse_stream.read_file, Analyser(SMALL_BACKENDS).analyse_all, piece).body)
        for piece in pieces
    ]


def make_line(**values: Any) -> bytes:
    return json.dumps(values).encode() + b"\n"


def check_offsets(text: str, mentions: list[dict[str, Any]]) -> None:
    assert mentions
    for mention in mentions:
        assert text[mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f600\U0001f468\u200d\U0001f469 Kharkiv \U0001f600 Kirkuk",
        "e\u0301 a\u0308 Kharkiv and Aleppo",
        "one\r\ntwo\r\n\r\nKharkiv\r\n",
        "\ufeffKharkiv",
        "a lone \ud800 surrogate, then Kharkiv",
        "a NUL \0 and Kharkiv\u2028Kirkuk\x85Aleppo",
    ],
)
def test_offsets_index_the_text_of_the_line(text: str) -> None:
    (row,) = parse_lines(make_line(id="1", text=text))
    check_offsets(text, row["mentions"])


@given(st.text(st.characters(codec=None), max_size=50), st.text(st.characters(codec=None), max_size=50))
def test_offsets_index_any_text(before: str, after: str) -> None:
    text = f"{before} Kharkiv {after}"
    (row,) = parse_lines(make_line(id=before, text=text))
    assert row["id"] == before
    check_offsets(text, row["mentions"])


def test_a_mention_has_the_keys_of_the_contract() -> None:
    (row,) = parse_lines(make_line(id="1", text="Kharkiv and Nowhereville"))
    keys = {
        "start",
        "end",
        "text",
        "kind",
        "usage",
        "usage_probability",
        "place_id",
        "name",
        "latitude",
        "longitude",
        "geonameid",
    }
    keys |= {
        "country_code",
        "admin1",
        "feature_class",
        "feature_code",
        "radius_km",
        "confidence",
        "alternatives",
        "anchor",
    }
    assert all(keys <= mention.keys() for mention in row["mentions"])
    known, unknown = row["mentions"]
    assert list(known)[3:6] == ["kind", "usage", "usage_probability"]
    assert (known["place_id"], known["geonameid"], known["country_code"]) == ("geonames:706483", 706483, "UA")
    assert (unknown["place_id"], unknown["latitude"], unknown["longitude"]) == (None, None, None)


def test_the_output_is_ascii_and_one_line_for_each_input() -> None:
    pieces = parse_stream.read_lines((), io.BytesIO(make_line(id="ä\n\u2028", text="Kharkiv \U0001f600")))
    (answer,) = [
        parse_stream.answer(parse_stream.read_line, Analyser(SMALL_BACKENDS).analyse_all, piece) for piece in pieces
    ]
    assert answer.body.isascii()
    assert len(answer.body.splitlines()) == 1


@pytest.mark.parametrize("identity", ["x", 7, 2.5, None])
def test_ids_come_back_as_they_were(identity: object) -> None:
    assert parse_lines(make_line(id=identity, text="Kharkiv"))[0]["id"] == identity


def test_a_missing_id_is_null() -> None:
    assert parse_lines(make_line(text="Kharkiv"))[0]["id"] is None


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b'{"id": "1", "text": \n', "not JSON"),
        (b"[1, 2]\n", "not an object"),
        (b'"text"\n', "not an object"),
        (b'{"id": "1"}\n', '"text" is missing'),
        (b'{"id": "1", "text": null}\n', '"text" is missing'),
        (b'{"text": 5}\n', '"text" has to be a string'),
        (b'{"text": ["a"]}\n', '"text" has to be a string'),
        (b'{"id": {}, "text": "a"}\n', '"id" has to be'),
        (b'{"id": NaN, "text": "a"}\n', "NaN is no JSON"),
        (b'{"text": "a", "title": ["b"]}\n', '"title" has to be a string'),
        (b'{"text": "caf\xe9"}\n', "not UTF-8"),
        (b"[" * 200_000 + b"\n", "nested too deeply"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}\n", "not JSON"),
        (b"\x00\x01\x02\n", "not JSON"),
    ],
)
def test_a_bad_line_is_an_error_object_and_the_rest_goes_on(line: bytes, error: str) -> None:
    first, bad, last = parse_lines(make_line(id="a", text="Kharkiv") + line + make_line(id="b", text="Kirkuk"))
    assert (bad["line"], bad["mentions"]) == (2, [])
    assert error in bad["error"]
    assert "\n" not in bad["error"]
    assert [first["id"], last["id"]] == ["a", "b"]
    assert len(first["mentions"]) == len(last["mentions"]) == 1


def test_a_bad_line_has_no_id() -> None:
    assert parse_lines(b"nonsense\n")[0]["id"] is None


def test_a_text_that_breaks_a_stage_is_an_error_object_with_its_id() -> None:
    bad, good = parse_lines(make_line(id="a", text="poison") + make_line(id="b", text="Kirkuk"))
    assert (bad["id"], bad["line"], bad["mentions"]) == ("a", 1, [])
    assert "ZeroDivisionError" in bad["error"]
    assert len(good["mentions"]) == 1


def test_context_may_be_null_or_a_number_and_other_keys_are_ignored() -> None:
    line = make_line(id="1", text="Kharkiv", title=None, date=20250525, gold=[{"start": 0}], language="en")
    assert len(parse_lines(line)[0]["mentions"]) == 1


def test_title_and_the_rest_are_context_only() -> None:
    (row,) = parse_lines(make_line(id="1", title="Aleppo and Kirkuk", source="Kharkiv", text="Kharkiv"))
    assert [(each["start"], each["text"]) for each in row["mentions"]] == [(0, "Kharkiv")]


def test_blank_lines_are_passed_over_but_counted() -> None:
    data = b"\n\r\n" + make_line(id="a", text="Kharkiv") + b"   \nnonsense\n\n"
    assert [(row["id"], row.get("line")) for row in parse_lines(data)] == [("a", None), (None, 5)]


def test_byte_order_marks_crlf_and_a_missing_last_end_are_fine() -> None:
    mark, line = b"\xef\xbb\xbf", make_line(id="a", text="Kharkiv")
    data = mark + line.replace(b"\n", b"\r\n") + mark + line.strip()  # as files look that were put together
    assert [row["id"] for row in parse_lines(data)] == ["a", "a"]


def test_no_input_gives_no_output() -> None:
    assert parse_lines(b"") == []


class EndlessLine(io.RawIOBase):
    """A line of a gigabyte that nobody should hold, between two others."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._parts = [make_line(id="a", text="Kharkiv"), b"\n" + make_line(id="b", text="Kirkuk")]
        self._reading_first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._reading_first:
            part, self._reading_first = self._parts.pop(0), False
        elif self._left:
            part = b"x" * min(len(buffer), self._left)
            self._left -= len(part)
        else:
            part = self._parts.pop(0) if self._parts else b""
        buffer[: len(part)] = part
        return len(part)


def test_a_line_over_the_limit_is_never_in_memory() -> None:
    import tracemalloc

    stream = io.BufferedReader(EndlessLine(300_000_000))
    tracemalloc.start()
    pieces = list(parse_stream.read_lines((), stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(piece.line, bool(piece.error)) for piece in pieces] == [(1, False), (2, True), (3, False)]
    assert peak < 3 * parse_stream.LIMIT
    assert "longer than 10 MB" in pieces[1].error


def test_a_line_at_the_limit_is_read() -> None:
    frame = len(make_line(text="")) - 1
    line = make_line(text="x" * (parse_stream.LIMIT - frame))
    assert len(line) == parse_stream.LIMIT + 1
    assert [piece.error for piece in parse_stream.read_lines((), io.BytesIO(line + line))] == ["", ""]
    longer = line.replace(b"x", b"xx", 1)
    assert [bool(piece.error) for piece in parse_stream.read_lines((), io.BytesIO(longer + line))] == [True, False]


def test_a_mark_before_a_line_at_the_limit_does_not_count() -> None:
    line = b"\xef\xbb\xbf" + make_line(text="x" * (parse_stream.LIMIT - len(make_line(text="")) + 1))
    pieces = list(parse_stream.read_lines((), io.BytesIO(line + line)))
    assert [(piece.line, len(piece.body), piece.error) for piece in pieces] == [
        (1, parse_stream.LIMIT + 1, ""),
        (2, parse_stream.LIMIT + 1, ""),
    ]


def test_input_is_taken_as_it_comes() -> None:
    """A program that sends a line and waits for the answer gets it (with one job)."""
    taken: list[int] = []

    class Slow(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            taken.append(1)
            return super().readline(size)

    pieces = parse_stream.read_lines((), Slow(make_line(id="a", text="x") * 5))
    next(pieces)
    assert len(taken) == 1


def test_workers_give_the_same_in_the_same_order() -> None:
    data = b"".join(make_line(id=number, text=f"{number} Kharkiv" * (number % 50)) for number in range(500))
    engine, handling = ProcessEngine(2, patience=-1), Handling(parse_stream.weigh_piece)
    answer = partial(parse_stream.answer_all, parse_stream.read_line, Analyser(SMALL_BACKENDS).analyse_all)
    assert [
        json.loads(each.body)
        for each in engine.map_many(answer, parse_stream.read_lines((), io.BytesIO(data)), handling)
    ] == parse_lines(data)


# Plain texts


def test_each_file_is_one_text_with_its_path_as_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "one.txt").write_text("Kharkiv")
    (tmp_path / "sub" / "two.txt").write_text('{"text": "Kirkuk"}\n\nAleppo')
    monkeypatch.chdir(tmp_path)  # paths are typed from the current folder on, and stay as they were typed
    rows = parse_files("./one.txt", str(Path("sub", "two.txt")))
    assert [(row["id"], len(row["mentions"])) for row in rows] == [("./one.txt", 1), ("sub/two.txt", 2)]


def test_standard_input_is_called_dash() -> None:
    for paths in ((), ("-",)):
        (row,) = parse_files(*paths, data=b"Kharkiv")
        assert (row["id"], len(row["mentions"])) == ("-", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_offsets_index_the_decoded_text_with_its_newlines(tmp_path: Path, encoding: str) -> None:
    text = "Обстрел города, сообщили в среду власти области.\r\n\r\nKharkiv – Kirkuk\r\n"
    (tmp_path / "one.txt").write_bytes(text.encode(encoding))
    (row,) = parse_files(str(tmp_path / "one.txt"))
    check_offsets(text, row["mentions"])


def test_files_that_cannot_be_read_are_error_objects_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Kharkiv")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "large.txt").write_bytes(b"x" * (parse_stream.LIMIT + 1))
    paths = [(tmp_path / name).as_posix() for name in ("missing.txt", "binary.bin", ".", "large.txt", "one.txt")]
    rows = parse_files(*paths)
    assert [row["id"] for row in rows] == paths
    assert [bool(row.get("error")) for row in rows] == [True, True, True, True, False]
    assert all(row["mentions"] == [] for row in rows[:4])


def test_an_empty_text_has_no_mentions() -> None:
    assert parse_files(data=b"") == [{"id": "-", "mentions": []}]


def test_a_missing_file_of_lines_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    missing, there = ((tmp_path / name).as_posix() for name in ("missing.jsonl", "one.jsonl"))
    Path(there).write_bytes(make_line(id="a", text="Kharkiv") + b"nonsense\n")
    rows = parse_lines(b"", missing, there)
    assert [row["id"] for row in rows] == [None, "a", None]
    assert (rows[0]["file"], rows[0]["error"]) == (missing, "No such file or directory")
    assert (rows[2]["line"], rows[2]["file"]) == (2, there)


def test_the_deepest_line_is_deeper_than_python_goes() -> None:
    assert sys.getrecursionlimit() < 200_000  # or the nested line above proves nothing


def test_parse_heeds_the_limits_of_the_project(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "geomap.toml").write_text("[limits]\nreport_mb = 1\nmentions_per_report = 2\n")
    texts = ["Kharkiv, Kirkuk, Aleppo", "Kirkuk", "x" * 1_000_000]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    assert main(["parse", "--jsonl", str(path)], backends=SMALL_BACKENDS, project=tmp_path) == 0
    out, err = capfd.readouterr()
    dense, plain, long = map(json.loads, out.splitlines())
    assert [each["text"] for each in dense["mentions"]] == ["Kharkiv", "Kirkuk"]
    assert len(plain["mentions"]) == 1
    assert "longer than 1 MB" in long["error"]
    assert f"{path}, line 1: holds too many names: 2 mentions of places are kept" in err
    assert len(err.splitlines()) == 2
