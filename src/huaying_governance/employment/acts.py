"""办理: what every act of this programme says, and how a case remembers when it was last moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import frozen

from huaying_governance.kernel.dates import day_of
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import guard
from huaying_governance.text import Text


@frozen(kw_only=True)
class Act:
    """办理: one act, by somebody in a role; what an action needs besides, its guards say."""

    action: str
    at: datetime
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""

    @property
    def on(self) -> date:
        """The day of the act."""
        return day_of(self.at)


def decided(field: str) -> Guard[Any, Any, Any]:
    """Return the guard that a finding is stated in `field`: an empty cell is no finding."""
    return guard(
        "no-finding",
        Text("没有写明结论", "it is not said what was found"),
        Text("在 {f} 写是或否", "state `{f}`: yes or no").fill(f=field),
        lambda _subject, command, _context: getattr(command, field) is not None,
    )
