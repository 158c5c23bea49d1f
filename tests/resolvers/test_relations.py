from __future__ import annotations

import pytest

from geomap.model import Mention
from geomap.resolvers.relations import find_relations


def relate(text: str, first: str, second: str, *, second_kind: str = "place") -> list[tuple[int, int, str]]:
    start = text.index(second, text.index(first) + len(first))
    mentions = [
        Mention(
            text.index(first), text.index(first) + len(first), first, kind="demonym" if first == "Syrian" else "place"
        ),
        Mention(start, start + len(second), second, kind=second_kind),  # type: ignore[arg-type]  # one of its values
    ]
    return [tuple(relation) for relation in find_relations(text, mentions)]


@pytest.mark.parametrize(
    ("text", "first", "second", "expected"),
    [
        ("A storm hit Paris, Texas, today.", "Paris", "Texas", [(0, 1, "bracket")]),
        ("Pokrovsk (in Donetsk) fell.", "Pokrovsk", "Donetsk", [(0, 1, "bracket")]),
        ("From Paris, Texas to the sea.", "Paris", "Texas", [(0, 1, "comma")]),
        ("Homs in western Syria.", "Homs", "Syria", [(0, 1, "loose")]),
        ("Paris, the capital of France, was calm.", "Paris", "France", [(0, 1, "bracket")]),
        ("Dallas, a village in Moray, makes whisky.", "Dallas", "Moray", [(0, 1, "bracket")]),
        ("Jericho, in central-western Queensland, was dry.", "Jericho", "Queensland", [(0, 1, "bracket")]),
        ("Reporting from Paris France for radio.", "Paris", "France", [(0, 1, "adjacent")]),
        ("Russia's Kursk region burned.", "Russia", "Kursk", [(1, 0, "possessive")]),
        ("the Syrian city of Homs", "Syrian", "Homs", [(1, 0, "possessive")]),
        ("Kyiv and Lviv were hit.", "Kyiv", "Lviv", [(0, 1, "list")]),
        ("either Rogersville or Springfield.", "Rogersville", "Springfield", [(0, 1, "list")]),
        ("Kyiv was quiet. Lviv was not.", "Kyiv", "Lviv", []),
        ("from Syria, the United States and Britain.", "Syria", "United States", [(0, 1, "list")]),
        ("deals with Russia, U.S. officials said", "Russia", "U.S.", []),
        ("born in Athens, U.S., in 1950", "Athens", "U.S.", [(0, 1, "bracket")]),
    ],
)
def test_what_stands_between_two_names_says_how_they_lie(
    text: str, first: str, second: str, expected: list[tuple[int, int, str]]
) -> None:
    assert relate(text, first, second) == expected


def test_people_contain_no_place() -> None:
    assert relate("in Aleppo, Russian jets struck", "Aleppo", "Russian", second_kind="demonym") == []


def test_names_far_from_each_other_are_not_compared() -> None:
    text = "Paris, " + " " * 60 + "Texas"
    assert relate(text, "Paris", "Texas") == []
