"""A ZIP archive is read in place as a folder would be, within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from document_files import BODY_TEXT, email_file, feed_file, pdf_file, word_file, zip_file

from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports import SourceFile, read_file

CALM = b"Calm in Sumy."


def read(path: Path, data: bytes) -> list[Report | ReportError]:
    path.write_bytes(data)
    return list(read_file(SourceFile(path, path.name)))


def reports_of(found: list[Report | ReportError]) -> list[Report]:
    return [each for each in found if isinstance(each, Report)]


def reasons_of(found: list[Report | ReportError]) -> list[str]:
    errors = [each for each in found if isinstance(each, ReportError)]
    assert all(len(str(error).splitlines()) == 1 for error in errors)
    return [error.reason for error in errors]


def test_an_archive_of_every_format(tmp_path: Path) -> None:
    members = {
        "notes/a.txt": b"KYIV, May 3, 2025 (AP) - Calm in Sumy.",
        "b.csv": b"id,text\n1,Calm in Sumy.\n2,Calm in Lviv.\n",
        "c.json": b'[{"id": "x", "text": "Calm in Sumy."}]',
        "d.jsonl": b'{"id": "y", "text": "Calm in Sumy."}\n',
        "e.html": b"<p>Calm in Sumy.</p>",
        "f.pdf": pdf_file(BODY_TEXT),
        "g.docx": word_file(BODY_TEXT),
        "h.eml": email_file(BODY_TEXT),
        "i.rss": feed_file("rss", "Calm in Sumy."),
        "j.zip": zip_file({"deep/k.txt": CALM}),
        "photo.jpg": b"\xff\xd8\xff",
        ".hidden.txt": CALM,
        "__MACOSX/notes/._a.txt": CALM,
    }
    found = read(tmp_path / "all.zip", zip_file(members))
    assert reasons_of(found) == []
    assert [each.id.removeprefix("all.zip#") for each in reports_of(found)] == [
        *("notes/a.txt", "b.csv#1", "b.csv#2", "c.json#x", "d.jsonl#y", "e.html", "f.pdf", "g.docx", "h.eml"),
        *("i.rss#https://steppe.example/1", "j.zip#deep/k.txt"),
    ]
    assert (reports_of(found)[0].date, reports_of(found)[0].source) == ("2025-05-03", "AP")
    assert all("Sumy" in each.text or "Lviv" in each.text or "Kakhovka" in each.text for each in reports_of(found))
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


def test_a_member_that_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    members = {"a.txt": b"", "b.jsonl": b'{"text": "Calm in Sumy."}\nnonsense\n', "c.pdf": b"x", "d.txt": CALM}
    found = read(tmp_path / "a.zip", zip_file(members))
    assert len(reports_of(found)) == 2
    empty, broken, other = reasons_of(found)
    assert empty == "a.txt: is empty"
    assert broken.startswith("b.jsonl, line 2: is not valid JSON")
    assert other.startswith("c.pdf: is no PDF")


def test_names_are_labels_only(tmp_path: Path) -> None:
    names = ["../../etc/a.txt", "/root/b.txt", "c\nd.txt", "C:\\x\\e.txt"]
    found = read(tmp_path / "a.zip", zip_file(dict.fromkeys(names, CALM)))
    assert [each.id for each in reports_of(found)] == [
        "a.zip#../../etc/a.txt", "a.zip#/root/b.txt", "a.zip#c\\x0ad.txt", "a.zip#C:/x/e.txt",
    ]  # fmt: skip
    assert reasons_of(found) == []


def test_names_that_old_programs_wrote_in_their_own_encoding(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("X" * 18 + ".txt", CALM)
    data = stream.getvalue().replace(b"X" * 18, "Нова Каховка, міст".encode("cp1251"))
    (report,) = read(tmp_path / "a.zip", data)
    assert isinstance(report, Report)
    assert report.id == "a.zip#Нова Каховка, міст.txt"


@pytest.mark.parametrize(
    ("names", "spelled"),
    [
        ((b"\xff\xfe\xfd.txt", b"\xff\xfe\xfc.txt"), [r"\xff\xfe\xfd.txt", r"\xff\xfe\xfc.txt"]),
        ((b"tab\tone.txt", b"tab\none.txt"), [r"tab\x09one.txt", r"tab\x0aone.txt"]),
        ((b"100%.txt", b"a%20b.txt"), ["100%.txt", "a%20b.txt"]),
    ],
)
def test_no_name_of_a_member_costs_another(names: tuple[bytes, ...], spelled: list[str], tmp_path: Path) -> None:
    data = zip_file({f"{number:d}" * len(name): CALM for number, name in enumerate(names)})
    for number, name in enumerate(names):
        data = data.replace(b"%d" % number * len(name), name)
    found = read(tmp_path / "a.zip", data)
    assert [each.id for each in reports_of(found)] == [f"a.zip#{name}" for name in spelled]
    assert reasons_of(found) == []


def test_a_name_that_is_wrongly_marked_as_utf8_costs_no_member(tmp_path: Path) -> None:
    names = {"кафе.txt": "кафе.txt".encode(), "café.txt": b"caf\xe9\xe9.txt", "good.txt": b"good.txt"}
    data = zip_file(dict.fromkeys(names, CALM))  # all but the last are marked
    for name, written in names.items():
        data = data.replace(name.encode(), written)
    found = read(tmp_path / "a.zip", data)
    assert [each.id for each in reports_of(found)] == ["a.zip#кафе.txt", "a.zip#caféé.txt", "a.zip#good.txt"]
    assert reasons_of(found) == []


def test_two_members_of_one_name_are_said(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", CALM)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", b"Calm in Lviv.")
    found = read(tmp_path / "a.zip", stream.getvalue())
    assert len(reports_of(found)) == 1
    assert reasons_of(found) == ["a.txt: is a second file of this name; give each a name of its own"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no sound archive"),
        (b"hello", "is no sound archive"),
        (zip_file({"a.txt": CALM})[:-30], "is no sound archive"),
        (zip_file({}), "holds no file that geomap reads"),
        (zip_file({"a.jpg": b"x"}), "holds no file that geomap reads"),
    ],
    ids=["empty", "other", "truncated", "no members", "no reports"],
)
def test_an_archive_that_cannot_be_read_is_one_clear_line(data: bytes, reason: str, tmp_path: Path) -> None:
    (found,) = reasons_of(read(tmp_path / "a.zip", data))
    assert reason in found


def test_encrypted_damaged_and_rare_members_are_said(tmp_path: Path) -> None:
    data = bytearray(zip_file({"a.txt": CALM * 9, "b.txt": CALM * 9, "c.txt": CALM * 9}))
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    struct.pack_into("<H", data, entries[0] + 8, 1)  # the flag of encryption
    struct.pack_into("<H", data, entries[1] + 10, 9)  # the method Deflate64
    third = data.index(b"c.txt") + 5
    data[third : third + 8] = b"\xff" * 8
    encrypted, rare, damaged = reasons_of(read(tmp_path / "a.zip", bytes(data)))
    assert encrypted == "a.txt: is encrypted; unpack it with its password"
    assert rare.startswith("b.txt: is packed by a rare method")
    assert damaged.startswith("c.txt: is damaged")


def test_a_bomb_is_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    members = {"bomb.csv": b"text\n" + b"a" * 50_000_000, "lines.jsonl": b"\n" * 50_000_000, "good.txt": CALM}
    found = read(tmp_path / "a.zip", zip_file(members))
    assert [each.id for each in reports_of(found)] == ["a.zip#good.txt"]
    assert len(reasons_of(found)) == 2
    assert all("unpacks to more than 100 times its size" in reason for reason in reasons_of(found))


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    data = zip_file({"a.txt": CALM})
    for _ in range(5):
        data = zip_file({"inner.zip": data, "a.txt": CALM})
    found = read(tmp_path / "a.zip", data)
    assert len(reports_of(found)) == 3
    assert [reason for reason in reasons_of(found) if "levels deep" in reason]


def test_more_files_than_an_archive_may_hold(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(10_050):
            archive.writestr(f"{number}.jpg", b"")
        archive.writestr("late.txt", CALM)
    (reason,) = reasons_of(read(tmp_path / "a.zip", stream.getvalue()))
    assert "more than 10,000 files" in reason


def test_a_directory_that_would_fill_the_memory_is_not_even_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number:050000}.txt", b"")
    (reason,) = reasons_of(read(tmp_path / "a.zip", stream.getvalue()))
    assert "lists too many files for an archive" in reason
