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
    if "\ud800" <= character <= "\udfff":  # half of a pair, as JSON may have: nothing that is UTF-8 knows it
        return "\ufffd"
    lower = character.lower()[0]
    lower = _PLAIN.get(lower, lower)
    if "\u1100" <= lower <= "\u11ff" or "\uac00" <= lower <= "\ud7a3":  # Hangul syllables would fall apart
        return lower
    return unicodedata.normalize("NFD", lower)[0]


_TABLE = _FoldingTable()
_ASCII = {code: _TABLE[code] for code in range(128)}
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# What vanishes: an apostrophe inside a word unless it begins a possessive, combining marks, invisible joiners and marks
# of direction, the dot of St., Ste., Mt. and Ft. before a name. The pattern finds where to look, for speed; `_vanishes`
# decides.
_MAY_VANISH = re.compile(
    r"['\u2019\u2018\u02b9-\u02bf`\u00b4\u2032\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]|(?<=[teTE])\. "
)
_ABBREVIATED = re.compile(r"(?<!\w)(?:[SMF][tT]|S[tT][eE])$")
_INVISIBLE = frozenset(map(chr, [*range(0x0300, 0x0370), 0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF]))
_APOSTROPHES_IN_A_ROW = re.compile(rf"(?P<before>\w?)(?P<row>[{_APOSTROPHES}]+)(?=(?P<after>\w?))")
_BLANKS = re.compile(r" {2,}")


def _vanishes(text: str, position: int) -> bool:
    character = text[position]
    if character in _INVISIBLE:
        return True
    before, after = text[max(0, position - 4) : position], text[position + 1 : position + 3]
    if character == ".":
        return _ABBREVIATED.search(before) is not None
    if not before or not after or not (before[-1].isalnum() and after[0].isalnum()):
        return False
    return not (after[0] in "sS" and not after[1:].isalnum())


def _remove(text: str) -> tuple[str, list[int]]:
    """Return the text without the characters that vanish, and the offsets of these."""
    positions = [match.start() for match in _MAY_VANISH.finditer(text) if _vanishes(text, match.start())]
    if not positions:
        return text, positions
    ends = [-1, *positions]
    pieces = [text[before + 1 : after] for before, after in zip(ends, [*positions, len(text)], strict=True)]
    return "".join(pieces), positions


def _translate(text: str) -> str:
    """Fold character by character; runs of ASCII go through the fast path of `str.translate`."""
    if text.isascii():
        return text.translate(_ASCII)
    pieces, end = [], 0
    for match in _FOREIGN.finditer(text):
        pieces += [text[end : match.start()].translate(_ASCII), match[0].translate(_TABLE)]
        end = match.end()
    return "".join([*pieces, text[end:].translate(_ASCII)])


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in the gazetteer's spelling, and where its characters stood."""

    text: str
    removed: list[int]
    """For each character that vanished, in order: the folded offset at which it would have stood."""

    def original(self, offset: int) -> int:
        """Return the offset in the original text of a folded one; a vanished mark belongs to the character before."""
        return offset + bisect_right(self.removed, offset) if self.removed else offset


def fold_text(text: str) -> FoldedText:
    """Fold a running text; cost is linear in its length."""
    kept, positions = _remove(text)
    return FoldedText(_translate(kept), [position - count for count, position in enumerate(positions)])


def fold_name(name: str) -> str:
    """Fold a name on its own: as `fold_text`, with blanks collapsed and no apostrophes around its words."""
    folded = _translate(_remove(name)[0])
    return _BLANKS.sub(" ", _APOSTROPHES_IN_A_ROW.sub(_keep_inner_apostrophe, folded)).strip()


def _keep_inner_apostrophe(found: re.Match[str]) -> str:
    """Return the apostrophes that stay: a single one within a word, and those beside no word."""
    is_inside, is_apart = found["before"] and found["after"], not found["before"] and not found["after"]
    stays = is_apart or (is_inside and len(found["row"]) == 1)
    return found[0] if stays else found["before"]


def likeness(one: str, other: str) -> float:
    """Return how alike two folded names are, 0 to 1: the Dice coefficient of their pairs of letters."""
    pairs, others = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))
