"""What `geomap evaluate` says is what was found: figures with intervals, calibration, mistakes, files of mentions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import run

from geomap.errors import ReportError
from geomap.learning.calibration import BINS, compare_confidence
from geomap.learning.intervals import intervals_of, resample
from geomap.learning.scoring import Score

SCRIPT = Path(__file__).parents[3] / "shared" / "eval" / "score.py"
TEXT = "Shelling near Kharkiv, officials in Kirkuk said. The Paris office of Reading was closed."
POINTS: dict[str, tuple[float, float] | None] = {"Kharkiv": (49.98, 36.25), "Kirkuk": (35.47, 44.39), "Paris": None}


def mark(name: str) -> dict[str, Any]:
    latitude, longitude = POINTS[name] or (None, None)
    return {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "lat": latitude, "lon": longitude}


def mention(name: str, point: tuple[float, float] | None, confidence: float = 0.9) -> dict[str, Any]:
    latitude, longitude = point or (None, None)
    start = TEXT.index(name)
    row = {"start": start, "end": start + len(name), "latitude": latitude, "longitude": longitude}
    return {**row, "confidence": confidence}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(
        tmp_path / "gold.jsonl",
        [{"id": f"g{n}", "text": TEXT, "gold": [mark(name) for name in POINTS]} for n in range(9)],
    )


@pytest.fixture
def found(tmp_path: Path) -> Path:
    """Kharkiv is right, Kirkuk far away, Paris without a point in gold, Reading no place; the last report is empty."""
    mentions = [
        mention("Kharkiv", (50.0, 36.0)), mention("Kirkuk", (50.0, 36.0)), mention("Paris", (48.9, 2.4)),
        mention("Reading", (51.45, -0.97), 0.2),
    ]  # fmt: skip
    return write(tmp_path / "found.jsonl", [{"id": f"g{number}", "mentions": mentions} for number in range(8)])


def figures(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    assert run("evaluate", *arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_mentions_of_any_system_are_judged(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged = figures(capsys, gold, "--predicted", found)["gold"]
    assert (judged["gold"], judged["predicted"]) == (27, 32)
    assert judged["recall"] == pytest.approx(24 / 27)
    assert judged["precision"] == pytest.approx(24 / 32)
    assert judged["located_recall"] == pytest.approx(16 / 18)
    assert judged["accuracy_161km"] == pytest.approx(8 / 16)
    assert judged["gold_accuracy_161km"] is None  # resolution of given names was not tried


@pytest.mark.shared
@pytest.mark.skipif(not SCRIPT.exists(), reason="the script that the figures of others were made with is not here")
def test_figures_equal_those_of_the_common_script(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.jsonl"
    ours = figures(capsys, gold, "--write", path)["gold"]
    command = [sys.executable, str(SCRIPT), str(gold), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    names = {"P": "precision", "R": "recall", "F1": "f1", "overlapF1": "overlap_f1", "acc161": "accuracy_161km"}
    names |= {"e2eF1@161": "end_to_end_f1", "mean_km": "mean_km"}
    assert {ours_name: theirs[name] for name, ours_name in names.items()} == pytest.approx(
        {name: ours[name] for name in names.values()}
    )


def test_written_mentions_are_judged_as_they_were_found(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.jsonl"
    first = figures(capsys, gold, "--write", path)["gold"]
    again = figures(capsys, gold, "--predicted", path)["gold"]
    assert first.pop("gold_accuracy_161km") is not None
    assert first.pop("intervals").pop("gold_accuracy_161km")
    again.pop("gold_accuracy_161km"), again.pop("intervals")
    assert again == first


def test_a_line_of_mentions_that_is_none_is_named(gold: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.jsonl", [{"id": "g0", "mentions": []}, {"mentions": 3}])
    with pytest.raises(ReportError, match=r"bad\.jsonl, line 2: is no object with id and mentions"):
        run("evaluate", gold, "--predicted", path)


def test_the_same_id_in_two_corpora_is_refused(gold: Path, found: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(gold.read_bytes())
    with pytest.raises(ReportError, match="gold and other both have a report g0: judge them one by one"):
        run("evaluate", gold, other, "--predicted", found)


def test_mistakes_are_counted_by_name_and_shown_in_their_context(
    gold: Path, found: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mistakes = figures(capsys, gold, "--predicted", found)["gold"]["mistakes"]
    assert [(each["name"], each["count"]) for each in mistakes["missed"]] == [
        ("Kharkiv", 1),
        ("Kirkuk", 1),
        ("Paris", 1),
    ]
    (false,) = mistakes["false"]
    assert (false["name"], false["count"], false["report"]) == ("Reading", 8, "g0")
    assert false["context"] == "fficials in Kirkuk said. The Paris office of [Reading] was closed."
    (wrong,) = mistakes["wrong"]
    assert (wrong["name"], wrong["count"]) == ("Kirkuk", 8)
    assert wrong["detail"] == "put at 50.00, 36.00, 1,752 km off, gold has 35.47, 44.39"
    assert mistakes["bounds"] == []


def test_other_bounds_are_a_mistake_of_their_own(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = mention("Kharkiv", (50.0, 36.0))
    path = write(tmp_path / "wide.jsonl", [{"id": "g0", "mentions": [{**wide, "start": wide["start"] - 5}]}])
    (bounds,) = figures(capsys, gold, "--predicted", path)["gold"]["mistakes"]["bounds"]
    assert (bounds["name"], bounds["detail"]) == ("near Kharkiv", "gold has Kharkiv")


def test_the_tables_are_printed_for_people(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", gold, "--predicted", found, "--mistakes", "1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:6] == ["corpus", "reports", "gold", "found", "P", "R"]
    assert lines[1].split()[:6] == ["gold", "9", "27", "32", "0.750", "0.889"]
    assert lines[2].split()[:2] == ["95%", "from"]
    assert any("expected calibration error" in line for line in lines)
    assert "  8  Reading  (g0: fficials in Kirkuk said. The Paris office of [Reading] was closed.)" in "\n".join(lines)


def test_intervals_hold_the_figure_and_narrow_with_more_reports() -> None:
    scores = [Score(1, gold=3, predicted=3, exact=number % 4, overlapping=3) for number in range(40)]
    few, many = intervals_of(scores)["f1"], intervals_of(scores * 9)["f1"]
    truth = sum(scores, Score()).figures()["f1"]
    assert truth is not None
    assert few[0] < many[0] < truth < many[1] < few[1]
    assert intervals_of(scores)["f1"] == few  # the same each time


def test_intervals_agree_with_theory() -> None:
    counts = [(1, number < 300) for number in range(1000)]
    low, high = resample(counts, lambda totals: {"share": totals[:, 1] / totals[:, 0]})["share"]
    assert (low, high) == pytest.approx((0.3 - 1.96 * 0.0145, 0.3 + 1.96 * 0.0145), abs=0.003)


def test_no_reports_have_no_intervals() -> None:
    assert intervals_of([]) == {}


def test_confidence_that_is_true_has_no_calibration_error() -> None:
    levels = [0.1 + 0.05 * number for number in range(BINS)]
    confidences = [level for level in levels for _ in range(100)]
    is_right = [number < round(100 * level) for level in levels for number in range(100)]
    found = compare_confidence(confidences, is_right)
    assert found.expected_error == pytest.approx(0, abs=1e-9)
    assert found.right == pytest.approx(0.45)
    assert found.brier == pytest.approx(sum(level * (1 - level) for level in levels) / BINS)
    assert found.skill == pytest.approx(1 - found.brier / (0.45 * 0.55))
    # the middle level begins with those that are right, so that its upper half has none
    assert found.confident_half_right == pytest.approx(sum(levels[8:]) / (BINS / 2))
    assert [each.mentions for each in found.bins] == [100] * BINS


def test_too_much_confidence_is_an_error_of_calibration() -> None:
    found = compare_confidence([0.9] * 150, [number % 2 == 0 for number in range(150)])
    assert found.expected_error == pytest.approx(0.4, abs=0.01)
    assert found.skill < 0


def test_all_right_and_sure_is_no_division_by_zero() -> None:
    found = compare_confidence([1.0, 1.0], [True, True])
    assert (found.brier, found.skill, found.expected_error) == (0, 0, 0)
