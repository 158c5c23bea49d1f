"""English, which geomap takes all reports to be written in unless it knows better."""

from __future__ import annotations

import re
from typing import Final

from geomap.languages.base import (
    CoordinateWords,
    DateWords,
    DistancePatterns,
    HeadlinePatterns,
    Language,
    NameWords,
    OutletWords,
    RiverPatterns,
    UnitWords,
)
from geomap.languages.english_relations import HEADS, RELATIONS

_UNIT_WORDS: Final = frozenset("oblast region province governorate krai raion prefecture voivodeship".split())
_ENDINGS: Final = (
    "oblast|region|province|governorate|county|district|parish|state|city|township|municipality|raion|town|village|"
    "airport|bridge|river|island|camp|area|suburbs|countryside|municipal district|lga|fc"
)

_NAMES: Final = NameWords(
    small_words=frozenset(
        "of the and de la le les du des del di da do dos das el al as ar ash an ad at az en am im sur sous upon on in "
        "by und y e i van von der den ez es d l s st".split()
    ),
    locatives=frozenset("in at near from to into around outside across through towards toward via".split()),
    kinds=frozenset(
        "oblast region province governorate county district parish state territory krai republic prefecture "
        "department municipality raion canton voivodeship township borough city town village sea river lake gulf "
        "strait bay valley mountains mountain desert peninsula island islands coast airport bridge dam crossing camp "
        "hospital square plant station prison jail airfield airbase base port harbour harbor refinery mine stadium "
        "university mosque cathedral church monastery market palace tower monument metro pass border checkpoint "
        "reservoir canal forest park zone strip heights isle cape delta basin plateau archipelago suburb neighbourhood "
        "neighborhood".split()
    ),
    middle_words=frozenset(
        "nuclear power thermal hydroelectric refugee military naval air international detention railway train oil gas "
        "steel border national marine displacement".split()
    ),
    last_words=frozenset(
        "oblast region province governorate county district parish township prefecture raion municipality borough "
        "river creek valley hills hill springs grove ford village town city estate "
        "island islands mountains bay beach lake peninsula airport bridge dam".split()
    ),
    street_words=frozenset(
        "street road avenue drive lane boulevard highway parkway way court trail circle park square st rd ave "
        "blvd".split()
    ),
    first_words=frozenset(
        "lake mount mt fort river camp cape port wadi tel tell jabal jebel khirbet khirbat deir".split()
    ),
    units=_UNIT_WORDS,
    units_in_names=_UNIT_WORDS | {"republic"},
    listing=frozenset("and or und et y".split()),
    stepped_over=frozenset(
        "and or nor the a an both northern southern eastern western north south east west central rural modern ancient "
        "present day nearby neighbouring neighboring former upper lower inner outer mainland".split()
    ),
    sentence_starters=frozenset(
        "in at near from to into around outside across through towards toward via of on by for with against after "
        "before since during under over between among as like when while where if but he she it they we you i his her "
        "their our this that these those there who which what".split()
    ),
    # of saying, wanting and doing: the corpora have too few of each
    acts=frozenset(
        "said says say denied denies accused accuses agreed agrees announced announces warned warns rejected rejects "
        "condemned condemns demanded demands insisted insists vowed vows urged urges called calls wants wanted hopes "
        "hoped fears feared believes claimed claims confirmed confirms declared declares refused refuses threatened "
        "threatens signed signs sent sends imposed imposes backed backs supports supported opposes opposed plans "
        "planned beat beats defeated won wins scored lost monitors considers launched approved voted recognised "
        "recognized pledged offered accepted decided ordered told tells asked asks expects expected seeks sought "
        "argues argued maintains responded retaliated withdrew amassed deployed".split()
    ),
    possessive="sS",
    contraction=re.compile(r"['\u2019](?:ve|ll|re|m|d|t)$", re.IGNORECASE),
)

