"""Progress of a run: long tables tell how far they are while they are read, judged and written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.flows.desk import Anew
from huaying_governance.tables import watching
from huaying_governance.text import Text
from project import ROOT

EXAMPLE = ROOT / "examples" / "huaying"


def test_reading_judging_and_writing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of at least so many rows is told of while it is read and written; counts rise, and end at their total."""
    monkeypatch.setattr(watching, "EVERY", 3)
    told: dict[str, list[tuple[int, int]]] = {}

    def progress(what: Text, done: int, total: int) -> None:
        told.setdefault(what.en, []).append((done, total))

    hg.run_case(EXAMPLE, tmp_path, progress=progress)
    assert {"reading assignments", "screening assignments", "writing awards"} <= told.keys()
    for steps in told.values():
        assert all(0 < done <= total for done, total in steps)
        assert steps[-1][0] == steps[-1][1]


def test_short_tables_are_not_told_of() -> None:
    """Nothing is told of a table that is read at once."""
    told: list[tuple[int, int]] = []
    few = range(watching.EVERY - 1)
    assert list(watching.watched(few, 0, lambda *at: told.append(at))) == list(few)
    assert not told
    many = range(watching.EVERY + 1)
    assert list(watching.watched(many, 10, lambda *at: told.append(at))) == list(many)
    assert told == [(watching.EVERY, watching.EVERY), (watching.EVERY + 1, watching.EVERY + 1)]
    assert list(watching.watched(many, 0, None)) == list(many)


def test_rows_are_made_anew_each_time() -> None:
    """What a report holds can be gone through as often as one likes, knows its number, and is held by nobody."""
    made: list[int] = []

    def each() -> Iterator[int]:
        for number in range(3):
            made.append(number)
            yield number

    rows = Anew(each, 3)
    assert (list(rows), list(rows), len(rows)) == ([0, 1, 2], [0, 1, 2], 3)
    assert 2 in rows
    assert 3 not in rows
    assert made == [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
