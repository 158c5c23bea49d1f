"""Real files with a few bytes changed, lost or doubled give reports or errors, and never a traceback."""

# ruff: noqa: E501 - a list of pieces

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from document_files import PARAGRAPHS, email_file, feed_file, pdf_file, word_file, zip_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file


@cache
def sound_file(suffix: str) -> bytes:
    members = {"a/b.txt": b"Calm in Sumy.", "c.csv": b"id,text\n1,Calm in Lviv.\n", "d.docx": word_file(PARAGRAPHS[0])}
    return {
        ".pdf": pdf_file(*PARAGRAPHS),
        ".docx": word_file(*PARAGRAPHS),
        ".eml": email_file(PARAGRAPHS[0], html=f"<p>{PARAGRAPHS[1]}</p>"),
        ".rss": feed_file("rss", *PARAGRAPHS),
        ".atom": feed_file("atom", *PARAGRAPHS),
        ".zip": zip_file({**members, "e.zip": zip_file(members)}),
    }[suffix]


PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b"\0" * 40, b"\xff" * 4, b"<", b">", b"&x;", b"<!--", b"]]>", b"PK\1\2", b"PK\3\4", b"<<", b"endobj", b"\n\n", b"--", b"=?"]),
)  # fmt: skip
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), PIECES), min_size=1, max_size=6)


def damage(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, piece in changes:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".eml", ".rss", ".atom", ".zip"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors])
@given(changes=CHANGES)
def test_a_damaged_file_gives_reports_or_errors(suffix: str, changes: list[tuple[float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(damage(sound_file(suffix), changes))
        found = list(read_file(SourceFile(path, path.name)))
    assert found
    for one in found:
        assert isinstance(one, Report | ReportError)
        if isinstance(one, Report):
            assert one.text.strip()
            assert one.id.encode()
            assert len(one.id.splitlines()) == 1
        else:
            assert len(str(one).splitlines()) == 1
    ids = [one.id for one in found if isinstance(one, Report)]
    assert len(ids) == len(set(ids))
