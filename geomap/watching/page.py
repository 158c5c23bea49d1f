"""The map as it is served: the file's bytes, with a script that asks for news and a policy that lets it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

RELOAD = """\
(function () {
  "use strict";
  var known = null;
  function ask() {
    fetch("version", { cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.text() : known; })
      .then(function (version) {
        if (known !== null && version !== known) { location.reload(); }
        known = version;
      })
      .catch(function () {})
      .then(function () { setTimeout(ask, 500); });
  }
  ask();
})();"""
"""Where a map has not been built yet, or the server has ended, it goes on asking."""

SAVING = '<meta name="geomap-corrections" content="corrections">'
"""Tells the map's viewer where to post corrections; a map that was opened as a file has no such line."""

_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]{1,4000})(">)')
_HEAD_BYTES = 1_000_000
_WAITING = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>geomap</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'none'">
</head><body><p>There is no map yet. It appears here as soon as there is.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class ServedPage:
    """The page that is served for a map; ``version`` changes with the file's bytes."""

    content: bytes
    version: str


def make_page(html: bytes | None) -> ServedPage:
    """Return the page for the bytes of a map, or for None as long as there is no map."""
    html = _WAITING if html is None else html
    version = hashlib.blake2b(html, digest_size=16).hexdigest()
    script = f"{SAVING}<script>{RELOAD}</script>".encode()
    head, found, rest = html[:_HEAD_BYTES].partition(b"</head>")
    if not found:
        return ServedPage(html, version)
    head = _POLICY.sub(lambda policy: policy[1] + _extend(policy[2].decode()).encode() + policy[3], head, count=1)
    return ServedPage(b"".join((head, script, found, rest, html[_HEAD_BYTES:])), version)


def _extend(policy: str) -> str:
    """Return a policy that also allows the script, and requests to the server that has sent the page."""
    digest = base64.b64encode(hashlib.sha256(RELOAD.encode()).digest()).decode()
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    scripts = directives.get("script-src", "").replace("'none'", "").strip()
    directives["script-src"] = f"{scripts} 'sha256-{digest}'".strip()
    directives["connect-src"] = f"{directives.get('connect-src', '')} 'self'".strip()
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())
