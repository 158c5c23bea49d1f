"""A geopy service, asked for the names that the gazetteer lacks; off unless geomap.toml names one."""

from __future__ import annotations

import inspect
import json
import os
from pathlib import Path
from typing import Any, Final

from geopy.exc import ConfigurationError as GeopyConfigurationError
from geopy.exc import GeocoderNotFound, GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from geomap.config import GeocoderConfig
from geomap.errors import ConfigurationError, GeocoderError
from geomap.fallback import Question
from geomap.model import Candidate, Place

KEY_VARIABLE: Final = "GEOMAP_GEOCODER_KEY"
SECONDS_BETWEEN: Final = 1.0  # Nominatim's rule, and no less to others
TIMEOUT: Final = 10.0
CONFIDENCE: Final = 0.5  # a stranger's best guess for a name, without the report it stands in
_CONTACT_SIGNS: Final = ("@", "://")


class ServiceFallback:
    """Asks a service once for each name, at its pace, and keeps what it said in a file of one JSON object a line."""

    def __init__(self, config: GeocoderConfig, answers: Path, *, seconds_between: float = SECONDS_BETWEEN) -> None:
        self._service = config.service.lower()
        self._answers_file = answers
        self._accepts_country = False
        self._ask = RateLimiter(
            self._open_service(config),
            min_delay_seconds=seconds_between,
            max_retries=2,
            error_wait_seconds=5 * seconds_between,
            swallow_exceptions=False,
        )
        self._answers = self._read_answers()

    def __call__(self, question: Question) -> Candidate | None:
        """Return the service's first answer, None for an unknown name; raises `GeocoderError` where it is silent."""
        key = (self._service, question.name, question.country_code)
        if key not in self._answers:
            self._answers[key] = self._request(question)
            self._keep(question, self._answers[key])
        answer = self._answers[key]
        return None if answer is None else Candidate(_place(self._service, question, answer), CONFIDENCE)

    def _open_service(self, config: GeocoderConfig) -> Any:
        if not any(sign in config.user_agent for sign in _CONTACT_SIGNS):
            raise ConfigurationError(
                "geomap.toml: geocoder.user_agent has to name a contact (a mail address or a web page), "
                'such as user_agent = "my-project (me@example.org)"; without one nothing is asked'
            )
        try:
            service = get_geocoder_for_service(self._service)
            known = inspect.signature(service.__init__).parameters
            wanted = {
                "user_agent": config.user_agent,
                "api_key": os.environ.get(KEY_VARIABLE, ""),
                "timeout": TIMEOUT,
            }
            wanted |= _address(config.domain)
            geocoder = service(**{name: value for name, value in wanted.items() if value and name in known})
        except GeocoderNotFound as error:
            raise ConfigurationError(f"geomap.toml: geopy knows no service {config.service!r}") from error
        except (GeopyConfigurationError, TypeError) as error:
            raise ConfigurationError(
                f"geomap.toml: {config.service} cannot be used: {error}; a key goes into the variable {KEY_VARIABLE}"
            ) from error
        self._accepts_country = "country_codes" in inspect.signature(geocoder.geocode).parameters
        return geocoder.geocode

    def _request(self, question: Question) -> dict[str, Any] | None:
        country = {"country_codes": question.country_code} if question.country_code and self._accepts_country else {}
        try:
            found: Location | None = self._ask(question.name, exactly_one=True, **country)
        except GeocoderQueryError:
            return None  # the service cannot make sense of this name; the next may do
        except GeopyError as error:
            raise GeocoderError(
                f"the service {self._service} does not answer ({type(error).__name__}: {error}): "
                "try again later, or take [geocoder] out of geomap.toml"
            ) from error
        if found is None:
            return None
        return {"latitude": found.latitude, "longitude": found.longitude, "address": str(found.address)}

    # ---- what has been asked

    def _read_answers(self) -> dict[tuple[str, str, str], dict[str, Any] | None]:
        answers: dict[tuple[str, str, str], dict[str, Any] | None] = {}
        if not self._answers_file.exists():
            return answers
        text = self._answers_file.read_text(encoding="utf-8")
        if text and not text.endswith("\n"):  # a crash cut the last line short: begin a new one
            self._answers_file.write_text(text + "\n", encoding="utf-8")
        for line in text.splitlines():
            try:
                row = json.loads(line)
                answers[row["service"], row["name"], row["country_code"]] = row["answer"]
            except (ValueError, KeyError, TypeError):
                continue  # the question is asked again
        return answers

    def _keep(self, question: Question, answer: dict[str, Any] | None) -> None:
        row = {"service": self._service, "name": question.name, "country_code": question.country_code, "answer": answer}
        self._answers_file.parent.mkdir(parents=True, exist_ok=True)
        with self._answers_file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, sort_keys=True) + "\n")


def _address(domain: str) -> dict[str, str]:
    """Return geopy's scheme and domain: https, but for a server of one's own on this machine."""
    scheme, _, rest = domain.rpartition("://")
    if scheme == "http" and rest.partition(":")[0] not in {"localhost", "127.0.0.1"}:
        raise ConfigurationError(f"geomap.toml: geocoder.domain {domain} is not encrypted: use https")
    return {"scheme": scheme or "https", "domain": rest}


def _place(service: str, question: Question, answer: dict[str, Any]) -> Place:
    return Place(
        place_id=f"{service}:{answer['latitude']:.5f},{answer['longitude']:.5f}",
        name=question.name,
        latitude=answer["latitude"],
        longitude=answer["longitude"],
        country_code=question.country_code,
        radius_km=1.0,
    )
