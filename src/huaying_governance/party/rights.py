"""权限: 工作主导权, 资源调配权, 活动统筹权: who holds which where, and the guard that asks for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.dates import in_force
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import guard
from huaying_governance.text import Text

DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))
RIGHTS: Mapping[str, Text] = MappingProxyType(
    {
        "lead": Text("工作主导权", "the right to lead work"),
        "allocate": Text("资源调配权", "the right to allocate resources"),
        "coordinate": Text("活动统筹权", "the right to coordinate activities"),
    }
)


@frozen(kw_only=True)
class Grant:
    """授权: a right of somebody in a community, from a day to a day."""

    actor: str
    right: str
    community: str
    since: date | None = None
    until: date | None = None


@frozen
class Rights:
    """权限表: every right that was granted; what was not granted nobody has."""

    grants: tuple[Grant, ...] = field(default=())

    def may(self, actor: str, right: str, community: str, on: date) -> bool:
        """Whether somebody has a right in a community on a day."""
        return any(
            (one.actor, one.right, one.community) == (actor, right, community)
            and in_force(on, one.since, one.until)
            for one in self.grants
        )


def right_guard(right: str, holds: Callable[[Any, Any, Any], bool]) -> Guard[Any, Any, Any]:
    """Return the guard `no-right`: the actor must hold this right where the matter lies, on the day of the act."""
    name = RIGHTS[right]
    text = Text("没有该社区的{r}", "the actor does not hold {r} of that community").fill(r=name)
    cure = Text("由有{r}者办理，或先授权", "leave it to somebody who holds {r}, or grant it first").fill(
        r=name
    )
    return guard("no-right", text, cure, holds, lambda _context: DEFAULT)
