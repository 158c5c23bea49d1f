from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.errors import GazetteerError, GeocoderError, GeomapError, NothingReadError, OutputError
from geomap.geocoders.fallback import Question
from geomap.model import Candidate, Mention, ParsedReport, Place, Report
from geomap.pipeline.backends import Backends, OpenGazetteer
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult, describe_build
from geomap.recognizers.base import Recognizer
from geomap.testing import SMALL_BACKENDS, UNKNOWN, DrawnCounts, NameRecognizer, NameResolver, Standalone, draw_json

TEXT = "Shelling was heard near Kharkiv on Monday, officials said, and people left for Aleppo."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "data" / "reports").mkdir(parents=True)
    return folder


@pytest.fixture
def reports(project: Path) -> Path:
    return project / "data" / "reports"


def write(folder: Path, name: str, text: str | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name}: {TEXT}" if text is None else text, encoding="utf-8")  # no two tell the same story
    return path


def build_small(project: Path, *paths: Path | str, output: str = "output/map.html", jobs: int = 1) -> BuildResult:
    paths_of_project = [project / path for path in paths] or None
    return build(paths_of_project, project / output, backends=SMALL_BACKENDS, jobs=jobs, project=project)


def read_ids(project: Path, output: str = "output/map.html") -> list[str]:
    return [json.loads(line)["report"]["id"] for line in (project / output).read_text().splitlines()]


def test_a_folder_becomes_a_map_and_the_summary_counts_it(reports: Path, project: Path) -> None:
    write(reports, "b/two.txt", f"Kirkuk and {UNKNOWN} were quiet. Kharkiv was not.")
    write(reports, "one.txt")
    result = build_small(project)
    assert (result.report_count, result.new, result.changed, result.removed, result.failed) == (2, 2, 0, 0, 0)
    assert (result.mention_count, result.place_count) == (4, 3)
    assert (result.files_read, result.reports_recognised) == (2, 2)
    assert read_ids(project) == ["b/two.txt", "one.txt"]
    (unresolved,) = result.unresolved
    assert unresolved.name == UNKNOWN
    assert unresolved.excerpt == f"Kirkuk and {UNKNOWN} were quiet. Kharkiv was not."
    assert unresolved.report_id == "b/two.txt"


