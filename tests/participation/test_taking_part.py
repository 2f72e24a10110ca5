"""参与: ways from the first day, evidence of a stay, lectures and safety sessions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, changed_pack, faults
from huaying_governance.kernel.dates import SHANGHAI, add_years
from huaying_governance.packs.loading import check_pack
from huaying_governance.packs.rules.participation import ParticipationRules
from huaying_governance.participation import (
    Comer,
    Lecture,
    Residence,
    clashes,
    doors_of,
    judge_residence,
    may_take_part,
    tallies,
)
from huaying_governance.tables.specs import participation as specs

ON = date(2026, 11, 23)


def comer(**facts: date | None) -> Comer:
    return Comer(person="p-1", community="dujiaping", **facts)


# Ways ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 300])
def test_row_45_every_way_is_open_from_the_first_day(rules: ParticipationRules, days: int) -> None:
    """Row 45: ten months or one day, living or working here: the forum is open at once; the day before it is not."""
    since = ON - timedelta(days=days)
    born = date(1990, 1, 1)
    for fact in ("living_since", "worker_since"):
        told = doors_of(rules.doors, comer(born=born, **{fact: since}), ON)
        assert {ruling.outcome for ruling in told.values()} == {"eligible"}
    later = comer(born=born, living_since=ON + timedelta(days=1), worker_since=ON + timedelta(days=1))
    assert may_take_part(later, rules.doors["forum"], ON).codes == ("not-here",)


@pytest.mark.parametrize(
    "born", [date(2008, 11, 23), date(2008, 2, 29), date(2008, 11, 24), date(2008, 12, 1)]
)
def test_an_age_is_asked_only_where_the_way_has_one(rules: ParticipationRules, born: date) -> None:
    """Eighteen on the day for the residents' meeting, leap-day births on 28 February; the forum asks no age."""
    one = comer(born=born, living_since=ON)
    assert may_take_part(one, rules.doors["forum"], ON).outcome == "eligible"
    grown = add_years(born, 18)
    meeting = rules.doors["residents_meeting"]
    for day in (grown - timedelta(days=1), grown, grown + timedelta(days=1)):
        here = comer(born=born, living_since=date(2008, 1, 1))
        assert (may_take_part(here, meeting, day).outcome == "eligible") == (day >= grown)


def test_what_is_unknown_is_not_a_no(rules: ParticipationRules) -> None:
    """Without a day of birth or of coming the answer waits for it; a known no decides all the same."""
    meeting, forum = rules.doors["residents_meeting"], rules.doors["forum"]
    assert may_take_part(comer(living_since=ON), meeting, ON).missing == ("born",)
    assert may_take_part(comer(), forum, ON).missing == ("living_since",)
    later = ON + timedelta(days=1)
    assert may_take_part(comer(living_since=later), forum, ON).missing == ("worker_since",)
    assert may_take_part(comer(worker_since=later), forum, ON).missing == ("living_since",)
    assert may_take_part(comer(born=date(2020, 1, 1)), meeting, ON).codes == ("too-young",)


def test_participants_in_a_case_folder(office: Office) -> None:
    """Row 45: the same table answers each way with its reason, twice alike."""
    base = {"person": "p-1", "community": "dujiaping", "born": "1990-01-01", "living_since": "2026-01-20"}
    out = office(
        participants=[{**base, "way": "议事厅"}, {**base, "way": "residents_meeting", "born": ""}], lang="en"
    )
    assert [row["outcome"] for row in out["participants"]] == ["eligible", "undetermined"]
    assert out["participants"][1]["missing"] == "born"


# Evidence --------------------------------------------------------------------------------------------------------


def stay(since: date | None, evidence: str) -> Residence:
    return Residence(person="p-1", community="dujiaping", reason="business", since=since, evidence=evidence)


def test_row_46_a_lease_and_eight_months_are_accepted(rules: ParticipationRules) -> None:
    """Row 46: a lease and eight months are accepted; word of mouth leaves the evidence missing, and is no refusal."""
    since = date(2026, 3, 23)
    assert judge_residence(stay(since, "lease"), rules.residence, ON).outcome == "accepted"
    spoken = judge_residence(stay(since, "verbal"), rules.residence, ON)
    assert (spoken.outcome, spoken.missing) == ("undetermined", ("evidence",))
    assert spoken.remedies


