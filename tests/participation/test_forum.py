"""议事: legality, notice, quorum, majorities, publication and its breach, 四议两公开, the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.casework import Casebook
from huaying_governance.conference.resolution import Resolution
from huaying_governance.conference.supervising import RESOLUTIONS, ResolutionTerms
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.participation import ParticipationRules
from huaying_governance.participation.deliberating import TOPICS
from huaying_governance.participation.forum import Act, Display, ForumRules, Standing, Topic
from huaying_governance.procedure.check import World, check_machine

Book = Casebook[Topic, Standing, Act, ForumRules]
FIRST = date(2026, 9, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


def act(action: str, role: str, after: int = 0, counts: str = "", **more: object) -> Act:
    """Return an act some days after the first; `counts` is due/present/agreed."""
    due, present, agreed = (int(one) for one in counts.split("/")) if counts else (None, None, None)
    moment = at(FIRST + timedelta(days=after))
    return Act(
        action=action, at=moment, actor="a", role=role, due=due, present=present, agreed=agreed, **more
    )  # type: ignore[arg-type]


def topic(route: str = "forum", decider: str = "forum", *, private: bool = False) -> Topic:
    return Topic(
        community="dujiaping",
        route=route,
        decider=decider,
        proposer="resident",
        title="楼道照明",
        private=private,
        at=at(FIRST),
    )


@pytest.fixture
def forum(rules: ParticipationRules) -> ForumRules:
    return rules.forum


@pytest.fixture
def book(forum: ForumRules) -> Book:
    return Casebook(hg.open_store("memory:"), TOPICS, forum)


def refused(book: Book, id_: str, one: Act) -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    return caught.value.ruling.codes


def published(book: Book, id_: str = "T1") -> None:
    """A forum topic, agreed on and put up on the fifth day."""
    book.open(id_, topic())
    book.act(id_, act("screen", "clerk", lawful=True))
    book.act(id_, act("notice", "clerk"))
    book.act(id_, act("discuss", "chair", 3, "20/15/0"))
    book.act(id_, act("agree", "chair", 3, "20/15/15"))
    book.act(id_, act("publish", "clerk", 5, owner="wuye", due_on=date(2026, 12, 1)))


@pytest.mark.parametrize(("days", "breach"), [(10, 1), (14, 1), (15, 1), (16, 0), (30, 0)])
def test_row_55_taken_down_after_ten_days_is_a_breach(
    book: Book, forum: ForumRules, days: int, breach: int
) -> None:
    """Row 55: it hangs for fifteen whole days after the day it was put up; taken down after ten is a breach."""
    published(book)
    book.act("T1", act("take_down", "clerk", 5 + days, notice="decision"))
    assert book.standing("T1").breaches(forum.publish_days) == breach
    done = act("execute", "owner", 60, evidence="照片")
    if breach:
        assert refused(book, "T1", done) == ("publication-breach",)
        book.act("T1", act("republish", "clerk", 61, notice="decision"))
        early = act("execute", "owner", 61 + 15, evidence="照片")
        assert refused(book, "T1", early) == ("publication-running",)
        book.act("T1", act("execute", "owner", 61 + 16, evidence="照片"))
        assert book.standing("T1").breaches(forum.publish_days) == 1
    else:
        book.act("T1", done)


@given(st.integers(1, 40), st.integers(0, 60), st.integers(0, 60))
def test_row_55_a_stay_equals_counting_its_days(days: int, hung: int, later: int) -> None:
    """Row 55: a breach is exactly a day among the first `days` after it was put up on which it no longer hung."""
    shown = Display("decision", FIRST, FIRST + timedelta(days=hung))
    whole = [FIRST + timedelta(days=n) for n in range(1, days + 1)]
    assert shown.down is not None
    assert shown.breached(days) == any(shown.down <= day for day in whole)
    today = FIRST + timedelta(days=later)
    hangs = Display("decision", FIRST)
    assert hangs.served(days, today) == all(day < today for day in whole)


def test_a_result_taken_down_early_is_not_appraised(book: Book) -> None:
    """The result is published like the decision; taken down early it is put up again before it is appraised."""
    published(book)
    book.act("T1", act("execute", "owner", 30, evidence="照片"))
    assert refused(book, "T1", act("appraise", "chair", 31, "20/15/12")) == ("wrong-state",)
    book.act("T1", act("publish_result", "clerk", 31))
    book.act("T1", act("take_down", "clerk", 33, notice="result"))
    assert refused(book, "T1", act("appraise", "chair", 50, "20/15/12")) == ("publication-breach",)
    book.act("T1", act("republish", "clerk", 51, notice="result"))
    book.act("T1", act("appraise", "chair", 52, "20/15/12"))
    assert book.standing("T1").state == "appraised"


def test_what_may_be_a_topic(book: Book) -> None:
    """Private lives are none; nor what was not found lawful, an unknown included; declining needs a reason."""
    book.open("T1", topic(private=True))
    assert refused(book, "T1", act("screen", "clerk", lawful=True)) == ("private-topic",)
    assert refused(book, "T1", act("decline", "clerk")) == ("no-reason",)
    book.act("T1", act("decline", "clerk", reason="涉及隐私"))
    book.open("T2", topic())
    for lawful in (None, False):
        assert refused(book, "T2", act("screen", "clerk", lawful=lawful)) == ("not-lawful",)


def test_notice_counts_and_consensus(book: Book) -> None:
    """Three days of notice; counts that can be; a consensus is everybody who came."""
    book.open("T1", topic())
    book.act("T1", act("screen", "clerk", lawful=True))
    assert refused(book, "T1", act("propose", "branch", 0, "3/3/3")) == ("wrong-route",)
    book.act("T1", act("notice", "clerk"))
    assert refused(book, "T1", act("discuss", "chair", 2, "20/15/0")) == ("short-notice",)
    for counts in ("", "0/0/0", "20/21/0", "20/10/11"):
        assert "no-counts" in refused(book, "T1", act("discuss", "chair", 3, counts))
    assert refused(book, "T1", act("discuss", "chair", 3, "20/10/0")) == ("no-quorum",)
    book.act("T1", act("discuss", "chair", 3, "20/11/0"))
    assert refused(book, "T1", act("agree", "chair", 3, "20/11/10")) == ("not-unanimous",)
    book.act("T1", act("vote", "chair", 3, "20/11/6"))
    assert refused(book, "T1", act("publish", "clerk", 4)) == ("no-owner",)
    assert refused(book, "T1", act("take_down", "clerk", 4)) == ("wrong-state", "no-notice", "not-displayed")


@pytest.mark.parametrize(
    ("counts", "state"),
    [("45/30/16", "resolved"), ("45/30/15", "rejected"), ("45/45/23", "resolved"), ("45/45/22", "rejected")],
)
def test_a_vote_by_representatives(book: Book, counts: str, state: str) -> None:
    """Two thirds of the representatives come, more than half of those who came agree; ten days of notice."""
    book.open("T1", topic(decider="resident_representatives"))
    book.act("T1", act("screen", "clerk", lawful=True))
    book.act("T1", act("notice", "clerk"))
    assert refused(book, "T1", act("discuss", "chair", 9, "45/30/0")) == ("short-notice",)
    book.act("T1", act("discuss", "chair", 10, "45/30/0"))
    assert refused(book, "T1", act("vote", "chair", 10, "45/29/29")) == ("no-quorum",)
    book.act("T1", act("vote", "chair", 10, counts))
    assert book.standing("T1").state == state


def test_row_55_four_consultations_and_two_publications(book: Book) -> None:
    """Row 55: 四议两公开 goes through the branch, both committees, the members and the vote; none is skipped."""
    book.open("T1", topic("four_two", "village_representatives"))
    book.act("T1", act("screen", "clerk", lawful=True))
    assert refused(book, "T1", act("notice", "clerk")) == ("wrong-route",)
    book.act("T1", act("propose", "branch", 0, "5/4/3"))
    assert refused(book, "T1", act("notice", "clerk")) == ("wrong-state",)
    book.act("T1", act("consult", "branch", 1, "9/7/5"))
    assert refused(book, "T1", act("deliberate", "branch", 2, "30/19/19")) == ("no-quorum",)
    book.act("T1", act("deliberate", "branch", 2, "30/20/16"))
    book.act("T1", act("notice", "clerk", 3))
    book.act("T1", act("discuss", "chair", 13, "45/40/0"))
    assert refused(book, "T1", act("agree", "chair", 13, "45/40/40")) == ("needs-vote",)
    book.act("T1", act("vote", "chair", 13, "45/40/30"))
    assert [one.action for one in book.standing("T1").stages] == [
        "propose",
        "consult",
        "deliberate",
        "discuss",
        "vote",
    ]


@pytest.mark.parametrize(("agreed", "state"), [(15, "rejected"), (16, "deliberated")])
def test_the_members_majority_is_of_those_due(book: Book, agreed: int, state: str) -> None:
    """More than half of those due agree, not of those who came: 15 of 30 are too few though only 20 came."""
    book.open("T1", topic("four_two", "villagers"))
    book.act("T1", act("screen", "clerk", lawful=True))
    book.act("T1", act("propose", "branch", 0, "5/4/3"))
    book.act("T1", act("consult", "branch", 1, "9/7/5"))
    book.act("T1", act("deliberate", "branch", 2, f"30/20/{agreed}"))
    assert book.standing("T1").state == state


def held(book: Book, id_: str, *, gap: int = 1) -> None:
    """A topic of 四议两公开 taken through its four steps, so many days apart."""
    book.open(id_, topic("four_two", "village_representatives"))
    book.act(id_, act("screen", "clerk", lawful=True))
    book.act(id_, act("propose", "branch", 0, "5/4/3"))
    book.act(id_, act("consult", "branch", gap, "9/7/5"))
    book.act(id_, act("deliberate", "branch", 2 * gap, "30/20/16"))
    book.act(id_, act("notice", "clerk", 2 * gap))
    book.act(id_, act("discuss", "chair", 2 * gap + 10, "45/40/0"))
    book.act(id_, act("vote", "chair", 2 * gap + 10, "45/40/30"))


def test_row_55_every_stage_to_the_appraisal(book: Book, forum: ForumRules) -> None:
    """Row 55: decided, shown fifteen days, carried out, its result shown, appraised: each waits for the last."""
    held(book, "T1")
    steps = [
        act("publish", "clerk", 13, owner="村委会", due_on=date(2026, 12, 1), resolution="2026-7"),
        act("execute", "owner", 29, evidence="照片"),
        act("publish_result", "clerk", 30),
        act("appraise", "chair", 50, "45/40/35"),
    ]
    for number, one in enumerate(steps):
        for later in steps[number + 1 :]:
            assert "wrong-state" in refused(book, "T1", later)
        book.act("T1", one)
    now = book.standing("T1")
    assert (now.state, now.resolution, [one.notice for one in now.displays]) == (
        "appraised",
        "2026-7",
        ["decision", "result"],
    )
    book.act("T1", act("take_down", "clerk", 51, notice="decision"))
    assert book.standing("T1").breaches(forum.publish_days) == 0


def test_a_result_taken_down_after_the_appraisal_is_a_breach_all_the_same(
    book: Book, forum: ForumRules
) -> None:
    """The days of the result run on after the appraisal: taken down too early, it counts."""
    published(book)
    book.act("T1", act("execute", "owner", 30, evidence="照片"))
    book.act("T1", act("publish_result", "clerk", 31))
    book.act("T1", act("appraise", "chair", 32, "20/15/12"))
    book.act("T1", act("take_down", "clerk", 40, notice="result"))
    assert book.standing("T1").breaches(forum.publish_days) == 1


@pytest.mark.parametrize(("gap", "codes"), [(6, ("step-too-soon",)), (7, ()), (8, ())])
def test_days_between_the_four_steps(forum: ForumRules, gap: int, codes: tuple[str, ...]) -> None:
    """Where a local rule asks for seven days between two steps, six are too few and seven are enough."""
    book: Book = Casebook(hg.open_store("memory:"), TOPICS, evolve(forum, gap_days=7))
    if not codes:
        held(book, "T1", gap=gap)
        assert book.standing("T1").state == "resolved"
        return
    book.open("T1", topic("four_two", "village_representatives"))
    book.act("T1", act("screen", "clerk", lawful=True))
    book.act("T1", act("propose", "branch", 0, "5/4/3"))
    assert refused(book, "T1", act("consult", "branch", gap, "9/7/5")) == codes


@pytest.mark.parametrize(("total", "late"), [(19, True), (20, False)])
def test_the_four_steps_together(forum: ForumRules, total: int, late: bool) -> None:
    """Where a local rule lets the four steps take so many days, the last of them is in time and the next is not."""
    book: Book = Casebook(hg.open_store("memory:"), TOPICS, evolve(forum, total_days=total))
    if late:
        with pytest.raises(Refused) as caught:
            held(book, "T1", gap=5)
        assert caught.value.ruling.codes == ("steps-too-long",)
    else:
        held(book, "T1", gap=5)


def test_the_table_is_proved(forum: ForumRules) -> None:
    """Over everything that can happen to one topic, the machine goes where the table says and by its roles only."""

    def commands(_: Standing) -> list[Act]:
        return [
            act(
                action,
                role,
                days,
                counts,
                lawful=True,
                notice=notice,
                owner="o",
                due_on=FIRST,
                reason="x",
                evidence="x",
            )
            for action in TOPICS.procedure.actions
            for role in ("clerk", "branch", "chair", "owner")
            for counts in ("20/15/15", "20/15/1", "")
            for notice in (("decision", "result") if action in {"take_down", "republish"} else ("",))
            for days in (20,)
        ]

    def move(standing: Standing, one: Act, context: ForumRules) -> Standing:
        step = TOPICS.procedure.step(standing.state, one.action)
        assert step is not None
        return TOPICS.after(standing, one, step.target(standing, one, context))

    def same(one: Standing) -> object:
        shown = [(notice, one.display(notice)) for notice in ("decision", "result")]
        return one.topic.route, one.state, tuple((notice, held and held.down) for notice, held in shown)

    starts = (Standing(topic=topic()), Standing(topic=topic("four_two", "village_representatives")))
    world = World(
        TOPICS.procedure, starts, commands, lambda _s, _c: evolve(forum, execute_after=False), move, same
    )
    assert check_machine(world).holds


# Through the case folder -----------------------------------------------------------------------------------------

ROW = {
    "id": "T1",
    "community": "杜家坪社区",
    "route": "周末议事厅",
    "decider": "议事会",
    "proposer": "居民",
    "title": "楼道照明",
    "private_matter": "否",
    "at": "2026-09-01T10:00",
}
BLANK = dict.fromkeys(
    (
        *("lawful", "due_count", "present_count", "agreed_count", "display", "resolution", "lead", "due_on"),
        *("reason", "evidence"),
    ),
    "",
)


def line(action: str, day: str, role: str, counts: str = "", **more: str) -> dict[str, str]:
    made = {"forum_topic": "T1", "at": f"{day}T10:00", "action": action, "actor": "a", "role": role}
    told = (
        dict(zip(("due_count", "present_count", "agreed_count"), counts.split("/"), strict=True))
        if counts
        else {}
    )
    return {**made, **BLANK, **told, **more}


STEPS = [
    line("审核", "2026-09-01", "社区工作者", lawful="是"),
    line("通知", "2026-09-02", "clerk"),
    line("讨论", "2026-09-05", "主持人", "20/15/0"),
    line("达成一致", "2026-09-05", "主持人", "20/15/15"),
    line("决议公开", "2026-09-06", "clerk", resolution="2026-3", lead="物业", due_on="2026-11-01"),
    line("撤下公示", "2026-09-16", "clerk", display="决议"),
    line("实施", "2026-09-30", "落实责任人", evidence="照片"),
]


def test_a_case_folder_follows_topics(office: Office) -> None:
    """A breach is counted and bars the execution; the decision goes to the ledger's own table."""
    out = office(topics=[ROW], topic_acts=STEPS)
    told = out["topics"][0]
    assert (told["state"], told["breaches"], told["overdue"]) == ("published", "1", "yes")
    assert told["stages"] == "discuss 20/15/0;agree 20/15/15"
    assert [row["codes"] for row in out["refused_topic_acts"]] == ["publication-breach"]
    assert (told["resolution"], told["entry_state"]) == ("2026-3", "")
    stages = [(row["action"], row["attend_rate"], row["agree_rate"]) for row in out["topic_stages"]]
    assert stages == [("discuss", "75.0", ""), ("agree", "75.0", "100.0")]
    month = out["topic_months"][0]
    assert (month["displays"], month["breaches"], month["breach_rate"]) == ("1", "1", "100.0")
    assert (month["appraised"], month["appraised_rate"]) == ("0", "")
    assert (month["topics"], month["resolved_rate"], month["executed_rate"]) == ("1", "100.0", "0.0")
    entry = out["topic_entries"][0]
    assert (entry["source"], entry["summary"]) == ("forum", "楼道照明")


