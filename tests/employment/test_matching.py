"""人岗匹配: blockers, fits, fairness, order: against a naive model, and by properties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.employment import assignment, matching
from huaying_governance.employment.matching import (
    PARTS,
    Asker,
    Band,
    MatchRules,
    Offer,
    Pairing,
    Seeker,
    apart,
    blocked,
    pair,
    rank,
    rank_seekers,
    stops,
)
from huaying_governance.employment.vacancy import SCHOOLING, Vacancy
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.geo import Point
from huaying_governance.tables.words.vacancies import barred
from huaying_governance.text import same

CITED = Citation(Source("test", same("test"), "synthetic"))
RULES = MatchRules(
    weights={"kind": 25, "distance": 20, "wage": 20, "skills": 20, "schedule": 5, "priority": 10},
    near_km=3,
    far_km=30,
    bands={
        "land_lost": Band("land_lost", same("失地农民"), "junior", 0, True, CITED),
        "low_schooling": Band("low_schooling", same("文化程度偏低"), "junior", 0, False, CITED),
    },
    citation=CITED,
)
HOME = Point(Decimal("106.78"), Decimal("30.38"))


def vacancy(**changes: Any) -> Vacancy:
    return evolve(
        Vacancy(employer="e", kind="装配工", title="t", on=date(2026, 10, 1), openings=1, night_shift=False),
        **changes,
    )


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


POINTS = st.builds(
    Point,
    st.integers(106_500, 107_100).map(lambda value: Decimal(value) / 1000),
    st.integers(30_100, 30_600).map(lambda value: Decimal(value) / 1000),
)
PAY = st.integers(20, 60).map(lambda value: Decimal(value) * 100)
PAPERS = st.sampled_from(["叉车证", "电工证", "健康证"])
SKILLS = st.sampled_from(["装配", "焊接", "收银"])
KINDS = st.sampled_from(["装配工", "保洁", "厨师"])
SEEKERS = st.builds(
    Seeker,
    id=st.sampled_from(["p-1", "p-2", "p-3"]),
    point=maybe(POINTS),
    schooling=st.sampled_from(["", *SCHOOLING]),
    experience=maybe(st.integers(0, 6)),
    certificates=maybe(st.lists(PAPERS, unique=True).map(tuple)),
    abilities=maybe(st.lists(SKILLS, unique=True).map(tuple)),
    kinds=st.lists(KINDS, unique=True).map(tuple),
    least_wage=maybe(PAY),
    farthest=maybe(st.integers(0, 40)),
    night_shift=maybe(st.booleans()),
    home_only=maybe(st.booleans()),
    bands=st.lists(st.sampled_from(["land_lost", "low_schooling"]), unique=True).map(tuple),
)
VACANCIES = st.builds(
    vacancy,
    kind=KINDS,
    point=maybe(POINTS),
    schooling=st.sampled_from(["", *SCHOOLING]),
    experience=maybe(st.integers(0, 6)),
    certificates=st.lists(PAPERS, unique=True).map(tuple),
    abilities=st.lists(SKILLS, unique=True).map(tuple),
    wage_low=maybe(PAY),
    wage_high=maybe(PAY),
    wage_period=st.sampled_from(["month", "day", "hour", "piece"]),
    night_shift=maybe(st.booleans()),
    home_work=maybe(st.booleans()),
)


def naive_blockers(seeker: Seeker, post: Vacancy) -> set[str]:
    """Say what stands in the way, read from the rules anew, one condition after another."""
    found = set()
    if (
        seeker.schooling
        and post.schooling
        and SCHOOLING.index(seeker.schooling) < SCHOOLING.index(post.schooling)
    ):
        found.add("schooling")
    if seeker.experience is not None and post.experience is not None and seeker.experience < post.experience:
        found.add("experience")
    if seeker.certificates is not None and set(post.certificates) - set(seeker.certificates):
        found.add("certificate")
    if seeker.point and post.point and seeker.farthest is not None and post.home_work is not True:
        degrees = (
            (seeker.point.latitude - post.point.latitude),
            (seeker.point.longitude - post.point.longitude),
        )
        north, east = float(degrees[0]) * 111.195, float(degrees[1]) * 111.195 * 0.8626
        away = (north**2 + east**2) ** 0.5
        if abs(away - seeker.farthest) < 0.2 + away * 0.005:
            found.add("near the bound")
        elif away > seeker.farthest:
            found.add("distance")
    most = post.wage_high if post.wage_high is not None else post.wage_low
    if post.wage_period == "month" and most is not None and seeker.least_wage is not None:
        found |= {"wage"} if most < seeker.least_wage else set()
    if post.night_shift and seeker.night_shift is False:
        found.add("night_shift")
    if seeker.home_only and post.home_work is False:
        found.add("home_work")
    return found


@given(SEEKERS, VACANCIES)
def test_blockers_are_those_of_the_naive_reading(seeker: Seeker, post: Vacancy) -> None:
    """Every hard condition that is known to fail is a blocker, and nothing else is."""
    wanted = naive_blockers(seeker, post)
    found = {one.code for one in pair(seeker, Offer.of("V", post), RULES).blockers}
    if "near the bound" in wanted:
        assert found - {"distance"} == wanted - {"near the bound"}
    else:
        assert found == wanted


@given(SEEKERS, st.lists(VACANCIES, max_size=8), st.integers(0, 8))
def test_ranking_equals_judging_each_pair(seeker: Seeker, posts: list[Vacancy], most: int) -> None:
    """The fast way through many gives exactly the pairs, in the order, that judging one by one gives."""
    offers = [Offer.of(f"V{number}", post) for number, post in enumerate(posts)]
    pairs = [pair(seeker, offer, RULES) for offer in offers]
    fitting = [one for one in pairs if not one.blockers]
    far = 10**9
    wanted = sorted(
        fitting, key=lambda one: (-one.fit, far if one.metres is None else one.metres, one.vacancy)
    )
    assert list(rank(seeker, offers, RULES, most)) == wanted[:most]
    assert dict(stops(seeker, offers, RULES)) == {one.vacancy: one.blockers for one in pairs if one.blockers}


@given(SEEKERS, VACANCIES)
def test_a_fit_is_made_of_its_parts(seeker: Seeker, post: Vacancy) -> None:
    """The parts are those of the rules, each between nothing and full, an unknown one half; the fit is their sum."""
    found = pair(seeker, Offer.of("V", post), RULES)
    assert tuple(part.name for part in found.parts) == PARTS
    assert all(part.measure is None or 0 <= part.measure <= 1000 for part in found.parts)
    total = sum(part.weight * (500 if part.measure is None else part.measure) for part in found.parts)
    assert found.fit == total // 100
    assert 0 <= found.fit <= 1000


@given(SEEKERS, VACANCIES)
def test_the_unknown_is_no_blocker(seeker: Seeker, post: Vacancy) -> None:
    """A seeker of whom nothing is known is blocked by nothing; taking a fact away never adds a blocker."""
    offer = Offer.of("V", post)
    nobody = Seeker(id=seeker.id)
    assert not pair(nobody, offer, RULES).blockers
    before = {one.code for one in pair(seeker, offer, RULES).blockers}
    for name in ("point", "experience", "certificates", "least_wage", "farthest", "night_shift", "home_only"):
        without = pair(evolve(seeker, **{name: None}), offer, RULES)
        assert {one.code for one in without.blockers} <= before


def test_what_is_unknown_is_named() -> None:
    """A condition that nobody can check is named as missing, and counts half where it is weighed."""
    post = vacancy(
        schooling="senior",
        experience=1,
        certificates=("叉车证",),
        abilities=("焊接",),
        night_shift=True,
        point=HOME,
    )
    found = pair(
        Seeker(id="p-1", farthest=3, least_wage=Decimal(3000), home_only=True), Offer.of("V", post), RULES
    )
    assert not found.blockers
    assert found.missing == (
        *(
            "schooling",
            "experience",
            "certificates",
            "place",
            "night_shift",
            "vacancy.home_work",
            "vacancy.wage",
        ),
    )
    halves = {part.name for part in found.parts if part.measure is None}
    assert halves == {"kind", "distance", "wage", "skills", "schedule"}


@pytest.mark.parametrize(
    ("seeker", "post", "code"),
    [
        ({"schooling": "primary"}, {"schooling": "junior"}, "schooling"),
        ({"schooling": "junior"}, {"schooling": "junior"}, None),
        ({"experience": 2}, {"experience": 3}, "experience"),
        ({"experience": 3}, {"experience": 3}, None),
        ({"certificates": ()}, {"certificates": ("电工证",)}, "certificate"),
        ({"certificates": ("电工证",)}, {"certificates": ("电工证",)}, None),
        ({"least_wage": Decimal(4000)}, {"wage_low": Decimal(3999)}, "wage"),
        ({"least_wage": Decimal(4000)}, {"wage_low": Decimal(3000), "wage_high": Decimal(4000)}, None),
        ({"least_wage": Decimal(4000)}, {"wage_low": Decimal(30), "wage_period": "hour"}, None),
        ({"night_shift": False}, {"night_shift": True}, "night_shift"),
        ({"home_only": True}, {"home_work": False}, "home_work"),
        (
            {"point": HOME, "farthest": 3},
            {"point": Point(HOME.longitude, HOME.latitude + Decimal("0.0269"))},
            None,
        ),
        (
            {"point": HOME, "farthest": 3},
            {"point": Point(HOME.longitude, HOME.latitude + Decimal("0.0271"))},
            "distance",
        ),
        (
            {"point": HOME, "farthest": 3},
            {"point": Point(HOME.longitude, HOME.latitude + 1), "home_work": True},
            None,
        ),
    ],
)
def test_hard_conditions_at_their_bounds(
    seeker: dict[str, Any], post: dict[str, Any], code: str | None
) -> None:
    """What is asked is met at the bound and missed beyond; the blocker says what is asked and what is there."""
    found = pair(Seeker(id="p-1", **seeker), Offer.of("V", vacancy(**post)), RULES).blockers
    assert [one.code for one in found] == ([] if code is None else [code])
    assert all(one.text.zh and one.text.en and "{" not in one.text.zh + one.text.en for one in found)


BARRED: dict[str, st.SearchStrategy[Any]] = {
    "sex": st.sampled_from(["男", "女", ""]),
    "age": st.integers(16, 99),
    "born": st.dates(),
    "ethnicity": st.sampled_from(["汉族", "彝族", "藏族"]),
    "hukou": st.sampled_from(["本地", "外地", "农村"]),
    "religion": st.text(max_size=3),
    "marital": st.sampled_from(["未婚", "已婚", "已育"]),
    "disability": st.booleans(),
    "carrier": st.booleans(),
    "party_member": st.booleans(),
    "height": st.integers(140, 200),
    "name": st.text(max_size=4),
}


@given(SEEKERS, VACANCIES, st.fixed_dictionaries(BARRED), st.fixed_dictionaries(BARRED))
def test_barred_attributes_change_nothing(
    seeker: Seeker, post: Vacancy, one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Whatever a record says of sex, age, ethnicity, hukou, belief, marriage, health, looks: the answer is the same."""
    offer = Offer.of("V", post)
    own = {each.name: getattr(seeker, each.name) for each in fields(Seeker)}
    answers: list[Pairing] = [pair(Seeker.of({**own, **record}), offer, RULES) for record in ({}, one, other)]
    assert answers[0] == answers[1] == answers[2]


