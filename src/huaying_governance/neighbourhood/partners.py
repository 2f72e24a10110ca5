"""合作组织: volunteers' and elderly people's associations that a community works with, and where each may work.

A registered organisation works anywhere; a group that is not registered, or whose registration is not known or not in
force on the day, works inside its own community only. It is no penalty: residents may help each other as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from huaying_governance.kernel.dates import in_force
from huaying_governance.text import Text

Reach = Literal["anywhere", "community_only"]
REACHES: Mapping[str, Text] = {
    "anywhere": Text("可跨社区", "anywhere"),
    "community_only": Text("限本社区", "its own community"),
}


@frozen(kw_only=True)
class Partner:
    """合作组织. `code` is its unified social credit code; empty where it is not registered."""

    id: str
    name: str
    kind: str
    community: str
    code: str = ""
    since: date | None = None
    until: date | None = None

    def reach(self, day: date) -> Reach:
        """Return where it may work on a day."""
        return "anywhere" if self.code and in_force(day, self.since, self.until) else "community_only"

    def works_in(self, community: str, day: date) -> bool:
        """Whether it may work in a community on a day."""
        return community == self.community or self.reach(day) == "anywhere"
