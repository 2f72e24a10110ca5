"""Circulations of a conference, told briefly: sent round, signed, settled, put before a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sessions import FIRST, JC, MEMBERS, act, at, called, decided, ready, rep, seated, voted

from huaying_governance.conference import (
    Circulation,
    CirculationAct,
    CirculationStanding,
    Office,
    ResolutionAct,
    fate,
)

SENT = date(2026, 9, 7)
"""A Monday; the last of three working days to sign is the Thursday."""
LAST = date(2026, 9, 10)


def circulation(id_: str = "S1", item: str = "A1", urgency: str = "汛期临近", **more: object) -> Circulation:
    said: dict[str, object] = {"conference": JC, "text": "示例传签事项", "on": FIRST}
    return Circulation(id=id_, item=item, urgency=urgency, **(said | more))  # type: ignore[arg-type]


def step(
    action: str, role: str = "secretariat", day: date = SENT, minute: int = 0, **more: object
) -> CirculationAct:
    said: dict[str, object] = {"actor": "S1"} | more
    return CirculationAct(action=action, at=at(day, minute), role=role, **said)  # type: ignore[arg-type]


def sign(who: str, day: date = SENT, agreed: bool | None = True, **more: object) -> CirculationAct:
    said: dict[str, object] = {"actor": rep(who), "member": who, "agreed": agreed}
    said["reason"] = "意见" if agreed is False else ""
    return step("sign", "member", day, **(said | more))


def sent(office: Office, item: str = "A1", id_: str = "S1", day: date = SENT) -> None:
    """Enter a circulation and send it round."""
    office.circulations.open(id_, circulation(id_, item))
    office.circulations.act(id_, step("circulate", day=day))


def signed(office: Office, members: Iterable[str] = MEMBERS, id_: str = "S1", day: date = SENT) -> None:
    for one in members:
        office.circulations.act(id_, sign(one, day))


def settled(office: Office, item: str = "A1", id_: str = "S1", day: date = SENT) -> CirculationStanding:
    """Send an item round, let all agree, and settle it, all on one day."""
    sent(office, item, id_, day)
    signed(office, id_=id_, day=day)
    return office.circulations.act(id_, step("settle", "convener", day))


def held(
    office: Office,
    id_: str,
    day: date,
    *,
    takes: str = "",
    outcome: str = "carried",
    kind: str = "plenary",
) -> None:
    """Hold a meeting; it decides the item that it `takes` up, and one of its own in any case."""
    ready(office, f"B-{id_}")
    called(office, f"B-{id_}", *([takes] if takes else []), id_=id_, day=day, kind=kind)
    seated(office, *MEMBERS, id_=id_, day=day)
    office.meetings.act(id_, act("open", "convener", day=day))
    for one in (f"B-{id_}", *([takes] if takes else [])):
        voted(office, one, "n" if one == takes and outcome == "rejected" else "yyyyy", id_, day)
        if one == takes and outcome == "deferred":
            office.meetings.act(id_, act("defer", "convener", day=day, item=one, reason="r"))
        else:
            decided(office, one, outcome if one == takes else "carried", id_, day)
    office.meetings.act(id_, act("close", "convener", day=day))


def became(office: Office, id_: str = "S1") -> tuple[str, str]:
    return fate(office.circulations.standing(id_), office.circulation_terms)


def follows(action: str, role: str, day: date, **more: object) -> ResolutionAct:
    said: dict[str, object] = {"actor": "housing" if role == "lead" else "governance-office"}
    return ResolutionAct(action=action, at=at(day, 60), role=role, **(said | more))  # type: ignore[arg-type]
