from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from marking import slow_but_first

from geomap.cli.main import main
from geomap.testing import SMALL_BACKENDS

ROOT = Path(__file__).parents[2]
SMALL = """
import sys
from geomap.cli.main import main
from geomap.testing import SMALL_BACKENDS
sys.exit(main(backends=SMALL_BACKENDS))
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one report; processes that are started in it find geomap."""
    reports = tmp_path / "data" / "reports"
    reports.mkdir(parents=True)
    (reports / "one.txt").write_text("Shelling was heard near Kharkiv. Nowhereville was quiet.")

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # with it, nobody notices a missing flush
    return tmp_path


def run(project: Path, *arguments: str, data: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with the small backends as a process of its own, in the folder of the project."""
    command = [sys.executable, "-W", "error", "-c", SMALL, *arguments]
    return subprocess.run(
        command, input=data, capture_output=True, check=False, cwd=project, env={**os.environ, **environment}
    )


def run_here(project: Path, *arguments: str) -> int:
    return main(arguments, backends=SMALL_BACKENDS, project=project)


# Start-up


def imported_by(project: Path, code: str) -> set[str]:
    command = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=project).stdout.split())


HEAVY = {
    "pandas",
    "folium",
    "geopy",
    "numpy",
    "rich",
    "multiprocessing",
    "trafilatura",
    "sqlite3",
    "marisa_trie",
    "urllib3",
}


@pytest.mark.parametrize(
    "code",
    [
        "import geomap",
        "import geomap; geomap.Report, geomap.Place, geomap.Mention, geomap.GeomapError, geomap.BuildResult",
        "from geomap.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "from geomap.cli.main import main\ntry: main(['build', '--help'])\nexcept SystemExit: pass",
        "from geomap.cli.main import main\ntry: main(['--version'])\nexcept SystemExit: pass",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str, project: Path) -> None:
    assert not HEAVY & imported_by(project, code)


@pytest.mark.parametrize("arguments", [["parse", "one.txt"], ["parse", "--jsonl", "one.jsonl"]])
def test_parsing_imports_neither_store_nor_readers_nor_pandas(project: Path, arguments: list[str]) -> None:
    (project / "one.txt").write_text("Kharkiv")
    (project / "one.jsonl").write_text('{"id": "1", "text": "Kharkiv"}')
    imports = "from geomap.cli.main import main\nfrom geomap.testing import SMALL_BACKENDS"
    code = f"{imports}\nmain({arguments}, backends=SMALL_BACKENDS)"
    assert not (HEAVY | {"geomap.reports", "subprocess", "concurrent"}) & imported_by(project, code)


def test_the_public_names_are_all_there() -> None:
    import geomap

    assert set(geomap.__all__) <= set(dir(geomap))
    assert geomap.__version__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = geomap.nonsense


def test_reports_as_a_table_with_a_warning_for_failures(project: Path) -> None:
    import geomap

    frame = geomap.read_reports(project / "data" / "reports", project=project)
    assert list(frame["id"]) == ["one.txt"]
    assert {"text", "title", "source", "date", "url", "language"} <= set(frame.columns)
    (project / "data" / "reports" / "empty.txt").touch()
    with pytest.warns(UserWarning, match=r"1 entries could not be read.*empty\.txt: is empty"):
        frame = geomap.read_reports(project / "data" / "reports", project=project)
    assert len(frame) == len(frame.attrs["failures"]) == 1
    with pytest.raises(geomap.GeomapError, match="does not exist"):
        geomap.read_reports(project / "missing", project=project)


# geomap build


def test_build_ends_with_the_summary(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert run_here(project, "build") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Reports: 1 read, 1 new, 0 changed, 0 removed, 0 failed"
    assert lines[1:4] == ["Mentions: 1", "Places: 1", "Unresolved names: 1"]
    assert lines[-1] == f"Map: {(project / 'output' / 'map.html').resolve()}"


@pytest.mark.parametrize("arguments", [["build"], ["add", "data/reports/one.txt"]], ids=lambda each: each[0])
def test_the_map_is_that_of_the_project_that_was_named(
    project: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)  # another project than the current folder's
    other = project / "other"
    (other / "data" / "reports").mkdir(parents=True)
    (other / "data" / "reports" / "two.txt").write_text("Kirkuk was quiet.")
    assert main(arguments, backends=SMALL_BACKENDS, project=other) == 0
    assert "two.txt" in (other / "output" / "map.html").read_text()
    assert not (project / "output").exists()


def test_build_lists_failures_with_the_reason_on_standard_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports, missing = project / "data" / "reports", project / "missing"
    (reports / "empty.txt").touch()
    assert run_here(project, "build", str(reports), str(missing)) == 0
    errors = capsys.readouterr().err.splitlines()
    assert f"failed: {reports / 'empty.txt'}: is empty" in errors
    assert f"failed: {missing}: does not exist; check the path" in errors


def test_unresolved_names_are_listed_with_an_excerpt_before_the_summary(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    assert run_here(project, "build", "--unresolved") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Nowhereville: Shelling was heard near Kharkiv. Nowhereville was quiet. [one.txt]"
    assert lines[1].startswith("Reports: ")


def test_quiet_says_nothing_but_failures(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "reports" / "empty.txt").touch()
    assert run_here(project, "build", "-q") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"failed: {(project / 'data/reports/empty.txt').resolve()}: is empty\n"


def test_verbose_names_what_is_done(project: Path) -> None:
    result = run(project, "build", "-v", "data/reports")
    assert result.returncode == 0
    errors = result.stderr.decode()
    assert f"read {Path('data/reports/one.txt')}" in errors  # as it was typed, from the current folder on
    assert "found 2 mentions in one.txt" in errors


def test_piped_progress_is_plain_lines(project: Path) -> None:
    result = run(project, "build")
    assert result.returncode == 0
    assert result.stderr.decode().splitlines() == [
        "Checking files: 1",
        "Reading files: 1",
        "Finding places: 1",
        "Looking for copies: 1",
    ]


def test_nothing_read_is_status_1_with_every_reason(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = project / "missing"
    assert run_here(project, "build", str(missing)) == 1
    errors = capsys.readouterr().err.splitlines()
    assert errors[0] == f"failed: {missing}: does not exist; check the path"
    assert errors[1].startswith(f"geomap: No report was found in {missing}: put files there")
    assert not (project / "output" / "map.html").exists()


def test_an_output_that_cannot_be_written_is_status_1(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_here(project, "build", "-o", str(project / "data")) == 1
    assert f"{project / 'data'} is a folder: name the file to write" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["build", "--jobs", "0"], ["build", "--colour"], [], ["build", "-q", "-v"], ["x"]]
)
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str], project: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        run_here(project, *arguments)
    assert caught.value.code == 2
    assert "usage: geomap" in capsys.readouterr().err


def test_an_unknown_key_in_geomap_toml_is_status_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "geomap.toml").write_text("colour = 1")
    assert run_here(project, "build") == 2
    assert (
        "unknown key colour. Known are: duplicates, gazetteer, geocoder, limits, map, recognizer, run, sources."
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("encoding", slow_but_first(["ascii", "cp1252", "cp437"]))
def test_no_letter_is_foreign_to_an_output_that_lacks_it(project: Path, encoding: str) -> None:
    (project / "data" / "reports" / "0 Київ.txt").write_text("Київ: Nowhereville \U0001f600.", encoding="utf-8")
    result = run(project, "build", "--unresolved", "-v", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert b"Nowhereville (2 times): ????: Nowhereville ?." in result.stdout


def test_the_module_runs_as_the_command() -> None:
    result = subprocess.run([sys.executable, "-m", "geomap", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("geomap ")


# geomap parse


def test_parse_writes_an_object_for_each_input_in_order(project: Path) -> None:
    result = run(project, "parse", "data/reports/one.txt", "-", data="Kirkuk ä".encode())
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["id"], len(row["mentions"])) for row in rows] == [("data/reports/one.txt", 2), ("-", 1)]
    assert (result.returncode, result.stderr) == (0, b"")


def test_parse_reads_lines_from_standard_input(project: Path) -> None:
    result = run(
        project, "parse", "--jsonl", data=b'{"id": "a", "text": "Kirkuk"}\nnonsense\n{"id": "b", "text": "Aleppo"}\n'
    )
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", None, "b"]
    assert result.returncode == 0
    assert result.stderr.startswith(b"failed: -, line 2: the line is not JSON")


def test_parse_ends_lines_alike_on_every_system(project: Path) -> None:
    assert run(project, "parse", data=b"Kirkuk").stdout.endswith(b"}\n")


@pytest.mark.parametrize(
    ("arguments", "data", "status"),
    slow_but_first(
        [
            (["missing.txt"], b"", 1),
            (["missing.txt", "data/reports/one.txt"], b"", 0),
            (["--jsonl", "missing.jsonl"], b"", 1),
            (["--jsonl"], b"nonsense\n", 1),
            (["--jsonl"], b"", 0),
            ([], b"", 0),
        ]
    ),
)
def test_parse_fails_only_where_nothing_could_be_read(
    arguments: list[str], data: bytes, status: int, project: Path
) -> None:
    assert run(project, "parse", *arguments, data=data).returncode == status


def test_parse_answers_each_line_before_it_reads_the_next(project: Path) -> None:
    command = [sys.executable, "-c", SMALL, "parse", "--jsonl", "--jobs", "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=project) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "Kirkuk"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number


PEAK = """
import sys
from pathlib import Path
from geomap.cli.main import main
from geomap.testing import SMALL_BACKENDS
main(backends=SMALL_BACKENDS)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0], file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_parse_needs_no_more_memory_for_more_input(project: Path, jobs: str) -> None:
    small, large = (measure_peak(project / "lines.jsonl", megabytes, jobs) for megabytes in (1, 30))
    assert large - small < 10_000  # kilobytes


