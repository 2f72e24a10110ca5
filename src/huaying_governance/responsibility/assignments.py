"""交办与准入: what an organisation asks of a community, and what was admitted beside the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.responsibility.matters import Role
from huaying_governance.responsibility.names import plain_name
from huaying_governance.text import Text


@frozen(kw_only=True)
class Assignment:
    """交办: a request that a community do something.

    `assigner`, `community` and `matter` are texts as they came: an id, name, alias or code. `funding` in yuan: None
    is unknown, 0 is none. `emergency` is an order number; `channel` how it came (document, app, chat group, word of
    mouth); `role` the part that the community is to answer for, where the assigner says so.
    """

    id: str
    date: date
    assigner: str | None
    community: str
    matter: str | None = None
    title: str | None = None
    funding: Decimal | None = None
    emergency: str | None = None
    channel: str = ""
    role: Role | None = None


@frozen(kw_only=True)
class Admission:
    """准入: a matter outside the list, or beyond its assigners or communities, admitted for a term.

    Both days included, None open. `assigner` empty: any; `communities` none: all. `funding` in yuan, None unknown.
    """

    id: str
    matter: str | None = None
    title: str | None = None
    assigner: str | None = None
    communities: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    funding: Decimal | None = None
    decided_by: str | None = None

    @property
    def name(self) -> str:
        """What the admission is called: its title, else its matter."""
        return self.title or self.matter or self.id

    def in_force(self, on: date) -> bool:
        """Whether the admission is in force on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def citation(self) -> Citation:
        """The decision itself, as the basis of what it admits."""
        decider = self.decided_by or ""
        by_zh, by_en = (f"（{decider}）", f" ({decider})") if decider else ("", "")
        title = Text(f"准入决定{self.id}{by_zh}", f"admission {self.id}{by_en}")
        return Citation(Source(f"admission:{self.id}", title, "official", since=self.since, until=self.until))


class AdmissionBook:
    """准入台账: admissions found by what they admit."""

    def __init__(self, admissions: Iterable[Admission] = ()) -> None:
        self._admissions = tuple(admissions)
        found: dict[str, list[int]] = {}
        for place, admission in enumerate(self._admissions):
            for key in {plain_name(text) for text in (admission.matter, admission.title) if text}:
                found.setdefault(key, []).append(place)
        self._found: Mapping[str, tuple[int, ...]] = {key: tuple(held) for key, held in found.items()}

    def __iter__(self) -> Iterator[Admission]:
        return iter(self._admissions)

    def __len__(self) -> int:
        return len(self._admissions)

    def find(self, *names: str) -> tuple[Admission, ...]:
        """Return the admissions of a matter known by any of these writings, in the order they were given."""
        if not self._found:
            return ()
        places = {place for name in names for place in self._found.get(plain_name(name), ())}
        return tuple(self._admissions[place] for place in sorted(places))


NO_ADMISSIONS = AdmissionBook()
"""What is screened by where nothing has been admitted."""
