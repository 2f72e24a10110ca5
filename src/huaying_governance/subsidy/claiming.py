"""申报程序: every state and every move of a subsidy claim, in this one file.

    applied → confirmed → checked → reviewed → publicised → approved → batched → paid → clawed_back → recovered
        └────────┴───────────┴→ rejected      ↓ objected ↑           ↺ suspended

The one who reviews does not approve, the one who approves does not pay. Nothing is approved before its publicity
(公示) has run its working days without an open objection; nothing is paid that was not approved.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.subsidy.claim import Act, Claim, Standing, Terms, after, opened
from huaying_governance.text import Text, same

DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))
ROLES: Mapping[str, Text] = {
    "applicant": Text("申报人", "applicant"),
    "employer": Text("用人单位", "employer"),
    "checker": Text("数据核验员", "data checker"),
    "reviewer": Text("主管部门审核", "reviewing department"),
    "approver": Text("审批人", "approver"),
    "finance": Text("财政支付", "finance"),
    "public": Text("公众", "anybody"),
}
STATES = (
    State("applied", Text("已申报", "applied")),
    State("confirmed", Text("单位已确认", "confirmed by the employer")),
    State("checked", Text("数据已核验", "data checked")),
    State("reviewed", Text("已审核", "reviewed")),
    State("publicised", Text("公示中", "under publicity")),
    State("objected", Text("有异议待核实", "objected to")),
    State("approved", Text("已审批", "approved")),
    State("batched", Text("已编入支付批次", "in a payment batch")),
    State("paid", Text("已发放", "paid"), open=False),
    State("suspended", Text("暂停发放", "suspended")),
    State("clawed_back", Text("追回中", "being clawed back")),
    State("recovered", Text("追回完毕", "recovered"), open=False, final=True),
    State("rejected", Text("不予发放", "rejected"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)
G = Guard[Standing, Act, Terms]


def _by_applicant(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.claim.person


def _by_employer(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.claim.employer


def _in_window(standing: Standing, _act: Act, terms: Terms) -> bool:
    return terms.opens <= standing.claim.filed_on <= terms.closes


def _other_hand(standing: Standing, act: Act, _: Terms) -> bool:
    earlier = {"review": "check", "approve": "review", "pay": "approve", "settle": "object"}.get(
        act.action, ""
    )
    return not earlier or standing.did(earlier) != act.actor


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _has_reason(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is True or bool(act.reason.strip())


def _has_evidence(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.evidence.strip())


def _not_raised(standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is None or 0 <= act.fen <= standing.claim.fen


def _publicity_over(standing: Standing, act: Act, terms: Terms) -> bool:
    if standing.publicised_on is None:
        return False
    end = terms.publicity_ends(standing.publicised_on)
    return end is not None and act.on > end


def _publicity_open(standing: Standing, act: Act, terms: Terms) -> bool:
    return not _publicity_over(standing, act, terms)


def _has_batch(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.batch.strip())


def _within_paid(standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is not None and 0 < act.fen <= standing.paid


def _within_owed(standing: Standing, act: Act, _: Terms) -> bool:
    return act.fen is not None and 0 < act.fen <= standing.owed


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
        "not-the-applicant",
        Text("不是申报人本人", "it is not the applicant's own claim"),
        Text("由申报人本人办理", "leave it to the applicant"),
        _by_applicant,
    ),
    Guard(
        "not-the-employer",
        Text("不是申报所列单位", "it is not the employer of the claim"),
        Text("由所列单位确认", "leave it to that employer"),
        _by_employer,
    ),
    Guard(
        "outside-window",
        Text("不在申报期内（{opens}至{closes}）", "filed outside the window ({opens} to {closes})"),
        Text("在下一个申报期申报", "file in the next window"),
        _in_window,
        lambda *_: DEFAULT,
    ),
    Guard(
        "same-hand",
        Text("同一人不能连办两个环节", "the same hand may not take both steps"),
        Text("由他人办理", "let somebody else do it"),
        _other_hand,
        lambda *_: DEFAULT,
    ),
    Guard(
        "no-finding",
        Text("没有写明结论", "the finding is not stated"),
        Text("写明通过或不通过", "say whether it passes"),
        _says,
    ),
    Guard(
        "no-reason",
        Text("没有写明理由", "no reason is given"),
        Text("写明理由", "give the reason"),
        _has_reason,
    ),
    Guard(
        "no-evidence",
        Text("没有附凭据", "no evidence is given"),
        Text("附上凭据编号", "give the reference of the evidence"),
        _has_evidence,
    ),
    Guard(
        "raised",
        Text("金额超过政策裁定的金额", "the amount exceeds what the policy awards"),
        Text("不得高于裁定金额", "state no more than the award"),
        _not_raised,
    ),
    Guard(
        "publicity-running",
        Text(
            "公示期未满，或截止日超出日历", "the publicity is not over, or its end lies beyond the calendar"
        ),
        Text("公示满{days}个工作日后再批", "approve after {days} working days of publicity"),
        _publicity_over,
        lambda *_: DEFAULT,
    ),
    Guard(
        "publicity-over",
        Text("公示期已过", "the publicity is over"),
        Text("可向主管部门反映", "turn to the department in charge"),
        _publicity_open,
        lambda *_: DEFAULT,
    ),
    Guard(
        "no-batch",
        Text("没有写明支付批次", "the payment batch is not named"),
        Text("写明批次编号", "name the batch"),
        _has_batch,
    ),
    Guard(
        "beyond-paid",
        Text("追回金额不在已发放金额之内", "more than was paid, or no amount"),
        Text("写明不超过已发放的金额", "state an amount that was paid"),
        _within_paid,
    ),
    Guard(
        "beyond-owed",
        Text("金额不在应追回金额之内", "more than is owed, or no amount"),
        Text("写明不超过应追回的金额", "state an amount that is owed"),
        _within_owed,
    ),
)


def _or_rejected(state: str) -> Fork[Standing, Act, Terms]:
    return Fork(Text("通过", "passes"), lambda _s, act, _t: act.passed is True, state, "rejected")


_SETTLED = Fork[Standing, Act, Terms](
    Text("追清", "settled"), lambda s, act, _t: act.fen == s.owed, "recovered", "clawed_back"
)
_FINDING = ("no-finding", "no-reason")


def _row(
    action: str,
    label: Text,
    sources: str,
    to: str | Fork[Standing, Act, Terms] | None,
    roles: str,
    guards: tuple[str, ...] = (),
) -> Transition[Standing, Act, Terms]:
    return Transition(action, label, tuple(sources.split()), to, tuple(roles.split()), guards)


TRANSITIONS = (
    _row(
        "confirm",
        Text("单位确认", "confirm"),
        "applied",
        _or_rejected("confirmed"),
        "employer",
        ("not-the-employer", "outside-window", *_FINDING),
    ),
    _row(
        "check",
        Text("数据核验", "check"),
        "confirmed",
        _or_rejected("checked"),
        "checker",
        (*_FINDING, "no-evidence"),
    ),
    _row(
        "review",
        Text("审核", "review"),
        "checked",
        _or_rejected("reviewed"),
        "reviewer",
        ("same-hand", *_FINDING, "raised"),
    ),
    _row("publicise", Text("公示", "publicise"), "reviewed", "publicised", "reviewer"),
    _row(
        "object",
        Text("提出异议", "object"),
        "publicised",
        "objected",
        "public employer applicant",
        ("publicity-over", "no-reason"),
    ),
    _row(
        "settle",
        Text("核实异议", "settle the objection"),
        "objected",
        _or_rejected("reviewed"),
        "reviewer",
        ("same-hand", *_FINDING, "no-evidence", "raised"),
    ),
    _row(
        "approve",
        Text("审批", "approve"),
        "publicised",
        _or_rejected("approved"),
        "approver",
        ("same-hand", *_FINDING, "publicity-running"),
    ),
    _row("batch", Text("编入批次", "put into a batch"), "approved", "batched", "finance", ("no-batch",)),
    _row(
        "unbatch", Text("移出批次", "take out of the batch"), "batched", "approved", "finance", ("no-reason",)
    ),
    _row("pay", Text("发放", "pay"), "batched", "paid", "finance", ("same-hand", "no-evidence")),
    _row(
        "suspend",
        Text("暂停", "suspend"),
        "approved batched",
        "suspended",
        "reviewer approver",
        ("no-reason",),
    ),
    _row("resume", Text("恢复", "resume"), "suspended", "approved", "approver", ("no-reason",)),
    _row(
        "claw_back",
        Text("追回", "claw back"),
        "paid",
        "clawed_back",
        "approver",
        ("no-reason", "beyond-paid"),
    ),
    _row("repay", Text("退缴", "repay"), "clawed_back", _SETTLED, "finance", ("no-evidence", "beyond-owed")),
    _row(
        "offset", Text("抵扣", "offset"), "clawed_back", _SETTLED, "finance", ("no-evidence", "beyond-owed")
    ),
    _row(
        "write_off",
        Text("核销", "write off"),
        "clawed_back",
        _SETTLED,
        "approver",
        ("no-reason", "no-evidence", "beyond-owed"),
    ),
    _row(
        "withdraw",
        Text("撤回", "withdraw"),
        "applied confirmed checked reviewed",
        "withdrawn",
        "applicant",
        ("not-the-applicant",),
    ),
)
_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {row.action: row.label for row in TRANSITIONS}


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    return {
        "state": _STATES[standing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
        "opens": terms.opens,
        "closes": terms.closes,
        "days": terms.publicity_days,
    }


CLAIMS: Casework[Claim, Standing, Act, Terms] = Casework(
    "claim",
    Procedure(
        "claim",
        1,
        Text("奖补申报程序", "subsidy claims"),
        "applied",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=_describe,
    ),
    Claim,
    Act,
    opened,
    after,
)
"""申报: what a `Casebook` needs to keep subsidy claims."""
