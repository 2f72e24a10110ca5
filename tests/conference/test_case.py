"""联席会议 from the outside: tables of a case folder to reports; bad input with its place; kills and repeats."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import paper
import pytest
from test_case_repeats import fragile

import huaying_governance as hg
from folders import Office as CaseOffice
from folders import Tables, faults, office_at, results, write
from huaying_governance.packs.finding import SHIPPED
from project import ROOT

REPORTS = {
    *("agenda", "agenda_years", "meetings", "decisions", "attendance_rates", "resolutions"),
    *("resolution_status", "supervision", "pledges", "conference_traces"),
    *(f"refused_{one}_acts" for one in ("agenda", "meeting", "resolution", "pledge")),
}


@pytest.fixture
def told(case: CaseOffice) -> Tables:
    """The results of the whole example."""
    return case(**paper.tables())


def by(told: Tables, name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in told[name]}


def codes(told: Tables, name: str) -> list[str]:
    return [row["codes"] for row in told[name]]


def test_every_report_is_written(told: Tables) -> None:
    """Ten reports and the four lists of what was refused."""
    assert set(told) >= REPORTS


def test_what_is_refused_in_the_example(told: Tables) -> None:
    """Refused with reasons: no consultation, a proxy of a proxy, a recused vote, a double vote, a miscount."""
    assert codes(told, "refused_agenda_acts") == ["reserved-by-law"]
    assert codes(told, "refused_meeting_acts") == [
        *("not-consulted", "proxy-of-proxy", "recused", "double-vote", "miscounted")
    ]
    assert codes(told, "refused_resolution_acts") == ["not-carried", "not-overdue", "own-work"]
    assert codes(told, "refused_pledge_acts") == ["overdrawn"]
    for name in told:
        if name.startswith("refused"):
            assert all("可以：" in row["reason"] for row in told[name])


def test_items_and_meetings(told: Tables) -> None:
    """A decided item names its meeting, a deferred one is carried over; the meeting counts who was there."""
    items = by(told, "agenda")
    assert [items[f"A{n}"]["state"] for n in range(1, 6)] == [
        *("decided", "decided", "deferred", "screened", "proposed")
    ]
    assert (items["A3"]["carried_over_from"], items["A1"]["decided_at"]) == ("M1", "M1")
    first, second = by(told, "meetings").values()
    assert [first[key] for key in ("member_total", "quorum_needed", "seated", "proxies")] == [
        "9",
        "5",
        "7",
        "1",
    ]
    assert (first["state"], first["minutes_due"], first["minutes_late"]) == ("confirmed", "2026-09-29", "no")
    assert first["minutes_digest"].startswith("sha256:")
    assert second["codes"] == ""
    made = {row["item"]: row for row in told["decisions"]}
    assert (made["A1"]["votes_for"], made["A1"]["recused_members"]) == ("6", "organization-dept")
    assert made["A2"]["majority_needed"] == "过半数"


def test_attendance_has_its_denominator(told: Tables) -> None:
    """出席率: of the meetings held, how often each came, in person and by proxy, excused or not."""
    rows = told["attendance_rates"]
    assert len(rows) == 9
    told_of = {row["member"]: row for row in rows}
    keys = (
        "meetings_held",
        "in_person",
        "by_proxy",
        "excused_meetings",
        "unexcused",
        "seated_rate",
        "in_person_rate",
    )
    assert [told_of["finance"][key] for key in keys] == ["1", "1", "0", "0", "0", "100.0", "100.0"]
    assert [told_of["housing"][key] for key in keys] == ["1", "0", "1", "0", "0", "100.0", "0.0"]
    assert [told_of["shuanghe"][key] for key in keys] == ["1", "0", "0", "1", "0", "0.0", "0.0"]
    assert [told_of["urban-management"][key] for key in keys] == ["1", "0", "0", "0", "1", "0.0", "0.0"]


def test_status_and_supervision_have_their_denominators(told: Tables) -> None:
    """议定事项落实情况表 and 督办通报: by lead and for all, what is closed and in time, what is red, of how many."""
    status = {row["lead"]: row for row in told["resolution_status"]}
    keys = ("resolution_total", "resolutions_closed", "closed_rate", "closed_in_time", "red", "red_rate")
    assert [status["all"][key] for key in keys] == ["4", "1", "25.0", "1", "1", "25.0"]
    assert [status["housing"][key] for key in keys] == ["3", "1", "33.3", "1", "1", "33.3"]
    notice = told["supervision"]
    assert [(row["colour"], row["resolution_ref"], row["days_late"]) for row in notice] == [
        ("red", "Z1", "33"),
        ("yellow", "Z4", "0"),
    ]
    assert [notice[0][key] for key in ("lead_open", "lead_red", "lead_red_rate")] == ["1", "1", "100.0"]
    assert notice[0]["escalated_to"] == "联席会议召集人"
    states = {row["id"]: row["state"] for row in told["resolutions"]}
    assert states == {"Z1": "in_progress", "Z2": "closed", "Z3": "drafted", "Z4": "assigned"}


def test_row_5_the_ledger_of_shared_resources(told: Tables) -> None:
    """Row 5: three rooms pledged and two used leave one; information is drawn and all there."""
    held = by(told, "pledges")
    keys = ("pledged_quantity", "drawn_quantity", "balance", "drawn_rate", "users")
    assert [held["P1"][key] for key in keys] == ["3", "2", "1", "66.7", "dujiaping"]
    assert [held["P2"][key] for key in keys] == ["1", "1", "1", "100.0", "dujiaping"]


def test_traces_go_both_ways(told: Tables) -> None:
    """From a violation to the resolution and back, as rows."""
    rows = {tuple(row.values()) for row in told["conference_traces"]}
    assert ("violation", "J7", "result", "resolution", "Z2", "2") in rows
    assert ("resolution", "Z2", "origin", "violation", "J7", "2") in rows
    assert ("entry", "T1", "result", "meeting", "M1", "2") in rows
    assert ("pledge", "P1", "origin", "item", "A1", "2") in rows


def test_the_year_by_category(told: Tables) -> None:
    """共商、共推、共享: of the items proposed, how many were decided, carried and deferred."""
    rows = {row["agenda_category"]: row for row in told["agenda_years"]}
    assert [rows["major_matter"][key] for key in ("items", "items_decided", "items_carried")] == [
        "2",
        "1",
        "1",
    ]
    assert (rows["routine"]["deferrals"], rows["routine"]["carried_rate"]) == ("1", "")


def test_in_english_the_same(tmp_path: Path) -> None:
    """The reports in English hold the same codes."""
    english = office_at(tmp_path)(lang="en", **paper.tables())
    assert codes(english, "refused_pledge_acts") == ["overdrawn"]
    assert "1 间 are left" in english["refused_pledge_acts"][0]["reason"]


@pytest.mark.parametrize(
    ("table", "row", "found"),
    [
        ("resolutions", paper.resolution("Z1", "A1", "住建局;财政局"), [("leads", "two-leads")]),
        ("resolutions", paper.resolution("Z1", "A1", due=""), [("due_on", "no-deadline")]),
        (
            "resolutions",
            paper.resolution("Z1", "A1", "", "", measure=""),
            [("leads", "no-lead"), ("due_on", "no-deadline"), ("measure", "no-measure")],
        ),
        ("resolutions", paper.resolution("Z1", "A1", due="2026-09-20"), [("due_on", "due-before-resolved")]),
        (
            "resolutions",
            paper.resolution("Z1", "A1", cooperators="市住建局"),
            [("cooperators", "lead-cooperates")],
        ),
        ("resolutions", paper.resolution("Z1", "A1", "无此单位"), [("leads", "unknown-organisation")]),
        ("meetings", paper.meeting(kind="现场会"), [("meeting_site", "no-site")]),
        ("meetings", paper.meeting(day="2026-08-01"), [("meeting_day", "before-planned")]),
        ("meetings", {**paper.meeting(), "conference": "别的会议"}, [("conference", "unknown-conference")]),
        ("meetings", paper.meeting(kind="茶话会"), [("meeting_kind", "unknown-choice")]),
        ("agenda", paper.item("A1", concerned="不存在社区"), [("concerned", "unknown-community")]),
        ("agenda", paper.item("A1", references="J1"), [("reference_kind", "empty-cell")]),
        ("agenda", paper.item("A1", reference_kind="entry", references=""), [("references", "empty-cell")]),
        ("pledges", paper.pledge(member="教育局"), [("member", "not-a-member")]),
        ("pledges", paper.pledge(quantity="-3"), [("pledged_quantity", "negative-amount")]),
    ],
)
def test_row_2_and_4_bad_input_is_told_with_its_place(
    tmp_path: Path, table: str, row: dict[str, object], found: list[tuple[str, str]]
) -> None:
    """Rows 2 and 4: an on-site meeting without site, two leads and no deadline are problems with place and cure."""
    problems = faults(tmp_path, **{table: [row]})
    assert [(one.place.column, one.code) for one in problems] == found
    assert all(one.place.line == 2 for one in problems)


def test_acts_need_their_tables(tmp_path: Path) -> None:
    """Acts without the table of their cases, and acts on a case that nobody knows, are problems."""
    bare = {one.code for one in faults(tmp_path, meeting_acts=paper.session())}
    assert bare == {"no-parent-table", "unknown-case"}
    there = {"meetings": [paper.meeting()], "meeting_acts": [paper.act("close", "convener", id_="M9")]}
    assert [one.code for one in faults(tmp_path, **there)] == ["unknown-case"]


def test_a_pack_without_rules_says_so(tmp_path: Path) -> None:
    """A table whose pack has no conference.toml is a problem."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    (tmp_path / "pack" / "conference.toml").unlink()
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "../pack"\non = 2026-11-23\n', "utf-8")
    for name, rows in paper.tables().items():
        write(folder, name, rows)
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(folder, tmp_path / "out")
    assert {one.code for one in caught.value.problems} == {"no-conference-rules"}


