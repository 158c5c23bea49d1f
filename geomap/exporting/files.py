"""Exports as files and streams."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from geomap.exporting.columns import Thing
from geomap.exporting.formats import Format
from geomap.exporting.records import Findings, iterate_records
from geomap.system.replacement import replacement


def export_file(findings: Findings, thing: Thing, form: Format, output: Path) -> int:
    """Write the records of a build to a file, which is replaced as a whole, and return their number."""
    write = form.load_writer()
    with replacement(output) as stream:
        stream.write(form.mark)
        return write(iterate_records(findings, thing), thing, stream)


def export_stream(findings: Findings, thing: Thing, form: Format, stream: BinaryIO) -> int:
    """Write the records of a build to an open stream, and return their number."""
    return form.load_writer()(iterate_records(findings, thing), thing, stream)
