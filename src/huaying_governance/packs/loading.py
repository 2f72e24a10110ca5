"""读政策包: a folder of data files becomes a `Pack`, or a list of everything that is wrong with it."""

# Long: one reading, from the first file to the joined whole.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, evolve, field

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.workdays import Calendar, china_calendar
from huaying_governance.packs.documents import PACK, SOURCES, Held, cite, read_document
from huaying_governance.packs.finding import SHIPPED, pack_folder, shipped_packs
from huaying_governance.packs.pack import Pack
from huaying_governance.packs.registers import (
    COMMUNITIES,
    ORGANISATIONS,
    TITLES,
    Bodies,
    community,
    confirmed_titles,
    matter,
    matter_problems,
    name_problems,
    organisation,
    version_problems,
)
from huaying_governance.responsibility import (
    Confirmed,
    Gate,
    Matter,
    MatterList,
    Register,
    Screener,
    Threshold,
    TitleMatcher,
    adapted,
)
from huaying_governance.rules.at import unique
from huaying_governance.rules.shape import BAD, At, Report
from huaying_governance.tables import Row, TableSpec, read_file
from huaying_governance.tables.matters import MATTERS
from huaying_governance.text import Text, same

if TYPE_CHECKING:
    from huaying_governance.packs.rest import Rest

T = TypeVar("T")
_DEEPEST = 8


def load_pack(name_or_path: str | Path, *, calendar: Calendar | None = None) -> Pack:
    """Return a shipped pack by its name, or the pack at a path; raises `Problems` that list every fault.

    `calendar` is the working-day calendar that reviews are counted by; the shipped notices where none is given.
    """
    folder = pack_folder(name_or_path)
    loading = _read(folder)
    shipped = folder.parent == SHIPPED
    rest = partial(_shipped_rest, folder) if shipped else cache(loading.rest)
    if not shipped:
        loading.problems += rest().problems
    if loading.failed:
        raise Problems(loading.problems)
    return loading.pack(rest, calendar if calendar is not None else china_calendar())


@cache
def _shipped_rest(folder: Path) -> Rest:
    """Return the rest of a shipped pack, read once: it is part of this package, and does not change while it runs."""
    return _read(folder).rest()


def check_pack(name_or_path: str | Path) -> tuple[Problem, ...]:
    """Return everything that is wrong with a pack, warnings included; nothing where it is sound."""
    loading = _read(pack_folder(name_or_path))
    return (*loading.problems, *loading.rest().problems)


def _read(folder: Path) -> _Loading:
    loading = _Loading()
    if not (folder / "pack.toml").is_file():
        known = "、".join(shipped_packs())
        message = Text("没有这个政策包（缺少 pack.toml）", "there is no such pack (no pack.toml)")
        cure = Text(
            "写随附政策包的名称（{k}），或政策包文件夹的路径",
            "name a shipped pack ({k}) or the folder of one",
        ).fill(k=known)
        loading.problems.append(Problem("no-pack", message, cure, Place(folder.name)))
        return loading
    loading.read(folder, ())
    loading.settle()
    return loading


