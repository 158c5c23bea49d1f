"""The whole page: reports, viewer and base map in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from geomap.model import ParsedReport
from geomap.rendering.bundle import read_bundled
from geomap.rendering.label import Label
from geomap.rendering.layer import ReportLayer, find_version
from geomap.rendering.output import replace_file
from geomap.rendering.payload import MapCounts, build_payload, clean_text

_PAGE = Path(__file__).parent / "page.html"


def write_map(
    parsed_reports: Iterable[ParsedReport],
    output: Path,
    *,
    title: str = "Places in reports",
    labels: Sequence[Label] = (),
) -> MapCounts:
    """Write the map of these reports as one self-contained HTML file and return what it holds.

    The same reports, title, labels and version give the same bytes. The file is replaced as a whole or not at all;
    raises `OutputError` where it cannot be written.
    """
    workbench = Workbench(parsed_reports, title=title, labels=labels)
    page = OfflinePage(title=title)
    page.add_child(OfflineMap().add_child(workbench))
    replace_file(output, page.render().encode("utf-8"))
    return workbench.counts


class Workbench(ReportLayer):
    """The report layer with list, panels and offline base map around it; it fills an `OfflinePage`."""

    _template = Template(
        """
        {% macro html(this, kwargs) -%}
            <script type="application/x-geomap" id="{{ this.get_name() }}">{{ this.block }}</script>
            <script type="application/x-geomap" id="geomap_atlas">{{ this.atlas }}</script>
        {%- endmacro %}
        {% macro script(this, kwargs) -%}
            geomap.openWorkbench({{ this._parent.get_name() }}, "{{ this.get_name() }}", "geomap_atlas");
        {%- endmacro %}
        """
    )

    def __init__(self, parsed_reports: Iterable[ParsedReport], *, title: str, labels: Sequence[Label] = ()) -> None:
        super(ReportLayer, self).__init__()  # type: ignore[no-untyped-call]  # branca gives it no types
        self._fill(build_payload(parsed_reports, labels=labels, title=title, version=find_version()))
        self.atlas = read_bundled("atlas.txt")


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

    def __init__(self, *, title: str) -> None:
        super().__init__(title=title)
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
            policy=_write_policy(scripts, styles),
            styles=styles,
            scripts=scripts,
            html=self.html.render(**kwargs),
        )
        return html


def _write_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash_source, scripts))}",
            f"style-src {' '.join(map(_hash_source, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
