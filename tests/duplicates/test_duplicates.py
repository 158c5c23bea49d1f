"""The same story once: which texts count as copies, and what becomes of them."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from geomap.duplicates import cluster_duplicates, fold_duplicates, sign
from geomap.model import Mention, ParsedReport, Report
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult, describe_build
from geomap.testing import SMALL_BACKENDS

WORDS = [f"{first}{last}" for first in ("bar", "kel", "mon", "tir", "vos", "zan") for last in "aeiouy"]
WORDS += [f"{one}{other}" for one in WORDS for other in ("ber", "dan", "fos", "gil", "hem", "jup", "lor", "nek")]


def write_story(seed: int, words: int = 150) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def edit(words: list[str], changes: int) -> list[str]:
    edited, chance = list(words), random.Random(changes)
    for index in chance.sample(range(len(words)), changes):
        edited[index] = f"edit{index}"
    return edited


def group(*reports: Report, similarity: float = 0.75, preferred: tuple[str, ...] = ()) -> dict[str, str]:
    signatures = [(each.id.encode(), sign(each)[1]) for each in reports]
    found = cluster_duplicates(signatures, similarity=similarity, preferred=[each.encode() for each in preferred])
    return {copy.decode(): first.decode() for copy, first in found.items()}


def make_report(name: str, words: list[str], day: str = "2025-05-04") -> Report:
    return Report(name, " ".join(words), date=day)


def test_lightly_edited_copies_are_grouped_and_other_texts_are_not() -> None:
    story = write_story(1)
    reports = [
        make_report("a", story),
        make_report("b", edit(story, 4)),
        make_report("c", ["NEW", "YORK", "(AP)", *story[:-12]]),
        make_report("d", write_story(2)),
        make_report("e", [*story[:60], *write_story(3)]),
    ]
    assert group(*reports) == {"b": "a", "c": "a"}
    assert group(*reports, similarity=1) == {}


def test_exact_copies_are_grouped_always_however_short_and_whenever() -> None:
    one = Report("a", "Shelling near  Kharkiv, again.", date="2025-05-04")
    other = Report("b", "Shelling near\nKharkiv \u2013 again", date="2026-01-01")
    assert group(one, other, similarity=1) == {"b": "a"}


def test_short_notes_that_differ_in_one_word_stay_apart() -> None:
    one = Report("a", "Shelling near Kharkiv on Monday, three people were wounded, said the governor.")
    other = Report("b", "Shelling near Kharkiv on Tuesday, three people were wounded, said the governor.")
    assert group(one, other, similarity=0.5) == {}


def test_a_form_that_is_filled_in_again_weeks_later_is_news() -> None:
    story = write_story(1)
    assert group(make_report("a", story), make_report("b", edit(story, 3), day="2025-05-18")) == {}
    assert group(make_report("a", story), make_report("b", edit(story, 3), day="")) == {"b": "a"}


def test_small_edits_do_not_chain() -> None:
    story = write_story(1, words=300)
    steps = [story]
    for number in range(12):
        steps.append(
            [f"step{number}x{index}" if index // 20 == number else word for index, word in enumerate(steps[-1])]
        )
    copies = group(*(make_report(f"{number:02}", words) for number, words in enumerate(steps)))
    assert copies["01"] == "00"
    assert copies.get("12") != "00"


def test_groups_do_not_depend_on_the_order() -> None:
    reports = [
        make_report(f"{seed}-{changes}", edit(write_story(seed), changes), day=f"2025-05-0{1 + changes % 4}")
        for seed in range(30)
        for changes in (0, 2, 5, 9, 14)
    ]
    expected = group(*reports)
    assert len(expected) > 60
    for seed in range(3):
        shuffled = list(reports)
        random.Random(seed).shuffle(shuffled)
        assert group(*shuffled) == expected


def test_the_first_of_a_story_is_the_earliest_but_for_one_that_was_corrected() -> None:
    story = write_story(1)
    reports = [
        make_report("a", edit(story, 2), day="2025-05-05"),
        make_report("b", story),
        make_report("c", story, day=""),
    ]
    assert group(*reports) == {"a": "b", "c": "b"}
    assert group(*reports, preferred=("a",)) == {"b": "a", "c": "a"}


def test_forms_that_are_half_alike_are_not_copies() -> None:
    form = write_story(1, words=60)
    reports = [make_report(f"{number:05}", [*form, *write_story(number + 9, words=60)]) for number in range(200)]
    assert group(*reports) == {}


def flood(count: int) -> list[tuple[bytes, bytes]]:
    """Return signatures of texts that are all a third alike: each shares buckets with hundreds, none is a copy."""
    values = np.random.default_rng(1).integers(0, 3, (count, 128)).astype("<u4")
    return [(b"%06d" % number, b" " * 10 + b"%016d" % number + row.tobytes()) for number, row in enumerate(values)]


def measure(call: Callable[[], object]) -> float:
    """Return the seconds of the faster of two calls."""
    times = []
    for _ in range(2):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.slow
def test_time_grows_with_the_reports_however_many_sentences_they_share() -> None:
    few, many = flood(2_000), flood(8_000)
    assert cluster_duplicates(many, similarity=0.75) == {}
    taken = measure(lambda: cluster_duplicates(many, similarity=0.75))
    assert taken < 8 * measure(lambda: cluster_duplicates(few, similarity=0.75))


@pytest.mark.slow
def test_copies_are_found_among_thousands_of_forms() -> None:
    form = write_story(1, words=60)
    reports = [
        make_report(f"{number:05}", [*form, *write_story(number + 9, words=40)], day="") for number in range(1500)
    ]
    copies = [make_report(f"{each.id}-copy", edit(each.text.split(), 3), day="") for each in reports]
    found = group(*reports, *copies)
    assert sum(found.get(each.id) == each.id.removesuffix("-copy") for each in copies) > 0.98 * len(copies)
    assert group(*copies, *reports) == found


def test_names_that_only_a_copy_has_are_found_in_time_that_grows_with_the_text() -> None:
    def fold(count: int) -> int:
        first, copy = (
            ParsedReport(
                Report(each, " ".join(names := [f"Place{each}{number}" for number in range(count)])),
                tuple(Mention(0, len(name), name) for name in names),
            )
            for each in "ab"
        )
        _, extra = fold_duplicates([first, copy], {"b": "a"}, [first, copy])
        return len(extra.mentions)

    assert fold(500) == 500
    assert measure(lambda: fold(16_000)) < 8 * measure(lambda: fold(4_000))


def test_a_name_that_the_first_has_is_told_by_it_however_many_names_there_are() -> None:
    names = [f"Place{number}x" for number in range(1_000)]
    first, copy = (
        ParsedReport(Report(each, " ".join(names)), tuple(Mention(0, len(name), name) for name in names[part:]))
        for each, part in (("a", 150), ("b", 0))  # what is no mention of the first still stands in its text
    )
    (only,) = fold_duplicates([first, copy], {"b": "a"}, [first, copy])
    assert [each.id for each in only.copies] == ["b"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    return folder


def build_small(tmp_path: Path) -> BuildResult:
    return build(backends=SMALL_BACKENDS, project=tmp_path)


def read_map(tmp_path: Path) -> dict[str, tuple[list[str], list[str]]]:
    parsed = [json.loads(line) for line in (tmp_path / "output/map.html").read_text().splitlines()]
    return {
        each["report"]["id"]: ([one["text"] for one in each["mentions"]], [one["id"] for one in each["copies"]])
        for each in parsed
    }


def test_a_story_is_counted_once_and_all_its_sources_are_listed(reports: Path, tmp_path: Path) -> None:
    story = " ".join(["Kharkiv", *write_story(1)])
    (reports / "a.txt").write_text(f"Date: 2025-05-02\nSource: The Courier\n\n{story}")
    (reports / "b.txt").write_text(f"Date: 2025-05-01\nSource: Agency\n\n{story}")
    (reports / "c.txt").write_text(f"Date: 2025-05-03\nSource: Daily\n\n{story} People of Aleppo and Kharkiv heard it.")
    (reports / "d.txt").write_text("Kirkuk was quiet.")
    result = build_small(tmp_path)
    assert read_map(tmp_path) == {
        "b.txt": (["Kharkiv"], ["a.txt", "c.txt"]),
        "c.txt": (["Aleppo"], []),
        "d.txt": (["Kirkuk"], []),
    }
    assert (result.report_count, result.mention_count, result.stories_retold, result.copies) == (4, 3, 1, 2)
    assert "Told more than once: 1 stories, by 2 more reports; each is counted once" in describe_build(result)
    (copy, _) = json.loads((tmp_path / "output/map.html").read_text().splitlines()[0])["copies"]
    assert copy == {"id": "a.txt", "title": "a", "source": "The Courier", "date": "2025-05-02", "url": ""}


def test_signatures_are_made_once_and_the_map_is_that_of_a_fresh_build(reports: Path, tmp_path: Path) -> None:
    for number in (3, 1, 2):
        (reports / f"{number}.txt").write_text(f"Kharkiv {' '.join(edit(write_story(1), number))}")
        assert build_small(tmp_path).reports_signed == 1
    (reports / "1.txt").unlink()
    grown = build_small(tmp_path)
    assert (grown.reports_signed, grown.copies) == (0, 1)
    before = grown.output.read_bytes()
    shutil.rmtree(tmp_path / "output")
    assert build_small(tmp_path).output.read_bytes() == before


def test_the_likeness_is_the_users_to_set(reports: Path, tmp_path: Path) -> None:
    (reports / "a.txt").write_text(" ".join(write_story(1)))
    (reports / "b.txt").write_text(" ".join(edit(write_story(1), 12)))
    assert build_small(tmp_path).copies == 0
    (tmp_path / "geomap.toml").write_text("[duplicates]\nsimilarity = 0.5\n")
    assert build_small(tmp_path).copies == 1


def test_what_was_corrected_in_one_copy_is_what_the_map_shows(reports: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (reports / name).write_text(f"Kharkiv {' '.join(write_story(1))}")
    assert set(build_small(tmp_path) and read_map(tmp_path)) == {"a.txt"}
    (tmp_path / "data/corrections.csv").write_text("name,scope,action\nKharkiv,report:b.txt@0,is-not-a-place\n")
    build_small(tmp_path)
    assert read_map(tmp_path) == {"b.txt": ([], ["a.txt"])}
