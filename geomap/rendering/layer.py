"""The folium layer that carries reports and their places into a map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from branca.element import MacroElement
from folium.template import Template

from geomap.model import ParsedReport
from geomap.rendering.bundle import read_bundled
from geomap.rendering.payload import MapCounts, build_payload, encode_block


class ReportLayer(MacroElement):
    """A folium layer: a marker for each place that reports name, its excerpts in a popup.

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
        {% endmacro %}
        {% macro script(this, kwargs) %}
            geomap.addReportLayer({{ this._parent.get_name() }}, "{{ this.get_name() }}");
        {% endmacro %}
        """
    )

    def __init__(self, parsed_reports: Iterable[ParsedReport]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca gives it no types
        self._fill(build_payload(parsed_reports, version=find_version()))

    def _fill(self, payload: dict[str, object]) -> None:
        self._name = "ReportLayer"
        self.counts = MapCounts(**payload["counts"])  # type: ignore[arg-type]  # written by build_payload from a MapCounts
        self.block = encode_block(payload)
        # folium's own ids are random; this one stays the same for the same data
        self._id = hashlib.blake2b(self.block.encode("ascii"), digest_size=8).hexdigest()
        self.style = read_bundled("viewer.css")
        self.viewer = read_bundled("viewer.js")


def find_version() -> str:
    """Return the version of the installed distribution, "" where geomap runs without being installed."""
    try:
        return version("geomap-reports")
    except PackageNotFoundError:
        return ""
