"""垃圾收集点: which entries are one point, which households a point reaches, closed only with an approval."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.geo import Point, distance
from huaying_governance.neighbourhood.collecting import POINTS
from huaying_governance.neighbourhood.points import (
    Act,
    CollectionPoint,
    Dwelling,
    Standing,
    Terms,
    duplicates,
    repeated_photos,
    served,
    serves,
)
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.procedure.check import World, check_machine

START = datetime(2026, 3, 1, 9, tzinfo=SHANGHAI)
EAST, NORTH = Decimal("106.78"), Decimal("30.38")
METRE = Decimal("0.000009")
"""About a metre of latitude, in degrees."""
TWENTY = Decimal(20)


def point(number: int, metres: object = None, **more: object) -> CollectionPoint:
    """Return a point so many metres north of the first."""
    told: dict[str, object] = {
        "id": f"P{number:02}",
        "community": "dujiaping",
        "kind": "point",
        "at": START + timedelta(hours=number),
        "longitude": EAST,
        "latitude": NORTH + METRE * Decimal(str(1000 * number if metres is None else metres)),
    }
    return CollectionPoint(**{**told, **more})  # type: ignore[arg-type]


def standing(one: CollectionPoint, state: str = "in_use", **more: object) -> Standing:
    return Standing(point=one, state=state, **more)  # type: ignore[arg-type]


def test_row_62_sixteen_imported_one_of_them_twice() -> None:
    """Row 62: sixteen entries, one within 20 m of another: fifteen count, one is for review, with its like."""
    held = [standing(point(number)) for number in range(15)]
    held.append(standing(point(15, Decimal(3000) + 19)))
    found = duplicates(held, TWENTY)
    assert list(found) == ["P15"]
    assert found["P15"].of == "P03"
    assert Decimal(18) < found["P15"].metres < Decimal(20)
    assert len(held) - len(found) == 15


@pytest.mark.parametrize(("off", "review"), [("-0.001", True), ("0", True), ("0.001", False)])
def test_the_bound_counts_as_within(off: str, review: bool) -> None:
    """Exactly as far apart as the pack says is within; a millimetre more is not."""
    one, other = point(0), point(1, 19)
    assert one.place is not None
    assert other.place is not None
    apart = distance(one.place, other.place)
    found = duplicates([standing(one), standing(other)], apart - Decimal(off))
    assert bool(found) is review


def test_of_three_in_a_row_the_middle_one_waits() -> None:
    """A, 15 m, B, 15 m, C: B is for review; C lies near B alone, which does not count, and so counts itself."""
    held = [standing(point(number, 15 * number)) for number in range(3)]
    assert list(duplicates(held, TWENTY)) == ["P01"]


def test_what_somebody_found_distinct_counts() -> None:
    """Both sides of a street: looked at and kept; what was struck or closed makes nothing a duplicate."""
    held = [standing(point(0)), standing(point(1, 10), distinct=True), standing(point(2, 12))]
    found = duplicates(held, TWENTY)
    assert list(found) == ["P02"]
    assert found["P02"].of == "P01"
    gone = [standing(point(0), "closed"), standing(point(1, 10), "void"), standing(point(2, 12))]
    assert duplicates(gone, TWENTY) == {}


def test_coordinates_of_another_system_are_not_compared() -> None:
    """A point from a web map lies hundreds of metres off: it is compared with its like only."""
    surveyed, mapped = standing(point(0)), standing(point(1, 0, datum="gcj02"))
    same = standing(point(2, 0, datum="wgs84"))
    assert list(duplicates([surveyed, mapped, same], TWENTY)) == ["P02"]
    twins = [standing(point(n, 0, datum="bd09")) for n in range(2)]
    assert list(duplicates(twins, TWENTY)) == ["P01"]


def test_without_a_place_nothing_is_said() -> None:
    """A point without coordinates is no duplicate and has none."""
    held = [standing(point(0)), standing(point(1, 0, longitude=None))]
    assert duplicates(held, TWENTY) == {}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=14), st.randoms())
def test_duplicates_equal_the_naive_reading(places: list[tuple[int, int]], rng: object) -> None:
    """In order of time, an entry counts unless a counted one is near; the order of the rows does not matter."""
    held = [
        standing(
            evolve(point(number, north), longitude=EAST + METRE * east)  # type: ignore[arg-type]
        )
        for number, (east, north) in enumerate(places)
    ]
    kept: list[CollectionPoint] = []
    review: set[str] = set()
    for one in held:
        near = [other for other in kept if distance(_place(other), _place(one.point)) <= TWENTY]
        (review.add(one.point.id) if near else kept.append(one.point))
    shuffled = list(held)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(duplicates(shuffled, TWENTY)) == review
    for id_, found in duplicates(held, TWENTY).items():
        assert found.of in {one.id for one in kept}
        assert found.of < id_


def _place(one: CollectionPoint) -> Point:
    assert one.place is not None
    return one.place


def test_a_picture_shown_twice() -> None:
    """The same picture for two points: the later is named with the earlier; no picture repeats nothing."""
    held = [point(0, photo="a"), point(1, photo="a"), point(2, photo="b"), point(3), point(4)]
    assert repeated_photos(held) == {"P01": "P00"}


# Whom they serve ------------------------------------------------------------------------------------------------

RADII = {"point": Decimal(70), "station_hand": Decimal(800)}


def dwelling(metres: object, **more: object) -> Dwelling:
    told: dict[str, object] = {
        "id": "D1",
        "community": "dujiaping",
        "households": 30,
        "longitude": EAST,
        "latitude": NORTH + METRE * Decimal(str(metres)),
    }
    return Dwelling(**{**told, **more})  # type: ignore[arg-type]


def covered(one: Dwelling, *points: CollectionPoint) -> bool | None:
    (found,) = served([one], points, RADII)
    return found.covered


def test_households_within_reach() -> None:
    """Within the radius of its kind a point serves a dwelling; the nearest that does is named."""
    near, far = point(0, 0), point(1, 60)
    (found,) = served([dwelling(50)], [near, far], RADII)
    assert (found.covered, found.by) == (True, "P01")
    assert found.metres == distance(_place(far), Point(EAST, NORTH + METRE * 50))
    assert covered(dwelling(75), near) is False
    assert covered(dwelling(75), evolve(near, kind="station_hand")) is True
    assert covered(dwelling(75), evolve(near, kind="station_motor")) is False
    assert covered(dwelling(75)) is False


def test_the_radius_itself_reaches() -> None:
    """A dwelling exactly at the radius is served; a millimetre beyond, it is not."""
    one, home = point(0, 0), dwelling(50)
    assert home.place is not None
    apart = distance(_place(one), home.place)
    assert served([home], [one], {"point": apart})[0].covered is True
    assert served([home], [one], {"point": apart - Decimal("0.001")})[0].covered is False


def test_what_is_unknown_is_not_uncovered() -> None:
    """Without coordinates, or while some point might lie near, nothing is said; a point that reaches settles it."""
    assert covered(dwelling(0, latitude=None), point(0, 0)) is None
    assert covered(dwelling(900), point(0, 0), point(1, 0, latitude=None)) is None
    assert covered(dwelling(900), point(0, 0), point(1, 0, datum="gcj02")) is None
    assert covered(dwelling(10), point(0, 0), point(1, 0, latitude=None)) is True
    assert covered(dwelling(0, datum="gcj02"), point(0, 0)) is None


@pytest.mark.parametrize(
    ("state", "until", "there"),
    [
        ("in_use", None, True),
        ("in_use", date(2026, 11, 23), True),
        ("in_use", date(2026, 11, 22), False),
        ("built", None, False),
        ("planned", None, False),
        ("closed", None, False),
    ],
)
def test_a_point_serves_while_it_is_in_use(state: str, until: date | None, there: bool) -> None:
    """Planned or closed ones serve nobody; a temporary one serves through its last day."""
    assert serves(standing(point(0, until=until), state), date(2026, 11, 23)) is there


# The procedure --------------------------------------------------------------------------------------------------

Book = Casebook[CollectionPoint, Standing, Act, Terms]


@pytest.fixture
def book(rules: NeighbourhoodRules) -> Book:
    return Casebook(hg.open_store("memory:"), POINTS, Terms(rules.collection))


def act(action: str, role: str, day: int = 2, **more: str) -> Act:
    return Act(action=action, at=START + timedelta(days=day), actor="a-1", role=role, **more)


def refused(book: Book, one: Act) -> tuple[str, ...]:
    before = book.standing("P00")
    with pytest.raises(Refused) as caught:
        book.act("P00", one)
    assert book.standing("P00") == before
    return caught.value.ruling.codes


def test_closed_only_with_approval(book: Book) -> None:
    """条例 22: without the number of an approval, or by anybody but the authority, a point is not closed."""
    book.open("P00", point(0))
    assert refused(book, act("close", "organ")) == ("wrong-state", "no-approval", "no-reason")
    assert refused(book, act("build", "operator")) == ("no-evidence",)
    book.act("P00", act("build", "operator", evidence="e-1"))
    book.act("P00", act("open", "operator"))
    assert refused(book, act("close", "organ", reason="改建", approval=" ")) == ("no-approval",)
    assert refused(book, act("close", "community", reason="改建", approval="n-1")) == ("wrong-role",)
    with pytest.raises(Refused) as caught:
        book.act("P00", act("close", "organ", reason="改建"))
    assert "市容和环境卫生" in caught.value.ruling.explain("zh")
    book.act("P00", act("close", "organ", reason="改建", approval="n-1"))
    assert (book.standing("P00").state, book.standing("P00").approval) == ("closed", "n-1")
    assert refused(book, act("open", "operator", day=3)) == ("wrong-state",)


def test_a_duplicate_is_struck_or_kept(book: Book) -> None:
    """Somebody looks: it is struck from the books with a reason, or kept with a reason and what shows it."""
    book.open("P00", point(0))
    assert refused(book, act("void", "community")) == ("no-reason",)
    assert refused(book, act("keep", "community")) == ("no-reason", "no-evidence")
    book.act("P00", act("keep", "community", reason="街道两侧", evidence="e-2"))
    assert book.standing("P00").distinct
    book.act("P00", act("void", "community", reason="重复登记"))
    assert book.standing("P00").state == "void"


def test_the_table_is_proved(rules: NeighbourhoodRules) -> None:
    """Over everything that can happen to a point, it is closed only under an approval and by the authority."""

    def commands(_: Standing) -> list[Act]:
        return [
            act(action, role, approval=number, reason=word, evidence=word)
            for action in POINTS.procedure.actions
            for role in ("community", "operator", "organ")
            for number in ("", "n-1")
            for word in ("", "x")
        ]

    def move(one: Standing, command: Act, context: Terms) -> Standing:
        step = POINTS.procedure.step(one.state, command.action)
        assert step is not None
        made = POINTS.after(one, command, step.target(one, command, context))
        assert made.state != "closed" or (made.approval and command.role == "organ")
        return made

    terms = Terms(rules.collection)
    world = World(
        POINTS.procedure,
        (Standing(point=point(0)),),
        commands,
        lambda _s, _c: terms,
        move,
        lambda one: (one.state, one.distinct, one.approval),
    )
    assert check_machine(world).holds


def test_q9(rules: NeighbourhoodRules) -> None:
    """Q9: sixteen points were added, by the article; how many there were is not said, and nowhere guessed."""
    assert rules.collection.added == 16
    assert rules.collection.counting.source.id == "article"
