"""Ledgers as CASES fixes them, against an independent table and clocks that are counted day by day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import oracle_ledger as oracle
import pytest
from mixture import entry_rows
from office import Ran, by, case, codes, judged, read
from oracle_ledger import Act, Entry, Ledger, Verdict

MONTHS = 30 * oracle.DAY


def refused(out: Path) -> list[tuple[str, float, str, tuple[str, ...]]]:
    """Return the refused actions, the moment as an instant."""
    found = []
    for row in read(out / "refused_actions.csv"):
        at = datetime.fromisoformat(row["at"])
        at = at if at.tzinfo else at.replace(tzinfo=oracle.SHANGHAI)
        assert row["reason"]
        found.append((row["entry"], at.timestamp(), row["action"], tuple(codes(row["codes"]))))
    return found


def differences(out: Path, on: date, ledger: Ledger, played: Sequence[tuple[Act, Verdict]]) -> list[str]:
    """Return what a run wrote otherwise than the oracle has it."""
    wrong = []
    told = {(entry, at, action): list(given) for entry, at, action, given in refused(out)}
    bad = set()
    for act, verdict in played:
        given = told.pop((act.entry, act.at.timestamp(), act.action), None)
        if (given is None) != (not verdict.must) or (given is not None and not verdict.allows(given)):
            if act.entry not in bad:  # what follows in the same entry follows from this
                wrong.append(
                    f"{act}\n  expected {sorted(verdict.must)} may {sorted(verdict.may)}\n  got {given}"
                )
            bad.add(act.entry)
    wrong += [f"refused without being played: {key}" for key in told]
    rows = by(read(out / "entries.csv"), "id")
    if set(rows) != set(ledger.entries):
        wrong.append(f"entries {sorted(set(rows) ^ set(ledger.entries))}")
    for entry in ledger.entries.values():
        row = rows.get(entry.id)
        if row is None or entry.id in bad:
            continue
        expected = {
            "kind": entry.kind,
            "state": entry.state,
            "due": entry.due(),
            "overdue": entry.overdue(on),
            "lead": entry.lead,
            "handler": entry.handler,
            "closed_on": entry.closed_on(),
        }
        differing = {
            name: (value, row[name]) for name, value in expected.items() if value not in {None, row[name]}
        }
        if entry.marker() not in row["citation"]:
            differing["citation"] = (entry.marker(), row["citation"])
        if not entry.marker() and expected["due"] and "missing:" in row["citation"]:
            differing["citation"] = ("", row["citation"])
        if differing:
            history = "\n    ".join(str(act) for act in entry.done)
            wrong.append(
                f"{entry.id} {entry.source} {entry.category} {entry.received}: {differing}\n    {history}"
            )
    return wrong


def follow(
    tmp_path: Path, on: date, entries: Sequence[Entry], acts: Sequence[Act], rng: random.Random
) -> Ran:
    rows = [act.row(oracle.written(rng, act.at)) for act in acts]
    folder = case(tmp_path / "case", on=on.isoformat(), entries=entry_rows(rng, entries), actions=rows)
    return judged(folder, tmp_path / "out")


def compare(tmp_path: Path, seed: int, count: int) -> None:
    rng = random.Random(seed)
    on = rng.choice(
        [date(2026, 11, 23), date(2026, 12, 31), date(2026, 3, 2), date(2026, 10, 10), date(2026, 2, 14)]
    )
    first = on - oracle.DAY * rng.choice([30, 90, 150])
    entries = oracle.random_entries(rng, count, first, on)
    ledger, played = oracle.random_history(rng, entries, on, 16)
    acts = [act for act, _ in played]
    rng.shuffle(acts)
    follow(tmp_path, on, list(entries.values()), acts, rng)
    wrong = differences(tmp_path / "out", on, ledger, played)
    assert not wrong, f"seed {seed}, on {on}: {len(wrong)} differ\n" + "\n".join(wrong[:4])


@pytest.mark.parametrize("seed", range(10))
def test_random_histories_end_as_the_naive_table_says(tmp_path: Path, seed: int) -> None:
    """Rows 49, 51, 52, 53: states, due days, overdue, persons and refusals of random offices equal a naive replay."""
    compare(tmp_path, seed, 70)


def test_an_action_dated_before_its_entry_changes_nothing(tmp_path: Path) -> None:
    """Row 52: an action older than the receipt of its entry is refused, not a fault of the whole run."""
    entry = {"kind": "livelihood", "source": "grid", "community": "dujiaping"}
    rows = [{"id": name, "received_at": "2026-03-02T09:00", **entry} for name in ("E", "F")]
    early = {"at": "2026-03-01T09:00", "action": "accept", "actor": "c", "role": "clerk"}
    steps = [
        {"entry": "E", **early},
        {"entry": "F", **early},
        {"entry": "F", **early, "at": "2026-03-03T09:00"},
    ]
    folder = case(tmp_path / "case", entries=rows, actions=steps)
    for _ in range(2):
        judged(folder, tmp_path / "out")
        assert [(row["entry"], row["codes"]) for row in read(tmp_path / "out" / "refused_actions.csv")] == [
            ("E", "out-of-order"),
            ("F", "out-of-order"),
        ]
        assert [row["state"] for row in read(tmp_path / "out" / "entries.csv")] == ["registered", "accepted"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_random_histories_end_as_the_naive_table_says_long(tmp_path: Path, seed: int) -> None:
    """Rows 49, 51, 52, 53: the same over many more offices."""
    compare(tmp_path, seed, 250)
