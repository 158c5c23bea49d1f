"""A gazetteer file that is not what was written is refused with the remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.container import Container, write_container


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.gazetteer"
    write_container(path, {"one": b"first", "two": bytes(1000)}, {"version": "1"})
    return path


def test_what_was_written_is_read(path: Path) -> None:
    container = Container(path)
    assert bytes(container.section("one")) == b"first"
    assert len(container.section("two")) == 1000
    assert container.meta == {"version": "1"}
    container.verify()


def test_equal_content_gives_equal_bytes(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.gazetteer"
    write_container(other, {"one": b"first", "two": bytes(1000)}, {"version": "1"})
    assert other.read_bytes() == path.read_bytes()


def truncate(content: bytes) -> bytes:
    return content[:-100]


def cut_to_a_stump(content: bytes) -> bytes:
    return content[:5]


def change_magic(content: bytes) -> bytes:
    return b"X" + content[1:]


def make_older(content: bytes) -> bytes:
    return content[:8] + b"\0" + content[9:]


def garble_header(content: bytes) -> bytes:
    return content[:16] + b"?" + content[17:]


@pytest.mark.parametrize("damage", [truncate, cut_to_a_stump, change_magic, make_older, garble_header])
def test_a_damaged_file_is_refused_with_the_remedy(path: Path, damage: Callable[[bytes], bytes]) -> None:
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(GazetteerError, match="install geomap again"):
        Container(path)


def test_a_changed_byte_is_found_by_verifying(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-500] ^= 1
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="damaged"):
        Container(path).verify()


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        Container(tmp_path / "none.gazetteer")
