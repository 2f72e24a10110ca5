"""整治程序: every state and every move of an incident, in this one file.

    found → verified → ordered → rectified → rechecked → handed over | closed
      └ dismissed        │  ↑        └ failed ─→ reopened ─┘ rectified, or ordered again
                         └ escalated: the day to put it right has passed (from ordered, reopened)

The organ orders; who put it right does not recheck it; a picture shown before shows nothing. The penalty is not decided
here: the matter is handed to the competent organ against a receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood.incident import (
    Act,
    Incident,
    Standing,
    Terms,
    after,
    deadline_passed,
    due_of,
    opened,
)
from huaying_governance.procedure.table import Fork, Guard, State
from huaying_governance.procedure.usual import (
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
    "community": Text("社区", "community"),
    "liable": Text("责任方", "who has to put it right"),
    "inspector": Text("复查人", "inspector"),
    "organ": Text("执法机关", "enforcement organ"),
}
STATES = (
    State("found", Text("已发现", "found")),
    State("verified", Text("已核实", "verified")),
    State("ordered", Text("已责令整改", "ordered to be put right")),
    State("rectified", Text("已整改待复查", "put right, to be rechecked")),
    State("reopened", Text("复查不合格", "recheck failed, open again")),
    State("rechecked", Text("复查合格", "recheck passed")),
    State("escalated", Text("逾期升级", "overdue and escalated")),
    State("handed_over", Text("已移交", "handed over"), open=False, final=True),
    State("closed", Text("已办结", "closed"), open=False, final=True),
    State("dismissed", Text("不成立", "nothing to follow up"), open=False, final=True),
)


def _has_photo(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.photo.strip())


def _new_photo(standing: Standing, act: Act, _: Terms) -> bool:
    return act.photo not in standing.photos


def _due_ahead(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.due_on is None or act.due_on >= day_of(act.at)


def _due_later(standing: Standing, act: Act, terms: Terms) -> bool:
    due = due_of(standing, terms)
    return act.due_on is not None and (due is None or act.due_on > due)


def _in_time(standing: Standing, act: Act, terms: Terms) -> bool:
    return not deadline_passed(standing, terms, day_of(act.at))


def _too_late(standing: Standing, act: Act, terms: Terms) -> bool:
    return deadline_passed(standing, terms, day_of(act.at))


def _may_extend(standing: Standing, _act: Act, terms: Terms) -> bool:
    kind = terms.kinds.get(standing.incident.kind)
    return kind is None or standing.extensions < kind.extensions


def _not_own(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor not in standing.works


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _has_receipt(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.receipt.strip()) and bool(act.organ.strip())


def _clause(name: str) -> Callable[[Standing, Terms], Citation | None]:
    def clause(standing: Standing, terms: Terms) -> Citation | None:
        kind = terms.kinds.get(standing.incident.kind)
        return None if kind is None else getattr(kind, name)

    return clause


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-photo",
        Text("没有附照片摘要", "no digest of a picture is given"),
        Text("填写照片的摘要（如 SHA-256）", "state the digest of the picture, such as SHA-256"),
        _has_photo,
    ),
    guard(
        "photo-reused",
        Text("照片以前用过", "the picture was shown before"),
        Text("重新拍摄", "take a new one"),
        _new_photo,
    ),
    Guard(
        "bad-due",
        Text("整改期限早于责令之日", "the day to put it right lies before the order"),
        Text("改正期限；留空则按政策包的天数", "mend the day, or leave it empty for the days of the pack"),
        _due_ahead,
        _clause("order"),
    ),
    guard(
        "due-not-later",
        Text("延期须写明更晚的期限", "an extension states a later day"),
        Text("在 due_on 填写新期限", "state the new day in `due_on`"),
        _due_later,
    ),
    Guard(
        "extension-limit",
        Text("延期次数已满", "it was extended as often as allowed"),
        Text("按期整改，逾期升级", "put it right in time, or escalate it"),
        _may_extend,
        _clause("days"),
    ),
    Guard(
        "deadline-passed",
        Text("整改期限已过", "the day to put it right has passed"),
        Text("升级处理", "escalate it"),
        _in_time,
        _clause("days"),
    ),
    Guard(
        "deadline-open",
        Text("整改期限未过", "the day to put it right has not passed"),
        Text("期满后再升级", "wait until it has"),
        _too_late,
        _clause("days"),
    ),
    guard(
        "own-work",
        Text("整改人不能复查自己的整改", "who put it right does not recheck it"),
        Text("由他人复查", "let somebody else recheck"),
        _not_own,
    ),
    guard(
        "no-finding",
        Text("没有写明复查是否合格", "it is not said whether the recheck was passed"),
        Text("填写 passed", "state `passed`"),
        _says,
    ),
    Guard(
        "no-receipt",
        Text("没有移交回执的编号和接收机关", "the number of the receipt or the organ is not stated"),
        Text("填写 receipt 和 organ", "state `receipt` and `organ`"),
        _has_receipt,
        _clause("penalty"),
    ),
    REASON,
)
_RECHECK = Fork[Standing, Act, Terms](
    Text("合格", "passed"), lambda _s, act, _t: act.passed is True, "rechecked", "reopened"
)
TRANSITIONS = (
    row("verify", Text("核实", "verify"), "found", "verified", "community", ""),
    row("dismiss", Text("认定不成立", "dismiss"), "found verified", "dismissed", "community organ", "no-reason"),
    row("order", Text("责令整改", "order"), "verified reopened escalated", "ordered", "organ", "bad-due"),
    row(
        "extend",
        Text("延期", "extend"),
        "ordered reopened",
        None,
        "organ",
        "no-reason due-not-later extension-limit deadline-passed",
    ),
    row(
        "rectify",
        Text("整改", "put right"),
        "ordered reopened escalated",
        "rectified",
        "liable community",
        "no-photo photo-reused",
    ),
    row(
        "recheck",
        Text("复查", "recheck"),
        "rectified",
        _RECHECK,
        "inspector organ",
        "own-work no-finding no-photo photo-reused",
    ),
    row("escalate", Text("升级", "escalate"), "ordered reopened", "escalated", "community organ", "deadline-open"),
    row(
        "hand_over",
        Text("移交", "hand over"),
        "rechecked escalated",
        "handed_over",
        "community organ",
        "no-receipt",
    ),
    row("close", Text("办结", "close"), "rechecked", "closed", "community organ", "no-reason"),
)  # fmt: skip

INCIDENTS: Casework[Incident, Standing, Act, Terms] = Casework(
    "incident",
    usual_procedure(
        "incident",
        Text("环境问题整治程序", "incidents put right"),
        "found",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
    ),
    Incident,
    Act,
    opened,
    after,
)
"""环境问题: what a `Casebook` needs to keep incidents."""
