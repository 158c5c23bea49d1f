import base64
import gzip
import json
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Mention, ParsedReport, Report
from geomap.rendering.payload import build_payload, encode_block, utf16_offsets


def test_the_map_says_how_much_it_holds(parsed_reports: list[ParsedReport]) -> None:
    counts = build_payload(parsed_reports)["counts"]
    assert counts == {"reports": 3, "places": 5, "mentions": 9, "unresolved": 1, "names": 1}


def test_the_same_reports_in_any_order_give_the_same_block(parsed_reports: list[ParsedReport]) -> None:
    shuffled = list(parsed_reports)
    random.Random(7).shuffle(shuffled)
    assert shuffled != parsed_reports
    assert encode_block(build_payload(shuffled)) == encode_block(build_payload(parsed_reports))


@given(st.text(max_size=60), st.data())
def test_offsets_point_at_the_same_words_in_the_browser(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = utf16_offsets(text, [start, end])
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * first : 2 * last] == text[start:end].encode("utf-16-le", "surrogatepass")


def test_a_name_after_emoji_is_found(parsed_reports: list[ParsedReport]) -> None:
    payload = build_payload(parsed_reports)
    start = sum(payload["mentions"]["start"][:2])
    text = payload["reports"]["text"][0].encode("utf-16-le")
    assert text[2 * start : 2 * start + 14].decode("utf-16-le") == "Kharkiv"


def test_a_displaced_point_is_a_place_of_its_own(parsed_reports: list[ParsedReport]) -> None:
    places = build_payload(parsed_reports)["places"]
    sumy = [row for row, place_id in enumerate(places["id"]) if place_id == "geonames:692194"]
    assert [places["latitude"][row] for row in sumy] == [50.9216, 50.65]
    assert [places["anchor"][row] for row in sumy] == [None, ["geonames:692194", 30.0, 180]]


def test_a_text_is_stored_once_whatever_is_mentioned_in_it(parsed_reports: list[ParsedReport]) -> None:
    document = json.dumps(build_payload(parsed_reports), ensure_ascii=False)
    assert document.count("Crews worked all night") == 1


def test_lone_surrogates_become_replacement_characters() -> None:
    report = Report("broken.txt", "\ud800 in Kharkiv")
    block = encode_block(build_payload([ParsedReport(report, (Mention(5, 12, "Kharkiv"),))]))
    document = json.loads(gzip.decompress(base64.b64decode(block)))
    assert document["reports"]["text"] == ["\ufffd in Kharkiv"]
    assert document["mentions"]["start"] == [5]


def test_reports_with_one_id_do_not_depend_on_their_order(parsed_reports: list[ParsedReport]) -> None:
    twin = ParsedReport(replace(parsed_reports[2].report, text="Another text."), ())
    both = [parsed_reports[2], twin]
    assert build_payload(both) == build_payload(both[::-1])
