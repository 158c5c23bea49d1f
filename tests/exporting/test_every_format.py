"""What every format of exports promises; the tests run for each member of the table of formats by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from geomap.cli.main import main
from geomap.errors import UsageError
from geomap.exporting.columns import THINGS, Thing
from geomap.exporting.files import export_file, export_stream
from geomap.exporting.formats import FORMATS, choose_format
from geomap.exporting.records import Findings
from geomap.model import Mention, ParsedReport, Report
from geomap.pipeline.result import BuildResult
from geomap.testing import PLACES

HOSTILE = ParsedReport(
    Report("a\ud800.txt", "Kharkiv\0 \ud83d <b>&amp; ]]>\r\n=1+1", title="=cmd|' /C calc'!A0", source="\u202e@x"),
    (Mention(0, 7, "Kharkiv", place=PLACES["Kharkiv"], confidence=0.5),),
)


class Given:
    """Findings that count how many of them were taken."""

    def __init__(self, *parsed: ParsedReport) -> None:
        self.parsed = parsed
        self.taken = 0

    def iterate_shown(self) -> Iterator[ParsedReport]:
        for each in self.parsed:
            self.taken += 1
            yield each

    iterate_reports = iterate_shown

    def read_copies(self) -> dict[str, str]:
        return {}


def write(name: str, thing: Thing, findings: Findings) -> tuple[bytes, int]:
    stream = BytesIO()
    return_value = export_stream(findings, thing, FORMATS[name], stream)
    return stream.getvalue(), return_value


each_format = pytest.mark.parametrize("name", FORMATS)
each_thing = pytest.mark.parametrize("thing", THINGS)


@pytest.fixture(autouse=True)
def packages(name: str) -> None:
    if name == "geoparquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not here")


@each_format
@each_thing
def test_it_writes_anything_and_returns_the_number_of_records(name: str, thing: Thing) -> None:
    written, count = write(name, thing, Given(HOSTILE, replace(HOSTILE, mentions=())))
    assert count == (2 if thing == "reports" else 1)
    assert b"Kharkiv" in written
    if FORMATS[name].is_text:
        assert "\0" not in written.decode("utf-8")


@each_format
@each_thing
def test_nothing_found_is_a_file_too(name: str, thing: Thing) -> None:
    assert write(name, thing, Given())[1] == 0


@each_format
def test_the_same_findings_give_the_same_bytes(name: str) -> None:
    assert write(name, "mentions", Given(HOSTILE)) == write(name, "mentions", Given(HOSTILE))


@each_format
def test_a_file_is_the_stream_behind_its_mark(name: str, tmp_path: Path) -> None:
    form, path = FORMATS[name], tmp_path / "x"
    assert export_file(Given(HOSTILE), "places", form, path) == 1
    assert path.read_bytes() == form.mark + write(name, "places", Given(HOSTILE))[0]


@each_format
def test_its_endings_are_its_own_and_choose_it(name: str) -> None:
    form = FORMATS[name]
    for ending in form.endings:
        assert re.fullmatch(r"\.[a-z]+", ending)
        assert choose_format(None, Path(f"x{ending.upper()}")) is form
    assert not {ending for other in FORMATS.values() if other is not form for ending in other.endings} & {*form.endings}


@each_format
def test_standard_output_takes_it_if_it_is_text(
    name: str, built: BuildResult, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert built.mention_count
    if FORMATS[name].is_text:
        assert main(["export", "--format", name], project=tmp_path) == 0
        assert "Kharkiv" in capfd.readouterr().out
    else:
        with pytest.raises(UsageError, match="no text for standard output"):
            choose_format(name, None)
