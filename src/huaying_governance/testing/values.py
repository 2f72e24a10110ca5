"""值的读写: one value of a case, from TOML (typed) or from a cell of a sheet (text), and how it is shown.

A reader takes the raw value and whether it is a cell; it returns the value or raises `Wrong`. In TOML a value has its
own type (`true`, `14`, `2026-03-02`); a cell is text and is read by the type that the policy declares.
"""

# Long: one table of readers, from a cell or from TOML, and how each value is shown.

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from attrs import frozen

from huaying_governance.kernel.dates import parse_date, parse_moment
from huaying_governance.kernel.money import CENT, parse_yuan
from huaying_governance.rules.explain import show_number
from huaying_governance.rules.facts import check_of, expected
from huaying_governance.rules.model import Fact
from huaying_governance.testing.case import NONE, UNDETERMINED
from huaying_governance.text import Text, same

YES = frozenset({"yes", "是", "true", "有"})
NO = frozenset({"no", "否", "false"})
NOBODY = frozenset({"none", "无", "没有"})
OPEN = frozenset({"undetermined", "未定", "不定"})
_LIST = re.compile(r"[;；、]")


class Wrong(Exception):
    """A value that cannot be read; `wanted` says what it should be. Never leaves this package."""

    def __init__(self, wanted: Text) -> None:
        super().__init__(wanted.en)
        self.wanted = wanted


Read = Callable[[object, bool], object]


def flag(raw: object, cell: bool) -> object:
    """Read yes or no."""
    if isinstance(raw, bool):
        return raw
    if cell and str(raw).lower() in YES:
        return True
    if cell and str(raw).lower() in NO:
        return False
    raise Wrong(Text("是或否", "yes or no") if cell else Text("true 或 false", "true or false"))


def day(raw: object, _: bool) -> object:
    """Read a day; a moment has no place here."""
    if type(raw) is date:
        return raw
    try:
        if isinstance(raw, str):
            return parse_date(raw)
    except ValueError:
        pass
    raise Wrong(Text("日期，如 2026-03-02", "a day, as 2026-03-02"))


def moment(raw: object, _: bool) -> object:
    """Read a moment: ISO, a day alone is its first minute, without an offset it is Beijing time."""
    try:
        if isinstance(raw, datetime | date):
            return parse_moment(raw.isoformat())
        if isinstance(raw, str):
            return parse_moment(raw)
    except ValueError:
        pass
    raise Wrong(Text("时间，如 2026-03-02T09:30", "a moment, as 2026-03-02T09:30"))


def words(raw: object, _: bool) -> object:
    """Read a text."""
    if isinstance(raw, str) and raw.strip():
        return raw.strip()
    raise Wrong(Text("文字", "a text"))


def names(raw: object, cell: bool) -> object:
    """Read several names, sorted; `none` in a cell, or an empty list, is none at all."""
    if cell and str(raw).lower() in NOBODY:
        return ()
    parts = _LIST.split(str(raw)) if isinstance(raw, str) else raw
    if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
        return tuple(sorted({part.strip() for part in parts if part.strip()}))
    raise Wrong(Text("名称的列表", "a list of names"))


def sequence(raw: object, cell: bool) -> object:
    """Read several names in their order."""
    if cell and str(raw).lower() in NOBODY:
        return ()
    parts = _LIST.split(str(raw)) if isinstance(raw, str) else raw
    if isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts):
        return tuple(part.strip() for part in parts if part.strip())
    raise Wrong(Text("名称的列表", "a list of names"))


def yuan(raw: object, _: bool) -> object:
    """Read an amount in yuan, not negative."""
    if type(raw) is int and raw >= 0:
        return Decimal(raw).quantize(CENT)
    try:
        if isinstance(raw, str):
            return parse_yuan(raw)
    except ValueError:
        pass
    raise Wrong(Text("以元为单位的金额，如 3000.00", 'an amount in yuan, as "3000.00"'))


def yuan_or_open(raw: object, cell: bool) -> object:
    """Read an amount, or that it is undetermined."""
    return UNDETERMINED if isinstance(raw, str) and raw.lower() in OPEN else yuan(raw, cell)


def whole(low: int = 0) -> Read:
    """Return the reader of whole numbers from `low`."""

    def read(raw: object, cell: bool) -> object:
        if type(raw) is int and raw >= low:
            return raw
        if cell and re.fullmatch(r"[0-9]{1,9}", str(raw)) and int(str(raw)) >= low:
            return int(str(raw))
        raise Wrong(Text(f"不小于 {low} 的整数", f"a whole number from {low}"))

    return read


def word(known: Mapping[str, Text]) -> Read:
    """Return the reader of one of some words, by id or by either label."""
    ids = {name: name for name in known}
    for name, label in known.items():
        ids.update({label.zh: name, label.en.lower(): name})
    if UNDETERMINED in known:
        ids.update(dict.fromkeys(OPEN, UNDETERMINED))
    shown = Text(" | ".join(label.zh for label in known.values()), " | ".join(known))

    def read(raw: object, _: bool) -> object:
        found = ids.get(raw.strip()) or ids.get(raw.strip().lower()) if isinstance(raw, str) else None
        if found is None:
            raise Wrong(shown)
        return found

    return read


def due(raw: object, cell: bool) -> object:
    """Read a due day, or a word: none, undetermined, not-started, beyond-calendar."""
    if isinstance(raw, str) and (raw in DUE_WORDS or raw in DUE_ZH):
        return DUE_ZH.get(raw, raw)
    try:
        return day(raw, cell)
    except Wrong:
        raise Wrong(Text("日期或 " + " | ".join(DUE_WORDS), "a day or " + " | ".join(DUE_WORDS))) from None


