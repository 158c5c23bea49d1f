"""What results are known by: digests of the code that made them.

Whoever changes a rule would have to remember to raise a number; a digest of the rules themselves forgets nothing. It
is taken from syntax trees without docstrings, so that comments, line ends and the way geomap is installed change
nothing, over a module and all that it imports inside geomap. Parsing takes about 15 ms a thousand lines, so the
installation writes a table of what is known of each source (`write_table`); a module that was edited since is parsed.

Standard library only and no import of geomap: the build of a wheel loads this file by itself.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

PACKAGE: Final = Path(__file__).resolve().parents[1]
TABLE: Final = Path(__file__).with_name("code_digests.json")
_NAMED: Final = re.compile(r"geomap(?:\.\w+)+")
"""Modules named in a text are imported by that name, such as "geomap.reports.pdf_text:read_pages"."""


class Source(NamedTuple):
    """What is known of a module: the digest of its syntax tree, and the modules of geomap that it may import."""

    digest: str
    imports: tuple[str, ...]


@cache
def digest_code(*modules: str) -> str:
    """Return 16 hexadecimal digits that change with the code of modules, or of anything they import inside geomap.

    Modules are given by their dotted names. The same on every system and version of Python.
    """
    digest = hashlib.blake2b(digest_size=8)
    for name, source in sorted(_collect(modules).items()):
        digest.update(f"{name} {source.digest}\n".encode())
    return digest.hexdigest()


def _collect(modules: Iterable[str]) -> dict[str, Source]:
    known = _list_modules()
    found: dict[str, Source] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name not in known:  # a function of a module, or a class
            waiting += [name.rpartition(".")[0]] if "." in name else []
        elif name not in found:
            found[name] = _read(known[name])
            waiting += [*found[name].imports, name.rpartition(".")[0]]
    return found


@cache
def _list_modules() -> dict[str, Path]:
    """Return the files of geomap's modules by name, but for the root, which only says where names are."""
    found = {}
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = [each for each in folders if each != "viewer"]
        parts = ("geomap", *Path(folder).relative_to(PACKAGE).parts)
        for file in files:
            if file.endswith(".py"):
                found[".".join((*parts, file[:-3])).removesuffix(".__init__")] = Path(folder, file)
    found.pop("geomap", None)
    return found


@cache
def _read(path: Path) -> Source:
    body = _read_body(path)
    known = _read_table().get(_digest_bytes(body))
    return Source(known[0], tuple(known[1])) if known else parse_source(body)


def _read_body(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _digest_bytes(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


@cache
def _read_table() -> dict[str, Any]:
    try:
        table: dict[str, Any] = json.loads(TABLE.read_bytes())
    except (OSError, ValueError):  # a checkout that was not installed
        return {}
    return table


def write_table() -> None:
    """Write the table of the digests and imports of geomap's modules, by the digest of their bytes."""
    bodies = map(_read_body, _list_modules().values())
    table = {_digest_bytes(body): parse_source(body) for body in bodies}
    text = json.dumps(table, separators=(",", ":"), sort_keys=True)
    TABLE.write_text(text, encoding="ascii", newline="\n")


def parse_source(body: bytes) -> Source:
    """Return the digest of a source's syntax tree, without docstrings, and what it may import of geomap."""
    tree = ast.parse(body)
    digest = hashlib.blake2b("".join(_describe(tree)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return Source(digest, tuple(sorted(set(_find_imports(tree)))))


def _describe(node: Any) -> Iterator[str]:
    """Yield a syntax tree in words: without positions, and without what only some versions of Python have."""
    if isinstance(node, ast.AST):
        yield f"({type(node).__name__}"
        if isinstance(node, ast.JoinedStr):  # some versions write down its empty parts
            node.values = [each for each in node.values if not (isinstance(each, ast.Constant) and each.value == "")]
        for name, value in ast.iter_fields(node):
            if value is not None and value != [] and name not in ("kind", "type_comment", "ctx"):
                yield f" {name}="
                yield from _describe(value)
        yield ")"
    elif isinstance(node, list):
        yield "["
        for each in node:
            if not _is_docstring(each):
                yield from _describe(each)
        yield "]"
    else:
        yield repr(node)


def _is_docstring(node: Any) -> bool:
    """Return whether a statement is the docstring of a module, class, function or attribute."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _find_imports(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names of imports that may be modules of geomap, without imports for types only."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.Import):
            yield from (name.name for name in each.names if name.name.startswith("geomap."))
        elif isinstance(each, ast.ImportFrom) and (each.module or "").startswith("geomap"):
            yield from (f"{each.module}.{name.name}" for name in each.names)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield from (match[0] for match in [_NAMED.match(each.value)] if match)
        elif isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING":
            yield from (name for other in each.orelse for name in _find_imports(other))
        elif not _is_docstring(each):
            yield from _find_imports(each)
