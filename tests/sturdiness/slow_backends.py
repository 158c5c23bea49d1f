"""Backends that take their time, so that there is some in which to end them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from geomap.model import Mention, Report
from geomap.pipeline.backends import Backends
from geomap.testing import SMALL_BACKENDS, NameRecognizer, Standalone

SECONDS_EACH = 0.02 * float(os.environ.get("GEOMAP_SLOWLY", "1"))
NOTES = os.environ.get("GEOMAP_NOTES")

if os.environ.get("GEOMAP_IGNORES_HANGUP"):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


class SlowRecognizer(NameRecognizer):
    """Takes a while for each report, notes it in the file that GEOMAP_NOTES names, and dies of one."""

    def recognize(self, report: Report) -> list[Mention]:
        time.sleep(SECONDS_EACH)
        if "deadly" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if NOTES:
            with Path(NOTES).open("a") as notes:
                notes.write(f"{report.id}\n")
        return super().recognize(report)


SLOW_BACKENDS: Backends = replace(SMALL_BACKENDS, recognizer=Standalone(SlowRecognizer))