def test_the_summary_has_every_number_of_the_contract(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    lines = list(describe_build(build_small(project)))
    assert lines[:4] == [
        "Reports: 1 read, 1 new, 0 changed, 0 removed, 0 failed",
        "Mentions: 2",
        "Places: 2",
        "Unresolved names: 0",
    ]
    assert lines[4].startswith("Seconds: ")
    assert lines[5] == f"Map: {project / 'output/map.html'}"


def test_only_what_is_new_or_changed_is_done(reports: Path, project: Path) -> None:
    for number in range(5):
        write(reports, f"{number}.txt")
    build_small(project)
    again = build_small(project)
    assert (again.files_read, again.reports_recognised, again.new, again.changed) == (0, 0, 0, 0)
    write(reports, "3.txt", "Kirkuk is mentioned here now, and nothing else is.")
    (reports / "4.txt").unlink()
    result = build_small(project)
    assert (result.files_read, result.reports_recognised) == (1, 1)
    assert (result.report_count, result.new, result.changed, result.removed) == (4, 0, 1, 1)
    assert read_ids(project) == ["0.txt", "1.txt", "2.txt", "3.txt"]


@pytest.mark.slow
def test_one_report_added_to_a_thousand_is_one_report_of_work(project: Path, reports: Path) -> None:
    for number in range(1000):
        write(reports, f"{number:04}.txt", f"Report {number}: {TEXT}")
    build_small(project)
    write(reports, "0500a.txt", "Kirkuk: one more report came in.")
    result = build_small(project)
    assert (result.files_read, result.reports_recognised, result.new) == (1, 1, 1)
    grown = (project / "output" / "map.html").read_bytes()
    shutil.rmtree(project / "output")
    assert build_small(project).files_read == 1001
    assert (project / "output" / "map.html").read_bytes() == grown


def test_the_map_is_the_same_whatever_the_order_of_builds(project: Path, reports: Path) -> None:
    names = [f"{number}.txt" for number in range(12)]
    random.Random(1).shuffle(names)
    for name in names:
        write(reports, name, f"{name}: {TEXT}")
        build_small(project)
    assert build_small(project, output="fresh.html", jobs=2).reports_recognised == 0
    shutil.rmtree(project / "output" / ".geomap")
    build_small(project, output="fresh.html")
    assert (project / "fresh.html").read_bytes() == (project / "output/map.html").read_bytes()


def test_a_renamed_report_is_read_again_and_a_touched_one_is_not(reports: Path, project: Path) -> None:
    path = write(reports, "one.txt")
    write(reports, "two.txt")
    build_small(project)
    os.utime(path, (1, 1))
    assert build_small(project).files_read == 0
    path.rename(reports / "renamed.txt")
    result = build_small(project)
    assert (result.files_read, result.new, result.removed) == (1, 1, 1)


def test_maps_of_one_project_are_counted_apart(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    build_small(project)
    result = build_small(project, output="other.html")
    assert (result.new, result.files_read, result.reports_recognised) == (1, 0, 0)


def test_one_report_that_breaks_a_stage_does_not_stop_the_others(reports: Path, project: Path) -> None:
    write(reports, "bad.txt", "This text is poison to the recognizer.")
    write(reports, "good.txt")
    for _ in range(2):  # it is tried again: the fault may have been mended
        result = build_small(project)
        assert read_ids(project) == ["good.txt"]
        (failure,) = result.failures
        assert str(failure) == "bad.txt: its places cannot be found (ZeroDivisionError: poison in the text)"
        assert (result.report_count, result.failed) == (1, 1)


def test_files_that_cannot_be_read_are_one_line_each(reports: Path, project: Path) -> None:
    write(reports, "good.txt")
    write(reports, "empty.txt", "")
    write(reports, "table.csv", "colour,size\nred,3\n")
    write(
        reports, "lines.jsonl", '{"id": "1", "text": "Kharkiv is here."}\n{"text": \n{"id": "3", "text": "Kirkuk."}\n'
    )
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (reports / "dangling.txt").symlink_to(reports / "nothing.txt")
    with (reports / "huge.jsonl").open("wb") as stream:
        stream.write(b'{"text": "' + b"x" * 11_000_000 + b'"}\n{"id": "after", "text": "Aleppo is here."}\n')
    for _ in range(2):
        result = build_small(project)
        assert sorted(Path(failure.path).name for failure in result.failures) == [
            "binary.txt",
            "dangling.txt",
            "empty.txt",
            "huge.jsonl",
            "lines.jsonl",
            "table.csv",
        ]
        assert all("\n" not in str(failure) for failure in result.failures)
        assert read_ids(project) == ["good.txt", "huge.jsonl#after", "lines.jsonl#1", "lines.jsonl#3"]
    assert result.files_read == 0
    assert next(each.line for each in result.failures if each.path.endswith("lines.jsonl")) == 2


def test_an_unreadable_file_is_a_failure(reports: Path, forbid: Callable[[Path], None], project: Path) -> None:
    write(reports, "good.txt")
    forbid(write(reports, "secret.txt"))
    assert [Path(each.path).name for each in build_small(project).failures] == ["secret.txt"]


def test_a_path_that_does_not_exist_is_a_failure_beside_others(reports: Path, project: Path) -> None:
    write(reports, "good.txt")
    result = build_small(project, reports, "missing")
    assert (result.report_count, str(result.failures[0])) == (
        1,
        f"{project / 'missing'}: does not exist; check the path",
    )


def test_where_nothing_can_be_read_the_old_map_stays(project: Path, reports: Path) -> None:
    write(reports, "good.txt")
    build_small(project)
    before = (project / "output/map.html").read_bytes()
    with pytest.raises(NothingReadError) as caught:
        build_small(project, "missing")
    assert [str(each) for each in caught.value.failures] == [f"{project / 'missing'}: does not exist; check the path"]
    assert (project / "output/map.html").read_bytes() == before
    assert build_small(project).files_read == 0


def test_an_empty_folder_says_what_to_do(reports: Path, project: Path) -> None:
    (reports / "photo.jpg").touch()
    with pytest.raises(NothingReadError, match=r"No report.*1 files of other kinds.*put files there"):
        build_small(project)


def test_removing_the_last_report_empties_the_map(reports: Path, project: Path) -> None:
    write(reports, "one.txt").rename(reports / "one.txt")
    build_small(project)
    (reports / "one.txt").unlink()
    result = build_small(project)
    assert (result.report_count, result.removed) == (0, 1)
    assert read_ids(project) == []


def test_a_file_that_two_paths_hold_counts_once(reports: Path, project: Path) -> None:
    write(reports, "sub/one.txt")
    result = build_small(project, reports, reports / "sub", reports / "sub" / "one.txt")
    assert (result.report_count, result.failed) == (1, 0)
    assert read_ids(project) == ["sub/one.txt"]


def test_two_reports_with_one_id_are_told_apart_by_a_clear_failure(project: Path) -> None:
    write(project, "march/monday.txt", "Kharkiv in March.")
    write(project, "april/monday.txt", "Kirkuk in April.")
    result = build_small(project, "march", "april")
    (failure,) = result.failures
    assert failure.path == str(project / "april/monday.txt")
    assert "has the id of another report (id monday.txt)" in failure.reason
    assert "Kharkiv in March." in (project / "output/map.html").read_text()


def test_a_map_among_the_reports_is_no_report(project: Path) -> None:
    write(project, "one.txt")
    build_small(project, ".", output="map.html")
    assert build_small(project, ".", output="map.html").report_count == 1
    assert build_small(project, ".", output="other.html").report_count == 1


def test_the_store_may_be_deleted(project: Path, reports: Path) -> None:
    write(reports, "one.txt")
    build_small(project)
    before = (project / "output/map.html").read_bytes()
    shutil.rmtree(project / "output")
    assert build_small(project).files_read == 1
    assert (project / "output/map.html").read_bytes() == before


@pytest.mark.slow
def test_a_store_damaged_in_the_middle_is_rebuilt_within_the_build(project: Path, reports: Path) -> None:
    for number in range(100):
        write(reports, f"{number}.txt", f"{random.Random(number).random()} {TEXT}" * 20)
    build_small(project)
    before = (project / "output/map.html").read_bytes()
    path = project / "output" / ".geomap" / "store.sqlite"
    content = bytearray(path.read_bytes())
    content[20_000:-5000] = b"\xa5" * (len(content) - 25_000)
    path.write_bytes(content)
    result = build_small(project)
    assert len(result.notes) == 1
    assert "set aside" in result.notes[0]
    assert (project / "output/map.html").read_bytes() == before
    assert build_small(project).files_read == 0


def test_all_cores_give_the_same_map(reports: Path, project: Path) -> None:
    for number in range(40):
        write(reports, f"{number}.txt", f"{number} {TEXT * 50}")
    build_small(project)
    write(reports, "poison.txt", "poison")
    shutil.rmtree(project / "output/.geomap")
    assert build_small(project, output="parallel.html", jobs=2).failed == 1
    assert (project / "parallel.html").read_bytes() == (project / "output/map.html").read_bytes()


class StubbornRecognizer(NameRecognizer):
    """Ends the way a user does who presses Ctrl-C at the third report."""

    def recognize(self, report: Report) -> list[Mention]:
        if report.id == "2.txt":
            raise KeyboardInterrupt
        return super().recognize(report)


def test_ctrl_c_keeps_what_was_finished(reports: Path, project: Path) -> None:
    for number in range(5):
        write(reports, f"{number}.txt")
    with pytest.raises(KeyboardInterrupt):
        build(backends=replace(SMALL_BACKENDS, recognizer=Standalone(StubbornRecognizer)), project=project)
    result = build_small(project)
    assert (result.files_read, result.reports_recognised) == (0, 3)


def test_an_update_finds_everything_again_and_the_summary_says_so(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    assert "updated" not in "\n".join(describe_build(build_small(project)))
    write(reports, "two.txt")
    newer = replace(SMALL_BACKENDS, recognizer=lambda _: NameRecognizer(fingerprint="names-2"))
    result = build(backends=newer, project=project)
    assert (result.files_read, result.reports_recognised, result.changed) == (1, 2, 0)
    assert "geomap was updated: 1 report is found again" in describe_build(result)
    assert build(backends=newer, project=project).reports_found_again == 0


def missing_gazetteer(_open_gazetteer: OpenGazetteer) -> Recognizer:
    raise GazetteerError("The gazetteer is missing: install geomap again.")


def test_a_missing_gazetteer_is_one_error_not_one_for_each_report(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    with pytest.raises(GazetteerError, match="install geomap again"):
        build(backends=Backends(missing_gazetteer, Standalone(NameResolver), draw_json), project=project)


class LostRecognizer(NameRecognizer):
    """Has lost its gazetteer after it was made."""

    def recognize(self, report: Report) -> list[Mention]:
        raise GazetteerError("The gazetteer is damaged: install geomap again.")


def test_a_gazetteer_lost_in_the_middle_is_one_error_not_one_for_each_report(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    with pytest.raises(GazetteerError, match="install geomap again"):
        build(backends=Backends(Standalone(LostRecognizer), Standalone(NameResolver), draw_json), project=project)


def fail_to_draw(parsed_reports: Iterable[ParsedReport], output: Path) -> DrawnCounts:
    raise OutputError(f"cannot write {output}")


def test_a_map_that_cannot_be_written_does_not_count_as_built(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    with pytest.raises(OutputError):
        build(backends=replace(SMALL_BACKENDS, draw=fail_to_draw), project=project)
    result = build_small(project)
    assert (result.new, result.files_read, result.reports_recognised) == (1, 0, 0)


def test_a_folder_as_output_is_refused_before_any_work(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    with pytest.raises(OutputError, match=r"is a folder: name the file"):
        build_small(project, output="data")


def test_names_of_no_gazetteer_are_asked_once_with_their_country(reports: Path, project: Path) -> None:
    write(reports, "one.txt", f"{UNKNOWN} lies near Kharkiv, and {UNKNOWN} is small.")
    write(reports, "two.txt", f"{UNKNOWN} is elsewhere.")
    asked: list[Question] = []

    def answer(question: Question) -> Candidate | None:
        asked.append(question)
        if not question.country_code:
            return None
        return Candidate(Place("nominatim:1", UNKNOWN, 49.0, 36.0, country_code="UA"), 0.4)

    result = build(backends=SMALL_BACKENDS, fallback=answer, project=project)
    assert asked == [Question(UNKNOWN, ""), Question(UNKNOWN, "UA")]
    assert (result.mention_count, result.place_count) == (3, 2)
    assert [(each.name, each.report_id) for each in result.unresolved] == [(UNKNOWN, "two.txt")]
    assert build_small(project).mention_count == 1  # answers are the service's to keep, not the store's


def test_a_service_that_fails_leaves_the_names_unresolved(reports: Path, project: Path) -> None:
    write(reports, "one.txt", f"{UNKNOWN} lies near Kharkiv.")

    def fail(question: Question) -> Candidate | None:
        raise GeocoderError("The service does not answer: try again later.")

    result = build(backends=SMALL_BACKENDS, fallback=fail, project=project)
    assert result.notes == ("The service does not answer: try again later. Names that were not asked stay unresolved.",)
    assert len(result.unresolved) == 1


def test_a_moved_project_keeps_its_history(project: Path, reports: Path) -> None:
    write(reports, "one.txt")
    build_small(project)
    result = build_small(project.rename(project.with_name("moved")))
    assert (result.new, result.files_read) == (0, 0)


def test_paths_may_be_one_path(reports: Path, project: Path) -> None:
    write(reports, "one.txt")
    assert build(str(reports), backends=SMALL_BACKENDS, project=project).report_count == 1
    assert build(reports, backends=SMALL_BACKENDS, project=project).report_count == 1


def test_errors_of_a_build_are_errors_of_geomap(project: Path) -> None:
    with pytest.raises(GeomapError):
        build(project / "missing", backends=SMALL_BACKENDS, project=project)
