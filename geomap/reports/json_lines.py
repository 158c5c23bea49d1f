"""JSON Lines: one object a line, read one at a time, whatever the size of the file."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.config import Limits
from geomap.errors import ReportError
from geomap.model import Report
from geomap.reports.base import Readable, open_text, too_large
from geomap.reports.encoding import find_file_encoding
from geomap.reports.json_list import load_json
from geomap.reports.records import RecordReader
from geomap.text.lines import Line, read_lines


class JsonLinesReader:
    """Reads JSON Lines; a broken line or one over the limit is an error of its own and the rest goes on."""

    suffixes = frozenset({".jsonl", ".ndjson"})
    packages: tuple[str, ...] = ()

    def read(self, file: Readable, report_id: str, limits: Limits) -> Iterator[Report | ReportError]:
        """Yield a report or an error for each line that is not blank; raise `ReportError` where there is none."""
        records, is_empty = RecordReader(report_id, limits), True
        with open_text(file, encoding=find_file_encoding(file)) as stream:
            for line in read_lines(stream, limit=limits.report_bytes):
                if line.text is None or line.text.strip():
                    is_empty = False
                    yield _read_line(records, line, limits)
        if is_empty:
            raise ReportError("is empty")


def _read_line(records: RecordReader, line: Line[str], limits: Limits) -> Report | ReportError:
    if line.text is None:
        return ReportError(too_large(limits), line=line.number)
    try:
        return records.read(load_json(line.text.strip()), number=line.number)
    except ReportError as error:
        return ReportError(error.reason, line=line.number)
