"""A map inside a notebook."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

HEIGHT: Final = 600
"""Pixels."""

LARGEST: Final = 50_000_000
"""Bytes of a map that a notebook takes in: it stores what it shows."""


def show_map(path: Path) -> str:
    """Return HTML with the map in a frame that cannot reach the notebook, whatever the reports say."""
    name = escape(str(path))
    try:
        if path.stat().st_size > LARGEST:
            return f"<p>The map is too large for a notebook: open <code>{name}</code> in a browser.</p>"
        page = path.read_text(encoding="utf-8")
    except OSError:
        return f"<p>The map <code>{name}</code> is gone: build it again.</p>"
    return (
        f'<div style="position:relative;height:{HEIGHT}px">'
        f"<span>Trust this notebook to see the map, or open <code>{name}</code> in a browser.</span>"
        '<iframe title="geomap" sandbox="allow-scripts allow-downloads allow-popups" '
        'style="position:absolute;inset:0;width:100%;height:100%;border:0;background:#fff" '
        f'srcdoc="{escape(page)}"></iframe></div>'
    )
