"""Verify and seal: beyond the conformance suite, which every store runs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from attrs import evolve
from rewriting import rewrite_sqlite

from huaying_governance.errors import ChainBroken, StoreError
from huaying_governance.storage import Event, Seal, open_store, seal, verify
from huaying_governance.storage.sqlite import SqliteStore

SM3 = pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this OpenSSL has no SM3")


def note(number: int) -> list[Event]:
    return [Event("noted", {"n": number})]


def test_an_empty_store_is_whole() -> None:
    """Nothing is a whole store with a seal of its own."""
    with open_store("memory:") as store:
        empty = verify(store)
    assert (empty.events, empty.streams, empty.position) == (0, 0, 0)


def test_equal_histories_have_equal_digests(tmp_path: Path) -> None:
    """The digest depends on what happened, not on the kind of store or the order of different streams."""
    digests = set()
    for address, order in (("memory:", "ab"), (f"sqlite:///{tmp_path}/x.db", "ba")):
        with open_store(address) as store:
            for stream in order:
                store.append(stream, note(1), 0, command=f"c-{stream}")
            digests.add(seal(store).digest)
    assert len(digests) == 1


def test_the_chain_can_be_followed_without_the_library() -> None:
    """The hash is what the documentation says: sha256 over seven lines, the last of them the stored bytes."""
    with open_store("memory:") as store:
        first, second = store.append("流/1", [Event("a", {"x": "中"}), Event("b", {}, 3)], 0, command="c1")
    one = hashlib.sha256('\n流/1\n1\na\n1\nc1\n{"x":"中"}'.encode()).hexdigest()
    two = hashlib.sha256(f"sha256:{one}\n流/1\n2\nb\n3\nc1\n{{}}".encode()).hexdigest()
    assert (first.hash, second.hash) == (f"sha256:{one}", f"sha256:{two}")


@SM3
def test_a_store_can_change_to_sm3(tmp_path: Path) -> None:
    """Events under SM3 follow events under sha256 in one chain; each keeps the algorithm it was written with."""
    address = f"sqlite:///{tmp_path}/x.db"
    with open_store(address) as store:
        store.append("s", note(1), 0)
    with open_store(address, algorithm="sm3") as store:
        store.append("s", note(2), 1)
        assert [event.hash.partition(":")[0] for event in store.read("s")] == ["sha256", "sm3"]
        assert verify(store).events == 2
    rewrite_sqlite(tmp_path / "x.db", lambda events: [events[0], evolve(events[1], payload=b'{"n":3}')])
    with open_store(address) as store, pytest.raises(ChainBroken) as caught:
        verify(store)
    assert caught.value.position == 2


def test_an_unknown_algorithm_is_refused(tmp_path: Path) -> None:
    """A store cannot be opened with it, and an event that claims it is a broken place."""
    with pytest.raises(StoreError, match="md5"):
        open_store("memory:", algorithm="md5")
    with open_store(f"sqlite:///{tmp_path}/x.db") as store:
        store.append("s", note(1), 0)
    rewrite_sqlite(tmp_path / "x.db", lambda events: [evolve(events[0], hash="md5:" + "0" * 32)])
    with open_store(f"sqlite:///{tmp_path}/x.db") as store, pytest.raises(ChainBroken, match="md5") as caught:
        verify(store)
    assert "流 `s` 第 1 条" in caught.value.say("zh")


def test_a_rewritten_chain_shows_against_a_seal(tmp_path: Path) -> None:
    """Who owns the database can compute every hash anew; the seal kept elsewhere still tells."""
    histories = {"same length": [1, 3], "longer": [1, 3, 4]}
    with open_store("memory:") as store:
        for version, number in enumerate((1, 2)):
            store.append("s", note(number), version)
        sealed = seal(store)
    short = Seal.from_dict(sealed.to_dict())
    for numbers in histories.values():
        with open_store("memory:") as store:
            for version, number in enumerate(numbers):
                store.append("s", note(number), version)
            with pytest.raises(ChainBroken, match="rewritten") as caught:
                verify(store, against=sealed)
            assert (caught.value.stream, caught.value.position) == ("s", 2)
            with pytest.raises(ChainBroken, match="2 events then, 2 now"):
                verify(store, against=short)


def test_events_planted_before_the_seal_show() -> None:
    """A stream that was slipped in before the sealed position changes the digest."""
    with open_store("memory:") as store:
        store.append("s", note(1), 0)
        sealed = seal(store)
    with open_store("memory:") as store:
        store.append("planted", note(1), 0)
        with pytest.raises(ChainBroken):
            verify(store, against=sealed)


def test_verify_reads_a_large_store_in_pages(tmp_path: Path) -> None:
    """More events than a page holds are all looked at, in a bounded number of reads."""
    with SqliteStore(tmp_path / "x.db") as store:
        with store.batch():
            for number in range(12_000):
                store.append(f"s{number % 7}", note(number), number // 7)
        assert verify(store).events == 12_000