DUE_WORDS = {
    NONE: Text("无", "none"),
    UNDETERMINED: Text("未定", "undetermined"),
    "not-started": Text("未起算", "not started"),
    "beyond-calendar": Text("超出日历", "beyond the calendar"),
}
DUE_ZH = {label.zh: name for name, label in DUE_WORDS.items()}


def presence(raw: object, _: bool) -> object:
    """Read whether there is a related person: `none`, or `yes` (facts unknown unless stated)."""
    if raw is False or (isinstance(raw, str) and raw.lower() in NOBODY | NO):
        return False
    if raw is True or (isinstance(raw, str) and raw.lower() in YES):
        return True
    raise Wrong(Text("“无”或“有”；未知则不写", "`none` or `yes`; leave it out where it is not known"))


def lines(raw: object, cell: bool) -> object:
    """Read amounts by rule: a table, or `rule=amount; rule=amount` in a cell."""
    pairs: Iterable[tuple[str, object]]
    if isinstance(raw, dict) or raw == []:
        pairs = raw.items() if isinstance(raw, dict) else ()
    elif isinstance(raw, str) and raw.lower() in NOBODY:
        pairs = ()
    elif isinstance(raw, str) and all("=" in part for part in _LIST.split(raw) if part.strip()):
        pairs = [(a, b) for part in _LIST.split(raw) if part.strip() for a, _, b in [part.partition("=")]]
    else:
        raise Wrong(Text("规则=金额，用分号隔开", "rule=amount, parted by semicolons"))
    return tuple(sorted((str(a).strip(), yuan_or_open(_bare(b), cell)) for a, b in pairs))


def _bare(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def of_fact(fact: Fact) -> Read:
    """Return the reader of a fact: by its declared type, a choice also by its label."""
    kind, accept = fact.type.kind, check_of(fact.type)
    if kind == "boolean":
        return flag
    if kind == "date":
        return day
    if kind == "choice":
        return word({name: fact.options.get(name, same(name)) for name in fact.type.of})
    wanted = expected(fact.type)

    def read(raw: object, cell: bool) -> object:
        value = _figure(raw, kind, cell) if kind in {"integer", "decimal"} else raw
        # What `check_of` refuses is a sentinel of its own type; whatever it accepts is kept as it was given.
        if type(accept(value)) is object:
            raise Wrong(wanted)
        return value

    return read


def _figure(raw: object, kind: str, cell: bool) -> object:
    if not isinstance(raw, str) or (kind == "integer" and not cell):
        return raw
    try:
        return int(raw) if kind == "integer" else Decimal(raw)
    except (ValueError, InvalidOperation):
        return raw


@frozen
class Field:
    """输入项: a name that a case may give, its label, and how it is read. `show` puts a value into words."""

    name: str
    label: Text
    read: Read
    choices: Mapping[str, Text] = {}

    def show(self, value: object) -> Text:
        """Return a value in words."""
        return self.choices.get(value, same(value)) if isinstance(value, str) else say(value)


@frozen
class Aspect:
    """预期项: something that a case may expect: its name, its label, how it is read, and its words."""

    name: str
    label: Text
    read: Read
    choices: Mapping[str, Text] = {}

    def show(self, value: object) -> Text:
        """Return a value in words."""
        known = self.choices.get(value) if isinstance(value, str) else None
        if known is not None:
            return Text(f"{known.zh}（{value}）", str(value))
        said = say(value)
        return Text(said.zh, re.sub(r"第(\S+?)条", r"Art. \1", said.en))


NOTHING = Text("无", "none")


def say(value: object) -> Text:
    """Return any value of a case in words."""
    match value:
        case None:
            return Text("未知", "unknown")
        case bool():
            return Text("是", "yes") if value else Text("否", "no")
        case Fraction():
            return same(show_number(value))
        case ():
            return NOTHING
        case tuple():
            shown = [_pair(part) if isinstance(part, tuple) else say(part) for part in value]
            return Text("、".join(part.zh for part in shown), ", ".join(part.en for part in shown))
        case str() if value in DUE_WORDS:
            return DUE_WORDS[value]
        case _:
            return same(str(value))


def _pair(pair: tuple[object, ...]) -> Text:
    name, value = say(pair[0]), say(pair[1])
    return Text(f"{name.zh}={value.zh}", f"{name.en}={value.en}")


def apart(wanted: object, got: object) -> Text | None:
    """Return the difference in words: by how much, by how many days, what is too few and what too many; else None."""
    if isinstance(wanted, Decimal) and isinstance(got, Decimal):
        return Text(f"{got - wanted:+}元", f"{got - wanted:+} yuan")
    if type(wanted) is date and type(got) is date:
        days = (got - wanted).days
        return Text(f"{days:+}天", f"{days:+} days")
    if isinstance(wanted, tuple) and isinstance(got, tuple):
        short, more = (tuple(x for x in a if x not in b) for a, b in ((wanted, got), (got, wanted)))
        zh = "；".join([f"少 {say(short).zh}"] * bool(short) + [f"多 {say(more).zh}"] * bool(more))
        en = "; ".join(
            [f"lacks {say(short).en}"] * bool(short) + [f"has {say(more).en} besides"] * bool(more)
        )
        return Text(zh or "次序不同", en or "in another order")
    return None
