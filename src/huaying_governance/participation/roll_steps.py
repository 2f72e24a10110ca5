"""名单程序: every state and every move of a roll; and what its registrations ask in the same way.

    prepared → published → closed

Once the roll is published its entries change by objection only, within the days of the pack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.kinship import CONCERNED, CONCERNED_CURE
from huaying_governance.participation.roll import (
    Roll,
    RollAct,
    RollRules,
    RollStanding,
    Standing,
    Terms,
    object_by,
    publish_by,
    roll_after,
    roll_opened,
    rules_on,
)
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import IN_ORDER, ROLE, STATE, by_rules, describer, row
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "voter": Text("选民", "voter"),
    "committee": Text("选举委员会", "election committee"),
    "meeting": Text("村民会议", "villagers' meeting"),
}
ROLL_ROLES: Mapping[str, Text] = {"committee": ROLES["committee"]}


def rules_of(subject: Standing | RollStanding, terms: Terms) -> RollRules | None:
    """Return the rules that hold on the polling day of a roll, or of a registration for one; None where none do."""
    if isinstance(subject, RollStanding):
        return rules_on(terms.rules, subject.roll.body, subject.roll.polling_day)
    return terms.rules_of(subject.registration.roll)


ruled_guard = by_rules(rules_of)
"""A guard that asks the rules in force on the polling day; without such rules `no-roll-rules` answers."""

NO_RULES: Guard[Any, Any, Terms] = Guard(
    "no-roll-rules",
    Text(
        "没有这份名单，或政策包没有选举日适用的规则",
        "there is no such roll, or no rules hold on its polling day",
    ),
    Text(
        "先登记名单，并在 elections.toml 中写明该日适用的规则",
        "enter the roll, and state its rules in elections.toml",
    ),
    lambda subject, _act, terms: rules_of(subject, terms) is not None,
)


def _roll_of(subject: Standing | RollStanding) -> str:
    return subject.roll.id if isinstance(subject, RollStanding) else subject.registration.roll


STEP_DOWN: Guard[Any, Any, Terms] = Guard(
    "must-step-down",
    CONCERNED,
    CONCERNED_CURE,
    lambda subject, act, terms: (
        act.role != "committee" or not terms.officials.concerned(_roll_of(subject), act.actor, day_of(act.at))
    ),
    lambda subject, terms: terms.officials.clause(_roll_of(subject)),
)


# The roll --------------------------------------------------------------------------------------------------------


def _in_time(roll: RollStanding, act: RollAct, _: Terms, rules: RollRules) -> bool:
    return day_of(act.at) <= publish_by(roll.roll, rules)


def _somebody(roll: RollStanding, _act: RollAct, terms: Terms, _: RollRules) -> bool:
    return any(one.listed for one in terms.of_roll(roll.roll.id))


def _window_over(roll: RollStanding, act: RollAct, terms: Terms, rules: RollRules) -> bool:
    if roll.published_on is None:
        return True
    last = object_by(roll.published_on, rules, terms.calendar)
    return last is not None and day_of(act.at) > last


def _decided(roll: RollStanding, _act: RollAct, terms: Terms, _: RollRules) -> bool:
    return not any(one.state in {"objected", "claimed"} for one in terms.of_roll(roll.roll.id))


STATES = (
    State("prepared", Text("编制中", "being prepared")),
    State("published", Text("已公布", "published")),
    State("closed", Text("已确定", "closed"), open=False, final=True),
)
GUARDS: tuple[Guard[Any, Any, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    NO_RULES,
    STEP_DOWN,
    ruled_guard(
        "published-late",
        Text("距选举日不足{publish_days}日", "fewer than {publish_days} days are left until the polling day"),
        Text("推迟选举日，另立名单", "set a later polling day, with a roll of its own"),
        _in_time,
        lambda rules: rules.publication,
    ),
    ruled_guard(
        "empty-roll",
        Text("名单上还没有选民", "nobody stands on the roll yet"),
        Text("先登记选民", "register voters first"),
        _somebody,
    ),
    ruled_guard(
        "objections-running",
        Text("异议期未满，或无法推算", "the days of objection are not over, or cannot be counted"),
        Text("期满后再确定；缺日历的先载入", "close it when they are; load the calendar that lacks"),
        _window_over,
        lambda rules: rules.objection,
    ),
    ruled_guard(
        "undecided",
        Text("还有异议没有决定", "objections are not decided yet"),
        Text("先作出决定", "decide them first"),
        _decided,
        lambda rules: rules.decision,
    ),
)
TRANSITIONS = (
    row(
        "publish",
        Text("公布", "publish"),
        "prepared",
        "published",
        "committee",
        "no-roll-rules published-late empty-roll",
    ),
    row(
        "close",
        Text("确定", "close"),
        "published",
        "closed",
        "committee",
        "no-roll-rules objections-running undecided",
    ),
)


def with_days(
    describe: Callable[[Any, Any, Terms], Mapping[str, object]],
) -> Callable[[Any, Any, Terms], Mapping[str, object]]:
    """Return what fills the texts' places: besides state, action and role, the days of the rules in force."""

    def told(subject: Any, act: Any, terms: Terms) -> Mapping[str, object]:
        rules = rules_of(subject, terms)
        days = (
            {}
            if rules is None
            else {"publish_days": rules.publish_days, "objection_days": rules.objection_days}
        )
        return {**describe(subject, act, terms), **days}

    return told


ROLLS: Casework[Roll, RollStanding, RollAct, Terms] = Casework(
    "roll",
    Procedure(
        "roll",
        1,
        Text("选民名单程序", "roll of voters"),
        "prepared",
        STATES,
        ROLL_ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order", "must-step-down"),
        describe=with_days(describer(STATES, TRANSITIONS, ROLL_ROLES)),
    ),
    Roll,
    RollAct,
    roll_opened,
    roll_after,
)
"""名单: what a `Casebook` needs to keep rolls."""
