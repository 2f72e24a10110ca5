"""符合性检验的进程: writers in processes of their own, to be raced against each other and to be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from huaying_governance.errors import Conflict
from huaying_governance.storage import Event, Recorded, Row, RowKind, Store, verify

# A new interpreter for each writer: nothing open in this one leaks into it.
_SPAWN = multiprocessing.get_context("spawn")
WRITTEN = RowKind("written", ("state",))


class Opens(Protocol):
    """A conformance class: it can open its store in any process."""

    def open(self, home: Path) -> Store:
        """Return the store in `home`."""
        ...


@contextmanager
def _writer(
    target: object, opens: Opens, home: Path, *arguments: object
) -> Iterator[tuple[BaseProcess, Any]]:
    reader, writer = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=target, args=(opens, home, writer, *arguments), daemon=True)  # type: ignore[arg-type]
    process.start()
    writer.close()
    try:
        yield process, reader
    finally:
        process.kill()
        process.join()
        process.close()
        reader.close()


def _write_until_killed(opens: Opens, home: Path, pipe: Connection, start: int, batch: int) -> None:
    """Write one event a time, or `batch` of them in one commit, and say so after each return."""
    with opens.open(home) as store:
        number = start
        while True:
            if batch == 1:
                _write(store, number)
            else:
                with store.batch():
                    for offset in range(batch):
                        _write(store, number + offset)
            number += batch
            pipe.send(number)


def _write(store: Store, number: int) -> None:
    stream, version = f"s{number % 5}", number // 5
    row = Row("written", stream, version + 1, {"n": number}, {"state": "open"})
    store.append(stream, [Event("written", {"n": number})], version, command=f"c{number}", rows=[row])


def crash_rounds(opens: Opens, home: Path, rounds: int) -> int:
    """Kill a writing process `rounds` times; after each kill prove that the store holds what was acknowledged.

    Returns how many events survived. Raises `AssertionError` for a lost, doubled or half-written one.
    """
    with opens.open(home) as store:
        store.declare(WRITTEN)
    number = 0
    for turn in range(rounds):
        batch = (1, 4)[turn % 2]
        with _writer(_write_until_killed, opens, home, number, batch) as (process, pipe):
            acknowledged = number
            # Kill at another moment each round: after a few acknowledgements, in the middle of what comes next.
            for _ in range(turn % 7 + 1):
                acknowledged = pipe.recv()
            if process.pid is not None:
                os.kill(process.pid, signal.SIGKILL)
            process.join()
            while pipe.poll():
                try:
                    acknowledged = pipe.recv()
                except EOFError:
                    break
        number = _survived(opens, home, acknowledged, batch)
    return number


def _survived(opens: Opens, home: Path, acknowledged: int, batch: int) -> int:
    with opens.open(home) as store:
        found = verify(store).events
        assert found in {acknowledged, acknowledged + batch}, f"acknowledged {acknowledged}, found {found}"  # noqa: S101
        for number in range(max(0, found - 10), found):
            (event,) = store.command(f"c{number}")
            assert event.data["n"] == number  # noqa: S101
        for row in store.find("written"):
            assert row.version == store.read(row.id)[-1].version  # noqa: S101
    return found


def _race_writer(opens: Opens, home: Path, pipe: Connection, name: str, commands: int) -> None:
    with opens.open(home) as store:
        pipe.send("ready")
        for number in range(commands):
            _insist(store, f"s{number % 3}", f"{name}-{number}")
            pipe.send(f"{name}-{number}")
    pipe.send("done")


def _insist(store: Store, stream: str, command: str) -> None:
    """Append after whatever is there, as often as it takes, as a caller does after a `Conflict`."""
    while True:
        version = len(store.read(stream))
        try:
            store.append(stream, [Event("raced", {"command": command})], version, command=command)
        except Conflict:
            continue
        return


def race(opens: Opens, home: Path, writers: int, commands: int) -> tuple[list[str], list[Recorded]]:
    """Let processes write the same three streams at once, while this one follows the feed.

    Returns the ids of all acknowledged commands, and the events in the order in which the feed showed them.
    """
    acknowledged: list[str] = []
    seen: list[Recorded] = []
    opens.open(home).close()
    with opens.open(home) as store:
        running = [_writer(_race_writer, opens, home, f"w{number}", commands) for number in range(writers)]
        pipes = {pipe for _, pipe in (each.__enter__() for each in running)}
        try:
            while pipes:
                for pipe in tuple(pipes):
                    if pipe.poll(0.001):
                        said = pipe.recv()
                        if said == "done":
                            pipes.discard(pipe)
                        elif said != "ready":
                            acknowledged.append(said)
                seen.extend(store.feed(seen[-1].position if seen else 0, 7))
        finally:
            for each in running:
                each.__exit__(None, None, None)
        while page := store.feed(seen[-1].position if seen else 0):
            seen.extend(page)
    return acknowledged, seen
