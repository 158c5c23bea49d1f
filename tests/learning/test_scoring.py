"""The scorer's figures are those that the field compares by."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.learning.corpora import GoldMention
from geomap.learning.scoring import Score, judge_mentions, score_verdicts
from geomap.model import Mention, Place

SCRIPT = Path(__file__).parents[3] / "shared" / "eval" / "score.py"
PARIS, LONDON = (48.8566, 2.3522), (51.5074, -0.1278)


def gold(start: int, end: int, point: tuple[float, float] | None = PARIS) -> GoldMention:
    latitude, longitude = point or (None, None)
    return GoldMention(start, end, latitude, longitude, None)


def found(start: int, end: int, point: tuple[float, float] | None = PARIS) -> Mention:
    place = None if point is None else Place("user:x", "x", *point)
    return Mention(start, end, "x" * (end - start), place=place)


def score_mentions(marks: list[GoldMention], mentions: list[Mention]) -> Score:
    return score_verdicts(marks, judge_mentions(marks, mentions))


def test_exact_spans_count_for_recognition() -> None:
    figures = score_mentions([gold(0, 5), gold(10, 16)], [found(0, 5), found(10, 20), found(30, 33)]).figures()
    assert figures["precision"] == pytest.approx(1 / 3)
    assert figures["recall"] == pytest.approx(1 / 2)
    assert figures["f1"] == pytest.approx(2 / 5)
    assert figures["overlap_f1"] == pytest.approx(4 / 5)


def test_a_place_counts_as_right_within_a_hundred_miles() -> None:
    near, far = (PARIS[0] + 1.44, PARIS[1]), (PARIS[0] + 1.46, PARIS[1])
    figures = score_mentions([gold(0, 5), gold(10, 15)], [found(0, 5, near), found(10, 15, far)]).figures()
    assert figures["accuracy_161km"] == 0.5
    assert figures["end_to_end_f1"] == pytest.approx(2 * 1 / 4)


def test_a_found_name_without_a_place_is_wrong() -> None:
    figures = score_mentions([gold(0, 5)], [found(0, 5, None)]).figures()
    assert figures["accuracy_161km"] == 0
    assert figures["end_to_end_f1"] == 0


def test_gold_without_coordinates_counts_neither_way_end_to_end() -> None:
    figures = score_mentions([gold(0, 5), gold(10, 15, None)], [found(0, 5), found(10, 15, LONDON)]).figures()
    assert figures["f1"] == 1
    assert figures["end_to_end_f1"] == 1


def test_one_gold_name_answers_for_one_mention() -> None:
    figures = score_mentions([gold(0, 20)], [found(0, 5), found(6, 20)]).figures()
    assert figures["overlap_f1"] == pytest.approx(2 / 3)


def test_nothing_found_and_nothing_to_find_give_zeros() -> None:
    assert Score().figures()["f1"] == 0
    assert score_mentions([gold(0, 5)], []).figures()["end_to_end_f1"] == 0


@pytest.mark.shared
@pytest.mark.skipif(not SCRIPT.exists(), reason="the script that the figures of others were made with is not here")
@pytest.mark.parametrize("geocoded_only", [False, True])
def test_figures_equal_those_of_the_common_script(tmp_path: Path, geocoded_only: bool) -> None:
    source = random.Random(7)
    total, gold_lines, found_lines = Score(), [], []
    for number in range(60):
        marks = [gold(*_span(source), _point(source)) for _ in range(source.randrange(9))]
        mentions = [found(*_span(source), _point(source)) for _ in range(source.randrange(9))]
        kept = [mark for mark in marks if mark.latitude is not None or not geocoded_only]
        total += score_mentions(kept, mentions)
        gold_lines.append({"id": number, "gold": [_gold_row(mark) for mark in marks]})
        found_lines.append({"id": number, "mentions": [_found_row(mention) for mention in mentions]})
    paths = _write(tmp_path / "gold.jsonl", gold_lines), _write(tmp_path / "found.jsonl", found_lines)
    flags = ["--geocoded-only"] if geocoded_only else []
    command = [sys.executable, str(SCRIPT), *map(str, paths), "--json", *flags]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = total.figures()
    names = {
        "P": "precision", "R": "recall", "F1": "f1", "overlapF1": "overlap_f1", "acc161": "accuracy_161km",
        "mean_km": "mean_km", "median_km": "median_km", "e2eF1@161": "end_to_end_f1",
    }  # fmt: skip
    assert {name: ours[name] for name in names.values()} == pytest.approx(
        {ours_name: theirs[their_name] for their_name, ours_name in names.items()}
    )


def _span(source: random.Random) -> tuple[int, int]:
    start = source.randrange(40)
    return start, start + source.randrange(1, 8)


def _point(source: random.Random) -> tuple[float, float] | None:
    return source.choice([None, PARIS, LONDON, (49.9, 2.3)])


def _gold_row(mark: GoldMention) -> dict[str, object]:
    return {"start": mark.start, "end": mark.end, "lat": mark.latitude, "lon": mark.longitude}


def _found_row(mention: Mention) -> dict[str, object]:
    place = mention.place
    return {
        "start": mention.start,
        "end": mention.end,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
    }


def _write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
