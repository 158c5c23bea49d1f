from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.text.sentences import LONGEST, find_sentence_starts


def split(text: str) -> list[str]:
    starts = find_sentence_starts(text)
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sirens sounded in Kharkiv.", "Nobody was hurt!", "Why?"],
        ["Gen. Milley met Mr. Smith in St. Louis on Jan. 5.", "They left."],
        ["The U.S. Army came.", "J. R. Jones wrote of it."],
        ["“It is over.”", "He left Sumy."],
        ["Prices rose 3.5 percent.", "Bread did not."],
        ["Headline without a stop", "KYIV, May 3 (AP) - It began."],
        ["Київ мовчить.", "Харків говорить."],
        ["他去了北京。", "然后去了上海。"],
        ["About 5 km. away the road ends.", "Turn left."],
    ],
)
def test_an_excerpt_does_not_cut_a_sentence(sentences: list[str]) -> None:
    text = "\n\n".join(sentences) if sentences[0].startswith("Headline") else " ".join(sentences)
    assert split(text) == sentences


@pytest.mark.parametrize("title", ["Strikes on Kharkiv.", "Troops of the U.S.", "Who is next?"])
@pytest.mark.parametrize("body", ["KYIV: sirens.", "e-mails were sent."])
def test_no_sentence_goes_on_behind_a_blank_line(title: str, body: str) -> None:
    assert split(f"{title}\n\n{body}") == [title, body]


def test_an_endless_line_is_broken_at_blanks() -> None:
    parts = split("word " * 1000)
    assert max(map(len, parts)) <= LONGEST
    assert {word for part in parts for word in part.split()} == {"word"}


@given(st.text(alphabet=st.sampled_from('aB. \n!?"。1-'), max_size=300))
def test_sentences_cover_the_text_once(text: str) -> None:
    starts = find_sentence_starts(text)
    assert starts[0] == 0
    assert all(left < right < len(text) for left, right in pairwise(starts))