def test_the_entry_is_taken_by_the_ledger(office: Office, tmp_path: Path) -> None:
    """What `topic_entries` writes is read by `entries` as it stands, and followed up there."""
    out = office(topics=[ROW], topic_acts=STEPS)
    (tmp_path / "case" / "topic_acts.csv").unlink()
    (tmp_path / "case" / "topics.csv").unlink()
    again = office(entries=out["topic_entries"])
    assert again["entries"][0]["id"] == "T1"
    assert again["entries"][0]["due"]
    both = office(topics=[ROW], topic_acts=STEPS, entries=out["topic_entries"])
    assert both["topics"][0]["entry_state"] == again["entries"][0]["state"] == "registered"


def test_a_decision_taken_up_by_the_conference_shows_how_it_stands(office: Office, tmp_path: Path) -> None:
    """A topic filed under a resolution of the joint conference tells its state; a number that is none, nothing."""
    assert office(topics=[ROW], topic_acts=STEPS)["topics"][0]["resolution_state"] == ""
    url = f"sqlite:///{tmp_path / 'case' / '..' / 'out' / 'huaying.db'}"
    made = Resolution(
        item="I1", meeting="M1", text="楼道照明", lead="civil-affairs", on=FIRST, due=FIRST, measure="修好"
    )
    with hg.open_store(url) as store:
        Casebook(store, RESOLUTIONS, cast(ResolutionTerms, None)).open("2026-3", made)
    assert office(topics=[ROW], topic_acts=STEPS)["topics"][0]["resolution_state"] == "drafted"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"route": "shout"}, "unknown-choice"),
        ({"decider": "branch"}, "unknown-choice"),
        ({"private_matter": ""}, "empty-cell"),
        ({"title": ""}, "empty-cell"),
        ({"community": "nowhere"}, "unknown-community"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written."""
    assert [one.code for one in faults(tmp_path, topics=[{**ROW, **changed}])] == [code]
