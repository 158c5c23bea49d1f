from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from marking import slow_but_first

from geomap.comparing.comparison import Change, Comparison, Spot
from geomap.errors import DamagedStoreError, ReportError, StoreError
from geomap.model import Mention, ParsedReport, Report
from geomap.store import Changes, FileKey, Store
from geomap.store.builds import MAPS_REMEMBERED
from geomap.testing import PLACES

FINGERPRINT = "model-1"


def make_report(name: str, text: str = "Shelling near Kharkiv") -> Report:
    return Report(name, text, title="A title", source="A paper", date="2025-05-25", language="en")


def make_parsed(report: Report) -> ParsedReport:
    found = Mention(14, 21, "Kharkiv", usage="associative", usage_probability=0.25)
    mention = replace(found, place=PLACES["Kharkiv"], confidence=0.5, evidence=("the largest",))
    return ParsedReport(report, (mention,))


def add_file(store: Store, name: str, text: str = "Shelling near Kharkiv") -> FileKey:
    key = FileKey(f"digest of {text}", "reader-1", name)
    if not store.has_file(key):
        store.add_file(key, [make_report(name, text)])
    return key


def build(store: Store, *names: str, output: str = "map.html", text: str = "Shelling near Kharkiv") -> Changes:
    store.begin()
    for name in names:
        assert store.choose_file(add_file(store, name, text)) == []
    for number in store.find_unparsed(FINGERPRINT):
        store.add_mentions(FINGERPRINT, [make_parsed(store.get_report(number))])
    changes = store.compare(output)
    store.record_build(output, FINGERPRINT)
    return changes


def count_rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "output" / "store.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as store:
        yield store


def test_what_was_kept_comes_back_equal_by_report_id(store: Store) -> None:
    reports = [
        make_report("z.txt"),
        make_report("a.csv#ä"),
        make_report("a.csv#\U0001f600"),
        make_report("a.csv#\uffff"),
    ]
    for report in reports:
        key = FileKey("digest", "reader-1", report.id)
        store.add_file(key, [report])
        store.choose_file(key)
    numbers = store.find_unparsed(FINGERPRINT)
    store.add_mentions(FINGERPRINT, [make_parsed(store.get_report(number)) for number in numbers])
    expected = [make_parsed(report) for report in sorted(reports, key=lambda each: each.id)]
    assert list(store.iterate_parsed(FINGERPRINT)) == expected


@pytest.mark.parametrize("text", ["\ud800 alone", "a\0b", "\U0001f600 \r\n é e\u0301", ""])
def test_any_text_survives(store: Store, text: str) -> None:
    key = FileKey("digest", "reader-1", "odd.txt")
    store.add_file(key, [make_report("odd.txt\udcff", text)])
    store.choose_file(key)
    (number,) = store.find_unparsed(FINGERPRINT)
    assert store.get_report(number) == make_report("odd.txt\udcff", text)


def test_a_file_is_known_by_bytes_reader_and_id(store: Store) -> None:
    store.add_file(FileKey("digest", "reader-1", "a.txt"), [])
    assert store.has_file(FileKey("digest", "reader-1", "a.txt"))
    assert not store.has_file(FileKey("other", "reader-1", "a.txt"))
    assert not store.has_file(FileKey("digest", "reader-2", "a.txt"))
    assert not store.has_file(FileKey("digest", "reader-1", "b.txt"))


def test_failures_of_a_file_are_told_again_without_reading_it(path: Path) -> None:
    key = FileKey("digest", "reader-1", "a.jsonl")
    with Store(path) as store:
        store.add_file(key, [ReportError("broken", path="a.jsonl", line=3), make_report("a.jsonl#1")])
    with Store(path) as store:
        assert [(each.reason, each.line) for each in store.choose_file(key)] == [("broken", 3)]
        assert store.count_reports() == 1


def test_thousands_of_failures_that_an_older_geomap_has_kept_are_told_as_few(path: Path) -> None:
    key = FileKey("digest", "reader-1", "a.csv")
    with Store(path) as store:
        store.add_file(
            key, [ReportError(f"is a duplicate of line 2 (id {each})", line=each) for each in range(3, 3003)]
        )
        *first, last = store.choose_file(key)
    assert [each.line for each in first] == [3, 4, 5, 6, 7]
    assert (last.line, last.count) == (3002, 2995)


def test_an_id_that_is_taken_is_a_failure(store: Store) -> None:
    one, other = FileKey("digest 1", "reader-1", "a.txt"), FileKey("digest 2", "reader-1", "a.txt")
    store.add_file(one, [make_report("a.txt", "one")])
    store.add_file(other, [make_report("a.txt", "other")])
    assert store.choose_file(one) == []
    (failure,) = store.choose_file(other)
    assert "has the id of another report (id a.txt)" in failure.reason
    (number,) = store.find_unparsed(FINGERPRINT)
    assert store.get_report(number).text == "one"


