"""No text makes a regular expression of geomap take more than time that grows with its length."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
import time
import types
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

import pytest
from marking import slow_but_first

import geomap
from geomap.languages import CODES, find_language

SMALL = 1_000
"""Characters of the shorter text; the longer one has four times as many."""

SLACK = 0.02
"""Seconds below which nothing is said: measuring is noisy."""

MOST = 9.0
"""How many times longer four times the text may take: 4 if linear, 16 if quadratic."""

BOUNDED = {
    # The texts that these see are cut before: so many characters take no more than a few milliseconds.
    "geomap.reports.headers._HEADER": 500,
    "geomap.reports.headlines._SENTENCE_END": 400,
    "geomap.reports.headlines._UNDERLINE": 4_000,
    "headlines.date_label": 400,  # this and the next two of every language
    "headlines.byline_words": 400,
    "headlines.loose_end": 400,
    "geomap.reports.documents._NO_TITLE": 400,
    "geomap.reports.documents._NO_AUTHOR": 400,
    "geomap.reports.web_page._WINDOW_REST": 400,
}
MATCHED_IN_LOOPS = ("geomap.gazetteer.overlays.sources._FORMS",)
LEFT_OUT = ("geomap.gazetteer.compilation", "geomap.learning", "geomap.testing")
"""What developers run on their own data."""


def find_patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield all compiled expressions in the modules of geomap and of its languages, with where they are."""
    for found in pkgutil.walk_packages(geomap.__path__, "geomap."):
        if found.name.startswith(LEFT_OUT) or found.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(found.name)
        except ImportError:  # an optional package is not installed
            continue
        for name, value in vars(module).items():
            for number, pattern in enumerate(_unpack(value)):
                yield f"{found.name}.{name}{f'[{number}]' if not isinstance(value, re.Pattern) else ''}", pattern
            if _is_made_for_languages(value):
                for code in CODES:
                    for number, pattern in enumerate(_unpack(value(find_language(code)))):
                        yield f"{found.name}.{name}[{code} {number}]", pattern
    for code in CODES:
        for name, part in vars(find_language(code)).items():
            if hasattr(part, "_asdict"):
                yield from (
                    (f"{code}.{name}.{field}", pattern)
                    for field, value in part._asdict().items()
                    for pattern in _unpack(value)
                )


def _is_made_for_languages(value: Any) -> bool:
    """Tell whether a function makes something of a language once: patterns of its words."""
    return hasattr(value, "cache_info") and list(inspect.signature(value).parameters) == ["language"]


