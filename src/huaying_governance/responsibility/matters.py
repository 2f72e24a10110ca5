"""事项: the lines of a responsibility list, versioned by the days they are in force, found by code or exact name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from attrs import astuple, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.responsibility.names import plain_name
from huaying_governance.text import Text

Kind = Literal["autonomy", "assist", "prohibited", "purchased", "basic", "cooperative", "taken_back"]
Role = Literal["principal", "assistant", "reporter", "none"]
ANY = "*"
SELF = "self"

KINDS: Mapping[Kind, Text] = {
    "autonomy": Text("依法自治事项", "matter of self-government"),
    "assist": Text("依法协助事项", "assisting matter"),
    "prohibited": Text("负面清单事项", "prohibited matter"),
    "purchased": Text("可购买服务事项", "matter for purchased service"),
    "basic": Text("基本履职事项", "basic duty"),
    "cooperative": Text("配合履职事项", "cooperative duty"),
    "taken_back": Text("上级部门收回事项", "duty taken back by the level above"),
}

ROLES: Mapping[Role, Text] = {
    "principal": Text("主责", "principal"),
    "assistant": Text("协助", "assistant"),
    "reporter": Text("仅报告", "reporter"),
    "none": Text("不承担", "no part"),
}


@frozen
class Matter:
    """事项: one line of a list, in one version.

    `assigners` are ids, kinds or levels of organisations, `*` (or none) for any registered one, `self` for the
    community; `communities` none for all; `funds` whether funds must follow (费随事转); `since`/`until` both
    included, None open; `workload` hours a year; `instead` who deals with what the list prohibits.
    """

    code: str
    name: str
    kind: Kind
    role: Role = "assistant"
    assigners: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    funds: bool = False
    forms: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    since: date | None = None
    until: date | None = None
    frequency: str = ""
    workload: Decimal | None = None
    instead: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether this version is in force on a day."""
        since, until = self.since, self.until
        return (since is None or since <= on) and (until is None or on <= until)

    def content(self) -> tuple[object, ...]:
        """Return all that the line says, as plain values in a stable order."""
        values = astuple(self, recurse=False)
        basis = tuple((held.source.id, held.article.zh) for held in self.basis)
        return tuple(
            sorted(value) if isinstance(value, frozenset) else basis if value is self.basis else str(value)
            for value in values
        )

    def covers(self, community: str) -> bool:
        """Whether this version covers a community."""
        return not self.communities or community in self.communities


Versions = tuple[Matter, ...]


class MatterList:
    """责任清单: matters by code, each with its versions in the order of their days; communities may have their own.

    INVARIANT: the versions of one code do not overlap for one community; `check` refuses lists that do.
    """

    def __init__(
        self, matters: Iterable[Matter] = (), own: Mapping[tuple[str, str], Versions] | None = None
    ) -> None:
        versions: dict[str, list[Matter]] = {}
        for matter in matters:
            versions.setdefault(matter.code, []).append(matter)
        for found in versions.values():
            found.sort(key=lambda matter: matter.since or date.min)
        self._versions: Mapping[str, Versions] = {code: tuple(found) for code, found in versions.items()}
        # By code first: where a hundred thousand communities have their own, each look-up is of few.
        self._own: dict[str, dict[str, Versions]] = {}
        for (community, code), held in ({} if own is None else own).items():
            self._own.setdefault(code, {})[community] = held
        self._names = self._index()

    def _index(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, dict[str, None]] = {}
        added = {id(held): (code, held) for code, places in self._own.items() for held in places.values()}
        for code, held in (*self._versions.items(), *added.values()):
            for writing in (code, *(line.name for line in held)):
                names.setdefault(plain_name(writing), {})[code] = None
        return {writing: tuple(codes) for writing, codes in names.items()}

    def with_own(self, own: Mapping[tuple[str, str], Versions]) -> MatterList:
        """Return this list with versions of their own for some communities, by community and code."""
        return MatterList(self, own)

    def __iter__(self) -> Iterator[Matter]:
        """Yield the lines of the template."""
        for versions in self._versions.values():
            yield from versions

    def __len__(self) -> int:
        return len(self._versions)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the template, in its order."""
        return tuple(self._versions)

    @property
    def template(self) -> Mapping[str, Versions]:
        """The versions of the template by code, in its order."""
        return self._versions

    @property
    def own(self) -> Mapping[tuple[str, str], Versions]:
        """What communities have of their own, by community and code; an empty tuple where a matter is withdrawn."""
        return {
            (community, code): held
            for code, places in self._own.items()
            for community, held in places.items()
        }

    def names(self) -> Mapping[str, str]:
        """Return the latest name of every code, those that communities have added among them."""
        found = {code: held[-1].name for code, held in self._versions.items()}
        for code, places in self._own.items():
            named = next((held[-1].name for held in places.values() if held), None)
            if named is not None:
                found.setdefault(code, named)
        return found

    def codes_of(self, community: str) -> tuple[str, ...]:
        """Return the codes that a community's list knows: those of the template, then those it has added."""
        added = (code for code, held in self._own.items() if community in held and code not in self._versions)
        return (*self._versions, *added)

    def lines(self, community: str = "") -> Iterator[Matter]:
        """Yield the lines of a community's list."""
        for code in self.codes_of(community):
            yield from (
                line for line in self.versions(code, community) if line.covers(community) or not community
            )

    def versions(self, code: str, community: str = "") -> Versions:
        """Return the versions of a code for a community; none where there is no such code."""
        places = self._own.get(code)
        if places is not None:
            own = places.get(community)
            if own is not None:
                return own
        return self._versions.get(code, ())

    def find(self, matter: str, community: str = "") -> Versions:
        """Return the versions of the matter that a code or an exact name names; none where it names none."""
        found = self.versions(matter, community)
        if found or matter in self._versions:
            return found
        # A name that several matters bear gives all of them, so that a prohibition among them is never missed.
        codes = self._names.get(plain_name(matter), ())
        return tuple(version for code in codes for version in self.versions(code, community))

    def on(self, day: date, community: str = "") -> Iterator[Matter]:
        """Yield the lines in force on a day, in the order of the list."""
        return (line for line in self.lines(community) if line.in_force(day))

    @cached_property
    def version(self) -> str:
        """sha256 of all that the list says: lists that say the same have the same version."""
        digest = hashlib.sha256()
        for line in self:
            digest.update(repr(line.content()).encode())
        for (community, code), versions in sorted(self.own.items()):
            digest.update(repr((community, code, [line.content() for line in versions])).encode())
        return digest.hexdigest()


def version_on(versions: Sequence[Matter], on: date, community: str = "") -> Matter | None:
    """Return the version in force on a day, the one that covers `community` first; None where none is in force."""
    found: Matter | None = None
    for matter in versions:
        if matter.in_force(on):
            if matter.covers(community):
                return matter
            found = found or matter
    return found


def nearest_version(versions: Sequence[Matter], on: date) -> Matter:
    """Return the version that a day outside all of them is held against: the last one before, else the first."""
    before = [matter for matter in versions if matter.since is None or matter.since <= on]
    return before[-1] if before else versions[0]
