"""A geopy service, asked for the names that the gazetteer lacks; off unless geomap.toml names one."""

from __future__ import annotations

import inspect
import json
import math
import os
import re
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from geopy.exc import ConfigurationError as GeopyConfigurationError
from geopy.exc import GeocoderNotFound, GeocoderQueryError, GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from geomap.config import GeocoderSettings
from geomap.errors import ConfigurationError, GeocoderError
from geomap.geocoders.fallback import Question
from geomap.geocoders.transport import PoliteTransport
from geomap.model import Candidate, Place
from geomap.system.addresses import is_confidential
from geomap.text.lines import read_lines

KEY_VARIABLE: Final = "GEOMAP_GEOCODER_KEY"
SECONDS_BETWEEN: Final = 1.0  # Nominatim's rule, and no less to others
TIMEOUT: Final = 10.0
LONGEST_NAME: Final = 200
"""Code points; what is longer is no name that a service knows, and is not told to it."""

_LONGEST_LINE: Final = 16_000_000
"""Bytes of an answer that is kept: the longest that the transport lets through, with every letter escaped."""

CONFIDENCE: Final = 0.5  # a stranger's best guess for a name, without the report it stands in
_CONTACT_SIGNS: Final = ("@", "://")
_SENDABLE: Final = re.compile(r"[ -~\xa1-\xff]+")
"""What a header of a request can hold."""


class ServiceFallback:
    """Asks a service once for each name, at its pace, and keeps what it said in a file of one JSON object a line."""

    def __init__(self, config: GeocoderSettings, answers: Path, *, seconds_between: float = SECONDS_BETWEEN) -> None:
        self._service = config.service.lower()
        self._answers_file = answers
        self._accepts_country = False
        self._transport = partial(PoliteTransport, seconds_between=seconds_between)
        self._ask = self._open_service(config)
        self._answers = self._read_answers()

    def __call__(self, question: Question) -> Candidate | None:
        """Return the service's first answer, None for an unknown name; raises `GeocoderError` where it is silent."""
        if len(question.name) > LONGEST_NAME:
            return None
        key = (self._service, question.name, question.country_code)
        if key not in self._answers:
            self._answers[key] = self._request(question)
            self._keep(question, self._answers[key])
        answer = self._answers[key]
        return None if answer is None else Candidate(_place(self._service, question, answer), CONFIDENCE)

    def _open_service(self, config: GeocoderSettings) -> Callable[..., Any]:
        if not any(sign in config.user_agent for sign in _CONTACT_SIGNS):
            raise ConfigurationError(
                "geomap.toml: geocoder.user_agent has to name a contact (a mail address or a web page), "
                'such as user_agent = "my-project (me@example.org)"; without one nothing is asked'
            )
        if not _SENDABLE.fullmatch(config.user_agent):
            raise ConfigurationError(
                f"geomap.toml: geocoder.user_agent {config.user_agent!r} cannot be sent: write a line of Latin letters"
            )
        try:
            service = get_geocoder_for_service(self._service)
            known = inspect.signature(service.__init__).parameters
            if config.domain and "domain" not in known:  # it would be asked where it always is, and told the names
                raise ConfigurationError(
                    f"geomap.toml: {config.service} has one address only: take geocoder.domain out"
                )
            wanted = {
                "user_agent": config.user_agent,
                "api_key": os.environ.get(KEY_VARIABLE, ""),
                "timeout": TIMEOUT,
                "adapter_factory": self._transport,
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
        ask: Callable[..., Any] = geocoder.geocode
        return ask

    def _request(self, question: Question) -> dict[str, Any] | None:
        country = {"country_codes": question.country_code} if question.country_code and self._accepts_country else {}
        try:
            with warnings.catch_warnings(action="ignore"):  # geopy's, about points that are none
                found: Location | None = self._ask(question.name, exactly_one=True, **country)
        except GeocoderQueryError:
            return None  # the service cannot make sense of this name; the next may do
        except GeopyError as error:
            raise self._make_error(error) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:  # geopy trusts what it is sent
            raise self._make_error("its answer cannot be read") from error
        if found is None:
            return None
        return {"latitude": found.latitude, "longitude": found.longitude, "address": str(found.address)}

    def _make_error(self, reason: object) -> GeocoderError:
        kind = f"{type(reason).__name__}: " if isinstance(reason, Exception) else ""
        return GeocoderError(
            f"the service {self._service} does not answer ({kind}{reason}): "
            "try again later, or take [geocoder] out of geomap.toml"
        )

    # ---- what has been asked

    def _read_answers(self) -> dict[tuple[str, str, str], dict[str, Any] | None]:
        answers: dict[tuple[str, str, str], dict[str, Any] | None] = {}
        if not self._answers_file.exists():
            return answers
        try:
            with self._answers_file.open("rb") as file:
                for line in read_lines(file, limit=_LONGEST_LINE):
                    answers |= _load_answer(line.text or b"")
        except OSError as error:
            raise GeocoderError(
                f"{self._answers_file} cannot be read ({error.strerror}): mend that, or rename it; what it holds is "
                "asked again then."
            ) from error
        return answers

    def _keep(self, question: Question, answer: dict[str, Any] | None) -> None:
        row = {"service": self._service, "name": question.name, "country_code": question.country_code, "answer": answer}
        try:
            self._answers_file.parent.mkdir(parents=True, exist_ok=True)
            with self._answers_file.open("a+b") as file:
                end = file.seek(0, os.SEEK_END)
                file.seek(max(0, end - 1))
                begin = b"" if file.read() in (b"", b"\n") else b"\n"  # a crash cut the last line short
                file.write(begin + json.dumps(row, sort_keys=True).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise GeocoderError(
                f"{self._answers_file} cannot be written ({error.strerror}): free space there and run again; nothing "
                "more is asked that could not be kept."
            ) from error


def _load_answer(line: bytes) -> dict[tuple[str, str, str], dict[str, Any] | None]:
    """Return the answer of a line by its question, or an empty dict if it is damaged: the question is asked again."""
    try:
        row = json.loads(line)
        answer = row["answer"]
        return {(row["service"], row["name"], row["country_code"]): answer} if _is_answer(answer) else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _is_answer(answer: Any) -> bool:
    if answer is None:
        return True
    degrees = (answer["latitude"], 90), (answer["longitude"], 180)
    return all(
        isinstance(value, int | float) and math.isfinite(value) and abs(value) <= most for value, most in degrees
    )


def _address(domain: str) -> dict[str, str]:
    """Return geopy's scheme and domain: https, but for a server of one's own on this machine."""
    if not domain:
        return {"scheme": "https"}
    address = domain if "://" in domain else f"https://{domain}"
    scheme, _, rest = address.partition("://")
    if not is_confidential(address) or "?" in address:
        raise ConfigurationError(
            f"geomap.toml: geocoder.domain {domain} is not encrypted, or no address: use https, and a bare host"
        )
    return {"scheme": scheme.lower(), "domain": rest}


def _place(service: str, question: Question, answer: dict[str, Any]) -> Place:
    return Place(
        place_id=f"{service}:{answer['latitude']:.5f},{answer['longitude']:.5f}",
        name=question.name,
        latitude=answer["latitude"],
        longitude=answer["longitude"],
        country_code=question.country_code,
        radius_km=1.0,
    )
