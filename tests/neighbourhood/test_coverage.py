"""覆盖率: places only, rates with denominators, what is unknown beside it; sites and their visits."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.errors import OutOfScope
from huaying_governance.kernel.privacy import forbidden_of_place
from huaying_governance.neighbourhood.coverage import FacilityPlace, Rate, percent, rate
from huaying_governance.neighbourhood.inspection import InspectionRules, Site, Visit, watched
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.tables.specs import neighbourhood as specs
from huaying_governance.tables.vocabulary import HEADERS

PLACE = {
    "id": "F1",
    "community": "dujiaping",
    "place_type": "main_road",
    "facility": "camera",
    "required": True,
}
WORDS = [
    "person",
    "person_id",
    "人员",
    "姓名",
    "行人数量",
    "plate",
    "plates",
    "plate_no",
    "车牌",
    "车辆",
    "image",
    "image_url",
    "图像",
    "照片",
    "抓拍",
    "video",
    "视频流",
    "field_of_view",
    "室内",
    "suspect",
    "suspectName",
    "嫌疑人",
    "嫌疑人姓名",
    "涉案人",
    "face",
    "人脸",
    "vehicle",
    "owner",
    "ｐｅｒｓｏｎ",
]


def places(required: int, working: int, broken: int = 0, unknown: int = 0) -> list[FacilityPlace]:
    """Return so many required places, of which some work, some are broken, some nobody knows."""
    held = []
    for number in range(required):
        covered = (
            True if number < working + broken else None if number < working + broken + unknown else False
        )
        intact = False if working <= number < working + broken else None
        held.append(FacilityPlace.of({**PLACE, "id": f"F{number}", "covered": covered, "intact": intact}))
    return held


def test_row_58_thirty_eight_of_forty() -> None:
    """Row 58: 40 required, 38 covered: 95 %; what is not required counts nowhere."""
    held = places(40, 38)
    spare = [FacilityPlace.of({**PLACE, "id": f"X{n}", "required": False, "covered": True}) for n in range(9)]
    found = rate([*held, *spare])
    assert (found.required, found.covered, found.unknown) == (40, 38, 0)
    assert found.least == found.most == Decimal("95.0")
    assert found.meets(95) is True
    assert found.meets(96) is False


@pytest.mark.parametrize("word", WORDS)
def test_row_58_a_field_about_a_person_is_refused(word: str) -> None:
    """Row 58: person, plate, image, suspect: from Python an `OutOfScope` that says why and where it belongs."""
    with pytest.raises(OutOfScope) as caught:
        FacilityPlace.of({**PLACE, word: "x"})
    assert "点位" in caught.value.subject.zh
    assert "places" in caught.value.subject.en
    assert caught.value.where.zh
    assert "x" not in caught.value.subject.zh


def test_row_58_such_fields_do_not_exist() -> None:
    """Row 58: no field of a place and no column of its table names a person, a plate, an image."""
    names = [one.name for one in fields(FacilityPlace)]
    columns = [column.name for column in specs.FACILITIES.columns]
    labels = [label for column in columns for label in HEADERS[column]]
    assert not [name for name in (*names, *columns, *labels) if forbidden_of_place(name)]


@pytest.mark.parametrize(
    "word",
    [
        "备注",
        "note",
        "居民点",
        "小区名称",
        "路段",
        "lamp_type",
        "pole",
        "checked_on",
        "维护单位",
        "installed",
    ],
)
def test_what_is_about_the_place_is_kept(word: str) -> None:
    """A note, a road, a pole, the day of a check say nothing about anybody."""
    assert forbidden_of_place(word) is None


def test_an_unknown_field_is_a_problem() -> None:
    """A name that a place does not have is a problem with its cure, and none of the red lines."""
    with pytest.raises(hg.Problems) as caught:
        FacilityPlace.of({**PLACE, "colour": "red"})
    assert [one.code for one in caught.value.problems] == ["unknown-field"]
    assert "place_type" in caught.value.problems[0].cure.zh


def test_a_broken_one_covers_nothing() -> None:
    """Coverage claimed on a broken device is none, and is counted apart."""
    found = rate(places(10, 8, broken=2))
    assert (found.covered, found.broken, found.unknown) == (8, 2, 0)


def test_unknown_is_neither_covered_nor_bare() -> None:
    """What nobody has said leaves the rate open between two figures, and a target undecided between them."""
    found = rate(places(10, 8, unknown=1))
    assert (found.least, found.most) == (Decimal("80.0"), Decimal("90.0"))
    assert (found.meets(80), found.meets(85), found.meets(90), found.meets(91)) == (True, None, None, False)


def test_a_rate_of_nothing_is_nothing() -> None:
    """No place is required: there is no rate, and no target is met or missed."""
    found = rate([])
    assert (found.least, found.most, found.meets(100)) == (None, None, None)


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 100))
def test_rates_against_fractions(required: int, covered: int, unknown: int, target: int) -> None:
    """Shares are cut to a tenth and never show more than there is; targets are compared exactly."""
    covered = min(covered, required)
    unknown = min(unknown, required - covered)
    found = Rate(required=required, covered=covered, unknown=unknown)
    exact = Fraction(100 * covered, required)
    assert found.least is not None
    assert found.most is not None
    assert Fraction(found.least) <= exact < Fraction(found.least) + Fraction(1, 10)
    assert (found.least == 100) == (covered == required)
    assert found.least <= found.most <= 100
    surely, perhaps = exact >= target, Fraction(100 * (covered + unknown), required) >= target
    assert found.meets(target) is (True if surely else None if perhaps else False)
    assert percent(covered, 0) is None


def test_the_articles_target(rules: NeighbourhoodRules) -> None:
    """主要道路、集中居住地全覆盖: the pack wants all of both, by the article."""
    wanted = {(one.facility, one.place_type): one for one in rules.targets}
    assert set(wanted) == {("camera", "main_road"), ("camera", "residential_cluster")}
    assert {one.percent for one in wanted.values()} == {100}
    assert {one.citation.source.id for one in wanted.values()} == {"article"}


# Inspection -----------------------------------------------------------------------------------------------------

ON = date(2026, 11, 23)
SITE = Site(id="S1", community="dujiaping", kind="alley", since=date(2026, 1, 1))


def days(ago: int) -> date:
    return ON - timedelta(days=ago)


@pytest.mark.parametrize(("ago", "unvisited"), [(29, False), (30, True), (31, True), (0, False)])
def test_row_61_a_site_unvisited_for_thirty_days_is_found(
    rules: NeighbourhoodRules, ago: int, unvisited: bool
) -> None:
    """Row 61: thirty days without a visit are found, twenty-nine are not; the day it falls due is told."""
    (found,) = watched([SITE], [Visit(site="S1", on=days(ago))], rules.inspection, ON)
    assert found.unvisited is unvisited
    assert found.due == days(ago) + timedelta(days=30)
    assert (found.visits, found.last) == (1, days(ago))


def test_row_61_a_site_never_visited_counts_from_its_first_day(rules: NeighbourhoodRules) -> None:
    """Row 61: without a visit the days run from its first day; where that is unknown, nothing is said."""
    for ago, wanted in ((29, False), (30, True)):
        site = Site(id="S1", community="c", kind="alley", since=days(ago))
        assert watched([site], [], rules.inspection, ON)[0].unvisited is wanted
    (found,) = watched([Site(id="S1", community="c", kind="alley")], [], rules.inspection, ON)
    assert (found.unvisited, found.due, found.last) == (None, None, None)


def test_later_visits_do_not_count_yet(rules: NeighbourhoodRules) -> None:
    """A visit dated after the day of the case is no visit."""
    (found,) = watched([SITE], [Visit(site="S1", on=ON + timedelta(days=1))], rules.inspection, ON)
    assert (found.visits, found.unvisited) == (0, True)


def test_an_old_picture_shows_nothing_new(rules: NeighbourhoodRules) -> None:
    """The same picture on a later visit, here or at another site, is named with its day."""
    other = Site(id="S2", community="c", kind="green", since=days(100))
    visits = [
        Visit(site="S1", on=days(20), photo="a", clean=True),
        Visit(site="S1", on=days(10), photo="b", clean=False),
        Visit(site="S1", on=days(5), photo="a"),
        Visit(site="S2", on=days(4), photo="b"),
        Visit(site="S2", on=days(3)),
        Visit(site="S2", on=days(2)),
    ]
    one, two = watched([SITE, other], visits, rules.inspection, ON)
    assert one.repeated == (days(5),)
    assert two.repeated == (days(4),)
    assert one.clean is None


@given(st.lists(st.integers(0, 90), max_size=8), st.integers(1, 60), st.integers(0, 90))
def test_visits_against_the_naive_reading(ago: list[int], limit: int, since: int) -> None:
    """A site is found if and only if none of its last N days before today has a visit, nor its beginning."""
    rules = InspectionRules(
        unvisited_days=limit, citation=hg.Citation(hg.Source("default", hg.Text("d", "d")))
    )
    site = Site(id="S1", community="c", kind="alley", since=days(since))
    (found,) = watched([site], [Visit(site="S1", on=days(n)) for n in ago], rules, ON)
    recent = [n for n in (ago or [since]) if n < limit]
    assert found.unvisited is (not recent)
