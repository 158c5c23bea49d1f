from __future__ import annotations

from pathlib import Path

import pytest

from geomap.config import GeocoderSettings, Limits, find_root, open_project
from geomap.errors import ConfigurationError


def write(folder: Path, text: str) -> Path:
    path = folder / "geomap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_root_is_the_nearest_folder_upward_with_a_geomap_toml(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_root(inner) == inner.resolve()
    write(tmp_path, "")
    assert find_root(inner) == tmp_path.resolve()
    write(tmp_path / "a", "")
    assert find_root(inner) == (tmp_path / "a").resolve()


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    project = open_project(tmp_path)
    assert project.settings.geocoder == GeocoderSettings(service="", domain="", user_agent="")
    assert project.reports == tmp_path.resolve() / "data" / "reports"
    assert project.output == tmp_path.resolve() / "output" / "map.html"


def test_the_geocoder_section_is_read_also_with_a_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path, '\ufeff[geocoder]\nservice = "nominatim"\nuser_agent = "desk (map@example.org)"\n')
    assert open_project(tmp_path).settings.geocoder == GeocoderSettings("nominatim", "", "desk (map@example.org)")


def test_the_homes_of_outlets_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, '[sources]\n"toledoblade.com" = "Toledo, Ohio"\n"BBC Online" = "51.5,-0.1"\n')
    assert open_project(tmp_path).settings.sources == (("BBC Online", "51.5,-0.1"), ("toledoblade.com", "Toledo, Ohio"))


def test_the_limits_of_a_report_are_read(tmp_path: Path) -> None:
    write(tmp_path, "[limits]\nmentions_per_report = 50000\nseconds = 120\n")
    limits = open_project(tmp_path).settings.limits
    assert (limits.mentions_per_report, limits.seconds, Limits().mentions_per_report) == (50_000, 120, 20_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "colour = 1",
            r"unknown key colour\. Known are: duplicates, gazetteer, geocoder, limits, map, recognizer, run, sources\.",
        ),
        ("[geocoder]\nagent = 'x'", r"unknown key geocoder\.agent\. Known are: domain, service, user_agent\."),
        ("[sources]\ntoledoblade.com = 'Toledo'", r'sources\."toledoblade" has to be a place in quotes.*domains need'),
        ("[sources]\n'The Blade' = ''", r'sources\."The Blade" has to be a place in quotes'),
        ("sources = 'Toledo'", r"sources has to be a section, written as \[sources\]"),
        ("geocoder = 'nominatim'", r"geocoder has to be a section, written as \[geocoder\]"),
        ("[geocoder]\nservice = 3", r"geocoder\.service has to be a text in quotes"),
        (
            "[limits]\nmentions_per_report = 0",
            r"limits\.mentions_per_report has to be a whole number from 1 to 1,000,000",
        ),
        ("[geocoder", r"geomap\.toml is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigurationError, match=message):
        open_project(tmp_path)


def test_another_encoding_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "geomap.toml").write_bytes("# café".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="not valid TOML"):
        open_project(tmp_path)
