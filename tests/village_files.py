"""A small gazetteer with villages, compiled as the large one is."""

from pathlib import Path

from geomap.gazetteer.compilation.assembly import write_gazetteer
from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.placing import Settlement, Site
from geomap.gazetteer.compilation.villages import add_village
from geomap.gazetteer.index import Gazetteer

LEXICON = {"rose": (5, 0, 0), "luis": (0, 9, 0)}
SITES = {"sumy": Site((51.15, 34.31), 18.0, 0), "puno": Site((-15.84, -70.02), 20.0, 0)}


def make_gazetteer(folder: Path) -> Gazetteer:
    """Ukraine with Sumy Oblast and its towns, Peru with Puno, a well-known Paris, and villages around them."""
    draft = Draft()
    for number, name, latitude, longitude, code, country, unit, population in (
        (1, "Ukraine", 49.0, 32.0, "PCLI", "UA", "", 40_000_000),
        (2, "Peru", -10.0, -75.0, "PCLI", "PE", "", 30_000_000),
        (3, "Sumy Oblast", 51.0, 34.0, "ADM1", "UA", "UA.21", 1_000_000),
        (4, "Bilopillia", 51.15, 34.31, "PPL", "UA", "UA.21", 16_000),
        (5, "Puno", -15.84, -70.02, "PPL", "PE", "PE.21", 120_000),
        (6, "Paris", 48.85, 2.35, "PPLC", "FR", "FR.11", 2_000_000),
        (7, "Lebedyn", 50.58, 34.48, "PPL", "UA", "UA.21", 25_000),
    ):
        feature_class = "P" if code.startswith("P") and code != "PCLI" else "A"
        draft.add(
            DraftPlace(
                name, latitude, longitude, feature_class, code, country, unit, population, 10.0, geonameid=number
            )
        )
    draft.places["geonames:4"].add_name("Білопілля", NameKind.ALTERNATE)
    villages = (
        (11, "Ulanove", "UA", "UA.21", "sumy", None),
        (12, "Lebedyn", "UA", "UA.21", "sumy", None),
        (13, "Rose", "UA", "UA.21", "sumy", None),
        (14, "Paris", "PE", "PE.21", "puno", (-15.9, -70.1)),
        (15, "Ulanove", "PE", "PE.21", "puno", None),
        (16, "Luis Banchero", "PE", "PE.21", "puno", None),
        (17, "Kalashnikov", "UA", "UA.21", "sumy", None),
    )
    for number, name, country, unit, site, point in villages:
        one = Settlement((name,), (name.lower(),), unit, (site,), point=point)
        add_village(draft, one, SITES, country_code=country, number=number, source="register")
    write_gazetteer(draft, LEXICON, {"kalashnikov"}, folder / "small.gazetteer")
    return Gazetteer(folder / "small.gazetteer")
