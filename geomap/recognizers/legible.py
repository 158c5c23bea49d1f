"""Texts as recognition reads them: without markup, hashtags in words, lines apart, and words in the case of sentences.

People write ``[Kupiansk](https://...)``, ``#SaveKharkiv``, ``<b>Sumy</b>``, whole lines in capitals or without any.
The model knows words in sentences; so these are made legible first. All but a few characters are exchanged one for one;
what is put in between is remembered (`LegibleText.inserted`), so that offsets lead back to the text as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from geomap.text.hashtags import HUMP

BREAK: Final = "\x02"
"""Stands where a line ends that the next one does not go on with."""
DASH: Final = "\x03"
"""Stands for a hyphen between blanks, which is a dash and no part of a name."""
BULLET: Final = "*"
_ADDRESS: Final = "~"  # stands for web addresses, and for the names of accounts unless they may be those of places
_LONGEST_URL: Final = 2_000
_MARKUP: Final = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,100})\]\((?P<target>[^()\s]{1,1000})\)"
    rf"|(?P<url>(?:https?://|www\.)[^\s<>\"\[\]]{{1,{_LONGEST_URL}}}|(?<!\w)[\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]{{1,64}})"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,200}>)"
    r"|(?P<handle>(?<!\w)@(?![A-ZÀ-Þ][a-zà-ÿ]+(?!\w))\w{1,40})"
)
_MARKUP_SIGNS: Final = ("](", "://", "www.", "@", "<")
_EMPHASIS: Final = re.compile(r"(?<![^\W_])[*_`~]{1,3}(?=\w)|(?<=\w)[*_`~]{1,3}(?![^\W_])|(?<=[.!?,;:)])\*{1,3}")
_HASHTAG: Final = re.compile(r"(?<=#)[^\W\d_]\w{2,}")
_BULLETS: Final = re.compile(r"^([ \t]*)(?:[-–—•▪●◦‣·►>]|\d{1,2}[.)])(?=[ \t]+\S)", re.MULTILINE)
_LINE_END: Final = re.compile(r"(?<![ \t])[ \t]*\n\s*")
_WRAPPED: Final = range(55, 101)  # characters of a line that the next one may go on with
_GOES_ON: Final = re.compile(r"[^\W\d_]|,")
_ARTICLES: Final = re.compile(r"(?<!\w)(?:a[lnrstzd]|el|as[hs]|at[ht]|l|d)(?=[-'\u2019][A-ZÀ-Þ])")
_AND: Final = re.compile(r" &(?= )")
_INVISIBLE: Final = re.compile("[\ufe0e\ufe0f]")


class LegibleText(NamedTuple):
    """A text that is read for another; ``inserted`` are the offsets of characters that the other lacks, ascending."""

    text: str
    inserted: list[int]


Recase = Callable[[str], str]


def make_legible(text: str, recase: Recase | None = None) -> LegibleText:
    """Return a text as recognition reads it; ``recase`` writes words in the case of sentences, in the same length.

    Cost is linear in the length of the text.
    """
    if any(sign in text for sign in _MARKUP_SIGNS):
        text = _MARKUP.sub(_blank_markup, text)
    if any(sign in text for sign in "*_`~"):
        text = _EMPHASIS.sub(_blank, text)
    if not text.isascii():
        text = _INVISIBLE.sub(" ", text)
    if "\n" in text:
        text = _mark_lines(text)
    if " - " in text or "--" in text:
        text = text.replace(" - ", f" {DASH} ").replace("--", f"{DASH} ")
    if "#" in text:
        text = _HASHTAG.sub(_part_words, text)
    text = _ARTICLES.sub(_capitalise, text)
    if recase is not None:
        text = recase(text)
    return _insert(text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank_markup(found: re.Match[str]) -> str:
    if found["label"]:
        return f" {found['label']} ".ljust(len(found[0]))
    return (" " if found["tag"] else _ADDRESS).ljust(len(found[0]))


def _part_words(found: re.Match[str]) -> str:
    return found[0].replace("_", " ")


def _capitalise(found: re.Match[str]) -> str:
    return found[0].capitalize()


def _mark_lines(text: str) -> str:
    """Return the text with bullets all alike, and with `BREAK` where a line ends that is not merely wrapped."""
    text = _BULLETS.sub(_make_bullet, text)
    pieces, done, start = [], 0, 0
    is_wrapped_text = _is_wrapped_text(text)
    for found in _LINE_END.finditer(text):
        begin, end = found.span()
        if not _is_wrapped(text, begin - start, found, is_wrapped_text=is_wrapped_text):
            pieces += [text[done:begin], BREAK, text[begin + 1 : end]]
            done = end
        start = end
    return "".join([*pieces, text[done:]])


def _is_wrapped_text(text: str) -> bool:
    """Return whether most lines of a text are as long as those that are wrapped at a column."""
    lengths = [len(line) for line in text.split("\n") if line]
    return len(lengths) > 2 and 2 * sum(length in _WRAPPED for length in lengths) > len(lengths)


def _is_wrapped(text: str, length: int, found: re.Match[str], *, is_wrapped_text: bool) -> bool:
    begin, end = found.span()
    if found[0].count("\n") > 1 or end >= len(text) or text[end] == BULLET or length < _WRAPPED.start:
        return False
    return text[end].islower() or (is_wrapped_text and _GOES_ON.match(text[begin - 1]) is not None)


def _make_bullet(found: re.Match[str]) -> str:
    return f"{found[1]}{BULLET}".ljust(len(found[0]))


def _insert(text: str) -> LegibleText:
    """Return the text with blanks in hashtags of several words, and "and" for the sign between two words."""
    if "#" not in text and " & " not in text:
        return LegibleText(text, [])
    cuts = [(found.start() + 2, "nd") for found in _AND.finditer(text)]
    for tag in _HASHTAG.finditer(text):
        cuts += [(hump.start(), " ") for hump in HUMP.finditer(text, tag.start(), tag.end())]
    pieces, inserted, done, shift = [], [], 0, 0
    for at, more in sorted(cuts):
        pieces += [text[done:at], more]
        inserted += [at + shift + step for step in range(len(more))]
        shift += len(more)
        done = at
    legible = "".join([*pieces, text[done:]])
    return LegibleText(legible.replace(" &nd ", " and "), inserted)
