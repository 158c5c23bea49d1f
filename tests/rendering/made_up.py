"""Places that made-up reports name, and the reports that name them."""

from __future__ import annotations

import re
from typing import Any

from geomap.model import Mention, ParsedReport, Place, Report

KHARKIV = Place(
    "geonames:706483", "Kharkiv", 49.98177, 36.25475, 706483, "UA", "Kharkiv", "UA.07", "P", "PPLA", 1433886
)
SUMY = Place("geonames:692194", "Sumy", 50.9216, 34.80029, 692194, "UA", "Sumy", "UA.21", "P", "PPLA", 294456)
UKRAINE = Place("geonames:690791", "Ukraine", 49.0, 32.0, 690791, "UA", "", "", "A", "PCLI", 44622516, 500.0)
MALI = Place("geonames:2453866", "Mali", 18.0, -2.0, 2453866, "ML", "", "", "A", "PCLI", 19077690, 700.0)
NEAR_SUMY = Place("geonames:692194", "Sumy", 50.65, 34.8, 692194, "UA", "Sumy", "UA.21", "P", "PPLA", 294456)
KYIV = Place("geonames:703448", "Kyiv", 50.45466, 30.5238, 703448, "UA", "Kyiv City", "UA.12", "P", "PPLC", 2797553)
BAMAKO = Place("geonames:2460596", "Bamako", 12.65, -8.0, 2460596, "ML", "Bamako", "ML.01", "P", "PPLC", 1297281)
PARIS_TEXAS = Place("geonames:4717560", "Paris", 33.66094, -95.55551, 4717560, "US", "Texas", "US.TX", "P", "PPLA2")
PARIS = Place("geonames:2988507", "Paris", 48.85341, 2.3488, 2988507, "FR", "Île-de-France", "FR.11", "P", "PPLC")
SAO_TOME = Place("geonames:2410763", "São Tomé", 0.33654, 6.72732, 2410763, "ST", "", "", "P", "PPLC", 53300)


def parse(report: Report, names: dict[str, dict[str, Any]]) -> ParsedReport:
    """Return the report with a mention wherever one of the names stands."""
    mentions = [
        Mention(found.start(), found.end(), name, **({"confidence": 0.9} | values))
        for name, values in names.items()
        for found in re.finditer(re.escape(name), report.text)
    ]
    return ParsedReport(report, tuple(sorted(mentions, key=lambda mention: mention.start)))
