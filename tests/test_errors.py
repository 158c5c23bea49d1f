"""Whoever calls geomap can catch its errors: one tree in one module, each also one of Python's own."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import geomap
from geomap.errors import GeomapError, NothingReadError, ReportError, TerminationError, WorkerDiedError
from geomap.system.messages import decode_message, encode_message

TOO_WIDE = {object, BaseException, Exception}


def iterate_modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(geomap.__path__, "geomap."):
        if not found.name.endswith(".__main__"):  # runs by being imported
            yield found.name


def find_errors(module: str) -> list[type[BaseException]]:
    members = vars(importlib.import_module(module)).values()
    return [each for each in members if inspect.isclass(each) and issubclass(each, BaseException)]


OWN = [each for each in find_errors("geomap.errors") if each.__module__ == "geomap.errors"]


def test_no_other_module_defines_an_error_that_leaves_it() -> None:
    found = {each for module in iterate_modules() for each in find_errors(module)}
    elsewhere = {each for each in found if each.__module__.startswith("geomap.")} - set(OWN)
    assert [each for each in elsewhere if not each.__name__.startswith("_")] == []


@pytest.mark.parametrize("error", [each for each in OWN if each is not GeomapError], ids=lambda each: each.__name__)
def test_each_error_is_one_of_pythons_own_too(error: type[BaseException]) -> None:
    assert issubclass(error, GeomapError) or error is TerminationError  # which nobody may catch by chance
    assert {base for base in error.__mro__ if base.__module__ == "builtins"} - TOO_WIDE


@pytest.mark.parametrize("error", [each for each in OWN if issubclass(each, Exception)], ids=lambda each: each.__name__)
def test_each_error_comes_back_from_another_process_as_it_was(error: type[Exception]) -> None:
    made = error("what went wrong")
    back = decode_message(encode_message(made))
    assert type(back) is error
    assert (str(back), back.args, vars(back)) == ("what went wrong", made.args, vars(made))


def test_what_an_error_knows_comes_back_with_it() -> None:
    errors = (
        NothingReadError("nothing", [ReportError("is empty", path="a.txt", line=3, count=2)]),
        WorkerDiedError("it ended", "that takes more than 5 seconds"),
    )
    nothing, died = decode_message(encode_message(errors))
    assert [str(each) for each in nothing.failures] == ["a.txt, line 3: is empty (and 1 more)"]
    assert died.excess == "that takes more than 5 seconds"
