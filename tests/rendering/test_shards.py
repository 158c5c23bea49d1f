from pathlib import Path

from geomap.model import ParsedReport
from geomap.rendering.page import write_map


def names_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_large_map_keeps_its_texts_in_a_folder_beside_it(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    assert write_map(parsed_reports, tmp_path / "map.html", inline_excerpts=10).shards == 0
    assert names_of(tmp_path) == {"map.html"}
    assert write_map(parsed_reports, tmp_path / "map.html", inline_excerpts=9).shards == 1
    assert names_of(tmp_path) == {"map.html", "map_texts"}
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "'strict-dynamic'" in page
    assert page.count('type="application/x-geomap"') == 4


def test_what_is_not_needed_any_more_is_removed_and_nothing_else(
    parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    folder = tmp_path / "map_texts"
    write_map(parsed_reports, tmp_path / "map.html", inline_excerpts=1)
    first = names_of(folder)
    write_map(parsed_reports[:2], tmp_path / "map.html", inline_excerpts=1)
    assert len(names_of(folder)) == 1
    assert names_of(folder) != first
    (folder / "notes.txt").write_text("somebody else's")
    write_map(parsed_reports, tmp_path / "map.html")
    assert names_of(folder) == {"notes.txt"}
    (folder / "notes.txt").unlink()
    write_map(parsed_reports, tmp_path / "map.html")
    assert names_of(tmp_path) == {"map.html"}


def test_a_large_map_is_the_same_however_often_it_is_written(
    parsed_reports: list[ParsedReport], tmp_path: Path
) -> None:
    def write(reports: list[ParsedReport]) -> dict[str, bytes]:
        write_map(reports, tmp_path / "map.html", inline_excerpts=1)
        return {path.name: path.read_bytes() for path in tmp_path.rglob("*.*")}

    assert write(parsed_reports) == write(parsed_reports[::-1])


def test_texts_beside_the_map_stand_there_only_as_data(hostile_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(hostile_reports, tmp_path / "map.html", inline_excerpts=1)
    (shard,) = (tmp_path / "map_texts").iterdir()
    content = shard.read_text("ascii")
    assert content.startswith('geomap.receiveText("')
    assert set(content) <= set('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=.,()"; \n')
