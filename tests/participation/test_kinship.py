"""近亲属回避: relations as declared; who may not sit together; who leaves the election committee."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, changed_pack, faults, in_part, office_at
from huaying_governance.participation.election import Act, Election
from huaying_governance.participation.kinship import (
    NO_DECLARATION,
    Kinship,
    Relation,
    judge_declared,
    judge_member,
    judge_official,
    judge_pair,
    kin_rules,
)
from huaying_governance.participation.office import election_books
from huaying_governance.participation.roll import Act as EnrolAct
from huaying_governance.participation.roll import Registration, Roll, RollAct
from participation.test_elections import (
    DECISION,
    ELECTION,
    OBJECTION,
    PAPERS,
    PEOPLE,
    POLLING,
    ROLL,
    START,
    VOTE,
    Hall,
    at,
    entered,
    held,
    roll_act,
    shipped,
)

NAMES = st.sampled_from(["a", "b", "c", "d"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
RELATIONS = st.lists(
    st.builds(
        lambda person, relative, since, length: Relation(
            person=person,
            relative="" if relative == person else relative,
            since=since,
            until=None if length is None else since + timedelta(days=length),
        ),
        NAMES,
        NAMES,
        DAYS,
        st.none() | st.integers(0, 10),
    ),
    max_size=8,
)


def rules_of(body: str = "residents_committee") -> Any:
    found = kin_rules(shipped().kinship, body, POLLING)
    assert found is not None
    return found


# What is declared -------------------------------------------------------------------------------------------------


@given(RELATIONS, NAMES, NAMES, DAYS)
def test_relations_equal_looking_them_up(declared: list[Relation], one: str, other: str, day: date) -> None:
    """A relation holds both ways, from its first to its last day, whoever declared it; nobody is related to oneself."""
    kin = Kinship(tuple(declared))
    holds = [
        {each.person, each.relative}
        for each in declared
        if each.relative and each.since <= day and (each.until is None or day <= each.until)
    ]
    assert kin.near(one, other, day) is (one != other and {one, other} in holds)
    assert kin.near(one, other, day) is kin.near(other, one, day)
    assert kin.knows(one, day) is any(each.person == one and each.since <= day for each in declared)
    names = ["a", "b", "c", "d"]
    assert set(kin.pairs(names, day)) == {tuple(sorted(each)) for each in holds}
    assert (other in kin.touching(one, [other], day)) is (one == other or {one, other} in holds)


@given(RELATIONS, st.sets(NAMES), NAMES, DAYS)
def test_a_ruling_is_never_a_guess(
    declared: list[Relation], others: set[str], person: str, day: date
) -> None:
    """Barred only by a declared relation; clear only for whoever has declared; else undetermined, with what is missing;
    each with its clause, and a way on where it is not clear."""
    kin, rules = Kinship(tuple(declared)), rules_of()
    related = any(kin.near(person, other, day) for other in others)
    for ruling, word, met in [
        (judge_member(person, others, kin, rules, day), "barred", related),
        (judge_official(person, others, kin, rules, day), "must_leave", related or person in others),
    ]:
        known = kin.knows(person, day)
        assert ruling.outcome == (word if met else "clear" if known else "undetermined")
        assert ruling.missing == ((NO_DECLARATION,) if ruling.outcome == "undetermined" else ())
        assert ruling.citations
        assert (len(ruling.remedies) == 0) is (ruling.outcome == "clear")


def test_the_clauses() -> None:
    """Communities by articles 8 and 15 of the law; villages by rules from memory that are to be checked, and said so;
    before 2026 the pack states nothing."""
    rules = rules_of()
    assert (rules.members.source.id, rules.committee.source.id) == ("rc2025", "rc2025")
    assert "8" in rules.members.say("en")
    assert "15" in rules.committee.say("en")
    assert rules_of("villagers_committee").members.source.id == "village-relatives"
    assert kin_rules(shipped().kinship, "residents_committee", date(2025, 12, 31)) is None
    assert judge_pair("standing", rules).codes == ("relatives-stand",)
    assert judge_pair("elected", rules).codes == ("near-relatives",)
    none = Kinship((Relation(person="p", relative="", since=START),))
    assert judge_declared("p", none, rules, START) is None


# In an election ---------------------------------------------------------------------------------------------------


def hall(*declared: tuple[str, str], seats: int = 1, others: tuple[Any, ...] = ()) -> Hall:
    """Return an election of twelve voters with these relations."""
    made = Hall(seats=seats)
    kin = Kinship(tuple(Relation(person=a, relative=b, since=START) for a, b in declared))
    made.terms = evolve(made.terms, kin=kin, avoidance=shipped().kinship, on_roll=lambda _: others)
    made.book = type(made.book)(made.store, made.book._work, made.terms)
    return made


def test_whoever_is_nominated_has_no_hand_in_the_election() -> None:
    """Art. 15: nominated, or a near relative is: such an official acts for the committee no more, not even to enter the
    nomination; when the candidate stands down, again; a voter's own acts are not the committee's."""
    one = hall(("c-2", "p-1"))
    named = {"candidate": "p-1", "nominator": "branch", "fit": True}
    assert one.refused("nominate", "p-1", **named) == ("must-step-down",)
    assert one.refused("nominate", "c-2", **named) == ("must-step-down",)
    one.do("nominate", **named)
    other = {"candidate": "p-2", "nominator": "branch", "fit": True}
    for actor in ("p-1", "c-2"):
        assert one.refused("nominate", actor, **other) == ("must-step-down",)
    one.do("give_proxy", "p-6", "voter", holder="p-5", evidence="x")
    one.do("stand_down", "p-1", "candidate")
    one.do("nominate", "c-2", **other)


def test_those_of_the_other_elections_on_the_roll_count() -> None:
    """One committee is voted for in several elections: who stands in one has no hand in the other."""
    first = hall()
    first.nominate("p-1")
    second = hall(("c-1", "p-1"), others=(first.book.standing("E"),))
    named = {"candidate": "p-2", "nominator": "branch", "fit": True}
    assert second.refused("nominate", **named) == ("must-step-down",)
    second.do("nominate", "c-3", **named)


def test_nor_in_the_roll_and_its_registrations() -> None:
    """Such an official has no hand in the roll either: it neither enters voters nor publishes; before
    the nomination, on another roll, and for a voter's own act, nothing is refused."""
    kin = Kinship((Relation(person="c-2", relative="p-1", since=date(2026, 1, 1)),))
    store = hg.open_store("memory:")
    rules = shipped()
    books = election_books(
        store, rules.rolls, rules.modes, hg.china_calendar(), kin=kin, avoidance=rules.kinship
    )
    body = "residents_committee"
    for id_, day in (("C", POLLING), ("D", POLLING + timedelta(days=700))):
        books.rolls.open(
            id_, Roll(id=id_, community="dujiaping", body=body, polling_day=day, at=at(START - timedelta(60)))
        )
        for n in (1, 2):
            who = Registration(roll=id_, person=f"p-{n}", hukou=True, at=at(START - timedelta(50)))
            books.registrations.open(f"{id_}-{n}", who)
    books.elections.open(
        "E", Election(roll="C", mode="direct", office="", seats=1, at=at(START - timedelta(50)))
    )

    def check(id_: str, actor: str, day: date) -> tuple[str, ...]:
        one = EnrolAct(action="check", at=at(day), actor=actor, role="committee", fit=True)
        ruling = books.registrations.attempt(id_, one, f"{id_}{actor}{day}")
        return () if ruling is None else ruling.codes

    assert check("C-1", "c-2", START - timedelta(40)) == ()
    named = Act(
        action="nominate", at=at(START - timedelta(30)), actor="c-1", role="committee", candidate="p-1",
        nominator="branch", fit=True,
    )  # fmt: skip
    enter = EnrolAct(action="register", at=at(START - timedelta(35)), actor="c-1", role="committee")
    books.registrations.act("C-1", enter)
    books.elections.act("E", named)
    for actor in ("c-2", "p-1"):
        assert check("C-2", actor, START - timedelta(20)) == ("must-step-down",)
    assert check("C-2", "c-1", START - timedelta(20)) == ()
    assert check("D-2", "c-2", START - timedelta(20)) == ()
    publish = RollAct(action="publish", at=at(START - timedelta(10)), actor="c-2", role="committee")
    ruling = books.rolls.attempt("C", publish, "x")
    assert ruling is not None
    assert ruling.codes == ("must-step-down",)
    assert ruling.citations == (rules_of().committee,)
    books.rolls.act("C", evolve(publish, actor="c-1"))
    raised = EnrolAct(action="object", at=at(START - timedelta(9)), actor="p-1", role="voter", reason="x")
    assert books.registrations.act("C-1", raised).state == "objected"


