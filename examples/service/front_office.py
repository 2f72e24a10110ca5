"""What a web service of an office does with the library, whatever its framework: screen, follow a ledger, take claims.

The library blocks while it reads and writes, so an asynchronous framework calls it from worker threads. A store may
be shared by threads but does one thing at a time: `Stores` keeps a few of them open, which is a connection pool for
PostgreSQL and does no harm for SQLite. Every command carries an id of its own: sent again, it gives the same answer
and changes nothing.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import parse_date, parse_moment
from huaying_governance.kernel.money import parse_yuan
from huaying_governance.storage import Store
from huaying_governance.subsidy.claim import Act, Claim, Terms
from huaying_governance.subsidy.claiming import CLAIMS

Answer = tuple[int, dict[str, Any]]
"""An HTTP status, and the body as JSON data."""


class Stores:
    """A few open stores of one address, lent one at a time to each thread that asks."""

    def __init__(self, address: str, size: int = 4) -> None:
        self._free: queue.LifoQueue[Store] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(hg.open_store(address))

    @contextmanager
    def lent(self) -> Iterator[Store]:
        """Lend a store; waits where all are lent."""
        store = self._free.get()
        try:
            yield store
        finally:
            self._free.put(store)

    def close(self) -> None:
        """Close the stores that are free."""
        while not self._free.empty():
            self._free.get().close()


class Office:
    """An office's pack and stores. `window` is the days between which claims may be filed."""

    def __init__(
        self, address: str, *, pack: str = "huaying", window: tuple[date, date], size: int = 4
    ) -> None:
        self._address, self._size = address, size
        self._name, self._window = pack, window

    @cached_property
    def stores(self) -> Stores:
        """The stores, opened when they are first needed."""
        return Stores(self._address, self._size)

    @cached_property
    def pack(self) -> hg.Pack:
        """The pack, read once; it is safe under threads."""
        return hg.load_pack(self._name)

    @cached_property
    def calendar(self) -> hg.Calendar:
        """The working days."""
        return hg.china_calendar()

    def screen(self, body: Mapping[str, Any]) -> Answer:
        """Say whether an assignment may be asked of a community."""
        return answered(lambda: self.pack.screen(_assignment(body)).to_dict())

    def register(self, body: Mapping[str, Any], command: str) -> Answer:
        """Open a ledger entry."""

        def do() -> dict[str, Any]:
            entry = hg.Entry(**{**body, "received_at": parse_moment(str(body["received_at"]))})
            with self.stores.lent() as store:
                return self._shown(self._book(store).register(entry, command))

        return answered(do)

    def act(self, entry: str, body: Mapping[str, Any], command: str) -> Answer:
        """Do something to a ledger entry."""

        def do() -> dict[str, Any]:
            action = hg.Action(entry=entry, **{**body, "at": parse_moment(str(body["at"]))})
            with self.stores.lent() as store:
                return self._shown(self._book(store).act(action, command))

        return answered(do)

    def entry(self, entry: str) -> Answer:
        """Tell how a ledger entry stands."""

        def do() -> dict[str, Any]:
            with self.stores.lent() as store:
                return self._shown(self._book(store).entry(entry))

        return answered(do)

    def claim(self, claim: str, body: Mapping[str, Any], command: str) -> Answer:
        """File a claim."""

        def do() -> dict[str, Any]:
            filed = Claim(**{**body, "filed_on": parse_date(str(body["filed_on"]))})
            with self.stores.lent() as store:
                return {"claim": claim, "state": self._claims(store).open(claim, filed, command).state}

        return answered(do)

    def act_on_claim(self, claim: str, body: Mapping[str, Any], command: str) -> Answer:
        """Do something about a claim."""

        def do() -> dict[str, Any]:
            act = Act(**{**body, "on": parse_date(str(body["on"]))})
            with self.stores.lent() as store:
                return {"claim": claim, "state": self._claims(store).act(claim, act, command).state}

        return answered(do)

    def _book(self, store: Store) -> hg.LedgerBook:
        return hg.LedgerBook(store, self.pack, self.calendar)

    def _claims(self, store: Store) -> Any:
        opens, closes = self._window
        return Casebook(store, CLAIMS, Terms(calendar=self.calendar, opens=opens, closes=closes))

    def _shown(self, view: hg.LedgerBook | Any) -> dict[str, Any]:
        return {"id": view.id, "state": view.state, "due": None if view.due is None else view.due.isoformat()}


def answered(do: Callable[[], dict[str, Any]]) -> Answer:
    """Do it and return 200; 409 with the ruling that refuses it, 422 with every problem, 503 to ask again later."""
    try:
        return 200, do()
    except Refused as refused:
        return 409, refused.ruling.to_dict()
    except hg.Problems as problems:
        return 422, {"problems": [_told(problem) for problem in problems.problems]}
    except hg.Conflict:
        return 503, {"problems": [{"zh": "他人正在办理，请重试", "en": "others are writing; ask again"}]}
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        told = f"{type(fault).__name__}: {fault}"
        return 422, {
            "problems": [{"zh": f"请求不完整或格式有误：{told}", "en": f"incomplete or malformed: {told}"}]
        }


def _told(problem: hg.Problem) -> dict[str, Any]:
    return {"code": problem.code, **problem.message.to_dict(), "cure": problem.cure.to_dict()}


def _assignment(body: Mapping[str, Any]) -> hg.Assignment:
    funding = body.get("funding")
    return hg.Assignment(
        id=str(body["id"]),
        date=parse_date(str(body["date"])),
        assigner=body.get("assigner"),
        community=str(body["community"]),
        matter=body.get("matter"),
        title=body.get("title"),
        funding=None if funding is None else _yuan(funding),
        emergency=body.get("emergency"),
    )


def _yuan(value: object) -> Decimal:
    return parse_yuan(str(value))


def now() -> datetime:
    """Return the present moment: a service is where a clock may be read."""
    return datetime.now().astimezone()
