"""Title, date and source as the first lines of a report show them: headline, byline, dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.languages import ENGLISH
from geomap.reports.dates import MONTH, find_dates, parse_date
from geomap.reports.fields import Metadata, one_line

_FIRST_CHARACTERS = 4_000
_FIRST_LINES = 6
_LONGEST_TITLE = 160
_LONGEST_BYLINE = 120
_DATED_HEAD = 400

_WORDS = ENGLISH.headlines  # a report has to be read before anything can know its language

_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*)$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*$")
_MARKUP = re.compile(r"[*_`]{1,3}(?=\w)|(?<=\w)[*_`]{1,3}(?!\w)")
_SENTENCE_END = re.compile(r"(?P<word>[\w.]{1,40})[.。]['\"’”)]*\s+['\"“‘(]?[A-ZА-ЯЁ]")
_ABBREVIATION = re.compile(r"(?:[A-Z][a-z]{0,3}|(?:[A-Z]\.){1,5}[A-Z])$")
_ENDS_IN_INITIALS = re.compile(r"(?:[A-Z]\.){2,6}$")
_DATE_LABEL = _WORDS.date_label
_BYLINE_WORDS = _WORDS.byline_words
_BYLINE = _WORDS.byline
_LOOSE_END = _WORDS.loose_end
_EDGES = " \t-–—|:;,"

_SOURCE = re.compile(r"(?P<lead>[^()/\n]{0,80})[(/](?P<source>[^()/\n]{2,40})[)/][. ]{0,2}(?P<dash>\s?(?:--|[-–—:]))?")
_PLACE_AND_DATE = re.compile(r"(?P<lead>[^()\n—–]{4,80}?)(?:\s(?:--|-|–)\s|\s?—)")
_DAY_AND_MONTH = re.compile(rf"(?:{MONTH}\s{{1,2}}[0-9]{{1,2}}|[0-9]{{1,2}}\s{{1,2}}{MONTH})(?![0-9])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_AGENCIES = {
    name.casefold(): name
    for name in [
        "AP",
        "Reuters",
        "AFP",
        "Xinhua",
        "TASS",
        "Interfax",
        "Ukrinform",
        "UNIAN",
        "Interfax-Ukraine",
        "RIA Novosti",
        "RIA",
        "dpa",
        "ANSA",
        "EFE",
        "Kyodo",
        "Yonhap",
        "SANA",
        "WAM",
        "KUNA",
        "QNA",
        "SPA",
        "PTI",
        "ANI",
        "UPI",
        "BBC",
        "CNN",
        "RFE/RL",
        "VOA",
        "IRIN",
        "ReliefWeb",
        "Anadolu",
        "AA",
        "IANS",
        "MENA",
        "Petra",
        "NNA",
        "IRNA",
        "ISNA",
        "Tasnim",
        "Fars",
        "MTI",
        "PAP",
        "CTK",
        "Belga",
        "APA",
        "ANP",
        "NTB",
        "TT",
        "LUSA",
        "Bloomberg",
        "Al Jazeera",
        "Associated Press",
        "The Associated Press",
        "Rudaw",
        "UN News",
        "OCHA",
        "UNHCR",
        "ICRC",
        "BNS",
        "BelTA",
        "Kazinform",
        "Trend",
        "Azertac",
        "Armenpress",
        "Agerpres",
        "BTA",
        "Tanjug",
        "Hina",
        "Canadian Press",
    ]
}
_AGENCY_WORD = _WORDS.agency_word
_NAME = re.compile(r"[A-Z][\w.'’-]{1,30}(?:,? [A-Z][\w.'’-]{1,30}){0,3}")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}$")


@dataclass(frozen=True, slots=True)
class _Dateline:
    source: str = ""
    date: str = ""
    day_and_month: str = ""


def read_headline_metadata(text: str, *, file_name: str = "") -> Metadata:
    """Return title, date and source from the headline, byline and dateline of a text, else from the file's name.

    The name is given without its ending. A dateline without a year takes it from the name or from the text.
    """
    lines = text[:_FIRST_CHARACTERS].splitlines()
    named = _read_file_name(file_name)
    headline, dateline = _read_headline(lines), _find_dateline(lines)
    date = headline.date or dateline.date
    if not date and dateline.day_and_month:
        date = _complete_date(dateline.day_and_month, file_name, text)
    return Metadata(headline.title, dateline.source, date).or_else(named)


def _read_file_name(name: str) -> Metadata:
    name = name.replace("_", " ")  # a date after an underscore is a date too
    dates = find_dates(name)
    date = dates[0].iso if dates else ""
    rest = name[: dates[0].start] + " " + name[dates[0].end :] if dates else name
    if not dates and (match := re.search(r"(?<![0-9])[12][0-9]{7}(?![0-9])", name)) and (date := parse_date(match[0])):
        rest = name[: match.start()] + " " + name[match.end() :]
    return Metadata(title=one_line(rest.replace("-", " ")) or name, date=date)


def _read_headline(lines: list[str]) -> Metadata:
    start = next((index for index, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return Metadata()
    found = _read_first_line(lines, start)
    following = range(start + 1, min(len(lines), start + 1 + _FIRST_LINES))
    if found.date and not found.title and _is_date_alone(lines[start]):
        return found.or_else(_read_headline(lines[start + 1 : start + 1 + _FIRST_LINES * 2]))
    if found.title and not found.date:
        bylines = (_byline_date(lines[index]) for index in following)
        return found.or_else(Metadata(date=next((date for date in bylines if date), "")))
    return found


def _read_first_line(lines: list[str], start: int) -> Metadata:
    line, rest = lines[start].strip(), lines[start + 1 :]
    if (heading := _HEADING.match(line)) or (rest and _UNDERLINE.match(rest[0])):
        title = _MARKUP.sub("", heading["title"].rstrip("# ") if heading else line)
        return _split_date(title)
    dates = find_dates(line[:_DATED_HEAD])
    if dates and _is_label(line[: dates[0].start]):
        return _read_dated_line(line, rest)
    if _is_title(line, rest) and not _is_dateline(line) and not _BYLINE.match(line):
        return _split_date(line)
    return Metadata()


def _read_dated_line(line: str, rest: list[str]) -> Metadata:
    """Read ``date 2025-05-25 Headline Sunday, May 25, 2025 12:00:14 PM`` and ``25 May 2025: Headline``."""
    first, *others = find_dates(line[:_DATED_HEAD])
    again = next((date for date in others if date.iso[:10] == first.iso[:10]), None)
    if again and _is_headline(between := line[first.end : again.start].strip(_EDGES)):
        return Metadata(title=one_line(between), date=max(first.iso, again.iso, key=len))
    remainder = line[first.end :].strip(_EDGES + ")]")
    if remainder[:1].islower():  # "May 3, 2025 was a quiet day": a sentence
        return Metadata()
    return Metadata(title=one_line(remainder) if _is_title(remainder, rest) else "", date=first.iso)


def _split_date(title: str) -> Metadata:
    """Return title and date of a headline: a date at its end is cut off, one within it stays."""
    dates = find_dates(title)
    if not dates:
        return Metadata(title=one_line(title))
    date, before = dates[-1], title[: dates[-1].start].rstrip(_EDGES + "([")
    if _DATE_LABEL.search(before):  # "Steppe TV Published Saturday, May 31, 2025" names the outlet, not the report
        return Metadata(date=date.iso)
    if not title[date.end :].strip(_EDGES + ")]") and before and not _LOOSE_END.search(before):
        title = before
    return Metadata(title=one_line(title), date=date.iso)


def _is_label(text: str) -> bool:
    return not text.strip(" \t[(*_") or _DATE_LABEL.fullmatch(text.strip(" \t[(*_") + " ") is not None


def _is_headline(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or "://" in line:
        return False
    letters = sum(character.isalpha() for character in line)
    return letters >= 3 and not _has_sentence_end(line)


def _is_title(line: str, rest: list[str]) -> bool:
    """Return whether a first line is a headline: short, no sentence, and set off from what follows."""
    if not _is_headline(line) or (line.rstrip("'\"’”)")[-1:] in ".;,:。" and not _ENDS_IN_INITIALS.search(line)):
        return False
    following = rest[0].strip() if rest else ""
    return not following or len(following) >= max(80, 1.5 * len(line)) or _is_date_alone(following)


def _has_sentence_end(line: str) -> bool:
    return any(not _ABBREVIATION.match(match["word"]) for match in _SENTENCE_END.finditer(line))


def _is_date_alone(line: str) -> bool:
    return _byline_date(line) != ""


def _byline_date(line: str) -> str:
    """Return the date of a byline: a line with only a date and words such as "Published", or with the author."""
    if len(line) > _LONGEST_BYLINE or not (dates := find_dates(line)):
        return ""
    remainder = _BYLINE_WORDS.sub("", line[: dates[0].start] + line[dates[-1].end :])
    return dates[0].iso if _BYLINE.match(line.strip()) or not remainder.strip(_EDGES + "()[]*_.") else ""


def _is_dateline(line: str) -> bool:
    return _read_dateline(line) != _Dateline()


def _find_dateline(lines: list[str]) -> _Dateline:
    first = [line for line in lines if line.strip()][:_FIRST_LINES]
    found = (_read_dateline(line.strip()) for line in first)
    return next((dateline for dateline in found if dateline != _Dateline()), _Dateline())


def _read_dateline(line: str) -> _Dateline:
    """Read ``KYIV, May 3 (AP) -``, ``(REUTERS)``, ``MOSCOW, May 3. /TASS/``, ``KYIV, May 3, 2025 —``."""
    if match := _SOURCE.match(line):
        source = _source_name(
            match["source"], match["lead"], has_dash=match["dash"] is not None, ends_line=match.end() == len(line)
        )
        if source:
            return _dated(match["lead"], source)
    place = _PLACE_AND_DATE.match(line)
    if place and _is_place_in_capitals(place["lead"]) and (dated := _dated(place["lead"], "")).date:
        return dated
    return _Dateline()


def _source_name(written: str, lead: str, *, has_dash: bool, ends_line: bool) -> str:
    written = written.strip()
    place = _DAY_AND_MONTH.split(lead)[0].strip(_EDGES + ".")
    known = _AGENCIES.get(written.casefold(), "")
    if not place:
        return known
    if known and (has_dash or ends_line) and _NAME.fullmatch(place):  # "Washington (CNN)"
        return known
    if not _is_place_in_capitals(place) or not (has_dash or (known and place.isupper())):
        return ""
    return known or (written if _ACRONYM.match(written) or _AGENCY_WORD.search(written) else "")


def _is_place_in_capitals(lead: str) -> bool:
    words = re.split(r"[\s,]+", lead.strip(), maxsplit=1)
    return len(words[0]) >= 2 and words[0].isupper()


def _dated(lead: str, source: str) -> _Dateline:
    dates = find_dates(lead)
    partial = _DAY_AND_MONTH.search(lead)
    return _Dateline(source, dates[0].iso if dates else "", partial[0] if partial and not dates else "")


def _complete_date(day_and_month: str, file_name: str, text: str) -> str:
    """Return a dateline's date with the year in the file's name, or of a full date of the same day in the text."""
    named = _YEAR.search(file_name.replace("_", " "))
    if named and (date := parse_date(f"{day_and_month} {named[0]}")):
        return date
    month_and_day = parse_date(f"{day_and_month} 2000")[5:10]
    days = (date.iso[:10] for date in find_dates(text[:_FIRST_CHARACTERS]))
    return next((day for day in days if day[5:] == month_and_day), "")
