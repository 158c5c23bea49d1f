"""How fast a map is written and opened, beside folium's MarkerCluster and FastMarkerCluster on the same data (long).

    python benchmarks/map_speed.py reports.jsonl [more.jsonl ...] --mentions 50000

Each line of the files is an object with a ``text``: real text, for repetitions compress to nothing. Its sentences are
shuffled across as many reports as are needed, so that no two tell the same story. folium's pages get the files that
they ask content networks for from npm packages (npm has to be on PATH), everything else is blocked. Absolute times are
those of the machine; what counts are the ratios: pages that are compared are opened in turns, several times, and the
median counts. Steps: ``folium`` compares, ``sizes`` prints the guide figures.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import folium
from folium.plugins import FastMarkerCluster, MarkerCluster
from playwright.sync_api import Browser, Page, Route, sync_playwright

from geomap.gazetteer import open_gazetteer
from geomap.model import Mention, ParsedReport, Report
from geomap.pipeline.parsing import analyse
from geomap.rendering.labels import collect_labels
from geomap.rendering.page import write_map
from geomap.text.sentences import find_sentence_starts

SENTENCES_PER_REPORT = 9
EXCERPT = 150  # characters on each side, for folium's popups
PACKAGES = ("leaflet@1.9.4", "leaflet.markercluster@1.5.3")
CALLBACK = "function (row) { return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]); }"
OPENINGS = 7
# counted by the page itself: what drives the browser takes its time to notice, the same for fast and slow pages
# folium and geomap draw their markers as Leaflet does; geomap's page has to have its lists and names as well
MARKER = ".leaflet-marker-icon"
COMPLETE = "[data-ready] .geomap-row"
WATCH = """([marker, complete]) => {
  const frame = () => new Promise(requestAnimationFrame);
  window.openedAfter = (async () => {
    while (document.querySelector(marker) === null) await frame();
    const drawn = performance.now();
    await frame();
    await frame();
    while (document.querySelector(complete) === null) await frame();
    return { drawn: drawn / 1000, opened: performance.now() / 1000 };
  })();
}"""
PAN = """async () => {
  const frames = [], wait = () => new Promise(requestAnimationFrame);
  let before = await wait();
  for (let step = 0; step < 40; step++) {
    map_geomap.panBy([step < 20 ? 25 : -25, 5], { animate: false });
    const now = await wait();
    frames.push(now - before);
    before = now;
  }
  return frames.sort((a, b) => a - b)[frames.length >> 1];
}"""
ANSWER = """async (act) => {
  const root = document.getElementById("geomap");
  const started = performance.now();
  const changed = new Promise((done) => new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - started));
  }).observe(root, { attributes: true, attributeFilter: ["data-shown-mentions"] }));
  location.hash = act;
  return Promise.race([changed, new Promise((done) => setTimeout(() => done(-1), 20_000))]);
}"""


class Opening(NamedTuple):
    """Seconds until the markers are in the page, and until it is open.

    That is the second frame after, or later the one in which geomap's names and lists are there too.
    """

    drawn: float
    opened: float


def read_sentences(paths: Iterable[Path]) -> list[tuple[str, tuple[Mention, ...]]]:
    """Return the sentences in which something is named, with their mentions, offsets counted in the sentence."""
    found = []
    for path in paths:
        for number, line in enumerate(path.open(encoding="utf-8")):
            parsed = analyse(Report(f"{path.name}:{number}", json.loads(line)["text"]))
            found.extend(cut(parsed))
    return found


def cut(parsed: ParsedReport) -> Iterator[tuple[str, tuple[Mention, ...]]]:
    """Yield the sentences of a report that name places."""
    text = parsed.report.text
    starts = [*find_sentence_starts(text), len(text)]
    for start, end in pairwise(starts):
        inside = [each for each in parsed.mentions if start <= each.start and each.end <= end]
        moved = tuple(replace(each, start=each.start - start, end=each.end - start) for each in inside)
        if moved:
            yield text[start:end].rstrip() + " ", moved


def make_reports(sentences: Sequence[tuple[str, tuple[Mention, ...]]], mentions: int) -> list[ParsedReport]:
    """Return reports of shuffled sentences with so many mentions, the same for the same sentences."""
    chance = random.Random(1)  # noqa: S311 -- no secret
    reports, count = [], 0
    while count < mentions:
        text, found = "", []
        for sentence, named in chance.choices(sentences, k=SENTENCES_PER_REPORT):
            found.extend(replace(each, start=each.start + len(text), end=each.end + len(text)) for each in named)
            text += sentence
        day = chance.randrange(1000)
        date = f"{2023 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}"
        report = Report(f"{len(reports):06}", text, text[:60], f"Source {day % 40}", date)
        reports.append(ParsedReport(report, tuple(found)))
        count += len(found)
    return reports


def write_folium(reports: Sequence[ParsedReport], path: Path, *, is_fast: bool) -> None:
    """Write the same mentions as a user of folium would."""
    someones = folium.Map(location=(30, 20), zoom_start=3, tiles=None)
    someones.options |= {"max_zoom": 18}  # which a layer of tiles would say; without it the cluster refuses to start
    rows = [
        (each.place.latitude, each.place.longitude, one.report.text[max(0, each.start - EXCERPT) : each.end + EXCERPT])
        for one in reports
        for each in one.mentions
        if each.place is not None
    ]
    if is_fast:
        FastMarkerCluster([list(row) for row in rows], callback=CALLBACK).add_to(someones)
    else:
        cluster = MarkerCluster().add_to(someones)
        for latitude, longitude, text in rows:
            folium.Marker((latitude, longitude), popup=folium.Popup(text.replace("`", "'"), max_width=300)).add_to(
                cluster
            )
    someones.save(str(path))


@contextmanager
def opened(browser: Browser, path: Path, packages: Path | None) -> Iterator[tuple[Page, Opening]]:
    """Open a page and yield it with the seconds that it took."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=packages is None)
    page = context.new_page()
    page.set_default_timeout(600_000)
    if packages is not None:
        page.route(lambda address: address.startswith("http"), lambda route: answer(route, packages))
    page.add_init_script(f"({WATCH})({json.dumps([MARKER, COMPLETE if packages is None else MARKER])})")
    page.goto(path.as_uri(), wait_until="load")
    yield page, Opening(**page.evaluate("window.openedAfter"))
    context.close()


