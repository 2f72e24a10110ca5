# ruff: noqa: E501 - expressions and documents of one line each read best
"""Random typed policies with tables of persons and spells, for the agreement of engines: one seed, one world.

Rows dwell on edges: nothing known, bounds, month ends, leap days, gaps of exactly the tolerated days, products beyond
2^63 and 2^127, quotes and Chinese in texts, couples that are one-sided, unknown or triangles.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from huaying_governance.errors import Problems
from huaying_governance.rules import Policy, read_policy_text

DAY = timedelta(days=1)
ONS = [
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2026, 11, 23),
    date(2026, 3, 31),
    date(2026, 4, 30),
    date(2025, 12, 31),
]
EDGES = [
    *(date(2024, 2, 29), date(2023, 2, 28), date(2025, 3, 1), date(1960, 2, 29), date(2008, 8, 31)),
    *(date(2026, 1, 31), date(2025, 11, 30), date(1800, 1, 1), date(2200, 12, 31)),
]
TEXTS = ["杜家坪社区", 'it\'s "quoted"', "back\\slash", "a;b|c", "Ω≠𠮷", " ", "%_'--", "x"]
CHOICES = ["postgraduate", "bachelor", "其他", "o'ther"]
ORDER = ["<", "<=", "==", "!=", ">=", ">"]
ROUNDINGS = ["half-up-fen", "half-even-fen", "down-fen", "up-fen", "half-up-yuan", "down-yuan", "up-yuan"]

HEAD = """
[policy]
id = "random"
kind = "subsidy"
titles = {{ zh = "随机", en = "random" }}
changes = "{changes}"
[[source]]
id = "s"
title = {{ zh = "依据", en = "source" }}
[proration]
kind = "{kind}"
months = "months"
days = "min(a, 365)"
rounding = "{rounding}"
source = "s"
[facts]
a = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer", min = 0, max = 400 }}
b = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer", min = -3, max = 7 }}
big = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer" }}
huge = {{ label = {{ zh = "事实", en = "fact" }}, type = "decimal" }}
income = {{ label = {{ zh = "事实", en = "fact" }}, type = "decimal", unit = "CNY", min = 0, max = "99999.99" }}
saved = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer", unit = "CNY", min = 0 }}
p = {{ label = {{ zh = "事实", en = "fact" }}, type = "boolean" }}
q = {{ label = {{ zh = "事实", en = "fact" }}, type = "boolean" }}
c = {{ label = {{ zh = "事实", en = "fact" }}, type = "choice", of = ["postgraduate", "bachelor", "其他", "o'ther"] }}
t = {{ label = {{ zh = "事实", en = "fact" }}, type = "text" }}
u = {{ label = {{ zh = "事实", en = "fact" }}, type = "text" }}
born = {{ label = {{ zh = "事实", en = "fact" }}, type = "date" }}
since = {{ label = {{ zh = "事实", en = "fact" }}, type = "date" }}
zone = {{ label = {{ zh = "事实", en = "fact" }}, type = "boolean", from = "spells", derive = "covers", where = "zone" }}
months = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer", min = 0, max = 5000, unit = "months", from = "spells", derive = "run_months", where = "zone", gap_days = "gap" }}
insured = {{ label = {{ zh = "事实", en = "fact" }}, type = "integer", min = 0, max = 5000, unit = "months", from = "spells", derive = "run_months", where = "insured", gap_days = "gap" }}
[relations.spouse]
label = {{ zh = "名称", en = "name" }}
facts = ["zone", "months", "income", "p", "a", "born", "c"]
[relations.twin]
label = {{ zh = "名称", en = "name" }}
facts = ["zone", "huge", "t"]
[parameters.gap]
label = {{ zh = "名称", en = "name" }}
unit = "days"
values = [{{ from = 1800-01-01, value = {gap}, source = "s" }}]
[parameters.rate]
label = {{ zh = "名称", en = "name" }}
values = [{{ from = 1800-01-01, to = 2024-12-31, value = "0.333", source = "s" }}, {{ from = 2025-01-01, value = "{rate}", source = "s" }}]
[parameters.base]
label = {{ zh = "名称", en = "name" }}
unit = "CNY"
values = [{{ from = 1800-01-01, to = 2025-06-30, value = "1234.56", source = "s" }}, {{ from = 2025-07-01, value = {base}, source = "s" }}]
[parameters.term]
label = {{ zh = "名称", en = "name" }}
values = [{{ from = 1800-01-01, value = {term}, source = "s" }}]
"""


@frozen
class World:
    """A policy, its tables as rows, and the day."""

    seed: int
    text: str
    policy: Policy
    on: date
    persons: list[dict[str, Any]]
    spells: list[dict[str, Any]]


class Writer:
    """Writes random expressions that mostly pass the check."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one(self, *of: str | Callable[[], str]) -> str:
        chosen = self.rng.choice(of)
        return chosen if isinstance(chosen, str) else chosen()

    def plain(self, depth: int) -> str:
        leaf = ["a", "b", "term", "spouse.a", "2", "0", "7", "rate", "big", "huge", "twin.huge", "0.5"]
        if depth <= 0 or self.rng.random() < 0.4:
            return self.rng.choice(leaf)
        return self.compute(self.plain, depth)

    def money(self, depth: int) -> str:
        leaf = ["income", "saved", "base", "spouse.income", "(a * base)", "(income * rate)"]
        if depth <= 0 or self.rng.random() < 0.35:
            return self.rng.choice(leaf)
        if self.rng.random() < 0.25:
            return f"({self.money(depth - 1)} * {self.plain(depth - 2)})"
        return self.compute(self.money, depth)

    def compute(self, inner: Callable[[int], str], depth: int) -> str:
        def part() -> str:
            return inner(depth - 1)

        return self.one(
            lambda: f"({part()} + {part()})",
            lambda: f"({part()} - {part()})",
            lambda: (
                f"({part()} / {self.one('3', '7', '(a + 1)', 'max(a, 2)', '0.3', '(0 - 3)', '(0 - a - 1)')})"
            ),
            lambda: f"min({part()}, {part()})",
            lambda: f"max({part()}, {part()}, {part()})",
            lambda: f"round({part()}, {self.rng.randrange(4)})",
            lambda: f"floor({part()})",
            lambda: f"({part()} if {self.condition(depth - 1)} else {part()})",
            lambda: f"(-{part()})",
        )

    def day(self, depth: int) -> str:
        shown = self.rng.choice(EDGES[:7])
        leaf = ["born", "since", "on", "spouse.born", f"date('{shown}')"]
        if depth <= 0 or self.rng.random() < 0.6:
            return self.rng.choice(leaf)
        return self.one(
            lambda: f"add_months({self.day(0)}, {self.one('b', 'a', '1', '-1', '12')})",
            lambda: f"add_years({self.day(0)}, {self.one('b', '1', '18', '-4')})",
            lambda: f"({self.day(0)} if {self.condition(0)} else {self.day(0)})",
        )

    def word(self) -> str:
        return self.rng.choice(["'x'", "'杜家坪社区'", '"it\'s"', "'a;b|c'"])

    def atom(self, depth: int) -> str:
        order = self.rng.choice(ORDER)
        return self.one(
            lambda: self.one("p", "q", "zone", "spouse.p", "spouse.zone", "spouse", "twin", "twin.zone"),
            lambda: f"{self.plain(depth)} {order} {self.plain(depth)}",
            lambda: f"{self.money(depth)} {order} {self.money(depth)}",
            lambda: f"{self.plain(0)} <= {self.plain(depth)} < {self.plain(0)}",
            lambda: f"{self.day(depth)} {order} {self.day(depth)}",
            lambda: f"years_between({self.day(0)}, {self.day(0)}) {order} {self.one('18', '0', '-1', 'b')}",
            lambda: (
                f"months_between({self.day(1)}, {self.day(0)}) {order} {self.one('12', '0', '-1', '300')}"
            ),
            lambda: f"days_between({self.day(0)}, {self.day(0)}) {order} {self.one('365', '0', '-1')}",
            lambda: f"months {order} {self.one('12', '0', '11', '13', 'insured', 'spouse.months')}",
            lambda: f"spouse.months {order} {self.one('12', '1')}",
            lambda: (
                f"c {self.one('==', '!=')} {self.one(*(repr(w) if chr(39) not in w else chr(34) + w + chr(34) for w in CHOICES))}"
            ),
            lambda: f"c {self.one('in', 'not in')} ['postgraduate', '其他']",
            lambda: f"spouse.c {self.one('==', '!=')} c",
            lambda: f"t {self.one('==', '!=')} {self.one('u', 'twin.t', self.word())}",
            lambda: f"t {self.one('in', 'not in')} [{self.word()}, 'Ω≠𠮷']",
            lambda: f"a {self.one('in', 'not in')} [0, 1, 399, 400]",
            lambda: f"huge {self.one('in', 'not in')} [0, 0.5, 2.25]",
            lambda: f"born {self.one('in', 'not in')} [date('2024-02-29'), date('1960-02-29')]",
            lambda: f"p {self.one('==', '!=')} {self.one('q', 'zone', 'spouse.p', 'true')}",
        )

    def condition(self, depth: int) -> str:
        if depth <= 0 or self.rng.random() < 0.35:
            return self.atom(depth)
        return self.one(
            lambda: f"({self.condition(depth - 1)} and {self.condition(depth - 1)})",
            lambda: f"({self.condition(depth - 1)} or {self.condition(depth - 1)})",
            lambda: f"not ({self.condition(depth - 1)})",
            lambda: (
                f"({self.condition(depth - 1)} if {self.condition(depth - 1)} else {self.condition(depth - 1)})"
            ),
            lambda: f"({self.condition(depth - 1)} and {self.condition(depth - 1)} and {self.atom(1)})",
        )

    def amount(self, depth: int) -> str:
        return self.one(
            "base",
            "income",
            "12345.67",
            "saved",
            lambda: f"max(0, {self.money(depth)})",
            lambda: f"max(0, {self.money(depth)})",
        )


