"""议题程序: every state and every move of an item before it reaches a meeting, in this one file.

    proposed → screened → (a meeting places it, decides or defers it)
        └→ returned  └→ withdrawn

The communities concerned are heard at any time before the item is placed. What a law reserves to the government, the
people's congress or a residents' meeting is returned: no conference decides it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huaying_governance.casework import Casework
from huaying_governance.conference.agenda import Item, ItemAct, ItemStanding, after_item, proposed
from huaying_governance.conference.rules import ConferenceRules
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
    "secretariat": Text("办公室", "secretariat"),
    "community": Text("社区", "community"),
    "proposer": Text("提议单位", "proposer"),
}
STATES = (
    State("proposed", Text("已提出", "proposed")),
    State("screened", Text("已审核", "screened")),
    State("returned", Text("已退回", "returned"), open=False, final=True),
    State("withdrawn", Text("已撤回", "withdrawn"), open=False, final=True),
)
BECAME: Mapping[str, Text] = {
    "on_agenda": Text("已列入议程", "on an agenda"),
    "deferred": Text("已缓议", "deferred"),
    "decided": Text("已议定", "decided"),
    "circulating": Text("传签中", "being circulated"),
    "awaiting": Text("传签已定，待会议确认", "settled by circulation, to be confirmed"),
    "lapsed": Text("传签已失效", "circulation lapsed"),
}
"""What becomes of an item at meetings, beside the states of its own procedure."""


def _free(standing: ItemStanding, _act: ItemAct, _: ConferenceRules) -> bool:
    return not standing.item.reserved


def _concerned(standing: ItemStanding, act: ItemAct, _: ConferenceRules) -> bool:
    return act.actor in standing.item.communities


def _first(standing: ItemStanding, act: ItemAct, _: ConferenceRules) -> bool:
    return act.actor not in {community for community, _when in standing.consulted}


def _own(standing: ItemStanding, act: ItemAct, _: ConferenceRules) -> bool:
    return act.actor == standing.item.proposer


About = Callable[[Any, Any], tuple[str, str]]
"""Given what is asked about and the act, the conference and the item."""


def item_guards(about: About) -> tuple[Guard[Any, Any, Any], Guard[Any, Any, Any]]:
    """Return what is asked of an item before it is taken up: the conference knows it, and it is screened by then."""

    def known(standing: Any, act: Any, terms: Any) -> bool:
        conference, item = about(standing, act)
        found = terms.item(item)
        return found is not None and found.item.conference == conference

    def screened(standing: Any, act: Any, terms: Any) -> bool:
        found: ItemStanding | None = terms.item(about(standing, act)[1])
        if found is None:
            return True
        return found.state == "screened" and found.screened_at is not None and found.screened_at <= act.at

    return (
        guard(
            "unknown-item",
            Text("本联席会议没有此议题", "the conference has no such item"),
            Text("先提出议题，或核对编号", "propose it first, or check its id"),
            known,
        ),
        guard(
            "not-screened",
            Text("议题未经审核，或已退回、撤回", "the item is not screened, or was returned or withdrawn"),
            Text("先审核", "screen it first"),
            screened,
            lambda terms: terms.rules.consulting,
        ),
    )


GUARDS: tuple[Guard[ItemStanding, ItemAct, ConferenceRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "reserved-by-law",
        Text("依法由政府、人大或居民会议决定，联席会议不能议定", "a law reserves it to another body"),
        Text("退回，由有权机关决定", "return it, and put it before the body that may decide"),
        _free,
        lambda rules: rules.consulting,
    ),
    guard(
        "not-concerned",
        Text("不是涉及的社区", "this community is not concerned"),
        Text("核对议题涉及的社区", "check which communities the item concerns"),
        _concerned,
        lambda rules: rules.consulting,
    ),
    guard(
        "heard-already",
        Text("该社区意见已登记", "this community was heard already"),
        Text("意见有变时另提议题", "propose an item of its own where its opinion has changed"),
        _first,
    ),
    guard(
        "not-the-proposer",
        Text("不是提议单位", "it did not propose the item"),
        Text("由提议单位撤回", "leave it to the proposer"),
        _own,
    ),
    REASON,
    EVIDENCE,
)
_BEFORE = "proposed screened"
TRANSITIONS = (
    row("screen", Text("审核", "screen"), "proposed", "screened", "secretariat", "reserved-by-law"),
    row(
        "consult",
        Text("征求社区意见", "hear the community"),
        _BEFORE,
        None,
        "community",
        "not-concerned heard-already no-evidence",
    ),
    row("return", Text("退回", "return"), _BEFORE, "returned", "secretariat", "no-reason"),
    row(
        "withdraw",
        Text("撤回", "withdraw"),
        _BEFORE,
        "withdrawn",
        "proposer",
        "not-the-proposer no-reason",
    ),
)
ITEMS: Casework[Item, ItemStanding, ItemAct, ConferenceRules] = Casework(
    "agenda",
    usual_procedure(
        "agenda", Text("议题程序", "agenda items"), "proposed", STATES, ROLES, GUARDS, TRANSITIONS
    ),
    Item,
    ItemAct,
    proposed,
    after_item,
)
"""议题: what a `Casebook` needs to keep items of the agenda."""
