"""符合性检验：what the suite asks of an adapter, and what all its tests share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

import pytest

from huaying_governance.storage import (
    Event,
    Key,
    Recorded,
    Row,
    RowKind,
    Store,
)

Capability: TypeAlias = Literal[
    "atomicity",
    "concurrency",
    "conflict",
    "crash",
    "erasure",
    "idempotence",
    "model",
    "order",
    "paging",
    "reopening",
    "replay",
    "tamper",
    "upcasting",
]
ENTRY = RowKind("entry", ("state", "due", Key("days", "integer")), (("state", "due"),))

Change: TypeAlias = Callable[[list[Recorded]], list[Recorded]]
"""What `rewrite` applies to everything a store holds."""


def proves(capability: Capability) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a test as proof of a capability."""

    def mark(test: Callable[..., Any]) -> Callable[..., Any]:
        test.capability = capability  # type: ignore[attr-defined]
        return test

    return mark


def some_events(count: int, start: int = 1) -> list[Event]:
    """Return `count` distinct events, with Chinese text in them."""
    return [
        Event("entry.noted", {"note": f"第{number}条", "n": number}) for number in range(start, start + count)
    ]


def entry_row(
    id_: str, due: str | None, *, state: str = "open", version: int = 1, days: int | None = None
) -> Row:
    """Return a row of the kind `ENTRY`."""
    return Row("entry", id_, version, {"id": id_}, {"state": state, "due": due, "days": days})


def everything(store: Store, page: int = 1000) -> list[Recorded]:
    """Return the whole feed, read in pages."""
    found: list[Recorded] = []
    while events := store.feed(found[-1].position if found else 0, page):
        found.extend(events)
    return found


class StoreSuite:
    """What is common to all parts of the suite: what an adapter says of itself, and the fixtures."""

    lacks: ClassVar[Mapping[Capability, str]] = {}
    """Capabilities that the store does not have, each with the reason."""

    model_examples: ClassVar[int] = 20
    """How many random histories the model test tries."""

    crash_kills: ClassVar[int] = 3
    """How often the crash test kills a writing process."""

    @classmethod
    def open(cls, home: Path) -> Store:
        """Return the store that lives in the folder `home`: a new one, or what an earlier `open` left there.

        Child processes call it as well.
        """
        raise NotImplementedError

    @classmethod
    def rewrite(cls, home: Path, change: Change) -> None:
        """Replace everything in the closed store by what `change` makes of it, behind the store's back."""
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _only_declared(self, request: pytest.FixtureRequest) -> None:
        reason = self.lacks.get(getattr(request.function, "capability", None))  # type: ignore[arg-type]
        if reason is not None:
            pytest.skip(f"declared as lacking: {reason}")

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        """A folder for one store."""
        return tmp_path

    @pytest.fixture
    def store(self, home: Path) -> Any:
        """A new store that knows the row kind `entry`."""
        with self.open(home) as store:
            store.declare(ENTRY)
            yield store
