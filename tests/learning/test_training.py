"""Anyone can learn the models anew and measure them, from corpora of the stated form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import run

from geomap.errors import ReportError
from geomap.learning.corpora import GoldReport, read_corpus
from geomap.learning.sentences import lend_names, split_report

pytest.importorskip("sklearn", reason="training needs the extra `train`")

TOWNS = {"Kharkiv": (49.98, 36.25), "Kirkuk": (35.47, 44.39), "Aleppo": (36.2, 37.16), "Mosul": (36.34, 43.12)}
SENTENCES = (
    "Shelling near {} killed two people, officials in {} said on Monday.",
    "Michael Clarke of Sky News reported from {} that troops had left {}.",
    "In {}, Sarah Jackson told Reuters that the road to {} was closed.",
)


def corpus_row(number: int, text: str, gold: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"report-{number}", "domain": f"paper-{number % 4}.example", "text": text, "gold": gold}


def make_row(number: int) -> dict[str, Any]:
    names = list(TOWNS)
    first, second = names[number % 4], names[(number // 4 + number + 1) % 4]
    text = SENTENCES[number % 3].format(first, second)
    gold, begin = [], 0
    for name in (first, second):
        begin = text.index(name, begin)
        latitude, longitude = TOWNS[name]
        gold.append({"start": begin, "end": begin + len(name), "lat": latitude, "lon": longitude})
        begin += len(name)
    return corpus_row(number, text, gold)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "towns.jsonl", [make_row(number) for number in range(120)])


def write_corpus(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    path = tmp_path / "sentences.txt"
    path.write_text("# companies\n<Paris> Hilton flew to [Rome].\nThe <Boston> Globe has an office in [Denver].\n")
    return path


@pytest.mark.slow
def test_the_same_corpora_give_the_same_models(corpus: Path, sentences: Path, tmp_path: Path) -> None:
    assert run("train", corpus, "--exercises", sentences, "-o", tmp_path / "one") == 0
    assert run("train", corpus, "--exercises", sentences, "-o", tmp_path / "two") == 0
    for name in ("recognition.npz", "resolution.npz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.slow
def test_cross_validation_judges_every_report(
    corpus: Path, sentences: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", corpus, "--exercises", sentences, "--folds", "3", "--json") == 0
    figures = json.loads(capsys.readouterr().out)["towns"]
    assert figures["reports"] == 120
    assert figures["gold"] == 240
    assert figures["f1"] > 0.9


def test_the_shipped_models_are_measured(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", corpus) == 0
    header, line, *_ = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["corpus", "reports", "gold"]
    assert line.split()[:3] == ["towns", "120", "240"]


def test_a_line_that_is_no_gold_report_is_named(tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "bad.jsonl", [make_row(0), {"id": "x"}])
    with pytest.raises(ReportError, match=r"bad\.jsonl, line 2"):
        read_corpus(path)


def test_corpora_that_mark_more_than_names_count_what_has_coordinates(tmp_path: Path) -> None:
    mark = {"start": 0, "end": 4, "lat": None, "lon": None, "type": "Non_Toponym"}
    row = corpus_row(
        1, "Here is Kharkiv", [mark, {"start": 8, "end": 15, "lat": 49.98, "lon": 36.25, "type": "Literal"}]
    )
    (report,) = read_corpus(write_corpus(tmp_path / "web.jsonl", [row]))
    assert [(mark.start, mark.end) for mark in report.gold] == [(8, 15)]


def test_reports_of_one_outlet_share_a_fold(corpus: Path) -> None:
    folds: dict[str, set[int]] = {}
    for report in read_corpus(corpus):
        folds.setdefault(report.group, set()).add(report.fold(5))
    assert all(len(found) == 1 for found in folds.values())


def gold_report(tmp_path: Path) -> GoldReport:
    text = "Shelling near Kharkiv. Then Kirkuk, and New York, fell."
    gold = [
        {"start": text.index(name), "end": text.index(name) + len(name)} for name in ("Kharkiv", "Kirkuk", "New York")
    ]
    (report,) = read_corpus(write_corpus(tmp_path / "one.jsonl", [corpus_row(1, text, gold)]))
    return report


def test_sentences_keep_their_gold(tmp_path: Path) -> None:
    sentences = list(split_report(gold_report(tmp_path)))
    named = [[each.report.text[mark.start : mark.end] for mark in each.gold] for each in sentences]
    assert named == [["Kharkiv"], ["Kirkuk", "New York"]]


def test_lent_names_stand_where_the_old_ones_stood(tmp_path: Path) -> None:
    lent = lend_names(gold_report(tmp_path), ["Ulaanbaatar"])
    assert lent.report.text == "Shelling near Ulaanbaatar. Then Ulaanbaatar, and New York, fell."
    names = [lent.report.text[mark.start : mark.end] for mark in lent.gold]
    assert names == ["Ulaanbaatar", "Ulaanbaatar", "New York"]
