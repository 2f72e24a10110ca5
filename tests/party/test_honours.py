"""先锋岗与示范户、功能党小组、设岗定责."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import changed_pack, office_at
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.packs import loading
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.hanging import quarters
from huaying_governance.party.honour import (
    ON_REGISTER,
    Act,
    Cap,
    Group,
    Honour,
    Terms,
    group_state,
    markets_without_roster,
    rectify_by,
    review_due,
    state_on,
)
from huaying_governance.party.honouring import HONOURS
from huaying_governance.party.posts import Duty, score

START = date(2026, 9, 1)
RULES = hg.load_pack("huaying").rules(PartyRules)
assert RULES is not None
TERMS = Terms(RULES.honours, hg.china_calendar())


def act(action: str, day: int, role: str = "committee", **more: Any) -> Act:
    return Act(action=action, on=START + timedelta(days=day), actor="clerk", role=role, **more)


LISTING = (
    act("check", 0, "market", passed=True, evidence="licence"),
    act("vote", 1, passed=True),
    act("publicise", 2),
    act("list", 10),
)


@pytest.fixture
def book() -> Any:
    made: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    made.open("H1", Honour(holder="p-1", kind="pioneer", community="dujiaping", trade="farm", on=START))
    return made


def listed(book: Any) -> None:
    for one in LISTING:
        book.act("H1", one)


def refused(book: Any, one: Act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        book.act("H1", one)
    return caught.value.ruling.codes


def test_row_35_a_confirmed_penalty_suspends_at_once_and_in_public(book: Any) -> None:
    """Row 35: short weight, confirmed: suspended the same day with a public note; put right, it hangs again."""
    listed(book)
    assert refused(book, act("penalty", 20, "market")) == ("no-reason", "no-evidence")
    book.act("H1", act("penalty", 20, "market", reason="短斤少两", evidence="penalty-1"))
    standing = book.standing("H1")
    assert (standing.state, standing.notice) == ("suspended", "短斤少两")
    book.act("H1", act("rectify", 30, evidence="visit"))
    assert book.standing("H1").state == "listed"
    book.act("H1", act("remove", 40, reason="歇业"))
    assert refused(book, act("rectify", 41, evidence="visit")) == ("wrong-state",)


def test_row_35_nothing_hangs_before_its_publicity_is_over(book: Any) -> None:
    """Row 35: five working days of publicity: on the fifth it is too early, on the next day it may hang."""
    for one in LISTING[:3]:
        book.act("H1", one)
    assert refused(book, act("list", 9)) == ("publicity-running",)
    book.act("H1", act("list", 10))
    assert book.standing("H1").listed_on == date(2026, 9, 11)


@pytest.mark.parametrize(
    ("days", "state"),
    [((11, 12), "listed"), ((11, 12, 13), "review"), ((11, 12, 376), "listed"), ((11, 12, 375), "review")],
)
def test_row_36_three_complaints_within_twelve_months_open_a_review(
    book: Any, days: tuple[int, ...], state: str
) -> None:
    """Row 36: the third within twelve months opens a review; when the first is a year old it does not."""
    listed(book)
    for day in days:
        book.act("H1", act("complaint", day, "market", evidence="c"))
    assert book.standing("H1").state == state


def test_the_applicant_has_no_hand_in_it(book: Any) -> None:
    """Who applied does not act on the own honour, and an older act than the last one is refused."""
    own = Act(action="check", on=START, actor="p-1", role="market", passed=True, evidence="e")
    assert refused(book, own) == ("own-honour",)
    assert refused(book, act("check", -1, "market", passed=True, evidence="e")) == ("out-of-order",)
    book.act("H1", act("check", 0, "market", passed=False, evidence="e"))
    assert book.standing("H1").state == "rejected"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(HONOURS.procedure.actions)),
            st.integers(0, 400),
            st.sampled_from(["market", "committee", "community"]),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_whatever_is_tried_nothing_hangs_unpublicised(steps: list[tuple[str, int, str, bool]]) -> None:
    """Model: in any order of acts, what hangs was publicised for its days, and replay ends as the book stood."""
    book: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    book.open("H1", Honour(holder="p", kind="model", community="dujiaping", trade="t", on=START))
    for number, (action, day, role, passed) in enumerate(steps):
        one = Act(
            action=action,
            on=START + timedelta(days=day),
            actor="c",
            role=role,
            passed=passed,
            reason="r",
            evidence="e",
        )
        before = book.standing("H1")
        ruling = book.attempt("H1", one, f"c{number}")
        again = book.attempt("H1", one, f"c{number}")
        assert (ruling is None) == (again is None)
        if ruling is not None:
            assert book.standing("H1") == before
    standing = book.standing("H1")
    if standing.listed_on is not None:
        assert TERMS.publicity_ends(standing.publicised_on) < standing.listed_on
    assert standing.state not in {"listed", "suspended", "review"} or standing.listed_on is not None


@pytest.mark.parametrize(("day", "open_"), [(15, True), (16, False)])
def test_what_is_not_put_right_in_fifteen_days_is_removed_by_itself(book: Any, day: int, open_: bool) -> None:
    """Suspended: on the fifteenth day it may still be put right; on the sixteenth it is removed."""
    listed(book)
    book.act("H1", act("penalty", 20, "market", reason="短斤少两", evidence="p"))
    standing = book.standing("H1")
    assert rectify_by(standing, TERMS.rules) == START + timedelta(days=35)
    assert state_on(standing, TERMS.rules, START + timedelta(days=20 + day)) == (
        "suspended" if open_ else "removed"
    )
    if open_:
        book.act("H1", act("rectify", 20 + day, evidence="v"))
        assert book.standing("H1").state == "listed"
        assert state_on(book.standing("H1"), TERMS.rules, START + timedelta(days=400)) == "listed"
    else:
        assert refused(book, act("rectify", 20 + day, evidence="v")) == ("lapsed",)
        assert refused(book, act("remove", 20 + day, reason="r")) == ("lapsed",)


def test_a_review_is_due_every_quarter(book: Any) -> None:
    """Listed on 11 September: due by 11 December; a review that passes moves it on, one that fails suspends."""
    assert review_due(book.standing("H1"), TERMS.rules) is None
    listed(book)
    assert review_due(book.standing("H1"), TERMS.rules) == date(2026, 12, 11)
    book.act("H1", act("review", 30, passed=True))
    assert review_due(book.standing("H1"), TERMS.rules) == date(2027, 1, 1)
    book.act("H1", act("complaint", 31, "market", evidence="c"))
    assert review_due(book.standing("H1"), TERMS.rules) == date(2027, 1, 1)
    book.act("H1", act("review", 40, passed=False))
    assert (book.standing("H1").state, review_due(book.standing("H1"), TERMS.rules)) == ("suspended", None)


@pytest.mark.parametrize(("action", "role"), [("close_down", "market"), ("discipline", "committee")])
@pytest.mark.parametrize("suspended", [False, True])
def test_closing_and_discipline_remove_at_once(book: Any, action: str, role: str, suspended: bool) -> None:
    """停业、党纪处分: removed at once, hanging or suspended, with a reason that can be made public and evidence."""
    listed(book)
    if suspended:
        book.act("H1", act("penalty", 20, "market", reason="r", evidence="p"))
    assert refused(book, act(action, 21, role)) == ("no-reason", "no-evidence")
    standing = book.act("H1", act(action, 21, role, reason="停业", evidence="e"))
    assert (standing.state, standing.notice) == ("removed", "停业")


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["review", "complaint", "penalty", "rectify", "remove", "close_down"]),
                st.integers(1, 120),
                st.booleans(),
            ),
            max_size=8,
        ),
        max_size=4,
    ),
    st.integers(0, 500),
)
def test_every_quarter_begins_as_the_last_one_ended(
    histories: list[list[tuple[str, int, bool]]], days: int
) -> None:
    """Model: at the end is what was at the start, with what was added, without what was removed; quarters join."""
    book: Any = Casebook(hg.open_store("memory:"), HONOURS, TERMS)
    for number, steps in enumerate(histories):
        id_ = f"H{number}"
        book.open(id_, Honour(holder="p", kind="model", community="dujiaping", trade="t", on=START))
        for one in LISTING:
            book.act(id_, one)
        day = 10
        for index, (action, more, passed) in enumerate(steps):
            day += more
            role = "market" if action in {"complaint", "penalty", "close_down"} else "committee"
            one = act(action, day, role, passed=passed, reason="r", evidence="e")
            book.attempt(id_, one, f"{id_}-{index}")
    on = START + timedelta(days=days)
    standings = [standing for _, standing in book.all()]
    found = quarters(standings, TERMS.rules, on)
    for one in found:
        assert one.at_end == one.at_start + one.added - one.removed
        assert 0 <= one.suspended <= one.at_end
    for before, after in itertools.pairwise(found):
        assert after.at_start == before.at_end
    if found:
        assert found[0].at_start == 0
    if found and all(standing.last_on <= on for standing in standings):
        last = sum(state_on(one, TERMS.rules, on) in ON_REGISTER for one in standings)
        assert found[-1].at_end == last


@pytest.mark.parametrize(("idle", "state"), [(89, "active"), (90, "dormant"), (0, "active")])
def test_row_37_ninety_days_without_activity_are_dormant(idle: int, state: str) -> None:
    """Row 37: ninety days without activity: dormant; past its end a group has ended; a later activity is not known."""
    group = Group(id="G1", scope="市场共管", since=START, active=(START + timedelta(days=5),))
    on = START + timedelta(days=5 + idle)
    assert group_state(group, TERMS.rules, on) == state
    ended = Group(id="G1", scope="市场共管", since=START, until=on - timedelta(days=1))
    assert group_state(ended, TERMS.rules, on) == "ended"
    assert group_state(ended, TERMS.rules, START) == "active"


def test_row_38_each_market_has_somebody_on_duty() -> None:
    """Row 38: the farm market and the building market each need a roster; the one without is named."""
    markets = ("农贸市场", "建材市场")
    duties = [("农贸市场", START)]
    assert markets_without_roster(markets, duties, START) == ("建材市场",)
    assert markets_without_roster(markets, [*duties, ("建材市场", START)], START) == ()
    assert markets_without_roster(markets, duties, START + timedelta(days=1)) == markets


@pytest.mark.parametrize(
    ("duty", "bonus", "points", "codes"),
    [
        (45, 20, 115, ("five-star",)),
        (40, None, 90, ("five-star",)),
        (39, 0, 89, ()),
        (50, 20, 120, ("five-star",)),
        (51, 0, None, ("beyond-most",)),
        (50, 21, None, ("beyond-most",)),
        (None, 5, None, ()),
    ],
)
def test_row_65_the_points_of_a_quarter(
    duty: int | None, bonus: int | None, points: int | None, codes: tuple[str, ...]
) -> None:
    """Row 65: base 50, duty 45 and bonus 20 make 115, five stars from 90 on; more than the most is refused."""
    assert RULES is not None
    one = Duty(
        post="代购代买",
        person="p",
        community="dujiaping",
        quarter="2026Q3",
        applied=True,
        publicised=True,
        duty=duty,
        bonus=bonus,
    )
    found = score(one, RULES.posts)
    assert found.points == points
    assert found.ruling.codes == codes
    assert found.ruling.missing == (("duty",) if duty is None else ())


def test_honours_and_posts_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Tables of honours and posts become the list of what hangs and the points, with refusals listed."""
    rows = [
        {
            "honour": "H1",
            "date": str(one.on),
            "action": one.action,
            "actor": one.actor,
            "role": one.role,
            "passed": "" if one.passed is None else "是",
            "reason": one.reason,
            "evidence": one.evidence,
        }
        for one in (*LISTING, act("list", 11))
    ]
    duty = {
        "post": "矛盾调处",
        "person": "p-2",
        "community": "dujiaping",
        "quarter": "2026Q3",
        "applied": "是",
        "publicised": "是",
        "duty": "45",
        "bonus": "20",
        "exempt": "",
    }
    out = office(
        honours=[
            {
                "id": "H1",
                "holder": "p-1",
                "kind": "先锋岗",
                "community": "dujiaping",
                "trade": "农贸",
                "date": "2026-09-01",
            }
        ],
        honour_acts=rows,
        post_duties=[
            duty,
            {**duty, "person": "p-3", "applied": ""},
            {**duty, "person": "p-4", "exempt": "是"},
        ],
    )
    assert (out["honours"][0]["state"], out["honours"][0]["review_due"]) == ("listed", "2026-12-11")
    changes = [
        (row["quarter"], row["at_start"], row["added"], row["at_end"]) for row in out["honour_changes"]
    ]
    assert changes == [("2026Q3", "0", "1", "1"), ("2026Q4", "1", "0", "1")]
    assert [row["codes"] for row in out["refused_honour_acts"]] == ["wrong-state"]
    assert [row["points"] for row in out["post_scores"]] == ["115", "", ""]
    assert [row["codes"] for row in out["post_scores"]] == ["five-star", "not-applied", "exempt"]