def test_an_error_in_the_middle_of_a_file_leaves_nothing_behind(store: Store) -> None:
    def entries() -> Iterator[Report]:
        yield make_report("a.jsonl#1")
        raise OSError("the disk has gone")

    key = FileKey("digest", "reader-1", "a.jsonl")
    with pytest.raises(OSError, match="the disk has gone"):
        store.add_file(key, entries())
    assert not store.has_file(key)
    store.add_file(key, [make_report("a.jsonl#1")])


def test_another_fingerprint_means_everything_is_parsed_again(store: Store) -> None:
    build(store, "a.txt", "b.txt")
    store.begin()
    store.choose_file(add_file(store, "a.txt"))
    assert store.find_unparsed(FINGERPRINT) == []
    assert len(store.find_unparsed("model-2")) == 1


def test_changes_are_relative_to_the_last_build_of_the_same_map(store: Store) -> None:
    assert build(store, "a.txt", "b.txt") == Changes(new=2, changed=0, removed=0)
    assert build(store, "a.txt", "b.txt") == Changes(new=0, changed=0, removed=0)
    assert build(store, "b.txt", "c.txt") == Changes(new=1, changed=0, removed=1)
    assert build(store, "a.txt", output="other.html") == Changes(new=1, changed=0, removed=0)
    assert build(store, "b.txt", "c.txt", text="Shelling near Kharkiv again") == Changes(new=0, changed=2, removed=0)


def test_reports_that_no_map_uses_are_forgotten(store: Store, path: Path) -> None:
    build(store, "a.txt", "b.txt", output="one.html")
    build(store, "b.txt", "c.txt", output="two.html")
    build(store, "a.txt", output="one.html")
    assert count_rows(path, "files") == count_rows(path, "reports") == count_rows(path, "mentions") == 3
    build(store, "d.txt", output="two.html")
    assert count_rows(path, "files") == count_rows(path, "reports") == count_rows(path, "mentions") == 2


def test_the_text_of_a_forgotten_report_leaves_the_file(path: Path) -> None:
    import zlib

    with Store(path) as store:
        build(store, "a.txt", text="Kharkiv: an informant says so")
        body = zlib.compress(b"", 1)[:2]  # every body begins like this
        build(store, "b.txt")
    assert body in path.read_bytes()
    with Store(path) as store:
        build(store)
    assert body not in path.read_bytes()


def test_maps_that_were_not_built_for_long_are_forgotten(store: Store, path: Path) -> None:
    for number in range(MAPS_REMEMBERED + 5):
        build(store, f"{number}.txt", output=f"{number}.html")
    assert count_rows(path, "builds") == count_rows(path, "files") == MAPS_REMEMBERED
    assert store.list_outputs()[-1] == f"{MAPS_REMEMBERED + 4}.html"


def test_mentions_of_an_older_model_are_forgotten(store: Store, path: Path) -> None:
    build(store, "a.txt")
    store.begin()
    store.choose_file(add_file(store, "a.txt"))
    for number in store.find_unparsed("model-2"):
        store.add_mentions("model-2", [make_parsed(store.get_report(number))])
    store.record_build("map.html", "model-2")
    assert count_rows(path, "mentions") == 1


