"""Stored events: names of our own, strict reading, golden bytes that are never edited."""

from __future__ import annotations

from collections import ChainMap
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.ledger import codec
from huaying_governance.ledger import events as ev
from huaying_governance.ledger.records import Hardship, Livelihood, Stability
from huaying_governance.ledger.terms import Clock, Terms, Window
from huaying_governance.storage import canonical
from huaying_governance.text import Text, same

from .conftest import at

GOLDEN = Path(__file__).parent / "golden" / "events-1.txt"
NOW = at("2026-09-18")
CLAUSE = Citation(Source("law", Text("法", "law"), "law"), Text("第三条", "art. 3"), "原文")
TERMS = Terms(
    "livelihood",
    (Clock("reply", "received", "replied", 15, "working_days", CLAUSE, None, ("category",)),),
    ("category",),
    "ledgers",
    "livelihood",
    True,
    2,
    30,
    CLAUSE,
    Window(5, "working_days", CLAUSE),
    Window(30, "natural_days"),
    False,
    1,
    ("no-call-back",),
)
DUE = ev.Deadline(0, date(2026, 9, 18), 15, date(2026, 10, 15), "cn-1")
LATER = ev.Deadline(1, date(2026, 9, 18), None, None, "cn-1")
BY = (NOW, "p1", "clerk")
REFUSAL = Ruling(
    "refused", (Ground(same("x"), "wrong-role", CLAUSE), Ground(same("y"), "no-lead")),
    remedies=(Remedy("wrong-role", same("a")), Remedy("no-lead", same("b"))),
)  # fmt: skip
EVENTS: tuple[ev.Event, ...] = (
    ev.Registered(NOW, "livelihood", "hotline", "help", "dujiaping", "路灯不亮", "P-1", TERMS, DUE),
    ev.Accepted(*BY, True, False, LATER),
    ev.Accepted(*BY),
    ev.Declined(*BY, "不属本级", True, True),
    ev.Assigned(*BY, "住建局", "h1", date(2026, 9, 24)),
    ev.Scheduled(*BY, 3, None, "踏勘"),
    ev.Progressed(*BY, "已踏勘"),
    ev.Extended(*BY, "复杂", 5, DUE),
    ev.Held(*BY, "待规划", DUE, date(2026, 12, 17)),
    ev.Resumed(*BY, DUE),
    ev.Returned(*BY, "不属本单位"),
    ev.Transferred(*BY, "城管局", "h2", None, "职责调整"),
    ev.Merged(*BY, "E2", False),
    ev.Replied(*BY, "答复书-1", True, False),
    ev.Verified(*BY, False, "解释到位"),
    ev.SentBack(*BY, "不满意"),
    ev.StruckOff(*BY),
    ev.Reopened(*BY, "再现", True),
    ev.Escalated(*BY, "需研究"),
    ev.Refused(*BY, "assign", REFUSAL),
    ev.Recorded(*BY, Hardship("HH-1", "minimum_living", 3, date(2026, 12, 1))),
    ev.Recorded(*BY, Livelihood("010203", 5)),
    ev.Recorded(*BY, Stability("hazard", "农贸市场", "R-1", date(2026, 9, 20))),
    ev.CoHandled(*BY, ("城管局", "供电公司")),
    ev.ItemsAnswered(*BY, 3, 2),
    ev.FundsNoted(*BY, True),
    ev.CalledBack(*BY, True, False),
    ev.Obstacle(*BY, "planning", "临时照明"),
    ev.HoldReviewed(*BY, "仍待规划", date(2026, 12, 1)),
    ev.Informed(*BY, "告知书-1"),
    ev.Linked(*BY, "child", "E2"),
    ev.Reminded(NOW, "", "", "due", date(2026, 10, 15), "warning"),
    ev.Reprojected(NOW, "", "", DUE),
)


def lines() -> list[str]:
    stored = [codec.encode(event) for event in EVENTS]
    return [f"{e.type} {e.schema} {canonical.encode(e.data).decode()}" for e in stored]


def test_there_and_back() -> None:
    """Every event reads back from its stored bytes as it was."""
    for event in EVENTS:
        stored = codec.encode(event)
        read = codec.decode(stored.type, canonical.decode(canonical.encode(stored.data)), stored.schema)
        assert read == event
        assert type(read) is type(event)


def test_every_event_is_in_the_golden_file() -> None:
    """No event goes without an example of its stored form."""
    assert {type(event) for event in EVENTS} == set(codec.NAMES.values())


def test_stored_bytes_are_the_golden_ones() -> None:
    """What release 0.1 stored is what is stored now; a change needs a new schema number and a new golden file."""
    assert lines() == GOLDEN.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "data", "schema"),
    [
        ("entry.vanished", {}, 1),
        ("entry.struck_off", {"at": "2026-09-18T09:00:00+08:00", "by": "p1", "role": "clerk"}, 2),
        ("entry.struck_off", {"at": "2026-09-18T09:00:00+08:00", "by": "p1"}, 1),
        ("entry.struck_off", {"at": "2026-09-18T09:00:00+08:00", "by": 7, "role": "clerk"}, 1),
        (
            "entry.struck_off",
            {"at": "2026-09-18T09:00:00+08:00", "by": "p1", "role": "clerk", "mood": "x"},
            1,
        ),
    ],
)
def test_what_is_not_known_is_not_guessed(name: str, data: dict[str, object], schema: int) -> None:
    """An unknown name, schema, field or type, or a field that lacks, is an error."""
    with pytest.raises(codec.UnknownEvent):
        codec.decode(name, data, schema)


def test_moments_of_other_zones_read_as_shanghai() -> None:
    """A stored moment is the same moment whatever offset it was written with."""
    read = codec.decode("entry.struck_off", {"at": "2026-09-18T01:00:00+00:00", "by": "p", "role": "clerk"})
    assert read.at == NOW
    assert str(read.at.tzinfo) == "Asia/Shanghai"


def test_a_known_shape_does_not_open_the_door_to_another() -> None:
    """A reader that has read events stays as strict: each new shape is looked at, whatever was read before."""
    reader = codec.Reader()
    good = {"at": "2026-09-18T09:00:00+08:00", "by": "p1", "role": "clerk"}
    assert reader.decode("entry.struck_off", good) == ev.StruckOff(*BY)
    for bad in (
        {**good, "by": 7},
        {**good, "mood": "x"},
        {"at": good["at"], "by": "p1"},
        {**good, "role": None},
    ):
        with pytest.raises(codec.UnknownEvent):
            reader.decode("entry.struck_off", bad)
    with pytest.raises(codec.UnknownEvent):
        reader.decode("entry.struck_off", good, 2)
    assert reader.decode("entry.struck_off", MappingProxyType(good)) == ev.StruckOff(*BY)
    assert reader.decode("entry.struck_off", ChainMap(good)) == ev.StruckOff(*BY)
