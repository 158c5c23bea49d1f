"""Whether a name stands for the place itself or for its government, people or team."""

from __future__ import annotations

from typing import Final

from geomap.model import Usage
from geomap.recognizers.scanning import Span
from geomap.recognizers.tokens import Tokens

# verbs of saying, wanting and doing that only governments, peoples and teams can do
_ACTS: Final = frozenset(
    "said says say denied denies accused accuses agreed agrees announced announces warned warns rejected rejects "
    "condemned condemns demanded demands insisted insists vowed vows urged urges called calls wants wanted hopes hoped "
    "fears feared believes claimed claims confirmed confirms declared declares refused refuses threatened threatens "
    "signed signs sent sends imposed imposes backed backs supports supported opposes opposed plans planned beat beats "
    "defeated won wins scored lost monitors monitoring considers considering launched approved voted recognised "
    "recognized pledged offered accepted decided ordered told tells asked asks expects expected seeks sought argues "
    "argued maintains responded retaliated withdrew amassed deployed".split()
)
_HELPERS: Final = frozenset("has have had is are was were will would could should must may might can also not".split())
_LOCATIVE: Final = frozenset("in at near from to into around outside across through towards toward via of".split())


def usage_of(tokens: Tokens, span: Span) -> Usage:
    """Return "associative" where the name acts ("Moscow denied") and is not placed by a preposition."""
    before = tokens.folded[span.first - 1] if span.first else ""
    if before in _LOCATIVE:
        return "literal"
    if before in {"against", "beat", "between", "with"} and before != "with":
        return "associative"
    for word in tokens.folded[span.last + 1 : span.last + 4]:
        if word in _ACTS:
            return "associative"
        if word not in _HELPERS:
            break
    return "literal"
