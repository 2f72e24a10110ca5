"""岗位种类与存量: the catalogue of kinds, and the jobs open on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from employing import HOME, RULES
from folders import Office, faults
from huaying_governance.employment.job_kinds import Lot, kinds_open, stock

DAY = date(2026, 11, 23)
KINDS = list(RULES.job_kinds)


def lot(number: int, kind: str, jobs: int, **more: Any) -> dict[str, Any]:
    start = {"from": "2026-01-01", "to": ""}
    return {
        "id": f"J{number}",
        "job_kind": kind,
        "community": HOME,
        "jobs": jobs,
        "filled_jobs": "",
        **start,
        **more,
    }


def test_row_81_the_catalogue_has_32_kinds_and_names_those_of_the_article() -> None:
    """Row 81: thirty-odd kinds; the six that the article names cite it, the others say that they are synthetic."""
    assert len(KINDS) == 32
    named = {one.title.zh for one in RULES.job_kinds.values() if one.citation.source.id == "article"}
    assert named == {"家政", "托幼服务", "养老服务", "小型商贸", "网格员", "公益性岗位"}
    assert {one.citation.source.id for one in RULES.job_kinds.values()} == {"article", "synthetic"}


def test_row_81_kinds_32_posts_412_and_closed_ones_excluded(office: Office) -> None:
    """Row 81: 32 kinds and 412 jobs open; what closed the day before is counted apart, what is to come not at all."""
    told = [lot(n, kind, 12) for n, kind in enumerate(KINDS)]
    told[0]["jobs"] = 12 + 412 - 32 * 12
    told += [lot(90, KINDS[0], 50, to="2026-11-22"), lot(91, KINDS[1], 7, **{"from": "2026-11-24"})]
    told[1]["to"] = "2026-11-23"
    found = office(job_lots=told)["job_stock"]
    total = found[-1]
    assert (total["job_kind"], total["kinds_open"], total["kinds_listed"]) == ("all", "32", "32")
    assert (total["jobs_open"], total["jobs_closed"]) == ("412", "50")
    assert len(found) == 33


def test_a_kind_with_closed_jobs_only_is_not_open(office: Office) -> None:
    """A kind whose jobs are all closed stays in the table with nothing open, and does not count as a kind."""
    found = office(job_lots=[lot(1, "家政", 5, to="2026-03-01"), lot(2, "childcare", 4, filled_jobs=1)])[
        "job_stock"
    ]
    shown = {row["job_kind"]: row for row in found}
    assert (shown["domestic"]["jobs_open"], shown["domestic"]["jobs_closed"]) == ("0", "5")
    assert (shown["childcare"]["jobs_filled"], shown["childcare"]["jobs_vacant"]) == ("1", "3")
    assert (shown["all"]["kinds_open"], shown["all"]["jobs_open"]) == ("1", "4")


LOTS = st.lists(
    st.builds(
        lambda number, kind, jobs, share, since, until: Lot(
            id=str(number),
            kind=kind,
            community=HOME,
            jobs=jobs,
            filled=None if share is None else min(share, jobs),
            since=since,
            until=until,
        ),
        st.integers(),
        st.sampled_from(KINDS[:4]),
        st.integers(1, 50),
        st.none() | st.integers(0, 50),
        st.dates(date(2026, 11, 20), date(2026, 11, 26)),
        st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 26)),
    ),
    max_size=12,
)


@given(LOTS)
def test_the_stock_against_a_plain_count(lots: list[Lot]) -> None:
    """Every job is open, closed or to come; of the open filled, free or unknown: nothing is lost or counted twice."""
    held = stock(lots, DAY)
    begun = [one for one in lots if one.since <= DAY]
    open_ = [one for one in begun if one.until is None or one.until >= DAY]
    assert sum(one.open for one in held) == sum(one.jobs for one in open_)
    assert sum(one.open + one.closed for one in held) == sum(one.jobs for one in begun)
    assert all(one.vacant >= 0 and one.filled + one.unknown + one.vacant == one.open for one in held)
    assert set(kinds_open(held, RULES.job_kinds)) == {one.kind for one in open_}


def test_bad_rows(tmp_path: Path) -> None:
    """An unknown kind, no jobs, more filled than there are, an end before the beginning: problems with their cures."""
    found = faults(
        tmp_path,
        job_lots=[
            lot(1, "astronaut", 1),
            lot(2, "家政", 0),
            lot(3, "家政", 2, filled_jobs=3),
            lot(4, "家政", 2, to="2025-12-31"),
        ],
    )
    assert {one.code for one in found} >= {"bad-count", "more-than-all", "to-before-from"}
    only = faults(tmp_path, job_lots=[lot(1, "astronaut", 1)])
    assert [one.code for one in only] == ["unknown-job-kind"]