def _rules(rng: random.Random, writer: Writer, count: int) -> str:
    text = ""
    for number in range(count):
        depth = rng.choice([0, 1, 1, 2, 3])
        payee = rng.choice(["worker", "worker", "enterprise", "both"])
        unit = rng.choice(["person", "person", "couple"])
        amount = writer.amount(depth) if rng.random() < 0.93 else "unset"
        text += f"""
[[rules]]
id = "r{number}"
label = {{ zh = "规则", en = "rule" }}
from = {rng.choice(["1800-01-01", "2025-01-01"])}
source = "s"
payee = "{payee}"
unit = "{unit}"
prorate = {rng.choice(["true", "false"])}
when = {_quoted(writer.condition(depth))}
amount = {_quoted(amount)}
"""
        if payee == "both":
            text += f"enterprise_amount = {_quoted(writer.amount(depth))}\n"
    return text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _combinations(rng: random.Random, writer: Writer, count: int) -> str:
    text, names = "", [f"r{n}" for n in range(count)]
    for number in range(rng.choice([0, 1, 1, 2, 3])):
        size = rng.randint(min(2, len(names)), min(4, len(names)))
        chosen = rng.sample(names, size)
        kind = rng.choice(["highest-of", "exclusive", "cap", "sum", "highest-of", "cap"])
        if size < 2 and kind != "cap":
            continue
        members = ", ".join(f'"{name}"' for name in chosen)
        text += f'\n[[combine]]\nid = "k{number}"\nlabel = {{ zh = "合并", en = "combination" }}\nkind = "{kind}"\nrules = [{members}]\nsource = "s"\n'
        if kind == "cap":
            text += f"limit = {_quoted(rng.choice(['base', '5000', 'saved', writer.amount(1)]))}\n"
            if rng.random() < 0.5:
                text += f"counted = {_quoted(rng.choice(['income', '100.005', 'spouse.income']))}\n"
        names = [name for name in names if name not in chosen or rng.random() < 0.2]
        names.append(f"k{number}")
    if count > 1:
        members = ", ".join(f'"r{n}"' for n in range(count))
        label = '{ zh = "合并", en = "sum" }'
        text += f'\n[[combine]]\nkind = "sum"\nlabel = {label}\nrules = [{members}]\nsource = "s"\n'
    return text


