"""联席会议表行: what the rows of items, meetings, circulations, resolutions and shared resources say, as values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import cast

from huaying_governance.conference import (
    Circulation,
    CirculationAct,
    Draw,
    Item,
    ItemAct,
    Meeting,
    MeetingAct,
    Pledge,
    Resolution,
    ResolutionAct,
)
from huaying_governance.flows.case import Case
from huaying_governance.flows.ruled import body
from huaying_governance.tables import Row


def names(case: Case, cells: object) -> tuple[str, ...]:
    """Return the ids of the bodies that a cell lists."""
    return tuple(body(case, one) for one in cast("tuple[str, ...] | None", cells) or ())


def item(case: Case, row: Row) -> Item:
    """Return an item."""
    return Item(
        conference=body(case, row["conference"]),
        title=str(row["title"]),
        proposer=body(case, row["sponsor"]),
        category=str(row["agenda_category"]),
        communities=names(case, row["concerned"]),
        lead=body(case, row["lead"]),
        reserved=row["reserved_by_law"] is True,
        reference_kind=str(row["reference_kind"] or ""),
        references=tuple(cast("tuple[str, ...] | None", row["references"]) or ()),
        on=cast(date, row["date"]),
    )


def item_act(case: Case, row: Row) -> ItemAct:
    """Return an act on an item."""
    return ItemAct(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, row["actor"]),
        role=str(row["role"]),
        reason=str(row["reason"] or ""),
        evidence=str(row["evidence"] or ""),
    )


def meeting(case: Case, row: Row) -> Meeting:
    """Return a meeting."""
    return Meeting(
        id=str(row["id"]),
        conference=body(case, row["conference"]),
        kind=str(row["meeting_kind"]),
        planned_on=cast(date, row["meeting_planned_on"]),
        day=cast(date, row["meeting_day"]),
        site=str(row["meeting_site"] or ""),
        comprehensive=row["comprehensive"] is True,
        report_minutes=cast("int | None", row["report_minutes"]),
    )


def meeting_act(case: Case, row: Row) -> MeetingAct:
    """Return an act of a meeting."""
    return MeetingAct(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        member=body(case, row["member"]),
        item=str(row["item"] or ""),
        vote=str(row["vote"] or ""),
        outcome=str(row["decision"] or ""),
        attending=str(row["attending"] or ""),
        granted_by=str(row["granted_by"] or ""),
        day=cast("date | None", row["meeting_day"]),
        text=str(row["minutes"] or ""),
        version=cast("int | None", row["minutes_version"]),
        reason=str(row["reason"] or ""),
    )


def circulation(case: Case, row: Row) -> Circulation:
    """Return a circulation."""
    return Circulation(
        id=str(row["id"]),
        conference=body(case, row["conference"]),
        item=str(row["item"]),
        text=str(row["title"]),
        urgency=str(row["urgency"] or ""),
        on=cast(date, row["date"]),
    )


def circulation_act(case: Case, row: Row) -> CirculationAct:
    """Return an act on a circulation."""
    return CirculationAct(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        member=body(case, row["member"]),
        agreed=cast("bool | None", row["consents"]),
        reason=str(row["reason"] or ""),
    )


def resolution(case: Case, row: Row) -> Resolution:
    """Return a resolution; its row has been checked."""
    return Resolution(
        item=str(row["item"]),
        meeting=str(row["meeting"] or ""),
        circulation=str(row["circulation"] or ""),
        text=str(row["title"]),
        lead=names(case, row["leads"])[0],
        cooperators=names(case, row["cooperators"]),
        on=cast(date, row["date"]),
        due=cast(date, row["due_on"]),
        measure=str(row["measure"]),
    )


def resolution_act(case: Case, row: Row) -> ResolutionAct:
    """Return an act on a resolution."""
    return ResolutionAct(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, row["actor"]),
        role=str(row["role"]),
        agreed=cast("bool | None", row["consents"]),
        satisfied=cast("bool | None", row["satisfied"]),
        days=cast("int | None", row["days"]),
        evidence=str(row["evidence"] or ""),
        reason=str(row["reason"] or ""),
    )


def pledge(case: Case, row: Row) -> Pledge:
    """Return a pledge."""
    return Pledge(
        conference=body(case, row["conference"]),
        member=body(case, row["member"]),
        kind=str(row["resource_kind"]),
        title=str(row["title"]),
        amount=cast(Decimal, row["pledged_quantity"]),
        unit=str(row["quantity_unit"]),
        on=cast(date, row["date"]),
        until=cast("date | None", row["to"]),
        resolution=str(row["resolution_ref"] or ""),
    )


def draw(case: Case, row: Row) -> Draw:
    """Return an act on a pledge."""
    return Draw(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, row["actor"]),
        role=str(row["role"]),
        amount=cast("Decimal | None", row["quantity"]),
        reason=str(row["reason"] or ""),
    )
