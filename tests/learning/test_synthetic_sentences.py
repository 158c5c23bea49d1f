"""Synthetic sentences: their marks, and their variants with other names."""

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.learning.synthetic_sentences import SENTENCES, NameSorts, read_synthetic_sentences, sort_of

pytestmark = pytest.mark.slow


def test_every_sentence_is_marked_as_the_format_says():
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert line.count("[") == line.count("]"), line
            assert line.count("<") == line.count(">"), line


def test_marks_in_square_brackets_are_gold_and_all_brackets_vanish():
    sentence = next(each for each in read_synthetic_sentences(open_gazetteer()) if each.gold)
    text = sentence.report.text
    assert not set("[]<>") & set(text)
    assert all(text[mark.start : mark.end].strip() for mark in sentence.gold)


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
