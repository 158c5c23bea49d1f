"""The whole page: reports, viewer and base map in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from geomap.model import ParsedReport
from geomap.rendering.bundle import read_bundled
from geomap.rendering.columns import clean_text
from geomap.rendering.labels import Label
from geomap.rendering.layer import ReportLayer, find_version
from geomap.rendering.outlines import add_outlines, encode_region_lines
from geomap.rendering.output import replace_file
from geomap.rendering.payload import INLINE_EXCERPTS, MapCounts, Payload, build_payload
from geomap.rendering.shards import Shards
from geomap.rendering.tiles import Tiles

_PAGE = Path(__file__).parent / "page.html"


def write_map(
    parsed_reports: Iterable[ParsedReport],
    output: Path,
    *,
    title: str = "Places in reports",
    labels: Sequence[Label] = (),
    tiles: Tiles | None = None,
    versions: Mapping[str, str] | None = None,
    max_excerpts_per_place: int | None = None,
    inline_excerpts: int = INLINE_EXCERPTS,
) -> MapCounts:
    """Write the map of these reports as one self-contained HTML file and return what it holds.

    Above ``inline_excerpts`` excerpts the texts go into files in a folder beside it. ``tiles`` is an online base map
    that the reader may switch on; ``versions`` are digests of what the mentions were found by;
    ``max_excerpts_per_place`` keeps the newest of each place.

    The same reports, title, labels and versions give the same bytes. The file is replaced as a whole or not at all;
    raises `OutputError` where it cannot be written.
    """
    payload = build_payload(
        parsed_reports,
        labels=labels,
        title=title,
        version=find_version(),
        versions=versions,
        max_excerpts_per_place=max_excerpts_per_place,
    )
    is_large = payload.counts.mentions + payload.counts.unresolved > inline_excerpts
    shards = Shards(output, payload.texts if is_large else ())
    payload.block.document["texts"]["files"] = shards.addresses()
    payload.block.document["tiles"] = tiles and tiles.as_json()
    workbench = Workbench(payload, with_texts=not is_large)
    page = OfflinePage(title=title, loads_shards=is_large, tiles=tiles)
    page.add_child(OfflineMap().add_child(workbench))
    # markup beyond ASCII as references: scripts and styles have none, and a page of bytes is read in half the time
    html = page.render().encode("ascii", "xmlcharrefreplace")
    shards.write()
    replace_file(output, html)
    shards.remove_others()
    return replace(payload.counts, shards=len(payload.texts) if is_large else 0)


class Workbench(ReportLayer):
    """The report layer with list, panels and offline base map; it fills an `OfflinePage`."""

    _template = Template(
        """
        {% macro html(this, kwargs) -%}
            <script type="application/x-geomap" id="{{ this.get_name() }}">{{ this.block }}</script>
            {%- for text in this.texts %}
            <script type="application/x-geomap" id="{{ this.get_name() }}_text_{{ loop.index0 }}">{{ text }}</script>
            {%- endfor %}
            <script type="application/x-geomap" id="geomap_atlas">{{ this.atlas }}</script>
            <script type="application/x-geomap" id="geomap_details">{{ this.details }}</script>
            <script type="application/x-geomap" id="geomap_regions">{{ this.regions }}</script>
        {%- endmacro %}
        {% macro script(this, kwargs) -%}
            geomap.openWorkbench({{ this._parent.get_name() }}, "{{ this.get_name() }}");
        {%- endmacro %}
        """
    )

    def __init__(self, payload: Payload, *, with_texts: bool = True) -> None:
        super(ReportLayer, self).__init__()  # type: ignore[no-untyped-call]  # branca gives it no types
        add_outlines(payload.block, with_countries=False)
        self._fill(payload, with_texts=with_texts)
        self.atlas = read_bundled("atlas.txt")
        self.details = read_bundled("details.txt")
        self.regions = encode_region_lines()


class OfflineMap(folium.Map):
    """A folium map that asks no server for anything: no tiles, no links to content networks."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own attribute, emptied and never changed
    default_css: list[tuple[str, str]] = []  # noqa: RUF012  # likewise
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=1,
            wheel_px_per_zoom_level=120,
            max_bounds=True,
            min_lat=-85,
            max_lat=85,
            min_lon=-190,
            max_lon=190,
        )
        self.options |= {"min_zoom": 1, "max_zoom": 13}  # folium gives its own arguments of these names to tiles only
        self._id = "geomap"


class OfflinePage(Figure):
    """A page whose every script and style is inline and named by its hash in a strict Content-Security-Policy."""

    def __init__(self, *, title: str, loads_shards: bool = False, tiles: Tiles | None = None) -> None:
        super().__init__(title=title)
        self._loads_shards = loads_shards
        self._tiles = tiles
        self._template = Template(_PAGE.read_text(encoding="utf-8"))

    def render(self, **kwargs: Any) -> str:
        """Return the page as HTML."""
        for child in self._children.values():
            child.render(**kwargs)
        styles = [read_bundled("leaflet.css"), read_bundled("viewer.css"), read_bundled("page.css")]
        scripts = [read_bundled("leaflet.js"), read_bundled("viewer.js"), self.script.render(**kwargs)]
        html: str = self._template.render(
            title=clean_text(self.title or ""),
            version=find_version(),
            policy=self._write_policy(scripts, styles),
            styles=styles,
            scripts=scripts,
            html=self.html.render(**kwargs),
        )
        return html

    def _write_policy(self, scripts: Iterable[str], styles: Iterable[str]) -> str:
        # a script of known hash, that is the viewer, may load the texts beside the file; nothing else may load anything
        loading = " 'strict-dynamic'" if self._loads_shards else ""
        pictures = [f"img-src {' '.join(self._tiles.hosts())}"] if self._tiles else []
        return "; ".join(
            [
                "default-src 'none'",
                f"script-src {' '.join(map(_hash_source, scripts))}{loading}",
                f"style-src {' '.join(map(_hash_source, styles))}",
                *pictures,
                "base-uri 'none'",
                "form-action 'none'",
            ]
        )


def _hash_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
