"""A setting of geomap.toml that cannot be used is one line before any report is read, and not after hours of work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from geomap import build
from geomap.config import open_project
from geomap.errors import ConfigurationError, GeomapError

Item = TypeVar("Item")
SERVICE = '[geocoder]\nservice = "nominatim"\nuser_agent = "tests@example.org"\n'
WRONG = {
    '[map]\ntiles = "https://tiles.example.org/{z}/{x}.png"': r"^map\.tiles has to be an https:// address with \{z\}",
    '[map]\ntiles = "https://tiles.example.org/{z}/{x}/{y}?key={key}"': r"^map\.tiles has to be an https:// address",
    '[map]\ntiles = "tiles"\n[sources]\nBBC = "London"': r"^map\.tiles has to be an https:// address",
    "[map]\nattribution = 3": r"map\.attribution has to be a text",
    '[sources]\nBBC = "no such place at all"': r'sources\."BBC": the gazetteer has no place',
    '[sources]\nBBC = "91, 200"': r'sources\."BBC": the gazetteer has no place',
    '[sources]\nBBC = "geonames:99999999999"': r'sources\."BBC": the gazetteer has no place',
    '[recognizer]\nspacy = "en_no_such_pipeline"': r"geomap-reports\[spacy\]|spacy download en_no_such_pipeline",
    '[geocoder]\nservice = "nobody"\nuser_agent = "tests@example.org"': r"geopy knows no service 'nobody'",
    '[geocoder]\nservice = "nominatim"': r"geocoder\.user_agent has to name a contact",
    '[geocoder]\nservice = "nominatim"\nuser_agent = "tests@example.org\\n"': r"geocoder\.user_agent .* cannot be sent",
    f'{SERVICE}domain = "http://example.org"': r"geocoder\.domain http://example\.org is not encrypted",
    f'{SERVICE}domain = "localhost:port"': r"geocoder\.domain localhost:port is not encrypted, or no address",
    f'{SERVICE}domain = "[::1"': r"geocoder\.domain \[::1 is not encrypted, or no address",
    '[gazetteer]\nbase_url = "http://example.org"': r"gazetteer\.base_url has to be an https:// address, such as",
    '[gazetteer]\nbase_url = "https://"': r"gazetteer\.base_url has to be an https:// address",
    '[gazetteer]\nbase_url = ""': r"gazetteer\.base_url has to be an https:// address",
    '[gazetteer]\nbase_url = "https://user@example.org"': r"gazetteer\.base_url has to be an https:// address",
    '[gazetteer]\nbase_url = "https://example.org:port/"': r"gazetteer\.base_url has to be an https:// address",
    "[duplicates]\nsimilarity = nan": r"duplicates\.similarity has to be a number",
    '[run]\nengine = "spark"': r"run\.engine has to be one of inline, processes, not 'spark'",
    "[limits]\nseconds = 0": r"limits\.seconds has to be a whole number",
}


class Told:
    """Keeps what a build says that it does."""

    def __init__(self) -> None:
        self.labels: list[str] = []

    def track(self, items: Iterable[Item], *, label: str, total: int) -> Iterable[Item]:
        self.labels.append(label)
        return items


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "reports" / "a.txt").write_text("Shelling near Kharkiv.")
    return tmp_path


@pytest.mark.parametrize(("settings", "message"), WRONG.items())
def test_it_is_refused_before_a_report_is_looked_at(settings: str, message: str, project: Path) -> None:
    (project / "geomap.toml").write_text(settings, encoding="utf-8")
    told = Told()
    with pytest.raises(GeomapError, match=message):
        build(progress=told, project=project)
    assert told.labels == []
    assert not (project / "output").exists()


def test_every_section_of_the_file_is_tried(project: Path) -> None:
    (project / "geomap.toml").write_text("section = 1", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        open_project(project)
    known = str(caught.value).partition("Known are: ")[2].rstrip(".").split(", ")
    assert {settings[1:].partition("]")[0] for settings in WRONG} == set(known)
