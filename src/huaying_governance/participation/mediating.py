"""调解程序: every state and every move of a mediation, in this one file.

    found → accepted → consented → mediating → drawn up → effective → performed
              └ declined   └─ refused by a side ─┘ └ failed     └ confirmed ┘ └ breached → sued, enforced

Nobody is mediated against his will: one clear refusal stops it at once, and the other ways are told. A session in the
open (群英断是非) needs the consent of every side. An oral agreement takes effect when it is made, a written one when
the parties and a mediator have signed and the committee has sealed it. From that day the clock of joint confirmation
runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.mediation import (
    Act,
    Dispute,
    Standing,
    Terms,
    after,
    confirm_by,
    confirmable,
    opened,
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
    "party": Text("当事人", "party"),
    "mediator": Text("调解员", "mediator"),
    "committee": Text("调解委员会", "mediation committee"),
}
STATES = (
    State("found", Text("已登记", "entered")),
    State("accepted", Text("已受理", "accepted")),
    State("consented", Text("各方同意", "all sides consent")),
    State("mediating", Text("调解中", "being mediated")),
    State("drawn_up", Text("协议待签章", "agreement to be signed and sealed")),
    State("effective", Text("协议生效", "agreement in effect")),
    State("confirmed", Text("司法确认", "confirmed by the court")),
    State("breached", Text("未履行", "not carried out")),
    State("performed", Text("已履行", "carried out"), open=False, final=True),
    State("refused", Text("一方拒绝", "refused by a side"), open=False, final=True),
    State("declined", Text("不予受理", "not accepted"), open=False, final=True),
    State("failed", Text("调解不成", "no agreement"), open=False, final=True),
    State("sued", Text("已起诉", "brought to court"), open=False, final=True),
    State("enforced", Text("申请执行", "enforcement asked for"), open=False, final=True),
)


def _mediable(standing: Standing, _: Act, terms: Terms) -> bool:
    return standing.dispute.kind not in terms.rules.not_mediated


def _is_party(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor in standing.parties if act.role == "party" else True


def _not_own(standing: Standing, act: Act, _: Terms) -> bool:
    return act.role == "party" or act.actor not in standing.parties


def _all_open(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.open_to == standing.parties


def _has_form(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.form in {"written", "oral"}


def _all_signed(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.signed == standing.parties and standing.mediator_signed


def _joint(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.joint is True


def _confirmable(standing: Standing, _act: Act, terms: Terms) -> bool:
    return confirmable(standing, terms.rules)


def _in_time(standing: Standing, act: Act, terms: Terms) -> bool:
    last = confirm_by(standing, terms)
    return last is None or day_of(act.at) <= last


def _asked(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.applied_on is not None


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.confirmed is not None


def _warned(standing: Standing, _act: Act, _: Terms) -> bool:
    return standing.warned


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "not-mediable",
        Text("此类事项不属人民调解范围", "such a matter is not for people's mediation"),
        Text("不予受理，并告知其他途径", "decline it, and tell the other ways"),
        _mediable,
        lambda terms: terms.rules.excluded,
    ),
    guard(
        "not-a-party",
        Text("不是本纠纷的当事人", "the actor is no party of this dispute"),
        Text("由当事人本人表示", "leave it to the party"),
        _is_party,
    ),
    guard(
        "own-dispute",
        Text("当事人不能调解自己的纠纷", "a party does not mediate its own dispute"),
        Text("换一名调解员", "let another mediator do it"),
        _not_own,
    ),
    guard(
        "no-open-consent",
        Text("没有各方同意，不得公开进行", "without every side's consent it is not held in the open"),
        Text("逐一取得同意，或不公开进行", "obtain the consent of each side, or hold it in private"),
        _all_open,
        lambda terms: terms.rules.opened,
    ),
    guard(
        "no-form",
        Text("没有写明书面还是口头协议", "it is not said whether the agreement is written or oral"),
        Text("在 form 写 written 或 oral", "state `form`: written or oral"),
        _has_form,
        lambda terms: terms.rules.agreement,
    ),
    guard(
        "not-signed",
        Text("各方和调解员尚未都签名", "the parties and a mediator have not all signed"),
        Text("签名齐全后再盖章", "seal it when all have signed"),
        _all_signed,
        lambda terms: terms.rules.agreement,
    ),
    guard(
        "not-joint",
        Text("司法确认须各方共同申请", "confirmation is asked for by all parties together"),
        Text("由各方共同申请，joint 写是", "ask together, and state `joint`: yes"),
        _joint,
        lambda terms: terms.rules.confirmation,
    ),
    guard(
        "not-confirmable",
        Text("此类协议法院不予确认", "a court confirms no agreement on such a matter"),
        Text("按协议履行，或另寻其他途径", "carry it out, or take another way"),
        _confirmable,
        lambda terms: terms.rules.confirmable,
    ),
    guard(
        "confirm-late",
        Text("已过{days}日的共同申请期限", "the {days} days for a joint application are over"),
        Text("督促履行；仍不履行的可以起诉", "urge that it is carried out; if it is not, sue"),
        _in_time,
        lambda terms: terms.rules.confirmation,
    ),
    guard(
        "not-asked",
        Text("没有申请过司法确认", "confirmation was not asked for"),
        Text("先登记共同申请", "enter the joint application first"),
        _asked,
    ),
    guard(
        "no-decision",
        Text("没有写明法院是否确认", "it is not said what the court decided"),
        Text("填写 confirmed", "state `confirmed`"),
        _says,
    ),
    guard(
        "not-warned",
        Text("没有登记过激化风险提示", "no warning was entered that could be reported"),
        Text("先登记 warn", "enter `warn` first"),
        _warned,
        lambda terms: terms.rules.escalation,
    ),
    REASON,
    EVIDENCE,
)


def _all_consent(standing: Standing, act: Act, _: Terms) -> bool:
    return standing.consented | {act.actor} == standing.parties


_CONSENT = Fork[Standing, Act, Terms](Text("各方同意", "all consent"), _all_consent, "consented", "accepted")
_FORM = Fork[Standing, Act, Terms](
    Text("书面", "written"), lambda _s, act, _t: act.form == "written", "drawn_up", "effective"
)
_COURT = Fork[Standing, Act, Terms](
    Text("予以确认", "confirmed"), lambda _s, act, _t: act.confirmed is True, "confirmed", "effective"
)
_BEFORE = "accepted consented mediating drawn_up"
_OPEN = "found accepted consented mediating drawn_up effective confirmed breached"
TRANSITIONS = (
    row("accept", Text("受理", "accept"), "found", "accepted", "committee", "not-mediable own-dispute"),
    row("decline", Text("不予受理", "decline"), "found", "declined", "committee", "no-reason"),
    row("consent", Text("同意调解", "consent"), "accepted", _CONSENT, "party", "not-a-party"),
    row("refuse", Text("拒绝调解", "refuse"), f"found {_BEFORE}", "refused", "party", "not-a-party"),
    row("start", Text("开始调解", "begin"), "consented", "mediating", "mediator", "own-dispute"),
    row("agree_open", Text("同意公开", "consent to the open"), _BEFORE, None, "party", "not-a-party"),
    row(
        "hold_open",
        Text("公开调解", "hold it in the open"),
        "mediating",
        None,
        "mediator",
        "own-dispute no-open-consent",
    ),
    row("settle", Text("达成协议", "settle"), "mediating", _FORM, "mediator", "own-dispute no-form"),
    row("fail", Text("调解不成", "give up"), "mediating drawn_up", "failed", "mediator", "no-reason"),
    row("sign", Text("签名", "sign"), "drawn_up", None, "party mediator", "not-a-party own-dispute"),
    row("seal", Text("盖章", "seal"), "drawn_up", "effective", "committee", "not-signed"),
    row(
        "apply_court",
        Text("共同申请司法确认", "ask the court to confirm"),
        "effective",
        None,
        "party",
        "not-a-party not-joint not-confirmable confirm-late",
    ),
    row(
        "court_decision",
        Text("登记法院决定", "enter the court's decision"),
        "effective",
        _COURT,
        "committee",
        "not-asked no-decision no-evidence",
    ),
    row("supervise", Text("督促履行", "urge"), "effective confirmed breached", None, "mediator committee"),
    row(
        "perform",
        Text("履行完毕", "carried out"),
        "effective confirmed breached",
        "performed",
        "mediator committee",
        "own-dispute no-evidence",
    ),
    row(
        "breach",
        Text("登记未履行", "enter as not carried out"),
        "effective confirmed",
        "breached",
        "mediator committee",
        "no-reason",
    ),
    row("sue", Text("起诉", "sue"), "breached", "sued", "party", "not-a-party"),
    row("enforce", Text("申请执行", "ask for enforcement"), "confirmed", "enforced", "party", "not-a-party"),
    row("warn", Text("提示可能激化", "warn that it may grow"), _OPEN, None, "mediator", "no-reason"),
    row(
        "report",
        Text("报告有关部门", "report to the organ"),
        _OPEN,
        None,
        "mediator committee",
        "not-warned no-evidence",
    ),
)

MEDIATIONS: Casework[Dispute, Standing, Act, Terms] = Casework(
    "mediation",
    usual_procedure(
        "mediation",
        Text("人民调解程序", "people's mediation"),
        "found",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {"days": terms.rules.confirm_days},
    ),
    Dispute,
    Act,
    opened,
    after,
)
"""调解: what a `Casebook` needs to keep mediations."""
