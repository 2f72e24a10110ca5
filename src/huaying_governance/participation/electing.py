"""选举程序: every state and every move of an election, in this one file.

    planned → polled → counted → announced → handed over
                 └ invalid ┘  └ runoff ┘  (polled again, on another day)

A proxy is written, nobody holds more than the law says, no candidate holds one, and where representatives vote there
are none. The papers are counted and the result is told on the day of the vote. What was counted is never changed.

Whoever of the election committee is nominated, or whose declared near relative is, has no hand in the election any
more. Near relatives do not take office together: one of them gives up the seat (`decline`), and says so.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.election import (
    Act,
    Election,
    Standing,
    Terms,
    after,
    opened,
    result,
    seats_of,
)
from huaying_governance.participation.kinship import CONCERNED, CONCERNED_CURE, KinRules
from huaying_governance.participation.voting import VotingMode, tally, valid
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, ROLE, STATE, by_rules, describer, row
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "committee": Text("选举委员会", "election committee"),
    "voter": Text("选民", "voter"),
    "candidate": Text("候选人", "candidate"),
}
STATES = (
    State("planned", Text("筹备中", "being prepared")),
    State("polled", Text("已投票", "voted")),
    State("counted", Text("已计票", "counted")),
    State("invalid", Text("选举无效", "vote invalid")),
    State("runoff", Text("另行选举", "run-off to be held")),
    State("announced", Text("已公布结果", "result announced")),
    State("handed_over", Text("已移交", "handed over"), open=False, final=True),
)
_guard = by_rules(lambda standing, terms: terms.mode(standing.election))
"""A guard that asks what holds on the polling day; without such rules `no-voting-rules` answers."""


def _nominated(_s: Standing, act: Act, _t: Terms, mode: VotingMode) -> bool:
    if act.nominator == "branch":
        return True
    return act.nominator == "voters" and act.supporters is not None and act.supporters >= mode.supporters


def _new(standing: Standing, act: Act, _t: Terms, mode: VotingMode) -> bool:
    held = result(standing, mode)
    return act.candidate not in {*held.candidates, *held.elected}


def _on_roll(standing: Standing, name: str, terms: Terms) -> bool:
    return terms.voter(standing.election.roll, name) is not False


def _may_stand(standing: Standing, act: Act, terms: Terms, _: VotingMode) -> bool:
    return not act.candidate or _on_roll(standing, act.candidate, terms)


def _holds_none(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return standing.held_by(act.candidate) == 0


def _stands(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return act.actor in standing.fresh


def _named(_s: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return bool(act.holder) and act.holder != act.actor


def _voters(standing: Standing, act: Act, terms: Terms, _: VotingMode) -> bool:
    return all(_on_roll(standing, name, terms) for name in (act.actor, act.holder) if name)


def _no_candidate(standing: Standing, act: Act, _t: Terms, mode: VotingMode) -> bool:
    return act.holder not in result(standing, mode).candidates


def _below_limit(standing: Standing, act: Act, _t: Terms, mode: VotingMode) -> bool:
    return mode.proxies == 0 or standing.held_by(act.holder) < mode.proxies


def _gives_once(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return all(one.voter != act.actor for one in standing.proxies)


def _given(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return any(one.voter == act.actor for one in standing.proxies)


def _roll_closed(standing: Standing, _act: Act, terms: Terms, _: VotingMode) -> bool:
    known = terms.roll(standing.election.roll)
    return known is not None and known.state == "closed"


def _right_day(standing: Standing, act: Act, terms: Terms, _: VotingMode) -> bool:
    known, day = terms.roll(standing.election.roll), day_of(act.at)
    if standing.rounds:
        return day > standing.rounds[-1].day
    return known is None or day == known.roll.polling_day


def _enough(standing: Standing, _act: Act, _t: Terms, mode: VotingMode) -> bool:
    held = result(standing, mode)
    first = not any(one.valid for one in held.outcomes)
    return len(held.candidates) > held.left if first else len(held.candidates) > 0


def _counts(_s: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return act.due is not None and act.issued is not None and 0 < act.due >= act.issued


def _same_roll(standing: Standing, act: Act, terms: Terms, mode: VotingMode) -> bool:
    known = terms.voters(standing.election.roll) if mode.mode == "direct" else None
    return known is None or act.due is None or act.due == known


def _same_day(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return not standing.rounds or day_of(act.at) == standing.rounds[-1].day


def _right_round(standing: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return act.round == len(standing.rounds)


def _not_concerned(standing: Standing, act: Act, terms: Terms) -> bool:
    """Whether an official of the election neither stands nor is a declared near relative of somebody who does."""
    if act.role != "committee" or terms.avoids(standing.election.roll) is None:
        return True
    named = {act.candidate} if act.action == "nominate" else set[str]()
    return not terms.kin.touching(act.actor, terms.nominated(standing) | named, day_of(act.at))


def _no_relatives(standing: Standing, act: Act, terms: Terms) -> bool:
    if terms.avoids(standing.election.roll) is None:
        return True
    return not terms.kin.pairs(terms.seated(standing), day_of(act.at))


def _seated(standing: Standing, act: Act, _t: Terms, mode: VotingMode) -> bool:
    return act.actor in seats_of(standing, result(standing, mode))


def _avoidance(clause: Callable[[KinRules], Citation]) -> Callable[[Standing, Terms], Citation | None]:
    def cited(standing: Standing, terms: Terms) -> Citation | None:
        rules = terms.avoids(standing.election.roll)
        return None if rules is None else clause(rules)

    return cited


def _papers(_s: Standing, act: Act, _t: Terms, _m: VotingMode) -> bool:
    return bool(act.ballots)


GUARDS: tuple[Guard[Any, Any, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    Guard(
        "no-voting-rules",
        Text(
            "政策包没有这种投票方式在选举日适用的规则",
            "no rules hold for this way of voting on the polling day",
        ),
        Text("在 elections.toml 中写明，或改用其他方式", "state them in elections.toml, or vote another way"),
        lambda standing, _act, terms: terms.mode(standing.election) is not None,
    ),
    Guard(
        "must-step-down",
        CONCERNED,
        CONCERNED_CURE,
        _not_concerned,
        _avoidance(lambda rules: rules.committee),
    ),
    _guard(
        "bad-nomination",
        Text(
            "不是党组织提名，联名的选民也不足",
            "not nominated by the Party organisation, nor by enough voters",
        ),
        Text("填写 nominator；联名的填写 supporters", "state `nominator`, and for voters `supporters`"),
        _nominated,
        lambda mode: mode.nomination,
    ),
    _guard(
        "not-fit",
        Text("没有确认符合候选人条件", "it is not found that the person may stand"),
        Text("审核后填写 fit；不写个人情况", "state `fit` after the check; no circumstances of the person"),
        lambda _s, act, _t, _m: act.fit is True,
        lambda mode: mode.nomination,
    ),
    _guard(
        "named-already",
        Text(
            "没有写明候选人，或已经提名、已经当选",
            "no candidate is named, or the one named stands or is elected already",
        ),
        Text("填写 candidate，不重复提名", "name the `candidate`, once"),
        lambda standing, act, terms, mode: bool(act.candidate) and _new(standing, act, terms, mode),
    ),
    _guard(
        "not-a-voter",
        Text("候选人不在选民名单上", "the candidate does not stand on the roll"),
        Text("从选民名单上的人中提名", "nominate somebody on the roll"),
        _may_stand,
        lambda mode: mode.nomination,
    ),
    _guard(
        "holds-proxies",
        Text("候选人不能接受委托，已接受的先撤销", "a candidate holds no proxies, and this person does"),
        Text("先由委托人撤销委托", "the voters revoke them first"),
        _holds_none,
        lambda mode: mode.proxy,
    ),
    _guard(
        "not-standing",
        Text("本人不是候选人", "the actor does not stand"),
        Text("核对是哪一位", "check who it is"),
        _stands,
    ),
    _guard(
        "no-proxies",
        Text("这种投票方式不能委托", "this way of voting admits no proxies"),
        Text("由本人投票", "vote in person"),
        lambda _s, _a, _t, mode: mode.proxies > 0,
        lambda mode: mode.proxy,
    ),
    _guard(
        "no-holder",
        Text("没有写明受委托人，或委托了自己", "nobody is named who would vote, or the voter is"),
        Text("填写 holder", "name another in `holder`"),
        _named,
    ),
    _guard(
        "not-on-roll",
        Text("委托人或受委托人不在选民名单上", "the voter or the holder does not stand on the roll"),
        Text("委托名单上的人", "give it to somebody on the roll"),
        _voters,
        lambda mode: mode.proxy,
    ),
    _guard(
        "candidate-holds",
        Text("候选人不能接受委托", "a candidate holds no proxies"),
        Text("委托其他人", "give it to somebody else"),
        _no_candidate,
        lambda mode: mode.proxy,
    ),
    _guard(
        "proxy-limit",
        Text("受委托人已接受{proxies}人委托", "the holder has {proxies} proxies already"),
        Text("委托其他人", "give it to somebody else"),
        _below_limit,
        lambda mode: mode.proxy,
    ),
    _guard(
        "given-already",
        Text("本人已经委托", "the voter has given a proxy already"),
        Text("先撤销原来的委托", "revoke it first"),
        _gives_once,
    ),
    _guard(
        "not-given",
        Text("没有委托过", "no proxy was given"),
        Text("不需要撤销", "nothing is to be revoked"),
        _given,
    ),
    _guard(
        "roll-not-closed",
        Text("选民名单还没有确定", "the roll is not closed yet"),
        Text("异议处理完毕、确定名单后再投票", "vote when objections are decided and the roll is closed"),
        _roll_closed,
    ),
    _guard(
        "not-polling-day",
        Text("不是选举日；另行选举须在另一日", "it is not the polling day; a later round takes another day"),
        Text("核对日期", "check the day"),
        _right_day,
    ),
    _guard(
        "too-few-candidates",
        Text("候选人不多于应选名额", "there are no more candidates than seats"),
        Text("补充提名", "nominate more"),
        _enough,
        lambda mode: mode.nomination,
    ),
    _guard(
        "no-counts",
        Text(
            "没有写明应投人数和发出票数，或发出的更多",
            "those entitled or the papers given out are not stated, or the papers are more",
        ),
        Text("填写 due_count 和 issued", "state `due_count` and `issued`"),
        _counts,
    ),
    _guard(
        "roll-differs",
        Text("应投人数与名单上的人数不同", "those entitled are not as many as stand on the roll"),
        Text("核对名单人数", "check how many stand on the roll"),
        _same_roll,
    ),
    _guard(
        "not-same-day",
        Text(
            "须在投票当日公开计票、公布结果",
            "papers are counted, and the result is told, on the day of the vote",
        ),
        Text("核对日期", "check the day"),
        _same_day,
        lambda mode: mode.validity,
    ),
    _guard(
        "wrong-round",
        Text("不是这一轮投票", "it is not the round that was voted"),
        Text("改正 ballot_round", "mend `ballot_round`"),
        _right_round,
    ),
    _guard(
        "no-ballots",
        Text("选票表中没有这一轮的选票", "the table of ballots holds none of this round"),
        Text("先导入选票", "import the ballots first"),
        _papers,
    ),
    _guard(
        "not-elected",
        Text("本人没有当选，或已经放弃", "the actor is not elected, or has given up the seat already"),
        Text("核对是哪一位", "check who it is"),
        _seated,
    ),
    Guard(
        "near-relatives",
        Text(
            "当选人中有申报的近亲属，不能在同一委员会任职",
            "declared near relatives are elected, and may not sit on one committee",
        ),
        Text(
            "由其中一人以 decline 放弃当选，缺额另行选举；由谁放弃，本库不定",
            "one of them gives up the seat by `decline`, and it is voted on anew; who, is not for this library to say",
        ),
        _no_relatives,
        _avoidance(lambda rules: rules.members),
    ),
    EVIDENCE,
)


def _sound(standing: Standing, act: Act, terms: Terms) -> bool:
    mode, last = terms.mode(standing.election), standing.rounds[-1]
    assert mode is not None  # noqa: S101 - the guards have asked
    returned = tally(act.ballots, standing.election.seats).returned
    return valid(last.due, last.issued, returned, mode, first=last.first)


def _filled(standing: Standing, _act: Act, terms: Terms) -> bool:
    mode = terms.mode(standing.election)
    assert mode is not None  # noqa: S101 - the guards have asked
    return result(standing, mode).left == 0


_VALID = Fork[Standing, Act, Terms](Text("选举有效", "valid"), _sound, "counted", "invalid")
_FILLED = Fork[Standing, Act, Terms](Text("名额选满", "every seat filled"), _filled, "announced", "runoff")
_BEFORE = "planned invalid runoff"
TRANSITIONS = (
    row(
        "nominate",
        Text("提名", "nominate"),
        _BEFORE,
        None,
        "committee",
        "no-voting-rules named-already bad-nomination not-fit not-a-voter holds-proxies",
    ),
    row("stand_down", Text("退出", "stand down"), _BEFORE, None, "candidate", "not-standing"),
    row(
        "give_proxy",
        Text("委托投票", "give a proxy"),
        _BEFORE,
        None,
        "voter",
        "no-voting-rules no-proxies no-holder not-on-roll candidate-holds proxy-limit given-already no-evidence",
    ),
    row("revoke_proxy", Text("撤销委托", "revoke a proxy"), _BEFORE, None, "voter", "not-given"),
    row(
        "poll",
        Text("投票", "vote"),
        _BEFORE,
        "polled",
        "committee",
        "no-voting-rules roll-not-closed not-polling-day too-few-candidates no-counts roll-differs",
    ),
    row(
        "count",
        Text("计票", "count"),
        "polled",
        _VALID,
        "committee",
        "no-voting-rules not-same-day wrong-round no-ballots no-evidence",
    ),
    row(
        "announce",
        Text("公布结果", "announce"),
        "counted",
        _FILLED,
        "committee",
        "no-voting-rules not-same-day",
    ),
    row(
        "decline",
        Text("放弃当选", "give up the seat"),
        "announced",
        None,
        "candidate",
        "no-voting-rules not-elected",
    ),
    row(
        "hand_over",
        Text("移交", "hand over"),
        "announced",
        "handed_over",
        "committee",
        "near-relatives no-evidence",
    ),
)
_usual = describer(STATES, TRANSITIONS, ROLES)


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    mode = terms.mode(standing.election)
    return {**_usual(standing, act, terms), **({} if mode is None else {"proxies": mode.proxies})}


ELECTIONS: Casework[Election, Standing, Act, Terms] = Casework(
    "election",
    Procedure(
        "election",
        1,
        Text("选举程序", "election"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order", "must-step-down"),
        describe=_describe,
    ),
    Election,
    Act,
    opened,
    after,
)
"""选举: what a `Casebook` needs to keep elections."""
