"""传签 and 离会 from the outside: tables of a case folder to reports, refusals with remedies, dated members."""

from __future__ import annotations

import shutil
from pathlib import Path

import paper
import pytest

import huaying_governance as hg
from folders import Office as CaseOffice
from folders import Tables, faults, office_at, results, write
from huaying_governance.packs.finding import SHIPPED


@pytest.fixture
def told(case: CaseOffice) -> Tables:
    """The results of the example with circulations."""
    return case(**paper.circulated())


def by(told: Tables, name: str, key: str = "id") -> dict[str, dict[str, str]]:
    return {row[key]: row for row in told[name]}


def test_what_became_of_circulations(told: Tables) -> None:
    """Confirmed by the next meeting, lapsed there, not signed in time, never sent: each with what to do."""
    held = by(told, "circulations")
    assert {id_: row["state"] for id_, row in held.items()} == {
        "Q1": "confirmed",
        "Q2": "lapsed",
        "Q3": "circulating",
        "Q4": "drafted",
    }
    assert (held["Q1"]["confirmed_at"], held["Q2"]["lapsed_at"], held["Q1"]["codes"]) == ("M2", "M2", "")
    assert held["Q2"]["codes"] == "lapsed"
    assert "会议M2未确认，传签失效" in held["Q2"]["reason"]
    assert "可以：撤销据此作出的议定事项" in held["Q2"]["reason"]
    assert (held["Q3"]["codes"], held["Q3"]["sign_due"]) == ("sign-overdue", "2026-10-12")
    assert "8家未签署，同意1家，须9家" in held["Q3"]["reason"]
    assert len(held["Q3"]["unsigned"].split(";")) == 8
    assert all("默认" in row["citation"] for row in held.values())
    assert [row["codes"] for row in told["refused_circulation_acts"]] == ["needs-meeting", "sign-late"]
    assert all("可以：" in row["reason"] for row in told["refused_circulation_acts"])


def test_who_signed_when(told: Tables) -> None:
    """Every signature with the member, who signed, and the moment."""
    rows = [row for row in told["circulation_signatures"] if row["circulation"] == "Q1"]
    assert [(row["member"], row["signatory"]) for row in rows] == [
        (one, paper.rep(one)) for one in paper.MEMBERS
    ]
    assert {(row["at"], row["consents"]) for row in rows} == {("2026-10-09T09:00+08:00", "yes")}


def test_what_rests_on_them(told: Tables) -> None:
    """Work goes on where the circulation was confirmed; where it lapsed it is refused, without colour and share."""
    held = by(told, "resolutions")
    assert [(held[one]["state"], held[one]["lapsed"]) for one in ("Z5", "Z6")] == [
        ("in_progress", "no"),
        ("assigned", "yes"),
    ]
    assert (held["Z5"]["circulation"], held["Z5"]["colour"], held["Z6"]["colour"]) == ("Q1", "red", "")
    assert "lapsed" in [row["codes"] for row in told["refused_resolution_acts"]]
    assert by(told, "resolution_status", "lead")["all"]["resolution_total"] == "5"
    assert "Z6" not in {row["resolution_ref"] for row in told["supervision"]}
    rows = {tuple(row.values()) for row in told["conference_traces"]}
    assert ("circulation", "Q1", "result", "resolution", "Z5", "1") in rows
    assert ("item", "A7", "result", "circulation", "Q2", "1") in rows


def test_items_say_that_they_were_circulated(told: Tables) -> None:
    """An item confirmed by a meeting is decided; the others are lapsed or being circulated, and counted in the year."""
    held = by(told, "agenda")
    assert [held[f"A{n}"]["state"] for n in (4, 6, 7, 8)] == ["screened", "decided", "lapsed", "circulating"]
    assert by(told, "agenda_years", "agenda_category")["routine"]["items_circulated"] == "3"


def test_who_left_is_told(told: Tables) -> None:
    """The meeting names who left; the decision says how many were there; the attendance counts the leaving."""
    met = by(told, "meetings")["M2"]
    assert (met["seated"], met["left_early"], met["state"]) == ("6", paper.MEMBERS[5], "held")
    made = by(told, "decisions", "item")["A6"]
    assert [made[key] for key in ("votes_for", "present_members", "quorum_needed")] == ["6", "5", "5"]
    rows = by(told, "attendance_rates", "member")
    assert [rows[one]["left_meetings"] for one in paper.MEMBERS[4:6]] == ["0", "1"]


def test_in_english_the_same(tmp_path: Path) -> None:
    """The reports in English hold the same codes and say the same."""
    held = by(office_at(tmp_path)(lang="en", **paper.circulated()), "circulations")
    assert "meeting M2 did not confirm it" in held["Q2"]["reason"]
    assert "8 have not signed, 1 agree, 9 must" in held["Q3"]["reason"]


