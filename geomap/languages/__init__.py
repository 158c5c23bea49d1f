"""What depends on a language: words, patterns, and which language a report is written in.

A language is one module that makes one `Language` and is named in the table of `registry`.
"""

from __future__ import annotations

from geomap.languages.base import Language
from geomap.languages.english import ENGLISH
from geomap.languages.registry import CODES, detect_language, find_language

__all__ = ["CODES", "ENGLISH", "Language", "detect_language", "find_language"]
