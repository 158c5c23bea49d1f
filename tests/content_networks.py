"""What folium's pages ask of content networks, answered here: such a page has no policy that forbids it to ask."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from geomap.rendering.bundle import read_bundled

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

KINDS: Final = {"js": "text/javascript", "css": "text/css"}
TILE: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def answer_for_content_networks(page: Page) -> None:
    """Give a folium page the Leaflet of the bundle and empty tiles; the rest that it asks for plays no part here."""
    page.route(re.compile("^https?:"), _answer)


def _answer(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    ending = name.rpartition(".")[2]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(body=read_bundled(name), content_type=KINDS[ending])
    elif ending == "png":
        route.fulfill(body=TILE, content_type="image/gif")
    else:
        route.fulfill(body="", content_type=KINDS.get(ending, KINDS["js"]))
