"""Finds the location of a report's outlet: as the project's owner says, or as its name and domain give away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.normalisation import fold_name
from geomap.languages import ENGLISH, Language
from geomap.model import Report
from geomap.resolvers.outlet_locations import NO_LOCATION, OutletLocation
from geomap.resolvers.outlet_settings import find_setting, read_outlet_location

_LEAST: Final = 5  # letters of a name inside a domain
_SHORTEST: Final = 4  # letters of a name inside a source
_COMMON: Final = 9  # level in the lexicon from which a word is rather a word than a name
# top-level domains that sites anywhere use for their sound
_PLACELESS: Final = frozenset("tv me io ai co fm am cc ws to ly gl la nu st is it vc sh im ms".split())
_LETTERS: Final = re.compile(r"[^a-z0-9]+")


class OutletLocator:
    """Finds the locations of outlets."""

    def __init__(self, gazetteer: Gazetteer, sources: Mapping[str, str], language: Language = ENGLISH) -> None:
        self._gazetteer = gazetteer
        self._words = language.outlets
        self._is_title = _make_title_test(language.outlets.title_words)
        self._sources = {source.strip().lower(): setting for source, setting in sources.items()}
        self._outlets = {
            setting: read_outlet_location(source, setting, gazetteer) for source, setting in sources.items()
        }
        countries: Sequence[str] = gazetteer.meta["countries"]
        self._countries = {code.lower(): number for number, code in enumerate(countries) if code}
        self._countries["uk"] = self._countries.get("gb", 0)
        self._read = lru_cache(maxsize=5_000)(self._read_outlet)

    def find(self, report: Report) -> OutletLocation:
        """Return the location that is set for a report's outlet, or that its domain and name give away."""
        if not report.domain and not report.source:
            return NO_LOCATION
        setting = find_setting(report, self._sources)
        if setting:
            return self._outlets[setting]
        return self._read(report.domain, report.source)

    def _read_outlet(self, domain: str, source: str) -> OutletLocation:
        if not domain and "." in source.strip(".") and " " not in source:
            domain, source = source, ""
        labels = [label for label in domain.lower().split(".") if label]
        suffix = labels[-1] if len(labels) > 1 else ""
        country = 0 if suffix in _PLACELESS else self._countries.get(suffix, 0)
        names = (self._find_in_label(label) for label in sorted(labels[:-1], key=len, reverse=True))
        name = self._find_in_words(source) or next(filter(None, names), "")
        return OutletLocation(name, country) if name or country else NO_LOCATION

    def _find_in_words(self, source: str) -> str:
        words = [word for word in re.split(r"[^\w.]+", fold_name(source)) if word]
        for length in range(min(len(words), 3), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                if not all(word in self._words.title_words for word in part) and self._is_place(" ".join(part)):
                    return " ".join(part)
        return ""

    def _find_in_label(self, label: str) -> str:
        """Return the longest name in a label such as ``theparisnews``, if the rest are words of titles."""
        letters = _LETTERS.sub("", label)
        if len(letters) > 40:  # no site that people type
            return ""
        spans = [
            (begin, end)
            for begin in range(len(letters))
            for end in range(len(letters), begin + _LEAST - 1, -1)
            if self._is_title(letters[:begin]) and self._is_title(letters[end:])
        ]
        for begin, end in sorted(spans, key=lambda span: span[0] - span[1]):
            if letters[begin:end] not in self._words.title_words and (name := self._spell(letters[begin:end])):
                return name
        return ""

    def _spell(self, letters: str) -> str:
        """Return the name that letters without blanks spell, or an empty string."""
        ways = [letters, *(f"{letters[:cut]} {letters[cut:]}" for cut in range(2, len(letters) - 2))]
        return next((way for way in ways if self._is_place(way)), "")

    def _is_place(self, name: str) -> bool:
        if (len(name) < _SHORTEST and name not in self._words.short_names) or name not in self._gazetteer.names:
            return False
        return " " in name or self._gazetteer.lexicon_levels(name)[0] < _COMMON


def _make_title_test(words: frozenset[str]) -> Callable[[str], bool]:
    """Return a function that says whether letters are nothing but words of titles."""

    @lru_cache(maxsize=20_000)
    def is_title(letters: str) -> bool:
        return not letters or any(
            letters[:end] in words and is_title(letters[end:]) for end in range(len(letters), 0, -1)
        )

    return is_title
