"""Addresses of servers that geomap may ask: encrypted, or on this very machine, and such that they can be asked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.?|[0-9a-f:.]+")
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


def is_confidential(url: str) -> bool:
    """Return whether nobody on the way can read what is asked: https, or anything on this very machine.

    What no server could be asked at (no host, a blank, a port that is none) is not confidential.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    host = parts.hostname or ""
    is_near = parts.scheme == "http" and host in LOOPBACK
    return (parts.scheme == "https" or is_near) and _HOST.fullmatch(host) is not None and _is_sound(url)


def _is_sound(url: str) -> bool:
    """Say whether a request for the address would be for all of it: what is behind # is never sent, nor is a user."""
    parts = urlsplit(url)
    has_odd_parts = "@" in parts.netloc or "#" in url or _BLANK.search(url) is not None
    return not has_odd_parts and (parts.path + parts.query).isascii()
