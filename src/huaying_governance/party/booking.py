"""预订程序: asked → booked → cancelled; right, consent and free time are asked where data changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from huaying_governance.casework import Casework
from huaying_governance.party.committee import (
    Act,
    Booking,
    Standing,
    Terms,
    after,
    has_consent,
    has_span,
    is_free,
    may_book,
    opened,
)
from huaying_governance.party.rights import DEFAULT, right_guard
from huaying_governance.procedure.table import Guard, Procedure, State, Transition
from huaying_governance.text import Text, same

G = Guard[Standing, Act, Terms]


def _same_hand(standing: Standing, act: Act, terms: Terms) -> bool:
    return act.actor == standing.actor or may_book(standing, act, terms)


def _guard(
    code: str, text: Text, cure: Text, holds: Callable[[Standing, Act, Terms], bool] | None = None
) -> G:
    return Guard(code, text, cure, holds, lambda *_: DEFAULT if holds else None)


GUARDS: tuple[G, ...] = (
    _guard(
        "wrong-state",
        Text("现为“{state}”，不能{action}", "it is {state}: {action} is not open"),
        Text("按程序办理", "take the steps in order"),
    ),
    _guard(
        "wrong-role",
        Text("{role}不能{action}", "{role} may not {action}"),
        Text("由大党委成员办理", "leave it to a member of the grand committee"),
    ),
    _guard(
        "bad-span",
        Text("结束不晚于开始", "it does not end after it begins"),
        Text("改正起止时间，另行登记", "mend the moments in a booking of its own"),
        has_span,
    ),
    right_guard("allocate", may_book),
    _guard(
        "no-consent",
        Text("资源所有者没有同意", "the owner of the resource has not consented"),
        Text("先取得所有者同意", "obtain the owner's consent first"),
        has_consent,
    ),
    _guard(
        "overlap",
        Text("与已有预订时间重叠", "it overlaps a booking that stands"),
        Text("改订其他时段", "book another time"),
        is_free,
    ),
    _guard(
        "not-yours",
        Text("不是预订人，也没有资源调配权", "the actor neither booked it nor may allocate"),
        Text("由预订人办理", "leave it to who booked it"),
        _same_hand,
    ),
)
STATES = (
    State("asked", Text("已申请", "asked for")),
    State("booked", Text("已预订", "booked"), open=False),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)
ROLES: Mapping[str, Text] = {
    "member": Text("大党委成员", "member of the grand committee"),
    "resident": Text("居民", "resident"),
}
TRANSITIONS = (
    Transition[Standing, Act, Terms](
        "book",
        Text("预订", "book"),
        ("asked",),
        "booked",
        ("member",),
        ("bad-span", "no-right", "no-consent", "overlap"),
    ),
    Transition[Standing, Act, Terms](
        "cancel", Text("取消", "cancel"), ("asked", "booked"), "cancelled", ("member",), ("not-yours",)
    ),
)
_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {row.action: row.label for row in TRANSITIONS}


def _describe(standing: Standing, act: Act, _: Terms) -> Mapping[str, object]:
    return {
        "state": _STATES[standing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
    }


BOOKINGS: Casework[Booking, Standing, Act, Terms] = Casework(
    "booking",
    Procedure(
        "booking",
        1,
        Text("资源预订程序", "bookings"),
        "asked",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        describe=_describe,
    ),
    Booking,
    Act,
    opened,
    after,
)
"""预订: what a `Casebook` needs to keep bookings."""