def test_barred_attributes_have_no_field() -> None:
    """Neither a seeker nor a vacancy has a field for what may not decide; a constructor refuses it."""
    names = {each.name for kind in (Seeker, Vacancy) for each in fields(kind)}
    assert not {name for name in names if barred(name)}
    with pytest.raises(TypeError):
        Seeker(id="p-1", sex="女")  # type: ignore[call-arg]


@given(SEEKERS, VACANCIES)
def test_a_favoured_group_can_only_help(seeker: Seeker, post: Vacancy) -> None:
    """Belonging to a group that a policy favours adds no blocker and takes nothing from the fit."""
    offer = Offer.of("V", post)
    out, into = (pair(evolve(seeker, bands=bands), offer, RULES) for bands in ((), ("land_lost",)))
    assert out.blockers == into.blockers
    assert into.fit >= out.fit
    other = pair(evolve(seeker, bands=("low_schooling", "unheard_of")), offer, RULES)
    assert other == out


def test_a_favoured_group_decides_between_equals() -> None:
    """Of two seekers alike in all else, the one whom a cited policy favours comes first."""
    offer = Offer.of("V", vacancy())
    ranked = rank_seekers(offer, [Seeker(id="p-1"), Seeker(id="p-2", bands=("land_lost",))], RULES)
    assert [one.seeker for one in ranked] == ["p-2", "p-1"]
    assert rank_seekers(offer, [], RULES) == ()


