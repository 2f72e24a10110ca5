"""民事民管、民难民解、民需民助: three shares of a month, each with what it is a share of."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults, results
from huaying_governance.flows.participation.self_help import need_of
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.neighbourhood import service
from huaying_governance.participation.indicators import Effort, shares_by_month
from huaying_governance.participation.mediation import Dispute, Standing

PLACES = ("dujiaping", "synthetic-2")


def dispute(state: str, day: date, *, settled: bool = False, place: str = "dujiaping") -> Standing:
    at = datetime.combine(day, time(10), SHANGHAI)
    opened = Dispute(community=place, kind="neighbour", origin="applied", parties=("p-1", "p-2"), at=at)
    return Standing(dispute=opened, state=state, moved_at=at, effective_on=day if settled else None)


EFFORTS = st.builds(
    Effort,
    kind=st.sampled_from(["event", "need"]),
    community=st.sampled_from(PLACES),
    day=st.dates(date(2026, 9, 1), date(2026, 11, 30)),
    by=st.sampled_from(["", "residents", "committee", "nobody"]),
)
DISPUTES = st.tuples(
    st.sampled_from(["performed", "effective", "failed", "refused", "declined", "mediating", "breached"]),
    st.dates(date(2026, 9, 1), date(2026, 11, 30)),
    st.sampled_from(PLACES),
).map(
    lambda one: dispute(
        one[0], one[1], settled=one[0] in {"performed", "effective", "breached"}, place=one[2]
    )
)


@given(st.lists(EFFORTS, max_size=40), st.lists(DISPUTES, max_size=20))
def test_row_69_three_shares_equal_counting(efforts: list[Effort], disputes: list[Standing]) -> None:
    """Row 69: each share of each month and community is so many of so many, counted one by one; what nobody knows is
    in no share, what was not taken up or still runs is no dispute that ended."""
    told = {(one.month, one.community): one for one in shares_by_month(efforts, disputes)}
    for (month, scope), one in told.items():
        here = [e for e in efforts if f"{e.day:%Y-%m}" == month and scope in {"all", e.community}]
        for kind, held in (("event", one.run), ("need", one.helped)):
            cases = [e for e in here if e.kind == kind]
            known = [e for e in cases if e.by]
            own = [e for e in known if e.by == "residents"]
            assert (held.part, held.whole, held.unknown) == (len(own), len(known), len(cases) - len(known))
            assert not held.whole or 0 <= Fraction(held.part, held.whole) <= 1
        ended = [
            d
            for d in disputes
            if d.state not in {"mediating", "declined"}
            and f"{d.last_at:%Y-%m}" == month
            and scope in {"all", d.dispute.community}
        ]
        assert one.settled.whole == len(ended)
        assert one.settled.part == sum(d.effective_on is not None for d in ended)
    assert sum(one.run.whole + one.run.unknown for (_, scope), one in told.items() if scope == "all") == sum(
        e.kind == "event" for e in efforts
    )


def effort(
    number: int, kind: str, by: str, day: str = "2026-09-10", place: str = "dujiaping"
) -> dict[str, str]:
    return {"id": f"F{number}", "date": day, "community": place, "kind": kind, "run_by": by}


ROWS = [
    effort(1, "民事", "居民"),
    effort(2, "民事", "居民", place="synthetic-2"),
    effort(3, "民事", "居委会"),
    effort(4, "民需", "居民"),
    effort(5, "民需", "无人办理"),
    effort(6, "民需", ""),
    effort(7, "民需", "居民", "2026-12-01"),
]


def test_row_69_the_report_of_a_case(office: Office) -> None:
    """Row 69: two of three events run by residents, one of two needs met, one dispute settled of one that ended; a row
    dated later waits, an empty cell is told beside."""
    at = "2026-09-01T10:00"
    mediation = {
        "id": "M1", "community": "dujiaping", "kind": "邻里", "origin": "申请", "parties": "p-1;p-2", "at": at,
    }  # fmt: skip
    blank = dict.fromkeys(("form", "joint", "confirmed", "reason", "evidence"), "")
    steps = [("受理", "c-1", "调委会"), ("同意调解", "p-1", "当事人"), ("同意调解", "p-2", "当事人"),
             ("开始调解", "m-1", "调解员"), ("达成协议", "m-1", "调解员")]  # fmt: skip
    acts = [
        {"mediation": "M1", "at": at, "action": action, "actor": actor, "role": role, **blank, "form": "口头"}
        for action, actor, role in steps
    ]
    out = office(resident_efforts=ROWS, mediations=[mediation], mediation_acts=acts)
    told = out["self_help"]
    assert [(row["month"], row["community"]) for row in told] == [
        ("2026-09", "all"),
        ("2026-09", "dujiaping"),
        ("2026-09", "synthetic-2"),
    ]
    every = told[0]
    assert (every["community_events"], every["self_run"], every["self_run_rate"]) == ("3", "2", "66.7")
    assert (every["ended"], every["settled"], every["settled_rate"]) == ("1", "1", "100.0")
    assert (every["needs_told"], every["helped"], every["helped_rate"]) == ("2", "1", "50.0")
    assert every["unknown_count"] == "1"
    assert (told[2]["needs_told"], told[2]["helped_rate"]) == ("0", "")


# Orders for voluntary help --------------------------------------------------------------------------------------------


def order(id_: str, organiser: str = "", day: str = "10", place: str = "dujiaping") -> dict[str, str]:
    made = {
        "id": id_,
        "community": place,
        "service_kind": "errands",
        "requester": "r-1",
        "organiser": organiser,
    }
    slot = {"from_at": f"2026-09-{day}T09:00", "to_at": f"2026-09-{day}T12:00"}
    return {**made, "at": "2026-09-01T09:00", **slot, "count": "1"}


def served(id_: str, *actions: str, day: str = "10") -> list[dict[str, str]]:
    who = {"offer": ("v-" + id_, "志愿者"), "match": ("c-1", "组织者"), "record": ("c-1", "组织者"),
           "confirm": ("r-1", "居民"), "close": ("c-1", "组织者"), "cancel": ("r-1", "居民")}  # fmt: skip
    days = {"offer": "02", "match": "03", "cancel": "04", "record": "20", "confirm": "21", "close": "22"}
    rows = []
    for action in actions:
        actor, role = who[action]
        made = {
            "volunteer_order": id_,
            "at": f"2026-09-{days[action]}T10:00",
            "action": action,
            "actor": actor,
        }
        span = {"from_at": "", "to_at": ""}
        if action == "record":
            span = {"from_at": f"2026-09-{day}T09:00", "to_at": f"2026-09-{day}T10:00"}
        named = "" if action in {"close", "cancel"} else "v-" + id_
        rows.append({**made, "role": role, "volunteer": named, **span, "satisfied": "", "reason": "x"})
    return rows


DONE = ("offer", "match", "record", "confirm")
PARTNERS = [
    {"id": "P1", "name": "服务中心", "kind": "社会组织", "community": "dujiaping", "credit_code": ""},
    {"id": "P2", "name": "老年人协会", "kind": "老年人协会", "community": "dujiaping", "credit_code": ""},
]
ORDERS = [order("N1"), order("N2", day="11"), order("N3", day="12"), order("N4", day="13"),
          order("N5", "P1", "14"), order("N6", "P2", "15"), order("N7", day="16")]  # fmt: skip
ORDER_ACTS = [
    *served("N1", *DONE),
    *served("N2", "offer", "match", "close", day="11"),
    *served("N3", "cancel"),
    *served("N5", *DONE, day="14"),
    *served("N6", *DONE, day="15"),
    *served("N7", *DONE, day="16"),
]


def test_needs_are_the_orders_of_the_store_too(office: Office) -> None:
    """An order that ended is a need that was told: served and confirmed by volunteers it was met by residents, by those
    of a social organisation from outside, and closed without service by nobody. What runs or was cancelled is none; one
    that the office has entered as a need under the same id counts once, as the store has it."""
    rows = [effort(1, "民需", "居民"), {**effort(7, "民需", "无人办理"), "id": "N7"}]
    out = office(volunteer_orders=ORDERS, volunteer_acts=ORDER_ACTS, partners=PARTNERS, resident_efforts=rows)
    assert out["refused_volunteer_acts"] == []
    (every, _) = out["self_help"]
    assert (every["month"], every["community"]) == ("2026-09", "all")
    assert (every["needs_told"], every["helped"], every["helped_rate"]) == ("6", "4", "66.7")
    assert every["unknown_count"] == "0"


def test_orders_alone_make_the_share(office: Office, tmp_path: Path) -> None:
    """Without a table of the office the orders of the store are enough; a later folder that does not list who organised
    tells that one as unknown, in no share."""
    out = office(volunteer_orders=ORDERS, volunteer_acts=ORDER_ACTS, partners=PARTNERS)
    assert (out["self_help"][0]["needs_told"], out["self_help"][0]["helped"]) == ("5", "3")
    later = tmp_path / "later"
    later.mkdir()
    (later / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (later / "resident_efforts.csv").write_text("id,date,community,kind,run_by\n", "utf-8")
    hg.run_case(later, tmp_path / "again", store=f"sqlite:///{tmp_path / 'out' / 'huaying.db'}")
    told = results(tmp_path / "again")["self_help"][0]
    assert (told["needs_told"], told["helped"], told["unknown_count"]) == ("3", "2", "2")


@given(
    st.sampled_from(["open", "full", "done", "closed", "cancelled"]),
    st.booleans(),
    st.sampled_from(["", "P1", "P2", "P9"]),
)
def test_one_order_is_read_in_one_way(state: str, confirmed: bool, organiser: str) -> None:
    """Every state by every organiser, served or not: a need only once it has ended; met only where it was confirmed."""
    at = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)
    made = service.Order(
        id="N", community="dujiaping", kind="errands", requester="r", organiser=organiser, at=at, start=at, end=at,
        places=1,
    )  # fmt: skip
    record = service.Record(volunteer="v", start=at, end=at, confirmed_at=at if confirmed else None)
    need = need_of(
        service.Standing(order=made, state=state, records=(record,)), {"P1": "social", "P2": "elderly"}
    )
    assert (need is None) is (state not in {"done", "closed"})
    if need is not None:
        met = {"": "residents", "P1": "outside", "P2": "residents", "P9": ""}[organiser]
        assert (need.kind, need.by) == ("need", met if confirmed else "nobody")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "party"}, "unknown-choice"),
        ({"run_by": "somebody"}, "unknown-choice"),
        ({"community": "nowhere"}, "unknown-community"),
        ({"date": "soon"}, "bad-date"),
        ({"id": ""}, "empty-cell"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written."""
    assert [one.code for one in faults(tmp_path, resident_efforts=[{**ROWS[0], **changed}])] == [code]


def test_nothing_to_share(tmp_path: Path) -> None:
    """A table with a header only makes no months, and no rate of nothing."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (tmp_path / "resident_efforts.csv").write_text("id,date,community,kind,run_by\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems
    assert len((tmp_path / "out" / "self_help.csv").read_text("utf-8").splitlines()) == 1
