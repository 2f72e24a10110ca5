"""Texts that are filled when they are first said."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.responsibility.later import Later
from huaying_governance.text import Text, same

TEMPLATE = Text("{name}由{who}办理", "{who} deals with {name}")
WORDS = st.text(max_size=5)


@given(WORDS, WORDS, st.booleans())
def test_a_later_text_is_what_the_template_filled_at_once_would_be(
    name: str, who: str, english: bool
) -> None:
    """Reading first the one or the other language, comparing, hashing and writing it give the same."""
    values = {"name": name, "who": Text(who, who.upper())}
    later, now = Later(TEMPLATE, values), TEMPLATE.fill(**values)
    assert later.say("en" if english else "zh") == now.say("en" if english else "zh")
    assert later == now
    assert now == later
    assert hash(later) == hash(now)
    assert repr(later) == repr(now)
    assert later.to_dict() == now.to_dict()
    assert later != same("else") or now == same("else")


def test_a_later_text_is_copied_and_stored_as_a_plain_text() -> None:
    """What is written elsewhere is a text of the base, filled."""
    later = Later(TEMPLATE, {"name": "a", "who": "b"})
    for other in (copy.copy(later), copy.deepcopy(later), pickle.loads(pickle.dumps(later))):
        assert type(other) is Text
        assert other == later


def test_a_later_text_has_no_other_attributes_and_does_not_change() -> None:
    """It is a frozen text and no more."""
    later = Later(TEMPLATE, {"name": "a", "who": "b"})
    with pytest.raises(AttributeError):
        later.other  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError):
        later.zh = "c"  # type: ignore[misc]
