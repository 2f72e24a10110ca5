"""求职服务程序: every state and every move of a placement, in this one file.

    entered → submitted → intended → signed → at work → settled
       └──────────┴──────────┴─────────┴────────┴→ given up

No rung is left out. Signing needs the reference of the agreement: an intention never counts as one.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.employment.placement import Act, FairRules, Placement, Standing, after, opened
from huaying_governance.procedure.table import Guard, State
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
    "station": Text("就业服务站", "employment station"),
    "agency": Text("中介机构", "agency"),
    "employer": Text("用人单位", "employer"),
}
STATES = (
    State("entered", Text("已进场", "came")),
    State("submitted", Text("已投递", "applied")),
    State("intended", Text("有意向", "intends")),
    State("signed", Text("已签约", "signed")),
    State("at_work", Text("已到岗", "at work")),
    State("settled", Text("已稳岗", "kept the job"), open=False, final=True),
    State("given_up", Text("已退出", "given up"), open=False, final=True),
)


def _has_agreement(_standing: Standing, act: Act, _rules: FairRules) -> bool:
    return bool(act.evidence.strip())


def _kept(standing: Standing, act: Act, rules: FairRules) -> bool:
    settled = standing.settled_on(rules)
    return settled is not None and act.on >= settled


def _insured(standing: Standing, _act: Act, _rules: FairRules) -> bool:
    return standing.insured_on is not None


GUARDS: tuple[Guard[Standing, Act, FairRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-agreement",
        Text("没有协议编号，意向不是协议", "there is no reference of an agreement; an intention is none"),
        Text("签订协议后，在 evidence 写协议编号", "sign first, then give the agreement's reference"),
        _has_agreement,
        lambda rules: rules.agreement,
    ),
    guard(
        "too-early",
        Text("到岗未满{months}个月", "the work began less than {months} months ago"),
        Text("期满回访后再登记", "enter it after the months, when it was asked"),
        _kept,
        lambda rules: rules.citation,
    ),
    guard(
        "not-insured",
        Text("没有登记社会保险", "no social insurance is entered"),
        Text("用工{days}日内办理参保，再登记 insure", "register it within {days} days, and enter `insure`"),
        _insured,
        lambda rules: rules.insurance,
    ),
    REASON,
    EVIDENCE,
)
_ANY = "station agency"
TRANSITIONS = (
    row("submit", Text("投递", "apply"), "entered", "submitted", _ANY),
    row("intend", Text("达成意向", "enter an intention"), "submitted", "intended", f"{_ANY} employer"),
    row("sign", Text("签约", "sign"), "intended", "signed", f"{_ANY} employer", "no-agreement"),
    row("begin", Text("到岗", "begin work"), "signed", "at_work", f"{_ANY} employer", "no-evidence"),
    row("insure", Text("参保", "insure"), "at_work", None, f"{_ANY} employer", "no-evidence"),
    row(
        "settle", Text("稳岗", "confirm the job is kept"), "at_work", "settled", _ANY, "too-early not-insured"
    ),
    row(
        "give_up",
        Text("退出", "give up"),
        "entered submitted intended signed at_work",
        "given_up",
        _ANY,
        "no-reason",
    ),
)

PLACEMENTS: Casework[Placement, Standing, Act, FairRules] = Casework(
    "placement",
    usual_procedure(
        "placement",
        Text("求职服务程序", "placements"),
        "entered",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda rules: {"months": rules.settled_months, "days": rules.insurance_days},
    ),
    Placement,
    Act,
    opened,
    after,
)
"""求职服务: what a `Casebook` needs to keep placements."""
