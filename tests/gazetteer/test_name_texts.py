"""Usual names come back as they were packed, wherever a block of them begins."""

from pathlib import Path

from geomap.gazetteer.container import Container, write_container
from geomap.gazetteer.name_texts import NameTexts, pack_names


def test_names_come_back(tmp_path: Path) -> None:
    names = [f"Ґ{number}" * (number % 7) for number in range(300)]
    write_container(tmp_path / "names", pack_names(names), {})
    texts = NameTexts(Container(tmp_path / "names"))
    assert len(texts) == 300
    assert [texts.read(row) for row in range(300)] == names