@pytest.mark.parametrize("evidence", ["permit", "lease", "title", "lodging", "grid", "verbal"])
def test_row_46_day_by_day(rules: ParticipationRules, evidence: str) -> None:
    """Row 46: from the 183rd day on, by every kind of evidence that counts; before it the day is told."""
    counts = evidence in rules.residence.evidence
    for days in (0, 182, 183, 184):
        ruling = judge_residence(stay(ON - timedelta(days=days), evidence), rules.residence, ON)
        if days < 183:
            assert ruling.codes == ("too-short",)
            assert (ON + timedelta(days=183 - days)).isoformat() in ruling.explain("en")
        else:
            assert ruling.outcome == ("accepted" if counts else "undetermined")
    unknown = judge_residence(stay(None, evidence), rules.residence, ON)
    assert unknown.missing == (("living_since",) if counts else ("living_since", "evidence"))


def test_residences_in_a_case_folder(office: Office) -> None:
    """Row 46: by marriage or for trade, each stay with its reason and citation."""
    base = {
        "person": "p-1",
        "community": "杜家坪社区",
        "residence_reason": "婚配",
        "living_since": "2026-03-23",
    }
    out = office(
        residences=[{**base, "evidence_kind": "租赁合同"}, {**base, "person": "p-2", "evidence_kind": "口头"}]
    )
    assert [row["outcome"] for row in out["residences"]] == ["accepted", "undetermined"]
    assert out["residences"][1]["missing"] == "evidence"
    assert "居住证" not in out["residences"][0]["reason"]


# Lectures --------------------------------------------------------------------------------------------------------


def lecture(
    id_: str, start: int, end: int, room: str = "r-1", speaker: str = "", kind: str = "lecture"
) -> Lecture:
    base = datetime(2026, 11, 21, tzinfo=SHANGHAI)  # a Saturday
    return Lecture(
        id=id_,
        kind=kind,
        community="dujiaping",
        room=room,
        speaker=speaker or id_,
        from_at=base + timedelta(minutes=start),
        to_at=base + timedelta(minutes=end),
    )


def test_row_56_two_in_one_room_on_one_weekend_clash() -> None:
    """Row 56: 9 to 10 and 9:59 to 11 in one room clash on a Saturday; 10 to 11 follows; another room is free."""
    first = lecture("L1", 540, 600)
    assert first.weekend
    assert clashes([first, lecture("L2", 599, 660)]) == {"L1": ("L2",), "L2": ("L1",)}
    assert clashes([first, lecture("L2", 600, 660)]) == {}
    assert clashes([first, lecture("L2", 540, 600, "r-2")]) == {}
    assert clashes([first, lecture("L2", 540, 600, "r-2", "L1")]) == {"L1": ("L2",), "L2": ("L1",)}


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("ab"), st.sampled_from("xyz")),
        max_size=14,
    )
)
def test_row_56_clashes_equal_comparing_every_pair(held: list[tuple[int, int, str, str]]) -> None:
    """Row 56: what clashes is what a comparison of every pair finds, whatever the order of the rows."""
    made = [lecture(f"L{n:02}", s, s + d, room, who) for n, (s, d, room, who) in enumerate(held)]
    expected: dict[str, set[str]] = {}
    for one in made:
        for other in made:
            shared = one.room == other.room or one.speaker == other.speaker
            if one is not other and shared and one.from_at < other.to_at and other.from_at < one.to_at:
                expected.setdefault(one.id, set()).add(other.id)
    assert {id_: set(others) for id_, others in clashes(made).items()} == expected
    assert clashes(made) == clashes(reversed(made))


def test_tallies_say_what_was_not_counted() -> None:
    """Sessions without head-count are sessions all the same, and are not heads of nobody."""
    held = [lecture("L1", 0, 60, kind="fire"), lecture("L2", 60, 90, kind="fire")]
    one = tallies(held)[0]
    assert (one.month, one.kind, one.sessions, one.counted, one.heads) == ("2026-11", "fire", 2, 0, 0)


ROW = {
    "id": "L1",
    "kind": "防艾",
    "community": "dujiaping",
    "room": "r-1",
    "speaker": "s-1",
    "from_at": "2026-11-21T09:00",
    "to_at": "2026-11-21T10:00",
    "head_count": "40",
}


