"""Text comes out right whatever encoding a report was saved in, also when it is short."""

# ruff: noqa: E501 - one case a row, as in a table

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from geomap.reports.encoding import decode, find_file_encoding

ENGLISH = "Officials in Kharkiv said the “ceasefire” didn’t hold – and that £3 million is needed."
FRENCH = "Le maire de Besançon a déclaré que la forêt brûlait près de l’hôpital."
GERMAN = "Zwei Brücken über die Donau bei Györ wurden für größere Fahrzeuge gesperrt."
RUSSIAN = "Жители Харькова сообщили о взрывах в ночь на воскресенье, пострадавших нет."
SHORT_RUSSIAN = "Взрывы в Киеве"
SHOUTED = "ВЗРЫВЫ В ХАРЬКОВЕ"
UKRAINIAN = "У Києві та Запоріжжі оголосили повітряну тривогу, мешканців просять пройти в укриття."
MIXED = "Kyiv Post: the village of Бахмут (Bakhmut) and Костянтинівка were shelled on Sunday."
POLISH = (
    "Mieszkańcy Przemyśla i Łodzi przyjęli już ponad tysiąc osób, które uciekły z Ukrainy przed wojną. "
    "Władze miasta proszą o koce, żywność i środki czystości; zbiórka odbywa się także w Krakowie i Gdańsku."
)
ARABIC = "قالت مصادر محلية إن القصف استهدف مدينة إدلب وبلدات في ريف حلب الشمالي صباح اليوم الأحد"
GREEK = "Σεισμός σημειώθηκε στην Κρήτη το πρωί της Κυριακής, δεν υπάρχουν πληροφορίες για τραυματίες."

ENCODED = [
    *((text, "utf-8") for text in (ENGLISH, RUSSIAN, POLISH, ARABIC, GREEK, "Kyiv", "Kyiv \N{WAVING WHITE FLAG} e\N{COMBINING ACUTE ACCENT}")),
    *((text, "utf-16-le") for text in (ENGLISH, RUSSIAN, ARABIC, SHORT_RUSSIAN, "Shells fell near Sumy.\r\n")),
    *((text, "utf-16-be") for text in (ENGLISH, RUSSIAN, ARABIC, SHORT_RUSSIAN)),
    *((text, "utf-32-le") for text in (ENGLISH, RUSSIAN)),
    *((text, "cp1251") for text in (RUSSIAN, UKRAINIAN, SHORT_RUSSIAN, SHOUTED, MIXED)),
    *((text, "koi8_r") for text in (RUSSIAN, SHORT_RUSSIAN, SHOUTED)),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "iso8859_5"),
    *((text, "cp1252") for text in (ENGLISH, FRENCH, GERMAN)),
    (POLISH, "cp1250"),
    (ARABIC, "cp1256"),
    (GREEK, "cp1253"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_text_survives_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_mark_is_taken_off_and_newlines_stay(encoding: str) -> None:
    assert decode("Sumy\r\nІрпінь\n".encode(encoding)) == "Sumy\r\nІрпінь\n"


def test_the_mark_of_the_other_byte_order() -> None:
    assert decode(codecs.BOM_UTF16_BE + "Ірпінь".encode("utf-16-be")) == "Ірпінь"


def test_a_few_broken_bytes_do_not_turn_utf8_into_mojibake() -> None:
    data = (UKRAINIAN * 3).encode()
    assert decode(data[:-1]).startswith(UKRAINIAN)
    broken = data[:20] + b"\xff" + data[20:]
    assert decode(broken).replace("\ufffd", "").endswith(UKRAINIAN)


def test_one_curly_quote_of_windows_in_plain_english() -> None:
    assert decode(b"Kharkiv didn\x92t fall.") == "Kharkiv didn’t fall."


def test_what_a_page_declares_counts_where_it_is_not_utf8() -> None:
    assert decode("Łódź".encode("iso8859_2"), declared="iso-8859-2") == "Łódź"
    assert decode("Łódź".encode(), declared="iso-8859-2") == "Łódź"
    assert decode("Kyiv é".encode("cp1252"), declared="base64") == "Kyiv é"


def test_a_large_file_is_judged_where_it_stops_being_ascii(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"text\n" + b"Sumy was calm.\n" * 200_000 + RUSSIAN.encode("cp1251"))
    assert find_file_encoding(path) == "cp1251"
    path.write_bytes(b"text\n" + b"Sumy was calm.\n" * 200_000 + RUSSIAN.encode())
    assert find_file_encoding(path) == "utf-8"
