"""准入程序: every state and every move of a request for admission, in this one file.

    submitted → checked → consulted → admitted → expired | withdrawn      (never decided by who asked for it)
        │          └→ rejected ←┘        ↺ revised
        └→ emergency ↺ renewed once → lapsed                              (taken at once under an order)
               └──────────→ reviewed ←┘ → submitted, where it is to go on

An emergency is accepted at once, ends with its order or after the default days, must be reviewed, and after one
renewal goes on only by admission.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.responsibility.request import Act, Standing, Terms
from huaying_governance.text import Text, same

DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))
ROLES: Mapping[str, Text] = {
    "requester": Text("申请单位", "requesting organisation"),
    "legal": Text("合法性审查", "legal check"),
    "consulted": Text("被征求意见单位", "body consulted"),
    "secretariat": Text("联席会议办公室", "secretariat of the joint conference"),
    "conference": Text("联席会议", "joint conference"),
}
STATES = (
    State("submitted", Text("已申请", "submitted")),
    State("checked", Text("已审查合法性", "checked for lawfulness")),
    State("consulted", Text("已征求意见", "bodies heard")),
    State("emergency", Text("应急先行", "taken under an emergency order")),
    State("lapsed", Text("应急期满待复核", "emergency over, review owed")),
    State("admitted", Text("已准入", "admitted"), open=False),
    State("reviewed", Text("应急已复核", "emergency reviewed"), open=False),
    State("rejected", Text("不予准入", "rejected"), open=False, final=True),
    State("expired", Text("准入期满", "expired"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)
G = Guard[Standing, Act, Terms]


def _hears(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor in standing.request.consult and act.approve is not None


def _everybody_heard(standing: Standing, _act: Act, _: Terms) -> bool:
    return not standing.unheard


def _by_another(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.request.requester


def _by_requester(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.request.requester


def _lawful(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.approve is not None and (act.approve is False or bool(act.basis))


def _decided(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.approve is not None or act.action == "revise"


def _has_term(_standing: Standing, act: Act, _: Terms) -> bool:
    if act.approve is False:
        return True
    return act.since is not None and act.until is not None and act.since <= act.until


def _within_request(standing: Standing, act: Act, _: Terms) -> bool:
    return set(act.communities) <= set(standing.request.communities)


def _funded(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.approve is False or act.funding is not None


def _has_order(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.order.strip())


def _may_renew(standing: Standing, _act: Act, terms: Terms) -> bool:
    return standing.renewals < terms.renewals


def _over(standing: Standing, act: Act, _: Terms) -> bool:
    end = standing.expires if standing.admission is None else standing.admission.until
    return end is not None and act.on > end


def _has_reason(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.reason.strip())


GUARDS: tuple[G, ...] = (
    Guard(
        "wrong-state",
        Text("现为“{state}”，不能{action}", "it is {state}: {action} is not open"),
        Text("按程序办理", "take the steps in order"),
    ),
    Guard(
        "wrong-role",
        Text("{role}不能{action}", "{role} may not {action}"),
        Text("由有权角色办理", "leave it to the role that may"),
    ),
    Guard(
        "decided-by-requester",
        Text(
            "申请单位不得自己审批、审查或复核",
            "the requesting organisation may not check, decide or review its own request",
        ),
        Text("由其他有权单位办理", "leave it to another competent body"),
        _by_another,
    ),
    Guard(
        "not-the-requester",
        Text("只有申请单位可以提出", "only the requesting organisation may do this"),
        Text("由申请单位办理", "leave it to the requester"),
        _by_requester,
    ),
    Guard(
        "no-finding",
        Text("没有合法性结论，或认为合法而没有写明依据", "no finding, or lawful without a clause"),
        Text("写明是否合法及依据", "say whether it is lawful, and by which clause"),
        _lawful,
    ),
    Guard(
        "not-consulted",
        Text(
            "不在应征求意见的单位之内，或没有表明意见",
            "not one of the bodies to be heard, or no opinion is given",
        ),
        Text("由应征求意见的单位表明同意或不同意", "let a body that must be heard agree or disagree"),
        _hears,
    ),
    Guard(
        "not-heard",
        Text("尚未征求{unheard}的意见", "{unheard} have not been heard"),
        Text("先征求意见", "hear them first"),
        _everybody_heard,
    ),
    Guard(
        "no-decision",
        Text("没有写明是否准入", "the decision is not stated"),
        Text("写明准入或不予准入", "say whether it is admitted"),
        _decided,
    ),
    Guard(
        "no-term",
        Text("准入没有写明起止日期", "an admission needs its first and last day"),
        Text("写明起止日期", "state both days"),
        _has_term,
    ),
    Guard(
        "wider-than-asked",
        Text("社区超出申请范围", "it names communities that were not asked for"),
        Text("只写申请内的社区", "name communities of the request"),
        _within_request,
    ),
    Guard(
        "no-funding",
        Text("没有写明随附经费", "the funds that follow are not stated"),
        Text("写明经费（可以为0，届时交办附条件）", "state the funds; with 0, assignments stay conditional"),
        _funded,
    ),
    Guard(
        "no-order",
        Text("没有应急命令号", "there is no emergency order"),
        Text("写明应急命令号", "state the order"),
        _has_order,
    ),
    Guard(
        "renewal-limit",
        Text(
            "应急已续期{renewals}次，须按准入程序办理",
            "renewed {renewals} times already: it needs an admission",
        ),
        Text("申请准入", "ask for admission"),
        _may_renew,
        lambda *_: DEFAULT,
    ),
    Guard(
        "still-in-force",
        Text("期限未满", "its term is not over"),
        Text("期满后再办", "wait until it is over"),
        _over,
    ),
    Guard(
        "no-reason",
        Text("没有写明理由", "no reason is given"),
        Text("写明理由", "give the reason"),
        _has_reason,
    ),
)

_LAWFUL = Fork[Standing, Act, Terms](
    Text("合法", "lawful"), lambda _s, act, _t: bool(act.approve), "checked", "rejected"
)
_ADMIT = Fork[Standing, Act, Terms](
    Text("同意准入", "admitted"), lambda _s, act, _t: bool(act.approve), "admitted", "rejected"
)
_ALL_HEARD = Fork[Standing, Act, Terms](
    Text("意见征求完毕", "all heard"),
    lambda standing, act, _t: set(standing.unheard) <= {act.actor},
    "consulted",
    "checked",
)


def _row(
    action: str,
    label: Text,
    sources: tuple[str, ...],
    to: str | Fork[Standing, Act, Terms] | None,
    roles: tuple[str, ...],
    guards: tuple[str, ...] = (),
) -> Transition[Standing, Act, Terms]:
    return Transition(action, label, sources, to, roles, guards)


TRANSITIONS = (
    _row(
        "check",
        Text("合法性审查", "check"),
        ("submitted",),
        _LAWFUL,
        ("legal",),
        ("decided-by-requester", "no-finding"),
    ),
    _row("consult", Text("征求意见", "hear"), ("checked",), _ALL_HEARD, ("consulted",), ("not-consulted",)),
    _row(
        "decide",
        Text("联席会议审批", "decide"),
        ("checked", "consulted"),
        _ADMIT,
        ("conference",),
        ("decided-by-requester", "not-heard", "no-decision", "no-term", "wider-than-asked", "no-funding"),
    ),
    _row(
        "revise",
        Text("调整准入", "revise"),
        ("admitted",),
        None,
        ("conference",),
        ("decided-by-requester", "no-term", "wider-than-asked", "no-funding", "no-reason"),
    ),
    _row("expire", Text("期满", "expire"), ("admitted",), "expired", ("secretariat",), ("still-in-force",)),
    _row(
        "withdraw",
        Text("撤回", "withdraw"),
        ("submitted", "checked", "consulted", "admitted"),
        "withdrawn",
        ("requester", "conference"),
        ("no-reason",),
    ),
    _row(
        "declare",
        Text("应急先行", "declare an emergency"),
        ("submitted",),
        "emergency",
        ("requester",),
        ("not-the-requester", "no-order"),
    ),
    _row(
        "renew",
        Text("应急续期", "renew the emergency"),
        ("emergency", "lapsed"),
        "emergency",
        ("requester",),
        ("not-the-requester", "no-order", "renewal-limit"),
    ),
    _row(
        "lapse",
        Text("应急期满", "let the emergency lapse"),
        ("emergency",),
        "lapsed",
        ("secretariat",),
        ("still-in-force",),
    ),
    _row(
        "review",
        Text("复核应急", "review the emergency"),
        ("emergency", "lapsed"),
        "reviewed",
        ("secretariat", "conference"),
        ("decided-by-requester", "no-reason"),
    ),
    _row(
        "resubmit",
        Text("转为申请准入", "ask for admission"),
        ("reviewed",),
        "submitted",
        ("requester",),
        ("not-the-requester",),
    ),
)
_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {row.action: row.label for row in TRANSITIONS}


def _describe(standing: Standing, act: Act, _: Terms) -> Mapping[str, object]:
    unheard = standing.unheard
    return {
        "state": _STATES[standing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
        "unheard": Text("、".join(unheard), ", ".join(unheard)),
        "renewals": standing.renewals,
    }


def admission_procedure() -> Procedure[Standing, Act, Terms]:
    """Return the procedure: an immutable table, ready to answer."""
    return Procedure(
        "admission",
        1,
        Text("社区工作事项准入程序", "admission of matters"),
        "submitted",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=_describe,
    )
