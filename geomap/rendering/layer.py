"""The folium layer that carries reports and their places into a map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from branca.element import MacroElement
from folium.template import Template

from geomap.model import ParsedReport
from geomap.rendering.bundle import read_bundled
from geomap.rendering.outlines import add_outlines
from geomap.rendering.payload import Payload, build_payload


class ReportLayer(MacroElement):
    """A folium layer: markers for places and outlines for areas that reports name, their excerpts in popups.

    ``ReportLayer(parsed_reports).add_to(folium.Map())`` works in anyone's map. Texts travel as data and reach the
    page as text only, whatever they contain. ``counts`` says what the layer holds.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>{{ this.style }}</style>
            <script>{{ this.viewer }}</script>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <script type="application/x-geomap" id="{{ this.get_name() }}">{{ this.block }}</script>
            {%- for text in this.texts %}
            <script type="application/x-geomap" id="{{ this.get_name() }}_text_{{ loop.index0 }}">{{ text }}</script>
            {%- endfor %}
        {% endmacro %}
        {% macro script(this, kwargs) %}
            geomap.addReportLayer({{ this._parent.get_name() }}, "{{ this.get_name() }}");
        {% endmacro %}
        """
    )

    def __init__(self, parsed_reports: Iterable[ParsedReport], *, max_excerpts_per_place: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca gives it no types
        payload = build_payload(parsed_reports, version=find_version(), max_excerpts_per_place=max_excerpts_per_place)
        add_outlines(payload.block, with_countries=True)
        self._fill(payload)

    def _fill(self, payload: Payload, *, with_texts: bool = True) -> None:
        self._name = "ReportLayer"
        self.counts = payload.counts
        self.block = payload.block.encode()
        self.texts = [part.encoded for part in payload.texts] if with_texts else []
        # folium's own ids are random; this one stays the same for the same data
        parts = "".join([self.block, *(part.digest for part in payload.texts)])
        self._id = hashlib.blake2b(parts.encode("ascii"), digest_size=8).hexdigest()
        self.style = read_bundled("viewer.css")
        self.viewer = read_bundled("viewer.js")


def find_version() -> str:
    """Return the version of the installed distribution, or an empty string if geomap is not installed."""
    try:
        return version("geomap-reports")
    except PackageNotFoundError:
        return ""
