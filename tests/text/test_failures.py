"""A flood of failures is told by the first few of each kind and their number, everywhere and in bounded memory."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from marking import slow_but_first

from geomap.cli.main import main
from geomap.corrections.merging import merge_file
from geomap.errors import ReportError
from geomap.pipeline.build import build
from geomap.reports.frames import read_reports
from geomap.testing import SMALL_BACKENDS
from geomap.text.failures import SHOWN_IN_ALL, SHOWN_OF_FILE, Failures, bound_by_file, bound_failures

MANY = 3_000
FEW = SHOWN_OF_FILE + 1
GOOD = "Kharkiv was calm."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD)

    return folder


def zip_of(contents: Iterable[bytes], *, ending: str = ".txt") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"member {number}{ending}", content)
    return stream.getvalue()


def feed_of(items: Iterable[str]) -> bytes:
    return f"<rss><channel>{''.join(items)}</channel></rss>".encode()


FLOODS: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "equal rows": ("a.csv", lambda: b"text\n" + b"Calm in Sumy.\n" * MANY, MANY - 1),
    "equal ids": ("a.jsonl", lambda: b'{"id": 1, "text": "Sumy"}\n' * MANY, MANY - 1),
    "lines that are no JSON": ("a.jsonl", lambda: b'{"text": "Sumy"}\n' + b'{"text": \n' * MANY, MANY),
    "other faults of JSON": (
        "a.jsonl",
        lambda: b'{"text": "Sumy"}\n' + b"".join(b'{"a": %s}\n' % (b"%d," % each * each) for each in range(MANY // 10)),
        MANY // 10,
    ),
    "objects": ("a.json", lambda: json.dumps([{"text": ""}] * 900).encode(), 900),
    "rows with too many cells": ("a.csv", lambda: b"text\nSumy\n" + b"a,b,c\n" * MANY, MANY),
    "a quotation mark never closed": ("a.csv", lambda: b'text\n"Sumy\n' + b"Calm in Sumy.\n" * MANY, MANY),
    "entries of a feed": ("a.rss", lambda: feed_of(["<item><title>Sumy</title></item>"] * MANY), MANY - 1),
    "members": ("a.zip", lambda: zip_of([b""] * MANY), MANY),
    "binaries": ("a.zip", lambda: zip_of([bytes(256)] * MANY), MANY),
    "lines of a member": ("a.zip", lambda: zip_of([b"text\n" + b"Sumy\n" * 300] * 3, ending=".csv"), 3 * 299),
}


@pytest.mark.parametrize("flood", slow_but_first(FLOODS))
def test_a_file_of_failures_is_a_few_lines_and_their_number(flood: str, reports: Path, tmp_path: Path) -> None:
    name, write, count = FLOODS[flood]
    (reports / name).write_bytes(write())
    first, second = build(backends=SMALL_BACKENDS, project=tmp_path), build(backends=SMALL_BACKENDS, project=tmp_path)
    assert second.files_read == 0
    assert [str(each) for each in first.failures] == [str(each) for each in second.failures]
    assert first.failed == second.failed == count
    assert len(first.failures) <= 2 * FEW
    assert f"(and {first.failures[-1].count - 1:,} more)" in str(first.failures[-1])


def test_the_lines_of_a_flood_are_the_first_and_the_last(
    reports: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (reports / "a.csv").write_text("text\n" + "Calm in Sumy.\n" * MANY)
    assert main(["build", "--jobs", "1"], project=tmp_path) == 0
    output = capsys.readouterr()
    failed = [line for line in output.err.splitlines() if line.startswith("failed: ")]
    assert [line.partition(": is a duplicate of line 2")[0].rpartition(" ")[2] for line in failed] == [
        "3", "4", "5", "6", "7", f"{MANY + 1}",
    ]  # fmt: skip
    assert failed[-1].endswith(f"(and {MANY - 1 - FEW:,} more)")
    assert f"{MANY - 1:,} failed" in output.out


def test_a_folder_of_bad_files_is_a_bounded_list(reports: Path, tmp_path: Path) -> None:
    for number in range(SHOWN_IN_ALL + 50):
        (reports / f"{number:04}.txt").touch()
        (reports / f"dangling {number:04}.txt").symlink_to("nothing")
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert result.failed == 2 * (SHOWN_IN_ALL + 50)
    assert len(result.failures) == 2 * (SHOWN_IN_ALL + 1)
    assert sorted(each.count for each in result.failures)[-2:] == [50, 50]


def test_reports_whose_places_cannot_be_found_are_a_bounded_list(reports: Path, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": each, "text": f"poison {each}"}) + "\n" for each in range(SHOWN_IN_ALL + 50))
    (reports / "a.jsonl").write_text(rows)
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (result.failed, len(result.failures)) == (SHOWN_IN_ALL + 50, SHOWN_IN_ALL + 1)


def test_reports_that_two_paths_have_are_a_bounded_list(reports: Path, tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        (reports / name).mkdir()
        paths.append(reports / name / "a.jsonl")
        rows = "".join(json.dumps({"id": each, "text": f"{name} {each}"}) + "\n" for each in range(50))
        paths[-1].write_text(rows)
    result = build(paths, backends=SMALL_BACKENDS, project=tmp_path)
    assert (result.failed, len(result.failures)) == (50, FEW)


def test_the_table_of_reports_lists_few_failures_and_counts_all(reports: Path, tmp_path: Path) -> None:
    (reports / "a.csv").write_text("text\n" + "Calm in Sumy.\n" * MANY)
    with pytest.warns(UserWarning, match=f"{MANY - 1:,} entries could not be read"):
        frame = read_reports(reports, project=tmp_path)
    assert len(frame.attrs["failures"]) == FEW


def test_parse_answers_each_bad_line_and_tells_of_few(
    reports: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("one.jsonl", "two.jsonl")]
    for path in paths:
        path.write_text('{"text": "Sumy"}\n' + "{}\n" * MANY)
    assert main(["parse", "--jobs", "1", "--jsonl", *map(str, paths)], project=tmp_path) == 0
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 2 * (MANY + 1)
    failed = output.err.splitlines()
    assert len(failed) == 2 * FEW
    assert failed[FEW - 1] == f'failed: {paths[0]}, line {MANY + 1}: "text" is missing (and {MANY - FEW:,} more)'


def test_corrections_that_cannot_be_used_are_a_bounded_list(reports: Path, tmp_path: Path) -> None:
    with (tmp_path / "from.csv").open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("name", "scope", "action"))
        rows.writerow(("Sumy", "*", "is-not-a-place"))
        rows.writerows(("Sumy", "*", f"'wrong {each}'") for each in range(MANY))
    merged = merge_file(tmp_path / "from.csv", tmp_path / "data/corrections.csv")
    assert merged.added == 1
    assert len(merged.problems) == FEW
    assert merged.problems[-1].line == MANY + 2
    assert merged.problems[-1].reason.endswith(f"(and {MANY - FEW:,} more)")


def test_copying_bad_files_is_a_bounded_list(reports: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = [str(tmp_path / f"missing {each}.txt") for each in range(SHOWN_IN_ALL + 50)]
    assert main(["add", "-q", *missing], project=tmp_path) == 1
    failed = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed: ")]
    assert len(failed) == SHOWN_IN_ALL + 1
    assert failed[-1].endswith("(and 49 more)")


def test_failures_of_endlessly_many_kinds_are_bounded() -> None:
    failures = Failures(SHOWN_OF_FILE)
    failures.extend(ReportError(f"word{'x' * (each % 997)} is odd", line=each) for each in range(MANY))
    assert failures.count == sum(each.count for each in failures) == MANY
    assert len([*failures]) < 21 * FEW


def test_memory_does_not_grow_with_the_failures() -> None:
    errors = (ReportError(f"is a duplicate of line {each} (id {'x' * 100}{each})", line=each) for each in range(20_000))
    tracemalloc.start()
    try:
        assert sum(1 for _ in bound_failures(errors)) == FEW
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_entries_come_through_as_they_are_read() -> None:
    taken = 0

    def entries() -> Iterator[str | ReportError]:
        nonlocal taken
        for taken in range(1, 100):
            yield ReportError("bad", line=taken) if taken % 2 else f"good {taken}"

    bounded = bound_failures(entries())
    assert isinstance(next(bounded), ReportError)
    assert (next(bounded), taken) == ("good 2", 2)
    *_, last = bounded
    assert isinstance(last, ReportError)
    assert (last.line, last.text) == (99, "bad (and 44 more)")


def test_a_few_failures_are_told_as_they_were() -> None:
    errors = [ReportError("bad", path=path, line=line) for path in "ab" for line in range(1, FEW + 1)]
    assert [str(each) for each in bound_by_file(errors)] == [str(each) for each in errors]
