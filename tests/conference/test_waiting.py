"""待列入议题: whatever the store knows as escalated waits until an item of the agenda refers to it."""

from __future__ import annotations

from pathlib import Path

import paper
import pytest

from folders import Office as CaseOffice
from folders import Rows, Tables, office_at

ASSIGNED = ("2026-09-01", "2026-09-02", "2026-09-03")


def assignments() -> Rows:
    """Return three refusals of one assigner: that many within the days of the pack go to the conference."""
    said = {"assigner": "住建局", "community": "杜家坪社区", "matter": "无此事项", "title": "示例交办"}
    rest = {"funding": "", "emergency": ""}
    return [{"id": f"J{n}", "date": day, **said, **rest} for n, day in enumerate(ASSIGNED, 1)]


def entries() -> Rows:
    said = {"kind": "livelihood", "source": "visit", "category": "", "community": "杜家坪社区"}
    rest = {"received_at": "2026-09-01T09:00", "summary": "示例", "petitioner": ""}
    return [{"id": f"T{n}", **said, **rest} for n in (1, 2, 3)]


def action(entry: str, name: str, day: str, role: str, **more: str) -> dict[str, object]:
    empty = dict.fromkeys(("lead", "handler", "reason", "days", "evidence", "satisfied", "target"), "")
    return {"entry": entry, "at": f"{day}T10:00", "action": name, "actor": "X", "role": role, **empty, **more}


def actions() -> Rows:
    return [
        action("T1", "escalate", "2026-09-04", "clerk", reason="多部门职责不清"),
        action("T2", "escalate", "2026-09-05", "clerk", reason="r"),
        action("T2", "decline", "2026-09-06", "clerk", reason="r"),
    ]


def whistles() -> Rows:
    return [
        {
            "id": "W1",
            "community": "杜家坪社区",
            "kind": "urgent",
            "responder": "department",
            "matter": "",
            "at": "2026-09-07T09:00",
        }
    ]


def whistle_acts() -> Rows:
    """Return the acts of a whistle that was sent out, and then put to the conference."""
    empty = dict.fromkeys(("bodies", "lead", "reason", "basis", "evidence", "days", "satisfied", "score"), "")
    sent = {"at": "2026-09-07T10:00", "action": "dispatch", "actor": "centre", "role": "centre"}
    put = {"at": "2026-09-08T09:00", "action": "escalate", "actor": "杜家坪社区", "role": "community"}
    return [
        {"whistle": "W1", **empty, **sent, "bodies": "民政局"},
        {"whistle": "W1", **empty, **put, "reason": "久拖不决"},
    ]


def disputes() -> Tables:
    """Return a dispute over one cell of a boundary that was put to the superior."""
    said = {"segment": "S1", "boundary_matter": "消防", "dispute_kind": "管理权责", "at": "2026-09-09T09:00"}
    act = {"boundary_dispute": "D1", "at": "2026-09-10T09:00", "action": "escalate", "actor": "双河街道"}
    lead = {"segment": "S1", "boundary_matter": "道路", "lead": "双河街道", "from": "2026-01-01"}
    return {
        "segments": [{"id": "S1", "side_a": "双河街道", "side_b": "古桥街道"}],
        "cell_leads": [{**lead, "agreement_no": "示例1号"}],
        "boundary_disputes": [{"id": "D1", **said}],
        "boundary_dispute_acts": [{**act, "role": "side", "reason": "协商不成"}],
    }


def item(id_: str, kind: str, references: str, day: str = "2026-10-01") -> dict[str, object]:
    return paper.item(id_, date=day, reference_kind=kind, references=references)


def waits(told: Tables) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["reference_kind"], row["references"]): row for row in told["conference_waiting"]}


def test_violations_that_reached_the_threshold_wait(case: CaseOffice) -> None:
    """Three refusals of one assigner are offered as one matter, with the clause of the threshold."""
    told = case(assignments=assignments(), agenda=[])
    row = waits(told)["violation", "J1;J2;J3"]
    assert (row["waiting_since"], row["concerned"]) == ("2026-09-03", "dujiaping")
    assert "违规下派3次" in row["title"]
    assert row["citation"]


def test_an_item_that_refers_to_them_ends_the_wait(case: CaseOffice) -> None:
    """Referred to in part, the rest waits; wholly, nothing does; an item that was withdrawn refers to nothing."""
    part = [item("A1", "violation", "J1;J3")]
    assert set(waits(case(assignments=assignments(), agenda=part))) == {("violation", "J2")}
    both = [*part, item("A2", "违规下派", "J2")]
    assert not case(assignments=assignments(), agenda=both)["conference_waiting"]
    gone = [paper.item_act("A2", "撤回", "提议单位", at="2026-10-02T09:00", actor="民政局", reason="r")]
    told = case(assignments=assignments(), agenda=both, agenda_acts=gone)
    assert set(waits(told)) == {("violation", "J2")}


def test_an_item_of_another_kind_does_not_refer_to_them(case: CaseOffice) -> None:
    """The same id under another kind is another thing."""
    told = case(assignments=assignments(), agenda=[item("A1", "assignment", "J1;J2;J3")])
    assert set(waits(told)) == {("violation", "J1;J2;J3")}


