"""geomap.toml: where a project begins, and what its owner has decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from geomap.errors import ConfigurationError

FILE_NAME = "geomap.toml"


@dataclass(frozen=True, slots=True)
class GeocoderConfig:
    """The geocoding service that may be asked for names the gazetteer does not know; "" means none.

    ``user_agent`` has to name a contact, as the services demand. Keys of services come from the environment,
    because geomap.toml is a file that people share.
    """

    service: str = ""
    domain: str = ""
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class GazetteerConfig:
    """Where `geomap gazetteer add` gets the files of countries: GeoNames' folder of dumps, or a mirror of it."""

    base_url: str = "https://download.geonames.org/export/dump"


@dataclass(frozen=True, slots=True)
class Config:
    """A project: its root folder and the content of its geomap.toml."""

    root: Path
    geocoder: GeocoderConfig = field(default_factory=GeocoderConfig)
    gazetteer: GazetteerConfig = field(default_factory=GazetteerConfig)

    @property
    def reports(self) -> Path:
        """The folder that is read where no PATH is given."""
        return self.root / "data" / "reports"

    @property
    def overlays(self) -> Path:
        """The folder of what was added to the gazetteer."""
        return self.root / "data" / "gazetteer"

    @property
    def output(self) -> Path:
        """The map that is written where no other is named."""
        return self.root / "output" / "map.html"

    @property
    def store(self) -> Path:
        """The store of what has been read and found already."""
        return self.root / "output" / ".geomap" / "store.sqlite"


def find_root(start: Path) -> Path:
    """Return the nearest folder from ``start`` upward that holds geomap.toml, else ``start``."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), start)


def load_config(start: Path | None = None) -> Config:
    """Read the geomap.toml of the project that ``start`` (default: the current folder) lies in.

    Raises `ConfigurationError` for what is not TOML, and for unknown keys and wrong types by name.
    """
    root = find_root(start or Path.cwd())
    path = root / FILE_NAME
    document = _read_document(path) if path.is_file() else {}
    _refuse_unknown(path, "", document, ("gazetteer", "geocoder"))
    return Config(
        root=root,
        geocoder=GeocoderConfig(**_read_texts(path, "geocoder", document, GeocoderConfig)),
        gazetteer=GazetteerConfig(**_read_texts(path, "gazetteer", document, GazetteerConfig)),
    )


def _read_document(path: Path) -> dict[str, Any]:
    import tomllib  # only where there is a file: start-up time

    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} is not valid TOML: {error}. Correct it, or rename it to go without."
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error


def _read_texts(path: Path, section: str, document: Mapping[str, Any], form: type) -> dict[str, str]:
    table = document.get(section, {})
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: {section} has to be a section, written as [{section}].")
    _refuse_unknown(path, f"{section}.", table, [each.name for each in fields(form)])
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigurationError(f'{path}: {section}.{key} has to be a text in quotes, such as {key} = "...".')
    return table


def _refuse_unknown(path: Path, prefix: str, table: Iterable[str], known: Iterable[str]) -> None:
    known = sorted(known)
    for key in table:
        if key not in known:
            raise ConfigurationError(f"{path}: unknown key {prefix}{key}. Known are: {', '.join(known)}.")
