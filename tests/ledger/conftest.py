"""What the ledger's tests share: the shipped timetables, the work calendar, short ways to say an action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from attrs import frozen

import huaying_governance
from huaying_governance.kernel.bodies import Community
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.workdays import Calendar, china_calendar
from huaying_governance.ledger import Action, Entry, EntryView, LedgerBook
from huaying_governance.rules import Policy, read_policy
from huaying_governance.storage import Store, open_store

POLICIES = Path(huaying_governance.__file__).parent / "packs" / "huaying" / "policies"


@frozen
class PackOfTests:
    """The shipped timetables, one community, and the criteria that a test switches on."""

    timetables: tuple[Policy, ...]
    communities: tuple[Community, ...] = (
        Community("dujiaping", "杜家坪社区"),
        Community("synthetic-2", "示例社区二"),
    )
    criteria: tuple[str, ...] = ()


@pytest.fixture(scope="session")
def timetables() -> tuple[Policy, ...]:
    return tuple(read_policy(POLICIES / f"{name}.toml") for name in ("hotline", "petition", "ledgers"))


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return china_calendar()


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("memory:") as opened:
        yield opened


@pytest.fixture
def pack(timetables: tuple[Policy, ...]) -> PackOfTests:
    return PackOfTests(timetables)


@pytest.fixture
def book(store: Store, pack: PackOfTests, calendar: Calendar) -> LedgerBook:
    return LedgerBook(store, pack, calendar)


def at(text: str) -> datetime:
    """A moment in Shanghai: `2026-09-18` is nine in the morning."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=SHANGHAI)


def entry(
    id_: str = "E1", kind: str = "livelihood", source: str = "visit", day: str = "2026-09-18", **more: str
) -> Entry:
    values = {"category": "", "community": "dujiaping", "summary": "路灯不亮", "petitioner": "P-1", **more}
    if kind == "stability":
        values["petitioner"] = ""
    return Entry(id=id_, kind=kind, source=source, received_at=at(day), **values)


ROLE = {
    "accept": ("c1", "clerk"),
    "decline": ("c1", "clerk"),
    "assign": ("c1", "clerk"),
    "schedule": ("h1", "handler"),
    "progress": ("h1", "handler"),
    "extend": ("u1", "unit_head"),
    "hold": ("l1", "leader"),
    "resume": ("u1", "unit_head"),
    "return": ("u1", "unit_head"),
    "transfer": ("u1", "unit_head"),
    "merge": ("c1", "clerk"),
    "reply": ("h1", "handler"),
    "verify": ("v1", "verifier"),
    "strike_off": ("v1", "verifier"),
    "reopen": ("c1", "clerk"),
    "escalate": ("c1", "clerk"),
}
GIVEN: dict[str, dict[str, object]] = {
    "decline": {"reason": "不属本级职权"},
    "assign": {"lead": "住建局", "handler": "h1"},
    "schedule": {"days": 3},
    "extend": {"reason": "情况复杂", "days": 5},
    "hold": {"reason": "待规划调整"},
    "return": {"reason": "不属本单位"},
    "transfer": {"lead": "城管局", "handler": "h2", "reason": "职责调整"},
    "reply": {"evidence": "答复书-1"},
    "verify": {"satisfied": True},
    "reopen": {"reason": "问题再现"},
    "escalate": {"reason": "需联席会议研究"},
}


def act(action: str, day: str, entry: str = "E1", **more: object) -> Action:
    """An action as its usual actor would give it, with what it needs unless said otherwise."""
    actor, role = ROLE[action]
    values: dict[str, object] = {"actor": actor, "role": role, **GIVEN.get(action, {}), **more}
    return Action(entry=entry, at=at(day), action=action, **values)  # type: ignore[arg-type]


def run(book: LedgerBook, *steps: str, id_: str = "E1") -> EntryView:
    """Apply steps written `action day`, each as its usual actor would."""
    for step in steps:
        action, day = step.split()
        book.act(act(action, day, id_))
    return book.entry(id_)