_UNITS: Final = UnitWords(
    ending=re.compile(rf" (?:{_ENDINGS})$"),
    direction=re.compile(
        r"^(?:(?:north|south) ?(?:east|west)?(?:ern)?|(?:east|west)(?:ern)?|central|greater|downtown|rural) (?=\w)"
    ),
    # "Western travellers", "in Southern Iraq": on their own these mean no region of Uganda or Zambia
    bare_directions=frozenset({"northern", "southern", "eastern", "western"}),
    spelled_out={"twp.": "township", "twp": "township", "co.": "county"},
    class_of_ending={
        **dict.fromkeys(
            "oblast region province governorate state krai republic prefecture territory".split(), "admin1"
        ),
        **dict.fromkeys("county parish district raion municipality department".split(), "admin2"),
        **dict.fromkeys(
            "sea river lake gulf strait bay mountains desert valley ocean islands island".split(), "nature"
        ),
        **dict.fromkeys("airport bridge dam crossing camp hospital square plant station palace".split(), "spot"),
        **dict.fromkeys("city town village".split(), "town"),
    },
    class_of_beginning={"county ": "admin2", "lake ": "nature"},
    # streets and towns of other countries keep their words
    lying=frozenset("on upon am an de in im sur".split()),
    street=re.compile(
        r"^(?:street|road|avenue|drive|lane|boulevard|highway|parkway|crescent|court|square|plaza|suite|floor|apartment|"
        r"(?:st|rd|ave?|dr|ln|blvd|hwy|pkwy|sq|ste|apt)\.?|rue|quai|via|viale|piazza|corso|strada|bulevardul|calle|paseo|avenida|plaza|"
        r"rua|praca|platz|ulica|ulitsa|vulytsia|prospekt|jalan|\w+(?:strasse|strase|str\.|gasse|allee|platz|straat|gade|"
        r"gatan|utca))$"
    ),
    description=re.compile(
        r"^(?:the )?(?P<where>(?:[\w.'’-]+ ){0,3}?)(?:state|province|region|governorate|oblast|county|district|city|"
        r"town|village|island|republic|capital|port) of (?:the )?(?P<name>\w.*)$",
        re.IGNORECASE,
    ),
)

# what newspapers, broadcasters and their sites are called; what is left of "theparisnews" is a name
_OUTLETS: Final = OutletWords(
    title_words=frozenset(
        "the daily weekly sunday morning evening news newspaper newspapers paper papers online web site net live today "
        "now times post herald tribune gazette journal chronicle review register record reporter observer examiner "
        "enquirer inquirer dispatch press star sun mail telegraph telegram courier express independent standard "
        "citizen leader advocate bulletin sentinel ledger mirror globe guardian echo monitor voice world report "
        "reports argus banner beacon bee bugle call clarion commercial constitution democrat republican republic eagle "
        "enterprise free item mercury messenger nonpareil patriot pilot pioneer plain dealer progress recorder "
        "reflector signal state statesman union vindicator watch patch tv radio fm am media group magazine com org "
        "info my go get local talk extra of and for in at agency wire service bbc abc cbs nbc fox cnn".split()
    ),
    short_names=frozenset({"us", "uk"}),
)

_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100,
    "half a": 0.5, "a few": 3, "a couple of": 2, "several": 5,
}  # fmt: skip
_FIGURE: Final = r"\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?|\d{1,5}(?:\.\d{1,2})?"
_WORD: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WIND: Final = r"(?:due )?(?P<wind>(?:(?:north|south|east|west)[- ]?){1,3}|[NSEW]{1,3}\b\.?)(?:ward|wards|erly)? ?"

_DISTANCES: Final = DistancePatterns(
    leads=tuple(
        f"{word} "
        for word in "of from outside outskirts suburb suburbs edge around vicinity near to nearby off with between "
        "borders the city town village capital port center centre coast of, 's ’s".split()
    ),
    distance=re.compile(
        # a dash between blanks is no range: "Killed 2 - 30 km south of Goma"
        rf"(?<![\w.,$€£/-])(?P<number>{_FIGURE}|{_WORD})(?:(?:[-–]| to )(?P<end>{_FIGURE}|{_WORD}))?[- ]?"
        r"(?P<unit>kms?|kilomet(?:er|re)s?|klicks?|miles?|mi\.?|nautical miles?|nm|met(?:er|re)s?|m) "
        r"(?:\([^()]{1,24}\) |away |further |to the |or so ){0,2}" + rf"(?:{_WIND})?(?:of|from|off|outside|outside of) "
        r"(?:the )?(?:[A-Z]\w{1,20}['’]s )?"
        r"(?:(?:\w+ )?(?:city|town|village|capital|port|center|centre|outskirts|edge)(?: of|,)? (?:the )?)?$",
        re.IGNORECASE,
    ),
    numbers=_NUMBERS,
    vague_numbers=frozenset({"a few", "several"}),
    units={"k": 1.0, "mi": 1.609344, "na": 1.852, "nm": 1.852, "me": 0.001, "m": 0.001},
    winds={"north": "n", "east": "e", "south": "s", "west": "w"},
    exactly="due ",
    roughly=re.compile(
        r"(?P<outskirts>outskirts of|outside(?: of)?|suburbs? of|edges? of|around|vicinity of)"
        r"|(?P<near>near|close to|nearby|not far from|next to)"
        r"|(?P<coast>off(?: the)?(?: \w+)? coast of|off)"
        r"|(?P<border>border (?:with|between)|borders)"
        r"|(?P<side>(?:north|south|east|west|north(?:east|west)|south(?:east|west))(?:ern)?(?: part)? (?:of|from))",
        re.IGNORECASE,
    ),
    close=re.compile(r" (?:the )?(?:(?:city|town|village|capital|port|coast)(?: of)? )?(?:the )?$", re.IGNORECASE),
    between=re.compile(r"(?:\b(?P<word>[\w-]{1,20}) )?\bbetween (?:the )?$", re.IGNORECASE),
    between_parties=frozenset(
        "tensions tension talks talk war wars relations ties deal deals agreement agreements match game matches games "
        "trade dispute disputes conflict conflicts peace ceasefire truce difference differences link links contact "
        "contacts cooperation rivalry meeting meetings treaty summit dialogue rift row feud battle clash clashes "
        "negotiations divided exchange alliance friction distinction choice comparison choose".split()
    ),
    halfway=frozenset({"halfway", "midway"}),
    between_joint=" and ",
)

