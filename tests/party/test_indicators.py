"""评议指标: 7+X reckoned from whistles, ledger and refused assignments; quotas, conflicts of interest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.appraisal import Rating, appraise
from huaying_governance.party.indicators import Figure, Indicator, deducted, lines, reckoned
from huaying_governance.party.quota import KINDS, Quota, balances
from huaying_governance.text import Text

RULES: Any = hg.load_pack("huaying").rules(PartyRules)
NONE = Citation(Source("default", Text("", "")))


def indicator(
    id_: str, points: int = 10, group: str = "process", departments: tuple[str, ...] = ()
) -> Indicator:
    return Indicator(id_, Text(id_, id_), group, id_, points, departments, NONE)


def test_the_shipped_pack_has_seven_common_indicators_and_more() -> None:
    """7+X: seven common indicators of the process, and those of one department; process weighs 60 at the least."""
    common = [one for one in RULES.indicators if one.common and one.group == "process"]
    own = [one for one in RULES.indicators if not one.common]
    assert (len(common), len(own)) == (7, 1)
    assert RULES.appraisal.weights["process"] >= RULES.appraisal.process_least == 60


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d"]),
        st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted),
    ),
    st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 20), min_size=4),
)
def test_a_group_is_the_mean_of_what_was_counted(
    counted: dict[str, list[int]], points: dict[str, int]
) -> None:
    """Model: the group's value lies between its indicators', by their points; of nothing counted there is none."""
    held = [indicator(id_, each) for id_, each in points.items()]
    figures = {("D", id_): Figure(part, whole) for id_, (part, whole) in counted.items()}
    measured = lines(["D"], held, figures, {})
    values = [one.value for one in measured if one.value is not None]
    found = reckoned(measured)
    assert found.keys() == ({("D", "process")} if values else set())
    for value in found.values():
        assert min(values) <= value.quantize(Decimal("0.000001")) + 1
        assert min(values) - 1 <= value <= max(values) + 1
        assert 0 <= value <= 100


def test_what_was_not_counted_is_left_out_not_nought() -> None:
    """An indicator without figure has no value, and the group rests on the others; the X of another is not asked."""
    held = (indicator("a"), indicator("b"), indicator("x", departments=("E",)))
    measured = lines(["D"], held, {("D", "a"): Figure(1, 4)}, {})
    assert [(one.indicator.id, one.value) for one in measured] == [("a", Decimal(25)), ("b", None)]
    assert reckoned(measured) == {("D", "process"): Decimal(25)}


@pytest.mark.parametrize(("events", "left"), [(0, 100), (1, 80), (5, 0), (9, 0)])
def test_deductions_stop_at_nought(events: int, left: int) -> None:
    """Each unlawful assignment takes the pack's points, down to nought."""
    assert deducted(events, 20).value == left


def test_reckoned_groups_go_before_ratings() -> None:
    """A group reckoned from records counts as reckoned, whatever raters say; the survey stays the raters'."""
    rated = [
        Rating(rater=f"r-{n}", department="D", group=group, score=10)
        for n in range(5)
        for group in ("process", "survey", "events")
    ]
    (result,) = appraise(rated, RULES.appraisal, reckoned={("D", "process"): Decimal(90)})
    assert (result.means["process"], result.means["survey"]) == (Decimal("90.00"), Decimal("10.00"))
    assert result.score == Decimal("58.00")
    (few,) = appraise([], RULES.appraisal, reckoned={("D", "process"): Decimal(90)})
    assert (few.score, few.withheld) == (None, ("survey", "events"))


def rated(*kinds: str) -> list[Rating]:
    return [
        Rating(rater=f"r-{n}", department="D", group="survey", score=50, kind=kind)
        for n, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kinds", "few", "many"),
    [
        (("resident", "resident", "community", "firm", "street"), (), ()),
        (("resident", "community", "community", "firm", "street"), ("resident",), ()),
        (("street", "street", "street", "resident", "resident", "community"), (), ("street",)),
        (("resident",) * 5, ("community",), ("resident",)),
        (("",) * 5, ("community", "resident"), ()),
    ],
)
def test_quotas_of_raters(kinds: tuple[str, ...], few: tuple[str, ...], many: tuple[str, ...]) -> None:
    """Too few of a kind, or too large a share of one: each is named; who states no kind fills no quota."""
    (found,) = balances(rated(*kinds), RULES.quotas)
    assert (found.few, found.many, found.met) == (few, many, not few and not many)


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=30))
def test_quotas_by_counting(kinds: list[str]) -> None:
    """Model: a kind is short exactly below its least, and too many exactly above its share of all."""
    quotas = [Quota(kind, 2, 40, NONE) for kind in KINDS]
    (found,) = balances(rated(*kinds), quotas)
    assert set(found.few) == {kind for kind in KINDS if kinds.count(kind) < 2}
    assert set(found.many) == {kind for kind in KINDS if kinds.count(kind) > 0.4 * len(kinds)}


WHO = ("居民代表", "居民代表", "社区干部", "街道中层干部", "企业代表")


def survey(raters: int = 5, **more: object) -> list[dict[str, object]]:
    return [
        {"rater": f"r-{n}", "department": "民政局", "group": group, "score": 50, "rater_kind": WHO[n % 5],
         "rater_unit": "", **more}
        for n in range(raters)
        for group in ("survey", "events")
    ]  # fmt: skip


