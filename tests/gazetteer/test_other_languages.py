"""What places are called in twelve languages."""

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.compilation.draft import NameKind
from geomap.gazetteer.layout import row_of
from geomap.gazetteer.normalisation import fold_name

EVERYDAY = """
uk Німеччина Germany|uk США United States|uk СРСР Soviet Union|uk Сумщина Sumy Oblast|uk Чорне море Black Sea
ru РФ Russia|ru ОАЭ United Arab Emirates
ru Курская область Kursk Oblast|ru Каспийское море Caspian Sea|ru Лондон London
ar الولايات المتحدة United States|ar دارفور Darfur|ar البحر الأحمر Red Sea|ar القاهرة Cairo
ar بريطانيا United Kingdom
es EEUU United States|es Reino Unido United Kingdom|es Mar Negro Black Sea|es Londres London|es Nueva York New York
fr États-Unis United States|fr mer Noire Black Sea
fr Royaume-Uni United Kingdom|fr Pékin Beijing|fr Cisjordanie West Bank
de Großbritannien United Kingdom|de Nordsee North Sea|de Vereinigte Staaten United States|de Westjordanland West Bank
pt Estados Unidos United States|pt Mar Negro Black Sea|pt Londres London|pt Coreia do Norte North Korea
tr Almanya Germany|tr Karadeniz Black Sea|tr Halep Aleppo|tr Birleşik Krallık United Kingdom|tr Mısır Egypt
pl Niemcy Germany|pl Morze Czarne Black Sea|pl Wielka Brytania United Kingdom|pl Kijów Kyiv|pl ZSRR Soviet Union
it Stati Uniti United States|it Mar Nero Black Sea|it Regno Unito United Kingdom|it Londra London|it Parigi Paris
fa آلمان Germany|fa خلیج فارس Persian Gulf|fa ایالات متحده United States|fa لندن London|fa دریای سیاه Black Sea
he גרמניה Germany|he הים השחור Black Sea|he ארצות הברית United States|he לונדון London|he הגדה המערבית West Bank
"""
ROWS = [row.strip() for line in EVERYDAY.strip().splitlines() for row in line.split("|")]


@pytest.mark.parametrize("row", ROWS)
def test_places_are_known_as_a_language_calls_them(row: str) -> None:
    language, rest = row.split(" ", 1)
    gazetteer = open_gazetteer()
    words = rest.split(" ")
    found = [
        gazetteer.languages(fold_name(name), match.row)
        for split in range(1, len(words))
        for name, place in [(" ".join(words[:split]), " ".join(words[split:]))]
        for match in gazetteer.matches(name)
        if place in {gazetteer.place(match.row).name, f"{gazetteer.place(match.row).name}, D.C."}
        or fold_name(place) in gazetteer.names_of(match.row)
    ]
    assert any(language in languages for languages in found), found


def test_a_usual_name_stays_with_its_place() -> None:
    gazetteer = open_gazetteer()
    for name, code in (("Mississippi", "ADM1"), ("Washington", "PPLC"), ("Palmyra", "PPL")):
        assert gazetteer.search(name, limit=1)[0].feature_code == code


def test_foreign_abbreviations_are_not_meant_by_bare_words() -> None:
    gazetteer = open_gazetteer()
    key = gazetteer.names["abd"]
    usa = next(match for match in gazetteer.matches("ABD") if gazetteer.place(match.row).name == "United States")
    assert usa.kind == NameKind.ABBREVIATION.name.lower()
    assert gazetteer.languages("abd", usa.row) == ("tr",)
    assert usa.row not in {row_of(posting) for posting in gazetteer.postings(key)}
