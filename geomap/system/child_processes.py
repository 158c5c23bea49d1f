"""Processes of our own that answer one question after the other, seen from the process that starts them.

They are plain `python -c` processes on pipes, not multiprocessing's: those run the caller's main module again (a script
without the ``__main__`` guard starts itself over and over), outlive a killed parent, and answer Ctrl-C with tracebacks.
Ours import geomap only, end when their pipe does, and stand outside the terminal's foreground group. What runs in one,
and what holds it to time and memory, is `geomap.system.serving`; what is said is the matter of those who use it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any, Final, cast

from geomap.errors import ChildDiedError
from geomap.system.channels import Channel
from geomap.system.serving import OUT_OF_MEMORY, TOO_LATE

_OUTSIDE_THE_TERMINAL: Final[dict[str, Any]] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if sys.platform == "win32"
    else {"process_group": 0}
)
"""Ctrl-C reaches the parent alone, which ends its children."""


def is_out_of_memory(death: ChildDiedError) -> bool:
    """Return whether the process was ended for want of memory."""
    return death.status == OUT_OF_MEMORY


def is_late(death: ChildDiedError, seconds: int) -> bool:
    """Return whether the process was ended because it took more than these seconds."""
    return death.status == TOO_LATE and death.seconds >= seconds


class ChildProcess:
    """A process that runs a function (``module:name``) with numbers as arguments, such as the limits that it keeps.

    ``environment`` has variables to set where they are not set already; a ``quiet`` process has no
    standard error. Raises OSError if it cannot be started.
    """

    def __init__(
        self, main: str, *arguments: int, environment: Mapping[str, str] | None = None, quiet: bool = False
    ) -> None:
        module, _, name = main.partition(":")
        given = ", ".join(map(str, arguments))
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code
            [
                sys.executable,
                "-c",
                f"import sys; sys.path[:] = {sys.path!r}; from {module} import {name}; {name}({given})",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            env={**(environment or {}), **os.environ},
            **_OUTSIDE_THE_TERMINAL,
        )
        self._pipes = cast(Any, self._process.stdout), cast(Any, self._process.stdin)
        self._channel = Channel(*self._pipes)

    def is_alive(self) -> bool:
        """Return whether the process can take another question."""
        return self._process.poll() is None

    def ask(self, *messages: bytes, most: int | None = None) -> bytes:
        """Send messages and return the answer; waits for it. Raises `ChildDiedError` where the process ends instead.

        An answer of more than ``most`` bytes is none, and the process is ended.
        """
        started = monotonic()
        try:
            self._channel.send(*messages)
            return self._channel.receive(most=most)
        except (EOFError, OSError, ValueError) as error:  # the last where another thread has ended it
            status, seconds = self.end(), monotonic() - started
            reason = f"a process ended in the middle of its work (exit status {status})"
            raise ChildDiedError(reason, status=status, seconds=seconds) from error
        except BaseException:  # Ctrl-C: what it answers later belongs to no question
            self.end()
            raise

    def end(self) -> int:
        """End the process at once, for it holds nothing to save, and return its exit status."""
        self._process.kill()
        status = self._process.wait()
        for pipe in self._pipes:
            with suppress(OSError):  # what a dead process did not take is still in the buffer
                pipe.close()
        return status