def test_near_relatives_do_not_take_office_together() -> None:
    """Art. 8: both may stand and both be elected; the seats are handed over when one of them has given up his own, and
    who that is, is not for the library to say."""
    one = hall(("p-1", "p-2"), seats=2)
    one.nominate("p-1", "p-2", "p-3")
    one.vote({"p-1 p-2": 8, "p-1 p-3": 1})
    one.do("announce", day=POLLING)
    assert one.refused("hand_over", day=POLLING, evidence="清单") == ("near-relatives",)
    assert one.refused("decline", "p-3", "candidate", day=POLLING) == ("not-elected",)
    one.do("decline", "p-2", "candidate", day=POLLING)
    assert one.refused("decline", "p-2", "candidate", day=POLLING) == ("not-elected",)
    done = one.do("hand_over", day=POLLING, evidence="清单")
    assert (done.state, done.declined) == ("handed_over", ("p-2",))
    assert one.told.elected == ("p-1", "p-2")


def test_without_declarations_nothing_is_refused() -> None:
    """Nothing declared, or no rules on the polling day: nobody is kept out by a guess."""
    one = hall()
    one.nominate("p-1", "p-2")
    lawless = hall(("c-1", "p-1"))
    lawless.terms = evolve(lawless.terms, avoidance=())
    lawless.book = type(lawless.book)(lawless.store, lawless.book._work, lawless.terms)
    lawless.nominate("p-1")


