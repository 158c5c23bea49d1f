"""A gazetteer with overlays answers as one, whatever they hold and however the embedded one changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from overlay_files import KRYNKY, ROBOTYNE, place_row, write_lines

from geomap.errors import GazetteerError
from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.container import Container, write_container
from geomap.gazetteer.index import EMBEDDED, Gazetteer
from geomap.gazetteer.overlays.adding import add_file
from geomap.gazetteer.overlays.folder import find_overlays
from geomap.gazetteer.overlays.layered import LayeredGazetteer
from geomap.model import Report
from geomap.pipeline.analyser import Analyser
from geomap.pipeline.backends import DEFAULT_BACKENDS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "gazetteer"


@pytest.fixture
def layered(tmp_path: Path, folder: Path) -> Gazetteer:
    """Two countries' files with a place in common, names for it, and places of one's own."""
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE, KRYNKY, place_row(900, "Kharkiv", 40, 20)), folder)
    north = [
        place_row(695586, "Robotyne-on-the-Border", 47, 35),
        place_row(901, "Aleppo", 50, 40, population=9_000_000),
    ]
    add_file(write_lines(tmp_path / "XX.txt", *north), folder)
    (tmp_path / "own.csv").write_text("name,lat,lon\nKharkiv,10,10\nRobotyne,11,11\n")
    add_file(tmp_path / "own.csv", folder)
    return open_gazetteer(find_overlays(folder))


def test_embedded_answers_stay_where_nothing_was_added(layered: Gazetteer) -> None:
    embedded = open_gazetteer()
    for name in ("Kyiv", "Paris, Texas", "Deir ez-Zor", "Kharkiv Oblast"):
        assert layered.search(name) == embedded.search(name)
        assert layered.matches(name) == embedded.matches(name)
    assert layered.lexicon_levels("house") == embedded.lexicon_levels("house")


def test_a_name_finds_the_places_of_all_layers_the_best_known_first(layered: Gazetteer) -> None:
    for name in ("Kharkiv", "Aleppo", "Robotyne"):
        matches = layered.matches(name)
        weights = [layered.importance(match.row) for match in matches]
        assert weights == sorted(weights, reverse=True)
        assert len({match.row for match in matches}) == len(matches)
    assert layered.matches("Aleppo")[0].row >= len(open_gazetteer())
    assert layered.place(layered.matches("Aleppo")[0].row).geonameid == 901
    assert [place.place_id.partition(":")[0] for place in layered.search("Robotyne")] == ["user", "geonames"]


def test_a_place_of_two_overlays_is_one_with_the_names_of_both(layered: Gazetteer) -> None:
    (one,) = [place for place in layered.search("Robotyne") if place.geonameid]
    assert layered.search("Robotyne on the Border") == [one]
    assert one.name == "Robotyne"


def test_the_trie_yields_each_name_once_and_in_order(layered: Gazetteer) -> None:
    text = "kharkiv oblast and more"
    prefixes = list(layered.names.iter_prefixes_with_ids(text))
    keys = [key for key, _ in prefixes]
    assert keys == [key for key, _ in open_gazetteer().names.iter_prefixes_with_ids(text)]
    assert all(layered.names.get(key) == key_id for key, key_id in prefixes)
    assert layered.names.get("no such name at all") is None
    assert "robotyne" in layered.names
    assert "robotyne" in dict(layered.names.items("robot"))


def test_columns_are_looked_up_by_row_by_array_and_as_a_whole(layered: Gazetteer) -> None:
    rows = [match.row for name in ("Kharkiv", "Robotyne", "Aleppo") for match in layered.matches(name)]
    places = [layered.place(row) for row in rows]
    wanted = np.array(rows)
    for column, values in (("country", "countries"), ("feature", "features"), ("admin1", "admin1")):
        found = layered.columns[column][wanted]
        assert found.tolist() == [layered.columns[column][row] for row in rows]
        assert found.tolist() == np.asarray(layered.columns[column])[wanted].tolist()
        names = [layered.meta[values][index] for index in found]
        expected = {
            "country": [place.country_code for place in places],
            "feature": [f"{place.feature_class}.{place.feature_code}" for place in places],
            "admin1": [place.admin1_code for place in places],
        }
        assert names == expected[column]
    assert layered.latitudes[wanted].tolist() == [round(place.latitude * 100_000) for place in places]


def test_the_nearest_town_may_come_from_an_overlay_and_comes_once(layered: Gazetteer) -> None:
    found = [place.geonameid for place, _ in layered.nearest(47.44562, 35.83431, limit=3)]
    assert found[0] == 695586
    assert len(set(found)) == 3
    (krynky, _), *_ = layered.nearest(46.72813, 33.06943)  # where the overlay has it
    assert krynky in open_gazetteer().search("Krynky")


def test_info_tells_what_each_layer_gives(layered: Gazetteer) -> None:
    info = layered.info()
    assert info["places"] == len(open_gazetteer())
    assert info["all_places"] == len(layered) == len(open_gazetteer()) + 2 + 1 + 2
    facts = {each["name"]: (each["form"], each["places"], each["new"]) for each in info["overlays"]}
    assert facts == {"UA": ("geonames", 3, 2), "XX": ("geonames", 2, 1), "own": ("own", 2, 2)}
    layered.verify()


def test_an_upgrade_of_the_embedded_gazetteer_only_changes_what_counts_as_new(tmp_path: Path, folder: Path) -> None:
    """The overlay holds places by their GeoNames ids; which of them are known already is found out at opening."""
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE, KRYNKY), folder)
    overlays = find_overlays(folder)
    container = Container(EMBEDDED)
    sections = {name: bytes(container.section(name)) for name in container.names()}
    ids = np.frombuffer(sections["geonameid"], "<u4").copy()
    ids[ids == 703861] = 695586  # as if it had one of the villages in place of the other
    sections["geonameid"] = ids.tobytes()
    write_container(tmp_path / "newer.gazetteer", sections, container.meta)
    newer = LayeredGazetteer(overlays, embedded=tmp_path / "newer.gazetteer")
    assert newer.info()["overlays"][0]["new"] == 1
    assert newer.search("Rabotino")[0] == newer.search("Robotyne")[0]
    (krynky,) = newer.search("Krynky nad Dniprom")
    assert krynky.geonameid == 703861
    assert krynky.latitude == 46.72813


def truncate(content: bytes) -> bytes:
    return content[:-100]


def garble_header(content: bytes) -> bytes:
    return content[:40] + b"\x00\x01" + content[42:]


def make_older(content: bytes) -> bytes:
    return content.replace(b'"layout": 1', b'"layout": 0')


def fold_otherwise(content: bytes) -> bytes:
    return content.replace(b'"spelling": "st', b'"spelling": "xx')


@pytest.mark.parametrize("damage", [truncate, garble_header, make_older, fold_otherwise])
def test_a_damaged_or_older_overlay_is_one_line_with_the_remedy(
    tmp_path: Path, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    path = folder / "UA.overlay"
    content = path.read_bytes()
    path.write_bytes(damage(content))
    assert path.read_bytes() != content
    with pytest.raises(
        GazetteerError, match=r"add it again .* or take it out with `geomap gazetteer remove UA`"
    ) as caught:
        find_overlays(folder)
    assert "\n" not in str(caught.value)
    add_file(tmp_path / "UA.txt", folder)
    assert len(find_overlays(folder)) == 1


def test_an_overlay_that_changes_under_a_run_is_noticed(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    overlays = find_overlays(folder)
    add_file(write_lines(tmp_path / "UA.txt", KRYNKY), folder)
    with pytest.raises(GazetteerError, match="run again"):
        open_gazetteer(overlays)


def test_a_text_has_the_impact_of_what_overlays_add_to_its_names(layered: Gazetteer) -> None:
    embedded_only = "Kyiv, Paris and Krynky are known. He saw robotyne in lower case, and Robotynesque art."
    assert layered.digest_impact(embedded_only) == ""
    texts = (
        "Shelling near Robotyne.",
        "ROBOTYNE",
        "Krynky  nad \n Dniprom",
        "\u201cRobotyne\u201d",
        "Роботине",
        "in Krynky-nad-Dniprom",
        "He left Kharkiv.",
    )
    digests = [layered.digest_impact(text) for text in texts]
    assert all(digests)
    assert layered.digest_impact("Robotyne and Robotyne again") == layered.digest_impact("Robotyne")
    assert layered.digest_impact("Robotyne") != layered.digest_impact("Kharkiv")


def test_an_impact_digest_depends_on_what_is_said_of_the_name_alone(tmp_path: Path, folder: Path) -> None:
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE), folder)
    before = open_gazetteer(find_overlays(folder)).digest_impact("Robotyne")
    add_file(write_lines(tmp_path / "AA.txt", place_row(5, "Aaaburg", 1, 1), place_row(6, "Aaastadt", 1, 1)), folder)
    add_file(write_lines(tmp_path / "UA.txt", place_row(4, "Andere", 1, 1), ROBOTYNE), folder)
    assert open_gazetteer(find_overlays(folder)).digest_impact("Robotyne") == before
    add_file(write_lines(tmp_path / "UA.txt", ROBOTYNE.replace("47.44562", "47.5")), folder)
    assert open_gazetteer(find_overlays(folder)).digest_impact("Robotyne") != before


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("layered")
def test_nothing_is_looked_up_in_a_text_without_impact(folder: Path, seed: int) -> None:
    """Recognition and resolution are the same with and without overlays wherever the impact digest says so."""
    chance = random.Random(seed)
    words = [
        "Robotyne",
        "robotyne",
        "Kharkiv",
        "Lake",
        "Aleppo",
        "Kirkuk",
        "on",
        "the",
        "Border",
        "region",
        "  ",
        "\n\n",
    ]
    words += ["\u2019s", "-", ".", ",", "in", "Kyiv", "St. ", "nad", "Dniprom", "Krynky", "Oblast", "O\u2019"]
    with_overlays = Analyser(DEFAULT_BACKENDS, overlays=find_overlays(folder))
    for number in range(60):
        text = "".join(chance.choice(words) + chance.choice(["", " ", " "]) for _ in range(chance.randint(1, 12)))
        report = Report(str(number), text)
        if not with_overlays.scan(report)[1]:
            assert with_overlays.analyse(report) == Analyser(DEFAULT_BACKENDS).analyse(report), text