def test_next_month_on_the_same_store(tmp_path: Path) -> None:
    """What is dated later waits; a later run ends as one run at the later day would."""
    ends = {}
    for name, days in (("twice", ["2026-09-15", "2026-10-15", "2026-11-23"]), ("once", ["2026-11-23"])):
        folder, out = tmp_path / name, tmp_path / f"{name}-out"
        folder.mkdir()
        for table, rows in paper.circulated().items():
            write(folder, table, rows)
        for day in days:
            stated = f'[case]\ntitle = "t"\npack = "huaying"\non = {day}\n'
            (folder / "case.toml").write_text(stated, "utf-8")
            hg.run_case(folder, out)
        ends[name] = {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}
    assert ends["once"] == ends["twice"]


def test_partial_a_meeting_waits_for_its_item(tmp_path: Path) -> None:
    """With --partial a faulty item withholds its meeting and its resolutions; mended, all end as if never so."""
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    whole = dict(paper.tables())
    for name, rows in whole.items():
        write(folder, name, rows)
    write(folder, "agenda", [{**paper.agenda()[0], "concerned": "不存在社区"}, *paper.agenda()[1:]])
    hg.run_case(folder, out, partial=True)
    with (out / "meetings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[next(iter(row))] for row in csv.DictReader(file)] == ["M2"]
    write(folder, "agenda", whole["agenda"])
    hg.run_case(folder, out)
    hg.run_case(folder, tmp_path / "fresh")
    mended, fresh = ({p.name: p.read_bytes() for p in d.glob("*.csv")} for d in (out, tmp_path / "fresh"))
    assert mended == fresh


def test_killed_anywhere_and_run_again(tmp_path: Path) -> None:
    """A run killed at several places and run again ends as an undisturbed one, refusals included."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for name, rows in paper.circulated().items():
        write(folder, name, rows)
    whole = fragile(-1, folder, tmp_path / "whole")
    assert whole.returncode == 0, whole.stderr
    calls = int(whole.stdout.rsplit("calls ", 1)[1])
    for part in (0.5, 0.7, 0.9):
        assert fragile(int(calls * part), folder, tmp_path / "killed").returncode == -9
    hg.run_case(folder, tmp_path / "killed")
    ends = [{p.name: p.read_bytes() for p in (tmp_path / n).glob("*.csv")} for n in ("whole", "killed")]
    assert ends[0] == ends[1]
    stores = [hg.open_store(f"sqlite:///{tmp_path / n / 'huaying.db'}") for n in ("whole", "killed")]
    assert hg.verify(stores[0]) == hg.verify(stores[1])


def test_a_changed_row_is_a_problem(tmp_path: Path, case: CaseOffice) -> None:
    """A meeting, an item or a resolution changed after it was answered is a problem; nothing is altered."""
    case(**paper.tables())
    for name, column, value in (
        ("meetings", "meeting_day", "2026-09-22"),
        ("agenda", "title", "改了"),
        ("resolutions", "due_on", "2027-01-31"),
        ("pledges", "pledged_quantity", "4"),
    ):
        rows = [dict(row) for row in paper.tables()[name]]
        rows[0][column] = value
        with pytest.raises(hg.Problems) as caught:
            case(**paper.tables(**{name: rows}))
        assert [(one.code, one.place.line) for one in caught.value.problems] == [("content-changed", 2)]
        case(**paper.tables())


def test_the_example_hears_all_nine_communities(tmp_path: Path) -> None:
    """Rows 1 and 3: in the example nine members sit, and the nine communities of the article are heard, Q2."""
    hg.run_case(ROOT / "examples" / "huaying", tmp_path / "out")
    held = results(tmp_path / "out")
    item = by(held, "agenda")["CF1"]
    assert (len(item["concerned"].split(";")), item["unheard"], item["state"]) == (9, "", "decided")
    assert by(held, "meetings")["CM1"]["member_total"] == "9"
    assert codes(held, "refused_meeting_acts") == ["double-vote"]
    assert by(held, "pledges")["CP1"]["balance"] == "1"
    assert by(held, "circulations")["CQ1"]["state"] == "awaiting"
    waits = {row["reference_kind"]: row["references"] for row in held["conference_waiting"]}
    assert waits["circulation"] == "CF4"
