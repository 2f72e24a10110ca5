"""打开存储: from an address to a store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from huaying_governance.errors import StoreError
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.storage.protocol import Store


def open_store(address: str | Path, *, create: bool = True, algorithm: str = "sha256") -> Store:
    """Return the store at `address`.

    `memory:`; `sqlite:///relative.db`; `sqlite:////absolute.db`; `postgresql://…` (extra `postgres`); or the plain path
    of a SQLite store that exists. With `create=False` a store that is not there raises `StoreError` and is not made.
    `algorithm` is the hash of new events: `sha256` or `sm3`.
    """
    text = str(address)
    if text == "memory:":
        from huaying_governance.storage.memory import MemoryStore  # noqa: PLC0415 - adapters load when chosen

        return MemoryStore(algorithm=algorithm)
    if re.match(r"postgres(ql)?://", text):
        from huaying_governance.storage.postgres import PostgresStore  # noqa: PLC0415

        return PostgresStore(text, create=create, algorithm=algorithm)
    path = text.removeprefix("sqlite:///")
    if not path or re.match(r"[a-z][a-z0-9+]+:", path, re.IGNORECASE):
        raise _unknown(text)
    from huaying_governance.storage.sqlite import SqliteStore  # noqa: PLC0415

    # A mistyped word should not become a new store: only a URL makes one.
    return SqliteStore(path, create=create and path != text, algorithm=algorithm)


def _unknown(address: str) -> StoreError:
    # An address may carry a password: only its scheme is repeated.
    return StoreError(
        "url",
        Text("不认识的存储地址 `{a}…`", "unknown kind of store address `{a}…`").fill(
            a=address.partition(":")[0][:20]
        ),
        Text(
            "写 sqlite:///文件名、postgresql://… 或 memory:",
            "write sqlite:///FILE, postgresql://… or memory:",
        ),
    )