def _maybe(rng: random.Random, value: Any) -> Any:
    return None if rng.random() < 0.18 else value


def _person(rng: random.Random, number: int) -> dict[str, Any]:
    bound = 10**15
    return {
        "person": f"{rng.choice(['张', 'p', 'P', '𠮷'])}{number}",
        "a": _maybe(rng, rng.choice([0, 1, 2, 11, 12, 30, 399, 400])),
        "b": _maybe(rng, rng.choice([-3, -1, 0, 1, 7])),
        "big": _maybe(rng, rng.choice([0, 1, -1, bound, -bound, 2**31, 2**49 + 1])),
        "huge": _maybe(
            rng,
            rng.choice(
                [Decimal(0), Decimal("0.5"), Decimal("-2.25"), Decimal(bound), Decimal("999999999.999999")]
            ),
        ),
        "income": _maybe(
            rng,
            rng.choice(
                [Decimal(0), Decimal("0.01"), Decimal("1234.56"), Decimal("99999.99"), Decimal("333.33")]
            ),
        ),
        "saved": _maybe(rng, rng.choice([0, 1, 5000, 10**6, bound])),
        "p": _maybe(rng, rng.random() < 0.5),
        "q": _maybe(rng, rng.random() < 0.5),
        "c": _maybe(rng, rng.choice(CHOICES)),
        "t": _maybe(rng, rng.choice(TEXTS)),
        "u": _maybe(rng, rng.choice(TEXTS)),
        "born": _maybe(rng, rng.choice(EDGES)),
        "since": _maybe(rng, rng.choice(EDGES[:7])),
        "spouse": None,
        "twin": None,
    }