_RIVERS: Final = RiverPatterns(
    # Towns, states and most countries have no article; "the Dnipro region" has it for its noun, so none may follow.
    before=re.compile(r"(?<![A-Za-z])[Tt]he (?P<word>[Rr]iver )?$"),
    behind=re.compile(
        r"['\u2019\u201d\")\].,;:!?\n]|$| [-\u2013\u2014]|\s(?:and|or|but|to|from|in|into|at|near|by|with|on|as|for|"
        r"below|above|beside|along|comes?|came|falls?|fell|rises|rose|stood|stands|crested|overflowed|burst|meets?|met|"
        r"brings?|brought|goes|went|runs?|ran|carries|carried|froze|drains|empties|swells|swelled|broke|joins|turns|"
        r"divides|winds|bends|sells?|"
        r"than|is|are|was|were|has|had|have|will|would|can|could|may|which|that|where|while|when|after|before|during|"
        r"since|until|flows?|\w+ed)\b"
    ),
    never=frozenset({"congo", "gambia", "east", "north", "south", "west"}),
    form="{} River",
)

_ABBREVIATIONS: Final = tuple(
    "mr mrs ms dr prof gen col lt maj sgt capt cmdr adm sen rep gov pres rev hon st ste mt ft jr sr no nos vs ca cf "
    "jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp dept approx est km e.g i.e a.m p.m".split()
)

_COORDINATES: Final = CoordinateWords(
    degree=r"deg(?:rees?|\.)?",
    minute=r"min(?:utes?|\.)?",
    second=r"sec(?:onds?|\.)?",
    latitude_side=r"[NS](?:orth|outh)?\b|north|south|N|S",
    longitude_side=r"[EW](?:ast|est)?\b|east|west|E|W",
    negative=frozenset("sw"),
    joint=r"(?:[,;/]? {0,2}|,? and )(?:by )?(?:(?:lon|long|longitude)\.?:? ?)?",
    latitude_label=r"lat(?:itude|\.)? ?[:=]? ?",
    longitude_label=r"(?:and )?(?:lon|lng|long|longitude)\.? ?[:=]? ?",
    pair_label=r"lat(?:itude)?[ /,]{1,2}(?:lon|lng|long|longitude)\.?:? ?",
    measure=r"percent|km|kg|points?\b",
    hints=(r"deg(?:\.|rees?)? ", r"[Ll](?:at|AT)(?:itude|ITUDE)?[\W]"),
    cue=re.compile(r"(?:coordinates?|located|location|position|GPS|grid|point|site|map|at)\W{0,4}$", re.IGNORECASE),
)

_DATES: Final = DateWords(
    month=(
        r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
    ),
    weekday=r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{1,3}",
    day_ending="st|nd|rd|th",
    day_joint="of",
    time_joint="at",
    half_day=r"[ap]\.?m\b\.?",
    short_months=tuple("jan feb mar apr may jun jul aug sep oct nov dec".split()),
)

_HEADLINES: Final = HeadlinePatterns(
    date_label=re.compile(r"\b(?:date|dated|published|posted|updated)\b[:\s]*$", re.IGNORECASE),
    byline_words=re.compile(
        r"\b(?:first|last|published|updated|posted|modified|date|dated|on|at|by)\b[:\s]*", re.IGNORECASE
    ),
    byline=re.compile(r"(?:by\s+\w|(?:first |last )?(?:published|updated|posted)\b)", re.IGNORECASE),
    loose_end=re.compile(r"\b(?:for|of|on|as of|at|in|from|to|until|by|since|between|and)$", re.IGNORECASE),
    agency_word=re.compile(r"\b(?:news|agency|press|times|post|radio|tv|daily|media|wire)\b", re.IGNORECASE),
)

ENGLISH: Final = Language(
    code="en",
    article="the",
    abbreviations=_ABBREVIATIONS,
    names=_NAMES,
    units=_UNITS,
    heads=HEADS,
    relations=RELATIONS,
    distances=_DISTANCES,
    rivers=_RIVERS,
    coordinates=_COORDINATES,
    dates=_DATES,
    headlines=_HEADLINES,
    outlets=_OUTLETS,
)
