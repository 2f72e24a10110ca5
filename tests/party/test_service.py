"""双报到: matching, hours, feedback."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.party.service import Need, Registration, Service, feedback, match


def member(person: str, *skills: str, community: str = "dujiaping", **more: Any) -> Registration:
    return Registration(person=person, unit="u-1", community=community, skills=skills, **more)


def need(id_: str = "N1", skill: str = "维修工", count: int = 2, community: str = "dujiaping") -> Need:
    return Need(id=id_, community=community, skill=skill, count=count)


def test_row_31_a_member_of_two_communities_has_hours_once() -> None:
    """Row 31: registered with two communities: one member, two places, and an hour that both report is one."""
    lines = [member("p-1"), member("p-1", community="synthetic-2")]
    hours = [
        Service(id="S1", person="p-1", community=where, hours=3, confirmed_by="c")
        for where in ("dujiaping", "synthetic-2")
    ]
    (told,) = feedback(lines, hours)
    assert (told.members, told.communities, told.services, told.hours) == (1, 2, 1, 3)


def test_hours_count_when_another_confirms_them() -> None:
    """Unconfirmed hours, and those that the member confirmed, do not count."""
    own = Service(id="S1", person="p-1", community="dujiaping", hours=3, confirmed_by="p-1")
    none = Service(id="S2", person="p-1", community="dujiaping", hours=3)
    assert feedback([member("p-1")], [own, none])[0].hours == 0


def test_row_34_two_repairers_are_found() -> None:
    """Row 34: 维修工×2 matches the two members with that skill, and says who is short where there is one."""
    lines = [member("p-1", "维修工"), member("p-2", "法律"), member("p-3", "维修工", "法律")]
    (one,) = match([need()], lines)
    assert (one.members, one.short) == (("p-1", "p-3"), 0)
    assert match([need(count=3)], lines)[0].short == 1
    assert match([need(community="synthetic-2")], lines)[0].members == ()


def test_a_member_moves_where_that_makes_room() -> None:
    """Who can do both takes what nobody else can."""
    lines = [member("p-1", "a", "b"), member("p-2", "a")]
    told = match([need("N1", "a", 1), need("N2", "b", 1)], lines)
    assert [one.members for one in told] == [("p-2",), ("p-1",)]


def best(needs: list[Need], lines: list[Registration]) -> int:
    """Return the largest number of places filled, by trying everything."""
    slots = [one for one in needs for _ in range(one.count)]
    takes: dict[str, int] = {}
    able: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        takes[line.person] = max(takes.get(line.person, 0), line.takes)
        for skill in line.skills:
            able.setdefault((line.community, skill), set()).add(line.person)
    found = 0
    choices = [["", *sorted(able.get((one.community, one.skill), ()))] for one in slots]
    for chosen in product(*choices):
        pairs = [(who, one.id) for who, one in zip(chosen, slots, strict=True) if who]
        if len(set(pairs)) == len(pairs) and all(
            sum(who == person for who, _ in pairs) <= most for person, most in takes.items()
        ):
            found = max(found, len(pairs))
    return found


LINE = st.builds(
    Registration,
    person=st.sampled_from(["p-1", "p-2", "p-3"]),
    unit=st.just("u"),
    community=st.sampled_from(["x", "y"]),
    skills=st.lists(st.sampled_from("ab"), max_size=2).map(tuple),
    takes=st.integers(0, 2),
)


@given(
    st.lists(LINE, max_size=5),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.sampled_from("xy")), max_size=3),
    st.randoms(),
)
def test_matching_is_largest_deterministic_and_within_capacity(
    lines: list[Registration], asked: list[tuple[str, int, str]], chance: Any
) -> None:
    """Nobody beyond capacity, nobody without the skill, as many as trying everything finds, in any order of rows."""
    needs = [need(f"N{n}", skill, count, where) for n, (skill, count, where) in enumerate(asked)]
    told = match(needs, lines)
    assert sum(len(one.members) for one in told) == best(needs, lines)
    for person in {line.person for line in lines}:
        most = max(line.takes for line in lines if line.person == person)
        assert sum(person in one.members for one in told) <= most
    for one in told:
        assert len(set(one.members)) == len(one.members) <= one.need.count
        for person in one.members:
            assert any(
                line.person == person
                and line.community == one.need.community
                and one.need.skill in line.skills
                for line in lines
            )
    mixed, others = list(needs), list(lines)
    chance.shuffle(mixed)
    chance.shuffle(others)
    assert match(mixed, others) == told


def test_double_registration_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Registrations, needs and services become matches and the feedback to units, without penalty."""
    line = {"person": "p-1", "unit": "u-1", "community": "dujiaping", "skills": "维修工", "takes": ""}
    out = office(
        double_registrations=[line, {**line, "person": "p-2", "unit": "u-2"}],
        service_needs=[{"id": "N1", "community": "dujiaping", "skill": "维修工", "count": 3}],
        services=[
            {
                "id": "S1",
                "person": "p-1",
                "community": "dujiaping",
                "date": "2026-11-01",
                "hours": 2,
                "confirmed_by": "c-1",
            }
        ],
    )
    assert out["service_matches"][0]["matched"] == "p-1;p-2"
    assert out["service_matches"][0]["short"] == "1"
    assert [(row["unit"], row["hours"], bool(row["reason"])) for row in out["double_reporting"]] == [
        ("u-1", "2", False),
        ("u-2", "0", True),
    ]
