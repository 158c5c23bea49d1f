"""A configured service is asked once for each unknown name, politely, and for nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from geomap.config import GeocoderSettings
from geomap.errors import ConfigurationError, GeocoderError
from geomap.geocoders import open_fallback
from geomap.geocoders.fallback import Question
from geomap.geocoders.services import ServiceFallback

CONTACT = "geomap tests (tests@example.org)"


@contextmanager
def nominatim(answers: dict[str, tuple[float, float]], *, status: int = 200) -> Iterator[tuple[str, list[dict]]]:
    """Run a real HTTP server on loopback that answers as Nominatim does, and record what it is asked."""
    asked: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            asked.append({**query, "agent": self.headers["User-Agent"]})
            point = answers.get(query["q"])
            rows = [{"lat": str(point[0]), "lon": str(point[1]), "display_name": query["q"]}] if point else []
            body = json.dumps(rows).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def ask(address: str, folder: Path, *questions: Question) -> list[object]:
    config = GeocoderSettings("nominatim", address, CONTACT)
    fallback = ServiceFallback(config, folder / "answers.jsonl", seconds_between=0)
    return [fallback(question) for question in questions]


def test_sends_only_the_name_and_the_country(tmp_path: Path) -> None:
    with nominatim({"Denison Dam": (33.8, -96.6)}) as (address, asked):
        (answer,) = ask(address, tmp_path, Question("Denison Dam", "US"))
    assert (answer.place.latitude, answer.place.longitude) == (33.8, -96.6)
    assert asked == [
        {"q": "Denison Dam", "countrycodes": "us", "format": "json", "limit": "1", "agent": CONTACT}
    ] or asked == [{"q": "Denison Dam", "countrycodes": "US", "format": "json", "limit": "1", "agent": CONTACT}]


def test_asks_no_question_twice_even_when_the_answer_was_none(tmp_path: Path) -> None:
    questions = [Question("Denison Dam", "US"), Question("Nowhere", "")]
    with nominatim({"Denison Dam": (33.8, -96.6)}) as (address, asked):
        first = ask(address, tmp_path, *questions)
        second = ask(address, tmp_path, *questions)
    assert first == second
    assert first[1] is None
    assert len(asked) == 2


def test_a_line_cut_short_by_a_crash_costs_only_that_answer(tmp_path: Path) -> None:
    with nominatim({"A Dam": (1.0, 2.0), "B Dam": (3.0, 4.0)}) as (address, asked):
        ask(address, tmp_path, Question("A Dam", ""), Question("B Dam", ""))
        path = tmp_path / "answers.jsonl"
        path.write_text(path.read_text()[:-9])
        answers = ask(address, tmp_path, Question("A Dam", ""), Question("B Dam", ""))
        again = ask(address, tmp_path, Question("A Dam", ""), Question("B Dam", ""))
    assert answers == again
    assert [row["q"] for row in asked] == ["A Dam", "B Dam", "B Dam"]


def test_a_failing_service_says_so_with_the_remedy(tmp_path: Path) -> None:
    with nominatim({}, status=403) as (address, _), pytest.raises(GeocoderError, match=r"geomap\.toml"):
        ask(address, tmp_path, Question("A Dam", ""))


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        (GeocoderSettings("nominatim", "", ""), "contact"),
        (GeocoderSettings("nominatim", "", "someone"), "contact"),
        (GeocoderSettings("nosuchservice", "", CONTACT), "no service"),
        (GeocoderSettings("nominatim", "http://example.org", CONTACT), "not encrypted"),
        (GeocoderSettings("nominatim", "HTTP://example.org", CONTACT), "not encrypted"),
        (GeocoderSettings("nominatim", "ftp://example.org", CONTACT), "not encrypted"),
        (GeocoderSettings("nominatim", "http://localhost:x@example.org", CONTACT), "not encrypted"),
        (GeocoderSettings("nominatim", "http://127.0.0.1.example.org", CONTACT), "not encrypted"),
        (GeocoderSettings("nominatim", "exa mple.org", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "https://", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "/", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "localhost:x", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "[::1", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "example.org?x", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "example.org#x", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "example.org/é", CONTACT), "not encrypted, or no address"),
        (GeocoderSettings("nominatim", "", f"{CONTACT}\nX: y"), "cannot be sent"),
        (GeocoderSettings("nominatim", "", "мапа@example.org"), "cannot be sent"),
        (GeocoderSettings("here", "example.org", CONTACT), "one address only"),
        (GeocoderSettings("google", "", CONTACT), "GEOMAP_GEOCODER_KEY"),
    ],
)
def test_what_cannot_be_asked_politely_is_refused(tmp_path: Path, config: GeocoderSettings, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        open_fallback(config, tmp_path)


def test_nothing_is_configured_by_default(tmp_path: Path) -> None:
    assert open_fallback(GeocoderSettings(), tmp_path) is None
