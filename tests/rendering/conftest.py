"""Reports made up for the map: several places, an unresolved name, indirect mentions, a displaced point."""

from __future__ import annotations

import re
from typing import Any

import pytest

from geomap.model import Anchor, Mention, ParsedReport, Place, Report
from geomap.rendering.label import Label

KHARKIV = Place(
    "geonames:706483", "Kharkiv", 49.98177, 36.25475, 706483, "UA", "Kharkiv", "UA.07", "P", "PPLA", 1433886
)
SUMY = Place("geonames:692194", "Sumy", 50.9216, 34.80029, 692194, "UA", "Sumy", "UA.21", "P", "PPLA", 294456)
UKRAINE = Place("geonames:690791", "Ukraine", 49.0, 32.0, 690791, "UA", "", "", "A", "PCLI", 44622516, 500.0)
MALI = Place("geonames:2453866", "Mali", 18.0, -2.0, 2453866, "ML", "", "", "A", "PCLI", 19077690, 700.0)
NEAR_SUMY = Place("geonames:692194", "Sumy", 50.65, 34.8, 692194, "UA", "Sumy", "UA.21", "P", "PPLA", 294456)


def parse(report: Report, names: dict[str, dict[str, Any]]) -> ParsedReport:
    """Return the report with a mention wherever one of the names stands."""
    mentions = [
        Mention(found.start(), found.end(), name, **({"confidence": 0.9} | values))
        for name, values in names.items()
        for found in re.finditer(re.escape(name), report.text)
    ]
    return ParsedReport(report, tuple(sorted(mentions, key=lambda mention: mention.start)))


@pytest.fixture
def parsed_reports() -> list[ParsedReport]:
    """Return 3 reports with 5 places (one of them displaced), 9 resolved mentions (2 indirect), 1 unresolved name."""
    evening = Report(
        "evening.txt",
        "Strikes on Kharkiv\n\n🚨 Air raid sirens sounded in Kharkiv at dusk. Two people were hurt, said "
        "Gen. Ivan Test. "
        "Crews worked all night in Kharkiv. Nobody knew where Zarichkove lay. Trains to Sumy ran late.",
        title="Strikes on Kharkiv",
        source="The Made-up Courier",
        date="2025-05-25T18:30:00",
        url="https://example.org/strikes?a=1&b=2",
    )
    morning = Report(
        "morning.txt",
        "Ukraine said on Sunday that Kharkiv was calm. A convoy stopped 30 km south of Sumy. "
        "Ukrainian crews repaired the line.",
        title="A calm morning",
        source="Daily Invention",
        date="2025-05-24",
    )
    undated = Report("undated.txt", "Traders in Mali waited for rain.", title="Rain")
    return [
        parse(
            evening,
            {
                "Kharkiv": {"place": KHARKIV},
                "Sumy": {"place": SUMY, "confidence": 0.4},
                "Zarichkove": {"confidence": 0.0},
            },
        ),
        parse(
            morning,
            {
                "Ukraine said": {"place": UKRAINE, "usage": "associative"},
                "Kharkiv": {"place": KHARKIV},
                "30 km south of Sumy": {"place": NEAR_SUMY, "anchor": Anchor(SUMY.place_id, 30.0, 180.0)},
                "Ukrainian": {"place": UKRAINE, "kind": "demonym"},
            },
        ),
        parse(undated, {"Mali": {"place": MALI}}),
    ]


@pytest.fixture
def labels() -> list[Label]:
    """Return a few names for the base map."""
    return [Label("Ukraine", 49.0, 32.0, 44_000_000, "country"), Label("Poltava", 49.58, 34.55, 317_998)]


HOSTILE = (
    "${alert(1)}",
    "</script><script>document.title='broken'</script>",
    "`+alert(1)+`",
    "<img src=x onerror=\"document.title='broken'\">",
    "\\2 {{ 7*7 }} <!-- <script>",
    "\ud800 lone \u2028 \x00 {% raw %}",
)


@pytest.fixture
def hostile_reports() -> list[ParsedReport]:
    """Return reports whose every field holds what would run if it were taken for code or markup."""
    return [_hostile_report(number, text) for number, text in enumerate(HOSTILE)]


def _hostile_report(number: int, attack: str) -> ParsedReport:
    text = f"Before {attack} after. Unknown {attack} too."
    place = Place(
        f"user:{attack}", f"Place {attack}", 10.0 + 5 * number, 20.0, None, attack[:2], attack, attack, "P", attack
    )
    first = text.index(attack)
    second = text.index(attack, first + 1)
    mentions = (
        Mention(first, first + len(attack), attack, place=place, confidence=0.9),
        Mention(second, second + len(attack), attack),
    )
    report = Report(f"{number} {attack}", text, attack, attack, attack, f"javascript:{attack}", attack, attack)
    return ParsedReport(report, mentions)