# Through the case folder ------------------------------------------------------------------------------------------


def declared(n: int, person: str, relative: str = "", **more: str) -> dict[str, str]:
    return {"id": f"K{n}", "person": person, "relative": relative, "from": "2026-09-01", "to": "", **more}


def official(n: int, person: str, **more: str) -> dict[str, str]:
    return {"id": f"O{n}", "voter_roll": "L1", "person": person, "from": "2026-09-20", "to": "", **more}


def member(n: int, person: str, **more: str) -> dict[str, str]:
    made = {"id": f"M{n}", "community": "杜家坪社区", "body": "居委会", "person": person}
    return {**made, "from": "2021-01-10", "to": "", **more}


TABLES: dict[str, list[dict[str, str]]] = {
    "rolls": [ROLL],
    "roll_acts": [roll_act("公布", "2026-10-20"), roll_act("确定", "2026-11-01")],
    "registrations": PEOPLE,
    "registration_acts": [*(step for row in PEOPLE for step in entered(row)), OBJECTION, DECISION],
    "elections": [ELECTION],
    "election_acts": [*VOTE, held("移交", "2026-11-22", "c-2", evidence="清单")],
    "ballots": PAPERS,
    "near_relatives": [
        declared(1, "c-2", "l1-1"),
        declared(2, "c-1"),
        declared(3, "l1-1", "l1-4"),
        declared(4, "m-1", "m-2"),
    ],
    "election_officials": [
        official(1, "c-1"),
        official(2, "c-2"),
        official(3, "l1-4"),
        official(4, "c-4"),
        official(5, "c-2", to="2026-10-09"),
        official(6, "c-1", **{"from": "2026-12-01"}),
    ],
    "elected_members": [
        member(1, "m-1"),
        member(2, "m-2"),
        member(3, "m-3"),
        member(4, "m-1", to="2022-01-01"),
        member(5, "m-2", body="村委会"),
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_folder_tells_who_must_leave(office: Office, lang: hg.Lang) -> None:
    """Each official and each member with outcome, reason, clause and a way on; what is not declared is missing, not
    clear; near relatives who stand are told of before the vote."""
    out = office(lang=lang, **TABLES)
    told = {row["id"]: row for row in out["election_officials"]}
    assert [told[f"O{n}"]["outcome"] for n in range(1, 7)] == [
        *("clear", "must_leave", "must_leave", "undetermined", "", ""),
    ]
    assert [told[f"O{n}"]["state"] for n in (1, 5, 6)] == ["serving", "left", "upcoming"]
    assert told["O2"]["codes"] == "relative-nominated"
    assert told["O3"]["codes"] == "nominated;relative-nominated"
    assert told["O4"]["missing"] == NO_DECLARATION
    assert {"zh": "第15条", "en": "15"}[lang] in told["O2"]["citation"]
    assert {"zh": "可以：", "en": "Remedy: "}[lang] in told["O2"]["reason"]
    members = {row["id"]: row for row in out["elected_members"]}
    assert [members[f"M{n}"]["outcome"] for n in range(1, 6)] == [
        *("barred", "barred", "undetermined", "", "undetermined"),
    ]
    assert members["M4"]["left_on"] == "2022-01-01"
    pairs = {(row["person"], row["relative"]): row for row in out["elected_relatives"]}
    assert pairs["l1-1", "l1-4"]["outcome"] == "conditional"
    assert pairs["l1-4", ""]["missing"] == NO_DECLARATION
    (refused,) = [row for row in out["refused_election_acts"] if row["action"] == "hand_over"]
    assert refused["codes"] == "must-step-down"
    assert out["elections"][0]["state"] == "announced"


def test_relations_are_not_kept(office: Office, tmp_path: Path) -> None:
    """The store holds answers and no relation: neither the table nor who is related to whom."""
    office(**TABLES)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("huaying.db*"))
    assert stored
    assert b"relative" not in stored.replace(b"relatives", b"").replace(b"near relative", b"")


def test_a_further_column_is_not_taken(tmp_path: Path) -> None:
    """Two references and days are enough: which kind of relative, or a name, is refused."""
    for header in ("关系种类", "姓名", "note"):
        found = faults(tmp_path, near_relatives=[{**declared(1, "c-1", "c-2"), header: "x"}])
        assert [one.code for one in found] == ["forbidden-column"]


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("near_relatives", {"relative": "c-2"}, "own-relative"),
        ("near_relatives", {"relative": "张三"}, "not-a-reference"),
        ("near_relatives", {"to": "2026-08-31"}, "to-before-from"),
        ("near_relatives", {"person": ""}, "empty-cell"),
        ("election_officials", {"from": "soon"}, "bad-date"),
        ("election_officials", {"voter_roll": "L9"}, "unknown-roll"),
        ("elected_members", {"community": "nowhere"}, "unknown-community"),
        ("elected_members", {"body": "council"}, "unknown-choice"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, table: str, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written, and no name is repeated."""
    tables = {name: [dict(row) for row in rows] for name, rows in TABLES.items()}
    tables[table][0] |= changed
    found = faults(tmp_path, **tables)
    assert code in {one.code for one in found}
    assert not any("张三" in one.say("zh") for one in found)


def test_with_partial_a_bad_relation_withholds_the_elections(tmp_path: Path) -> None:
    """An act is answered for ever, so it waits until the declarations are sound."""
    first, mended = in_part(tmp_path, "2026-11-30", TABLES, near_relatives=[declared(1, "c-1", "张三")])
    assert first["elections"] == []
    assert mended["elections"][0]["state"] == "announced"


def test_without_rules_of_the_day_members_are_not_judged(tmp_path: Path) -> None:
    """A pack whose rules of near relatives begin later: a problem, and nobody is judged by another day's."""
    (tmp_path / "case").mkdir()
    begins = 'body = "residents_committee"\nfrom = {}\nmembers_source'
    changed = (begins.format("2026-01-01"), begins.format("2027-01-01"))
    changed_pack(tmp_path / "case" / "place", "elections.toml", changed)
    with pytest.raises(hg.Problems) as caught:
        office_at(tmp_path)(pack="place", elected_members=[member(1, "m-1")])
    assert [one.code for one in caught.value.problems] == ["no-kinship-rules"]
