"""Addresses of servers that geomap may ask: encrypted, or on this very machine, and such that they can be asked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.?|[0-9a-f:.]+")
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


def is_confidential(url: str) -> bool:
    """Return whether nobody on the way can read a request: it uses https, or stays on this very machine.

    An address that no server can have (no host, a blank, a wrong port) is not confidential.
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
    """Return whether a request would send the whole address: a fragment behind # and a user are never sent."""
    parts = urlsplit(url)
    has_odd_parts = "@" in parts.netloc or "#" in url or _BLANK.search(url) is not None
    return not has_odd_parts and (parts.path + parts.query).isascii()
