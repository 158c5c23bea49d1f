import base64
import hashlib
import html
import re
from pathlib import Path

import folium

from geomap.model import ParsedReport
from geomap.rendering.labels import Label
from geomap.rendering.layer import ReportLayer
from geomap.rendering.page import write_map


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_same_reports_give_the_same_bytes(
    parsed_reports: list[ParsedReport], labels: list[Label], tmp_path: Path
) -> None:
    write_map(parsed_reports, tmp_path / "one.html", labels=labels)
    write_map(reversed(parsed_reports), tmp_path / "two.html", labels=labels[::-1])
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_writing_tells_what_the_map_holds(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    counts = write_map(parsed_reports, tmp_path / "map.html")
    assert (counts.reports, counts.places, counts.mentions, counts.unresolved) == (3, 5, 9, 1)


def test_only_scripts_and_styles_of_known_hash_may_run(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(parsed_reports, tmp_path / "map.html")
    page = read(tmp_path / "map.html")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    assert len(inline) == 6
    for text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_the_page_is_ascii_whatever_it_holds(hostile_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(hostile_reports, tmp_path / "map.html", title="Події біля Харкова – 北京")
    page = (tmp_path / "map.html").read_bytes()
    assert page.isascii()
    assert "<title>Події біля Харкова – 北京</title>" in html.unescape(page.decode())


def test_the_page_links_to_no_server(parsed_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(parsed_reports, tmp_path / "map.html")
    page = read(tmp_path / "map.html")
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert styles
    assert not re.search(r"@import|url\(", styles)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)


def test_texts_of_reports_stand_in_the_page_only_as_data(hostile_reports: list[ParsedReport], tmp_path: Path) -> None:
    write_map(hostile_reports, tmp_path / "map.html", title="</title><script>alert(1)</script>")
    page = read(tmp_path / "map.html")
    assert "document.title=" not in page
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")


def test_the_layer_stands_in_any_folium_map(hostile_reports: list[ParsedReport]) -> None:
    layer = ReportLayer(hostile_reports)
    someones = folium.Map(location=(10, 20))
    layer.add_to(someones)
    page = someones.get_root().render()
    assert layer.block in page
    assert "document.title=" not in page
    assert ReportLayer(hostile_reports).get_name() == layer.get_name()
