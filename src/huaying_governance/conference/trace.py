"""溯源: from a resolution back to its meeting, its item and what that came from, and from each of these onward.

Links are plain: what a thing is, its id, and what followed from it. What stands outside the conference (an entry, an
admission, a violation) is named by its id alone. No way leads through a meeting: it hears many items, and what came of
one did not come of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import Factory, field, frozen

from huaying_governance.conference.agenda import ItemStanding
from huaying_governance.conference.circulation import CirculationStanding
from huaying_governance.conference.meeting import MeetingStanding
from huaying_governance.conference.resolution import ResolutionStanding
from huaying_governance.conference.sharing import PledgeStanding
from huaying_governance.text import Text

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "item": Text("议题", "agenda item"),
        "meeting": Text("会议", "meeting"),
        "resolution": Text("议定事项", "resolution"),
        "pledge": Text("共享资源", "shared resource"),
        "entry": Text("台账条目", "entry"),
        "admission": Text("准入申请", "admission"),
        "violation": Text("违规下派", "violation"),
        "whistle": Text("社区吹哨", "whistle"),
        "assignment": Text("交办", "assignment"),
        "dispute": Text("权责争议", "dispute over the boundary"),
        "circulation": Text("传签", "circulation"),
    }
)
"""What stands in a link: the things of a conference, and what an item may refer to."""
DIRECTIONS: Mapping[str, Text] = MappingProxyType(
    {"origin": Text("来自", "came from"), "result": Text("形成", "led to")}
)
Node = tuple[str, str]
"""What a thing is, and its id."""


@frozen(order=True)
class Link:
    """关联: what came first, and what followed from it."""

    origin: Node
    result: Node


def _by(links: Iterable[Link], *, onward: bool) -> Mapping[Node, tuple[Node, ...]]:
    found: dict[Node, list[Node]] = {}
    for link in links:
        first, then = (link.origin, link.result) if onward else (link.result, link.origin)
        found.setdefault(first, []).append(then)
    return MappingProxyType({node: tuple(others) for node, others in found.items()})


@frozen
class Trace:
    """溯源图: `origins` of a thing and its `results`, each with how many steps away it is, the nearest first."""

    links: tuple[Link, ...]
    _onward: Mapping[Node, tuple[Node, ...]] = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda self: _by(self.links, onward=True), takes_self=True),
    )
    _back: Mapping[Node, tuple[Node, ...]] = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda self: _by(self.links, onward=False), takes_self=True),
    )

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything that stands in a link, in order."""
        return tuple(sorted({node for link in self.links for node in (link.origin, link.result)}))

    def origins(self, kind: str, id: str) -> tuple[tuple[Node, int], ...]:  # noqa: A002
        """Return what a thing came from."""
        return tuple(_reach((kind, id), self._back))

    def results(self, kind: str, id: str) -> tuple[tuple[Node, int], ...]:  # noqa: A002
        """Return what followed from a thing."""
        return tuple(_reach((kind, id), self._onward))


def _reach(start: Node, next_: Mapping[Node, tuple[Node, ...]]) -> Iterator[tuple[Node, int]]:
    seen, level, steps = {start}, [start], 0
    while level:
        steps += 1
        through = [node for node in level if node[0] != "meeting" or node == start]
        level = sorted({one for node in through for one in next_.get(node, ())} - seen)
        seen |= set(level)
        yield from ((node, steps) for node in level)


def trace(
    items: Mapping[str, ItemStanding],
    meetings: Mapping[str, MeetingStanding],
    resolutions: Mapping[str, ResolutionStanding],
    pledges: Mapping[str, PledgeStanding],
    circulations: Mapping[str, CirculationStanding] = MappingProxyType({}),
) -> Trace:
    """Return how these hang together: reference → item → meeting → resolution → pledge; each link once, in order.

    A resolution follows from its item and from the meeting, or from the circulation that settled the item. An item
    taken from an earlier resolution links back to it.
    """
    found: set[Link] = set()
    for id_, item in items.items():
        for reference in item.item.references:
            found.add(Link((item.item.reference_kind, reference), ("item", id_)))
    for id_, meeting in meetings.items():
        found |= {Link(("item", item), ("meeting", id_)) for item in meeting.agenda}
    for id_, signed in circulations.items():
        found.add(Link(("item", signed.circulation.item), ("circulation", id_)))
    for id_, standing in resolutions.items():
        made = standing.resolution
        ground = ("circulation", made.circulation) if made.circulation else ("meeting", made.meeting)
        found |= {Link(one, ("resolution", id_)) for one in (("item", made.item), ground)}
    for id_, pledge in pledges.items():
        if pledge.pledge.resolution:
            found.add(Link(("resolution", pledge.pledge.resolution), ("pledge", id_)))
    return Trace(tuple(sorted(found)))