def test_entries_of_the_ledger_that_were_escalated_wait(case: CaseOffice) -> None:
    """An open entry that was escalated waits, with the reason; one that is closed, or was not escalated, does not."""
    told = case(entries=entries(), actions=actions(), agenda=[])
    held = waits(told)
    assert set(held) == {("entry", "T1")}
    row = held["entry", "T1"]
    assert (row["waiting_since"], row["reason"], row["concerned"]) == (
        *("2026-09-04", "台账条目T1提请研究：多部门职责不清", "dujiaping"),
    )
    assert not case(entries=entries(), actions=actions(), agenda=[item("A1", "entry", "T1")])[
        "conference_waiting"
    ]


def test_what_is_escalated_again_waits_again(case: CaseOffice) -> None:
    """An item that is older than the last escalation does not answer it; one of the same day does."""
    again = [*actions(), action("T1", "escalate", "2026-10-05", "clerk", reason="仍未解决")]
    told = case(entries=entries(), actions=again, agenda=[item("A1", "entry", "T1", "2026-10-04")])
    assert waits(told)["entry", "T1"]["reason"].endswith("：仍未解决")
    answered = [item("A1", "entry", "T1", "2026-10-04"), item("A2", "entry", "T1", "2026-10-05")]
    assert not case(entries=entries(), actions=again, agenda=answered)["conference_waiting"]


def test_whistles_put_to_the_conference_wait(case: CaseOffice) -> None:
    """A whistle that was escalated waits with its reason until an item refers to it."""
    row = waits(case(whistles=whistles(), whistle_acts=whistle_acts(), agenda=[]))["whistle", "W1"]
    assert [row[key] for key in ("waiting_since", "reason", "sponsor", "concerned")] == [
        *("2026-09-08", "社区吹哨W1提请研究：久拖不决", "dujiaping", "dujiaping"),
    ]
    told = case(whistles=whistles(), whistle_acts=whistle_acts(), agenda=[item("A1", "社区吹哨", "W1")])
    assert not told["conference_waiting"]


def test_disputes_put_to_the_superior_wait(case: CaseOffice) -> None:
    """A dispute over the boundary that was escalated waits: the conference may decide it."""
    row = waits(case(**disputes(), agenda=[]))["dispute", "D1"]
    assert [row[key] for key in ("waiting_since", "reason", "sponsor")] == [
        *("2026-09-10", "权责争议D1提请裁定：协商不成", "shuanghe"),
    ]
    assert not case(**disputes(), agenda=[item("A1", "权责争议", "D1")])["conference_waiting"]


def test_overdue_resolutions_that_were_escalated_wait(case: CaseOffice) -> None:
    """A resolution taken to a higher level waits for an item of its own kind."""
    told = case(**paper.tables())
    row = waits(told)["resolution", "Z1"]
    assert (row["waiting_since"], row["sponsor"], row["title"]) == ("2026-10-23", "housing", "示例事项")
    more = [*paper.agenda(), item("A9", "resolution", "Z1", "2026-10-30")]
    assert ("resolution", "Z1") not in waits(case(**paper.tables(agenda=more)))


def test_what_was_settled_by_circulation_reason_its_meeting(case: CaseOffice) -> None:
    """Settled and on no agenda it is offered, by its item; placed, confirmed or lapsed it is not."""
    tables = dict(paper.circulated())
    acts = [one for one in tables["meeting_acts"] if one["meeting"] != "M2"]
    told = case(**{**tables, "meeting_acts": acts})
    assert {one for one in waits(told) if one[0] == "circulation"} == {
        ("circulation", "A6"),
        ("circulation", "A7"),
    }
    placed = [one for one in tables["meeting_acts"] if one["meeting"] != "M2" or one["action"] == "列入议程"]
    assert ("circulation", "A6") not in waits(case(**{**tables, "meeting_acts": placed}))
    assert not [one for one in waits(case(**tables)) if one[0] == "circulation"]


def test_it_is_told_to_the_conference_alone(case: CaseOffice) -> None:
    """The report is written where the case has a table of the conference, if only its header, and not else."""
    assert "conference_waiting" not in case(assignments=assignments())
    assert set(waits(case(assignments=assignments(), agenda=[]))) == {("violation", "J1;J2;J3")}


def test_nothing_waits(case: CaseOffice) -> None:
    """Where nothing was escalated the report is there and empty."""
    assert case(agenda=[paper.item("A1")])["conference_waiting"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_both_languages(tmp_path: Path, lang: str) -> None:
    """The longest wait first, told in the language that was asked for."""
    told = office_at(tmp_path)(
        lang=lang, assignments=assignments(), entries=entries(), actions=actions(), agenda=[]
    )
    rows = told["conference_waiting"]
    assert [row["reference_kind"] for row in rows] == ["violation", "entry"]
    assert rows[1]["title"] == "台账条目T1提请研究"
    said = {"zh": "台账条目T1提请研究：多部门职责不清", "en": "entry T1 of the ledger: 多部门职责不清"}
    assert rows[1]["reason"] == said[lang]
