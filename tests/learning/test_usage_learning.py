"""Usage is learned from sentences in ReLocaR's form and from the types of marks, and measured by anyone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run

from geomap.errors import ReportError
from geomap.learning.usage_sentences import read_usage_sentences
from geomap.recognizers.usage import UsageModel

NAMES = ("Kharkiv", "France", "Moscow", "Egypt", "Kirkuk", "Peru")
LITERAL = ("He lives in {}.", "Two people were killed near {} on Monday.", "The road from {} was closed.")
METONYMIC = ("{} denied the report.", "Officials say {} accused its neighbour.", "They played against {} twice.")


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    for kind, forms in {"literal": LITERAL, "metonymic": METONYMIC}.items():
        lines = [f"{name}<SEP>{form.format(f'<ENT>{name}<ENT>')}" for form in forms for name in NAMES]
        (folder / f"small_{kind}_train.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_sentences_become_reports_with_one_typed_mark(sentences: Path) -> None:
    read = read_usage_sentences([sentences])
    assert len(read) == 36
    assert {report.corpus for report in read} == {"small"}
    (mark,) = read[0].gold
    assert (read[0].report.text, mark.start, mark.end, mark.type) == ("He lives in Kharkiv.", 12, 19, "Literal")


def test_a_file_that_does_not_tell_its_usage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sentences.txt"
    path.write_text("Peru<SEP><ENT>Peru<ENT> won.\n")
    with pytest.raises(ReportError, match=r'sentences\.txt: .*say "literal" or "metonymic"'):
        read_usage_sentences([path])


def test_a_line_without_a_marked_name_is_named(tmp_path: Path) -> None:
    path = tmp_path / "literal.txt"
    path.write_text("Peru<SEP>In <ENT>Peru<ENT>.\nPeru<SEP>In Peru.\n")
    with pytest.raises(ReportError, match=r"literal\.txt, line 2: is not name<SEP>sentence"):
        read_usage_sentences([path])


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"literal\.txt: cannot be read"):
        read_usage_sentences([tmp_path / "literal.txt"])


def test_the_shipped_model_is_measured_on_sentences(sentences: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", sentences) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split()[:4] == ["usage", "names", "associative", "accuracy"]
    assert line.split()[:3] == ["small", "36", "18"]
    assert float(line.split()[3]) > 0.8


class TestTraining:
    @pytest.fixture(autouse=True)
    def _needs_training(self) -> None:
        pytest.importorskip("sklearn", reason="training needs the extra `train`")

    def test_sentences_alone_teach_usage_alone(self, sentences: Path, tmp_path: Path) -> None:
        assert run("train", sentences, "-o", tmp_path / "one") == 0
        assert run("train", sentences, "-o", tmp_path / "two") == 0
        assert [path.name for path in (tmp_path / "one").iterdir()] == ["usage.npz"]
        one, two = ((tmp_path / name / "usage.npz") for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert UsageModel.load(one).words

    def test_cross_validation_judges_every_name(self, sentences: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("evaluate", sentences, "--folds", "4", "--json") == 0
        usage = json.loads(capsys.readouterr().out)["small"]["usage"]
        assert usage["names"] == 36
        assert usage["accuracy"] > 0.8
        low, high = usage["intervals"]["accuracy"]
        assert low <= usage["accuracy"] <= high

    def test_types_of_marks_teach_usage(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        rows = []
        for number, (form, kind) in enumerate(
            [*((f, "Literal") for f in LITERAL), *((f, "Metonymic") for f in METONYMIC)] * 4
        ):
            name = NAMES[number % 6]
            start = form.index("{}")
            mark = {"start": start, "end": start + len(name), "lat": 1.0, "lon": 1.0, "type": kind}
            rows.append({"id": f"r{number}", "text": form.format(name), "gold": [mark]})
        path = tmp_path / "typed.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert run("evaluate", path, "--json") == 0
        assert json.loads(capsys.readouterr().out)["typed"]["usage"]["names"] == 24
