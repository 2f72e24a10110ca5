"""答复存档: every judged row is a command with an identity; its answer is kept, refusals too, and given again.

Each row has a stream of its own. It is known by its identity (its id, or what it says); what it said when it was
answered is known by the hash of its content, so that a row which was changed after its answer is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from attrs import frozen

from huaying_governance.storage import Event, Store
from huaying_governance.storage.canonical import Json

ANSWERED = "row-answered"


@frozen
class Answer:
    """答复: what a row was told, and the hash of the content it was told it for."""

    content: str
    cells: Mapping[str, object]


@frozen
class Answers:
    """The stored answers of one table of a case."""

    store: Store
    table: str

    def recall(self, identity: str) -> Answer | None:
        """Return the answer that the row with this identity was given, None where it has none yet."""
        recorded = self.store.command(f"{self.table}:{identity}")
        if not recorded:
            return None
        data = recorded[0].data
        return Answer(str(data["content"]), cast(Mapping[str, object], data["answer"]))

    def keep(self, identity: str, answer: Answer) -> None:
        """Store the answer of a row that has none. Raises `Conflict` where another run answered it meanwhile."""
        event = Event(ANSWERED, {"content": answer.content, "answer": cast(Mapping[str, Json], answer.cells)})
        name = f"{self.table}:{identity}"
        self.store.append(name, [event], 0, command=name)
