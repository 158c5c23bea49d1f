"""What every engine promises; the tests of each engine run all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import pytest

from geomap.engines.base import Engine
from geomap.errors import ReportError


def double(number: int) -> int:
    os.write(1, b"a library that writes to standard output\n")
    return 2 * number


def fail_at_seven(number: int) -> int:
    if number == 7:
        raise ReportError("seven", path="seven.txt", line=7)
    return number


def double_and_count(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(2 * number, len(numbers)) for number in numbers]


class TakenCount:
    """Numbers that know how many of them were taken."""

    def __init__(self, total: int) -> None:
        self.taken = 0
        self._total = total

    def __iter__(self) -> Iterator[int]:
        for number in range(self._total):
            self.taken += 1
            yield number


class EngineContract:
    """Inherit, and make the engine in a fixture named ``engine``."""

    def test_results_come_in_the_order_of_the_items(self, engine: Engine) -> None:
        assert list(engine.map(double, range(500))) == [2 * number for number in range(500)]

    def test_a_function_of_many_is_given_several_items_at_once(self, engine: Engine) -> None:
        results = list(engine.map_many(double_and_count, range(500)))
        assert [doubled for doubled, _ in results] == [2 * number for number in range(500)]
        assert min(size for _, size in results) > 1

    def test_a_function_of_many_takes_a_bounded_number_ahead(self, engine: Engine) -> None:
        items = TakenCount(100_000)
        results = engine.map_many(double_and_count, items)
        next(results)
        assert items.taken < 1000
        results.close()

    def test_no_items_give_no_results(self, engine: Engine) -> None:
        assert list(engine.map(double, [])) == []

    def test_an_error_of_the_function_reaches_the_caller_after_the_results_before_it(self, engine: Engine) -> None:
        results = engine.map(fail_at_seven, range(100))
        assert [next(results) for _ in range(7)] == list(range(7))
        with pytest.raises(ReportError) as caught:
            next(results)
        assert str(caught.value) == "seven.txt, line 7: seven"

    def test_only_a_bounded_number_of_items_is_taken_ahead(self, engine: Engine) -> None:
        items = TakenCount(100_000)
        results = engine.map(double, items)
        next(results)
        assert items.taken < 1000
        results.close()

    def test_an_error_of_the_items_reaches_the_caller(self, engine: Engine) -> None:
        def broken() -> Iterator[int]:
            yield from range(50)
            raise OSError("the disk has gone")

        with pytest.raises(OSError, match="the disk has gone"):
            list(engine.map(double, broken()))

    def test_the_engine_can_be_used_again(self, engine: Engine) -> None:
        assert list(engine.map(double, [1])) == list(engine.map(double, [1])) == [2]
