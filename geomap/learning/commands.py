"""The commands `geomap train` and `geomap evaluate`: their arguments, and what they do."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

_TRAIN = "Learn both models, of recognition and of resolution, from gold corpora and store them in FOLDER."
_EVALUATE = """\
Print precision, recall and F1 of recognition, and how many names got a place within 161 km of the right one:
"acc 161" of the gold names that were found, "acc of gold" of all when their spans are given, "end to end F1" of
name and place together. Names without coordinates in GOLD count for recognition only; corpora that mark more than
names (GeoWebNews) are judged by what has coordinates.
"""
_GOLD = """\
each line of a GOLD file is an object with "id", "text" and "gold", a list of objects with "start", "end" (code points)
and, where known, "lat", "lon", "geonameid"; "domain" keeps the reports of one outlet in one fold
"""


def add_commands(verbs: Any) -> None:
    """Add `train` and `evaluate` to the subparsers of a command line."""
    train = verbs.add_parser("train", help="learn the models anew", description=_TRAIN, epilog=_GOLD)
    train.add_argument("corpora", nargs="+", type=Path, metavar="GOLD", help="gold corpora, JSONL")
    train.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", help="where the models go (default: into the package)"
    )
    _add_geocoded_only(train)
    train.set_defaults(run=run_train, verbose=False)
    evaluate = verbs.add_parser("evaluate", help="measure on gold", description=_EVALUATE, epilog=_GOLD)
    evaluate.add_argument("corpora", nargs="+", type=Path, metavar="GOLD", help="gold corpora, JSONL")
    ways = evaluate.add_mutually_exclusive_group()
    ways.add_argument("--folds", type=_read_folds, metavar="N", help="cross-validate: train anew for each of N folds")
    ways.add_argument(
        "--leave-out", action="store_true", help="judge each corpus by models that are trained on the others"
    )
    evaluate.add_argument(
        "--extra", type=Path, action="append", default=[], metavar="GOLD", help="a corpus to train on in each fold"
    )
    evaluate.add_argument("--json", action="store_true", help="print the figures as JSON")
    _add_geocoded_only(evaluate)
    evaluate.set_defaults(run=run_evaluate, verbose=False)


def _add_geocoded_only(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--geocoded-only", action="store_true", help="gold is only what has coordinates")


def _read_folds(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"has to be a whole number from 2, not {text}")
    return int(text)


def run_train(options: argparse.Namespace) -> int:
    """Learn both models and store them."""
    from geomap.gazetteer import open_gazetteer
    from geomap.learning.corpora import read_corpora
    from geomap.learning.material import make_materials, train
    from geomap.learning.models import store_models

    reports = read_corpora(options.corpora, geocoded_only=options.geocoded_only)
    materials = make_materials(reports, open_gazetteer())
    recognition, resolution = train(materials.of, materials.chances)
    for path in store_models(recognition, resolution, options.output):
        _say(f"{path}  {path.stat().st_size:,} bytes")
    return 0


def run_evaluate(options: argparse.Namespace) -> int:
    """Print the table of figures."""
    from geomap.gazetteer import open_gazetteer
    from geomap.learning.corpora import read_corpora
    from geomap.learning.evaluation import cross_validate, describe_evaluations, evaluate, leave_corpora_out, pool
    from geomap.recognizers import default_recognizer
    from geomap.resolvers import default_resolver

    gazetteer = open_gazetteer()
    reports = read_corpora(options.corpora, geocoded_only=options.geocoded_only)
    extra = read_corpora(options.extra, geocoded_only=options.geocoded_only)
    if options.folds:
        found = cross_validate(reports, gazetteer, folds=options.folds, extra=extra)
    elif options.leave_out:
        found = leave_corpora_out(reports, gazetteer, extra=extra)
    else:
        found = evaluate(reports, default_recognizer(), default_resolver(), gazetteer)
    found = pool(found)
    if options.json:
        _say(json.dumps({corpus: evaluation.figures() for corpus, evaluation in found.items()}, indent=1))
    else:
        for line in describe_evaluations(found):
            _say(line)
    return 0


def _say(line: str) -> None:
    print(line)  # noqa: T201 -- the command line's output
