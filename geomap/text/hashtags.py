"""The words that a hashtag is made of: "#SaveKharkiv"."""

from __future__ import annotations

import re
from typing import Final

HUMP: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
"""Matches between two words that are written as one, each with its capital."""
