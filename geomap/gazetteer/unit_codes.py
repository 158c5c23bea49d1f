"""The codes that people and post offices write for first-level units: "IL", "ON", "NSW"."""

from __future__ import annotations

from typing import Final

# GeoNames has the codes of the United States as they are, and numbers for those of other countries
_NUMBERS: Final = {
    "CA": {
        "AB": "01", "BC": "02", "MB": "03", "NB": "04", "NL": "05", "NS": "07", "ON": "08", "PE": "09", "QC": "10",
        "SK": "11", "YT": "12", "NT": "13", "NU": "14",
    },
    "AU": {"ACT": "01", "NSW": "02", "NT": "03", "QLD": "04", "SA": "05", "TAS": "06", "VIC": "07", "WA": "08"},
    "BR": {
        "AC": "01", "AL": "02", "AP": "03", "AM": "04", "BA": "05", "CE": "06", "DF": "07", "ES": "08", "MS": "11",
        "MA": "13", "MT": "14", "MG": "15", "PA": "16", "PB": "17", "PR": "18", "PI": "20", "RJ": "21", "RN": "22",
        "RS": "23", "RO": "24", "RR": "25", "SC": "26", "SP": "27", "SE": "28", "GO": "29", "PE": "30", "TO": "31",
    },
    "IN": {
        "AP": "02", "AS": "03", "CH": "05", "DL": "07", "GJ": "09", "HR": "10", "HP": "11", "JK": "12", "KL": "13",
        "MH": "16", "MN": "17", "ML": "18", "KA": "19", "NL": "20", "OD": "21", "PY": "22", "PB": "23", "RJ": "24",
        "TN": "25", "TR": "26", "WB": "28", "SK": "29", "AR": "30", "MZ": "31", "GA": "33", "BR": "34", "MP": "35",
        "UP": "36", "CG": "37", "JH": "38", "TG": "40", "TS": "40", "LA": "41",
    },
}  # fmt: skip


def list_units(code: str) -> list[str]:
    """Return the first-level units that a code in capitals may stand for, as GeoNames writes them: "CA.08" for "ON"."""
    others = (f"{country}.{numbers[code]}" for country, numbers in _NUMBERS.items() if code in numbers)
    return [f"US.{code}", *others]
