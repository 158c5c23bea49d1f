"""The unit tests of the viewer's own parts, run by Node as `npm test` does."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import geomap.rendering

pytestmark = pytest.mark.slow

VIEWER = Path(geomap.rendering.__file__).parent / "viewer"


def test_the_viewers_own_tests_pass() -> None:
    node = shutil.which("node")
    if node is None or not (VIEWER / "node_modules" / "esbuild").exists():
        reason = "Node.js or the viewer's packages are missing: npm ci in geomap/rendering/viewer"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run([node, "test.mjs"], cwd=VIEWER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
