"""A store of an older geomap is taken over: what was read is not read again, and the next build knows the last one.

The .sql files are dumps of stores that the older versions themselves have made.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from geomap.config import open_project
from geomap.errors import DamagedStoreError, NotBuiltError
from geomap.pipeline.build import build
from geomap.pipeline.built import open_built
from geomap.store import Changes, FileKey, Store
from geomap.store.rows import pack, unpack
from geomap.store.schema import VERSION
from geomap.testing import SMALL_BACKENDS

ONE = FileKey("570030256da79e3d42066bfecacc6c26", "reports-1", "one.txt")
MANY = FileKey("db07d3bde03eb3ab887a151253f31322", "reports-1", "many.jsonl")
MANY_MENTIONS = "e8c333bc4c2a7a3d59df39e96a2df21b"
TEXT = "Shelling was heard near Kharkiv, and people left for Aleppo."


@pytest.fixture(params=range(1, VERSION))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "output" / ".geomap" / "store.sqlite"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((Path(__file__).parent / f"version_{request.param}.sql").read_text())
    return path


def describe_tables(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [
                database.execute(f"PRAGMA table_info({name})").fetchall(),
                database.execute(f"PRAGMA foreign_key_list({name})").fetchall(),
                sorted(row[1:] for row in database.execute(f"PRAGMA index_list({name})")),
            ]
            for name in names
        }


def test_its_tables_become_ours(path: Path, tmp_path: Path) -> None:
    Store(tmp_path / "fresh.sqlite").close()
    Store(path).close()
    assert describe_tables(path) == describe_tables(tmp_path / "fresh.sqlite")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_was_read_is_known(path: Path) -> None:
    with Store(path) as store:
        assert store.notes == []
        assert store.choose_file(ONE) == []
        (failure,) = store.choose_file(MANY)
        assert failure.line == 2
        assert store.compare("output/map.html") == Changes(0, 0, 0)
        numbers = store.find_unparsed("names")
        assert [store.get_report(number).text for number in numbers] == [
            "Kirkuk was quiet, and Nowhereville too.",
            f"{TEXT}\n",
        ]
        assert store.list_outputs() == ["output/map.html"]
        store.record_build("output/map.html", "names")
    with Store(path) as store:
        assert store.has_file(ONE)


def test_the_next_build_knows_the_last_one(path: Path, tmp_path: Path) -> None:
    reports = tmp_path / "data" / "reports"
    reports.mkdir(parents=True)
    (reports / "one.txt").write_text(f"Date: 2026-10-01\n\n{TEXT}\n")
    result = build(backends=SMALL_BACKENDS, project=tmp_path)
    assert (result.new, result.changed, result.removed, result.notes) == (0, 0, 1, ())
    fresh = build(output=tmp_path / "fresh.html", backends=SMALL_BACKENDS, project=tmp_path)
    assert fresh.output.read_bytes() == result.output.read_bytes()


@pytest.mark.parametrize("path", [1, 2], indirect=True)
def test_what_the_oldest_found_is_not_exported(path: Path, tmp_path: Path) -> None:
    Store(path).close()
    with pytest.raises(NotBuiltError, match="geomap build"), open_built(open_project(tmp_path)):
        pass  # what was found is not known any more: better nothing than an empty export


@pytest.mark.parametrize("path", [4], indirect=True)
def test_what_version_4_found_tells_how_names_are_used_as_far_as_it_knew(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        ((body,),) = database.execute("SELECT body FROM mentions WHERE report = ?", (MANY_MENTIONS,)).fetchall()
        (kirkuk, nowhere), *rest = unpack(body)
        older = pack([[{**kirkuk, "usage": "associative"}, nowhere], *rest])
        database.execute("UPDATE mentions SET body = ? WHERE report = ?", (older, MANY_MENTIONS))
        database.execute("UPDATE mentions SET body = 'broken' WHERE report <> ?", (MANY_MENTIONS,))
    with Store(path) as store:
        number = store.find_build("output/map.html")
        assert number is not None
        reports = store.iterate_built(number)
        usages = [(each.usage, each.usage_probability) for each in next(reports).mentions]
        assert usages == [("associative", 0.0), ("literal", 1.0)]
        with pytest.raises(DamagedStoreError):
            next(reports)


@pytest.mark.parametrize(("path", "cause"), [(3, "unknown version"), (4, "correction")], indirect=["path"])
def test_names_are_compared_with_those_of_older_versions(path: Path, cause: str, tmp_path: Path) -> None:
    reports = tmp_path / "data" / "reports"
    reports.mkdir(parents=True)
    (reports / "one.txt").write_text(f"Date: 2026-10-01\n\n{TEXT}\n")
    (tmp_path / "data" / "corrections.csv").write_text("name,scope,action\nAleppo,*,is-not-a-place\n")
    assert path.is_file()
    result = build(backends=SMALL_BACKENDS, project=tmp_path, compare_with="last")
    assert result.comparison is not None
    assert [(each.kind, each.name, each.cause.split(" or ")[0]) for each in result.comparison.changes] == [
        ("vanished", "Kirkuk", "report"),
        ("vanished", "Aleppo", cause),
    ]


def test_one_that_is_not_what_it_says_is_set_aside(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE build_reports")
    with Store(path) as store:
        (note,) = store.notes
    assert "set aside as store.sqlite.damaged" in note
