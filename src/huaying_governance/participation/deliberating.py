"""议事程序: every state and every move of a topic, in this one file.

    collected → screened → noticed → discussed → resolved → published → executed → result published → appraised
        └ declined   └ 四议: proposed → consulted → deliberated ↑   └ rejected

A decision hangs on the board for the days of the pack; what is taken down earlier is a breach, and its days begin anew
when it is put up again. Carrying out waits for the days where the pack says so. Private lives are no topic.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.forum import (
    Act,
    ForumRules,
    Standing,
    Topic,
    after,
    meeting_of,
    opened,
    spaced,
    within_total,
)
from huaying_governance.procedure.table import Fork, Guard, State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "clerk": Text("社区工作者", "community worker"),
    "branch": Text("党组织", "Party organisation"),
    "chair": Text("主持人", "chair"),
    "owner": Text("落实责任人", "who carries it out"),
}
STATES = (
    State("collected", Text("已收集", "collected")),
    State("screened", Text("已审核", "screened")),
    State("proposed", Text("支部会已提议", "proposed by the branch")),
    State("consulted", Text("两委已商议", "consulted by both committees")),
    State("deliberated", Text("党员大会已审议", "deliberated by the members")),
    State("noticed", Text("已通知", "notice given")),
    State("discussed", Text("已讨论", "discussed")),
    State("resolved", Text("已决议", "resolved")),
    State("published", Text("决议已公开", "decision published")),
    State("executed", Text("已实施", "carried out")),
    State("result_published", Text("结果已公开", "result published")),
    State("appraised", Text("已评议", "appraised"), open=False),
    State("declined", Text("不列入议题", "not taken up"), open=False, final=True),
    State("rejected", Text("未通过", "not carried"), open=False, final=True),
)


def _counted(_standing: Standing, act: Act, _: ForumRules) -> bool:
    if act.due is None or act.present is None or act.agreed is None:
        return False
    return act.due > 0 and act.agreed <= act.present <= act.due


def _public(standing: Standing, _act: Act, _: ForumRules) -> bool:
    return not standing.topic.private


def _lawful(_standing: Standing, act: Act, _: ForumRules) -> bool:
    return act.lawful is True


def _is_forum(standing: Standing, _act: Act, _: ForumRules) -> bool:
    return standing.topic.route == "forum"


def _right_route(standing: Standing, act: Act, _: ForumRules) -> bool:
    four_two = standing.topic.route == "four_two"
    if act.action == "propose":
        return four_two
    return standing.state not in {"screened", "deliberated"} or four_two == (standing.state == "deliberated")


def _noticed(standing: Standing, act: Act, rules: ForumRules) -> bool:
    if standing.noticed_on is None:
        return True
    days = meeting_of(standing.topic, act.action, rules).notice_days
    return day_of(act.at) >= standing.noticed_on + timedelta(days=days)


def _quorate(standing: Standing, act: Act, rules: ForumRules) -> bool:
    return not _counted(standing, act, rules) or meeting_of(standing.topic, act.action, rules).quorate(
        act.due or 0, act.present or 0
    )


def _unanimous(_standing: Standing, act: Act, _: ForumRules) -> bool:
    return act.agreed == act.present


def _spaced(standing: Standing, act: Act, rules: ForumRules) -> bool:
    return standing.topic.route != "four_two" or spaced(standing, day_of(act.at), rules)


def _within_total(standing: Standing, act: Act, rules: ForumRules) -> bool:
    return standing.topic.route != "four_two" or within_total(standing, day_of(act.at), rules)


def _has_owner(_standing: Standing, act: Act, _: ForumRules) -> bool:
    return bool(act.owner) and act.due_on is not None


def _names_notice(_standing: Standing, act: Act, _: ForumRules) -> bool:
    return act.notice in {"decision", "result"}


def _hangs(standing: Standing, act: Act, _: ForumRules) -> bool:
    shown = standing.display(act.notice)
    return shown is not None and shown.down is None


def _is_down(standing: Standing, act: Act, _: ForumRules) -> bool:
    shown = standing.display(act.notice)
    return shown is not None and shown.down is not None


def _no_breach(standing: Standing, act: Act, rules: ForumRules) -> bool:
    shown = standing.display("decision" if act.action == "execute" else "result")
    return shown is None or not shown.breached(rules.publish_days)


def _days_over(standing: Standing, act: Act, rules: ForumRules) -> bool:
    shown = standing.display("decision")
    if not rules.execute_after or shown is None or shown.breached(rules.publish_days):
        return True
    return shown.served(rules.publish_days, day_of(act.at))


GUARDS: tuple[Guard[Standing, Act, ForumRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "private-topic",
        Text("涉及个人隐私的事项不列入议事", "what touches somebody's private life is no topic"),
        Text("另行办理，或去掉个人情况后再提", "handle it elsewhere, or propose it without the person"),
        _public,
        lambda rules: rules.screening,
    ),
    guard(
        "not-lawful",
        Text("没有确认合法且属于居民自治范围", "it is not found lawful and within self-government"),
        Text("先审核合法性；不合法的不列入", "check its legality first; what is unlawful is declined"),
        _lawful,
        lambda rules: rules.screening,
    ),
    guard(
        "wrong-route",
        Text("不是该议事方式的步骤", "this is no step of that route"),
        Text("四议两公开先经提议、商议、审议", "on 四议两公开 propose, consult and deliberate first"),
        _right_route,
    ),
    guard(
        "needs-vote",
        Text("四议两公开须经表决", "on 四议两公开 it takes a vote"),
        Text("用 vote 登记表决", "enter a vote"),
        _is_forum,
    ),
    guard(
        "no-counts",
        Text("应到、实到、同意人数不全或不合", "how many were due, came and agreed is missing or cannot be"),
        Text("填写三个人数：同意≤实到≤应到", "state all three: agreed ≤ present ≤ due"),
        _counted,
    ),
    guard(
        "short-notice",
        Text("通知时间不足", "the notice was too short"),
        Text("满足通知天数后再开会", "meet when the days of notice are over"),
        _noticed,
    ),
    guard(
        "no-quorum",
        Text("到会人数不足", "too few came"),
        Text("另行召开", "call the meeting again"),
        _quorate,
    ),
    guard(
        "step-too-soon",
        Text("距上一议不足{gap_days}日", "fewer than {gap_days} days lie after the step before"),
        Text("满足间隔后再开会", "meet when they are over"),
        _spaced,
        lambda rules: rules.steps,
    ),
    guard(
        "steps-too-long",
        Text("四议已超过{total_days}日", "the four steps have taken more than {total_days} days"),
        Text("重新提出议题", "raise the topic anew"),
        _within_total,
        lambda rules: rules.steps,
    ),
    guard(
        "not-unanimous",
        Text("没有达成一致", "not all agreed"),
        Text("继续协商，或用 vote 表决", "go on discussing, or take a vote"),
        _unanimous,
    ),
    guard(
        "no-owner",
        Text("没有写明落实责任人和期限", "who carries it out, and by when, is not said"),
        Text("填写 owner 和 due_on", "state `owner` and `due_on`"),
        _has_owner,
    ),
    guard(
        "no-notice",
        Text("没有写明是决议还是结果的公示", "it is not said which display is meant"),
        Text("在 notice 写 decision 或 result", "state `notice`: decision or result"),
        _names_notice,
    ),
    guard(
        "not-displayed",
        Text("该公示没有在公示栏上", "that notice does not hang on the board"),
        Text("核对是哪一项公示", "check which display is meant"),
        _hangs,
    ),
    guard(
        "still-displayed",
        Text("该公示仍在公示栏上，或从未公示", "that notice still hangs, or never did"),
        Text("撤下后才需重新公示", "put it up again only after it was taken down"),
        _is_down,
    ),
    guard(
        "publication-breach",
        Text("公示未满{days}日即被撤下", "the notice was taken down before its {days} days were over"),
        Text("先用 republish 重新公示", "put it up again first: `republish`"),
        _no_breach,
        lambda rules: rules.publication,
    ),
    guard(
        "publication-running",
        Text("公示未满{days}日", "the {days} days on display are not over"),
        Text("期满后再实施", "carry it out when they are"),
        _days_over,
        lambda rules: rules.publication,
    ),
    REASON,
    EVIDENCE,
)


def _carried(standing: Standing, act: Act, rules: ForumRules) -> bool:
    meeting = meeting_of(standing.topic, act.action, rules)
    return meeting.carried(act.due or 0, act.present or 0, act.agreed or 0)


def _passes(to: str) -> Fork[Standing, Act, ForumRules]:
    return Fork(Text("通过", "carried"), _carried, to, "rejected")


_MEETS = "no-counts no-quorum"
_SPACED = "step-too-soon steps-too-long"
_SHOWN = "published executed result_published appraised"
TRANSITIONS = (
    row("screen", Text("审核", "screen"), "collected", "screened", "clerk", "private-topic not-lawful"),
    row("decline", Text("不列入", "decline"), "collected screened", "declined", "clerk branch", "no-reason"),
    row(
        "propose",
        Text("支部会提议", "propose"),
        "screened",
        _passes("proposed"),
        "branch",
        f"wrong-route {_MEETS}",
    ),
    row(
        "consult",
        Text("两委商议", "consult"),
        "proposed",
        _passes("consulted"),
        "branch",
        f"{_MEETS} {_SPACED}",
    ),
    row(
        "deliberate",
        Text("党员大会审议", "deliberate"),
        "consulted",
        _passes("deliberated"),
        "branch",
        f"{_MEETS} {_SPACED}",
    ),
    row("notice", Text("通知", "give notice"), "screened deliberated", "noticed", "clerk", "wrong-route"),
    row(
        "discuss",
        Text("讨论", "discuss"),
        "noticed",
        "discussed",
        "chair",
        f"short-notice {_MEETS} {_SPACED}",
    ),
    row(
        "agree",
        Text("达成一致", "agree"),
        "discussed",
        "resolved",
        "chair",
        f"needs-vote {_MEETS} not-unanimous",
    ),
    row("vote", Text("表决", "vote"), "discussed", _passes("resolved"), "chair", f"{_MEETS} steps-too-long"),
    row("publish", Text("决议公开", "publish"), "resolved", "published", "clerk", "no-owner"),
    row(
        "take_down",
        Text("撤下公示", "take down"),
        _SHOWN,
        None,
        "clerk",
        "no-notice not-displayed",
    ),
    row(
        "republish",
        Text("重新公示", "put up again"),
        _SHOWN,
        None,
        "clerk",
        "no-notice still-displayed",
    ),
    row(
        "execute",
        Text("实施", "carry out"),
        "published",
        "executed",
        "owner",
        "publication-breach publication-running no-evidence",
    ),
    row("publish_result", Text("结果公开", "publish the result"), "executed", "result_published", "clerk"),
    row(
        "appraise",
        Text("评议", "appraise"),
        "result_published",
        "appraised",
        "chair",
        "no-counts publication-breach",
    ),
)


def _days(rules: ForumRules) -> Mapping[str, object]:
    return {"days": rules.publish_days, "gap_days": rules.gap_days, "total_days": rules.total_days}


TOPICS: Casework[Topic, Standing, Act, ForumRules] = Casework(
    "topic",
    usual_procedure(
        "topic", Text("议事协商程序", "deliberation"), "collected", STATES, ROLES, GUARDS, TRANSITIONS, _days
    ),
    Topic,
    Act,
    opened,
    after,
)
"""议事: what a `Casebook` needs to keep topics."""