def test_without_a_quorum_nothing_is_resolved(case: CaseOffice) -> None:
    """Two more leave before the decision: it is refused, and how to put it right is said; the meeting stays open."""
    tables = dict(paper.circulated())
    gone = [paper.act("离会", "member", "2026-10-13T09:02", "M2", member=one) for one in paper.MEMBERS[3:5]]
    tables["meeting_acts"] = [*tables["meeting_acts"], *gone]
    told = case(**tables)
    row = next(one for one in told["refused_meeting_acts"] if "quorum-lost" in one["codes"])
    assert "在会3家，不足法定的5家" in row["reason"]
    assert "可以：请离会单位返回签到" in row["reason"]
    assert by(told, "meetings")["M2"]["state"] == "open"
    held = by(told, "circulations")["Q1"]
    assert (held["state"], held["days_unconfirmed"], held["codes"]) == ("awaiting", "44", "unconfirmed")


@pytest.mark.parametrize(
    ("table", "row", "found"),
    [
        ("circulations", paper.circulation("Q1", "A1", urgency=""), []),
        (
            "circulations",
            paper.circulation("Q1", "A1", conference="别的会议"),
            [("conference", "unknown-conference")],
        ),
        ("circulations", paper.circulation("Q1", ""), [("item", "empty-cell")]),
        ("resolutions", paper.resolution("Z1", "A1", meeting=""), [("meeting", "no-meeting")]),
        ("resolutions", paper.resolution("Z1", "A1", circulation="Q1"), [("meeting", "two-grounds")]),
    ],
)
def test_bad_input_is_told_with_its_place(
    tmp_path: Path, table: str, row: dict[str, object], found: list[tuple[str, str]]
) -> None:
    """An unknown conference, no item, nothing or two things that a resolution rests on."""
    if not found:
        told = office_at(tmp_path)(**{table: [row]})
        assert told["circulations"][0]["state"] == "drafted"
        return
    assert [(one.place.column, one.code) for one in faults(tmp_path, **{table: [row]})] == found


def test_members_come_and_go_with_the_pack(tmp_path: Path) -> None:
    """A member that joined after the meeting is not due at it; one that left is no longer counted, nor pledges."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    path = tmp_path / "pack" / "conference.toml"
    text = path.read_text("utf-8")
    text = text.replace('liaison = "L9"', 'liaison = "L9"\nfrom = 2026-10-01', 1)
    text = text.replace('liaison = "L8"', 'liaison = "L8"\nto = 2026-09-30', 1)
    path.write_text(text, "utf-8")
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "../pack"\non = 2026-11-23\n', "utf-8")
    tables = dict(paper.circulated())
    for name, rows in tables.items():
        write(folder, name, rows)
    hg.run_case(folder, tmp_path / "out")
    told = results(tmp_path / "out")
    met = by(told, "meetings")
    assert [(met[one]["member_total"], met[one]["quorum_needed"]) for one in ("M1", "M2")] == [
        *(("8", "5"), ("8", "5"))
    ]
    rows = by(told, "attendance_rates", "member")
    assert [rows[one]["meetings_held"] for one in ("finance", "shuanghe", "urban-management")] == [
        "2",
        "1",
        "1",
    ]
    assert rows["shuanghe"]["member_terms"] == "2026-10-01~"
    assert rows["urban-management"]["member_terms"] == "~2026-09-30"
    assert "not-a-member" in [row["codes"] for row in told["refused_meeting_acts"]]
    write(folder, "pledges", [paper.pledge("P9", member="城管局", date="2026-10-02")])
    write(folder, "pledge_acts", [paper.draw("P9", "draw", "1")])
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(folder, tmp_path / "out2")
    assert [(one.place.column, one.code) for one in caught.value.problems] == [("member", "not-a-member")]


def test_partial_what_rests_on_a_withheld_item_waits(tmp_path: Path) -> None:
    """With --partial a faulty item withholds its circulation and its resolution; mended, all end as if never so."""
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    whole = dict(paper.circulated())
    for name, rows in whole.items():
        write(folder, name, rows)
    broken = [{**one, "concerned": "不存在社区"} if one["id"] == "A7" else one for one in whole["agenda"]]
    write(folder, "agenda", broken)
    hg.run_case(folder, out, partial=True)
    held = results(out)
    assert set(by(held, "circulations")) == {"Q1", "Q3", "Q4"}
    assert "Z6" not in by(held, "resolutions")
    write(folder, "agenda", whole["agenda"])
    hg.run_case(folder, out)
    hg.run_case(folder, tmp_path / "fresh")
    mended, fresh = ({p.name: p.read_bytes() for p in d.glob("*.csv")} for d in (out, tmp_path / "fresh"))
    assert mended == fresh
