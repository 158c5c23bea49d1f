"""The commands of learning, called as the command line calls them."""

from __future__ import annotations

import argparse
from pathlib import Path

from geomap.cli.learning import add_command


def run(*arguments: str | Path) -> int:
    """Run a command with its arguments and return its exit status."""
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers())
    options = parser.parse_args([str(argument) for argument in arguments])
    status: int = options.run(options)
    return status
