"""Which languages geomap knows, each loaded when it is first asked for, and which of them a report is written in."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Final

from geomap.languages.base import Language
from geomap.model import Report

_MODULES: Final = {"en": "geomap.languages.english"}
"""Named in full: what results are known by follows such names to the code."""

CODES: Final = tuple(_MODULES)
"""The codes of all languages (ISO 639-1)."""


@cache
def find_language(code: str) -> Language:
    """Return the language of a code among `CODES`: what its module calls by its own name in capitals."""
    module = import_module(_MODULES[code])
    language: Language = getattr(module, module.__name__.rpartition(".")[2].upper())
    return language


def detect_language(report: Report) -> Language:  # noqa: ARG001 -- there is one language to choose from so far
    """Return the language whose words are read in a report: English for all, until other languages are here.

    Then what the report states of its language will decide, and where it states none its letters and commonest words;
    English stays the answer for languages without a module. Stages ask this for all that no model has learned with:
    relations, distances, coordinates, ends of sentences. What a trained model takes for granted is handed to the
    constructor of what holds the model.
    """
    return find_language("en")
