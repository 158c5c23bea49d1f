"""Anything may stand in a file or a text: what comes of it are reports, places and errors of geomap's own."""

# ruff: noqa: E501 - tables, one row a line

from __future__ import annotations

import os
import sys
from pathlib import Path

import fuzzing
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import slow_but_first

sys.path.append(str(Path(__file__).parents[1] / "reports"))  # the makers of sound files

SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())
EXAMPLES = 2_000 if os.environ.get("GEOMAP_LONG_TESTS") == "1" else 40
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.binary(max_size=8), st.sampled_from([b"\0" * 20, b"\xff\xfe", b"<", b"&a;", b'"', b"[" * 30, b"{", b"\n\n", b"PK\1\2", b"--", b"=?", b"1e999", b"\\ud800", b": "])),
    ),
    max_size=5,
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(fuzzing.PIECES), st.text(max_size=6)), max_size=40).map("".join)


@pytest.mark.parametrize("suffix", slow_but_first(fuzzing.SUFFIXES))
@FUZZ
@given(choice=st.integers(0, 9), changes=DAMAGE)
def test_every_reader_takes_damaged_files(suffix: str, choice: int, changes: list[tuple[float, int, bytes]]) -> None:
    sound = fuzzing.sound_files()[suffix]
    data = sound[choice % len(sound)]
    for share, length, piece in changes:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    fuzzing.check_reader(suffix, data)


@pytest.mark.parametrize("suffix", slow_but_first(fuzzing.SUFFIXES))
@FUZZ
@given(data=st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_every_reader_takes_any_bytes(suffix: str, data: bytes) -> None:
    fuzzing.check_reader(suffix, data)


@FUZZ
@given(text=TEXTS, title=TEXTS, source=TEXTS, domain=st.text(max_size=20))
def test_mentions_say_what_stands_in_the_text(text: str, title: str, source: str, domain: str) -> None:
    fuzzing.check_parse(text, title=title, source=source, domain=domain)


@FUZZ
@given(
    line=st.one_of(
        st.binary(max_size=60), TEXTS.map(lambda text: f'{{"id": 1, "text": {text!r}}}'.encode("utf-8", "replace"))
    )
)
def test_every_line_has_an_answer(line: bytes) -> None:
    fuzzing.check_line(line)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_what_once_broke_something_breaks_nothing(seed: Path) -> None:
    data = seed.read_bytes()
    if seed.name.startswith("readers-"):
        fuzzing.check_reader(fuzzing.SUFFIXES[data[0] % len(fuzzing.SUFFIXES)], data[1:])
    else:
        fuzzing.check_parse("".join(fuzzing.PIECES[each] if each < len(fuzzing.PIECES) else chr(each) for each in data))


@pytest.mark.parametrize(
    "unit",
    slow_but_first(["Kharkiv ", "Springfield, ", "30 km south of Kirkuk. ", "49.9935, 36.2304 ", "A.", ".", "?!", "'", "\u0301", "\n", " ", "7", "36U 1", "New of the ", "x", "U.S. "]),
    ids=repr,
)  # fmt: skip
def test_a_text_of_repetitions_takes_time_that_grows_with_its_length(unit: str) -> None:
    import time

    from geomap.rendering.payload import build_payload

    def measure(size: int) -> float:
        started = time.process_time()
        build_payload([fuzzing.check_parse(unit * (size // len(unit)))])
        return time.process_time() - started

    fuzzing.check_parse("Calm in Kharkiv.")
    short, long = measure(8_000), measure(32_000)
    assert long < 12 * max(short, 0.05)
