"""What geomap needs is little, and pinned: by version and digest, in the versions that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
}
MOST_BASE_DEPENDENCIES = 13
"""One more is a decision that somebody has to take."""


def declared() -> list[Requirement]:
    extras = [each for needed in PROJECT["optional-dependencies"].values() for each in needed]
    found = [Requirement(each) for each in (*PROJECT["dependencies"], *extras)]
    return [each for each in found if each.name != PROJECT["name"]]


def test_base_dependencies_are_few() -> None:
    assert len(PROJECT["dependencies"]) <= MOST_BASE_DEPENDENCIES


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_each_is_pinned_in_a_version_that_is_allowed(requirement: Requirement) -> None:
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("written", PROJECT["dependencies"])
def test_each_base_dependency_has_a_lower_bound_that_ci_installs(written: str) -> None:
    assert re.match(r"[\w.-]+>=\d", written)


def test_every_pin_has_digests_and_no_address() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(re.findall(r"^[\w.-]+==", LOCK, re.MULTILINE)) >= 60
    assert all("--hash=sha256:" in each for each in entries)
    assert "://" not in LOCK
    assert not re.search(r"^-", LOCK, re.MULTILINE)  # no option: where packages come from is the machine's matter
