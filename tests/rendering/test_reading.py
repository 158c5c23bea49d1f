"""A map that was written is read again: what it was made of, or one line that says what is wrong with it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import ComparisonError
from geomap.model import Copy, ParsedReport
from geomap.rendering.columns import Block, decode_varints, encode_varints
from geomap.rendering.layer import ReportLayer
from geomap.rendering.offsets import code_point_offsets, utf16_offsets
from geomap.rendering.page import write_map
from geomap.rendering.reading import MapFile, open_map


def read_back(parsed: ParsedReport) -> ParsedReport:
    """Return what a map keeps of a report, of what `open_map` reads."""
    report = replace(parsed.report, domain="", language="")
    mentions = [
        replace(
            each,
            probability=1.0,
            usage_probability=1.0,
            confidence=round(each.confidence * 100) / 100,
            alternatives=(),
            evidence=(),
            place=replace(
                each.place,
                geonameid=None,
                admin1_code="",
                feature_class="",
                feature_code="",
                population=0,
                latitude=round(each.place.latitude, 5),
                longitude=round(each.place.longitude, 5),
            ),
        )
        for each in parsed.mentions
        if each.place is not None
    ]
    return ParsedReport(report, tuple(mentions))


def check(map_file: MapFile, parsed_reports: list[ParsedReport]) -> None:
    expected = [read_back(each) for each in sorted(parsed_reports, key=lambda each: each.report.id)]
    assert list(map_file.iterate_reports()) == expected


@pytest.mark.parametrize("inline_excerpts", [100, 1])
def test_reports_and_mentions_are_read_as_they_were_written(
    inline_excerpts: int, parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    path = tmp_path / "a map.html"
    write_map(parsed_reports, path, inline_excerpts=inline_excerpts, versions={"model": "1"})
    check(open_map(path), parsed_reports)
    assert (open_map(path).versions, open_map(path).left_out) == ({"model": "1"}, 0)


def test_a_layer_in_ones_own_map_is_read_as_well(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    own = folium.Map()
    ReportLayer(parsed_reports).add_to(own)
    own.save(tmp_path / "own.html")
    check(open_map(tmp_path / "own.html"), parsed_reports)
    assert open_map(tmp_path / "own.html").versions == {}


def test_copies_and_what_was_left_out_are_told(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    reports = [replace(parsed_reports[0], copies=(Copy("copy.txt"),)), *parsed_reports[1:]]
    write_map(reports, tmp_path / "map.html", max_excerpts_per_place=1)
    assert open_map(tmp_path / "map.html").copies == {"copy.txt"}
    assert open_map(tmp_path / "map.html").left_out > 0


def test_texts_that_are_missing_beside_a_large_map_are_told(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(parsed_reports, tmp_path / "map.html", inline_excerpts=1)
    shutil.rmtree(tmp_path / "map_texts")
    with pytest.raises(ComparisonError, match="put map_texts back beside it"):
        list(open_map(tmp_path / "map.html").iterate_reports())


def test_a_damaged_map_is_one_line_wherever_it_is_cut_or_changed(
    parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    write_map(parsed_reports, path)
    content = path.read_bytes()
    start = content.index(b'<script type="application/x-geomap"')
    middle = content.index(b">", start) + 40
    for damaged in (
        content[:start],
        content[:middle],
        content[:middle] + b"!" + content[middle + 1 :],
        content[:middle] + b"AAAA" + content[middle + 4 :],
        b"",
        b"name,latitude\n",
    ):
        path.write_bytes(damaged)
        with pytest.raises(ComparisonError, match=r"^[^\n]*(is no map of geomap|it is damaged)[^\n]*name [^\n]*$"):
            list(open_map(path).iterate_reports())


def test_a_map_of_the_form_before_is_read_unless_older_mentions_were_left_out(
    parsed_reports: list[ParsedReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.rendering.payload.FORMAT", 3)
    monkeypatch.setattr(Block, "add_bytes", lambda block, name, numbers: name == "literal" or add(block, name, numbers))
    write_map(parsed_reports, tmp_path / "map.html")
    assert "literal" not in open_map(tmp_path / "map.html").columns
    check(open_map(tmp_path / "map.html"), parsed_reports)
    write_map(parsed_reports, tmp_path / "map.html", max_excerpts_per_place=1)  # geomap wrote these with wrong offsets
    with pytest.raises(ComparisonError, match="another version of geomap"):
        open_map(tmp_path / "map.html")


add = Block.add_bytes


@pytest.mark.parametrize("other", [2, 5])
def test_a_map_of_another_layout_is_refused(
    other: int, parsed_reports: list[ParsedReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.rendering.payload.FORMAT", other)
    write_map(parsed_reports, tmp_path / "map.html")
    with pytest.raises(ComparisonError, match="another version of geomap"):
        open_map(tmp_path / "map.html")


def test_a_map_without_reports_has_none(tmp_path: Path) -> None:
    write_map([], tmp_path / "map.html")
    assert list(open_map(tmp_path / "map.html").iterate_reports()) == []


@given(st.lists(st.integers(0, 2**62)))
def test_numbers_survive_the_way_there_and_back(numbers: list[int]) -> None:
    assert decode_varints(encode_varints(np.asarray(numbers, np.int64))).tolist() == numbers


@given(st.text(), st.data())
def test_offsets_survive_the_way_there_and_back(text: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    assert code_point_offsets(text, utf16_offsets(text, offsets)) == offsets
