"""An independent reading of "entries, actions": the table of CASES as a dictionary, clocks counted day by day.

Where CASES leaves an answer open, the oracle says so: `may` holds codes that it neither asks for nor forbids, and a
field that it does not know is None. The generator never plays an action whose acceptance is open.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

import chinese_calendar
from attrs import define, field

SHANGHAI = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
HOTLINE_SINCE = date(2025, 12, 25)
OPEN = {"registered", "accepted", "assigned", "in_progress", "on_hold", "returned", "replied", "verified"}
ORDER = (
    "wrong-state",
    "wrong-role",
    "no-lead",
    "no-handler",
    "no-reason",
    "no-evidence",
    "no-target",
    "handler-cannot-verify",
    "not-verified",
    "after-due",
    "extension-limit",
    "objection-window-passed",
    "reopen-window-passed",
    "out-of-order",
)
ALL_ROLES = {"clerk", "handler", "unit_head", "verifier", "leader"}
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "accept": ({"registered", "returned"}, {"clerk"}),
    "decline": ({"registered"}, {"clerk"}),
    "assign": ({"accepted", "assigned", "in_progress", "returned"}, {"clerk", "unit_head"}),
    "schedule": ({"assigned", "in_progress"}, {"handler", "unit_head"}),
    "progress": ({"assigned", "in_progress"}, {"handler"}),
    "extend": ({"accepted", "assigned", "in_progress"}, {"unit_head", "leader"}),
    "hold": ({"assigned", "in_progress"}, {"leader"}),
    "resume": ({"on_hold"}, {"unit_head", "leader"}),
    "return": ({"assigned"}, {"unit_head"}),
    "transfer": ({"assigned", "in_progress", "returned"}, {"unit_head"}),
    "merge": (OPEN, {"clerk"}),
    "reply": ({"in_progress"}, {"handler"}),
    "verify": ({"replied"}, {"verifier", "leader"}),
    "strike_off": ({"verified"}, {"verifier", "leader"}),
    "reopen": ({"struck_off", "declined"}, {"clerk", "leader"}),
    "escalate": (OPEN, ALL_ROLES),
}
REASONED = {"decline", "extend", "hold", "return", "transfer", "reopen", "escalate"}


def workday(day: date) -> bool | None:
    """Whether `day` is worked in China; None beyond what is published."""
    return bool(chinese_calendar.is_workday(day)) if FIRST <= day <= LAST else None


def count_on(day: date, n: int, unit: str, paused: Callable[[date], bool] = lambda _: False) -> date | None:
    """Return the `n`th day after `day` that counts; None where the calendar ends before."""
    while n:
        day += DAY
        counts = workday(day) if unit == "work" else True
        if counts is None:
            return None
        n -= counts and not paused(day)
    return day


@define
class Act:
    """One row of actions.csv."""

    entry: str
    at: datetime
    action: str
    actor: str = "somebody"
    role: str = "clerk"
    lead: str = ""
    handler: str = ""
    reason: str = ""
    days: int | None = None
    evidence: str = ""
    satisfied: str = ""
    target: str = ""

    @property
    def day(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

    def row(self, at: str = "") -> dict[str, object]:
        names = (
            "entry",
            "action",
            "actor",
            "role",
            "lead",
            "handler",
            "reason",
            "evidence",
            "satisfied",
            "target",
        )
        cells: dict[str, object] = {name: getattr(self, name) for name in names}
        return {**cells, "at": at or self.at.isoformat(), "days": "" if self.days is None else self.days}


@define
class Entry:
    """One entry and everything that happened to it."""

    id: str
    kind: str
    source: str
    category: str
    received: datetime
    state: str = "registered"
    lead: str | None = ""
    handler: str | None = ""
    done: list[Act] = field(factory=list)
    reopened: bool = False
    declined_once: bool = False

    @property
    def start(self) -> date:
        return self.received.astimezone(SHANGHAI).date()

    def days_of(self, *actions: str) -> list[date]:
        return [act.day for act in self.done if act.action in actions]

    # ---- clocks -------------------------------------------------------------------------------------------------
    @property
    def stops(self) -> bool:
        return self.source not in {"hotline", "petition"}

    def term(self) -> tuple[int, str] | str:
        """Return the days of the main clock and their unit, or the marker of what is missing."""
        if self.source == "hotline":
            if self.start < HOTLINE_SINCE:
                return "missing:timetable"
            days = {"consult": 3, "help": 7, "suggestion": 7, "complaint": 15}
            return (days[self.category], "work") if self.category else "missing:category"
        if self.source == "petition":
            return 60, "natural"
        return {"hardship": 30, "livelihood": 15, "stability": 15}[self.kind], "work"

    def extended(self) -> int:
        return sum(act.days or 0 for act in self.done if act.action == "extend")

    def paused(self, day: date) -> bool:
        held: date | None = None
        for act in self.done:
            if act.action == "hold":
                held = act.day
            elif held is not None and (act.action == "resume" or act.action == "merge"):
                if held < day <= act.day:
                    return True
                held = None
        return False

    def deadlines(self) -> list[tuple[date | None, date | None]]:
        """Return (deadline, None beyond the calendar; day on which it was met, None if it was not)."""
        replied = min(self.days_of("reply"), default=None)
        if self.source == "petition":
            accepted = min(self.days_of("accept"), default=None)
            clocks: list[tuple[date | None, date | None]] = [(self.start + 15 * DAY, accepted)]
            if accepted and self.category == "appeal":
                clocks.append((accepted + (60 + self.extended()) * DAY, replied))
            return clocks
        term = self.term()
        if isinstance(term, str):
            return []
        days, unit = term
        pause = self.paused if self.stops else lambda _: False
        return [(count_on(self.start, days + self.extended(), unit, pause), replied)]

    @property
    def clock_stands(self) -> bool:
        return self.state == "on_hold" and self.stops

    def next_due(self) -> date | None:
        return next((due for due, met in self.deadlines() if met is None), None)

    @property
    def open_clock(self) -> bool:
        return any(met is None for _, met in self.deadlines())

    # ---- what entries.csv must say ------------------------------------------------------------------------------
    def due(self) -> str | None:
        """Return `due` as a cell; None where CASES leaves it open."""
        if self.state in {"declined", "merged"} or self.days_of("reply"):
            return ""
        if self.clock_stands or (self.declined_once and self.reopened):
            return None
        if self.source == "petition" and self.category == "appeal" and len(self.days_of("accept")) > 1:
            return None
        due = self.next_due()
        return due.isoformat() if due else ""

    def overdue(self, on: date) -> str | None:
        """Return `overdue` as a cell; None where CASES leaves it open."""
        clocks = self.deadlines()
        if not clocks:
            return ""
        if self.declined_once and self.reopened:
            return None
        if self.source == "petition" and self.category == "appeal" and len(self.days_of("accept")) > 1:
            return None
        ended = self.done[-1].day if self.state in {"declined", "merged"} else None
        late = False
        for due, met in clocks:
            if due is None:
                return None if len(self.done) else ""
            if met is None and ended is not None and ended > due:
                return None
            if met is None and ended is None and self.clock_stands:
                continue
            late = late or (met or ended or on) > due
        return "yes" if late else "no"

    def marker(self) -> str:
        """Return the marker that `citation` must carry; empty where none need be."""
        if self.state in {"declined", "merged"} or self.days_of("reply") or self.reopened:
            return ""
        term = self.term()
        if isinstance(term, str):
            return "" if not self.category and self.start < HOTLINE_SINCE else term
        return "missing:calendar" if any(due is None and met is None for due, met in self.deadlines()) else ""

    def closed_on(self) -> str | None:
        if self.state == "struck_off":
            return self.days_of("strike_off")[-1].isoformat()
        return "" if self.state in OPEN else None


@define
class Verdict:
    """The codes that must be given, and those that may."""

    must: set[str]
    may: set[str]

    @property
    def open(self) -> bool:
        """Whether CASES leaves it open if the action is taken."""
        return not self.must and bool(self.may)

    def allows(self, told: list[str]) -> bool:
        return (
            told == [code for code in ORDER if code in told]
            and self.must <= set(told) <= self.must | self.may
        )


@define
class Ledger:
    """All entries of an office."""

    entries: dict[str, Entry]

    def judge(self, act: Act) -> Verdict:
        entry = self.entries[act.entry]
        if entry.done and act.at < entry.done[-1].at:
            return Verdict({"out-of-order"}, set(ORDER) - {"out-of-order"})
        verdict = Verdict(set(), set())
        states, roles = TABLE[act.action]
        placed = entry.state in states
        for code, wrong in (
            ("wrong-state", not placed),
            ("wrong-role", act.role not in roles),
            ("no-lead", act.action in {"assign", "transfer"} and not act.lead),
            ("no-handler", act.action in {"assign", "transfer"} and not act.handler),
            ("no-reason", act.action in REASONED and not act.reason),
            ("no-evidence", act.action == "reply" and not act.evidence),
            ("no-target", act.action == "merge" and not self.takes(entry, act.target)),
        ):
            if wrong:
                verdict.must.add(code)
        special = getattr(self, f"_{act.action}", None)
        if special:
            special(entry, act, verdict, placed)
        verdict.may -= verdict.must
        return verdict

    def takes(self, entry: Entry, target: str) -> bool:
        other = self.entries.get(target)
        return other is not None and other is not entry and other.state in OPEN and other.kind == entry.kind

    def _transfer(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        if act.lead == entry.lead or act.handler == entry.handler or entry.lead is None or not placed:
            verdict.may |= {"no-lead", "no-handler"}

    def _verify(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        replied = [done.actor for done in entry.done if done.action == "reply"]
        handlers = [done.handler for done in entry.done if done.handler]
        if (entry.handler and act.actor == entry.handler) or (placed and act.actor == replied[-1]):
            verdict.must.add("handler-cannot-verify")
        elif act.actor in replied + handlers:
            verdict.may.add("handler-cannot-verify")

    def _strike_off(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        if entry.handler and act.actor == entry.handler:
            verdict.must.add("handler-cannot-verify")
        elif act.actor in [done.handler for done in entry.done if done.handler]:
            verdict.may.add("handler-cannot-verify")
        if not placed:
            (verdict.may if entry.days_of("verify") else verdict.must).add("not-verified")

    def _extend(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        term, due = entry.term(), entry.next_due()
        if isinstance(term, str) or due is None or not placed or (entry.declined_once and entry.reopened):
            verdict.may |= {"after-due", "extension-limit"}
            return
        if entry.source == "petition" and entry.due() is None:
            verdict.may |= {"after-due", "extension-limit"}
            return
        limit = 30 if entry.source == "petition" else term[0]
        if entry.days_of("extend") or (act.days or 0) > limit:
            verdict.must.add("extension-limit")
        if act.day > due:
            verdict.must.add("after-due")
        elif act.day == due:
            verdict.may.add("after-due")

    def _hold(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        # How a clock that has run out is held is open; the generator does not play it.
        due = entry.next_due()
        if placed and entry.stops and entry.open_clock and (due is None or act.day >= due):
            verdict.may.add("wrong-state")

    def _return(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        if not placed:
            verdict.may.add("objection-window-passed")
            return
        starts = [entry.days_of("assign")[-1], entry.days_of("assign", "transfer", "reopen")[-1]]
        ends = [count_on(start, 5, "work") for start in starts]
        passed = {end is not None and act.day > end for end in ends}
        if None in ends or len(passed) == 2:
            verdict.may.add("objection-window-passed")
        elif passed == {True}:
            verdict.must.add("objection-window-passed")

    def _reopen(self, entry: Entry, act: Act, verdict: Verdict, placed: bool) -> None:
        if not placed:
            verdict.may.add("reopen-window-passed")
        elif act.day > entry.days_of("strike_off", "decline")[-1] + 30 * DAY:
            verdict.must.add("reopen-window-passed")

    def play(self, act: Act) -> Verdict:
        """Judge an action and apply it if nothing is against it."""
        verdict = self.judge(act)
        if not verdict.must and not verdict.may:
            self.apply(act)
        return verdict

    def apply(self, act: Act) -> None:
        entry = self.entries[act.entry]
        entry.done.append(act)
        upheld = act.role == "leader" and bool(act.reason)
        fixed = {
            "accept": "accepted",
            "decline": "declined",
            "assign": "assigned",
            "progress": "in_progress",
            "hold": "on_hold",
            "resume": "in_progress",
            "return": "returned",
            "transfer": "assigned",
            "merge": "merged",
            "reply": "replied",
            "verify": "in_progress" if act.satisfied == "no" and not upheld else "verified",
            "strike_off": "struck_off",
            "reopen": "assigned" if entry.days_of("assign") else "accepted",
        }
        entry.state = fixed.get(act.action, entry.state)
        if act.action in {"assign", "transfer"}:
            entry.lead, entry.handler = act.lead, act.handler
        if act.action == "return":  # whether a returned entry still names somebody is open
            entry.lead = entry.handler = None
        entry.declined_once = entry.declined_once or act.action == "decline"
        entry.reopened = entry.reopened or act.action == "reopen"


# ---- random offices -------------------------------------------------------------------------------------------------
KINDS = ("hardship", "livelihood", "stability")
SOURCES = (
    "visit",
    "reception",
    "grid",
    "forum",
    "online",
    "hotline",
    "hotline",
    "hotline",
    "petition",
    "petition",
)


def random_entries(rng: random.Random, count: int, first: date, last: date) -> dict[str, Entry]:
    found = {}
    for n in range(count):
        source = rng.choice(SOURCES)
        categories = {
            "hotline": ["consult", "help", "suggestion", "complaint", ""],
            "petition": ["appeal", "suggestion"],
        }
        day = first + DAY * rng.randrange((last - first).days + 1)
        received = datetime(
            day.year, day.month, day.day, rng.randrange(24), rng.randrange(60), tzinfo=SHANGHAI
        )
        entry = Entry(
            f"E-{n:03}", rng.choice(KINDS), source, rng.choice(categories.get(source, [""])), received
        )
        found[entry.id] = entry
    return found


def edge_days(entry: Entry) -> Iterator[date]:
    """Yield days around the edges that matter to an entry."""
    due = entry.next_due()
    if due:
        yield from (due - DAY, due, due + DAY)
    for day in entry.days_of("assign")[-1:]:
        end = count_on(day, 5, "work")
        if end:
            yield from (end, end + DAY)
    for day in entry.days_of("strike_off", "decline")[-1:]:
        yield from (day + 30 * DAY, day + 31 * DAY)


def next_moment(rng: random.Random, entry: Entry, now: datetime) -> datetime:
    today = now.astimezone(SHANGHAI).date()
    edges = [day for day in edge_days(entry) if day > today]
    if edges and rng.random() < 0.35:
        day = rng.choice(edges)
        return datetime(
            day.year,
            day.month,
            day.day,
            rng.choice([0, 9, 23]),
            rng.randrange(60),
            rng.randrange(60),
            tzinfo=SHANGHAI,
        )
    gap = rng.choice([timedelta(minutes=7), timedelta(hours=5), DAY, 2 * DAY, 3 * DAY, 6 * DAY, 12 * DAY])
    return now + gap * rng.uniform(0.5, 1.5)


LIKELY = {
    "registered": "accept accept accept accept decline",
    "accepted": "assign assign assign extend",
    "assigned": "progress progress progress return transfer extend hold schedule",
    "in_progress": "reply reply reply extend hold transfer assign schedule",
    "on_hold": "resume resume escalate",
    "returned": "accept assign transfer",
    "replied": "verify verify verify verify verify merge",
    "verified": "strike_off strike_off strike_off escalate",
    "struck_off": "reopen",
    "declined": "reopen",
    "merged": "accept",
}


def random_act(rng: random.Random, ledger: Ledger, entry: Entry, at: datetime, n: int) -> Act:
    """Return an action that is likely to be taken, or one with a few things wrong."""
    whole = rng.random() < 0.7
    name = rng.choice(LIKELY[entry.state].split()) if whole else rng.choice(sorted(TABLE))
    role = (
        rng.choice(sorted(TABLE[name][1])) if whole or rng.random() < 0.6 else rng.choice(sorted(ALL_ROLES))
    )

    def given(value: str, chance: float = 0.7) -> str:
        return value if whole or rng.random() < chance else ""

    people = [
        *(done.actor for done in entry.done[-3:]),
        entry.handler or "nobody",
        "clerk-1",
        "verifier-1",
        "leader-1",
    ]
    act = Act(
        entry.id, at, name, f"{role}-{n % 7}" if whole and rng.random() < 0.8 else rng.choice(people), role
    )
    if name in {"assign", "transfer"} or rng.random() < 0.05:
        act.lead, act.handler = given(f"unit-{n}"), given(f"handler-{n}")
    if name in REASONED or rng.random() < 0.1:
        act.reason = given("情况说明")
    if name == "verify":
        act.satisfied = rng.choice(["yes", "yes", "no"])
    if name in {"extend", "schedule"}:
        act.days = rng.choice([1, 3, 5, 7, 8, 15, 16, 30, 31])
    if name == "reply":
        act.evidence = given("记录")
    if name == "merge":
        alike = [
            other.id for other in ledger.entries.values() if other.kind == entry.kind and other.received < at
        ]
        act.target = rng.choice([*alike, entry.id, "E-unknown", "", rng.choice(sorted(ledger.entries))])
    return act


def random_history(
    rng: random.Random, entries: Mapping[str, Entry], last: date, most: int
) -> tuple[Ledger, list[tuple[Act, Verdict]]]:
    """Play random actions in the order of time; return the ledger as it ends and every action with its verdict."""
    ledger = Ledger(dict(entries))
    played: list[tuple[Act, Verdict]] = []
    queue = [
        (next_moment(rng, entry, entry.received), entry.id, rng.randrange(1, most))
        for entry in entries.values()
    ]
    heapq.heapify(queue)
    taken: set[datetime] = set()
    while queue:
        at, name, left = heapq.heappop(queue)
        at = at.replace(microsecond=0)
        while at in taken:
            at += timedelta(seconds=1)
        if at.astimezone(SHANGHAI).date() > last:
            continue
        entry = ledger.entries[name]
        act = random_act(rng, ledger, entry, at, len(played) + 1)
        target = ledger.entries.get(act.target)
        if not ledger.judge(act).open and not (target and target.received >= at):
            taken.add(at)
            played.append((act, ledger.play(act)))
        if left > 1:
            heapq.heappush(queue, (next_moment(rng, entry, at), name, left - 1))
    return ledger, played


def written(rng: random.Random, moment: datetime) -> str:
    """Write a moment in one of the ways an office does."""
    local = moment.astimezone(SHANGHAI)
    ways = [
        local.isoformat(),
        local.replace(tzinfo=None).isoformat(),
        moment.astimezone(UTC).isoformat(),
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        moment.astimezone(timezone(timedelta(hours=-5))).isoformat(),
    ]
    return rng.choice(ways)
