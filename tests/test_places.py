"""Places: the examples of both languages, and what holds on any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.lang.examples import parse_example
from kztext.lang.pack import load_pack
from kztext.places import find_places
from kztext.spans import Lang, Sentence

EXAMPLES = Path(__file__).parent / "examples"
CASES = [
    (lang, line)
    for lang in Lang
    for line in (EXAMPLES / lang / "places.txt").read_text(encoding="utf8").splitlines()
    if line and not line.startswith("#")
]


def places(lang, text):
    return find_places(Sentence(start=0, end=len(text), text=text, lang=Lang(lang)), load_pack(lang))


@pytest.mark.parametrize(("lang", "line"), CASES)
def test_example(lang, line):
    example = parse_example(line)
    found = {(p.start, p.end): p for p in places(lang, example.text)}
    if not example.spans:
        assert not found
    for span, fields in zip(example.spans, example.fields, strict=True):
        assert span in found, [example.text[a:b] for a, b in found]
        for name, value in fields.items():
            assert str(getattr(found[span], name)) == value


def test_name_needs_its_capital():
    assert places("ru", "он был мал, перу и оману рады") == []


@given(
    st.text(alphabet="абвгәіңқ АлматыҚазақстанобласть-–,.;«»0123456789", max_size=80),
    st.sampled_from(list(Lang)),
)
def test_places_lie_in_the_text_and_do_not_overlap(text, lang):
    done = 0
    for place in places(lang, text):
        assert done <= place.start < place.end <= len(text)
        done = place.end
