"""The viewer's files as esbuild made them from ``viewer/`` when the package was built."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geomap.errors import OutputError

_FOLDER = Path(__file__).parent / "bundle"


@cache
def read_bundled(name: str) -> str:
    """Return the text of a bundled file: ``leaflet.js``, ``leaflet.css``, ``viewer.js``, ``viewer.css``, ``page.css``.

    ``atlas.txt`` is the base map, ``details.txt`` what is added where one zooms in, each a JSON document as gzip in
    base64; ``LICENSES.txt`` has the licences of what is bundled.
    Raises `OutputError` where the bundle was not built.
    """
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except OSError as error:
        reason = f"the map's viewer is not built ({name} is missing): install geomap again with pip install -e ."
        raise OutputError(reason) from error
