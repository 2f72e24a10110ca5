"""The values that go in and out: what they refuse and what they hide."""

from __future__ import annotations

import pytest

from huaying_governance.errors import StoreError
from huaying_governance.storage import Between, Event, Key, Recorded, Row, RowKind, Seal, open_store, verify
from huaying_governance.storage.upcasting import Upcasts


def test_no_repr_shows_stored_values() -> None:
    """Events, rows and what is recorded show what they are, not what they hold: a repr ends in logs."""
    with open_store("memory:") as store:
        store.declare(RowKind("entry", ("petitioner",)))
        event, row = (
            Event("noted", {"name": "张三"}),
            Row("entry", "1", 1, {"name": "张三"}, {"petitioner": "张三"}),
        )
        recorded = store.append("entry/1", [event], 0, rows=[row])
        assert recorded[0].data["name"] == "张三"
        shown = repr((event, row, recorded, store.find("entry"), verify(store)))
    assert "张三" not in shown
    assert "entry/1" in shown


def test_data_are_read_only_and_read_once() -> None:
    """What comes out of a store cannot be changed by accident, and is decoded when first asked for."""
    event = Recorded("s", 1, 1, "t", 1, b'{"a":1}', "sha256:", None)
    assert event.data is event.data
    with pytest.raises(TypeError):
        event.data["a"] = 2  # type: ignore[index]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Key("Due"),
        lambda: Key("x; DROP TABLE events"),
        lambda: RowKind("entry row"),
        lambda: RowKind("", ("a",)),
        lambda: RowKind("e", ("a", "a")),
        lambda: RowKind("e", ("id",)),
        lambda: RowKind("e", ("a",), (("b",),)),
        lambda: RowKind("e", ("a",), ((),)),
        Between,
    ],
)
def test_declarations_are_checked(make: object) -> None:
    """Names of kinds and keys are plain, keys distinct, indexes made of keys; a range has an end."""
    with pytest.raises(ValueError, match=r"."):
        make()  # type: ignore[operator]


def test_a_seal_is_plain_data() -> None:
    """A seal can be written down, briefly or with every head."""
    with open_store("memory:") as store:
        (recorded,) = store.append("entry/1", [Event("noted", {})], 0)
        seal = verify(store)
    short = {"position": 1, "events": 1, "streams": 1, "digest": seal.digest}
    assert seal.to_dict() == short
    assert seal.to_dict(heads=True) == {**short, "heads": [["entry/1", 1, recorded.hash]]}
    assert Seal.from_dict(seal.to_dict()) == seal
    assert Seal.from_dict(seal.to_dict(heads=True)).heads == seal.heads


def test_steps_have_no_gap() -> None:
    """A type whose second schema cannot be reached is a fault of the program, found when it is written."""
    with pytest.raises(ValueError, match="no step from schema 1"):
        Upcasts({("noted", 2): dict})
    assert Upcasts({}).current("noted") == 1


def test_old_events_climb_step_by_step() -> None:
    """Each step gets what the step before gave; the event's own bytes stay as they are."""
    upcasts = Upcasts({("t", 1): lambda d: {**d, "b": 1}, ("t", 2): lambda d: {**d, "c": d["b"]}})
    old = Recorded("s", 1, 1, "t", 1, b'{"a":1}', "h", "c")
    assert dict(upcasts(old).data) == {"a": 1, "b": 1, "c": 1}
    assert (upcasts(old).payload, upcasts(old).command) == (old.payload, "c")
    with pytest.raises(StoreError, match="not known here"):
        upcasts(Recorded("s", 1, 1, "t", 4, b"{}", "h", None))
