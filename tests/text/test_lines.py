"""Lines of any length are cut at the same places whichever way they come, and those that are too long are skipped."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.text import lines
from geomap.text.lines import cut_lines, read_lines

LIMIT = 6
TEXTS = st.text(alphabet='ab"\r\n', max_size=60)
ENDS = {"text": r"\r\n|\r|\n", "bytes": r"\n"}


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterator[None]:
    """Skip long lines in pieces so small that every place in them is once the end of one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_PIECE", 3)
        yield


def expect(text: str, ends: str) -> list[str | None]:
    found = [match[0] for match in re.finditer(f"(?s)(?:(?!{ends}).)*(?:{ends}|$)", text) if match[0]]
    return [
        line if len(re.sub(r"(\r\n|\n|\r)$" if ends != r"\n" else r"\r?\n$", "", line)) <= LIMIT else None
        for line in found
    ]


@given(TEXTS)
@example("aaaaaaa\r\r\n")
def test_lines_of_a_text_end_where_universal_newlines_do(text: str) -> None:
    found = list(read_lines(io.StringIO(text, newline=""), limit=LIMIT))
    assert [line.text for line in found] == expect(text, ENDS["text"])
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    assert sum(line.quotes + (line.text or "").count('"') for line in found) == text.count('"')


@given(TEXTS)
def test_lines_of_bytes_end_at_line_feeds(text: str) -> None:
    found = list(read_lines(io.BytesIO(text.encode()), limit=LIMIT))
    assert [line.text and line.text.decode() for line in found] == expect(text, ENDS["bytes"])
    assert [line.number for line in found] == list(range(1, len(found) + 1))


@given(TEXTS, st.integers(1, LIMIT))
def test_lines_of_blocks_are_the_same_however_they_are_cut(text: str, size: int) -> None:
    body = text.encode()
    blocks = [body[start : start + size] for start in range(0, len(body), size)]
    found = list(cut_lines(blocks, limit=LIMIT))
    assert [line and line.decode() for line in found] == expect(text, ENDS["text"])


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_neither_end_nor_mark_count(end: bytes, mark: bytes) -> None:
    stream = io.BytesIO(b"first\n" + mark + b"x" * LIMIT + end)
    first, second = read_lines(stream, limit=LIMIT, mark=b"\xef\xbb\xbf")
    assert (first.text, second.text) == (b"first\n", b"x" * LIMIT + end)
    stream = io.BytesIO(mark + b"x" * (LIMIT + 1) + end)
    assert [line.text for line in read_lines(stream, limit=LIMIT, mark=b"\xef\xbb\xbf")] == [None]


def test_a_line_without_an_end_is_never_held() -> None:
    blocks = (b"x" * 1_000_000 for _ in range(100))
    tracemalloc.start()
    try:
        assert list(cut_lines(blocks, limit=2_000_000)) == [None]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
