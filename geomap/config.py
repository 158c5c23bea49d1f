"""geomap.toml: where a project begins, and what its owner has decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from os import PathLike
from pathlib import Path
from typing import Any, Final

from geomap.errors import ConfigurationError

FILE_NAME = "geomap.toml"
_LARGEST_LIMIT = 1_000_000

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class GeocoderSettings:
    """The geocoding service that may be asked for names the gazetteer does not know; "" means none.

    ``user_agent`` has to name a contact, as the services demand. Keys of services come from the environment,
    because geomap.toml is a file that people share.
    """

    service: str = ""
    domain: str = ""
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class GazetteerSettings:
    """Where `geomap gazetteer add` gets the files of countries: GeoNames' folder of dumps, or a mirror of it."""

    base_url: str = "https://download.geonames.org/export/dump"


@dataclass(frozen=True, slots=True)
class RecognizerSettings:
    """What finds the names: a pipeline of spaCy by its name, such as ``en_core_web_sm``; "" means geomap itself."""

    spacy: str = ""


@dataclass(frozen=True, slots=True)
class DuplicatesSettings:
    """From which likeness on two texts are duplicates, 0.5 to 1; at 1 only exact copies are."""

    similarity: float = 0.75


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Where the work runs: an engine by its name, ``inline`` or ``processes``; "" means what suits ``--jobs``."""

    engine: str = ""


@dataclass(frozen=True, slots=True)
class MapSettings:
    """An online base map that readers of the map may switch on; "" means none, and no request to anyone.

    ``tiles`` is the address of its tiles with {z}, {x} and {y}, ``attribution`` who made them.
    """

    tiles: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file of reports, and of one report; what is over one of them is one failure, the rest goes on.

    ``report_mb`` is for a report, or a line of a file of many; ``document_mb`` for a file that holds more than text
    (PDF, Word, e-mail) or is read as a whole (JSON). The next four are for archives, with the archives inside them;
    ``seconds`` and ``memory_mb`` for what other people's parsers may take for a file, and finding the places of a
    report (memory on Linux only); `geomap.engines` says which reports are held to them. Of a report's mentions the
    first ``mentions_per_report`` are kept, and nothing behind them is looked for.
    """

    report_mb: int = 10
    document_mb: int = 64
    archive_files: int = 10_000
    archive_mb: int = 1_000
    archive_ratio: int = 100
    archive_levels: int = 3
    seconds: int = 60
    memory_mb: int = 2_000
    mentions_per_report: int = 20_000

    @property
    def report_bytes(self) -> int:
        """The size of the largest report; of a text in characters."""
        return self.report_mb * MEGABYTE

    @property
    def document_bytes(self) -> int:
        """The size of the largest document."""
        return self.document_mb * MEGABYTE

    @property
    def archive_bytes(self) -> int:
        """The bytes that an archive may unpack to."""
        return self.archive_mb * MEGABYTE

    def fingerprint(self) -> str:
        """Return a text that changes whenever a file could give other reports, empty for the usual limits."""
        of_files = replace(self, mentions_per_report=USUAL.mentions_per_report)  # it concerns what was read already
        return "" if of_files == USUAL else f"limits={','.join(map(str, astuple(of_files)))}"


USUAL: Final = Limits()

NO_MEMORY: Final = "its places cannot be found: that takes more memory than there is for it (memory_mb); split it"
"""What is told of a report that is too much for the memory."""


