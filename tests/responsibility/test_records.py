"""Decision log, trial of a new list, editions, and the national catalogue's field set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from huaying_governance.errors import Problems
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs import Pack
from huaying_governance.responsibility import (
    Admission,
    AdmissionBook,
    Assignment,
    Edition,
    Entry,
    History,
    MatterList,
    Screener,
    coverage,
    impact,
    read_catalogue,
    record,
    replay,
    write_catalogue,
)
from huaying_governance.responsibility.catalogue import records, schema

DAY = date(2026, 3, 2)
BOOK = AdmissionBook([Admission(id="R1", matter="古树保护巡查", decided_by="联席会议", funding=Decimal(5))])


def asked(**changes: Any) -> Assignment:
    usual: dict[str, Any] = {
        "id": "A",
        "date": DAY,
        "assigner": "民政局",
        "community": "dujiaping",
        "matter": "XZ02",
    }
    return Assignment(**{**usual, **changes})


def questions() -> Iterator[Assignment]:
    for matter in ("XZ02", "ZZ01", "ZM08", "古树保护巡查", "没有", None):
        for funding in (None, Decimal(0), Decimal("1.50")):
            for emergency in (None, "令1"):
                yield asked(matter=matter, funding=funding, emergency=emergency, title="关于“低保”的通知")


def screener(pack: Pack) -> Screener:
    assert pack.screener is not None
    return pack.screener


def with_list(pack: Pack, matters: MatterList) -> Screener:
    held = screener(pack)
    return Screener(matters, held.organisations, held.communities, gate=held.gate, calendar=held.calendar)


def test_log_replays_byte_for_byte(pack: Pack) -> None:
    """The same list, admissions and assignments give the same lines; a screener of another run too."""
    judge = screener(pack)
    lines = [record(judge, each, judge.screen(each, BOOK), BOOK) for each in questions()]
    assert list(replay(lines, judge, BOOK)) == []
    assert list(replay([f"{line}\n" for line in lines], with_list(pack, pack.matters), BOOK)) == []


def test_log_tells_what_departs(pack: Pack) -> None:
    """Another list, other admissions and a changed answer are told apart, by line."""
    judge = screener(pack)
    line = record(judge, asked(), judge.screen(asked(), BOOK), BOOK)
    other = with_list(pack, MatterList(list(pack.matters)[1:]))
    assert [(each.line, each.what) for each in replay([line], other, BOOK)] == [(1, "list")]
    assert [(each.line, each.what) for each in replay([line], judge)] == [(1, "admissions")]
    changed = json.loads(line)
    changed["ruling"]["outcome"] = "permitted"
    forged = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert [(each.line, each.what) for each in replay([line, forged], judge, BOOK)] == [(2, "ruling")]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"schema":1}',
        "[" * 2000,
        '{"schema":1,"list":"","admissions":"","asked":{},"ruling":{}}',
    ],
)
def test_no_line_of_a_log(pack: Pack, line: str) -> None:
    """What is no line of a log is a problem with its number."""
    with pytest.raises(Problems) as caught:
        list(replay([line], screener(pack)))
    assert caught.value.problems[0].place.line == 1


def test_impact_before_it_takes_effect(pack: Pack) -> None:
    """A new list is tried on last year's assignments: what changes, by department."""
    stricter = MatterList(
        evolve(line, assigners=frozenset({"human-resources"})) if line.code == "XZ02" else line
        for line in pack.matters
    )
    year = [
        asked(id=str(n), funding=Decimal(1), assigner=who)
        for n, who in enumerate(["民政局", "民政局", "双河街道", "公安局"])
    ]
    result = impact(screener(pack), with_list(pack, stricter), year)
    assert (result.judged, len(result.changed)) == (4, 3)
    assert result.by_assigner == {
        "civil-affairs": {("permitted", "refused"): 2},
        "shuanghe": {("permitted", "refused"): 1},
    }


def test_coverage_of_a_list(pack: Pack) -> None:
    """Coverage names the matters, refusals and boundary days that no case has tried; trying them all completes it."""
    small = MatterList(line for line in pack.matters if line.code in {"XZ02", "FM05"})
    judge = with_list(pack, small)
    cases = [asked(), asked(matter="XX", assigner="公安局")]
    found = coverage(judge, cases)
    assert found.untried_matters == ("FM05",)
    assert "prohibited" in found.untried_codes
    assert "not-listed" not in found.untried_codes
    assert ("XZ02", date(2025, 12, 31)) in found.untried_days
    assert not found.complete
    cases += [
        asked(matter=code, date=day, funding=Decimal(0), assigner="公安局")
        for code, day in found.untried_days
    ]
    here = with_list(pack, MatterList(evolve(line, communities=frozenset({"synthetic-2"})) for line in small))
    assert "community-not-covered" in coverage(here, cases).codes
    assert coverage(judge, cases).untried_codes == ("community-not-covered",)


def test_in_force_and_known_at(pack: Pack) -> None:
    """What did we answer then, what would we answer now: a list mended later answers otherwise for a day gone by."""
    mended = MatterList(evolve(line, funds=False) for line in pack.matters)
    history = History(
        (
            Edition(datetime(2026, 1, 1, tzinfo=SHANGHAI), pack.matters),
            Edition(datetime(2026, 5, 1, tzinfo=SHANGHAI), mended),
        )
    )
    then = with_list(pack, history.known_at(datetime(2026, 3, 2, tzinfo=SHANGHAI)))
    now = with_list(pack, history.known_at(datetime(2026, 5, 1, tzinfo=SHANGHAI)))
    assert then.screen(asked()).codes == ("missing:funding",)
    assert now.screen(asked()).codes == ()
    assert len(history.known_at(datetime(2025, 12, 31, tzinfo=SHANGHAI))) == 0


@pytest.mark.parametrize("end", ["csv", "xlsx"])
def test_catalogue_out_and_in(pack: Pack, tmp_path: Path, end: str) -> None:
    """The list goes out in the catalogue's fields and comes back the same, and its records fit the written schema."""
    plain = [evolve(line, forms=(), instead=()) for line in pack.matters]
    entries = tuple(
        Entry(
            line,
            f"511681{line.code}",
            "",
            "1.0",
            "community",
            "dujiaping",
            ("civil-affairs",),
            30,
            15,
            "",
            "city",
        )
        for line in plain
    )
    path = tmp_path / f"catalogue.{end}"
    write_catalogue(path, entries)
    sources = {
        f"{held.source.id}#{held.article.en[5:]}" if held.article.en else held.source.id: held
        for line in plain
        for held in line.basis
    }
    read, table = read_catalogue(path, sources)
    assert table.problems == ()
    assert read == entries
    jsonschema.validate(records(entries), schema(), format_checker=jsonschema.FormatChecker())
    bad = [{**records(entries)[0], "kind": "other"}]
    assert not jsonschema.Draft202012Validator(schema()).is_valid(bad)


def test_catalogue_problems_have_their_cell(tmp_path: Path) -> None:
    """A bad cell of a catalogue is told with row and column."""
    (tmp_path / "c.csv").write_text(
        "基本编码,名称,种类,角色,设定依据,可交办单位,计划生效日期,法定办结时限（工作日）\nA,甲,协助,主责,,,2026-13-01,三十\n",
        "utf-8",
    )
    entries, table = read_catalogue(tmp_path / "c.csv", {})
    assert entries == ()
    assert [found.place.column for found in table.problems] == ["计划生效日期", "法定办结时限(工作日)"]
