"""事项: the lines of a responsibility list, versioned by the days they are in force, found by code or exact name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from attrs import frozen

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

    def covers(self, community: str) -> bool:
        """Whether this version covers a community."""
        return not self.communities or community in self.communities


Versions = tuple[Matter, ...]


class MatterList:
    """责任清单: matters by code, each with its versions in the order of their days.

    INVARIANT: the versions of one code do not overlap for one community; `check` refuses lists that do.
    """

    def __init__(self, matters: Iterable[Matter] = ()) -> None:
        versions: dict[str, list[Matter]] = {}
        names: dict[str, list[str]] = {}
        for matter in matters:
            versions.setdefault(matter.code, []).append(matter)
        for found in versions.values():
            found.sort(key=lambda matter: matter.since or date.min)
        self._versions: dict[str, Versions] = {code: tuple(found) for code, found in versions.items()}
        for code, held in self._versions.items():
            for writing in dict.fromkeys(plain_name(text) for text in (code, *(line.name for line in held))):
                names.setdefault(writing, []).append(code)
        self._names = names

    def __iter__(self) -> Iterator[Matter]:
        for versions in self._versions.values():
            yield from versions

    def __len__(self) -> int:
        return len(self._versions)

    def find(self, matter: str, community: str = "") -> Versions:  # noqa: ARG002
        """Return the versions of the matter that a code or an exact name names; none where it names none.

        `community` matters only where communities adapt the list.
        """
        found = self._versions.get(matter)
        if found is None:
            # A name that several matters bear gives all of them, so that a prohibition among them is never missed.
            codes = self._names.get(plain_name(matter), ())
            found = tuple(version for code in codes for version in self._versions[code])
        return found

    def on(self, day: date) -> Iterator[Matter]:
        """Yield the matters in force on a day, in the order of the list."""
        return (matter for matter in self if matter.in_force(day))


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
