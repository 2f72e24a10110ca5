"""罢免程序: every state and every move of a request to recall a member, in this one file.

    asked → accepted → notified → heard → called → counted → recalled
      ↕                   └─────────────↗   ↕         └ kept
    lacking                              invalid           withdrawn, ended

Enough must ask, with written reasons; what lacks is said, and may be made good. The member is told the reasons and may
answer them until the vote. Recalled is who is recalled by enough of the votes cast, where enough voted: a vote of too
few keeps the member. Neither the member nor a declared near relative has a hand in it.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.recall import (
    ASKERS,
    Act,
    Recall,
    RecallRules,
    RecallVote,
    Standing,
    Terms,
    after,
    asked_by_enough,
    hear_until,
    opened,
)
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    by_rules,
    describer,
    row,
)
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "committee": Text("主持罢免的机构", "who runs the recall"),
    "askers": Text("联名人代表", "who speaks for those who ask"),
    "member": Text("被要求罢免的成员", "the member to be recalled"),
}
STATES = (
    State("asked", Text("已提出", "asked for")),
    State("lacking", Text("待补正", "to be made good")),
    State("accepted", Text("已受理", "accepted")),
    State("notified", Text("已告知本人", "the member told")),
    State("heard", Text("已听取申辩", "the member heard")),
    State("called", Text("已定投票日", "vote called")),
    State("counted", Text("已计票", "counted")),
    State("invalid", Text("投票无效", "vote void")),
    State("recalled", Text("罢免通过", "recalled"), open=False, final=True),
    State("kept", Text("罢免未通过", "not recalled"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
    State("ended", Text("本人辞职终结", "ended by resignation"), open=False, final=True),
)
_guard = by_rules(lambda standing, terms: terms.rules_of(standing.recall))
"""A guard that asks what holds on the day of the request; without rules `no-recall-rules` answers."""


def _not_own(standing: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return act.role != "committee" or act.actor != standing.recall.member


def _no_relative(standing: Standing, act: Act, terms: Terms, _: RecallRules) -> bool:
    return act.role != "committee" or not terms.kin.near(act.actor, standing.recall.member, day_of(act.at))


def _oneself(standing: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return act.role != "member" or act.actor == standing.recall.member


def _sits(standing: Standing, act: Act, terms: Terms, _: RecallRules) -> bool:
    return terms.member(standing.recall, day_of(act.at)) is not False


def _may_ask(standing: Standing, _act: Act, _t: Terms, rules: RecallRules) -> bool:
    return standing.recall.askers in rules.asks


def _signed(_s: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    if act.supporters is None or act.due is None:
        return False
    return 0 <= act.supporters <= act.due and act.due > 0


def _same_roll(standing: Standing, act: Act, terms: Terms, _: RecallRules) -> bool:
    """Whether those entitled are as many as stand on the roll, where voters ask or vote and the roll is known."""
    own = standing.recall
    voters = own.askers == "voters" if act.action == "check" else own.mode == "direct"
    known = terms.voters(own.roll) if voters and own.roll else None
    return known is None or act.due is None or act.due == known


def _anything_new(_s: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return bool(act.statement.strip() or act.evidence.strip())


def _heard(standing: Standing, act: Act, terms: Terms, rules: RecallRules) -> bool:
    last = hear_until(standing, rules, terms.calendar)
    return bool(standing.heard) or (last is not None and day_of(act.at) > last)


def _announced(_s: Standing, act: Act, _t: Terms, rules: RecallRules) -> bool:
    return act.vote_on is not None and act.vote_on >= day_of(act.at) + timedelta(days=rules.notice_days)


def _in_time(standing: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return standing.vote_on is None or day_of(act.at) <= standing.vote_on


def _vote_day(standing: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return standing.vote_on is None or day_of(act.at) == standing.vote_on


def _counts(_s: Standing, act: Act, _t: Terms, _r: RecallRules) -> bool:
    return act.due is not None and act.due > 0 and act.issued is not None and act.returned is not None


GUARDS: tuple[Guard[Any, Any, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    Guard(
        "no-recall-rules",
        Text(
            "政策包没有提出之日适用的罢免规则，或没有这种投票方式",
            "no rules of recall hold on the day of the request, or none for this way of voting",
        ),
        Text("在 elections.toml 中写明，或改用其他方式", "state them in elections.toml, or vote another way"),
        lambda standing, _act, terms: terms.ruled(standing.recall),
    ),
    _guard(
        "own-recall",
        Text("本人不办理对自己的罢免", "the member has no hand in one's own recall"),
        Text("由他人主持", "let somebody else run it"),
        _not_own,
        lambda rules: rules.avoidance,
    ),
    _guard(
        "relative-recall",
        Text(
            "是被要求罢免成员的近亲属，应当回避", "it is a near relative of the member, who stays out of it"
        ),
        Text("由他人主持", "let somebody else run it"),
        _no_relative,
        lambda rules: rules.avoidance,
    ),
    _guard(
        "not-the-member",
        Text("不是被要求罢免的成员本人", "it is not the member to be recalled"),
        Text("由本人办理", "leave it to the member"),
        _oneself,
        lambda rules: rules.hearing,
    ),
    _guard(
        "not-a-member",
        Text("当日不是该委员会成员", "on that day this is no member of the committee"),
        Text(
            "核对 elected_members；已离任的，由联名人撤回",
            "check `elected_members`; if the member has left, the request is withdrawn",
        ),
        _sits,
        lambda rules: rules.asking,
    ),
    _guard(
        "may-not-ask",
        Text("法律没有规定可以由{who}联名提出", "the law does not name {who} among those who may ask"),
        Text("由有权的人联名提出", "let those ask who may"),
        _may_ask,
        lambda rules: rules.asking,
    ),
    _guard(
        "no-signatures",
        Text(
            "没有写明联名人数和总人数，或联名的更多",
            "how many have signed, or of how many, is not stated, or more have signed than there are",
        ),
        Text(
            "核实联名后填写 supporters 和 due_count",
            "check the signatures; state `supporters` and `due_count`",
        ),
        _signed,
        lambda rules: rules.asking,
    ),
    _guard(
        "nothing-new",
        Text("没有补交理由书，也没有补充联名", "neither written reasons nor more signatures are handed in"),
        Text(
            "填写 statement（理由书编号），或在 evidence 写明补充联名的文书编号",
            "state `statement`, the number of the reasons, or in `evidence` that of the further signatures",
        ),
        _anything_new,
        lambda rules: rules.asking,
    ),
    _guard(
        "too-late",
        Text("投票日已过", "the day of the vote is past"),
        Text("申辩须在投票日结束前提出", "the member answers by the day of the vote"),
        _in_time,
        lambda rules: rules.hearing,
    ),
    _guard(
        "not-heard",
        Text(
            "本人还没有申辩，申辩期{defence_days}日也没有届满",
            "the member is not heard, and the {defence_days} days for it are not over",
        ),
        Text("听取申辩，或等期限届满", "hear the member, or wait until the days are over"),
        _heard,
        lambda rules: rules.hearing,
    ),
    _guard(
        "no-vote-day",
        Text(
            "没有写明投票日，或距今不足{notice_days}日",
            "no day of the vote is stated, or it lies less than {notice_days} days ahead",
        ),
        Text("填写 vote_on", "state `vote_on`"),
        _announced,
        lambda rules: rules.clocks,
    ),
    _guard(
        "not-vote-day",
        Text("不是公布的投票日", "it is not the day of the vote that was called"),
        Text("在投票日当日公开计票；日期有变的，重新公布", "count on that day, or call another day"),
        _vote_day,
        lambda rules: rules.clocks,
    ),
    _guard(
        "no-counts",
        Text(
            "没有写全应投人数、发出票数和赞成、反对、废票（含空白）数",
            "those entitled, the papers given out, or those for, against and spoiled are not all stated",
        ),
        Text(
            "填写 due_count、issued、agreed_count、opposed_count、spoiled",
            "state `due_count`, `issued`, `agreed_count`, `opposed_count` and `spoiled`",
        ),
        _counts,
    ),
    _guard(
        "roll-differs",
        Text("总人数与选民名单上的人数不同", "there are not as many as stand on the roll"),
        Text("核对名单人数", "check how many stand on the roll"),
        _same_roll,
    ),
    REASON,
    EVIDENCE,
)


def _sound_request(standing: Standing, act: Act, terms: Terms) -> bool:
    rules = terms.rules_of(standing.recall)
    assert rules is not None  # noqa: S101 - the guards have asked
    enough = asked_by_enough(act.supporters, act.due, standing.recall.askers, rules)
    return enough is True and bool(standing.statement.strip())


def _sound_vote(_standing: Standing, act: Act, _: Terms) -> bool:
    assert act.due is not None  # noqa: S101 - the guards have asked
    assert act.issued is not None  # noqa: S101
    assert act.returned is not None  # noqa: S101
    return act.returned <= act.issued <= act.due


def _carried(standing: Standing, _act: Act, terms: Terms) -> bool:
    rules: RecallVote | None = terms.vote_of(standing.recall)
    assert rules is not None  # noqa: S101 - the guards have asked
    assert standing.vote is not None  # noqa: S101 - it is counted
    return standing.vote.carries(rules)


_SOUND = Fork[Standing, Act, Terms](
    Text("联名足够并有书面理由", "enough ask, in writing"), _sound_request, "accepted", "lacking"
)
_VALID = Fork[Standing, Act, Terms](Text("票数相符", "the papers agree"), _sound_vote, "counted", "invalid")
_CARRIED = Fork[Standing, Act, Terms](
    Text("参加投票和赞成都达到比例", "enough voted and agree"), _carried, "recalled", "kept"
)
_RUNNING = "asked lacking accepted notified heard called invalid"
_CALLS = Text("公布投票日", "call the vote")
_CALL = "no-recall-rules not-a-member no-vote-day"
TRANSITIONS = (
    row(
        "check",
        Text("核对", "check"),
        "asked",
        _SOUND,
        "committee",
        "no-recall-rules not-a-member may-not-ask no-signatures roll-differs",
    ),
    row("supplement", Text("补正", "make good"), "lacking", "asked", "askers", "nothing-new"),
    row("notify", Text("告知本人", "tell the member"), "accepted", "notified", "committee", "no-evidence"),
    row("defend", Text("申辩", "answer"), "notified", "heard", "member", "not-the-member no-evidence"),
    row("defend", Text("申辩", "answer"), "called", None, "member", "not-the-member too-late no-evidence"),
    row("waive", Text("放弃申辩", "waive the answer"), "notified", "heard", "member", "not-the-member"),
    row("call", _CALLS, "notified", "called", "committee", f"{_CALL} not-heard"),
    row("call", _CALLS, "heard invalid", "called", "committee", _CALL),
    row("call", _CALLS, "called", "called", "committee", f"{_CALL} no-reason"),
    row(
        "count",
        Text("计票", "count"),
        "called",
        _VALID,
        "committee",
        "no-recall-rules not-vote-day no-counts roll-differs no-evidence",
    ),
    row(
        "announce",
        Text("公布结果", "announce"),
        "counted",
        _CARRIED,
        "committee",
        "no-recall-rules",
    ),
    row("withdraw", Text("撤回", "withdraw"), _RUNNING, "withdrawn", "askers", "no-reason"),
    row("resign", Text("辞职", "resign"), _RUNNING, "ended", "member", "not-the-member no-evidence"),
)


_usual = describer(STATES, TRANSITIONS, ROLES)


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    rules = terms.rules_of(standing.recall)
    days = {} if rules is None else {"defence_days": rules.defence_days, "notice_days": rules.notice_days}
    return {**_usual(standing, act, terms), "who": ASKERS[standing.recall.askers], **days}


RECALLS: Casework[Recall, Standing, Act, Terms] = Casework(
    "recall",
    Procedure(
        "recall",
        1,
        Text("罢免程序", "recall"),
        "asked",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order", "own-recall", "relative-recall"),
        describe=_describe,
    ),
    Recall,
    Act,
    opened,
    after,
)
"""罢免: what a `Casebook` needs to keep requests to recall."""
