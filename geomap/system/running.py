"""Which processes of this machine still run, by their numbers."""

from __future__ import annotations

import os
import sys


def is_running(process_id: int) -> bool:
    """Return whether a process of this number runs; true if the system does not tell."""
    if process_id <= 0:
        return False
    try:
        return _ask_windows(process_id) if sys.platform == "win32" else _ask_posix(process_id)
    except OverflowError:  # no system has such numbers
        return False


def _ask_posix(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)  # asks only; on Windows it would end the process
    except ProcessLookupError:
        return False
    except OSError:  # it runs, and is somebody else's
        return True
    return True


def _ask_windows(process_id: int) -> bool:
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    query, denied, still_active = 0x1000, 5, 259  # PROCESS_QUERY_LIMITED_INFORMATION, ERROR_ACCESS_DENIED
    handle = kernel.OpenProcess(query, False, process_id)
    if not handle:
        return ctypes.get_last_error() == denied
    status = ctypes.c_ulong()
    try:
        return not kernel.GetExitCodeProcess(handle, ctypes.byref(status)) or status.value == still_active
    finally:
        kernel.CloseHandle(handle)