@define
class _Loading:
    """One reading of a pack and of the packs that it builds on; what comes later replaces what has its id."""

    problems: list[Problem] = field(factory=list)
    head: Held | None = None
    screening: Held | None = None
    sources: dict[str, Source] = field(factory=dict)
    organisations: dict[str, Organisation] = field(factory=dict)
    communities: dict[str, Community] = field(factory=dict)
    policies: list[Path] = field(factory=list)
    named: dict[str, tuple[Path, str]] = field(factory=dict)
    lines: list[tuple[Row, str]] = field(factory=list)
    adaptations: list[tuple[Path, str]] = field(factory=list)
    titles: list[tuple[str, tuple[Row, ...]]] = field(factory=list)
    headers: dict[str, Mapping[str, str]] = field(factory=dict)
    confirmed: Confirmed = field(factory=Confirmed)
    matters: MatterList = field(factory=MatterList)
    bodies: Bodies = field(factory=lambda: Bodies(Register(()), Register(())))
    gate: Gate = field(factory=Gate)

    @property
    def failed(self) -> bool:
        """Whether a problem is more than a warning."""
        return any(found.severity == "error" for found in self.problems)

    def read(self, folder: Path, path: tuple[Path, ...]) -> None:
        """Read one folder, after the packs that it includes."""
        report = Report()
        document = read_document(folder / "pack.toml", f"{folder.name}/pack.toml", PACK, report)
        self.problems += report.problems
        if document is BAD:
            return
        here = folder.resolve()
        for included in document["pack"]["includes"]:
            self._include(folder, included, (*path, here))
        self.head = document["pack"]
        self.screening = document["screening"] or self.screening
        self._read_sources(folder)
        self._read_register(folder, ORGANISATIONS, organisation, self.organisations)
        self._read_register(folder, COMMUNITIES, community, self.communities)
        self.policies += _data(folder / "policies", "*.toml")
        self._read_lists(folder)
        self._read_titles(folder)
        named = {path.stem: (path, f"{folder.name}/{path.name}") for path in _data(folder, "*.toml")}
        self.named.update({name: file for name, file in named.items() if name not in {"pack", "sources"}})

    def _include(self, folder: Path, included: str, path: tuple[Path, ...]) -> None:
        target = pack_folder(included) if included in shipped_packs() else folder / included
        place = Place(f"{folder.name}/pack.toml")
        if target.resolve() in path or len(path) > _DEEPEST:
            message = Text("政策包互相引用，成了环", "the packs include each other in a circle")
            cure = Text("去掉其中一处 includes", "drop one of the includes")
            self.problems.append(Problem("include-cycle", message, cure, place, included))
        elif not (target / "pack.toml").is_file():
            message = Text("引用的政策包不存在", "the included pack is not there")
            cure = Text("写随附政策包的名称，或相对路径", "name a shipped pack, or write a relative path")
            self.problems.append(Problem("no-pack", message, cure, place, included))
        else:
            self.read(target, path)

    def _read_sources(self, folder: Path) -> None:
        path = folder / "sources.toml"
        if not path.exists():
            return
        report = Report()
        document = read_document(path, f"{folder.name}/sources.toml", SOURCES, report)
        own: dict[str, At] = {}
        for source, at in () if document is BAD else document["source"]:
            if unique(own, source.id, at.child("id")):
                self.sources[source.id] = source
        self.problems += report.problems

    def _read_register(self, folder: Path, spec: TableSpec, make: Any, into: dict[str, Any]) -> None:
        path = folder / f"{spec.name}.csv"
        if not path.exists():
            return
        for row in self._table(path, spec, f"{folder.name}/{path.name}"):
            made = make(row)
            into[made.id] = made

    def _read_lists(self, folder: Path) -> None:
        for path in _data(folder / "lists", "*.csv"):
            file = f"{folder.name}/lists/{path.name}"
            rows = self._table(path, MATTERS, file)
            replaced = {str(row["code"]) for row in rows}
            self.lines = [line for line in self.lines if not _replaces(line, replaced, folder.name)]
            self.lines += [(row, file) for row in rows]
        self.adaptations += [
            (path, f"{folder.name}/lists/{path.name}") for path in _data(folder / "lists", "*.toml")
        ]

    def _read_titles(self, folder: Path) -> None:
        path = folder / "titles.csv"
        if path.exists():
            file = f"{folder.name}/titles.csv"
            self.titles.append((file, self._table(path, TITLES, file)))

    def _table(self, path: Path, spec: TableSpec, file: str) -> tuple[Row, ...]:
        """Return the sound rows of a table that problems call `file`."""
        table = read_file(path, spec, file)
        self.problems += table.problems
        self.headers[file] = table.headers
        return table.rows

    # What needs the whole

    def settle(self) -> None:
        """Join what was read: names, clauses, versions, the gate."""
        organisations = Register(self.organisations.values())
        communities = Register(self.communities.values())
        self.bodies = Bodies(organisations, communities)
        self.problems += name_problems(organisations, "organisations.csv")
        self.problems += name_problems(communities, "communities.csv")
        made: list[tuple[Matter, Place]] = []
        for row, file in self.lines:
            line = self._with_ids(matter(row, self.sources))
            self.problems += matter_problems(row, line, file, self.sources, self.bodies)
            made.append((line, Place(file, row.number)))
        self.problems += version_problems(made)
        self.matters = self._adapted(MatterList(line for line, _ in made))
        for file, rows in self.titles:
            self.confirmed, problems = confirmed_titles(rows, self.matters.names(), file, self.confirmed)
            self.problems += problems
        self.problems = [self._headed(found) for found in self.problems]
        if self.screening is not None:
            self.gate = self._gate(self.screening)

    def _headed(self, found: Problem) -> Problem:
        """Return a problem of a table with the header as it is written there."""
        place = found.place
        column = self.headers.get(place.file, {}).get(str(place.column), place.column)
        return found if column == place.column else evolve(found, place=evolve(place, column=column))

    def _adapted(self, template: MatterList) -> MatterList:
        if not self.adaptations:
            return template
        from huaying_governance.packs.adaptations import (  # noqa: PLC0415 - most lists are adapted nowhere
            adaptation_problems,
            read_adaptation,
        )

        report = Report()
        read = [
            read_adaptation(path, name, self.sources, self.bodies, report) for path, name in self.adaptations
        ]
        placed = [held for held in read if held is not None]
        faults = [*report.problems, *adaptation_problems(placed, template)]
        self.problems += faults
        return template if faults or not placed else adapted(template, [held.made for held in placed])

    def _with_ids(self, line: Matter) -> Matter:
        """Return the line with names and aliases of bodies replaced by their ids."""
        organisations, communities = self.bodies.organisations, self.bodies.communities
        return evolve(
            line,
            assigners=_ids(line.assigners, organisations),
            communities=_ids(line.communities, communities),
        )

    def _gate(self, held: Held) -> Gate:
        unlisted, emergency, review = (
            self._clauses(held, key) for key in ("unlisted", "emergency", "review")
        )
        funding = held["funding"]
        duties = {kind: self._clauses(funding, kind) for kind in funding.held} if funding is not None else {}
        asks, reports = tuple(held["asks"]), tuple(held["reports"])
        for key, names in (("decides", (held["decides"],)), ("asks", asks), ("reports", reports)):
            for name in names:
                if self.bodies.organisations.get(name) is None:
                    self._unknown(held, key, "unknown-organisation", name)
        return Gate(
            unlisted,
            emergency,
            review,
            held["review_days"],
            duties,
            held["decides"],
            asks,
            reports,
            self._threshold(held["violations"]),
        )

    def _threshold(self, held: Held | None) -> Threshold:
        if held is None:
            return Threshold()
        cited = cite(self.sources, held["source"])
        if cited is None:
            self._unknown(held, "source", "unknown-source", held["source"])
            return Threshold()
        return Threshold(held["count"], held["days"], cited)

    def _clauses(self, held: Held, key: str) -> tuple[Citation, ...]:
        found = [(reference, cite(self.sources, reference)) for reference in held[key]]
        for reference, citation in found:
            if citation is None:
                self._unknown(held, key, "unknown-source", reference)
        return tuple(citation for _, citation in found if citation is not None)

    def _unknown(self, held: Held, key: str, code: str, value: str) -> None:
        span = held.at.child(key).span()
        message = Text("没有这个来源或单位", "there is no such source or organisation")
        cure = Text("改正写法，或在政策包中增加", "correct it, or add it to the pack")
        self.problems.append(Problem(code, message, cure, span.source.place(span.start), value))

    def rest(self) -> Rest:
        """Read what screening does not need."""
        from huaying_governance.packs.rest import Files, read_rest  # noqa: PLC0415 - loaded when asked for

        return read_rest(Files(tuple(self.policies), self.named), self.sources)

    def pack(self, rest: Callable[[], Rest], calendar: Calendar) -> Pack:
        """Return the pack; only after `settle`, and without errors."""
        assert self.head is not None  # noqa: S101 - a pack without head has failed
        organisations, communities = self.bodies.organisations, self.bodies.communities
        matcher = TitleMatcher(self.matters.names(), confirmed=self.confirmed) if self.titles else None
        screener = Screener(
            self.matters, organisations, communities, gate=self.gate, calendar=calendar, matcher=matcher
        )
        titles = self.head["titles"]
        return Pack(
            self.head["id"],
            titles if isinstance(titles, Text) else same(str(titles)),
            self.head["region"],
            self.head["version"],
            organisations,
            communities,
            MappingProxyType(dict(self.sources)),
            self.matters,
            screener,
            rest,
        )


def _ids(names: Iterable[str], register: Register[Any]) -> frozenset[str]:
    return frozenset(found.id if (found := register.get(name)) is not None else name for name in names)


def _replaces(line: tuple[Row, str], codes: set[str], folder: str) -> bool:
    """Whether a line of an included pack gives way to one of this folder's that has its code."""
    row, file = line
    return not file.startswith(f"{folder}/") and str(row["code"]) in codes


def _data(folder: Path, pattern: str) -> list[Path]:
    """Return the data files of a folder, without the cases (`NAME.cases.toml`, `.csv`) that test them."""
    return sorted(path for path in folder.glob(pattern) if ".cases." not in path.name)
