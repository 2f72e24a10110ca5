# ruff: noqa: S101 - these are tests, shipped
"""符合性检验：what lasts: reopening, crash, tamper, replay, upcasting, erasure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from huaying_governance.errors import ChainBroken, StoreError
from huaying_governance.storage import (
    Event,
    Recorded,
    Row,
    Seal,
    Store,
    seal,
    verify,
)
from huaying_governance.storage.upcasting import Upcasts
from huaying_governance.testing.conformance_base import (
    ENTRY,
    Change,
    StoreSuite,
    entry_row,
    everything,
    proves,
    some_events,
)
from huaying_governance.testing.conformance_processes import crash_rounds


class IntegrityTests(StoreSuite):
    """What must outlive the process, the years, and people with other intentions."""

    # -- reopening and crash

    @proves("reopening")
    def test_what_was_acknowledged_is_there_after_reopening(self, home: Path) -> None:
        """Events, commands, rows and declarations outlive the object; a closed store says that it is closed."""
        with self.open(home) as store:
            store.declare(ENTRY)
            first = store.append(
                "entry/1", some_events(2), 0, command="c", rows=[entry_row("1", "2026-01-01")]
            )
        with pytest.raises(StoreError) as caught:
            store.read("entry/1")
        assert caught.value.reason == "closed"
        store.close()
        with self.open(home) as again:
            assert again.command("c") == again.read("entry/1") == first
            assert [row.id for row in again.find("entry", order="due")] == ["1"]
            again.append("entry/1", some_events(1), 2)
            assert verify(again).events == 3

    @proves("crash")
    def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(self, home: Path) -> None:
        """A process killed while writing: every acknowledged event is there once, nothing half, the chain whole."""
        crash_rounds(type(self), home, self.crash_kills)

    # -- tamper

    @proves("tamper")
    @pytest.mark.parametrize(
        ("change", "stream", "position"),
        [
            pytest.param(lambda e: [*e[:2], _edited(e[2]), *e[3:]], "entry/1", 2, id="edited"),
            pytest.param(lambda e: [*e[:2], _retyped(e[2]), *e[3:]], "entry/1", 2, id="another-type"),
            pytest.param(lambda e: [*e[:2], *e[3:]], "entry/1", 2, id="removed"),
            pytest.param(
                lambda e: [e[0], e[1], *_swapped(e[2], e[4]), e[3], e[5]], "entry/1", 2, id="swapped"
            ),
            pytest.param(
                lambda e: [*e[:3], *_swapped(e[3], e[2])[:1], *e[4:]], "entry/2", 2, id="other-stream"
            ),
            pytest.param(lambda e: [*e, _doubled(e[4])], "entry/1", 4, id="doubled"),
        ],
    )
    def test_the_first_broken_place_is_named(
        self, home: Path, change: Change, stream: str, position: int
    ) -> None:
        """An edited, retyped, removed, swapped, moved or doubled event breaks its chain exactly there."""
        self._filled(home)
        self.rewrite(home, change)
        with self.open(home) as store, pytest.raises(ChainBroken) as caught:
            verify(store)
        assert (caught.value.stream, caught.value.position) == (stream, position)

    @proves("tamper")
    @pytest.mark.parametrize(
        ("change", "stream", "position"),
        [
            pytest.param(lambda e: e[:-2], "entry/2", 3, id="tail"),
            pytest.param(
                lambda e: [event for event in e if event.stream == "entry/2"], "entry/1", 1, id="stream"
            ),
        ],
    )
    def test_a_seal_shows_what_a_chain_cannot(
        self, home: Path, change: Change, stream: str, position: int
    ) -> None:
        """A cut tail and a removed stream leave whole chains; a seal kept elsewhere shows them."""
        sealed = self._filled(home)
        short = Seal(sealed.position, sealed.events, sealed.streams, sealed.digest)
        with self.open(home) as store:
            store.append("entry/3", some_events(1), 0)
            assert verify(store, against=short).events == 7
        self.rewrite(home, change)
        with self.open(home) as store:
            assert verify(store).events < 7
            with pytest.raises(ChainBroken):
                verify(store, against=short)
            with pytest.raises(ChainBroken) as caught:
                verify(store, against=sealed)
        assert (caught.value.stream, caught.value.position) == (stream, position)

    # -- replay, upcasting, erasure

    @proves("replay")
    def test_replay_equals_live_equals_rows(self, store: Store) -> None:
        """State folded from what `append` returned, from `read`, from the feed, and the row: all the same."""
        live: dict[str, list[object]] = {}
        for number in range(12):
            stream = f"entry/{number % 3}"
            notes = live.setdefault(stream, [])
            version = len(notes)
            row = Row("entry", stream, version + 1, {"notes": [*notes, number]}, {"state": "open"})  # type: ignore[list-item]
            recorded = store.append(stream, some_events(1, number), version, rows=[row])
            notes.extend(event.data["n"] for event in recorded)
        for stream, notes in live.items():
            assert [event.data["n"] for event in store.read(stream)] == notes
            assert [event.data["n"] for event in everything(store) if event.stream == stream] == notes
            assert store.row("entry", stream).data == {"notes": notes}  # type: ignore[union-attr]

    @proves("upcasting")
    def test_old_events_are_read_in_the_current_schema(self, store: Store) -> None:
        """An old event reads as a new one, while its bytes and hash stay; a newer one than known is refused."""
        upcasts = Upcasts(
            {
                ("entry.noted", 1): lambda data: {"text": data["note"]},
                ("entry.noted", 2): lambda data: {**data, "author": None},
            }
        )
        old, new, newer = store.append(
            "entry/1",
            [
                Event("entry.noted", {"note": "旧"}),
                Event("entry.noted", {"text": "新", "author": "p1"}, 3),
                Event("entry.noted", {"text": "?"}, 4),
            ],
            0,
        )
        raised = upcasts(old)
        assert (raised.schema, raised.data) == (3, {"text": "旧", "author": None})
        assert (raised.payload, raised.hash) == (old.payload, old.hash)
        assert upcasts(new) is new
        with pytest.raises(StoreError) as caught:
            upcasts(newer)
        assert caught.value.reason == "newer"
        verify(store)

    @proves("erasure")
    def test_destroying_a_key_erases_a_person(self, store: Store) -> None:
        """Personal fields are stored encrypted, read in the clear, and gone with the key, the chain whole."""
        pytest.importorskip("cryptography")
        from huaying_governance.storage.keys import MemoryKeys  # noqa: PLC0415 - needs the extra
        from huaying_governance.storage.privacy import Personal, PrivateStore  # noqa: PLC0415

        declared = [
            Personal("entry.registered", ("summary",), "petitioner"),
            Personal("entry", ("summary",), "who"),
        ]
        private = PrivateStore(store, declared, MemoryKeys())
        for who in ("p1", "p2"):
            event = Event("entry.registered", {"petitioner": who, "summary": f"{who} 漏水"})
            row = Row("entry", who, 1, {"who": who, "summary": f"{who} 漏水"}, {"state": "open"})
            private.append(f"entry/{who}", [event], 0, command=who, rows=[row])
        whole = verify(private)
        assert all("漏水".encode() not in event.payload for event in everything(store))
        assert private.read("entry/p1")[0].data["summary"] == "p1 漏水"
        private.erase("p1")
        assert [event.data["summary"] for event in everything(private)] == [None, "p2 漏水"]
        assert [row.data and row.data["summary"] for row in private.find("entry")] == [None, "p2 漏水"]
        assert verify(private) == verify(store) == whole

    def _filled(self, home: Path) -> Seal:
        """Fill a store with two streams of three events, in turns, and return its seal."""
        with self.open(home) as store:
            for version in range(3):
                for stream in ("entry/1", "entry/2"):
                    store.append(stream, some_events(1, version + 1), version, command=f"{stream}-{version}")
            return seal(store)


def _edited(event: Recorded) -> Recorded:
    return _with(event, payload=event.payload.replace("第2条".encode(), "第二条".encode()))


def _retyped(event: Recorded) -> Recorded:
    return _with(event, type="entry.struck_off")


def _swapped(first: Recorded, second: Recorded) -> Sequence[Recorded]:
    return _with(first, payload=second.payload, hash=second.hash), _with(
        second, payload=first.payload, hash=first.hash
    )


def _doubled(event: Recorded) -> Recorded:
    return _with(event, version=event.version + 1, position=event.position + 100, command=None)


def _with(event: Recorded, **changes: Any) -> Recorded:
    names = ("stream", "version", "position", "type", "schema", "payload", "hash", "command")
    return Recorded(**{name: changes.get(name, getattr(event, name)) for name in names})
