"""The one spelling under which names are stored and texts are scanned.

Case, accents, hyphens, apostrophes, line breaks and the dot of "St." make no difference to a name. All but a few
characters change one for one, so that offsets stay; the few that vanish are remembered (`FoldedText`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_SPACES = "\t\n\v\f\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_HYPHENS = "-\u2010\u2011"
_APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u02b9\u02be\u02bf`\u00b4\u2032"
# letters that Unicode does not decompose and that romanisations write plain
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ß": "s", "þ": "t", "ə": "a", "ŋ": "n"}


class _FoldingTable(dict[int, int | str]):
    """Maps a code point to the one that stands for it; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        folded = _fold_character(chr(code))
        self[code] = ord(folded)
        return self[code]  # type: ignore[return-value]  # only numbers are stored


def _fold_character(character: str) -> str:
    if character in _SPACES or character in _HYPHENS:
        return " "
    if character in _APOSTROPHES:
        return "'"
    lower = character.lower()[0]
    lower = _PLAIN.get(lower, lower)
    if "\u1100" <= lower <= "\u11ff" or "\uac00" <= lower <= "\ud7a3":  # Hangul syllables would fall apart
        return lower
    return unicodedata.normalize("NFD", lower)[0]


_TABLE = _FoldingTable()
# what vanishes: an apostrophe inside a word unless it begins a possessive, combining marks and invisible joiners,
# the dot of St., Ste., Mt. and Ft. before a name
_VANISHING = re.compile(
    r"(?<=\w)['\u2019\u2018\u02bc\u02bb\u02b9\u02be\u02bf`\u00b4\u2032](?=\w)(?![sS]\b)"
    r"|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\u02bb\u02bc\u02be\u02bf]"
    r"|(?<=\b[SM]t)\.(?= )|(?<=\bFt)\.(?= )|(?<=\bSte)\.(?= )"
)
_MAY_VANISH = re.compile(
    r"['\u2019\u2018\u02b9-\u02bf`\u00b4\u2032\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|[tTe]\. "
)
_LEADING_APOSTROPHES = re.compile(rf"(?<!\w)[{_APOSTROPHES}]+(?=\w)|(?<=\w)[{_APOSTROPHES}]+(?!\w)")
_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in the gazetteer's spelling, and where its characters stood."""

    text: str
    removed: list[int]
    """For each character that vanished, in order: the folded offset at which it would have stood."""

    def original(self, offset: int) -> int:
        """Return the offset in the original text of a folded one; a mark that vanished counts to what stands before."""
        return offset + bisect_right(self.removed, offset) if self.removed else offset


def fold_text(text: str) -> FoldedText:
    """Fold a running text; cost is linear in its length."""
    if not _MAY_VANISH.search(text):
        return FoldedText(text.translate(_TABLE), [])
    spans = [match.start() for match in _VANISHING.finditer(text)]
    if not spans:
        return FoldedText(text.translate(_TABLE), [])
    removed = [position - count for count, position in enumerate(spans)]
    return FoldedText(_VANISHING.sub("", text).translate(_TABLE), removed)


def fold_name(name: str) -> str:
    """Fold a name on its own: as `fold_text`, with blanks collapsed and no apostrophes around its words."""
    folded = _VANISHING.sub("", name).translate(_TABLE)
    return _BLANKS.sub(" ", _LEADING_APOSTROPHES.sub("", folded)).strip()