def _relate(rng: random.Random, persons: list[dict[str, Any]], name: str) -> None:
    ids = [row["person"] for row in persons]
    order = list(range(len(persons)))
    rng.shuffle(order)
    for one, other in zip(order[::3], order[1::3], strict=False):
        persons[one][name], persons[other][name] = ids[other], ids[one]
    for row in persons:
        if row[name] is None and rng.random() < 0.4:
            row[name] = rng.choice(
                ["nobody", "无此人", *(other for other in ids[:4] if other != row["person"])]
            )


def _spells(rng: random.Random, person: str, on: date, gap: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    day = on - DAY * rng.choice([0, 1, 30, 365, 366, 400, 800, 3000])
    while len(found) < 6 and rng.random() < 0.75:
        length = DAY * rng.choice([0, 1, 29, 30, 90, 365])
        end = day + length if rng.random() < 0.6 else on + DAY * rng.choice([-1, 0, 1])
        end = max(day, end)
        shown = None if rng.random() < 0.2 else end
        flags = {
            name: _maybe(rng, rng.random() < 0.8) if rng.random() < 0.3 else rng.random() < 0.85
            for name in ("zone", "insured")
        }
        found.append({"person": person, "from": day, "to": shown, **flags})
        day = end + DAY * rng.choice([-20, 0, 1, 2, gap, gap + 1, gap + 2])
    rng.shuffle(found)
    return found


def _complete(rng: random.Random, rows: list[dict[str, Any]], names: tuple[str, ...], share: float) -> None:
    """Leave no row without some of the columns: what is known in every row is compiled otherwise."""
    for name in names:
        known = [row[name] for row in rows if row[name] is not None]
        if known and rng.random() < share:
            for row in rows:
                row[name] = known[0] if row[name] is None else row[name]


def world(seed: int, size: int = 40) -> World | None:
    """Return the world of a seed, or None where its policy does not pass the check."""
    rng = random.Random(seed)
    gap = rng.choice([0, 1, 30])
    head = HEAD.format(
        changes=rng.choice(["day", "day", "split"]),
        kind=rng.choice(["none", "none", "months", "days"]),
        rounding=rng.choice(ROUNDINGS),
        gap=gap,
        rate=rng.choice(["0.05", "1.005", "0.125"]),
        base=rng.choice([0, 2000, 10000]),
        term=rng.choice([1, 12]),
    )
    writer, count = Writer(rng), rng.randint(1, 6)
    text = head + _rules(rng, writer, count) + _combinations(rng, writer, count)
    try:
        policy = read_policy_text(text, name=f"world {seed}")
    except Problems:
        return None
    on = rng.choice(ONS)
    persons = [_person(rng, number) for number in range(size)]
    for name in ("spouse", "twin"):
        _relate(rng, persons, name)
    spells = [row for person in persons for row in _spells(rng, person["person"], on, gap)]
    _complete(rng, spells, ("zone", "insured"), 0.4)
    _complete(
        rng, persons, tuple(name for name in persons[0] if name not in {"person", "spouse", "twin"}), 0.3
    )
    return World(seed, text, policy, on, persons, spells)
