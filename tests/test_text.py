"""Laws of repaired text: every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.text import Edit, Text

LETTERS = st.text(alphabet="аәбкқмоөс iI1990,. \n\t%$«»-–", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Text, list[Edit]]:
    """A text and edits of it that do not overlap."""
    original = draw(LETTERS)
    cuts = sorted(draw(st.lists(st.integers(0, len(original)), max_size=8)))
    edits = [
        Edit(start=start, end=end, new=draw(LETTERS))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return Text.of(original), edits


@given(LETTERS)
def test_text_as_it_came_maps_every_span_to_itself(original: str) -> None:
    text = Text.of(original)
    spans = [(a, b) for a in range(len(original) + 1) for b in range(a, len(original) + 1)]
    assert [text.to_original(a, b) for a, b in spans] == spans


@given(edited())
def test_spans_map_into_the_original_in_order(case: tuple[Text, list[Edit]]) -> None:
    text = case[0].edited(case[1])
    size = len(text.repaired)
    assert len(text.starts) == len(text.ends) == size
    for at in range(size):
        start, end = text.to_original(at, at + 1)
        assert 0 <= start <= end <= len(text.original)
        if at:
            assert text.starts[at - 1] <= start
            assert text.ends[at - 1] <= end


@given(edited())
def test_untouched_characters_map_to_themselves(case: tuple[Text, list[Edit]]) -> None:
    before, edits = case
    after = before.edited(edits)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}
    shift = 0
    kept: dict[int, int] = {}
    pending = sorted(edits, key=lambda e: (e.start, e.end))
    for at in range(len(before.repaired)):
        while pending and pending[0].end <= at:
            done = pending.pop(0)
            shift += len(done.new) - (done.end - done.start)
        if at not in touched:
            kept[at] = at + shift
    for old, new in kept.items():
        assert after.repaired[new] == before.repaired[old]
        assert after.to_original(new, new + 1) == (old, old + 1)


@given(edited())
def test_edit_of_equal_length_keeps_origins_one_to_one(case: tuple[Text, list[Edit]]) -> None:
    text, edits = case
    same = [Edit(start=e.start, end=e.end, new="х" * (e.end - e.start)) for e in edits]
    after = text.edited(same)
    assert (after.starts, after.ends) == (text.starts, text.ends)


@given(edited(), edited())
def test_edits_compose(first: tuple[Text, list[Edit]], second: tuple[Text, list[Edit]]) -> None:
    once = first[0].edited(first[1])
    size = len(once.repaired)
    again = [e for e in second[1] if e.end <= size]
    twice = once.edited(again)
    assert twice.original == first[0].original
    assert all(0 <= a <= b <= len(twice.original) for a, b in zip(twice.starts, twice.ends, strict=True))


def test_inserted_space_maps_to_the_gap_between_its_neighbours() -> None:
    text = Text.of("бастады.Қазақстанда").edited([Edit(start=8, end=8, new=" ")])
    assert text.to_original(8, 9) == (8, 8)
    assert text.to_original(0, 20) == (0, 19)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Text.of("абв").edited([Edit(start=0, end=2, new=""), Edit(start=1, end=3, new="")])
