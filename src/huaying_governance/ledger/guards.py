"""台账条件: the questions the ledger's table asks of an action. Each is pure and true where nothing stands against it.

The order of the codes is the order in which reasons are given. Questions that can be answered are asked even where
the state is wrong, so that an office hears all reasons at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from huaying_governance.kernel.bodies import ROLES
from huaying_governance.kernel.citation import Citation
from huaying_governance.ledger.model import Action
from huaying_governance.ledger.state import UNANSWERED, Context, Live, has_missed, is_open, is_running
from huaying_governance.ledger.terms import ARTICLE, DEFAULT, Window
from huaying_governance.procedure.clock import UNITS, passed
from huaying_governance.procedure.table import Guard
from huaying_governance.text import Text, same

LedgerGuard: TypeAlias = Guard[Live, Action, Context]


def has_lead(live: Live, action: Action, _context: Context) -> bool:
    """A lead is named; a transfer names another than the present one."""
    return bool(action.lead) and not (action.action == "transfer" and action.lead == live.lead)


def has_handler(_live: Live, action: Action, _context: Context) -> bool:
    """A handler is named."""
    return bool(action.handler)


def has_reason(_live: Live, action: Action, _context: Context) -> bool:
    """A reason is given."""
    return bool(action.reason.strip())


def has_evidence(_live: Live, action: Action, _context: Context) -> bool:
    """Evidence is given."""
    return bool(action.evidence.strip())


def has_target(live: Live, action: Action, context: Context) -> bool:
    """The target is another entry of the same kind, still open."""
    target = context.target
    return (
        target is not None
        and action.target != action.entry
        and target.terms.kind == live.terms.kind
        and is_open(target)
    )


def is_somebody_else(live: Live, action: Action, _context: Context) -> bool:
    """Who verifies or strikes off is not the handler; who verifies is not who replied last either."""
    return action.actor != live.handler and (action.action != "verify" or action.actor != live.replied_by)


def is_verified(live: Live, action: Action, _context: Context) -> bool:
    """The last reply has been verified; a verification says whether the petitioner is satisfied."""
    return action.satisfied is not None if action.action == "verify" else live.verified


def is_before_due(live: Live, action: Action, _context: Context) -> bool:
    """The current deadline has not passed; the due day itself is in time."""
    return live.state in UNANSWERED or not has_missed(live, action.at.date())


def is_within_extension(live: Live, action: Action, _context: Context) -> bool:
    """There is a clock to extend, an extension is left, and it is not longer than the timetable allows."""
    if not is_running(live) or live.state in UNANSWERED:
        return False
    return live.extensions < live.terms.times and (action.days or 0) <= live.terms.limit(live.clock)


def is_within_objection(live: Live, action: Action, _context: Context) -> bool:
    """The objection window of the last assignment or transfer is open; never assigned, or not known: not asked."""
    return live.return_by is None or action.at.date() <= live.return_by


def is_within_reopening(live: Live, action: Action, context: Context) -> bool:
    """The reopening window, counted from the closing day, is open; not closed, or not known: not asked."""
    closing, window = live.closing, live.terms.reopen
    if closing is None:
        return True
    # A window that ends beyond the calendar has not surely passed.
    return not passed(context.calendar, closing.day, window.days, window.unit, action.at.date())


def is_in_order(live: Live, action: Action, _context: Context) -> bool:
    """The action is not older than the last one applied, nor than the entry itself."""
    return action.at >= live.at


def is_answer_accepted(_live: Live, action: Action, _context: Context) -> bool:
    """The petitioner is satisfied, or a leader says why the answer is lawful all the same (政策解释到位)."""
    return action.satisfied is True or (action.role == "leader" and bool(action.reason.strip()))


def was_assigned(live: Live, _action: Action, _context: Context) -> bool:
    """Somebody has been responsible for the entry."""
    return bool(live.lead)


def _article(_live: Live, _context: Context) -> Citation:
    return ARTICLE


def _default(_live: Live, _context: Context) -> Citation:
    return DEFAULT


def _extension(live: Live, _context: Context) -> Citation:
    return live.terms.extension


def _objection(live: Live, _context: Context) -> Citation:
    return live.terms.objection.citation


def _reopening(live: Live, _context: Context) -> Citation:
    return live.terms.reopen.citation


GUARDS: tuple[LedgerGuard, ...] = (
    Guard(
        "wrong-state",
        Text("条目现为“{state}”，不能{action}", "the entry is `{state}`; `{action}` is not open to it"),
        Text("先办到可以{action}的环节：{sources}", "bring it first to one of: {sources}"),
        basis=_article,
    ),
    Guard(
        "wrong-role",
        Text("{role}不能{action}", "a {role} may not {action}"),
        Text("由{roles}办理", "let one of these act: {roles}"),
        basis=_article,
    ),
    Guard(
        "no-lead",
        Text("没有写明（新的）责任人", "no responsible lead is named, or a transfer names the present one"),
        Text("写明责任人；转办须另行指定", "name the lead; for a transfer, another one"),
        has_lead,
        _article,
    ),
    Guard(
        "no-handler",
        Text("没有写明经办人", "no handler is named"),
        Text("写明经办人", "name the handler"),
        has_handler,
        _article,
    ),
    Guard(
        "no-reason",
        Text("没有写明理由", "no reason is given"),
        Text("写明理由", "give the reason"),
        has_reason,
        _default,
    ),
    Guard(
        "no-evidence",
        Text("没有附办理凭据", "no evidence is given"),
        Text(
            "附上答复文书、照片等凭据的编号",
            "give the reference of the written reply, photograph or the like",
        ),
        has_evidence,
        _default,
    ),
    Guard(
        "no-target",
        Text("没有可并入的条目", "there is no entry to merge into"),
        Text("写明另一个同类、未办结的条目", "name another open entry of the same ledger"),
        has_target,
        _default,
    ),
    Guard(
        "handler-cannot-verify",
        Text(
            "经办人不能核验、销号自己办的事，答复人不能核验自己的答复",
            "a handler may not verify or strike off the own matter, nor who replied verify the own reply",
        ),
        Text("由他人核验、销号", "let somebody else verify and strike off"),
        is_somebody_else,
        _article,
    ),
    Guard(
        "not-verified",
        Text(
            "答复还没有经过核验，或核验没有写明是否满意",
            "the reply is not verified, or the verification does not say whether it satisfies",
        ),
        Text("先核验，并写明诉求人是否满意", "verify it first, and say whether the petitioner is satisfied"),
        is_verified,
        _article,
    ),
    Guard(
        "after-due",
        Text("期限 {due} 已过，不能再延期", "the deadline {due} has passed; it can no longer be extended"),
        Text("在期限当日或之前申请延期", "ask for an extension on or before the due day"),
        is_before_due,
        _extension,
    ),
    Guard(
        "extension-limit",
        Text(
            "超出可延期的次数或天数，或没有可延的时限",
            "beyond the number or length of extensions, or no clock to extend",
        ),
        Text("至多延期{times}次，每次不超过{limit}", "extend at most {times} time(s), by at most {limit}"),
        is_within_extension,
        _extension,
    ),
    Guard(
        "objection-window-passed",
        Text("退回异议期（{objection}）已过", "the objection window ({objection}) has passed"),
        Text("继续办理，或转办", "go on, or transfer it"),
        is_within_objection,
        _objection,
    ),
    Guard(
        "reopen-window-passed",
        Text("重新办理的期限（{reopen}）已过", "the window for reopening ({reopen}) has passed"),
        Text("另行登记新的条目", "register a new entry"),
        is_within_reopening,
        _reopening,
    ),
    Guard(
        "out-of-order",
        Text("早于已办理的最后一步", "older than the last step already applied, or than the entry"),
        Text("核对时间，按先后顺序办理", "check the moment; apply actions in their order"),
        is_in_order,
        _default,
    ),
)


def describe(
    live: Live,
    action: Action,
    labels: Mapping[str, Text],
    states: Mapping[str, Text],
    asked: Mapping[str, Text],
) -> Mapping[str, object]:
    """Return what the guards' texts say of the case. `labels`: of actions; `asked`: sources and roles wanted."""
    terms = live.terms
    unit = UNITS[terms.clocks[live.clock].unit] if live.clock < len(terms.clocks) else same("")
    limit = terms.limit(live.clock) if live.clock < len(terms.clocks) else 0
    return {
        "state": states[live.state],
        "action": labels[action.action],
        "role": ROLES.get(action.role, same(action.role)),
        "due": live.due.isoformat() if live.due is not None else "",
        "times": terms.times,
        "limit": Text(f"{limit}{unit.zh}", f"{limit} {unit.en}"),
        "objection": _span(terms.objection),
        "reopen": _span(terms.reopen),
        **asked,
    }


def _span(window: Window) -> Text:
    unit = UNITS[window.unit]
    return Text(f"{window.days}{unit.zh}", f"{window.days} {unit.en}")
