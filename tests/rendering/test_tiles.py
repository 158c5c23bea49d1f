import re
from pathlib import Path

import pytest

from geomap.errors import ConfigurationError
from geomap.rendering.page import write_map
from geomap.rendering.tiles import Tiles


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src *; x/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png'; script-src 'unsafe-inline",
        "https://user@tiles.example.org/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://tiles.example.org:65536/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png?key={key}",  # which nobody would fill in
        "https://tiles.example.org/{z}/{x}/{-y}.png",
        "tiles",
    ],
)
def test_addresses_that_a_page_could_not_use_are_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"https:// address with \{z\}, \{x\} and \{y\}"):
        Tiles(address)


def test_only_the_tiles_host_may_be_asked_and_only_for_pictures(tmp_path: Path) -> None:
    write_map([], tmp_path / "map.html", tiles=Tiles("https://{s}.tiles.example.org:8443/{z}/{x}/{y}.png?key=1"))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', (tmp_path / "map.html").read_text("utf-8"))
    assert policy is not None
    directives = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert directives["img-src"].split() == [f"https://{server}.tiles.example.org:8443" for server in "abc"]
    assert directives["default-src"] == "'none'"
    assert "connect-src" not in directives


def test_without_tiles_no_host_may_be_asked(tmp_path: Path) -> None:
    write_map([], tmp_path / "map.html")
    assert "https:" not in re.search(r'content="(default-src[^"]+)"', (tmp_path / "map.html").read_text("utf-8"))[1]  # type: ignore[index]  # there is a policy
