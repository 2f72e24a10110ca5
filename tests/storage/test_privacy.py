"""Personal fields: encrypted, opened under audit, exported, erased; and never shown by accident."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from huaying_governance.errors import MissingExtra, StoreError
from huaying_governance.storage import Event, Row, RowKind, Store, keys, open_store, verify
from huaying_governance.storage.keys import Keys, MemoryKeys, Sealer, SqliteKeys
from huaying_governance.storage.privacy import Access, Personal, PrivateStore, kept_until, masked

DECLARED = (
    Personal("entry.registered", ("summary", "contact"), "petitioner"),
    Personal("entry", ("summary",), "petitioner"),
)
KIND = RowKind("entry", ("state", "closed_on"))


def registered(who: str | None, summary: str = "楼上漏水") -> Event:
    return Event(
        "entry.registered", {"petitioner": who, "summary": summary, "contact": {"when": ["晚上"]}, "n": 1}
    )


def row(who: str | None, id_: str = "1", closed: str | None = None) -> Row:
    return Row(
        "entry", id_, 1, {"petitioner": who, "summary": "楼上漏水"}, {"state": "open", "closed_on": closed}
    )


@pytest.fixture(params=["memory", "file"])
def made_keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keys]:
    if request.param == "memory":
        yield MemoryKeys()
    else:
        with SqliteKeys(tmp_path / "keys.db") as made:
            yield made


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        yield store


@pytest.fixture
def private(plain: Store, made_keys: Keys) -> PrivateStore:
    store = PrivateStore(plain, DECLARED, made_keys)
    store.declare(KIND)
    return store


def test_only_the_declared_fields_of_persons_are_encrypted(private: PrivateStore, plain: Store) -> None:
    """The stored bytes hold neither the text nor its parts; what is nobody's, and other types, stay readable."""
    private.append("entry/1", [registered("p1"), registered(None), Event("other", {"summary": "开放"})], 0)
    first, nobody, other = plain.read("entry/1")
    assert "漏水".encode() not in first.payload
    assert "晚上".encode() not in first.payload
    assert (first.data["petitioner"], first.data["n"]) == ("p1", 1)
    assert nobody.data["summary"] == "楼上漏水"
    assert other.data["summary"] == "开放"
    assert [event.data.get("summary") for event in private.read("entry/1")] == [
        "楼上漏水",
        "楼上漏水",
        "开放",
    ]
    assert private.feed()[0].data["contact"] == {"when": ["晚上"]}


def test_a_repeated_command_gives_the_same_bytes(private: PrivateStore, plain: Store) -> None:
    """Commands stay idempotent, also after the person was erased."""
    first = private.append("entry/1", [registered("p1")], 0, command="c", rows=[row("p1")])
    assert private.append("entry/1", [registered("p1")], 0, command="c") == first == private.command("c")
    private.erase("p1")
    assert private.append("entry/1", [registered("p1")], 0, command="c") == first
    assert len(plain.feed()) == 1


def test_an_erased_person_stays_erased(private: PrivateStore) -> None:
    """Nothing new can be written about an erased person; rows can be rebuilt from what is left."""
    private.append("entry/1", [registered("p1")], 0, rows=[row("p1")])
    private.erase("p1")
    private.erase("never seen")
    for who in ("p1", "never seen"):
        with pytest.raises(StoreError) as caught:
            private.append("entry/2", [registered(who)], 0)
        assert caught.value.reason == "erased"
        assert who not in str(caught.value) or len(who) <= 4
    left = private.read("entry/1")[0].data
    assert (left["summary"], left["contact"], left["petitioner"]) == (None, None, "p1")
    private.put([Row("entry", "1", 1, {"petitioner": "p1", "summary": left["summary"]}, {"state": "open"})])
    found = private.row("entry", "1")
    assert found is not None
    assert dict(found.data or {})["summary"] is None
    assert verify(private).events == 1


def test_a_destroyed_key_is_gone_from_the_file(tmp_path: Path) -> None:
    """After `destroy` no byte of the key is left in the file or beside it, and the destruction is remembered."""
    path = tmp_path / "keys.db"
    with SqliteKeys(path) as made:
        key = made.make("p1")
        other = made.make("p2")
        assert made.make("p1") == key
        assert key in path.read_bytes()
        made.destroy("p1")
        assert made.key("p1") is None
    assert all(key not in each.read_bytes() for each in tmp_path.iterdir())
    with SqliteKeys(path) as made:
        assert made.key("p2") == other
        assert made.key("p3") is None
        with pytest.raises(StoreError):
            made.make("p1")


def test_every_opening_is_audited_with_who_and_why(plain: Store) -> None:
    """The hook hears of each opening before it happens, once per event; verify and count open nothing."""
    heard: list[Access] = []
    store = PrivateStore(plain, DECLARED, MemoryKeys(), audit=heard.append)
    store.declare(KIND)
    store.append("entry/1", [registered("p1")], 0, rows=[row("p1")])
    verify(store)
    store.heads()
    store.count("entry")
    assert heard == []
    clerk = store.on_behalf("clerk/7", "回访")
    event = clerk.read("entry/1")[0]
    assert heard == []
    assert event.data["summary"] == event.data["summary"] == "楼上漏水"
    clerk.row("entry", "1")
    assert heard == [
        Access("p1", "entry/1", ("summary", "contact"), "clerk/7", "回访"),
        Access("p1", "entry/1", ("summary",), "clerk/7", "回访"),
    ]


