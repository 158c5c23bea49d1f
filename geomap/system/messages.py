"""What driver and workers say to each other: data as JSON that names its types, and nothing that runs by being read.

A value that JSON knows is itself; every other one is a list that begins with its sign. Functions, and objects that are
made by one, go to the workers alone: an answer, which follows from what strangers have written, can name none.
"""

from __future__ import annotations

import base64
import builtins
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

_CONTAINERS: Final[dict[str, type]] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
_SIGNS: Final = {kind: sign for sign, kind in _CONTAINERS.items()}


def encode_message(value: object, *, with_functions: bool = False) -> bytes:
    """Return a value as bytes; raises TypeError for one that cannot be sent."""
    return json.dumps(_encode(value, with_functions), separators=(",", ":")).encode("ascii")


def decode_message(body: bytes, *, with_functions: bool = False) -> Any:
    """Return the value that `encode_message` was given; raises TypeError for functions where none may come."""
    return _decode(json.loads(body), with_functions)


def _encode(value: Any, with_functions: bool) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    kind = type(value)
    if (sign := _SIGNS.get(kind)) is not None:
        return [sign, *(_encode(each, with_functions) for each in value)]
    if is_dataclass(kind):
        return ["class", _name(kind), *(_encode(each, with_functions) for each in _get_fields(kind)(value))]
    if kind is dict:
        pairs = ([_encode(key, with_functions), _encode(each, with_functions)] for key, each in value.items())
        return ["dict", *pairs]
    if kind is bytes:
        return ["bytes", base64.b64encode(value).decode("ascii")]
    if isinstance(value, Path):
        return ["path", str(value)]
    if isinstance(value, Exception):
        return ["error", _name(kind), _encode(value.args, False), _encode(vars(value), False)]
    if with_functions:
        return _encode_function(value)
    raise TypeError(f"{kind.__name__} is no data")


def _encode_function(value: Any) -> list[Any]:
    if isinstance(value, partial):
        return ["partial", *(_encode(part, True) for part in (value.func, value.args, value.keywords))]
    if is_dataclass(type(owner := getattr(value, "__self__", None))):
        return ["method", _encode(owner, True), value.__name__]
    if callable(value):
        return ["function", _name(value)]
    function, arguments, *rest = value.__reduce__()
    if any(rest):
        raise TypeError(f"{type(value).__name__} does not say what it is made of")
    return ["made", _encode(function, True), _encode(arguments, True)]


def _name(value: Any) -> str:
    if "<" in value.__qualname__:
        raise TypeError(f"{value.__qualname__} stands in no module")
    return f"{value.__module__}:{value.__qualname__}"


@lru_cache(maxsize=64)
def _get_fields(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [each.name for each in fields(kind)]
    get = attrgetter(*names, "__class__")  # of a single name it would give no tuple
    return lambda value: get(value)[:-1]


def _decode(value: Any, with_functions: bool) -> Any:
    if type(value) is not list:
        return value
    sign, rest = value[0], value[1:]
    if sign == "class":
        return _make(_find(rest[0]), [_decode(each, with_functions) for each in rest[1:]])
    if (kind := _CONTAINERS.get(sign)) is not None:
        return kind(_decode(each, with_functions) for each in rest)
    if sign == "dict":
        return {_decode(key, with_functions): _decode(each, with_functions) for key, each in rest}
    if sign == "bytes":
        return base64.b64decode(rest[0])
    if sign == "path":
        return Path(rest[0])
    if sign == "error":
        return _make_error(rest[0], _decode(rest[1], False), _decode(rest[2], False))
    if not with_functions:
        raise TypeError(f"a {sign} came where there has to be data")
    return _decode_function(sign, rest)


def _decode_function(sign: str, rest: list[Any]) -> Any:
    if sign == "function":
        return _find(rest[0])
    if sign == "method":
        return getattr(_decode(rest[0], True), rest[1])
    function, arguments, *keywords = (_decode(each, True) for each in rest)
    return partial(function, *arguments, **keywords[0]) if sign == "partial" else function(*arguments)


def _make(kind: Any, values: Iterable[Any]) -> Any:
    """Return an instance of a dataclass with these values; no code of the class runs."""
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise TypeError(f"{kind} is no dataclass")
    made = object.__new__(kind)
    for each, value in zip(fields(kind), values, strict=True):
        object.__setattr__(made, each.name, value)
    return made


def _make_error(name: str, arguments: tuple[Any, ...], state: dict[str, Any]) -> Exception:
    """Return the error if it is of geomap or Python, else a RuntimeError that describes it."""
    module, _, qualified = name.partition(":")
    own: Any = _find(name) if module.startswith("geomap.") else getattr(builtins, qualified, None)
    if module not in ("builtins", getattr(own, "__module__", "")) or not issubclass(own, Exception):
        return RuntimeError(f"{qualified}: {' '.join(map(str, arguments))}")
    error: Exception = own.__new__(own, *arguments)
    error.args = arguments
    vars(error).update(state)
    return error


@lru_cache(maxsize=256)
def _find(name: str) -> Any:
    module, _, qualified = name.partition(":")
    return attrgetter(qualified)(import_module(module))
