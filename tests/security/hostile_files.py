"""Files and folders that were made to hurt."""

# ruff: noqa: E501 - one file a row

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path


def make_sparse(path: Path, head: bytes, size: int) -> None:
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)


def zip_of(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def overlapping_zip(count: int, size: int) -> bytes:
    """Return an archive of one packed text that the directory lists again and again: small, and gigabytes unpacked."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = b"Kharkiv. " * (size // 9)
    body = packed.compress(text) + packed.flush()
    name = b"a.txt"
    local = (
        struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, zlib.crc32(text), len(body), len(text), len(name), 0)
        + name
        + body
    )
    entries = b""
    for number in range(count):
        label = b"%d.txt" % number
        entries += (
            struct.pack(
                "<IHHHHHHIIIHHHHHII",
                0x02014B50,
                20,
                20,
                0,
                8,
                0,
                0,
                zlib.crc32(text),
                len(body),
                len(text),
                len(label),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + label
        )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + end


def nested_bomb(levels: int) -> bytes:
    data = b"\0" * 60_000_000
    for level in range(levels):
        data = zip_of({f"{level}-{number}{'.zip' if level else '.txt'}": data for number in range(4 if level else 1)})
    return data


def nested_aliases() -> bytes:
    """Return front matter of which each line lists the one before nine times: half a kilobyte, and 9 ** 12 values."""
    names = "abcdefghijklm"
    lines = (f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]" for before, name in pairwise(names))
    return "\n".join(["---", "a: &a [x]", *lines, "date: *m", "---", "Calm in Kharkiv."]).encode()


def write_hostile_files(folder: Path, huge: int) -> dict[str, str]:
    """Write files that were made to hurt; return for each name a part of the line that has to tell of it."""
    deep = "[" * 200_000
    texts: dict[str, tuple[bytes, str]] = {
        "deep.json": (deep.encode(), "nested too deeply"),
        "deep-object.json": (b'{"a":' * 200_000, "nested too deeply"),
        "deep.jsonl": (deep.encode(), "nested too deeply"),
        "number.json": (b'[{"text": ' + b"9" * 100_000 + b"}]", "number too long"),
        "endless.jsonl": (b'{"text": "' + b"x" * 12_000_000, "larger than 10 MB"),
        "endless.csv": (b"id,text\n1," + b"x" * 12_000_000, "larger than 10 MB"),
        "open.csv": (b'id,text\n1,"' + b"x\n" * 100_000, "never closed"),
        "laughs.rss": (
            b'<!DOCTYPE x [<!ENTITY a "ha">'
            + b"".join(
                b'<!ENTITY %c "%s">' % (after, b"&%c;" % before * 10)
                for before, after in zip(b"abcdefgh", b"bcdefghi", strict=True)
            )
            + b"]><rss>&i;</rss>",
            "laughs.rss",
        ),
        "overlapping.zip": (overlapping_zip(300, 900_000), "is damaged"),
        "nested.zip": (nested_bomb(4), "nested.zip"),
        "binary.txt": (bytes(range(256)) * 4_000, "is not text"),
        "empty.txt": (b"", "is empty"),
        "blank.md": (b" \n" * 1_000_000, "is empty"),
        "page.html": (b"<div>" * 300_000, "page.html"),
        "loop.pdf": (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>",
            "loop.pdf",
        ),
        "yaml.md": (b"---\n" + b"a: &a [*a,*a]\n" * 500 + b"---\nCalm in Kharkiv.", "has a YAML anchor"),
        "aliases.md": (nested_aliases(), "has a YAML anchor"),
        "aliases.docx": (
            zip_of({"word/document.xml": b"<w><t>%s</t></w>" % nested_aliases().replace(b"&", b"&amp;")}),
            "has a YAML anchor",
        ),
        "escape.md": (b'---\ntitle: "\\UFFFFFFFF"\n---\nCalm in Kharkiv.', ""),
        "dates.jsonl": (b'{"text": "Calm.", "date": [' + b"[]," * 2_500_000 + b"[]]}", ""),
        "values.json": (b'[{"text": "Calm.", "x": [' + b"[]," * 20_000_000 + b"[]]}]", "more than 5,000,000 values"),
        "keys.json": (b'{"a\\nfailed: reports/forged.txt": 1}', "keys found: a failed: reports"),
        "columns.csv": (
            b"text,date," + b",".join(b"c%d" % each for each in range(1_000_000)) + b"\n" + b"Calm.,2025\n" * 900,
            "duplicate",
        ),
    }
    for name, (data, _) in texts.items():
        (folder / name).write_bytes(data)
    expected = {name: part for name, (_, part) in texts.items() if part}
    for ending, head in (
        (".txt", b""),
        (".html", b"<p>"),
        (".csv", b"id,text\n"),
        (".jsonl", b""),
        (".json", b"["),
        (".pdf", b"%PDF-1.7\n"),
        (".docx", b"PK\3\4"),
        (".eml", b"Subject: x\n\n"),
        (".rss", b"<rss>"),
        (".zip", b"PK\3\4"),
    ):
        make_sparse(folder / f"huge{ending}", head, huge)
        expected[f"huge{ending}"] = f"huge{ending}"
    return expected


def write_special_files(folder: Path, outside: Path) -> dict[str, str]:
    outside.write_text("SECRET of Kirkuk")
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "up").symlink_to(folder.parent)
    (folder / "line\nend.txt").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).touch()
    lines = {
        "pipe.txt": "not a regular file",
        "out.txt": "leads out",
        "gone.txt": "link to nothing",
        "zero.txt": "leads out",
    }
    return lines | {"ring.txt": "cannot be read", r"line\x0aend.txt": "is empty", r"\xff\xfe.txt": "is empty"}
