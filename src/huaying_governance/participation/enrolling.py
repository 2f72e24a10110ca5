"""登记程序: every state and every move of a registration.

    applied → checked → (village, hukou elsewhere: consented) → registered → objected → registered
        └ rejected ─ claimed ┘                                        └ removed

A person stands on one roll: a village bars whoever stands elsewhere, a community asks for a declaration. Once the roll
is published an entry changes by objection only; the committee decides within its own days. Whoever objects too late is
refused; a committee that decides too late still decides, and the lateness is told.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.roll import (
    Act,
    Registration,
    RollRules,
    Standing,
    Terms,
    active_elsewhere,
    after,
    object_by,
    opened,
)
from huaying_governance.participation.roll_steps import NO_RULES, ROLES, STEP_DOWN, ruled_guard, with_days
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import IN_ORDER, REASON, ROLE, STATE, describer, row
from huaying_governance.text import Text


def _own(standing: Standing, act: Act, _t: Terms, _r: RollRules) -> bool:
    return act.actor == standing.registration.person


def _found(_s: Standing, act: Act, _t: Terms, _r: RollRules) -> bool:
    told = {"check": act.fit, "consent": act.consent, "decide": act.upheld}
    return told[act.action] is not None


def _law_agrees(standing: Standing, act: Act, terms: Terms, _: RollRules) -> bool:
    enters = act.fit is True if act.action == "check" else act.upheld is True and standing.state == "claimed"
    return not enters or terms.judged(standing.registration) in {"", "eligible"}


def _ground(_s: Standing, act: Act, _t: Terms, _r: RollRules) -> bool:
    return act.fit is not False or bool(act.reason.strip())


def _stay_shown(standing: Standing, act: Act, _t: Terms, _r: RollRules) -> bool:
    told = act.fit if act.action == "check" else act.upheld
    return standing.registration.hukou or told is not True or bool(act.evidence.strip())


def _meets(standing: Standing, _act: Act, _t: Terms, rules: RollRules) -> bool:
    return rules.meeting and not standing.registration.hukou


def _consented(standing: Standing, act: Act, _t: Terms, rules: RollRules) -> bool:
    if act.action == "decide" and not _enters(standing, act):
        return True
    return standing.consented or standing.registration.hukou or not rules.meeting


def _enters(standing: Standing, act: Act) -> bool:
    """Whether the act would put somebody on the roll."""
    return act.action == "register" or (standing.state == "claimed" and act.upheld is True)


def _once(standing: Standing, act: Act, terms: Terms, _: RollRules) -> bool:
    mine = standing.registration
    return not _enters(standing, act) or not any(
        one.listed and one.registration.roll == mine.roll for one in terms.of_person(mine.person)
    )


def _not_elsewhere(standing: Standing, act: Act, terms: Terms, rules: RollRules) -> bool:
    return rules.double != "block" or not _enters(standing, act) or not active_elsewhere(standing, terms)


def _declared(standing: Standing, act: Act, terms: Terms, rules: RollRules) -> bool:
    if rules.double == "block" or standing.declared or not _enters(standing, act):
        return True
    return not active_elsewhere(standing, terms)


def _unpublished(standing: Standing, _act: Act, terms: Terms, _: RollRules) -> bool:
    known = terms.roll(standing.registration.roll)
    return known is None or known.published_on is None


def _published(standing: Standing, _act: Act, terms: Terms, _: RollRules) -> bool:
    return not _unpublished(standing, _act, terms, _)


def _not_closed(standing: Standing, _act: Act, terms: Terms, _: RollRules) -> bool:
    known = terms.roll(standing.registration.roll)
    return known is None or known.state != "closed"


def _in_window(standing: Standing, act: Act, terms: Terms, rules: RollRules) -> bool:
    known = terms.roll(standing.registration.roll)
    if known is None or known.published_on is None:
        return True
    last = object_by(known.published_on, rules, terms.calendar)
    return day_of(act.at) >= known.published_on and (last is None or day_of(act.at) <= last)


STATES = (
    State("applied", Text("已申请", "applied")),
    State("checked", Text("已核对", "checked")),
    State("consented", Text("会议已同意", "consented to by the meeting")),
    State("registered", Text("已登记", "registered"), open=False),
    State("objected", Text("有异议", "objected to")),
    State("claimed", Text("要求补登", "claimed")),
    State("rejected", Text("不予登记", "not registered"), open=False),
    State("removed", Text("已除名", "removed"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)
GUARDS: tuple[Guard[Any, Any, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    NO_RULES,
    STEP_DOWN,
    ruled_guard(
        "not-the-voter",
        Text("不是本人", "it is not the person's own act"),
        Text("由本人办理", "leave it to the person"),
        _own,
    ),
    ruled_guard(
        "no-finding",
        Text("没有写明结论", "the finding is not stated"),
        Text("填写 fit、meeting_consent 或 upheld", "state `fit`, `meeting_consent` or `upheld`"),
        _found,
    ),
    ruled_guard(
        "not-eligible",
        Text(
            "按居民表中的事实，选举日没有登记资格或尚不能确定",
            "by the facts in `residents` the person may not register, or that is not known",
        ),
        Text("核对居民表，见 eligibility 的理由", "check the facts; the reason stands in `eligibility`"),
        _law_agrees,
        lambda rules: rules.admission,
    ),
    ruled_guard(
        "no-ground",
        Text("不予登记，但没有写明依据", "it is not granted, and the ground is not stated"),
        Text(
            "在 reason 写明依据的条款，不写个人情况",
            "name the clause in `reason`, not the person's circumstances",
        ),
        _ground,
    ),
    ruled_guard(
        "no-stay-evidence",
        Text("非户籍居民没有居住凭据", "somebody without local hukou has shown no evidence of the stay"),
        Text("附上凭据编号", "give the reference of the evidence"),
        _stay_shown,
        lambda rules: rules.admission,
    ),
    ruled_guard(
        "no-meeting-needed",
        Text("不需要会议同意", "no meeting's consent is needed"),
        Text("直接登记", "register the person"),
        _meets,
        lambda rules: rules.admission,
    ),
    ruled_guard(
        "no-consent",
        Text("还没有村民会议或者村民代表会议同意", "the villagers' meeting has not consented yet"),
        Text("先登记会议的决定", "enter the decision of the meeting first"),
        _consented,
        lambda rules: rules.admission,
    ),
    ruled_guard(
        "on-roll",
        Text("本人已在这份名单上", "the person stands on this roll already"),
        Text("不重复登记", "do not register twice"),
        _once,
        lambda rules: rules.single,
    ),
    ruled_guard(
        "registered-elsewhere",
        Text("已在其他地方登记参加选举", "the person is registered elsewhere"),
        Text("先在那里撤回登记", "withdraw that registration first"),
        _not_elsewhere,
        lambda rules: rules.single,
    ),
    ruled_guard(
        "no-declaration",
        Text(
            "已在他处登记，没有声明不重复参加选举",
            "registered elsewhere, and it is not declared that the person will vote once",
        ),
        Text("由本人用 declare 声明", "the person enters `declare`"),
        _declared,
        lambda rules: rules.single,
    ),
    ruled_guard(
        "roll-published",
        Text("名单已公布", "the roll is published"),
        Text("公布后通过异议或补登办理", "after publication object to it, or claim an entry"),
        _unpublished,
        lambda rules: rules.publication,
    ),
    ruled_guard(
        "not-published",
        Text("名单还没有公布", "the roll is not published yet"),
        Text("公布前直接办理登记", "until then register in the ordinary way"),
        _published,
        lambda rules: rules.publication,
    ),
    ruled_guard(
        "objection-over",
        Text(
            "已过公布后{objection_days}日的异议期",
            "the {objection_days} days of objection after publication are over",
        ),
        Text("可以向乡镇街道反映", "turn to the town or the subdistrict"),
        _in_window,
        lambda rules: rules.objection,
    ),
    ruled_guard(
        "roll-closed",
        Text("名单已确定", "the roll is closed"),
        Text("不再变更", "it changes no more"),
        _not_closed,
    ),
    REASON,
)


def _fork(label: Text, test: Callable[[Act], bool], yes: str, no: str) -> Fork[Any, Any, Terms]:
    return Fork(label, lambda _standing, act, _terms: test(act), yes, no)


_DOUBLE = "on-roll registered-elsewhere no-declaration"
TRANSITIONS = (
    row(
        "check",
        Text("核对资格", "check"),
        "applied",
        _fork(Text("符合", "may register"), lambda act: act.fit is True, "checked", "rejected"),
        "committee",
        "no-roll-rules no-finding not-eligible no-ground no-stay-evidence",
    ),
    row(
        "consent",
        Text("会议决定", "meeting's decision"),
        "checked",
        _fork(Text("同意", "consents"), lambda act: act.consent is True, "consented", "rejected"),
        "meeting",
        "no-roll-rules no-finding no-meeting-needed",
    ),
    row(
        "consent",
        Text("会议决定", "meeting's decision"),
        "claimed",
        None,
        "meeting",
        "no-roll-rules no-finding no-meeting-needed",
    ),
    row(
        "declare",
        Text("声明", "declare"),
        "applied checked consented claimed",
        None,
        "voter",
        "not-the-voter",
    ),
    row(
        "register",
        Text("登记", "register"),
        "checked consented",
        "registered",
        "committee",
        f"no-roll-rules no-consent {_DOUBLE} roll-published",
    ),
    row(
        "withdraw",
        Text("撤回", "withdraw"),
        "applied checked consented registered",
        "withdrawn",
        "voter",
        "not-the-voter roll-published",
    ),
    row(
        "object",
        Text("提出异议", "object"),
        "registered",
        "objected",
        "voter",
        "no-roll-rules not-published objection-over roll-closed no-reason",
    ),
    row(
        "claim",
        Text("要求补登", "claim an entry"),
        "applied checked consented rejected",
        "claimed",
        "voter",
        "no-roll-rules not-the-voter not-published objection-over roll-closed no-reason",
    ),
    row(
        "decide",
        Text("作出决定", "decide"),
        "objected",
        _fork(Text("异议成立", "upheld"), lambda act: act.upheld is True, "removed", "registered"),
        "committee",
        "no-finding no-reason",
    ),
    row(
        "decide",
        Text("作出决定", "decide"),
        "claimed",
        _fork(Text("补登", "entered"), lambda act: act.upheld is True, "registered", "rejected"),
        "committee",
        f"no-roll-rules no-finding not-eligible no-stay-evidence no-consent {_DOUBLE} no-reason",
    ),
)

REGISTRATIONS: Casework[Registration, Standing, Act, Terms] = Casework(
    "registration",
    Procedure(
        "registration",
        1,
        Text("选民登记程序", "registration of voters"),
        "applied",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order", "must-step-down"),
        describe=with_days(describer(STATES, TRANSITIONS, ROLES)),
    ),
    Registration,
    Act,
    opened,
    after,
)
"""登记: what a `Casebook` needs to keep registrations."""