def _unpack(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _unpack(each, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        yield from _unpack([*value.keys(), *value.values()], depth + 1)
    elif depth < 2 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _unpack([getattr(value, field.name) for field in dataclasses.fields(value)], depth + 1)
    elif depth < 2 and isinstance(value, type) and value.__module__.startswith("geomap"):
        yield from _unpack(
            [each for each in vars(value).values() if not isinstance(each, types.FunctionType)], depth + 1
        )


SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(geomap.__file__).parent.rglob("*.py"))


def is_anchored(name: str) -> bool:
    """Say whether an expression only ever begins to match at the beginning of a text."""
    module, _, attribute = name.partition("[")[0].rpartition(".")
    if module.startswith("geomap"):
        source = inspect.getsource(importlib.import_module(module))
        uses = set(re.findall(rf"\b{attribute}\.(\w+)\b", source))
    else:  # of a language: whoever reads it has its part under the part's own name, or as words or patterns
        part = module.partition(".")[2]
        uses = set(re.findall(rf"\b(?:{part}|words|patterns)\.{attribute}\.(\w+)\b", SOURCES))
    return name.startswith(MATCHED_IN_LOOPS) or (bool(uses) and uses <= {"match", "fullmatch", "pattern"})


PATTERNS = sorted(
    {(name.partition(".")[0], pattern.pattern): (name, pattern) for name, pattern in find_patterns()}.values(),
    key=lambda each: each[0],
)
"""Each once; of a language also those that it shares with others, under its own code."""


def find_characters(pattern: re.Pattern[Any]) -> list[str]:
    """Return a character for everything that the expression tells apart."""
    codes: dict[int, None] = {}
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")

    def walk(node: Any) -> None:
        for each in node if isinstance(node, sre.SubPattern | list | tuple) else ():
            if isinstance(each, tuple) and len(each) == 2 and str(each[0]) in ("LITERAL", "NOT_LITERAL"):
                codes[each[1]] = None
            elif isinstance(each, tuple) and len(each) == 2 and str(each[0]) == "RANGE":
                codes[each[1][0]] = None
            else:
                walk(each)

    walk(sre.parse(source, pattern.flags & ~re.DEBUG))
    usual = {" ": "\\s", "a": "\\w", "7": "\\d", "\n": "\\n"}
    letters = [letter for letter in (chr(code) for code in codes) if letter not in usual]
    return [*usual, *letters[:: max(1, len(letters) // 14)]]


def make_texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Yield texts of this size: each character, each pair, after another character and before one."""
    characters = find_characters(pattern)
    for first in characters:
        yield first * size
        yield "\n" + first * (size - 2) + "\0"
    for first in characters[:6]:
        for second in characters[:6]:
            if first != second:
                yield (first + second) * (size // 2)
                yield second + first * (size - 2) + second


def measure(pattern: re.Pattern[Any], text: str, *, anchored: bool = False) -> float:
    """Return the seconds of one use of an expression, the faster of two where that is slow."""
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    times = []
    for _ in range(2):
        started = time.process_time()
        if anchored:
            pattern.match(subject)
            pattern.fullmatch(subject)
        else:
            deque(pattern.finditer(subject), maxlen=0)
        times.append(time.process_time() - started)
        if times[0] < SLACK:
            break
    return min(times)


def find_slow(pattern: re.Pattern[Any], size: int, *, anchored: bool = False) -> str | None:
    """Return a text for which four times its length takes far more than four times as long."""
    for short, long in zip(make_texts(pattern, size), make_texts(pattern, 4 * size), strict=True):
        taken = measure(pattern, long, anchored=anchored)
        if taken > SLACK and taken > MOST * max(measure(pattern, short, anchored=anchored), SLACK / 20):
            return f"{short[:12]!r} x {4 * size}: {taken:.3f} s"
    return None


def test_there_are_patterns_to_measure() -> None:
    assert len(PATTERNS) > 60
    assert {name.split(".")[0] for name, _ in PATTERNS} == {"geomap", *CODES}
    assert {name.split(".")[1] for name, _ in PATTERNS} >= {
        "reports",
        "recognizers",
        "resolvers",
        "rendering",
        "gazetteer",
    }


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_time_grows_with_the_text(name: str, pattern: re.Pattern[Any]) -> None:
    anchored = is_anchored(name)
    bound = BOUNDED.get(name if name.startswith("geomap") else name.partition(".")[2])
    if bound:
        slowest = max(measure(pattern, text, anchored=anchored) for text in make_texts(pattern, bound))
        assert slowest < 0.1, slowest
    else:
        assert find_slow(pattern, SMALL, anchored=anchored) is None


@pytest.mark.parametrize("expression", slow_but_first([r"\s+$", r"(a+)+b", r"[.!?]+\s", r"(?:a|aa)+$", r"(\w+\s?)+:"]))
def test_a_slow_expression_would_be_found(expression: str) -> None:
    size = 22 if "+)+" in expression or "aa" in expression or "?)+" in expression else SMALL
    pattern = re.compile(expression)
    texts = make_texts(pattern, size)
    if size == SMALL:
        assert find_slow(pattern, size) is not None
    else:  # exponential: a few characters more are enough
        assert any(measure(pattern, text + "\0") > 0.001 for text in texts)
