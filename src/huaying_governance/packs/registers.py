"""名录与清单: the tables of a pack: organisations, communities, matters; each with its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from attrs import evolve, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.bodies import LEVELS, ORGANISATION_KINDS, Community, Organisation
from huaying_governance.kernel.citation import Source
from huaying_governance.packs.documents import cite, outlives
from huaying_governance.responsibility import Confirmed, Matter, Register
from huaying_governance.responsibility.matching import core
from huaying_governance.responsibility.matters import ANY, SELF, Role
from huaying_governance.tables import Column, Row, TableSpec
from huaying_governance.tables.spec import period
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import core as words
from huaying_governance.text import Text

_ID = Column("id", "ref", "cell")
_TERM = (Column("from", "date"), Column("to", "date"))

ORGANISATIONS = TableSpec(
    "organisations",
    Text("单位名录", "organisations"),
    (
        _ID,
        Column("name", "ref", "cell"),
        Column("aliases", "list"),
        Column("level", "choice", "cell", Choice(words.LEVELS)),
        Column("kind", "choice", "cell", Choice(words.ORGANISATION_KINDS)),
        *_TERM,
    ),
    key="id",
    check=period,
)
COMMUNITIES = TableSpec(
    "communities",
    Text("社区名录", "communities"),
    (
        _ID,
        Column("name", "ref", "cell"),
        Column("code", "ref"),
        Column("kind", "choice", "cell", Choice(words.BODIES)),
        *_TERM,
    ),
    key="id",
    check=period,
)
TITLES = TableSpec(
    "titles",
    Text("已确认标题", "confirmed titles"),
    (
        Column("title", "text", "cell"),
        Column("matter", "ref", "cell"),
        Column("date", "date"),
        Column("confirmed_by", "ref", hint="person"),
    ),
)
_ROLES: Mapping[str, Role] = MappingProxyType(
    {"autonomy": "principal", "purchased": "principal", "prohibited": "none"}
)


@frozen
class Bodies:
    """主体名录: the organisations and communities of a pack, and the words that stand for several of them."""

    organisations: Register[Organisation]
    communities: Register[Community]
    tokens: frozenset[str] = frozenset({*LEVELS, *ORGANISATION_KINDS, ANY, SELF})


def organisation(row: Row) -> Organisation:
    """Return the organisation of a sound row."""
    return Organisation(*cast(Any, row.values))


def community(row: Row) -> Community:
    """Return the community of a sound row."""
    identity, name, code, kind, since, until = cast(Any, row.values)
    return Community(identity, name, code or "", kind, since, until)


def matter(row: Row, sources: Mapping[str, Source]) -> Matter:
    """Return the matter of a sound row; clauses of unknown sources are left out (`matter_problems` tells)."""
    cell = cast(Mapping[str, Any], row.to_dict())
    clauses = (cite(sources, reference) for reference in cell["basis"])
    return Matter(
        cell["code"],
        cell["name"],
        cell["kind"],
        cell["role"] or _ROLES.get(cell["kind"], "assistant"),
        frozenset(cell["assigners"]),
        frozenset(cell["communities"]),
        cell["funding"] == "required",
        cell["forms"],
        tuple(clause for clause in clauses if clause is not None),
        cell["from"],
        cell["to"],
        cell["frequency"] or "",
        cast(Decimal | None, cell["workload"]),
        cell["instead"],
    )


def confirmed_titles(
    rows: Iterable[Row], names: Mapping[str, str], file: str, before: Confirmed
) -> tuple[Confirmed, tuple[Problem, ...]]:
    """Return `before` with the titles whose matter an officer has confirmed, and what is wrong with their table."""
    confirmed, problems, taken = before, list[Problem](), dict[str, str]()
    for row in rows:
        title, code = str(row["title"]), str(row["matter"])
        if code not in names:
            place = Place(file, row.number, "matter")
            problems.append(_unknown("unknown-matter", place, code, "事项", "matter", "lists"))
        elif taken.setdefault(core(title), code) != code:
            problems.append(
                _problem(
                    "two-matters",
                    Place(file, row.number, "title"),
                    "这个标题已确认为另一事项",
                    "this title is confirmed for another matter",
                    "只留一行",
                    "keep one of the two lines",
                )
            )
        else:
            confirmed = confirmed.confirm(title, code)
    return confirmed, tuple(problems)


def name_problems(register: Register[Any], file: str) -> Iterator[Problem]:
    """Yield a problem for each writing that names two things."""
    for writing, ids in register.ambiguous.items():
        yield Problem(
            "ambiguous-name",
            Text("“{w}”同时指 {ids}", "“{w}” names {ids} alike").fill(w=writing, ids=", ".join(ids)),
            Text("改名或删去其中一个别名", "rename one, or drop an alias"),
            Place(file),
        )


def matter_problems(
    row: Row,
    made: Matter,
    file: str,
    sources: Mapping[str, Source],
    bodies: Bodies,
) -> Iterator[Problem]:
    """Yield what is wrong with one line of a list, against the sources and registers of its pack."""
    cell = cast(Mapping[str, Any], row.to_dict())

    def at(column: str) -> Place:
        return Place(file, row.number, column)

    if made.kind in {"assist", "cooperative"} and made.role == "principal":
        yield _problem(
            "assist-as-principal",
            at("role"),
            "协助事项不得列为主责",
            "an assisting matter cannot make the community principal",
            "改为协助或仅报告",
            "make it assistant or reporter",
        )
    if not cell["basis"]:
        yield _problem(
            "missing-basis",
            at("basis"),
            "没有设定依据",
            "no basis is given",
            "写明依据，如 rc2025#43",
            "cite a source, as rc2025#43",
        )
    for reference in cell["basis"]:
        citation = cite(sources, reference)
        if citation is None:
            yield _unknown("unknown-source", at("basis"), reference, "来源", "source", "sources.toml")
        elif outlives(citation, made.since, made.until):
            yield _stale(at("basis"), reference)
    for name in (*cell["assigners"], *cell["instead"]):
        if name not in bodies.tokens and bodies.organisations.get(name) is None:
            column = "assigners" if name in cell["assigners"] else "instead"
            yield _unknown(
                *("unknown-organisation", at(column), name, "单位", "organisation", "organisations.csv"),
                near=bodies.organisations.nearest(name, 1),
            )
    for name in cell["communities"]:
        if bodies.communities.get(name) is None:
            yield _unknown(
                *("unknown-community", at("communities"), name, "社区", "community", "communities.csv"),
                near=bodies.communities.nearest(name, 1),
            )


def version_problems(lines: Iterable[tuple[Matter, Place]]) -> Iterator[Problem]:
    """Yield a problem for each two versions of one code that are in force on the same day for one community."""
    seen: dict[str, list[tuple[Matter, Place]]] = {}
    for made, place in lines:
        for other, where in seen.setdefault(made.code, []):
            if _overlap(made, other) and _share(made.communities, other.communities):
                yield _problem(
                    "overlapping-versions",
                    evolve(place, column="from"),
                    f"“{made.code}”与 {where} 的版本有效期重叠",
                    f"the term of `{made.code}` overlaps the version at {where}",
                    "让前一版本的截止日期早于后一版本的起始日期",
                    "end the earlier version before the later one begins",
                )
        seen[made.code].append((made, place))


def _overlap(a: Matter, b: Matter) -> bool:
    start = max(a.since or date.min, b.since or date.min)
    return start <= min(a.until or date.max, b.until or date.max)


def _share(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or not a.isdisjoint(b)


def _problem(code: str, place: Place, zh: str, en: str, cure_zh: str, cure_en: str) -> Problem:
    return Problem(code, Text(zh, en), Text(cure_zh, cure_en), place)


def _unknown(
    code: str,
    place: Place,
    value: str,
    zh: str,
    en: str,
    file: str,
    near: tuple[Organisation | Community, ...] = (),
) -> Problem:
    message = Text(f"没有这个{zh}", f"there is no such {en}")
    cure = Text(f"改正写法，或在 {file} 中增加", f"correct it, or add it to {file}")
    if near:
        meant = near[0].name
        cure = Text(f"是否为“{meant}”？否则在 {file} 中增加", f"was {meant} meant? else add it to {file}")
    return Problem(code, message, cure, place, value)


def _stale(place: Place, reference: str) -> Problem:
    return Problem(
        "basis-not-in-force",
        Text("事项有效期超出依据的有效期", "the line is in force on days when its basis is not"),
        Text("按依据的有效期分成两个版本", "split the line where its basis begins or ends"),
        place,
        reference,
        severity="warning",
    )
