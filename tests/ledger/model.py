"""A second ledger, written from the description of the case folder alone: plain dicts, days counted one by one.

It shares no code with the library but the calendar's answer whether a day is worked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from huaying_governance.kernel.workdays import Calendar
from huaying_governance.ledger import Action, Entry

FROM_TO = {
    "accept": ("registered returned", "accepted", "clerk"),
    "decline": ("registered", "declined", "clerk"),
    "assign": ("accepted assigned in_progress returned", "assigned", "clerk unit_head"),
    "schedule": ("assigned in_progress", "", "handler unit_head"),
    "progress": ("assigned in_progress", "in_progress", "handler"),
    "extend": ("accepted assigned in_progress", "", "unit_head leader"),
    "hold": ("assigned in_progress", "on_hold", "leader"),
    "resume": ("on_hold", "in_progress", "unit_head leader"),
    "return": ("assigned", "returned", "unit_head"),
    "transfer": ("assigned in_progress returned", "assigned", "unit_head"),
    "merge": ("OPEN", "merged", "clerk"),
    "reply": ("in_progress", "replied", "handler"),
    "verify": ("replied", "verified", "verifier leader"),
    "strike_off": ("verified", "struck_off", "verifier leader"),
    "reopen": ("struck_off declined", "assigned", "clerk leader"),
    "escalate": ("OPEN", "", "clerk handler unit_head verifier leader"),
}
CLOSED = ("struck_off", "declined", "merged")
ORDER = (
    *("wrong-state", "wrong-role", "no-lead", "no-handler", "no-reason", "no-evidence", "no-target"),
    *("handler-cannot-verify", "not-verified", "after-due", "extension-limit"),
    *("objection-window-passed", "reopen-window-passed", "out-of-order"),
)
REASONED = ("decline", "extend", "hold", "return", "transfer", "reopen", "escalate")


class Model:
    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.entries: dict[str, dict[str, Any]] = {}

    # ------------------------------------------------------------------------------------------- days, one by one

    def after(self, day: date, n: int, working: bool) -> date:
        while n > 0:
            day += timedelta(days=1)
            n -= not working or self.calendar.is_workday(day)
        return day

    def between(self, start: date, end: date, working: bool) -> int:
        count = 0
        while start < end:
            start += timedelta(days=1)
            count += not working or self.calendar.is_workday(start)
        return count

    # ----------------------------------------------------------------------------------------------- the ledger

    def register(self, e: Entry) -> None:
        working, days, stops, limit = True, 15, True, 15
        if e.source == "petition":
            working, days, stops, limit = False, 15, False, 30
        elif e.source == "hotline":
            stops = False
            days = limit = {"consult": 3, "help": 7, "suggestion": 7, "complaint": 15, "": 0}[e.category]
        elif e.kind == "hardship":
            days = limit = 30
        day = e.received_at.date()
        self.entries[e.id] = {
            "entry": e, "state": "registered", "at": e.received_at, "lead": "", "handler": "", "replied_by": "",
            "working": working, "stops": stops, "limit": limit, "extended": 0, "late": False, "verified": False,
            "due": self.after(day, days, working) if days else None, "ever": bool(days), "appealed": False,
            "assigned": None, "closed": None, "left": None, "held": None,
        }  # fmt: skip

    def missed(self, e: dict[str, Any], day: date) -> bool:
        return (
            e["due"] is not None and (e["held"] if e["held"] is not None and e["stops"] else day) > e["due"]
        )

    def overdue(self, id_: str, on: date) -> str:
        e = self.entries[id_]
        if not e["ever"]:
            return ""
        return "yes" if e["late"] or (e["state"] not in CLOSED and self.missed(e, on)) else "no"

    def due(self, id_: str) -> date | None:
        e = self.entries[id_]
        return None if e["state"] in ("declined", "merged") else e["due"]

    def codes(self, a: Action) -> list[str]:
        e, day, name = self.entries[a.entry], a.at.date(), a.action
        sources, _, roles = FROM_TO[name]
        right = e["state"] not in CLOSED if sources == "OPEN" else e["state"] in sources.split()
        found = set()
        if not right:
            found.add("wrong-state")
        if a.role not in roles.split():
            found.add("wrong-role")
        if name in ("assign", "transfer"):
            if not a.lead or (name == "transfer" and a.lead == e["lead"]):
                found.add("no-lead")
            if not a.handler:
                found.add("no-handler")
        if name in REASONED and not a.reason:
            found.add("no-reason")
        if name == "reply" and not a.evidence:
            found.add("no-evidence")
        if name == "merge":
            target = self.entries.get(a.target)
            same = target and target["entry"].kind == e["entry"].kind and target["state"] not in CLOSED
            if a.target == a.entry or not same:
                found.add("no-target")
        if name == "verify" and a.actor in (e["handler"], e["replied_by"]):
            found.add("handler-cannot-verify")
        if name == "strike_off" and a.actor == e["handler"]:
            found.add("handler-cannot-verify")
        if (name == "verify" and a.satisfied is None) or (name == "strike_off" and not e["verified"]):
            found.add("not-verified")
        if name == "extend":
            ended = e["state"] in ("declined", "merged")
            if not ended and self.missed(e, day):
                found.add("after-due")
            if ended or e["due"] is None or e["extended"] or (a.days or 0) > e["limit"]:
                found.add("extension-limit")
        if (
            name == "return"
            and e["assigned"] is not None
            and day > self.after(e["assigned"], 5, working=True)
        ):
            found.add("objection-window-passed")
        if name == "reopen" and e["closed"] is not None and day > e["closed"] + timedelta(days=30):
            found.add("reopen-window-passed")
        if a.at < e["at"]:
            found.add("out-of-order")
        return [code for code in ORDER if code in found]

    def apply(self, a: Action) -> None:
        e, day, name = self.entries[a.entry], a.at.date(), a.action
        target = FROM_TO[name][1]
        petition = e["entry"].source == "petition"
        if name == "accept" and petition and not e["appealed"] and e["state"] == "registered":
            self.meet(e, day)
        if name == "accept" and petition and e["entry"].category == "appeal" and not e["appealed"]:
            e["due"], e["appealed"] = self.after(day, 60, working=False), True
        if name in ("decline", "merge"):
            e["late"] = e["late"] or self.missed(e, day)
            if name == "decline" and petition:
                e["due"] = None
        if name in ("assign", "transfer"):
            e["lead"], e["handler"], e["assigned"] = a.lead, a.handler, day
        if name == "extend":
            e["due"], e["extended"] = self.after(e["due"], a.days or 0, e["working"]), 1
        if name == "hold":
            e["held"] = day
            e["left"] = (
                None if e["due"] is None or day > e["due"] else self.between(day, e["due"], e["working"])
            )
        if name == "resume":
            if e["stops"] and e["left"] is not None:
                e["due"] = self.after(day, e["left"], e["working"])
            e["held"] = e["left"] = None
        if name == "reply":
            self.meet(e, day)
            e["replied_by"], e["verified"] = a.actor, False
        if name == "verify":
            if a.satisfied or (a.role == "leader" and a.reason):
                e["verified"] = True
            else:
                target = "in_progress"
        if name == "reopen":
            target, e["closed"] = ("assigned" if e["lead"] else "accepted"), None
        e["state"], e["at"] = target or e["state"], a.at
        if e["state"] in CLOSED:
            e["closed"] = day

    def meet(self, e: dict[str, Any], day: date) -> None:
        e["late"] = e["late"] or self.missed(e, day)
        e["due"] = None
