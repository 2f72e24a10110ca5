"""The same commands with the `eventsourcing` library, as its documentation shows: aggregate, event, repository."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from measure import ENTRIES, data, timed


class Entry(Aggregate):
    @event("Registered")
    def __init__(self, entry: str) -> None:
        self.entry, self.notes = entry, 0

    @event("Noted")
    def note(self, data: dict[str, object]) -> None:
        self.notes += 1
        self.data = data


def make_tables(environment: dict[str, str]) -> None:
    """Make the tables, before many clients try to at once."""
    Application[Any](env=environment).close()


def made_already(environment: dict[str, str]) -> str:
    """Whether each client is to make the tables: on PostgreSQL they are there, and several at once fail."""
    return "no" if "postgres" in environment["PERSISTENCE_MODULE"] else "yes"


def eventsourcing_run(
    environment: dict[str, str], first: int, last: int, ready: Callable[[], object] = lambda: None
) -> float:
    """Return how many commands a second went through, after the entries were made."""
    application = Application[Any](env={**environment, "CREATE_TABLE": made_already(environment)})
    ids = []
    for number in range(ENTRIES):
        entry = Entry(f"E{number}")
        application.save(entry)
        ids.append(entry.id)

    def run() -> None:
        for number in range(first, last):
            entry = application.repository.get(ids[number % ENTRIES])
            entry.note(data(number))
            application.save(entry)

    ready()
    rate = timed(last - first, run)
    application.close()
    return rate
