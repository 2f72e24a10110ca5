"""A small office whose rows are all sound; the tests of bad input spoil one thing of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from office import COLUMNS, case

Rows = list[dict[str, str]]


def sound() -> dict[str, Rows]:
    """Return fresh rows of every table."""
    asked = {
        "date": "2026-03-02",
        "assigner": "民政局",
        "community": "dujiaping",
        "matter": "XZ01",
        "funding": "20000",
    }
    entry = {
        "kind": "livelihood",
        "source": "grid",
        "community": "dujiaping",
        "received_at": "2026-03-02T09:00",
    }
    step = {"action": "accept", "actor": "clerk-1", "role": "clerk"}
    resident = {
        "hukou_community": "dujiaping",
        "community": "dujiaping",
        "body": "residents_committee",
        "rights": "yes",
    }
    return {
        "assignments": [{"id": f"A-{n}", "title": "排查", **asked} for n in range(3)],
        "admissions": [
            {
                "id": "Z-0",
                "matter": "N1",
                "title": "核对",
                "assigner": "民政局",
                "communities": "dujiaping",
                "from": "2026-01-01",
                "to": "2026-12-31",
                "funding": "100",
                "decided_by": "社区治理联席会议",
            }
        ],
        "entries": [{"id": f"E-{n}", "summary": "路灯不亮", "petitioner": "P-1", **entry} for n in range(3)],
        "actions": [{"entry": f"E-{n}", "at": f"2026-03-03T09:0{n}", **step} for n in range(3)],
        "persons": [
            {"person": "W-0", "education": "21", "spouse": "W-1"},
            {"person": "W-1", "education": "other", "spouse": "W-0"},
            {"person": "W-2", "education": "14", "spouse": ""},
        ],
        "spells": [
            {"person": f"W-{n}", "employer": "E", "in_zone": "yes", "from": "2025-01-01", "to": ""}
            for n in range(3)
        ],
        "residents": [{"person": f"R-{n}", "born": "1980-01-01", **resident} for n in range(3)],
    }


def sound_case(folder: Path, **changed: Rows) -> Path:
    """Write the sound office with some tables replaced."""
    return case(folder, polling_day="2026-12-20", **{**sound(), **changed})


def spoiled(table: str, number: int, cells: Mapping[str, str]) -> Rows:
    """Return the rows of a table with one row (from 0) changed."""
    rows = sound()[table]
    rows[number] |= cells
    return rows


def text_of(table: str, rows: Rows) -> str:
    """Return a table as CSV text, nothing quoted."""
    names = COLUMNS[table].split()
    return (
        "\n".join([",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]) + "\n"
    )
