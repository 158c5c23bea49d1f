"""Run the command line: ``python -m geomap``."""

import sys

from geomap.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
