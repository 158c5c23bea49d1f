"""A small project that was built: hostile texts, a story told twice, a correction, a name without a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geomap.pipeline.build import build
from geomap.pipeline.result import BuildResult
from geomap.testing import SMALL_BACKENDS, UNKNOWN

STORY = (
    "Shelling was heard near Kharkiv on Monday morning, officials said, and many people left the eastern districts for "
    "the railway station while crews worked to restore the power lines and the water supply."
)
REPORTS = [
    {"id": "1", "title": '=HYPERLINK("http://evil")', "text": f"{STORY} Kirkuk was quiet.", "date": "2025-05-24"},
    {"id": "2", "title": "+1", "text": STORY, "source": "@agency", "date": "2025-05-25T12:00:14"},
    {
        "id": "3",
        "text": f'<b>Aleppo</b> & ]]> {UNKNOWN}\u0007 \U0001f600\nKirkuk\'s market; "open".',
        "source": "'-quoted",
    },
    {"id": "4", "text": "Nothing is named here, on no day and nowhere."},
]


@pytest.fixture
def built(tmp_path: Path) -> BuildResult:
    """Build a project in the test's own folder."""
    reports = tmp_path / "data" / "reports"
    reports.mkdir(parents=True)
    (reports / "r.jsonl").write_text("".join(json.dumps(each) + "\n" for each in REPORTS), encoding="utf-8")
    (tmp_path / "data" / "corrections.csv").write_text(
        "name,scope,action,place,latitude,longitude\nKirkuk,report:r.jsonl#3,is,,-35.5,44.25\n"
    )
    return build(backends=SMALL_BACKENDS, project=tmp_path)
