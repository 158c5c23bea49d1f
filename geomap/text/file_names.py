"""Names of files as valid text on one line, whatever their bytes: for report ids, messages, exports and the map.

A name may hold line ends, tabs, other controls, and on Linux bytes that are no UTF-8. These are written as ``\\x0a``,
``\\xe9`` (a control or a byte) and ``\\u2028`` (any other code point). Only a name that holds such a character, or what
could be taken for its escape, has its backslashes doubled: every other name stays as it is, and no two become equal.
"""

from __future__ import annotations

import os
import re

_UNFIT = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:x(?:[01][0-9a-f]|7f|[89a-f][0-9a-f])|u(?:00[89][0-9a-f]|202[89]|d[89a-f][0-9a-f]{2}))")
_BYTES = range(0xDC80, 0xDD00)  # how Python holds the bytes 0x80 to 0xff of a name that is no UTF-8


def spell_name(name: str) -> str:
    """Return the name of a file or folder as valid text on one line."""
    if _UNFIT.search(name) or _ESCAPE.search(name):
        return _UNFIT.sub(_escape, name.replace("\\", r"\\"))
    return name


def spell_path(path: str | os.PathLike[str]) -> str:
    """Return a path as the system writes it, each of its names spelled as by `spell_name`."""
    names = os.fspath(path).split(os.sep)  # noqa: PTH206 -- as it was given: pathlib would drop a leading "./"
    return os.sep.join(map(spell_name, names))  # noqa: PTH118 -- likewise


def spell_posix(path: str) -> str:
    """Return a path in POSIX form, each of its names spelled as by `spell_name`."""
    return "/".join(map(spell_name, path.split("/")))


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x80 or code in _BYTES:
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}"