def measure_peak(path: Path, megabytes: int, jobs: str) -> int:
    line = json.dumps({"id": "x", "text": "word " * 2000 + "Kirkuk"}).encode() + b"\n"
    with path.open("wb") as stream:
        for _ in range(megabytes * 100):
            stream.write(line)
    command = [sys.executable, "-c", PEAK, "parse", "--jsonl", "--jobs", jobs, str(path)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, cwd=path.parent)
    return int(done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="closes a POSIX pipe")
def test_a_reader_that_leaves_early_ends_parse_quietly(project: Path) -> None:
    line = b'{"id": "x", "text": "Kirkuk"}\n'
    with subprocess.Popen(
        [sys.executable, "-c", SMALL, "parse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=project,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_is_one_line() -> None:
    command = [sys.executable, "-c", SMALL, "parse", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id": "x", "text": "Kirkuk"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"Stopped. What was finished is kept for the next time.\n"
        assert process.wait(timeout=20) == 130


def test_an_unexpected_error_is_one_line_and_verbose_shows_where(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw(*_arguments: object) -> None:
        raise ZeroDivisionError("nobody\nforesaw this")

    from dataclasses import replace

    backends = replace(SMALL_BACKENDS, draw=draw)
    assert main(["build", "-q"], backends=backends, project=project) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("geomap: unexpected error: ZeroDivisionError: nobody foresaw this.")
    assert len(errors.splitlines()) == 1
    assert main(["build", "-v"], backends=backends, project=project) == 1
    assert "Traceback" in capsys.readouterr().err


# geomap gazetteer


def test_gazetteer_find_lists_places(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert main(["gazetteer", "find", "Kharkov"], project=project) == 0
    assert capsys.readouterr().out.startswith("geonames:706483  Kharkiv, Kharkiv Oblast, UA  49.98")
    assert main(["gazetteer", "find", "--limit", "1", "Springfield,", "Illinois"], project=project) == 0
    assert "Springfield, Illinois, US" in capsys.readouterr().out


def test_gazetteer_find_says_when_there_is_no_such_place(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert main(["gazetteer", "find", "Xyzzyqwv"], project=project) == 1
    assert capsys.readouterr().err.startswith("geomap: The gazetteer knows no place called Xyzzyqwv")


def test_gazetteer_info_names_version_and_sources(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert main(["gazetteer", "info"], project=project) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"version", "places", "names", "sources"} <= {line.partition(":")[0] for line in lines}
