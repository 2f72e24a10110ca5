"""志愿服务程序: every state and every move of an order for help, in this one file.

    open → full → done            offer, match, record, confirm; a correction takes `done` back to `full`
      └ closed ┘  └ cancelled     the time is over and places are empty; or nobody needs it any more

Nobody is made to serve (志愿服务条例 25): only who has offered himself is matched, and he may leave without a reason
until his service is recorded. Who organises records; the resident confirms; only then does time count. A record is
never rewritten: a correction is an act of its own, with a reason, and waits for a new confirmation.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood.service import Act, Order, Standing, Terms, after, opened
from huaying_governance.neighbourhood.spans import Span, by_day
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
    "resident": Text("居民", "resident"),
    "volunteer": Text("志愿者", "volunteer"),
    "coordinator": Text("组织者", "organiser"),
}
STATES = (
    State("open", Text("待接单", "open to helpers")),
    State("full", Text("已满员", "all places filled")),
    State("done", Text("已完成", "served and confirmed"), open=False),
    State("closed", Text("到期结单", "closed after its time"), open=False),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)


def _not_own(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.order.requester


def _unpaid(standing: Standing, _act: Act, _terms: Terms) -> bool:
    return not standing.order.charged


def _may_organise(standing: Standing, act: Act, terms: Terms) -> bool:
    order = standing.order
    partner = terms.partners.get(order.organiser)
    return partner is None or partner.works_in(order.community, day_of(act.at))


def _guarded(_standing: Standing, act: Act, terms: Terms) -> bool:
    known = terms.volunteers.get(act.actor)
    return known is None or known.minor is not True or known.guardian_consent is True


def _oneself(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.volunteer in {"", act.actor}


def _new_offer(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor not in standing.offered


def _is_offered(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor in standing.offered


def _offered(standing: Standing, act: Act, _: Terms) -> bool:
    return act.volunteer in standing.offered


def _unmatched(standing: Standing, act: Act, _: Terms) -> bool:
    return act.volunteer not in standing.matched


def _matched(standing: Standing, act: Act, _: Terms) -> bool:
    return act.volunteer in standing.matched


def _able(standing: Standing, act: Act, terms: Terms) -> bool:
    known = terms.volunteers.get(act.volunteer)
    return known is None or not known.skills or standing.order.kind in known.skills


def _insured(standing: Standing, act: Act, terms: Terms) -> bool:
    kind = terms.rules.kinds.get(standing.order.kind)
    known = terms.volunteers.get(act.volunteer)
    return kind is None or not kind.risky or (known is not None and known.insured is True)


def _in_hand(_standing: Standing, act: Act, _: Terms) -> bool:
    """Whether the organiser acts for somebody else: nobody records or matches himself."""
    return act.actor != act.volunteer


def _told_span(standing: Standing, act: Act) -> Span | None:
    """Return the time that an act would fill: the slot when somebody is matched, else what was served of it."""
    if act.action == "match":
        return standing.order.slot
    return act.span.within(standing.order.slot) if act.span is not None else None


def _has_span(standing: Standing, act: Act, _: Terms) -> bool:
    return _told_span(standing, act) is not None


def _served(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.span is None or act.span.end <= act.at


def _free(standing: Standing, act: Act, terms: Terms) -> bool:
    span = _told_span(standing, act)
    return span is None or not any(span.overlaps(one) for one in terms.taken(act.volunteer, standing))


def _rested(standing: Standing, act: Act, terms: Terms) -> bool:
    span = _told_span(standing, act)
    if span is None:
        return True
    most = timedelta(hours=terms.rules.hours_a_day)
    filled = by_day((*terms.taken(act.volunteer, standing), span))
    return all(filled[day] <= most for day in by_day((span,)))


def _unrecorded(standing: Standing, act: Act, _: Terms) -> bool:
    return standing.record(act.volunteer or act.actor) is None


def _recorded(standing: Standing, act: Act, _: Terms) -> bool:
    return standing.record(act.volunteer) is not None


def _none_recorded(standing: Standing, _act: Act, _terms: Terms) -> bool:
    return not standing.records


def _own_record(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.volunteer == act.actor


def _requester(standing: Standing, act: Act, _: Terms) -> bool:
    return act.role != "resident" or act.actor == standing.order.requester


def _unconfirmed(standing: Standing, act: Act, _: Terms) -> bool:
    known = standing.record(act.volunteer)
    return known is None or known.confirmed_at is None


def _over(standing: Standing, act: Act, _: Terms) -> bool:
    return act.at >= standing.order.end


def _basis(name: str) -> Callable[[Terms], Citation]:
    def basis(terms: Terms) -> Citation:
        found: Citation = getattr(terms.rules, name)
        return found

    return basis


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "own-order",
        Text("求助人不为自己的服务单报名", "who asked for help does not offer it"),
        Text("由他人报名", "let somebody else offer"),
        _not_own,
    ),
    guard(
        "charged",
        Text("收费服务不是志愿服务", "a service that is paid for is not volunteering"),
        Text("不收费，或按购买服务办理", "take no charge, or buy the service"),
        _unpaid,
        _basis("unpaid"),
    ),
    guard(
        "partner-outside",
        Text(
            "未登记的组织只在本社区开展服务", "a group that is not registered works in its own community only"
        ),
        Text("由居委会或已登记的组织承办", "let the committee or a registered organisation organise it"),
        _may_organise,
        _basis("partners"),
    ),
    guard(
        "no-guardian-consent",
        Text("未成年人没有监护人同意", "a minor needs the consent of a guardian"),
        Text("取得监护人同意后再报名", "obtain it, then offer"),
        _guarded,
        _basis("minors"),
    ),
    guard(
        "already-offered",
        Text("已报过名", "the offer was made already"),
        Text("不必重复报名", "there is no need to offer again"),
        _new_offer,
    ),
    guard(
        "no-offer",
        Text("没有报过名", "no offer was made"),
        Text("无须退出", "there is nothing to leave"),
        _is_offered,
    ),
    guard(
        "not-oneself",
        Text("只能由本人报名或退出", "one offers and leaves for oneself only"),
        Text("由志愿者本人办理", "leave it to the volunteer"),
        _oneself,
        _basis("forced"),
    ),
    guard(
        "not-offered",
        Text("本人没有报名，不得指派", "the volunteer has not offered; nobody is sent"),
        Text("由志愿者本人先报名", "let the volunteer offer first"),
        _offered,
        _basis("forced"),
    ),
    guard(
        "already-matched",
        Text("已在名单中", "the volunteer is matched already"),
        Text("另选一名报名者", "choose another who offered"),
        _unmatched,
    ),
    guard(
        "not-matched",
        Text("不在接单名单中", "the volunteer was not matched"),
        Text("先派单给该志愿者", "match the volunteer first"),
        _matched,
    ),
    guard(
        "unable",
        Text("志愿者没有登记这类能力", "the volunteer states other skills"),
        Text("派给有此能力的报名者，或更新登记", "match who has the skill, or renew the register"),
        _able,
        _basis("matched"),
    ),
    guard(
        "not-insured",
        Text("此类服务有风险，志愿者没有登记保险", "the service is risky, and no insurance is registered"),
        Text("先为志愿者投保并登记", "insure the volunteer first, and register it"),
        _insured,
        _basis("insured"),
    ),
    guard(
        "own-record",
        Text("志愿者不为自己派单或记录", "a volunteer neither matches nor records himself"),
        Text("由组织者办理", "leave it to who organises"),
        _in_hand,
        _basis("recorded"),
    ),
    guard(
        "no-time",
        Text("没有写明约定时段内的服务起止时间", "no time of service within the slot is stated"),
        Text("填写 from_at 和 to_at，须与约定时段相交", "state `from_at` and `to_at`, within the slot"),
        _has_span,
        _basis("counted"),
    ),
    guard(
        "not-served-yet",
        Text("服务尚未结束", "the service is not over yet"),
        Text("结束后再记录", "record it when it is over"),
        _served,
        _basis("recorded"),
    ),
    guard(
        "overlap",
        Text("与该志愿者另一次服务时间重叠", "it overlaps another service of the same volunteer"),
        Text("改正时间，或另选志愿者", "mend the time, or choose another volunteer"),
        _free,
        _basis("counted"),
    ),
    guard(
        "day-limit",
        Text("一天的服务超过{hours}小时", "more than {hours} hours of one day"),
        Text("改正时间", "mend the time"),
        _rested,
        _basis("counted"),
    ),
    guard(
        "already-recorded",
        Text("服务已有记录", "the service is recorded already"),
        Text("以 correct 更正", "enter a correction"),
        _unrecorded,
        _basis("corrected"),
    ),
    guard(
        "no-record",
        Text("没有这名志愿者的服务记录", "no service of this volunteer is recorded"),
        Text("先由组织者记录", "let the organiser record it first"),
        _recorded,
    ),
    guard(
        "service-begun",
        Text("已有服务记录，不能取消", "service is recorded: it cannot be cancelled"),
        Text("确认服务，到期结单", "confirm it, and close the order after its time"),
        _none_recorded,
    ),
    guard(
        "not-own-record",
        Text("只能就自己的记录提出更正", "one asks for a correction of one's own record"),
        Text("由本人提出", "leave it to the volunteer"),
        _own_record,
    ),
    guard(
        "not-the-requester",
        Text("不是求助的居民", "it is not the resident who asked"),
        Text("由求助居民办理", "leave it to the resident"),
        _requester,
    ),
    guard(
        "already-confirmed",
        Text("已确认过", "it is confirmed already"),
        Text("有误的，以 correct 更正", "if it is wrong, enter a correction"),
        _unconfirmed,
    ),
    guard(
        "not-over",
        Text("约定时段尚未结束", "the slot is not over"),
        Text("到期后再结单，或取消", "wait, or cancel it"),
        _over,
    ),
    REASON,
    EVIDENCE,
)


def _fills(standing: Standing, _act: Act, _: Terms) -> bool:
    return len(standing.matched) + 1 >= standing.order.places


def _leaves_place(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor in standing.matched


def _all_confirmed(standing: Standing, act: Act, _: Terms) -> bool:
    counted = {one.volunteer for one in standing.confirmed} | {act.volunteer}
    return counted >= set(standing.matched)


_MATCH = Fork[Standing, Act, Terms](Text("满员", "full"), _fills, "full", "open")
_LEAVE = Fork[Standing, Act, Terms](Text("空出名额", "a place is free"), _leaves_place, "open", "full")
_CONFIRM = Fork[Standing, Act, Terms](Text("都已确认", "all confirmed"), _all_confirmed, "done", "full")
_TAKE = "already-matched unable not-insured own-record overlap day-limit"
_TIME = "not-matched own-record no-time not-served-yet overlap day-limit"
_CORRECT = f"{_TIME} no-record no-reason no-evidence"
_SERVED = "no-record not-the-requester already-confirmed"
TRANSITIONS = (
    row(
        "offer",
        Text("报名", "offer"),
        "open",
        None,
        "volunteer",
        "not-oneself own-order charged partner-outside no-guardian-consent already-offered",
    ),
    row("leave", Text("退出", "leave"), "open", "open", "volunteer", "not-oneself no-offer already-recorded"),
    row("leave", Text("退出", "leave"), "full", _LEAVE, "volunteer", "not-oneself no-offer already-recorded"),
    row(
        "match", Text("派单", "match"), "open", _MATCH, "coordinator", f"partner-outside not-offered {_TAKE}"
    ),
    row(
        "record", Text("记录", "record"), "open full closed", None, "coordinator", f"{_TIME} already-recorded"
    ),
    row("confirm", Text("确认", "confirm"), "open closed", None, "resident", _SERVED),
    row("confirm", Text("确认", "confirm"), "full", _CONFIRM, "resident", _SERVED),
    row(
        "ask_correction",
        Text("要求更正", "ask for a correction"),
        "open full done closed",
        None,
        "volunteer",
        "no-record not-own-record no-reason",
    ),
    row("correct", Text("更正", "correct"), "open full closed", None, "coordinator", _CORRECT),
    row("correct", Text("更正", "correct"), "done", "full", "coordinator", _CORRECT),
    row(
        "cancel",
        Text("取消", "cancel"),
        "open full",
        "cancelled",
        "resident coordinator",
        "service-begun not-the-requester no-reason",
    ),
    row("close", Text("到期结单", "close"), "open full", "closed", "coordinator", "not-over"),
)

ORDERS: Casework[Order, Standing, Act, Terms] = Casework(
    "volunteer",
    usual_procedure(
        "volunteer",
        Text("志愿服务程序", "volunteer service"),
        "open",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {"hours": terms.rules.hours_a_day},
    ),
    Order,
    Act,
    opened,
    after,
)
"""志愿服务单: what a `Casebook` needs to keep orders for help."""
