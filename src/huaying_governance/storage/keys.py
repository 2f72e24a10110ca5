"""密钥: one key per person, kept apart from the store, so that destroying the key erases the person.

Keep the keys in another place and another backup than the store: who holds both can read, and a backup of the keys
that outlives an erasure undoes it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Protocol, Self

from huaying_governance.errors import MissingExtra, StoreError
from huaying_governance.storage.canonical import Json, decode, encode
from huaying_governance.text import Text

_BITS = 512
"""AES-256-SIV (RFC 5297) takes two keys of 256 bits as one."""


class Keys(Protocol):
    """A key store. A person is a reference, never a name."""

    def key(self, person: str) -> bytes | None:
        """Return the person's key, None for one who never had a key or whose key is destroyed."""
        ...

    def make(self, person: str) -> bytes:
        """Return the person's key, made now if there is none. For an erased person raises `StoreError`."""
        ...

    def destroy(self, person: str) -> None:
        """Destroy the person's key for good, and remember that it was destroyed."""
        ...


class Sealer:
    """加密: encrypts single values under a person's key (AES-256-SIV of the `cryptography` library, extra `privacy`).

    SIV needs no random numbers: the same value of the same field of the same person gives the same bytes, which a
    repeated command relies on. `place` binds a value to its field, so that it cannot be moved to another.
    """

    def __init__(self) -> None:
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 - an optional library
        except ImportError as error:
            raise MissingExtra("privacy", "encrypting personal fields") from error
        self._cipher = AESSIV

    def new_key(self) -> bytes:
        """Return a fresh random key."""
        return self._cipher.generate_key(_BITS)

    def seal(self, key: bytes, place: str, value: Json) -> bytes:
        """Return `value` encrypted."""
        return self._cipher(key).encrypt(encode({"value": value}), [place.encode()])

    def open(self, key: bytes, place: str, sealed: bytes) -> Json:
        """Return the value; bytes of another key or place raise `StoreError`."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an optional library

        try:
            return decode(self._cipher(key).decrypt(sealed, [place.encode()]))["value"]
        except InvalidTag as error:
            raise StoreError(
                "key",
                Text("密文与密钥不符（{p}）", "the sealed value does not belong to its key ({p})").fill(
                    p=place
                ),
                Text("取回与此存储相配的密钥库", "bring the key store that belongs to this store"),
            ) from error


def erased(person: str) -> StoreError:
    """Return the error of writing about an erased person. The reference is a pseudonym and may be shown in part."""
    return StoreError(
        "erased",
        Text("此人信息已按要求清除（{p}…）", "this person was erased ({p}…)").fill(p=person[:4]),
        Text("新的事项请用新的人员代号", "give the person a new reference for new matters"),
    )


class SqliteKeys:
    """Keys in a SQLite file of their own. A destroyed key is overwritten with zeros in the file.

    What a solid-state drive or a file system with snapshots keeps of overwritten blocks is beyond this library.
    """

    def __init__(self, path: str | Path) -> None:
        self._sealer = Sealer()
        self._db = sqlite3.connect(path, isolation_level=None)
        # A rollback journal holds old pages: with DELETE and secure_delete it is gone after each commit, and EXTRA
        # makes the commit durable; a write-ahead log would keep a destroyed key until the next checkpoint.
        for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, key BLOB)")

    def key(self, person: str) -> bytes | None:
        """See `Keys.key`."""
        found = self._db.execute("SELECT key FROM keys WHERE person = ?", (person,)).fetchone()
        return found[0] if found else None

    def make(self, person: str) -> bytes:
        """See `Keys.make`."""
        self._db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (person, self._sealer.new_key()))
        key = self.key(person)
        if key is None:
            raise erased(person)
        return key

    def destroy(self, person: str) -> None:
        """See `Keys.destroy`."""
        self._db.execute(
            "INSERT INTO keys VALUES (?, NULL) ON CONFLICT (person) DO UPDATE SET key = NULL", (person,)
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        """Return the key store."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.close()


class MemoryKeys:
    """Keys in memory: for tests, and for stores that live no longer."""

    def __init__(self) -> None:
        self._sealer = Sealer()
        self._keys: dict[str, bytes | None] = {}

    def key(self, person: str) -> bytes | None:
        """See `Keys.key`."""
        return self._keys.get(person)

    def make(self, person: str) -> bytes:
        """See `Keys.make`."""
        key = self._keys.setdefault(person, self._sealer.new_key())
        if key is None:
            raise erased(person)
        return key

    def destroy(self, person: str) -> None:
        """See `Keys.destroy`."""
        self._keys[person] = None
