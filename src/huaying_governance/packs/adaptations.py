"""清单调整文件: `lists/*.toml`: what communities add to the city's list, withdraw from it, narrow in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.citation import Source
from huaying_governance.packs.documents import Held, cite, entry, read_document
from huaying_governance.packs.registers import Bodies
from huaying_governance.responsibility import Adaptation, Change, Matter, MatterList
from huaying_governance.responsibility.adaptation import layers
from huaying_governance.responsibility.matters import ANY, SELF
from huaying_governance.rules.shape import BAD, At, Day, Flag, Ident, OneOf, Report, Several, Table, Words
from huaying_governance.tables.words import core as words
from huaying_governance.text import Text

_NAMES = Several(Words(), 0, 1_000)
_TERM = {"from": entry(Day(), "起（含）", "first day"), "to": entry(Day(), "止（含）", "last day")}
_WITHDRAW = Table({"code": entry(Words(), "事项编码", "code", required=True), **_TERM}, Held)
_NARROW = Table(
    {
        "code": entry(Words(), "事项编码", "code", required=True),
        **_TERM,
        "assigners": entry(_NAMES, "只限这些单位", "only these assigners"),
        "forms": entry(_NAMES, "只用这些表格", "only these forms"),
        "funds": entry(Flag(), "须随附经费", "funds must follow", default=False),
    },
    Held,
)
_ADD = Table(
    {
        "code": entry(Words(), "事项编码", "code", required=True),
        "name": entry(Words(), "名称", "name", required=True),
        "kind": entry(OneOf(tuple(words.MATTER_KINDS)), "种类", "kind", required=True),
        "role": entry(OneOf(tuple(words.MATTER_ROLES)), "角色", "role", default="assistant"),
        "assigners": entry(_NAMES, "可交办单位", "assigners", default=()),
        "forms": entry(_NAMES, "所需表格", "forms", default=()),
        "funds": entry(Flag(), "须随附经费", "funds must follow", default=False),
        "basis": entry(Several(Words(), 1, 20), "设定依据", "basis", required=True),
        **_TERM,
    },
    Held,
)
ADAPTATION = Table(
    {
        "list": entry(
            Table(
                {
                    "id": entry(Ident(), "标识", "id", required=True),
                    "base": entry(Ident(), "在哪一调整之上", "the adaptation it builds on"),
                    "communities": entry(_NAMES, "适用社区", "communities", default=()),
                    "decided_by": entry(Words(), "决定机关", "who decided it", required=True),
                },
                Held,
            ),
            "清单调整",
            "the adaptation",
            required=True,
        ),
        "withdraw": entry(Several(_WITHDRAW), "退出的事项", "matters withdrawn", default=()),
        "narrow": entry(Several(_NARROW), "收窄的事项", "matters narrowed", default=()),
        "add": entry(Several(_ADD), "增加的事项", "matters added", default=()),
    },
    Held,
)


@frozen
class Placed:
    """An adaptation with the place of itself and of each of its changes."""

    made: Adaptation
    at: At
    changes: tuple[At, ...]


def read_adaptation(
    path: Path, name: str, sources: Mapping[str, Source], bodies: Bodies, report: Report
) -> Placed | None:
    """Return the adaptation written at `path`; None, or without its faulty parts, after noting its problems."""
    document = read_document(path, name, ADAPTATION, report)
    if document is BAD:
        return None
    head = document["list"]
    communities = _known(head, "communities", bodies.communities, "unknown-community", report)
    places: list[At] = []
    changes: list[Change] = []
    for held in document["withdraw"]:
        changes.append(Change("withdraw", held["code"], held["from"], held["to"]))
        places.append(held.at)
    for held in document["narrow"]:
        ids = None if held["assigners"] is None else _assigners(held, bodies, report)
        changes.append(
            Change("narrow", held["code"], held["from"], held["to"], None, ids, held["forms"], held["funds"])
        )
        places.append(held.at)
    for held in document["add"]:
        changes.append(Change("add", held["code"], matter=_matter(held, sources, bodies, report)))
        places.append(held.at)
    made = Adaptation(head["id"], communities, tuple(changes), head["base"], head["decided_by"])
    return Placed(made, head.at, tuple(places))


def _matter(held: Held, sources: Mapping[str, Source], bodies: Bodies, report: Report) -> Matter:
    clauses = [(reference, cite(sources, reference)) for reference in held["basis"]]
    for reference, clause in clauses:
        if clause is None:
            report.add(_problem("unknown-source", held.at.child("basis"), _NO_SOURCE, reference))
    return Matter(
        held["code"],
        held["name"],
        held["kind"],
        held["role"],
        _assigners(held, bodies, report),
        frozenset(),
        held["funds"],
        held["forms"],
        tuple(clause for _, clause in clauses if clause is not None),
        held["from"],
        held["to"],
    )


def _assigners(held: Held, bodies: Bodies, report: Report) -> frozenset[str]:
    return _known(held, "assigners", bodies.organisations, "unknown-organisation", report, bodies.tokens)


def _known(
    held: Held, key: str, register: Any, code: str, report: Report, also: frozenset[str] = frozenset()
) -> frozenset[str]:
    ids: set[str] = set()
    for number, name in enumerate(held[key]):
        found = register.get(name)
        if found is None and name not in also:
            report.add(_problem(code, held.at.child(key).child(number), _NOT_REGISTERED, name))
        ids.add(name if found is None else found.id)
    return frozenset(ids)


def adaptation_problems(placed: Sequence[Placed], template: MatterList) -> Iterator[Problem]:
    """Yield what is wrong with adaptations taken together and against the template."""
    by_id = {held.made.id: held.made for held in placed}
    taken: dict[str, str] = {}
    for held in placed:
        made = held.made
        if by_id[made.id] is not made:
            yield _problem("duplicate-list", held.at, _TWICE, made.id)
        try:
            layers(made, by_id)
        except ValueError:
            yield _problem("list-cycle", held.at.child("base"), _CYCLE, made.id)
            continue
        except KeyError:
            yield _problem("unknown-list", held.at.child("base"), _NO_BASE, str(made.base))
            continue
        for community in sorted(made.communities):
            if taken.setdefault(community, made.id) != made.id:
                yield _problem("community-adapted-twice", held.at.child("communities"), _TWO_LISTS, community)
        for change, at in zip(made.changes, held.changes, strict=True):
            yield from _change_problems(change, at, made, template)


def _change_problems(change: Change, at: At, made: Adaptation, template: MatterList) -> Iterator[Problem]:
    versions = template.versions(change.code)
    term = change.matter or change
    if term.since is not None and term.until is not None and term.until < term.since:
        yield _problem("to-before-from", at.child("to"), _INVERTED, str(term.until))
    if change.operation == "add":
        if versions:
            yield _problem("duplicate-code", at.child("code"), _ADDED_TWICE, change.code)
        return
    if not versions:
        yield _problem("unknown-matter", at.child("code"), _NO_MATTER, change.code)
    if (
        change.operation == "withdraw"
        and made.decided_by != SELF
        and any(v.kind == "autonomy" for v in versions)
    ):
        yield _problem("autonomy-withdrawn", at.child("code"), _AUTONOMY, change.code)
    if change.assigners is not None:
        for line in versions:
            if line.assigners and ANY not in line.assigners and not change.assigners <= line.assigners:
                yield _problem("widened", at.child("assigners"), _WIDENED, change.code)
                return


def _problem(code: str, at: At, says: tuple[Text, Text], value: str) -> Problem:
    span = at.span()
    return Problem(code, says[0], says[1], Place(span.source.name, span.source.place(span.start).line), value)


_INVERTED = (Text("截止日期早于起始日期", "ends before it begins"), Text("核对两个日期", "check both dates"))
_NO_SOURCE = (
    Text("没有这个来源", "there is no such source"),
    Text("改正写法，或在 sources.toml 中增加", "correct it, or add it to sources.toml"),
)
_NOT_REGISTERED = (
    Text("名录中没有", "the register has no such body"),
    Text("写名录中的编号或名称", "write an id or name of the register"),
)
_TWICE = (Text("清单标识重复", "two lists have this id"), Text("改名其中一个", "rename one of them"))
_CYCLE = (
    Text("清单互相以对方为基础，成了环", "the lists build on each other in a circle"),
    Text("去掉其中一处 base", "drop one `base`"),
)
_NO_BASE = (
    Text("没有这个基础清单", "there is no such list to build on"),
    Text("改正 base", "correct `base`"),
)
_TWO_LISTS = (
    Text("社区有两个互不相干的调整方案", "two adaptations name the community"),
    Text(
        "合并，或让其一以另一个为基础",
        "join them, or let one build on the other and drop the community there",
    ),
)
_ADDED_TWICE = (
    Text("增加的事项编码已在清单内", "the code that is added is already on the list"),
    Text("换一个编码；要收窄原事项用 narrow", "take another code; to narrow the line use `narrow`"),
)
_NO_MATTER = (
    Text("清单内没有这个事项", "the list has no such matter"),
    Text("改正事项编码", "correct the code"),
)
_AUTONOMY = (
    Text(
        "依法自治事项不得由部门收回", "a lawful matter of self-government cannot be withdrawn by a department"
    ),
    Text(
        '删去该项；居民会议自行调整的，写 decided_by = "self"',
        'drop it; where the residents decided it, write decided_by = "self"',
    ),
)
_WIDENED = (
    Text("收窄不得增加可交办单位", "narrowing may not add assigners"),
    Text(
        "只写原有可交办单位中的一部分；要扩大须走准入",
        "name some of the line's own assigners; widening needs an admission",
    ),
)
