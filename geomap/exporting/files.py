"""Exports as files and streams."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from geomap.exporting.columns import Thing
from geomap.exporting.formats import Format
from geomap.exporting.records import Findings, iterate_records
from geomap.system.replacement import replacement


def export_file(findings: Findings, thing: Thing, form: Format, output: Path) -> int:
    """Write what a build has found to a file, which is replaced as a whole, and return how many records that are."""
    write = form.load_writer()
    with replacement(output) as stream:
        stream.write(form.mark)
        return write(iterate_records(findings, thing), thing, stream)


def export_stream(findings: Findings, thing: Thing, form: Format, stream: BinaryIO) -> int:
    """Write the same to an open stream."""
    return form.load_writer()(iterate_records(findings, thing), thing, stream)
