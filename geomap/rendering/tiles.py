"""An online base map that the owner of a project has configured; there is none by default."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.errors import ConfigurationError

_ADDRESS = re.compile(r"https://(?P<host>(?:\{s\}\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?)/[^\s'\";,\\<>]*")
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
        if not _ADDRESS.fullmatch(self.url) or any(key not in self.url for key in ("{z}", "{x}", "{y}")):
            reason = (
                "has to be an https:// address with {z}, {x} and {y}, such as https://tiles.example.org/{z}/{x}/{y}.png"
            )
            raise ConfigurationError(f"map.tiles {reason}, not {self.url!r}.")

    def hosts(self) -> list[str]:
        """Return the sources that a page has to allow, as in a Content-Security-Policy."""
        host = self._host()
        return [f"https://{host.replace('{s}', server)}" for server in (_SERVERS if "{s}" in host else ("",))]

    def as_json(self) -> dict[str, str]:
        """Return what the viewer needs."""
        return {"url": self.url, "attribution": self.attribution, "host": self._host().replace("{s}.", "")}

    def _host(self) -> str:
        match = _ADDRESS.fullmatch(self.url)
        return match["host"] if match else ""
