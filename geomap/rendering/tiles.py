"""An online base map that the owner of a project has configured; there is none by default."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.errors import ConfigurationError

_ADDRESS = re.compile(
    r"https://(?P<host>(?:\{s\}\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::(?P<port>\d{1,5}))?)/[^\s'\";,\\<>]*"
)
_NEEDED = frozenset({"{z}", "{x}", "{y}"})
_KNOWN = _NEEDED | {"{s}", "{r}"}  # another one would stop the page where it has to be filled in
_SERVERS = ("a", "b", "c")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles of a server: ``url`` has ``{z}``, ``{x}``, ``{y}``, and ``{s}`` where it answers as a, b and c.

    The server learns which part of the world a reader looks at, and from which address. Raises `ConfigurationError`
    for an address that a page could not use.
    """

    url: str
    attribution: str = ""

    def __post_init__(self) -> None:
        if not self._is_usable():
            example = "such as https://tiles.example.org/{z}/{x}/{y}.png"
            reason = "has to be an https:// address with {z}, {x} and {y}, and perhaps {s} and {r}"
            raise ConfigurationError(f"map.tiles {reason}, {example}, not {self.url!r}.")

    def _is_usable(self) -> bool:
        match = _ADDRESS.fullmatch(self.url)
        keys = set(re.findall(r"\{[^{}]*\}", self.url))
        return match is not None and int(match["port"] or 443) < 65_536 and _NEEDED <= keys <= _KNOWN

    def hosts(self) -> list[str]:
        """Return the sources that a page has to allow, as in a Content-Security-Policy."""
        host = self._host()
        return [f"https://{host.replace('{s}', server)}" for server in (_SERVERS if "{s}" in host else ("",))]

    def as_json(self) -> dict[str, str]:
        """Return the settings of the tiles for the viewer."""
        return {"url": self.url, "attribution": self.attribution, "host": self._host().replace("{s}.", "")}

    def _host(self) -> str:
        match = _ADDRESS.fullmatch(self.url)
        return match["host"] if match else ""
