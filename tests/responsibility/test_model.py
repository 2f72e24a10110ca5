"""A naive oracle of CASES.md against the screener, over lists, versions, admissions and emergencies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from strategies import CALENDAR, COMMUNITIES, DAYS, GATE, ORGANISATIONS, PLACES, lists

from huaying_governance.responsibility import (
    Admission,
    AdmissionBook,
    Assignment,
    Matter,
    MatterList,
    Screener,
)

ORDER = [
    "prohibited",
    "not-listed",
    "not-in-force",
    "assigner-not-allowed",
    "community-not-covered",
    "funds-missing",
    "missing:assigner",
    "missing:matter",
    "missing:funding",
]
FUNDING = st.sampled_from([None, Decimal(0), Decimal(7)])


ADMISSIONS = st.lists(
    st.builds(
        Admission,
        id=st.just("r"),
        matter=st.sampled_from(["m1", "m4", "事项m2"]),
        assigner=st.sampled_from([None, "o1", "二街道"]),
        communities=PLACES.map(tuple),
        since=st.none() | DAYS,
        until=st.none() | DAYS,
        funding=FUNDING,
    ),
    max_size=3,
)
ASKED = st.builds(
    Assignment,
    id=st.just("a"),
    date=DAYS,
    assigner=st.sampled_from(["o1", "二街道", "甲社区", "nobody", None]),
    community=st.sampled_from(["c1", "乙社区"]),
    matter=st.sampled_from(["m1", "m2", "m3", "事项m1", "m4", None]),
    funding=FUNDING,
    emergency=st.sampled_from([None, None, "令"]),
)


def within(day: date, since: date | None, until: date | None) -> bool:
    return not (since and day < since) and not (until and day > until)


def oracle(
    asked: Assignment, matters: list[Matter], admissions: list[Admission]
) -> tuple[str, list[str], list[str]]:
    """The six sentences of the case folder, read one after the other, without any cleverness."""
    place = {"c1": "c1", "乙社区": "c2"}[asked.community]
    who = {"o1": "o1", "二街道": "o2", "甲社区": "c1"}.get(asked.assigner or "")
    tokens = {"o1": {"o1", "county", "department"}, "o2": {"o2", "township", "government"}}.get(
        who or "", set()
    )
    unknown = ["missing:assigner"] if who is None else []
    if asked.matter is None:
        codes = [*unknown, "missing:matter"]
        return "undetermined", codes, [code[8:] for code in codes]
    held = [m for m in matters if asked.matter in (m.code, m.name)]
    here = [
        m
        for m in held
        if within(asked.date, m.since, m.until) and (not m.communities or place in m.communities)
    ]
    if any(m.kind == "prohibited" for m in here):
        return "refused", ["prohibited", *unknown], []
    held = [m for m in held if m.kind != "prohibited"]
    ways: list[tuple[bool, list[str]]] = []
    if held:
        inside = [m for m in held if within(asked.date, m.since, m.until)]
        before = [m for m in held if m.since is None or m.since <= asked.date]
        covering = [m for m in inside if not m.communities or place in m.communities]
        line = (
            covering
            or inside
            or sorted(before, key=lambda m: m.since or date.min)[-1:]
            or sorted(held, key=lambda m: m.since or date.min)
        )[0]
        anybody = not line.assigners or "*" in line.assigners
        allowed = bool(tokens if anybody else tokens & line.assigners)
        allowed = allowed or ("self" in line.assigners and who == place)
        ways.append(
            way(
                asked,
                inside != [],
                who,
                allowed,
                not line.communities or place in line.communities,
                line.funds,
                asked.funding,
            )
        )
    names = {asked.matter, *(m.code for m in held), *(m.name for m in held)}
    for a in admissions:
        if a.matter not in names:
            continue
        own = {"o1": "o1", "二街道": "o2", None: None}[a.assigner]
        allowed = (own is None and who is not None and (bool(tokens) or who == place)) or (
            own is not None and own == who
        )
        funding = a.funding if asked.funding is None else asked.funding
        ways.append(
            way(
                asked,
                within(asked.date, a.since, a.until),
                who,
                allowed,
                not a.communities or place in a.communities,
                True,
                funding,
            )
        )
    if not ways:
        outcome, codes = "refused", ["not-listed", *unknown]
    else:
        ways = [w for w in ways if w[0]] or ways
        rank = {"permitted": 0, "undetermined": 1, "conditional": 2, "refused": 3}
        outcome = min((verdict(codes) for _, codes in ways), key=lambda v: rank[v])
        chosen = [codes for _, codes in ways if verdict(codes) == outcome]
        if outcome in ("permitted", "conditional"):
            chosen = chosen[:1]
        codes = [code for code in ORDER if any(code in found for found in chosen)]
    if asked.emergency and all(any(not code.startswith("missing:") for code in found) for _, found in ways):
        return "emergency", codes, []
    missing = [code[8:] for code in codes if code.startswith("missing:")] if outcome == "undetermined" else []
    return outcome, codes, missing


def way(
    asked: Assignment,
    in_force: bool,
    who: str | None,
    allowed: bool,
    covered: bool,
    funds: bool,
    funding: Decimal | None,
) -> tuple[bool, list[str]]:
    codes = [] if in_force else ["not-in-force"]
    codes += ["assigner-not-allowed"] if who is not None and not allowed else []
    codes += [] if covered else ["community-not-covered"]
    codes += ["funds-missing"] if funds and funding == 0 else []
    codes += ["missing:assigner"] if who is None else []
    codes += ["missing:funding"] if funds and funding is None else []
    return in_force, codes


def verdict(codes: list[str]) -> str:
    if {"not-in-force", "assigner-not-allowed", "community-not-covered"} & set(codes):
        return "refused"
    if any(code.startswith("missing:") for code in codes):
        return "undetermined"
    return "conditional" if codes else "permitted"


@given(matters=lists(), admissions=ADMISSIONS, questions=st.lists(ASKED, min_size=1, max_size=8))
def test_screener_is_the_oracle(
    matters: list[Matter], admissions: list[Admission], questions: list[Assignment]
) -> None:
    """Outcome, codes in order and missing facts are those of the naive reading, on every day around every edge."""
    screener = Screener(MatterList(matters), ORGANISATIONS, COMMUNITIES, gate=GATE, calendar=CALENDAR)
    book = AdmissionBook(admissions)
    for asked in questions:
        for _ in range(2):  # once more, now from the caches
            ruling = screener.screen(asked, book)
            assert (ruling.outcome, list(ruling.codes), list(ruling.missing)) == oracle(
                asked, matters, admissions
            )
        assert (
            screener.screen(asked).codes
            == Screener(
                MatterList(matters),
                ORGANISATIONS,
                COMMUNITIES,
                gate=GATE,
                calendar=CALENDAR,
            )
            .screen(asked)
            .codes
        )
