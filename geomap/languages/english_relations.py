"""How English says what kind of place a name is, and how two names lie to each other: a part of `ENGLISH`."""

from __future__ import annotations

import re
from typing import Final

from geomap.languages.base import HeadPatterns, RelationPatterns

# the plural, and the forms of a name with the word in the singular
_SHARED: Final = {
    **{
        f"{word}s": (f"{{}} {word}",)
        for word in "sea valley district province state region oblast governorate department prefecture bay peninsula "
        "desert".split()
    },
    "rivers": ("{} river", "river {}"),
    "lakes": ("lake {}", "{} lake"),
    "mounts": ("mount {}",),
    "mountains": ("{} mountains", "{} mountain"),
    "islands": ("{} islands", "{} island"),
    "counties": ("{} county", "county {}"),
    "straits": ("{} strait", "strait of {}"),
}
_SIDE: Final = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"

HEADS: Final = HeadPatterns(
    before=re.compile(
        rf"\b(?:(?P<area>{_SIDE}ern |parts of |rest of |throughout |across )"
        r"|(?P<country>(?:country|nation|kingdom)(?: of | next door, |, ))"
        r"|(?P<village>(?:village|hamlet) (?:of (?:the )?)?)"
        r"|(?P<town>(?:city|town|township|metropolis|port) of (?:the )?|(?:capital|city|town)(?: city)? |downtown )"
        r"|(?P<admin1>(?:state|province|region|governorate|oblast|canton|prefecture)s? of (?:the )?)"
        r"|(?P<admin2>(?:county|district|municipality)s? of (?:the )?)"
        r"|(?P<nature>(?:rivers?|lakes?|islands?|isles?|mountains|valley) (?:of )?(?:the )?))$",
        re.IGNORECASE,
    ),
    behind=re.compile(
        r" (?:(?P<admin1>(?:state|province|region|oblast|governorate|prefecture|voivodeship)\b(?! of\b))"
        r"|(?P<area>(?:state )?(?:government|governor|premier|legislature|lawmakers|border)\b)"
        r"|(?P<admin2>(?:county|district|raion)\b)|(?P<town>(?:city|town|village|township)\b)"
        r"|(?P<nature>(?:river|lake|valley|peninsula|islands?|mountains|desert|basin)\b))"
    ),
    shared=_SHARED,
    joint=re.compile(r"(?:,|,? (?:and|or)|,? as well as| &) (?:the )?"),
)

_PART: Final = rf"(?:(?:far )?(?:{_SIDE}(?:ern)?|central|[\w-]*central(?:-\w+)?|suburban|rural|upper|lower) )?"
RELATIONS: Final = RelationPatterns(
    bracket=re.compile(rf"^(?:,|,? ?\()\s*(?:in |near )?(?:the )?{_PART}$"),
    loose=re.compile(
        r"^,? (?:in|of|on|within)(?: (?:the|northern|southern|eastern|western|central|[\w-]+ern))*(?: \w+)? ?$"
    ),
    apposition=re.compile(rf"^(?:, | (?:is|was) |,? \()(?:an?|the) (?:[\w-]+ ){{1,4}}(?:of|in|on) (?:the )?{_PART}$"),
    adjacent=re.compile(r"^ $"),
    possessive=re.compile(r"^['’]s? (?:\w+ ){0,3}$"),
    attribute=re.compile(r" (?:\w+ ){0,3}$"),
    listing=re.compile(r"^(?:,? (?:and|or|to)|,? as well as| ?&| ?/|;) ?(?:in |the )?$"),
    closing=re.compile(r"[,.;:)\]\n]| [-\u2013\u2014(]|['\u2019]s|$"),
    adjective=re.compile(r"U\.?S\.?A?\.?|U\.?K\.?|E\.?U\.?"),  # "left Russia, U.S. officials said"
)
