"""旧事件的读法: old events are never rewritten; they are read as if they had been written today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from huaying_governance.errors import StoreError
from huaying_governance.storage.canonical import Json
from huaying_governance.storage.values import Recorded
from huaying_governance.text import Text

Step: TypeAlias = Callable[[Mapping[str, Json]], Mapping[str, Json]]
"""Takes an event's data of one schema number to the next."""


class Upcasts:
    """The steps of all event types, keyed by type and the schema number they start from.

        upcasts = Upcasts({("entry.assigned", 1): lambda data: {**data, "co_handlers": []}})
        event = upcasts(recorded)          # its schema is 2, its data have `co_handlers`, its payload and hash stay

    A type has no gap in its steps; `ValueError` names the one that is missing.
    """

    def __init__(self, steps: Mapping[tuple[str, int], Step]) -> None:
        self._steps = dict(steps)
        self._current: dict[str, int] = {}
        for type_, schema in sorted(self._steps):
            if schema != self._current.get(type_, 1):
                raise ValueError(
                    f"event type `{type_}` has no step from schema {self._current.get(type_, 1)}"
                )
            self._current[type_] = schema + 1

    def current(self, type_: str) -> int:
        """Return the schema number in which new events of a type are written."""
        return self._current.get(type_, 1)

    def __call__(self, event: Recorded) -> Recorded:
        """Return `event` in the current schema; one that is newer than any known raises `StoreError`."""
        current = self.current(event.type)
        if event.schema == current:
            return event
        if event.schema > current:
            raise StoreError(
                "newer",
                Text(
                    "事件类型 `{t}` 的第 {n} 版格式尚不认识",
                    "schema {n} of event type `{t}` is not known here",
                ).fill(t=event.type, n=event.schema),
                Text("升级 huaying-governance", "upgrade huaying-governance"),
            )
        steps = [self._steps[event.type, schema] for schema in range(event.schema, current)]

        def climb(data: Mapping[str, Json]) -> Mapping[str, Json]:
            for step in steps:
                data = step(data)
            return MappingProxyType(dict(data))

        return event.read_by(climb, current)
