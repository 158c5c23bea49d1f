"""What `geomap.build` returns, in Python and in a notebook."""

from __future__ import annotations

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.errors import NotBuiltError
from geomap.exporting.columns import COLUMNS
from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult
from geomap.testing import SMALL_BACKENDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_reports_mentions_and_places_are_frames(built: BuildResult) -> None:
    assert list(built.reports.columns) == [column.name for column in COLUMNS["reports"]]
    assert len(built.reports) == built.report_count
    assert built.mentions["place_id"].notna().sum() == built.mention_count
    assert len(built.places) == built.place_count
    assert built.places["mentions"].sum() == built.mention_count
    assert built.mentions["geonameid"].dtype == "Int64"
    assert built.reports.merge(built.mentions, left_on="id", right_on="report_id").shape[0] == len(built.mentions)
    assert built.places is built.places


def test_frames_of_an_empty_map_have_their_columns(built: BuildResult, tmp_path: Path) -> None:
    (tmp_path / "data/reports/r.jsonl").unlink()
    empty = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (len(empty.reports), len(empty.mentions), len(empty.places)) == (0, 0, 0)
    assert list(empty.places.columns) == [column.name for column in COLUMNS["places"]]


def test_frames_are_never_those_of_another_build(built: BuildResult, tmp_path: Path) -> None:
    build(backends=SMALL_BACKENDS, project=tmp_path)
    with pytest.raises(NotBuiltError, match="built again since"):
        built.mentions  # noqa: B018 -- reading is what fails
    shutil.rmtree(tmp_path / "output")
    with pytest.raises(NotBuiltError, match="is gone: build again"):
        built.places  # noqa: B018 -- likewise


def test_a_build_loads_no_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from geomap.pipeline.build import build; from geomap.testing import SMALL_BACKENDS;"
        "import pathlib; pathlib.Path('one.txt').write_text('Kharkiv.'); build('one.txt', backends=SMALL_BACKENDS);"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


class FrameReader(HTMLParser):
    """Finds the frame in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.frames: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.frames.append(dict(attrs))


def test_in_a_notebook_the_map_stands_in_a_frame_that_reaches_nothing(built: BuildResult) -> None:
    (frame,) = FrameReader(built._repr_html_()).frames
    assert frame["srcdoc"] == built.output.read_text(encoding="utf-8")
    assert "allow-same-origin" not in (frame["sandbox"] or "")
    built.output.unlink()
    assert "is gone: build it again" in built._repr_html_()


@pytest.mark.browser
def test_the_map_draws_itself_in_the_frame_of_a_notebook(built: BuildResult, browser: Browser, tmp_path: Path) -> None:
    from geomap.pipeline.backends import DEFAULT_BACKENDS

    result = build(output=tmp_path / "real.html", backends=DEFAULT_BACKENDS, project=tmp_path)
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(f"<script>window.secret = 1</script>{result._repr_html_()}")
    frame = page.frames[1]
    frame.locator("[data-ready]").wait_for()
    assert errors == []
    page.close()
