"""条目经过: an entry's deadline with its clauses and everything that was done to it, told from the store."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.errors import Problems
from huaying_governance.ledger import events
from huaying_governance.ledger.explain import explain_due
from huaying_governance.ledger.shelf import Shelf
from huaying_governance.storage import Store
from huaying_governance.text import Lang, Text

HISTORY = Text("期限与经过", "deadline and history")
LABELS: Mapping[type, Text] = MappingProxyType(
    {
        events.Registered: Text("登记", "registered"),
        events.Accepted: Text("受理", "accepted"),
        events.Declined: Text("不予受理", "declined"),
        events.Assigned: Text("交办", "assigned"),
        events.Scheduled: Text("排期", "scheduled"),
        events.Progressed: Text("办理进展", "progress"),
        events.Extended: Text("延期", "extended"),
        events.Held: Text("挂账", "put on hold"),
        events.Resumed: Text("恢复办理", "resumed"),
        events.Returned: Text("退回", "returned"),
        events.Transferred: Text("转办", "transferred"),
        events.Merged: Text("并案", "merged"),
        events.Replied: Text("答复", "replied"),
        events.Verified: Text("核验通过", "verified"),
        events.SentBack: Text("核验不通过", "sent back"),
        events.StruckOff: Text("销号", "struck off"),
        events.Reopened: Text("重新办理", "reopened"),
        events.Escalated: Text("提级", "escalated"),
        events.Refused: Text("不予办理", "refused"),
        events.Recorded: Text("补充专有内容", "record renewed"),
        events.CoHandled: Text("协办", "helped by others"),
        events.ItemsAnswered: Text("逐项回应", "answered item by item"),
        events.FundsNoted: Text("资金", "funds noted"),
        events.CalledBack: Text("回访", "called back"),
        events.Obstacle: Text("挂账理由", "obstacle stated"),
        events.HoldReviewed: Text("挂账复核", "hold reviewed"),
        events.Informed: Text("告知", "informed"),
        events.Linked: Text("关联", "linked"),
        events.Reminded: Text("提醒", "reminded"),
        events.Reprojected: Text("期限重算", "deadline reckoned anew"),
    }
)


class Histories:
    """经过 of the entries of one store, in one language. Reasons that people wrote are told only unmasked."""

    def __init__(self, store: Store, lang: Lang, *, masked: bool) -> None:
        self._shelf = Shelf(store)
        self._lang: Lang = lang
        self._masked = masked

    def tell(self, entry: str) -> str:
        """Return the deadline of an entry and its events, one a line; empty for one that the store does not know."""
        try:
            history = self._shelf.history(entry)
        except Problems:
            return ""
        return "\n".join([explain_due(history).explain(self._lang), *map(self._line, history)])

    def _line(self, event: events.Event) -> str:
        said = [f"{event.at:%Y-%m-%d %H:%M}", LABELS[type(event)].say(self._lang)]
        said += [str(getattr(event, name, "") or "") for name in ("lead", "handler")]
        if not self._masked:
            said.append(str(getattr(event, "reason", "") or ""))
        return " ".join(filter(None, said))