def test_the_audit_hook_can_refuse(plain: Store) -> None:
    """A hook that raises keeps the fields closed."""

    def refuse(access: Access) -> None:
        raise PermissionError(access.reader)

    store = PrivateStore(plain, DECLARED, MemoryKeys(), audit=refuse)
    (event,) = store.append("entry/1", [registered("p1")], 0)
    with pytest.raises(PermissionError):
        _ = event.data


def test_a_person_gets_all_that_is_held(private: PrivateStore) -> None:
    """The export of a person has every event with that person's fields, opened, and nobody else's."""
    private.append("entry/1", [registered("p1", "一"), registered("p2", "二")], 0)
    private.append("entry/2", [Event("other", {"petitioner": "p1"}), registered("p1", "三")], 0)
    exported = list(private.export("p1"))
    assert [(each["stream"], each["version"], each["data"]["summary"]) for each in exported] == [  # type: ignore[index, call-overload]
        ("entry/1", 1, "一"),
        ("entry/2", 2, "三"),
    ]
    assert list(private.export("p9")) == []


def test_what_is_kept_too_long_can_be_listed(private: PrivateStore) -> None:
    """The retention query gives the rows closed up to a day, oldest first, all pages; open ones never."""
    private.put([row("p1", f"{number:04}", f"20{number % 20 + 10}-01-01") for number in range(1500)])
    private.put([row("p1", "open")])
    found = list(kept_until(private, "entry", "closed_on", "2019-12-31"))
    assert len(found) == 750
    assert [each.keys["closed_on"] for each in found] == sorted(str(each.keys["closed_on"]) for each in found)


def test_a_personal_field_cannot_be_a_key(private: PrivateStore) -> None:
    """Keys are stored in the clear, so declaring one on a personal field is refused."""
    with pytest.raises(ValueError, match="personal field"):
        private.declare(RowKind("entry", ("summary",)), replace=True)


def test_wrong_keys_and_moved_values_are_noticed(private: PrivateStore, plain: Store) -> None:
    """A value does not open under another key store, nor in another field."""
    private.append("entry/1", [registered("p1")], 0)
    strangers = MemoryKeys()
    strangers.make("p1")
    with pytest.raises(StoreError) as caught:
        _ = PrivateStore(plain, DECLARED, strangers).read("entry/1")[0].data
    assert caught.value.reason == "key"
    sealer = Sealer()
    key = sealer.new_key()
    sealed = sealer.seal(key, "entry.summary", "x")
    assert sealer.open(key, "entry.summary", sealed) == "x"
    with pytest.raises(StoreError):
        sealer.open(key, "entry.contact", sealed)


def test_data_that_only_look_sealed_are_left_alone(private: PrivateStore) -> None:
    """A mapping that happens to look like an encrypted value is stored and read as what it is."""
    for value in ({"$sealed": "x"}, {"$sealed": 5}, {"a": 1}):
        event = Event("entry.registered", {"petitioner": "p1", "summary": value, "contact": None})
        stream = f"s{value}"
        private.append(stream, [event], 0)
        assert private.read(stream)[0].data["summary"] == value
    nobody = Event("entry.registered", {"petitioner": None, "summary": {"$sealed": "x"}})
    private.append("n", [nobody], 0)
    assert private.read("n")[0].data["summary"] == {"$sealed": "x"}


def test_batches_and_closing_pass_through(tmp_path: Path) -> None:
    """A private store is a store: batches, deleting rows, closing."""
    with PrivateStore(open_store(f"sqlite:///{tmp_path}/x.db"), DECLARED, MemoryKeys()) as store:
        store.declare(KIND)
        with pytest.raises(ZeroDivisionError), store.batch():  # noqa: PT012
            store.append("entry/1", [registered("p1")], 0, rows=[row("p1")])
            _ = 1 // 0
        assert store.count("entry") == 0
        store.put([row(None), Row("entry", "2", 1, None)])
        assert [each.id for each in store.find("entry")] == ["1"]
        assert store.row("entry", "2") is None
    with pytest.raises(StoreError):
        store.feed()


def test_masked_data_can_be_shown() -> None:
    """For texts and logs: declared fields are stars, empty ones stay empty, the rest is readable."""
    data = {"petitioner": "p1", "summary": "漏水", "contact": None, "n": 1}
    assert masked(DECLARED, "entry.registered", data) == {**data, "summary": "***"}
    assert masked(DECLARED, "other", data) == data


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypting without `cryptography` says which extra to install."""
    import sys

    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    with pytest.raises(MissingExtra, match=r"huaying-governance\[privacy\]"):
        keys.Sealer()


def test_the_inner_store_shows_nothing_in_its_files(tmp_path: Path) -> None:
    """No file of the store holds the plain text of a personal field."""
    with PrivateStore(open_store(f"sqlite:///{tmp_path}/x.db"), DECLARED, MemoryKeys()) as store:
        store.declare(KIND)
        store.append("entry/1", [registered("p1")], 0, rows=[row("p1")])
        assert all("漏水".encode() not in path.read_bytes() for path in tmp_path.iterdir())
