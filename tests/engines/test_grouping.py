from __future__ import annotations

import pytest

from geomap.engines.grouping import HEAVIEST, MOST, group_items, take_singly


@pytest.mark.parametrize(
    ("weights", "sizes"),
    [
        ([1] * (2 * MOST + 1), [MOST, MOST, 1]),
        ([HEAVIEST // 2, HEAVIEST // 2, 1], [2, 1]),
        ([1, 10 * HEAVIEST, 1], [1, 1, 1]),
        ([], []),
    ],
)
def test_groups_are_bounded_by_number_and_weight(weights: list[int], sizes: list[int]) -> None:
    groups = list(group_items(weights, int))
    assert [len(group) for group in groups] == sizes
    assert [weight for group in groups for weight in group] == weights


def test_a_function_of_one_is_given_an_item_as_soon_as_it_is_there() -> None:
    items = iter([1, 2])
    assert next(take_singly(items)) == [1]
    assert list(items) == [2]
