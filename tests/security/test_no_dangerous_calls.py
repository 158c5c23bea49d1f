"""Nothing of geomap makes code of data: no pickle but for one reader of pinned data, no yaml.load, eval or shell."""

# ruff: noqa: E501 - tables, one row a line

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap

PACKAGE = Path(geomap.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts)

MODULES = {
    "pickle",
    "_pickle",
    "cPickle",
    "cloudpickle",
    "dill",
    "joblib",
    "jsonpickle",
    "marshal",
    "shelve",
    "imp",
    "code",
}
MODULES |= {"multiprocessing", "concurrent.futures.process", "xmlrpc", "telnetlib", "ftplib"}
"""What reads code out of data, or does so behind its back; and protocols without encryption."""

NAMES = {"eval", "exec", "compile", "__import__", "execfile"}
ATTRIBUTES = {
    *("os.system", "os.popen", "os.execv", "os.spawnl", "yaml.unsafe_load", "yaml.full_load", "yaml.UnsafeLoader"),
    *("pandas.read_pickle", "pd.read_pickle", "subprocess.getoutput", "subprocess.getstatusoutput", "tempfile.mktemp"),
    *(
        "ssl._create_unverified_context",
        "ssl.CERT_NONE",
        "etree.fromstring",
        "ElementTree.parse",
        "minidom.parseString",
    ),
}
EXCEPTIONS = {
    # a pickle without executable opcodes, pinned by hash, read only while compiling, by a class that finds no class
    ("gazetteer/compilation/administrative.py", "pickle"),
    # BaseLoader builds nothing but texts, lists and mappings: less than SafeLoader
    ("reports/headers.py", "yaml.load"),
}


def find_dangers(source: str) -> Iterator[str]:
    """Yield what a module of Python uses of the above."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _is_forbidden(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            yield from (name for name in names if _is_forbidden(name))
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ATTRIBUTES:
            yield ast.unparse(node)
        elif isinstance(node, ast.Call):
            yield from _find_in_call(node)


def _is_forbidden(module: str) -> bool:
    return module in MODULES or module.partition(".")[0] in MODULES


def _find_in_call(node: ast.Call) -> Iterator[str]:
    name = ast.unparse(node.func)
    if name in NAMES or name == "yaml.load" or name.endswith((".import_string", ".literal_eval")):
        yield name
    for keyword in node.keywords:
        written = f"{keyword.arg}={ast.unparse(keyword.value)}"
        if written in (
            "shell=True",
            "allow_pickle=True",
            "verify=False",
            "resolve_entities=True",
            "load_dtd=True",
            "huge_tree=True",
        ):
            yield written


@pytest.mark.slow
def test_no_module_makes_code_of_data() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), danger)
        for path in SOURCES
        for danger in find_dangers(path.read_text("utf-8"))
    }
    assert len(SOURCES) > 200
    assert found == EXCEPTIONS


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from pickle import loads",
        "import marshal",
        "from concurrent.futures.process import ProcessPoolExecutor",
        "yaml.load(text)",
        "yaml.unsafe_load(text)",
        "eval(text)",
        "exec(text)",
        "subprocess.run(text, shell=True)",
        "numpy.load(path, allow_pickle=True)",
        "os.system(text)",
    ],
)
def test_each_danger_would_be_found(line: str) -> None:
    assert list(find_dangers(line))


def test_arrays_are_never_read_with_pickles() -> None:
    """The default of numpy.load is safe today; the models say so themselves."""
    loads = [line for path in SOURCES for line in path.read_text("utf-8").splitlines() if "np.load(" in line]
    assert len(loads) >= 3
    assert all("allow_pickle=False" in line or "mmap_mode" in line for line in loads)


def test_yaml_is_read_by_the_loader_that_builds_nothing() -> None:
    source = (PACKAGE / "reports" / "headers.py").read_text("utf-8")
    assert set(re.findall(r"\w*Loader\b", source)) == {"Loader", "BaseLoader", "CBaseLoader"}
    assert source.count("yaml.load(") == source.count("yaml.load(block, Loader=loader)") == 1


def test_the_one_reader_of_a_pickle_finds_no_class() -> None:
    import io
    import pickle

    from geomap.gazetteer.compilation.administrative import _Unpickler

    for value in (Path("x"), re.compile("x"), ValueError):
        with pytest.raises(pickle.UnpicklingError, match="is not data"):
            _Unpickler(io.BytesIO(pickle.dumps(value))).load()


def test_an_answer_of_a_worker_can_name_no_function() -> None:
    from geomap.system.messages import decode_message

    for message in (["function", "os:system"], ["partial", ["function", "os:system"], ["tuple", "true"], ["dict"]]):
        with pytest.raises(TypeError):
            decode_message(json.dumps(message).encode())
    for name in ("os:system", "subprocess:Popen", "builtins:dict"):
        with pytest.raises(TypeError, match="no dataclass"):
            decode_message(json.dumps(["class", name]).encode())
    error = decode_message(json.dumps(["error", "subprocess:CalledProcessError", ["tuple", "x"], ["dict"]]).encode())
    assert type(error) is RuntimeError


def test_the_viewer_makes_no_markup_and_no_code_of_texts() -> None:
    forbidden = re.compile(
        r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|setHTML|DOMParser|createContextualFragment|srcdoc"
        r"|\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:|\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource"
        r"|RTCPeerConnection|importScripts|serviceWorker|document\.cookie|indexedDB|sessionStorage"
    )
    sources = sorted((PACKAGE / "rendering" / "viewer" / "src").rglob("*.ts"))
    assert len(sources) > 50
    found = {(path.name, match[0]) for path in sources for match in forbidden.finditer(path.read_text("utf-8"))}
    assert found <= {("saving.ts", "fetch(")}  # to the server of `geomap watch --serve`, where the page came from