def whistled(
    id_: str, arrived: str, satisfied: str, score: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    opened = {"id": id_, "community": "dujiaping", "kind": "urgent", "responder": "department", "matter": "",
              "at": "2026-11-03T10:00"}  # fmt: skip
    step = {"whistle": id_, "bodies": "", "lead": "", "reason": "", "basis": "", "evidence": "", "days": "",
            "satisfied": "", "score": ""}  # fmt: skip
    body = {**step, "actor": "民政局", "role": "responder", "evidence": "e"}
    own = {**step, "actor": "dujiaping", "role": "community"}
    acts = [
        {**step, "at": "2026-11-03T10:00", "action": "dispatch", "actor": "c", "role": "centre",
         "bodies": "民政局"},
        {**body, "at": arrived, "action": "arrive"},
        {**body, "at": "2026-11-03T16:00", "action": "claim"},
        {**own, "at": "2026-11-04T09:00", "action": "verify", "satisfied": satisfied},
    ]  # fmt: skip
    if satisfied == "yes":
        acts.append({**own, "at": "2026-11-05T09:00", "action": "score", "score": score})
    return opened, acts


def test_row_39_the_process_is_reckoned_from_the_records(office) -> None:  # type: ignore[no-untyped-def]
    """Row 39: whistles, ledger and refused assignments make the process and the events of a department."""
    first, one = whistled("W1", "2026-11-03T10:20", "yes", 4)
    second, other = whistled("W2", "2026-11-03T10:35", "no", 0)
    out = office(
        ratings=survey(),
        whistles=[first, second],
        whistle_acts=[*one, *other],
        entries=[
            {"id": "E1", "kind": "livelihood", "source": "visit", "category": "", "community": "dujiaping",
             "received_at": "2026-11-10T09:00", "summary": "", "petitioner": "p-7"}
        ],
        actions=[
            {"entry": "E1", "at": "2026-11-10T10:00", "action": "accept", "actor": "c", "role": "clerk"},
            {"entry": "E1", "at": "2026-11-10T10:10", "action": "assign", "actor": "c", "role": "clerk",
             "lead": "民政局", "handler": "h"},
        ],
        assignments=[
            {"id": "A1", "date": "2026-11-01", "assigner": "民政局", "community": "dujiaping",
             "matter": "没有的事项", "title": "", "funding": "", "emergency": ""}
        ],
        indicator_values=[
            {"department": "民政局", "indicator": "x1", "date": f"2026-0{n}-01", "indicator_value": 70 + n,
             "evidence": "e"}
            for n in (1, 2)
        ],
    )  # fmt: skip
    told = {row["indicator"]: (row["part_count"], row["whole_count"], row["indicator_value"])
            for row in out["appraisal_indicators"]}  # fmt: skip
    assert told == {
        "c1": ("2", "2", "100.00"),
        "c2": ("1", "2", "50.00"),
        "c3": ("1", "2", "50.00"),
        "c4": ("4", "5", "80.00"),
        "c5": ("1", "1", "100.00"),
        "c6": ("0", "1", "0.00"),
        "c7": ("0", "1", "0.00"),
        "x1": ("72", "100", "72.00"),
        "e1": ("80", "100", "80.00"),
    }
    result = out["appraisal"][0]
    assert (result["process"], result["events"], result["reckoned_groups"]) == (
        "56.50",
        "80.00",
        "process;events",
    )
    assert (result["survey"], result["score"], result["grade"]) == ("50.00", "58.40", "D")


def test_conflicts_of_interest_are_found(office) -> None:  # type: ignore[no-untyped-def]
    """Who has an open entry that the department leads does not count; with four the cell is hidden."""
    entry = {"id": "E1", "kind": "livelihood", "source": "visit", "category": "", "community": "dujiaping",
             "received_at": "2026-11-10T09:00", "summary": "", "petitioner": "r-0"}  # fmt: skip
    assign = {"entry": "E1", "at": "2026-11-10T10:10", "action": "assign", "actor": "c", "role": "clerk",
              "lead": "民政局", "handler": "h"}  # fmt: skip
    accept = {**assign, "at": "2026-11-10T10:00", "action": "accept", "lead": "", "handler": ""}
    tables = {"entries": [entry], "actions": [accept, assign]}
    assert office(ratings=survey(), **tables)["appraisal"][0]["withheld"] == "survey;events"


def test_the_departments_own_people_do_not_rate_it(office) -> None:  # type: ignore[no-untyped-def]
    """A rater who belongs to the department is left out of its cells."""
    rows = survey()
    assert office(ratings=[*rows, {**rows[0], "rater": "r-9", "rater_unit": "民政局"}])["appraisal"][0][
        "raters"
    ] == "5"  # fmt: skip


def test_a_quota_that_is_not_met_withholds_the_survey(office) -> None:  # type: ignore[no-untyped-def]
    """Five residents and nobody of the community: the survey is not shown, and the kinds are named."""
    row = office(ratings=survey(rater_kind="居民代表"))["appraisal"][0]
    assert (row["survey"], row["score"], row["quota_unmet"]) == ("", "", "community;resident")


def test_what_is_wrong_with_indicators_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """An indicator that the pack reckons, has not, or has for another department; more than a hundred: problems."""
    line = {
        "department": "民政局",
        "indicator": "x1",
        "date": "2026-01-01",
        "indicator_value": 50,
        "evidence": "e",
    }
    found = faults(
        tmp_path,
        indicator_values=[
            line,
            {**line, "indicator": "c1"},
            {**line, "indicator": "x9"},
            {**line, "department": "公安局"},
            {**line, "department": "nobody"},
            {**line, "indicator_value": 101},
        ],
    )
    assert sorted(one.code for one in found) == [
        "bad-points",
        *["unknown-indicator"] * 4,
        "unknown-organisation",
    ]