def test_groups_and_markets_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Row 38 and the groups: every market of the pack is told, also without a roster; idle groups are dormant."""
    group = {"id": "G1", "purpose": "市场共管", "lead": "p-1", "from": "2026-01-01", "to": ""}
    done = [{"party_group": "G1", "date": "2026-11-01"}, {"party_group": "G1", "date": "2026-12-01"}]
    duty = {"market": "农贸市场", "date": "2026-11-23", "person": "p-1"}
    tables: dict[str, Any] = {
        "party_groups": [group, {**group, "id": "G2"}, {**group, "id": "G3", "to": "2026-10-01"}],
        "group_activities": done,
        "market_duties": [duty],
    }
    out = office(**tables)
    assert [(row["state"], row["activities"]) for row in out["party_groups"]] == [
        ("active", "1"),
        ("dormant", "0"),
        ("ended", "0"),
    ]
    assert [(row["market"], row["held"]) for row in out["market_rosters"]] == [
        ("农贸市场", "yes"),
        ("建材市场", "no"),
    ]
    with pytest.raises(hg.Problems) as caught:
        office(**{**tables, "group_activities": [{"party_group": "G9", "date": "2026-11-01"}]})
    assert [one.code for one in caught.value.problems] == ["unknown-group"]


# Caps -------------------------------------------------------------------------------------------------------------


def capped(*caps: Cap) -> Any:
    """Return a book whose rules have these caps, and that knows every honour of a year."""
    store = hg.open_store("memory:")
    plain: Any = Casebook(store, HONOURS, None)

    def applied_in(year: int) -> Any:
        return [one for _, one in plain.all() if one.honour.on.year == year]

    return Casebook(store, HONOURS, Terms(evolve(TERMS.rules, caps=caps), TERMS.calendar, applied_in))


def apply(book: Any, *ids: str, on: date = START, **more: Any) -> None:
    told = {"holder": "p", "kind": "pioneer", "community": "dujiaping", "trade": "t", "on": on, **more}
    for id_ in ids:
        book.open(id_, Honour(**told))
        for one in LISTING[:3]:
            book.act(id_, one)


def hang(book: Any, id_: str, day: int = 10) -> tuple[str, ...]:
    """Hang an honour; return the codes of the refusal, none where it hangs."""
    try:
        book.act(id_, act("list", day))
    except Refused as refusal:
        return refusal.ruling.codes
    return ()


def test_without_a_cap_everything_that_was_voted_for_may_hang() -> None:
    """The shipped pack states no cap: a default, unset."""
    assert TERMS.rules.caps == ()
    book = capped()
    apply(book, *(f"H{n}" for n in range(12)))
    assert {hang(book, f"H{n}") for n in range(12)} == {()}


def test_at_the_cap_and_over_it() -> None:
    """Two a year in a community: the third is refused with the figures, the clause and what can be done; another kind,
    community or year counts for itself; when one is taken down there is room again."""
    cap = Cap(per="community", kind="pioneer", most=2, citation=TERMS.rules.citation)
    book = capped(cap)
    apply(book, "H1", "H2", "H3")
    apply(book, "M1", kind="model")
    apply(book, "C1", community="synthetic-2")
    apply(book, "Y1", on=date(2025, 12, 31))
    assert [hang(book, id_) for id_ in ("H1", "H2", "M1", "C1", "Y1")] == [()] * 5
    with pytest.raises(Refused) as caught:
        book.act("H3", act("list", 10))
    ruling = caught.value.ruling
    assert ruling.codes == ("over-cap",)
    assert ruling.citations == (cap.citation,)
    assert "已挂牌2个，上限2个" in ruling.reason("zh")
    assert "2 hang, and 2 may" in ruling.reason("en")
    (remedy,) = ruling.remedies
    assert "次年" in remedy.text.zh
    assert "next year" in remedy.text.en
    book.act("H1", act("remove", 11, reason="r"))
    assert hang(book, "H3", 12) == ()


def test_what_lapsed_is_no_longer_counted() -> None:
    """Suspended and not put right: while it may be, its place is taken; on the day it ends by itself it is free."""
    book = capped(Cap(per="community", most=1, citation=TERMS.rules.citation))
    apply(book, "H1", "H2")
    assert hang(book, "H1") == ()
    book.act("H1", act("penalty", 11, "market", reason="r", evidence="e"))
    assert hang(book, "H2", 26) == ("over-cap",)
    assert hang(book, "H2", 27) == ()


def test_by_branch_the_branch_must_be_stated() -> None:
    """A missing branch is no branch of its own: it is asked for."""
    book = capped(Cap(per="branch", most=1, citation=TERMS.rules.citation))
    apply(book, "H1", "H2", branch="b-1")
    apply(book, "H3", branch="b-2")
    apply(book, "H4")
    assert [hang(book, id_) for id_ in ("H1", "H2", "H3")] == [(), ("over-cap",), ()]
    assert hang(book, "H4") == ("no-branch",)


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["pioneer", "model"]), st.booleans()), max_size=14
    ),
    st.none() | st.integers(0, 4),
    st.none() | st.integers(1, 100),
    st.sampled_from(["", "pioneer"]),
)
def test_never_more_hang_than_the_caps_admit(
    tried: list[tuple[str, str, bool]], most: int | None, percent: int | None, kind: str
) -> None:
    """Model: in any order of hanging and taking down, no more hang than the lower of number and share, rounded down;
    and one is refused only where the cap is reached."""
    if most is None and percent is None:
        most = 3
    cap = Cap(per="community", kind=kind, most=most, percent=percent, citation=TERMS.rules.citation)
    book = capped(cap)
    for n, (place, each, _) in enumerate(tried):
        apply(book, f"H{n}", community=place, kind=each)
    for n, (place, each, taken_down) in enumerate(tried):
        counted = [k for k, one in enumerate(tried) if one[0] == place and kind in {"", one[1]}]
        limits = (most, None if percent is None else percent * len(counted) // 100)
        bounds = [bound for bound in limits if bound is not None]
        hung = sum(book.standing(f"H{k}").state == "listed" for k in counted)
        codes = hang(book, f"H{n}", 10 + n)
        bound = kind in {"", each} and hung >= min(bounds)
        assert codes == (("over-cap",) if bound else ())
        if kind in {"", each} and not codes:
            assert hung < min(bounds)
        if taken_down and not codes:
            book.act(f"H{n}", act("remove", 10 + n, reason="r"))


CAP = '\n[[honour_cap]]\nper = "community"\nmost = 1\nfrom = 2026-01-01\nsource = "default"\n\n# 设岗定责'


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_cap_in_the_pack_of_a_place(tmp_path: Path, lang: hg.Lang) -> None:
    """Stated in party.toml: of two the second is refused, and the places are told, labelled as default."""
    (tmp_path / "case").mkdir()
    changed_pack(tmp_path / "case" / "place", "party.toml", ("\n# 设岗定责", CAP))
    row = {"kind": "先锋岗", "community": "dujiaping", "trade": "农贸", "date": "2026-09-01", "branch": ""}
    opened = [{"id": id_, "holder": f"h-{id_}", **row} for id_ in ("H1", "H2")]
    steps = [
        {
            "honour": id_, "date": str(one.on), "action": one.action, "actor": one.actor, "role": one.role,
            "passed": "" if one.passed is None else "是", "reason": one.reason, "evidence": one.evidence,
        }
        for id_ in ("H1", "H2")
        for one in LISTING
    ]  # fmt: skip
    out = office_at(tmp_path)(pack="place", lang=lang, honours=opened, honour_acts=steps)
    assert {row["id"]: row["state"] for row in out["honours"]} == {"H1": "listed", "H2": "publicised"}
    (refused,) = out["refused_honour_acts"]
    assert (refused["honour"], refused["codes"]) == ("H2", "over-cap")
    (places,) = out["honour_places"]
    assert (places["year"], places["honours_applied"], places["hung"], places["hung_most"]) == (
        "2026",
        "2",
        "1",
        "1",
    )
    assert places["citation"] == {"zh": "本库默认值（本库默认，无法律效力）", "en": places["citation"]}[lang]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (CAP.replace("most = 1\n", ""), "no-cap"),
        (CAP.replace("most = 1", "percent = 0"), "out-of-range"),
        (CAP.replace('per = "community"', 'per = "street"'), "not-one-of"),
        (CAP.replace("from = 2026-01-01", "from = 2026-01-01\nto = 2025-01-01"), "backward-rule"),
        (CAP.replace('source = "default"', 'source = "nowhere"'), "unknown-source"),
        (CAP.replace('source = "default"', 'kind = "star"\nsource = "default"'), "not-one-of"),
    ],
)
def test_a_faulty_cap_is_told_with_its_place(tmp_path: Path, new: str, code: str) -> None:
    """Neither a number nor a share, no share at all, an unknown scope, source or kind: with file and cure."""
    found = loading.check_pack(changed_pack(tmp_path / "place", "party.toml", ("\n# 设岗定责", new)))
    told = next(one for one in found if one.code == code)
    assert "party.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en