def test_row_57_hiv_prevention_keeps_a_head_count_and_nobody(tmp_path: Path, office: Office) -> None:
    """Row 57: forty heads are kept; a list of listeners of any safety session is a problem, of a lecture it is not."""
    for kind in ("防艾", "消防", "用电用气"):
        home = tmp_path / kind
        home.mkdir()
        heard = [{"lecture": "L1", "person": "p-1"}]
        found = faults(home, lectures=[{**ROW, "kind": kind}], lecture_listeners=heard)
        assert [one.code for one in found] == ["head-count-only"]
    fire = {
        **ROW,
        "id": "L2",
        "kind": "党员小讲堂",
        "from_at": "2026-11-21T09:30",
        "to_at": "2026-11-21T10:30",
    }
    later = {
        **ROW,
        "id": "L3",
        "kind": "用电用气",
        "from_at": "2026-12-21T09:30",
        "to_at": "2026-12-21T10:30",
    }
    heard = [{"lecture": "L2", "person": f"p-{n}"} for n in (1, 1, 2)]
    out = office(lectures=[ROW, {**fire, "head_count": "1"}, later], lecture_listeners=heard)
    told = {row["id"]: row for row in out["lectures"]}
    assert (told["L1"]["head_count"], told["L1"]["listed"]) == ("40", "0")
    assert told["L1"]["codes"] == "clash"
    assert told["L2"]["codes"] == "clash;more-listed-than-counted"
    assert told["L2"]["listed"] == "2"
    assert {row["kind"]: row["head_count"] for row in out["lecture_months"]} == {"hiv": "40", "lecture": "1"}


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("lectures", {"to_at": "2026-11-21T09:00"}, "to-before-from"),
        ("lectures", {"speaker": "张三"}, "not-a-reference"),
        ("lectures", {"kind": "sermon"}, "unknown-choice"),
        ("lecture_listeners", {"lecture": "L9"}, "unknown-lecture"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, table: str, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written."""
    rows = {"lectures": {**ROW, "kind": "lecture"}, "lecture_listeners": {"lecture": "L1", "person": "p-1"}}
    rows[table] = {**rows[table], **changed}
    found = faults(tmp_path, **{name: [row] for name, row in rows.items()})
    assert code in {one.code for one in found}


# Rules of a pack -------------------------------------------------------------------------------------------------


def pack(folder: Path, *changes: tuple[str, str], drop: bool = False) -> Path:
    changed_pack(folder, "participation.toml", *changes)
    if drop:
        (folder / "participation.toml").unlink()
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("confirm_days = 30", "confirm_days = 0", "out-of-range"),
        ('"criminal", ', '"crime", ', "not-one-of"),
        ('consent_source = "mediation2010#17"', 'consent_source = "nowhere"', "unknown-source"),
        ('kind = "members"', 'kind = "branch"', "missing-meetings"),
        ('attend = "two_thirds"', 'attend = "most"', "not-one-of"),
        ('"permit", ', '"oath", ', "not-one-of"),
        ("[forum]", "[forum", "toml-syntax"),
    ],
)
def test_faulty_rules_are_told_with_their_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """An unknown source, a share that is none, a meeting without rules: each with file and cure."""
    found = check_pack(pack(tmp_path / "place", (old, new)))
    told = next(one for one in found if one.code == code)
    assert "participation.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en


def test_without_rules_nothing_is_judged(tmp_path: Path) -> None:
    """A pack without `participation.toml`: every table is a problem; a way that a pack leaves out is one too."""
    case = tmp_path / "case"
    case.mkdir()
    pack(case / "place", drop=True)
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "place"\non = 2026-11-23\n', "utf-8")
    (case / "participants.csv").write_text("person,community,way\np-1,dujiaping,forum\n", "utf-8")
    (case / "residences.csv").write_text(
        "person,community,residence_reason,living_since,evidence_kind\np-1,dujiaping,work,2026-01-01,lease\n",
        "utf-8",
    )
    (case / "topics.csv").write_text(
        "id,community,route,decider,proposer,title,private_matter,at\n"
        "T1,dujiaping,forum,forum,resident,t,no,2026-09-01T10:00\n",
        "utf-8",
    )
    (case / "mediations.csv").write_text(
        "id,community,kind,origin,parties,at\nM1,dujiaping,other,found,p-1;p-2,2026-09-01T10:00\n", "utf-8"
    )
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, tmp_path / "out")
    assert [one.code for one in caught.value.problems] == ["no-participation-rules"] * 4
    hg.run_case(case, tmp_path / "partial", partial=True)
    for name in ("topics", "mediations", "residences"):
        (case / f"{name}.csv").unlink()
    pack(case / "other", ('way = "forum"', 'way = "suggestion"'))
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "other"\non = 2026-11-23\n', "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, tmp_path / "out")
    assert [one.code for one in caught.value.problems] == ["unknown-way"]


def test_tables_that_hold_only_a_header(tmp_path: Path) -> None:
    """Nothing to judge, nothing reported as wrong."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for spec in specs.INPUTS:
        heads = ",".join(column.name for column in spec.columns)
        (tmp_path / f"{spec.name}.csv").write_text(heads + "\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems
