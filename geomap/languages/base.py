"""What geomap has to know of a language: one `Language` for each, made of parts that different readers take.

Words stand in the spelling of `geomap.gazetteer.normalisation.fold_name` unless the field says otherwise. Patterns may
only take time that grows with the text: `tests/security/test_patterns_are_linear.py` measures them for each language.
What a language says in words of its own order ("30 km south of") is a pattern of its own, whose named groups the field
lists; what is only the words in a notation that is the same everywhere (degrees, dates) is a piece of one, a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Words = frozenset[str]
Pattern = re.Pattern[str]


class NameWords(NamedTuple):
    """Words in and around names, by which recognition finds them; parts of the trained model."""

    small_words: Words
    """Stand in lower case inside names ("Rio de Janeiro"); read by `recognizers.vocabulary`."""
    locatives: Words
    """Say where ("in", "near"): what stands behind them is rather a place; read by `recognizers.vocabulary`."""
    kinds: Words
    """Say what kind of place a name is ("river", "province"); read by `recognizers.vocabulary` and `features`."""
    middle_words: Words
    """Stand in lower case between a name and its kind ("Enerhodar nuclear power plant"); `recognizers.vocabulary`."""
    last_words: Words
    """Close the name of a place that a gazetteer may lack, with a capital ("Xxxx County"); `recognizers.vocabulary`."""
    street_words: Words
    """Close names of streets and the like, with a capital; read by `recognizers.vocabulary`."""
    first_words: Words
    """Open such a name, with a capital ("Lake Xxxx"); read by `recognizers.vocabulary`."""
    units: Words
    """Belong to the name of a unit that they follow in lower case ("Kharkiv region"); `recognizers.choosing`."""
    units_in_names: Words
    """Close names of units that are hardly ever anything else; read by `recognizers.choosing`."""
    listing: Words
    """Stand between the last two names of a list ("and"); read by `recognizers.vocabulary`."""
    stepped_over: Words
    """Stand between a name and what governs it ("in both northern and"); `recognizers.vocabulary`, for the usage."""
    sentence_starters: Words
    """Have a capital where a sentence starts, yet are no names; read by `recognizers.vocabulary`, for the usage."""
    acts: Words
    """Verbs of what only governments, peoples and teams do ("denied"); read by `learning.usage`."""
    possessive: str
    """The letters that, each on its own behind an apostrophe, mark an owner; read by `recognizers.vocabulary`."""
    contraction: Pattern
    """Ends words that are two and no name ("I've"); searched by `recognizers.vocabulary`."""


class UnitWords(NamedTuple):
    """Words that a name may have or lack where the gazetteer has it otherwise; they find its candidates."""

    ending: Pattern
    """A blank and the word for what is there, at the end of a name ("toledo district"); `resolvers.name_blocks`."""
    direction: Pattern
    """What stands before a name to say which part of it ("northern ", "downtown "); read by `resolvers.name_blocks`."""
    bare_directions: Words
    """Adjectives that, on their own, name no place; read by `resolvers.name_blocks`."""
    spelled_out: Mapping[str, str]
    """Short forms of last words of names, and the whole ones ("twp.": "township"); read by `resolvers.name_blocks`."""
    class_of_ending: Mapping[str, str]
    """Last words of names, and the class of place that they ask for; read by `resolvers.name_blocks`."""
    class_of_beginning: Mapping[str, str]
    """The same of what names begin with, blank included; read by `resolvers.name_blocks`."""
    lying: Words
    """Stand behind the name of a town before what it lies on ("upon" in "Newcastle upon Tyne"); `gazetteer.ranking`."""
    street: Pattern
    """A whole word that only a street or a building is called by in an address ("avenue"); `gazetteer.queries`."""
    description: Pattern
    """A name with words before it that say what it is ("the Indian state of Kerala"); groups ``where`` and ``name``.

    Read by `gazetteer.queries`, for what people search.
    """


class HeadPatterns(NamedTuple):
    """How a text says what kind of place a name is, in words that are no part of it; named groups are classes.

    Classes are those of `resolvers.name_blocks.CLASSES`. Read by `resolvers.heads` and `recognizers.shared_heads`.
    """

    before: Pattern
    """What ends right before a name that is of the kind of its group ("the city of ")."""
    behind: Pattern
    """What begins right behind such a name (" state")."""
    shared: Mapping[str, tuple[str, ...]]
    """Words in the plural that several names share ("the Paroo and Warrego rivers"); forms of a name with its word."""
    joint: Pattern
    """What stands between such names, and between the last of them and the word, blanks included."""


class RelationPatterns(NamedTuple):
    """What stands between two names that are related; read by `resolvers.relations` and nobody else."""

    bracket: Pattern
    """The second contains the first: ", " or " (in "."""
    loose: Pattern
    """Likewise in running words: " in ", " in northern "."""
    apposition: Pattern
    """Likewise: ", the capital of "."""
    adjacent: Pattern
    """Likewise, if the first has a candidate in the second: a blank alone ("Paris Texas")."""
    possessive: Pattern
    """The first contains the second: "'s ", "'s northern "."""
    attribute: Pattern
    """The first, an adjective, contains the second: " city of "."""
    listing: Pattern
    """Neither contains the other: " and "."""
    closing: Pattern
    """What stands behind the second name where a comma before it was that of a bracket."""
    adjective: Pattern
    """Names that are adjectives as well, and contain nothing then: "U.S."."""


class DistancePatterns(NamedTuple):
    """How a text says that something is so far from a name, or roughly there; read by `resolvers.displacement`."""

    leads: tuple[str, ...]
    """How all of `distance` and `roughly` may end, blank included, so that most names are done with at once."""
    distance: Pattern
    """What says so before a name, to its end: groups ``number``, ``end`` (of a range), ``unit``, ``wind``.

    Numbers in figures are read with a decimal point; commas among their digits count for nothing.
    """
    numbers: Mapping[str, float]
    """What the words among the groups ``number`` and ``end`` stand for; lower case, as texts have them."""
    vague_numbers: Words
    """Those among `numbers` that may be off by half."""
    units: Mapping[str, float]
    """How the group ``unit`` may begin, and its kilometres; the first that fits counts, and one has to."""
    winds: Mapping[str, str]
    """All words in the group ``wind``, and which of n, e, s, w each stands for; of others these letters remain."""
    exactly: str
    """What is written in a distance whose direction is meant strictly ("due ")."""
    roughly: Pattern
    """What makes a place wider, the last matched group says how: outskirts, near, coast, border, side."""
    close: Pattern
    """All that may stand between that and the name."""
    between: Pattern
    """What stands before two names that something lies between; group ``word`` for the word before that."""
    between_parties: Words
    """Such words after which the two are parties and nothing lies between them ("tensions between")."""
    halfway: Words
    """Such words after which the middle of the two is meant."""
    between_joint: str
    """What stands between those two."""


class RiverPatterns(NamedTuple):
    """How a text speaks of a river without the word for it ("across the Mississippi"); read by `resolvers.rivers`."""

    before: Pattern
    """What stands before such a name; group ``word`` where it is the word for a river itself."""
    behind: Pattern
    """What may follow it: no noun that the name belongs to."""
    never: Words
    """Names that have that before them and are no rivers."""
    form: str
    """How the river is called with its word; ``{}`` is the name."""


class CoordinateWords(NamedTuple):
    """Words in coordinates, as pieces of patterns without groups; read by `recognizers.degrees`."""

    degree: str
    """"49 deg"."""
    minute: str
    """"59 min"."""
    second: str
    """"36 sec"."""
    latitude_side: str
    """North or south behind a latitude, the compass letters included."""
    longitude_side: str
    """East or west behind a longitude."""
    negative: Words
    """The first letters, in lower case, of the sides that are below zero."""
    joint: str
    """What may stand between latitude and longitude where both have their sides."""
    latitude_label: str
    """What stands before a latitude that has no side ("lat: ")."""
    longitude_label: str
    """What stands between that latitude and its longitude (", lon: ", but for the comma)."""
    pair_label: str
    """What stands before both at once ("lat/long: ")."""
    measure: str
    """What stands behind decimal numbers that are none ("percent")."""
    hints: tuple[str, ...]
    """Short patterns of which one is in every text with the words of this part; each is found fast."""
    cue: Pattern
    """What ends right before two bare numbers that are coordinates though they have few digits ("located at ")."""


class DateWords(NamedTuple):
    """Words in dates, as pieces of patterns without groups; read by `reports.dates` and `headlines`.

    They are read in any case, and as verbose patterns: a blank is written ``\\s``.
    """

    month: str
    """A month's name, short or long."""
    weekday: str
    """A day's name with what separates it from the date."""
    day_ending: str
    """What may stand right behind the number of the day ("25th")."""
    day_joint: str
    """A word that may stand between day and month ("25th of May")."""
    time_joint: str
    """A word that may stand between date and time ("at 12:00")."""
    half_day: str
    """What tells the half of a 12-hour clock ("p.m.")."""
    short_months: tuple[str, ...]
    """Three letters for each month; read by `recognizers.grid_references`, to tell dates from references."""


class HeadlinePatterns(NamedTuple):
    """Words by which the first lines of a report tell headline, byline and dateline; read by `reports.headlines`."""

    date_label: Pattern
    """What stands before a date to say what it is the date of."""
    byline_words: Pattern
    """All words of a line that holds the date and nothing else."""
    byline: Pattern
    """How a line begins that names the author or the date."""
    loose_end: Pattern
    """The last word of what is no headline once the date behind it is taken off ("War Diary for")."""
    agency_word: Pattern
    """A word in names of news agencies and outlets."""


class OutletWords(NamedTuple):
    """What outlets call themselves; read by `resolvers.outlet_locator`."""

    title_words: Words
    """Words of their names and domains that are no places ("theparisnews")."""
    short_names: Words
    """Names of places in them though they are shorter than such names are else ("us")."""


@dataclass(frozen=True, eq=False)
class Language:
    """All that geomap has to know of one language; there is one object for each."""

    code: str
    """ISO 639-1."""
    article: str
    """The definite article before names, "" where there is none; read by the recognizers and `resolvers.relations`."""
    abbreviations: tuple[str, ...]
    """Words in lower case whose full stop ends no sentence, without the last one ("e.g"); read by `text.sentences`."""
    names: NameWords
    units: UnitWords
    heads: HeadPatterns
    relations: RelationPatterns
    distances: DistancePatterns
    rivers: RiverPatterns
    coordinates: CoordinateWords
    dates: DateWords
    headlines: HeadlinePatterns
    outlets: OutletWords
