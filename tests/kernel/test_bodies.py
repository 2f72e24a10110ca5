"""Organisations and communities in time; references that are no names; roles with labels."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.errors import Problems
from huaying_governance.kernel import bodies
from huaying_governance.kernel.bodies import Actor, Community, Organisation, PersonRef

OFFICE = Organisation(
    "office", "华龙街道办事处", ("华龙街道",), "township", "government", date(2020, 1, 1), date(2026, 6, 30)
)


def test_organisations_and_communities_exist_for_a_time() -> None:
    """Both ends of the span belong to it; a body without dates always exists."""
    assert OFFICE.in_force(date(2026, 6, 30))
    assert not OFFICE.in_force(date(2026, 7, 1))
    assert not OFFICE.in_force(date(2019, 12, 31))
    assert Community("dujiaping", "杜家坪社区").in_force(date(1990, 1, 1))


def test_bodies_are_known_by_their_names() -> None:
    """An organisation by id, name or alias, a community by id or name, and by nothing like them."""
    assert all(OFFICE.known_as(text) for text in ("office", "华龙街道办事处", "华龙街道"))
    assert not OFFICE.known_as("华龙")
    community = Community("dujiaping", "杜家坪社区")
    assert community.known_as("dujiaping")
    assert community.known_as("杜家坪社区")
    assert not community.known_as("杜家坪")


@pytest.mark.parametrize(
    ("literal", "labels"),
    [
        (bodies.Role, bodies.ROLES),
        (bodies.Level, bodies.LEVELS),
        (bodies.Body, bodies.BODIES),
        (bodies.OrganisationKind, bodies.ORGANISATION_KINDS),
    ],
)
def test_every_choice_has_its_labels(literal: object, labels: dict[str, object]) -> None:
    """Each role, level and kind is said in Chinese and in English."""
    assert set(get_args(literal)) == set(labels)


def test_a_reference_is_masked_wherever_it_is_shown() -> None:
    """Neither repr nor text nor an actor's neighbour shows the token; equality and hash go by it."""
    person = PersonRef.parse("P-2026-0001")
    assert repr(person) == str(person) == f"{person}" == "PersonRef('P**********')"
    assert person.token == "P-2026-0001"
    assert {person} == {PersonRef("P-2026-0001")}
    assert Actor("u1", "clerk").role == "clerk"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " P1",
        "P1\n",
        "x" * 65,
        "51168118000101001X",
        "511681800101001",
        "13812341234",
        "+8613812341234",
        "张三",
        "阿不都·热合曼",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    """A name, a resident id number, a phone number and an odd text are refused, without being repeated."""
    with pytest.raises(Problems) as caught:
        PersonRef.parse(text)
    (problem,) = caught.value.problems
    assert problem.code == "not-a-reference"
    assert len(text.strip()) < 3 or text.strip() not in caught.value.say("zh") + str(caught.value)


@given(st.from_regex(r"[A-Z]{1,3}[0-9]{1,8}", fullmatch=True))
def test_ordinary_references(token: str) -> None:
    """Letters and a number make a reference."""
    assert PersonRef.parse(token).token == token
