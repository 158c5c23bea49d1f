"""A coverage-guided fuzzer for developers: needs the package atheris, which few systems have.

    python tests/security/fuzz.py readers FOLDER -max_total_time=900
    python tests/security/fuzz.py parse FOLDER -max_total_time=900

FOLDER keeps what reached new code. What breaks something is written as crash-... or timeout-...: its bytes belong into
``seeds/``, where `test_fuzzed.py` tries them for ever. The options are libFuzzer's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent), str(Path(__file__).parents[1] / "reports")]
with atheris.instrument_imports(include=["geomap", "dateutil"], enable_loader_override=False):
    import fuzzing

    fuzzing.check_parse("Calm in Kharkiv.")  # what is imported on first use; and the models, before any clock runs


def fuzz_readers(data: bytes) -> None:
    """The first byte chooses the format."""
    if len(data) > 1:
        fuzzing.check_reader(fuzzing.SUFFIXES[data[0] % len(fuzzing.SUFFIXES)], data[1:])


def fuzz_parse(data: bytes) -> None:
    """Each byte is a piece of text that means something to geomap, or a character."""
    text = "".join(fuzzing.PIECES[each] if each < len(fuzzing.PIECES) else chr(each) for each in data)
    fuzzing.check_parse(text)
    if len(data) % 16 == 0:
        fuzzing.check_line(data)
        fuzzing.check_parse(data.decode("utf-8", "replace"), title=text[:100], source=text[-60:])


def write_seeds(folder: Path) -> None:
    """Give the fuzzer sound files to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, suffix in enumerate(fuzzing.SUFFIXES):
        for row, data in enumerate(fuzzing.sound_files()[suffix]):
            (folder / f"sound{suffix}-{row}").write_bytes(bytes([number]) + data)


def main() -> None:
    """Fuzz until the options say that it is enough."""
    target, folder = sys.argv[1], Path(sys.argv[2])
    fuzzing.run_parsers_here()
    if target == "readers":
        write_seeds(folder)
    folder.mkdir(parents=True, exist_ok=True)
    options = [sys.argv[0], str(folder), "-timeout=30", "-rss_limit_mb=4000", "-max_len=60000", *sys.argv[3:]]
    atheris.Setup(options, fuzz_readers if target == "readers" else fuzz_parse)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