def test_a_killed_process_loses_only_what_was_not_finished(path: Path) -> None:
    import subprocess
    import sys

    code = f"""
import os
from pathlib import Path
from geomap.model import Report
from geomap.store import FileKey, Store
def entries():
    yield Report("b.txt", "half")
    os._exit(1)
store = Store(Path({str(path)!r}))
store.add_file(FileKey("digest", "reader-1", "a.txt"), [Report("a.txt", "whole")])
store.add_file(FileKey("digest", "reader-1", "b.txt"), entries())
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 1
    with Store(path) as store:
        assert store.notes == []
        assert store.has_file(FileKey("digest", "reader-1", "a.txt"))
        assert not store.has_file(FileKey("digest", "reader-1", "b.txt"))


def test_a_store_of_a_newer_geomap_is_refused_untouched(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer geomap.*update geomap"):
        Store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0 and then nonsense" * 300])
def test_a_damaged_store_is_set_aside_and_said_in_one_line(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Store(path) as store:
        (note,) = store.notes
        assert "damaged" in note
        assert "\n" not in note
        assert build(store, "a.txt").new == 1
    assert path.with_name("store.sqlite.damaged").read_bytes() == content


def test_a_store_of_an_older_geomap_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA application_id = 0x67656F6D")
        database.execute("CREATE TABLE files (a)")
    with Store(path) as store:
        assert "older geomap" in store.notes[0]


def test_a_database_of_another_program_is_set_aside_not_deleted(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE recipes (a)")
    with Store(path) as store:
        assert "not geomap's" in store.notes[0]
    assert count_rows(path.with_name("store.sqlite.damaged"), "recipes") == 0


def test_a_store_without_one_of_its_tables_is_set_aside(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE mentions")
    with Store(path) as store:
        assert "damaged" in store.notes[0]
        assert build(store, "a.txt").new == 1


def test_a_folder_in_its_place_is_set_aside_and_never_replaced(path: Path) -> None:
    for number, name in enumerate(("store.sqlite.damaged", "store.sqlite.damaged1")):
        (path / "inner").mkdir(parents=True)
        with Store(path) as store:
            assert f"The store was a folder: it is set aside as {name}," in store.notes[0]
            assert build(store, "a.txt").new == 1
        assert (path.with_name(name) / "inner").is_dir()
        if not number:
            path.unlink()


@pytest.mark.parametrize("part", slow_but_first([0.3, 0.0, 0.01, 0.1, 0.5, 0.7, 0.9, 0.99]))
def test_a_truncated_store_is_no_reason_to_stop(path: Path, part: float) -> None:
    names = [f"{number}.txt" for number in range(200)]
    with Store(path) as store:
        build(store, *names)
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * part))
    with Store(path) as store:
        try:
            build(store, *names)
        except DamagedStoreError:
            store.start_over()
            build(store, *names)
        assert len(list(store.iterate_parsed(FINGERPRINT))) == 200
        assert part == 0 or "set aside" in store.notes[0]


def test_a_reader_sees_one_state_whatever_is_built_meanwhile(path: Path, store: Store) -> None:
    build(store, "a.txt", "b.txt")
    with Store(path) as reader, reader.snapshot():
        number = reader.find_build("map.html")
        assert number is not None
        build(store, "c.txt")
        assert [each.report.id for each in reader.iterate_built(number)] == ["a.txt", "b.txt"]
    with Store(path) as reader:
        assert reader.find_build("map.html") != number


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Store(path) as store:
        assert store.notes == []
        assert build(store, "a.txt").new == 1


def test_damage_in_the_middle_is_an_error_that_start_over_repairs(path: Path) -> None:
    with Store(path) as store:
        build(store, *(f"{number}.txt" for number in range(200)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xa5" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    with Store(path) as store:
        with pytest.raises(DamagedStoreError):
            build(store, *(f"{number}.txt" for number in range(200)))
        store.start_over()
        assert "set aside" in store.notes[0]
        assert build(store, "a.txt").new == 1


def test_a_changed_bit_in_a_report_is_noticed(path: Path) -> None:
    with Store(path) as store:
        build(store, "a.txt")
    with closing(sqlite3.connect(path)) as database, database:
        (body,) = database.execute("SELECT body FROM reports").fetchone()
        database.execute("UPDATE reports SET body = ?", (body[:-6] + bytes([body[-6] ^ 1]) + body[-5:],))
    with Store(path) as store:
        store.choose_file(add_file(store, "a.txt"))
        with pytest.raises(DamagedStoreError):
            list(store.iterate_parsed(FINGERPRINT))


def test_where_nothing_can_be_written_a_build_works_without_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file where the folder should be")
    with Store(tmp_path / "output" / "store.sqlite") as store:
        assert "Nothing is kept" in store.notes[0]
        assert build(store, "a.txt").new == 1
        assert build(store, "a.txt").new == 0


def test_a_store_in_use_is_a_clear_error(path: Path, store: Store) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            Store(path, patience=0.1)


def test_only_reports_with_other_mentions_than_the_last_build_are_read_to_compare(store: Store) -> None:
    build(store, "a.txt", "b.txt", "c.txt")
    last = store.find_build("map.html")
    assert last is not None
    store.begin()
    store.choose_file(add_file(store, "a.txt"))
    store.choose_file(add_file(store, "b.txt", "Quiet near Kharkiv now"))
    for number in store.find_unparsed(FINGERPRINT):
        store.add_mentions(FINGERPRINT, [make_parsed(store.get_report(number))])
    assert [each.report.id for each in store.iterate_parsed(FINGERPRINT, unlike=last)] == ["b.txt"]
    assert [each.report.id for each in store.iterate_outdated(last, FINGERPRINT)] == ["b.txt", "c.txt"]


def test_what_a_build_has_changed_and_by_what_is_remembered(store: Store) -> None:
    spot = Spot("geonames:706483", "Kharkiv, UA", 49.98, 36.25, "literal", is_displaced=True)
    changes = (
        Change("Kharkiv", "a\udcff.txt", 14, "model", None, spot),
        Change("Kharkiv", "b.txt", 14, "correction", spot, replace(spot, place_id="geonames:1")),
    )
    number = store.record_build(
        "map.html", FINGERPRINT, causes={"model": "1"}, comparison=Comparison(changes, ("c.txt",))
    )
    assert store.read_causes(number) == {"model": "1"}
    assert store.read_comparison(number) == Comparison(changes, ("c.txt",))
    number = store.record_build("map.html", FINGERPRINT)
    assert (store.read_causes(number), store.read_comparison(number)) == ({}, Comparison())
