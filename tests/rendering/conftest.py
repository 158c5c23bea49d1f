"""Reports made up for the map: several places, an unresolved name, indirect mentions, a displaced point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from made_up import BAMAKO, KHARKIV, KYIV, MALI, NEAR_SUMY, PARIS, PARIS_TEXAS, SAO_TOME, SUMY, UKRAINE, parse

from geomap.model import Anchor, Candidate, Mention, ParsedReport, Place, Report
from geomap.rendering.labels import Label
from geomap.rendering.page import write_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


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
                "Ukraine said": {"place": UKRAINE, "usage": "associative", "usage_probability": 0.03},
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


@pytest.fixture
def trouble() -> Iterator[list[str]]:
    """Collect requests, console messages and errors of opened pages; a test passes only where there were none."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_file(browser: Browser, trouble: list[str]) -> Iterator[Open]:
    """Open a map from disk without a network, as a reader with these settings does."""
    contexts = []

    def open_path(path: Path, fragment: str = "", *, width: int = 1280, height: int = 800, **settings: Any) -> Page:
        # without motion a test need not wait for what passes by, and a busy machine keeps up
        settings = {"color_scheme": "light", "locale": "en-GB", "reduced_motion": "reduce"} | settings
        context = browser.new_context(offline=True, viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: trouble.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: _is_allowed(request.url, path) or trouble.append(f"request: {request.url}"))
        page.goto(path.as_uri() + fragment)
        page.locator("[data-ready]").wait_for()
        return page

    yield open_path
    for context in contexts:
        context.close()


def _is_allowed(address: str, path: Path) -> bool:
    """Tell whether the page asked for itself or the texts beside it, or offered a file that it made."""
    beside = path.as_uri().removesuffix(".html") + "_texts/"
    return address.split("#")[0] == path.as_uri() or address.startswith(("blob:", beside))


@pytest.fixture(scope="session")
def analysts_reports() -> list[ParsedReport]:
    """Return 33 reports of three months: sources, a displaced and a doubtful place, Arabic, no date, no place."""
    courier = {"source": "The Made-up Courier", "title": "Strikes on Kharkiv"}
    strikes = (
        "Strikes on Kharkiv\n\nAir raid sirens sounded in Kharkiv at dusk. Crews worked all night in Kharkiv. "
        "Trains to Sumy ran late. Nobody was hurt. The power came back at noon. In the evening an orchestra played."
    )
    convoy = "A convoy stopped 30 km south of Sumy. Its drivers had come from Kharkiv."
    calm = "Ukraine said that Kharkiv was calm. Ukrainian crews repaired the line. Nobody knew where Zarichkove lay."
    fair = "The fair in Paris opened late. =SUM(1) was on every price tag, visitors from São Tomé said."
    arabic = "وصلت المساعدات إلى باماكو صباح اليوم."
    doubt = {
        "place": PARIS_TEXAS,
        "confidence": 0.4,
        "alternatives": (Candidate(PARIS, 0.35),),
        "evidence": ("Texas is named nearby",),
    }
    briefs = [
        parse(
            Report(
                f"brief/{number:02}.txt",
                f"Brief item {number:02} came from Kyiv.",
                source="Brief Wire",
                date=f"2025-05-{number:02}",
            ),
            {"Kyiv": {"place": KYIV, "confidence": 0.7 if number < 3 else 0.95}},
        )
        for number in range(1, 26)
    ]
    return [
        parse(
            Report(
                "courier/strikes.txt",
                strikes,
                date="2025-03-03T18:30:00",
                url="https://example.org/strikes?a=1&b=2",
                **courier,
            ),
            {"Kharkiv": {"place": KHARKIV}, "Sumy": {"place": SUMY}},
        ),
        parse(
            Report("courier/convoy.txt", convoy, "A convoy", courier["source"], "2025-03-05"),
            {
                "30 km south of Sumy": {"place": NEAR_SUMY, "anchor": Anchor(SUMY.place_id, 30.0, 180.0)},
                "Kharkiv": {"place": KHARKIV},
            },
        ),
        parse(
            Report("daily/calm.txt", calm, "A calm morning", "Daily Invention", "2025-03-20"),
            {
                "Ukraine said": {"place": UKRAINE, "usage": "associative", "usage_probability": 0.03},
                "Kharkiv": {"place": KHARKIV},
                "Ukrainian": {"place": UKRAINE, "kind": "demonym"},
                "Zarichkove": {"confidence": 0.0},
            },
        ),
        parse(
            Report("daily/fair.txt", fair, "A fair", "Daily Invention", "2025-04-11"),
            {"Paris": doubt, "São Tomé": {"place": SAO_TOME}},
        ),
        parse(Report("noor/bamako.txt", arabic, arabic[:20], "النور", "2025-04-15"), {"باماكو": {"place": BAMAKO}}),
        parse(Report("undated.txt", "Traders in Mali waited for rain.", "Rain"), {"Mali": {"place": MALI}}),
        parse(Report("nowhere.txt", "Nothing happened anywhere.", "Nothing", "Daily Invention", "2025-04-20"), {}),
        parse(Report("again.txt", "Sumy waited.", "Sumy again", "The Made-up Courier"), {"Sumy": {"place": SUMY}}),
        *briefs,
    ]


@pytest.fixture(scope="session")
def analysts_map(analysts_reports: list[ParsedReport], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one map that the tests of the workbench open."""
    path = tmp_path_factory.mktemp("maps") / "map.html"
    write_map(
        analysts_reports, path, title="Made-up reports", labels=[Label("Ukraine", 49.0, 32.0, 44_000_000, "country")]
    )
    return path
