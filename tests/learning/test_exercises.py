"""Sentences that were written to teach: their marks, and their variants with other names."""

from geomap.gazetteer import open_gazetteer
from geomap.learning.exercises import EXERCISES, NameSorts, read_exercises, sort_of


def test_every_sentence_is_marked_as_the_format_says():
    for line in EXERCISES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert line.count("[") == line.count("]"), line
            assert line.count("<") == line.count(">"), line


def test_marks_in_square_brackets_are_gold_and_all_brackets_vanish():
    exercise = next(each for each in read_exercises(open_gazetteer()) if each.gold)
    text = exercise.report.text
    assert not set("[]<>") & set(text)
    assert all(text[mark.start : mark.end].strip() for mark in exercise.gold)


def test_variants_exchange_names_for_others_of_the_same_sort_the_same_way_each_time():
    gazetteer = open_gazetteer()
    sorts = NameSorts(gazetteer)
    line = "Shelling hit [Kharkiv] and <Bergen> Brothers, of [Norway]."
    first, again, other = sorts.exchange(line, 1), sorts.exchange(line, 1), sorts.exchange(line, 2)
    assert first == again != other
    assert "Kharkiv" not in first
    city = first[first.index("[") + 1 : first.index("]")]
    assert sort_of(city.lower(), gazetteer) == sort_of("kharkiv", gazetteer)


def test_a_trap_whose_name_is_a_word_keeps_it():
    assert "<Nice>" in NameSorts(open_gazetteer()).exchange("<Nice> try.", 1)
