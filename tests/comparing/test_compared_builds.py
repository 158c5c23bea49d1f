"""`geomap build --compare`: whole builds with geomap's own backends, compared with the last one and with older maps."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from geomap.cli.main import main
from geomap.comparing.comparison import Comparison
from geomap.gazetteer import open_gazetteer
from geomap.geocoders.fallback import Question
from geomap.model import Candidate, Place
from geomap.pipeline import fingerprints
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS
from geomap.pipeline.build import build
from geomap.pipeline.fingerprints import fingerprint_causes
from geomap.pipeline.result import BuildResult, describe_build
from geomap.rendering.reading import open_map
from geomap.testing import SMALL_BACKENDS, UNKNOWN, NameRecognizer

KHARKIV = "geonames:706483"
KYIV = "geonames:703448"
TEXTS = {
    "a.txt": "Shelling was heard near Kharkiv on Monday. People left Kharkiv for Poltava, officials said.",
    "b.txt": "A convoy reached the village of Zhuravlynka-Nova, in Ukraine. Roads in Sumy were closed.",
}


@pytest.fixture(autouse=True)
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "reports"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


class Runner:
    """Runs geomap in the project, with its map."""

    def __init__(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.project = project
        self.map = project / "output" / "map.html"
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        """Return what the command has printed."""
        status = main(list(arguments), project=self.project)
        output, errors = self._capsys.readouterr()
        assert status == 0, errors
        return output

    def fail(self, *arguments: str) -> str:
        """Return the last line of complaint of a command that fails."""
        assert main(list(arguments), project=self.project) in {1, 2}
        return self._capsys.readouterr().err.splitlines()[-1]

    def compare(self, older: str | Path) -> tuple[list[str], list[dict[str, str]]]:
        """Build, and return the table and the CSV of the comparison."""
        file = self.project / "changes.csv"
        table = self("build", "-q", "--compare", str(older), "--compare-csv", str(file)).splitlines()
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return table, list(csv.DictReader(stream))

    def keep_map(self) -> Path:
        return Path(shutil.copy(self.map, self.project / "old.html"))

    def correct(self, *rows: str) -> None:
        lines = ("name,scope,action,place,latitude,longitude", *rows)
        (self.project / "data" / "corrections.csv").write_text("\n".join(lines) + "\n")


def pick(rows: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_a_correction_moves_a_name_and_last_and_the_older_map_tell_the_same(run: Runner) -> None:
    run("build")
    older = run.keep_map()
    run.correct(f"Kharkiv,*,is,{KYIV},,")
    assert "Names since the last build: 1 moved (correction); `geomap build --compare last` lists them" in run("build")
    table, rows = run.compare("last")
    assert table[0] == "Names that the last update changed: 1 moved"
    assert table[2].split() == [
        *("moved", "Kharkiv", "Kharkiv,", "Kharkiv", "Oblast,", "UA", "Kyiv,", "Kyiv,", "UA"),
        *("411", "correction", "2"),
    ]
    moved = ("moved", "Kharkiv", "correction", "a.txt", KHARKIV, KYIV)
    assert pick(rows, "change", "name", "cause", "report_id", "from_place_id", "to_place_id")[:2] == [moved, moved]
    assert pick(rows, "start_offset")[:2] == [("24",), ("55",)]
    assert float(rows[0]["distance_km"]) == pytest.approx(411, abs=1)
    assert (rows[0]["from_latitude"], rows[0]["to_usage"]) == ("49.98177", "literal")
    assert run.compare(older)[1] == rows


def test_a_correction_of_the_usage_alone_is_no_change_and_no_cause(run: Runner) -> None:
    run("build")
    older = run.keep_map()
    (run.project / "data" / "corrections.csv").write_text("name,scope,action,usage\nKharkiv,*,is,associative\n")
    assert "Names since" not in run("build")
    assert run.compare("last")[0] == ["Names that the last update changed: none"]
    assert run.compare(older)[0] == [f"Names since {older}: none"]
    assert open_map(run.map).versions == open_map(older).versions
    run.correct(f"Kharkiv,*,is,{KYIV},,")
    rows = run.compare("last")[1]
    expected = [("moved", "correction", "associative", "literal")] * 2
    assert pick(rows[:2], "change", "cause", "from_usage", "to_usage") == expected
    assert run.compare(older)[1][0]["cause"] == "correction"


def test_what_is_said_of_links_and_corrections_that_lead_nowhere(run: Runner, reports: Path) -> None:
    run("build")
    run.correct(f"Kharkiv,*,is,{KYIV},,", "Odesa,*,is-not-a-place,,,", "Sumy,*,is,geonames:999999999,,")
    (reports / "b.txt").unlink()
    table, rows = run.compare("last")
    lost = [row for row in rows if row["change"] in {"correction", "link"}]
    assert [row["detail"] for row in lost if row["change"] == "correction"] == [
        "in * (line 3): nothing in these reports matches",
        "line 4: the gazetteer knows no place geonames:999999999: `geomap gazetteer find Sumy` lists what it knows; "
        "or give coordinates",
    ]
    links = {row["detail"] for row in lost if row["change"] == "link"}
    assert links == {f"#place={KHARKIV}", "#place=geonames:692194", "#place=geonames:690791", "#report=b.txt"}
    assert f"Link that leads nowhere any more: Kharkiv, Kharkiv Oblast, UA #place={KHARKIV}" in table
    assert any(line.startswith("Correction that does not apply: Odesa in * (line 3)") for line in table)


def test_places_of_ones_own_are_the_gazetteers_doing(run: Runner) -> None:
    run("build")
    own = run.project / "own.csv"
    own.write_text("name,latitude,longitude\nZhuravlynka-Nova,50.1,34.2\n")
    run("gazetteer", "add", str(own), "-q")
    assert "Names since the last build: 1 appeared (gazetteer); " in run("build")
    older = run.keep_map()
    own.write_text("name,latitude,longitude\nZhuravlynka-Nova,49.1,33.2\n")
    run("gazetteer", "add", str(own), "-q")
    rows = run.compare("last")[1]
    expected = [("moved", "Zhuravlynka-Nova", "gazetteer", "50.1", "49.1")]
    assert pick(rows[:1], "change", "name", "cause", "from_latitude", "to_latitude") == expected
    assert run.compare(older)[1] == rows


def test_an_edited_report_is_the_cause_and_what_only_shifted_is_no_change(run: Runner, reports: Path) -> None:
    run("build")
    older = run.keep_map()
    (reports / "a.txt").write_text(TEXTS["a.txt"].replace("Shelling", "Heavy shelling").replace("Poltava", "Lviv"))
    rows = run.compare("last")[1]
    assert pick(rows[:2], "change", "name", "cause") == [
        ("vanished", "Poltava", "report"),
        ("appeared", "Lviv", "report"),
    ]
    assert [row["change"] for row in rows[2:]] == ["link"]
    assert run.compare(older)[1] == rows


def test_new_reports_alone_and_renamed_ones_are_not_worth_a_line(run: Runner, reports: Path) -> None:
    assert "Names since" not in run("build")
    (reports / "c.txt").write_text("Kyiv was quiet.")
    (reports / "b.txt").rename(reports / "z.txt")
    assert "Names since" not in run("build")
    assert [(row["change"], row["name"], row["cause"]) for row in run.compare("last")[1]] == [
        ("appeared", "Kyiv", "report"),
        ("link", "b.txt", ""),
    ]


def test_a_copy_that_the_older_map_shows_with_its_first_has_not_appeared(run: Runner, reports: Path) -> None:
    (reports / "copy.txt").write_text(TEXTS["a.txt"])
    run("build")
    assert run.compare(run.keep_map())[0] == [f"Names since {run.project / 'old.html'}: none"]


def test_last_tells_of_the_last_build_that_changed_anything_and_each_map_has_its_own(run: Runner) -> None:
    run("build")
    run("build", "-o", str(run.project / "other.html"))
    run.correct("Odesa,*,is-not-a-place,,,")
    assert run.compare("last")[0] == [
        "Names that the last update changed: none",
        "Correction that does not apply: Odesa in * (line 2): nothing in these reports matches",
    ]
    run.correct(f"Kharkiv,*,is,{KYIV},,")
    run("build")
    run("build")
    assert [row["change"] for row in run.compare("last")[1]] == ["moved", "moved", "link"]
    assert "1 moved (correction)" in run("build", "-o", str(run.project / "other.html"))


def test_the_older_map_may_be_the_one_that_is_written(run: Runner) -> None:
    run("build")
    run.correct(f"Kharkiv,*,is,{KYIV},,")
    assert [row["change"] for row in run.compare(run.map)[1]] == ["moved", "moved", "link"]
    assert [row["change"] for row in run.compare(run.map)[1]] == []


def test_a_map_does_not_depend_on_what_was_built_before(run: Runner) -> None:
    run.correct(f"Kharkiv,*,is,{KYIV},,")
    run("build")
    run.correct()
    run("build", "--compare", "last")
    content = run.map.read_bytes()
    shutil.rmtree(run.map.parent)
    run("build")
    assert run.map.read_bytes() == content


def test_without_a_last_build_that_is_said_and_the_map_is_built(
    run: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--compare", "last"], project=run.project) == 0
    assert "Nothing is known of a last build of this map" in capsys.readouterr().err
    assert run.map.is_file()


def test_what_is_no_older_map_is_one_line_before_anything_is_read(run: Runner) -> None:
    assert run.fail("build", "--compare", "missing.html") == (
        "geomap: missing.html is no file: name a map that geomap has written, or the word last."
    )
    assert "needs --compare" in run.fail("build", "--compare-csv", "changes.csv")
    assert not run.map.exists()


def test_a_map_of_the_newest_mentions_cannot_tell_what_appeared(
    run: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build", "--max-excerpts-per-place", "1")
    older = run.keep_map()
    run.correct(f"Poltava,*,is,{KYIV},,")
    assert main(["build", "--compare", str(older)], project=run.project) == 0
    output, errors = capsys.readouterr()
    assert f"Names since {older}: 1 moved" in output.splitlines()
    assert f"{older} shows only the newest mentions of each place" in errors


# With small backends: what their fingerprints say


def build_small(project: Path, names: str = "names-1", found: tuple[str, ...] = (), **options: object) -> BuildResult:
    recognizer = NameRecognizer(fingerprint=names) if not found else NameRecognizer(found, names)
    backends = replace(SMALL_BACKENDS, recognizer=lambda _: recognizer)
    return build(project=project, backends=backends, **options)  # type: ignore[arg-type]  # the tests' own options


def test_another_model_is_the_cause_and_one_that_finds_the_same_is_not_worth_a_line(
    tmp_path: Path, reports: Path
) -> None:
    (reports / "a.txt").write_text("Kharkiv was quiet, and Aleppo too.")
    build_small(tmp_path)
    same = build_small(tmp_path, "names-2")
    assert (same.reports_found_again, same.since_last) == (2, Comparison())
    assert not [line for line in describe_build(same) if "Names since" in line]
    fewer = build_small(tmp_path, "names-3", ("Aleppo",))
    assert fewer.since_last is not None
    assert {(each.kind, each.cause) for each in fewer.since_last.changes} == {("vanished", "model")}


def test_what_a_service_answers_later_is_its_doing(tmp_path: Path, reports: Path) -> None:
    (reports / "a.txt").write_text(f"{UNKNOWN} was quiet, and Kharkiv too.")
    build_small(tmp_path)

    def answer(question: Question) -> Candidate | None:
        return Candidate(Place("service:1,2", question.name, 1.0, 2.0), 0.5)

    answered = build_small(tmp_path, fallback=answer, compare_with="last").comparison
    assert answered is not None
    assert [(each.kind, each.name, each.cause) for each in answered.changes] == [("appeared", UNKNOWN, "service")]
    silent = build_small(tmp_path).since_last
    assert silent is not None
    assert [(each.kind, each.name, each.cause) for each in silent.changes] == [("vanished", UNKNOWN, "service")]


def test_another_gazetteer_is_told_from_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    known = open_gazetteer().fingerprint
    own = Analyser(DEFAULT_BACKENDS)
    assert known in own.recognizer.fingerprint
    assert known in own.resolver.fingerprint

    def find_causes(gazetteer: str, names: str) -> dict[str, str]:
        recognizer = NameRecognizer(fingerprint=f"{names} {gazetteer}")
        monkeypatch.setattr(fingerprints, "open_gazetteer", lambda _: SimpleNamespace(fingerprint=gazetteer))
        return fingerprint_causes(Analyser(replace(SMALL_BACKENDS, recognizer=lambda _: recognizer)))

    first = find_causes("2026.12-a", "names-1")
    changed = {name: find_causes(*versions) for name, versions in _OTHERS.items()}
    assert {name: {key for key in first if first[key] != found[key]} for name, found in changed.items()} == {
        "gazetteer": {"gazetteer"},
        "model": {"model"},
    }


_OTHERS = {"gazetteer": ("2027.01-b", "names-1"), "model": ("2026.12-a", "names-2")}
