"""Words and names of persons, with how common they are: what a capitalised word may be besides a place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.gazetteer.normalisation import fold_name

_WORD = re.compile(r"^[a-z]{2,}$")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "r", "est")
_LARGEST = 15


def build_lexicon(packages: PackageFolder) -> dict[str, tuple[int, int, int]]:
    """Return folded word -> (word level, first name level, last name level), each 0 (none) to 15 (commonest).

    Levels are logarithmic: of the frequency in Google Books for words that a dictionary has in lower case, of the
    share of persons in the US Census for names.
    """
    words, firsts, lasts = _word_levels(packages), _name_levels(packages, "first"), _name_levels(packages, "last")
    return {
        word: (words.get(word, 0), firsts.get(word, 0), lasts.get(word, 0))
        for word in sorted(words.keys() | firsts.keys() | lasts.keys())
    }


def _word_levels(packages: PackageFolder) -> dict[str, int]:
    stems = set(_stems(packages))
    levels = {}
    table = packages.read("symspellpy", "symspellpy/frequency_dictionary_en_82_765.txt").decode("utf-8-sig")
    for line in table.splitlines():
        word, count = line.split(" ")
        if _WORD.match(word) and _is_inflected(word, stems):
            levels[word] = max(1, min(_LARGEST, round(math.log2(int(count)) - 19)))
    return levels


def _stems(packages: PackageFolder) -> Iterator[str]:
    for line in packages.read("dictionary-en", "package/index.dic").decode("utf-8").splitlines():
        word = line.split("/")[0]
        if _WORD.match(word):
            yield word


def _is_inflected(word: str, stems: set[str]) -> bool:
    if word in stems:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and (stem in stems or stem + "e" in stems or (len(stem) > 3 and stem[:-1] in stems)):
            return True
    return False


def _name_levels(packages: PackageFolder, part: str) -> dict[str, int]:
    levels: dict[str, int] = {}
    for member in ("dist.all.last",) if part == "last" else ("dist.male.first", "dist.female.first"):
        for line in packages.read("names", f"names-0.3.0/names/{member}").decode("ascii").splitlines():
            name, share, *_ = line.split()
            level = max(1, min(_LARGEST, round(math.log2(max(float(share), 0.0005)) + 13)))
            key = fold_name(name)
            levels[key] = max(level, levels.get(key, 0))
    return levels
