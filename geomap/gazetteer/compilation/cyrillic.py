"""Ukrainian and Russian names in Latin letters, by the official tables, and Russian forms of Ukrainian names.

Sources: the resolution 55 of Ukraine's cabinet of 27 January 2010, and the romanisation system of BGN/PCGN of 1947 for
Russian, without its marks for hard and soft signs, which reports leave out.
"""

from __future__ import annotations

import re
from typing import Final

_UKRAINIAN: Final = dict(
    zip(
        "абвгґдежзиіїйклмнопрстуфхцчшщюяє",
        "a b v h g d e zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia ie".split(),
        strict=True,
    )
)
_UKRAINIAN_INITIAL: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщыэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya".split(),
        strict=True,
    )
)
_SILENT: Final = "ьъ'\u2019\u02bc`\u2018"
_WORD: Final = re.compile(r"[^\s-]+")


def romanise_ukrainian(name: str) -> str:
    """Return a name in Latin letters as Ukraine writes it: "Zghurivka", "Yizhivtsi", "Kamianka"."""
    return _WORD.sub(lambda word: _match_case(_ukrainian_word(word[0].lower()), word[0]), name)


def _ukrainian_word(word: str) -> str:
    letters = [_UKRAINIAN.get(letter, letter) for letter in word.replace("зг", "з\0г") if letter not in _SILENT]
    letters[:1] = [_UKRAINIAN_INITIAL.get(word[0], letters[0])] if letters else []
    return "".join(letters).replace("z\0h", "zgh")


def romanise_russian(name: str) -> str:
    """Return a name in Latin letters by BGN/PCGN: "Alekseyevka", "Yelizavetovka", "Obyedineniye"."""
    return _WORD.sub(lambda word: _match_case(_russian_word(word[0].lower()), word[0]), name)


def _russian_word(word: str) -> str:
    letters, before = [], "ь"
    for letter in word:
        is_iotated = letter in "её" and before in "аеёийоуыэюяьъ"
        letters.append("ye" if is_iotated else "" if letter in _SILENT else _RUSSIAN.get(letter, letter))
        before = letter
    return "".join(letters)


def _match_case(romanised: str, word: str) -> str:
    return romanised[:1].upper() + romanised[1:] if word[:1].isupper() else romanised


# Beginnings of Ukrainian words and what Russian has for them, the longer first: mostly given names.
_BEGINNINGS: Final = tuple(
    pair.split(":")
    for pair in (
        "олександр:александр олексан:алексан олексі:алексе олекс:алекс оленівк:еленовк миколаї:николае "
        "миколаєв:николаев микол:никол микит:никит катерин:екатерин єлизавет:елизавет ганн:анн гнат:игнат "
        "пилип:филипп юхим:ефим явдок:евдок костянтин:константин опанас:афанас володимир:владимир "
        "дмитр:дмитр кирил:кирилл андрі:андре матві:матве сергі:серге тимофі:тимофе мусі:моисе йо:ио "
        "кам\u2019ян:камен знам\u2019ян:знамен щаст:счаст вовч:волч вільх:ольх вільн:вольн від:от "
        "підлі:подле під:под схід:восток північ:север рівн:ровн трьох:трех троїц:троиц козац:казац козач:казач "
        "кіп:коп риб:рыб рис:рыс"
    ).split()
)
# roots, wherever they stand, in which the Ukrainian i is a Russian e or o
_ROOTS: Final = re.compile(
    r"(?P<e>біл|ліс|річ|піск|піщ|хліб|світ|сніг|сніж|цвіт|дід|звір|стріл|ріпк|міх|сін|мін(?=к))"
    r"|(?P<o>гір|піль|кінськ|двір|хвіст|сосн[іи]в|ріг|сіль$|стій|кіш|міст(?=к))"
)
_VOWELS: Final = {"e": "е", "o": "о"}
_ENDINGS: Final = tuple(
    (re.compile(ending), russian)
    for ending, russian in (
        (r"ьо", "ё"),
        (r"([іїаоуеє])їв(?=[кцсщчн]|$)", r"\1ев"),
        (r"([жчшщйьц])ів(?=[кцсщчн]|$)", r"\1ев"),
        (r"ів(?=[кцсщчн]|$)", "ов"),
        (r"ість$", "ость"),
        (r"ець$", "ец"),
        (r"([сцз])ьк", r"\1к"),
        (r"пілл", "полл"),
        (r"([лнстчджз])\1я$", r"\1ье"),
        (r"([лнстчджз])\1([юя])", r"\1ь\2"),
        (r"([ие]в|ов|[иї]н)е$", r"\1о"),
        (r"єве$", "ево"),
        (r"ці$", "цы"),
        (r"(?<![гкхжчшщ])и$", "ы"),
    )
)
# what ends adjectives
_ADJECTIVES: Final = (
    (re.compile(r"([гкх])ий$"), r"\1ий"),
    (re.compile(r"ий$"), "ый"),
    (re.compile(r"ій$"), "ий"),
    (re.compile(r"([жчшщ])а$"), r"\1ая"),
    (re.compile(r"а$"), "ая"),
    (re.compile(r"я$"), "яя"),
    (re.compile(r"([жчшщ])е$"), r"\1ее"),
    (re.compile(r"е$"), "ое"),
    (re.compile(r"є$"), "ее"),
    (re.compile(r"([гкхжчшщ]|(?:верх|ниж|серед|пів[дн]\w*)н)і$"), r"\1ие"),
    (re.compile(r"і$"), "ые"),
)
_IS_ADJECTIVE: Final = re.compile(
    r"(?:[сцз]ьк[еаі]|і[рч]на|(?<![иї])не|[лмр]е|(?<![оеєи])ве|нє|[иі]й)$"
    r"|^(?:нов|стар|велик|мал|верхн|нижн|середн|червон|біл|чорн|вільн|гостр|свят|добр|красн|жовт|зелен|сух|довг|висок"
    r"|глибок|широк|кам\u2019ян|перш|друг|трет|зелен|золот|весел|козач|чист|син|тих|крут|крив|пуст|ясн|північн|південн)"
    r"[аяеєії]$"
)
_LETTERS: Final = str.maketrans("іїєґ", "ииег")
_APOSTROPHE: Final = re.compile(rf"[{_SILENT[2:]}](?=[яюєї])")


def in_russian(name: str) -> str:
    """Return a Ukrainian name in the Russian form that the usual correspondences give.

    "Новомихайлівка" gives "Новомихайловка", "Нова Прага" "Новая Прага", "Комишуваське" "Комишуваское"; roots of which
    the two languages make different words are right where the list of beginnings has them.
    """
    return _WORD.sub(lambda word: _match_case(_russian_form(word[0].lower()), word[0]), name)


def _russian_form(word: str) -> str:
    form = word
    if _IS_ADJECTIVE.search(form):
        form = next((pattern.sub(new, form) for pattern, new in _ADJECTIVES if pattern.search(form)), form)
    form = next((new + form[len(old) :] for old, new in _BEGINNINGS if form.startswith(old)), form)
    form = _ROOTS.sub(lambda root: root[0].replace("і", _VOWELS[root.lastgroup or ""]), form)
    for pattern, new in _ENDINGS:
        form = pattern.sub(new, form)
    return _APOSTROPHE.sub("ь", form).translate(_LETTERS)