@given(SEEKERS, st.lists(VACANCIES, min_size=2, max_size=6), st.randoms())
def test_order_of_input_changes_nothing(seeker: Seeker, posts: list[Vacancy], chance: Any) -> None:
    """However the vacancies are listed, the ranking is the same."""
    offers = [Offer.of(f"V{number}", post) for number, post in enumerate(posts)]
    mixed = list(offers)
    chance.shuffle(mixed)
    assert rank(seeker, offers, RULES) == rank(seeker, mixed, RULES)


@given(SEEKERS, VACANCIES, st.integers(1, 30))
def test_the_near_fits_no_worse(seeker: Seeker, post: Vacancy, steps: int) -> None:
    """Of two vacancies that differ only in distance, the nearer fits at least as well."""
    seeker = evolve(seeker, point=HOME)
    away = Point(HOME.longitude, HOME.latitude + Decimal(steps) / 100)
    near, far = (pair(seeker, Offer.of("V", evolve(post, point=place)), RULES) for place in (HOME, away))
    assert near.fit >= far.fit
    assert len(near.blockers) <= len(far.blockers)


@given(SEEKERS, VACANCIES)
def test_blocked_and_its_reasons_agree(seeker: Seeker, post: Vacancy) -> None:
    """The quick question says yes exactly where there is a reason."""
    asker, offer = Asker.of(seeker, RULES), Offer.of("V", post)
    far = apart(asker, offer)
    assert blocked(asker, offer, far) == bool(matching.blockers(asker, offer, far))