def describe_cut(kept: int, most: int) -> str:
    """Return what is told of a report that has more names than are looked at, of which so many mentions are kept."""
    return (
        f"holds too many names: {kept:,} mentions of places are kept, from its beginning; split it, or raise "
        f"mentions_per_report (now {most:,}) under [limits] in geomap.toml"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """The content of a geomap.toml, section by section."""

    geocoder: GeocoderSettings = field(default_factory=GeocoderSettings)
    gazetteer: GazetteerSettings = field(default_factory=GazetteerSettings)
    recognizer: RecognizerSettings = field(default_factory=RecognizerSettings)
    duplicates: DuplicatesSettings = field(default_factory=DuplicatesSettings)
    map: MapSettings = field(default_factory=MapSettings)
    limits: Limits = field(default_factory=Limits)
    run: RunSettings = field(default_factory=RunSettings)
    sources: tuple[tuple[str, str], ...] = ()
    """Where outlets are at home, by their names or domains: ("toledoblade.com", "Toledo, Ohio")."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its root folder and its settings, opened once and handed on."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def data(self) -> Path:
        """The user's side: what cannot be made again."""
        return self.root / "data"

    @property
    def settings_file(self) -> Path:
        """The geomap.toml, which need not be there."""
        return self.root / FILE_NAME

    @property
    def reports(self) -> Path:
        """The folder that is read where no PATH is given."""
        return self.data / "reports"

    @property
    def overlays(self) -> Path:
        """The folder of what was added to the gazetteer."""
        return self.data / "gazetteer"

    @property
    def corrections(self) -> Path:
        """The table of what people have said about names."""
        return self.data / "corrections.csv"

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


def open_project(project: Project | str | PathLike[str] | None = None) -> Project:
    """Return a project: as it is given, or the one that a path (default: the current folder) lies in.

    Raises `ConfigurationError` for a geomap.toml that is not TOML, and for unknown keys and wrong values by name.
    """
    if isinstance(project, Project):
        return project
    root = find_root(Path.cwd() if project is None else Path(project))
    path = root / FILE_NAME
    return Project(root, _read_settings(path) if path.is_file() else Settings())


def _read_settings(path: Path) -> Settings:
    document = _read_document(path)
    _refuse_unknown(path, "", document, [each.name for each in fields(Settings)])
    return Settings(
        geocoder=GeocoderSettings(**_read_texts(path, "geocoder", document, GeocoderSettings)),
        gazetteer=_read_gazetteer(path, document),
        recognizer=RecognizerSettings(**_read_texts(path, "recognizer", document, RecognizerSettings)),
        sources=tuple(sorted(_read_sources(path, document).items())),
        duplicates=_read_duplicates(path, document),
        map=MapSettings(**_read_texts(path, "map", document, MapSettings)),
        run=RunSettings(**_read_texts(path, "run", document, RunSettings)),
        limits=Limits(**_read_counts(path, "limits", document, Limits)),
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


def _read_gazetteer(path: Path, document: Mapping[str, Any]) -> GazetteerSettings:
    from geomap.system.addresses import is_confidential

    config = GazetteerSettings(**_read_texts(path, "gazetteer", document, GazetteerSettings))
    if not is_confidential(config.base_url):
        raise ConfigurationError(
            f"{path}: gazetteer.base_url has to be an https:// address, such as {GazetteerSettings().base_url}, not "
            f"{config.base_url!r}."
        )
    return config


def _read_duplicates(path: Path, document: Mapping[str, Any]) -> DuplicatesSettings:
    table = _read_section(path, "duplicates", document, DuplicatesSettings)
    similarity = table.get("similarity", DuplicatesSettings().similarity)
    if isinstance(similarity, bool) or not isinstance(similarity, int | float) or not 0.5 <= similarity <= 1:
        raise ConfigurationError(f"{path}: duplicates.similarity has to be a number from 0.5 to 1, such as 0.75.")
    return DuplicatesSettings(similarity=float(similarity))


def _read_section(path: Path, section: str, document: Mapping[str, Any], form: type | None = None) -> dict[str, Any]:
    """Return a table of the file; only the fields of ``form``, if given, are known in it."""
    table = document.get(section, {})
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: {section} has to be a section, written as [{section}].")
    if form is not None:
        _refuse_unknown(path, f"{section}.", table, [each.name for each in fields(form)])
    return table


def _read_texts(path: Path, section: str, document: Mapping[str, Any], form: type) -> dict[str, str]:
    table = _read_section(path, section, document, form)
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigurationError(f'{path}: {section}.{key} has to be a text in quotes, such as {key} = "...".')
    return table


def _read_counts(path: Path, section: str, document: Mapping[str, Any], form: type) -> dict[str, int]:
    table = _read_section(path, section, document, form)
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST_LIMIT:
            raise ConfigurationError(
                f"{path}: {section}.{key} has to be a whole number from 1 to {_LARGEST_LIMIT:,}, such as {key} = 20."
            )
    return table


def _read_sources(path: Path, document: Mapping[str, Any]) -> dict[str, str]:
    table = _read_section(path, "sources", document)
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigurationError(
                f'{path}: sources."{key}" has to be a place in quotes, such as "{key}" = "Toledo, Ohio" '
                "(domains need the quotes around them, too)."
            )
    return table


def _refuse_unknown(path: Path, prefix: str, table: Iterable[str], known: Iterable[str]) -> None:
    known = sorted(known)
    for key in table:
        if key not in known:
            raise ConfigurationError(f"{path}: unknown key {prefix}{key}. Known are: {', '.join(known)}.")
