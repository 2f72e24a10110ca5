"""名录: organisations and communities found by id, name or alias, after normalisation; never by resemblance."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """What a register holds: something with an id and a name; it may have aliases."""

    @property
    def id(self) -> str:
        """The id."""
        ...

    @property
    def name(self) -> str:
        """The name."""
        ...


T = TypeVar("T", bound=Named)


def plain_name(text: str) -> str:
    """Return text as names are compared: NFKC, no outer spaces, lower-case."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip().casefold()


class Register(Generic[T]):
    """A register of named things. A writing that fits two of them fits none; `ambiguous` lists such writings."""

    def __init__(self, things: Iterable[T]) -> None:
        self.things: tuple[T, ...] = tuple(things)
        found: dict[str, T] = {}
        clashes: dict[str, tuple[str, ...]] = {}
        for thing in self.things:
            for writing in dict.fromkeys(map(plain_name, _writings(thing))):
                other = found.setdefault(writing, thing)
                if other.id != thing.id:
                    clashes[writing] = (*clashes.get(writing, (other.id,)), thing.id)
        for writing in clashes:
            del found[writing]
        self.ambiguous: Mapping[str, tuple[str, ...]] = clashes
        self._found = found

    def get(self, text: str) -> T | None:
        """Return the thing that `text` names, None where it names none or several."""
        return self._found.get(text) or self._found.get(plain_name(text))

    @property
    def by_writing(self) -> Mapping[str, T]:
        """Every writing that names one thing, as names are compared, with the thing."""
        return self._found

    def nearest(self, text: str, count: int = 3) -> tuple[T, ...]:
        """Return the things whose writings most resemble `text`: for messages, never for decisions."""
        near = get_close_matches(plain_name(text)[:64], list(self._found), n=count, cutoff=0.5)
        return tuple({self._found[writing].id: self._found[writing] for writing in near}.values())


def _writings(thing: Named) -> tuple[str, ...]:
    return (thing.id, thing.name, *getattr(thing, "aliases", ()))
