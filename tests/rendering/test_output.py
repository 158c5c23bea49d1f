from pathlib import Path

import pytest

from geomap.errors import OutputError
from geomap.rendering.output import replace_file


def test_a_file_is_replaced_and_nothing_is_left_over(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "map.html"
    replace_file(target, b"old")
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["map.html"]


def test_what_cannot_be_written_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"cannot write .*map\.html.*-o"):
        replace_file(tmp_path / "file" / "map.html", b"")


def test_a_failed_write_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "map.html").mkdir()
    (tmp_path / "map.html" / "kept").write_bytes(b"")
    with pytest.raises(OutputError):
        replace_file(tmp_path / "map.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
