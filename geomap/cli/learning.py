"""The commands `geomap train` and `geomap evaluate`, which take the same corpora."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.options import read_count
from geomap.cli.output import DONE, say

if TYPE_CHECKING:
    from geomap.learning.corpora import GoldReport
    from geomap.learning.evaluation import Outcome
    from geomap.learning.usage_evaluation import UsageEvaluation

_TRAIN = "Learn the models, of recognition, resolution and usage, from gold corpora and store them in FOLDER."
_EVALUATE = """\
Print precision, recall and F1 of recognition, and how many names got a place within 161 km of the right one:
"located" is the share of the names with coordinates that were found, "acc 161" of these the share that is right,
"acc of gold" of all when their spans are given, "end to end F1" of name and place together; below each the bounds
of a 95 % bootstrap interval over reports. Then how confidence and being right agree, the commonest mistakes, and how
often literal and associative usage is told apart. Names without coordinates in GOLD count for recognition only;
corpora that mark more than names (GeoWebNews) are judged by what has coordinates.
"""
_GOLD = """\
each line of a GOLD file is an object with "id", "text" and "gold", a list of objects with "start", "end" (code points)
and, where known, "lat", "lon", "geonameid", "type"; "domain" keeps the reports of one outlet in one fold. A folder, or
a text file, is a corpus of sentences in the form of ReLocaR: name<SEP>sentence with the name between <ENT> marks, in
files whose names say "literal" or "metonymic"; it teaches usage
"""


def add_command(verbs: Any) -> None:
    """Add `train` and `evaluate` to the subparsers of a command line."""
    train = verbs.add_parser("train", help="learn the models anew", description=_TRAIN, epilog=_GOLD)
    train.add_argument("corpora", nargs="+", type=Path, metavar="GOLD", help="gold corpora")
    train.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", help="where the models go (default: into the package)"
    )
    _add_synthetic(train)
    _add_geocoded_only(train)
    train.set_defaults(run=run_train, verbose=False)
    _add_evaluate(verbs.add_parser("evaluate", help="measure on gold", description=_EVALUATE, epilog=_GOLD))


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("corpora", nargs="+", type=Path, metavar="GOLD", help="gold corpora")
    ways = evaluate.add_mutually_exclusive_group()
    ways.add_argument(
        "--folds", type=partial(read_count, least=2), metavar="N", help="cross-validate: train anew for each of N folds"
    )
    ways.add_argument(
        "--leave-out", action="store_true", help="judge each corpus by models that are trained on the others"
    )
    ways.add_argument(
        "--predicted",
        type=Path,
        metavar="FILE",
        help="judge the mentions in FILE, as `geomap parse --jsonl` writes them",
    )
    evaluate.add_argument(
        "--extra", type=Path, action="append", default=[], metavar="GOLD", help="a corpus to train on in each fold"
    )
    evaluate.add_argument("--write", type=Path, metavar="FILE", help="write the mentions that were found to FILE")
    evaluate.add_argument(
        "--mistakes", type=int, default=10, metavar="N", help="how many names of each kind of mistake (default 10)"
    )
    evaluate.add_argument("--json", action="store_true", help="print the figures as JSON")
    _add_synthetic(evaluate)
    _add_geocoded_only(evaluate)
    evaluate.set_defaults(run=run_evaluate, verbose=False)


def _add_synthetic(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--exercises",
        dest="synthetic",
        type=Path,
        metavar="FILE",
        help="sentences to learn from besides, in place of geomap's own (see geomap/learning/synthetic_sentences.txt)",
    )


def _add_geocoded_only(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--geocoded-only", action="store_true", help="gold is only what has coordinates")


def _read_gold(paths: Sequence[Path], options: argparse.Namespace) -> tuple[list[GoldReport], list[GoldReport]]:
    """Return the reports of corpora, and the sentences of those that teach usage only."""
    from geomap.learning.corpora import read_corpora
    from geomap.learning.usage_sentences import is_usage_corpus, read_usage_sentences

    reports = read_corpora([path for path in paths if not is_usage_corpus(path)], geocoded_only=options.geocoded_only)
    return reports, read_usage_sentences([path for path in paths if is_usage_corpus(path)])


def run_train(options: argparse.Namespace) -> int:
    """Learn the models and store them; corpora of sentences alone teach usage alone."""
    from geomap.gazetteer import open_gazetteer
    from geomap.learning.material import make_materials
    from geomap.learning.models import store_model
    from geomap.learning.usage import make_usage_lessons, train_usage
    from geomap.learning.usage_sentences import read_own_usage_sentences

    reports, sentences = _read_gold(options.corpora, options)
    gazetteer = open_gazetteer()
    lessons = make_usage_lessons([*reports, *sentences, *read_own_usage_sentences()], gazetteer)
    models: list[Any] = [train_usage(lessons)] if lessons else []
    if reports:
        materials = make_materials(reports, gazetteer, synthetic=options.synthetic)
        models = [*materials.train(materials.of), *models]
    for model in models:
        path = store_model(model, options.output)
        say(f"{path}  {path.stat().st_size:,} bytes")
    return DONE


def run_evaluate(options: argparse.Namespace) -> int:
    """Print the tables of figures."""
    from geomap.learning.evaluation_tables import describe_evaluations, evaluate_corpora
    from geomap.learning.pins import describe_pins, score_pins
    from geomap.learning.predictions import write_predictions
    from geomap.learning.usage_evaluation import describe_usage

    reports, sentences = _read_gold(options.corpora, options)
    outcomes = _find_outcomes(reports, options) if reports else []
    if options.write:
        write_predictions(outcomes, options.write)
    found = evaluate_corpora(outcomes, most_mistakes=options.mistakes)
    pins = score_pins(outcomes)
    usage = {} if options.predicted else _find_usage([*reports, *sentences], options)
    if options.json:
        figures = {corpus: evaluation.figures() for corpus, evaluation in found.items()}
        for corpus, score in pins.items():
            figures[corpus]["pins"] = score.figures()
        for corpus, judged in usage.items():
            figures.setdefault(corpus, {})["usage"] = judged.figures()
        say(json.dumps(figures, indent=1))
        return DONE
    tables = (list(describe_evaluations(found)), list(describe_pins(pins)), list(describe_usage(usage)))
    for number, table in enumerate(filter(None, tables)):
        for line in (*([""] if number else ()), *table):
            say(line)
    return DONE


def _find_outcomes(reports: Sequence[GoldReport], options: argparse.Namespace) -> list[Outcome]:
    from geomap.gazetteer import open_gazetteer
    from geomap.learning.evaluation import cross_validate, evaluate, leave_corpora_out
    from geomap.learning.predictions import read_predictions
    from geomap.recognizers import default_recognizer
    from geomap.resolvers import default_resolver

    if options.predicted:
        return read_predictions(options.predicted, reports)
    gazetteer = open_gazetteer()
    extra, _ = _read_gold(options.extra, options)
    if options.folds:
        return cross_validate(reports, gazetteer, folds=options.folds, extra=extra, synthetic=options.synthetic)
    if options.leave_out:
        return leave_corpora_out(reports, gazetteer, extra=extra, synthetic=options.synthetic)
    return evaluate(reports, default_recognizer(gazetteer), default_resolver(gazetteer), gazetteer)


def _find_usage(reports: Sequence[GoldReport], options: argparse.Namespace) -> dict[str, UsageEvaluation]:
    from geomap.gazetteer import open_gazetteer
    from geomap.learning.usage import make_usage_lessons
    from geomap.learning.usage_evaluation import cross_validate_usage, evaluate_usage
    from geomap.recognizers.usage import MODEL, UsageModel

    gazetteer = open_gazetteer()
    if not (options.folds or options.leave_out):
        return evaluate_usage(make_usage_lessons(reports, gazetteer), UsageModel.load(MODEL))
    extra = [each for gold in _read_gold(options.extra, options) for each in gold]
    lessons, more = (make_usage_lessons(each, gazetteer) for each in (reports, extra))
    if options.folds:
        return cross_validate_usage(lessons, lambda lesson: lesson.report.fold(options.folds), extra=more)
    return cross_validate_usage(lessons, lambda lesson: lesson.report.corpus, extra=more)