# All at once ------------------------------------------------------------------------------------------------------


def best(people: list[Seeker], posts: list[Offer]) -> tuple[int, int]:
    """Return the most that can be placed and the highest sum of fits then, by trying everything."""

    def go(rest: list[Seeker], left: dict[str, int]) -> tuple[int, int]:
        if not rest:
            return 0, 0
        found = go(rest[1:], left)
        for offer in posts:
            one = pair(rest[0], offer, RULES)
            if left[offer.id] and not one.blockers:
                count, total = go(rest[1:], {**left, offer.id: left[offer.id] - 1})
                found = max(found, (count + 1, total + one.fit))
        return found

    return go(people, {offer.id: offer.openings for offer in posts})


@given(
    st.lists(SEEKERS, max_size=4, unique_by=lambda one: one.id), st.lists(VACANCIES, max_size=3), st.data()
)
def test_an_assignment_is_the_best_there_is(people: list[Seeker], posts: list[Vacancy], data: Any) -> None:
    """As many as possible are placed, then with the highest sum of fits; nobody twice, no opening twice, no blocker."""
    pytest.importorskip("scipy")
    offers = [
        Offer.of(f"V{number}", evolve(post, openings=data.draw(st.integers(0, 2))))
        for number, post in enumerate(posts)
    ]
    plan = assignment.assign(people, offers, RULES)
    assert (len(plan.pairs), plan.fit) == best(people, offers)
    assert sorted([one.seeker for one in plan.pairs] + list(plan.unplaced)) == sorted(
        one.id for one in people
    )
    assert not any(one.blockers for one in plan.pairs)
    for offer in offers:
        assert sum(one.vacancy == offer.id for one in plan.pairs) <= offer.openings
    assert plan.free == sum(one.openings for one in offers) - len(plan.pairs)
    assert assignment.assign(reversed(people), reversed(offers), RULES) == plan


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without SciPy the answer is an error that says which extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "scipy.optimize", None)
    with pytest.raises(hg.MissingExtra, match=r"huaying-governance\[matching\]"):
        assignment.assign([Seeker(id="p-1")], [Offer.of("V", vacancy())], RULES)
