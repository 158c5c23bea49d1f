"""The register of Ukraine is an .xlsx file: its cells come out as they stand there."""

import io
import zipfile
from typing import Final

import pytest

from geomap.gazetteer.compilation.worksheets import read_cells

_SCHEMA: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def make_workbook(strings: str, rows: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst {_SCHEMA}>{strings}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {_SCHEMA}><sheetData>{rows}</sheetData></worksheet>")
    return file.getvalue()


def test_cells_are_read_by_column_and_empty_ones_left_out() -> None:
    strings = "<si><t>Сумська</t></si><si><r><t>Біло</t></r><r><t>пілля</t></r></si>"
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1"/></row>'
        '<row><c r="A2"><v>12</v></c><c r="AC2" t="s"><v>1</v></c></row>'
    )
    assert list(read_cells(make_workbook(strings, rows))) == [{"A": "Сумська"}, {"A": "12", "AC": "Білопілля"}]


def test_a_file_that_would_fill_the_memory_is_refused() -> None:
    workbook = make_workbook("", " " * (65 << 20))
    with pytest.raises(ValueError, match=r"sheet1\.xml has .* bytes, more than"):
        list(read_cells(workbook))