def time_openings(browser: Browser, pages: Sequence[tuple[Path, Path | None]]) -> list[Opening]:
    """Return the medians of the seconds that each page takes to open; the pages take turns."""
    found: list[list[Opening]] = [[] for _ in pages]
    for _ in range(OPENINGS):
        for openings, (path, packages) in zip(found, pages, strict=True):
            with opened(browser, path, packages) as (_, opening):
                openings.append(opening)
    return [Opening(*map(median, zip(*openings, strict=True))) for openings in found]


def answer(route: Route, packages: Path) -> None:
    """Give a folium page the file of that name from npm, or nothing: the rest plays no part here."""
    name = route.request.url.rsplit("/", 1)[-1]
    found = next((path for path in packages.rglob(name) if "/dist/" in path.as_posix()), None)
    kind = "text/css" if name.endswith("css") else "text/javascript"
    route.fulfill(body=found.read_bytes() if found else b"", content_type=kind)


def install_packages(folder: Path) -> Path:
    """Install what folium's pages ask content networks for."""
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- a fixed command
    return folder / "node_modules"


def timed(act: Callable[[], Any]) -> float:
    """Return how many seconds a call takes."""
    started = perf_counter()
    act()
    return perf_counter() - started


def compare(browser: Browser, reports: Sequence[ParsedReport], folder: Path) -> None:
    """Print how our map compares with folium's clusters."""
    packages = install_packages(folder / "npm")
    labels = collect_labels(open_gazetteer())
    ours, slow, fast = (folder / f"{name}.html" for name in ("geomap", "markercluster", "fastmarkercluster"))
    written = timed(lambda: write_map(reports, ours, labels=labels))
    write_folium(reports, fast, is_fast=True)
    openings = time_openings(browser, [(ours, None), (fast, packages)])
    for step, (own, other) in zip(Opening._fields, zip(*openings, strict=True), strict=True):
        say(f"{step}: geomap {own:.2f} s, FastMarkerCluster {other:.2f} s: {other / own:.1f} times as fast")
    written_slow = timed(lambda: write_folium(reports, slow, is_fast=False))
    ratio = written_slow / written
    say(f"written: geomap {written:.1f} s, MarkerCluster {written_slow:.1f} s: {ratio:.1f} times as fast")
    megabytes = [path.stat().st_size / 1e6 for path in (ours, slow, fast)]
    say("files: " + ", ".join(f"{size:.1f} MB" for size in megabytes) + " (geomap, MarkerCluster, FastMarkerCluster)")


def measure(browser: Browser, reports: Sequence[ParsedReport], folder: Path) -> None:
    """Print the guide figures of one size."""
    path = folder / "map.html"
    labels = collect_labels(open_gazetteer())
    count = sum(len(each.mentions) for each in reports)
    seconds = timed(lambda: write_map(reports, path, labels=labels))
    megabytes = sum(each.stat().st_size for each in [path, *folder.glob("map_texts/*")]) / 1e6
    letters = sum(len(each.report.text) for each in reports)
    allowed = (0.6 * letters + 60 * count) / 1e6 + 1.5
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    size = f"{megabytes:.1f} MB (allowed {allowed:.1f})"
    say(f"{count:,} mentions: written in {seconds:.1f} s, {size}, peak of this process {peak:.0f} MB")
    ((_, opens),) = time_openings(browser, [(path, None)])
    with opened(browser, path, None) as (page, _):
        pan = page.evaluate(PAN)
        page.wait_for_timeout(3000)
        times = {name: page.evaluate(ANSWER, act) for name, act in STEPS.items()}
    answers = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in times.items())
    say(f"{count:,} mentions: open in {opens:.2f} s, pan {pan:.0f} ms a frame, {answers}")


# through the address: the search field would also wait for the pause after the last letter
STEPS = {"brush": "#from=2023-05-01&to=2024-03-01", "filter": "#confidence=60", "search": "#q=attack"}


def say(line: str) -> None:
    """Print a line at once: the next one may take minutes."""
    print(line, flush=True)  # noqa: T201 -- the benchmark's output


def main() -> int:
    """Read the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path, metavar="JSONL")
    parser.add_argument("--mentions", type=int, nargs="+", default=[50_000])
    parser.add_argument("--steps", nargs="+", choices=("folium", "sizes"), default=["folium", "sizes"])
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    sentences = read_sentences(options.texts)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for mentions in options.mentions:
            reports = make_reports(sentences, mentions)
            for step in options.steps:
                (compare if step == "folium" else measure)(browser, reports, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
