"""三类台账的专有内容: what each ledger records besides the matter itself, one typed record for each kind.

困难群众 holds a household by token and when it is reviewed; 民生诉求 the demand's class; 社会稳定 a matter and its
place, and for what is handed over a receipt. None of them has a field for a person's risk, health, belief or bank
account, and a record with a field not listed here is refused: such a field does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from attrs import NOTHING, field, fields, frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.privacy import forbidden_header, mask
from huaying_governance.text import Text

HOUSEHOLD_TYPES: Mapping[str, Text] = MappingProxyType(
    {
        "destitute": Text("特困人员", "persons in extreme hardship"),
        "minimum_living": Text("低保家庭", "minimum living allowance"),
        "near_minimum": Text("低保边缘家庭", "just above the allowance"),
        "rigid_spending": Text("刚性支出困难家庭", "hardship by unavoidable spending"),
        "disaster": Text("受灾人员", "struck by disaster"),
        "temporary": Text("基本生活暂时严重困难", "severe hardship for a time"),
    }
)
"""Of 社会救助法 (2026) article 13, without those whose naming would tell a person's health or whereabouts."""
MATTERS: Mapping[str, Text] = MappingProxyType(
    {
        "dispute": Text("矛盾纠纷", "dispute"),
        "hazard": Text("安全隐患", "hazard"),
        "unpaid_wages": Text("欠薪", "unpaid wages"),
        "project_conflict": Text("项目矛盾", "conflict over a project"),
    }
)
CODE = re.compile(r"[0-9]{6}")


@frozen
class Hardship:
    """困难群众: a household by its token, the kind of help, and the day of its next review (动态监测)."""

    household: str = field(repr=False)
    type: str
    members: int
    next_review: date
    since: date | None = None


@frozen
class Livelihood:
    """民生诉求: the demand's class (GB/T 39666, six digits, if known) and how many made it together."""

    code: str = ""
    joint: int = 1


@frozen
class Stability:
    """社会稳定: a matter and the place it is about; for what was handed over, the receipt's number and day."""

    matter: str
    place: str
    receipt: str = ""
    handed_over_on: date | None = None


Record: TypeAlias = Hardship | Livelihood | Stability
FORMS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "hardship": Hardship,
        "livelihood": Livelihood,
        "stability": Stability,
    }
)


def read_record(kind: str, data: Mapping[str, object]) -> Record:
    """Return the record of a ledger from plain data; days as `date` or ISO text. Raises `Problems`, values masked."""
    form = FORMS[kind]
    problems = list(_problems(form, data))
    values: dict[str, Any] = {}
    for attribute in fields(cast("Any", form)):
        if attribute.name in data:
            try:
                values[attribute.name] = _value(str(attribute.type), data[attribute.name])
            except ValueError:
                problems.append(_wrong(attribute.name, data[attribute.name]))
    if problems:
        raise Problems(problems)
    record = form(**values)
    if problems := list(_wrong_words(record)):
        raise Problems(problems)
    return record


def to_data(record: Record) -> dict[str, Any]:
    """Return plain data that `read_record` reads."""
    values = {a.name: getattr(record, a.name) for a in fields(type(record))}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items() if v is not None}


def _problems(form: type[Record], data: Mapping[str, object]) -> Iterator[Problem]:
    known = {attribute.name: attribute for attribute in fields(cast("Any", form))}
    for name in data:
        if name not in known:
            yield _unknown(name, tuple(known))
    for name, attribute in known.items():
        if name not in data and attribute.default is NOTHING:
            message = Text(f"缺少 `{name}`", f"`{name}` is missing")
            yield Problem("missing-value", message, Text("填写该项", "fill it in"))


def _unknown(name: str, known: tuple[str, ...]) -> Problem:
    barred = forbidden_header(name)
    if barred is not None:
        return Problem(
            "red-line",
            Text(f"`{name}`：本库不保存{barred.zh}", f"`{name}`: this library does not hold {barred.en}"),
            Text("删去该项", "remove it"),
        )
    listed = ", ".join(known)
    return Problem(
        "unknown-field",
        Text(f"没有 `{name}` 这一项", f"there is no field `{name}`"),
        Text(f"只有：{listed}", f"the fields are: {listed}"),
    )


def _value(type_: str, value: object) -> object:
    if type_.startswith("date"):
        if isinstance(value, date) or value is None:
            return value
        return date.fromisoformat(value) if isinstance(value, str) else _raise()
    wanted = int if type_ == "int" else str
    return value if type(value) is wanted else _raise()


def _raise() -> object:
    raise ValueError


def _wrong(name: str, value: object) -> Problem:
    message = Text(f"`{name}` 的值不合规定", f"`{name}` has a value that it cannot have")
    return Problem(
        "bad-value", message, Text("改为规定的值", "give one that it can have"), value=mask(str(value))
    )


def _wrong_words(record: Record) -> Iterator[Problem]:
    match record:
        case Hardship():
            if record.type not in HOUSEHOLD_TYPES:
                yield _wrong("type", record.type)
            if record.members < 1:
                yield _wrong("members", record.members)
        case Livelihood():
            if record.code and not CODE.fullmatch(record.code):
                yield _wrong("code", record.code)
            if record.joint < 1:
                yield _wrong("joint", record.joint)
        case Stability():
            if record.matter not in MATTERS:
                yield _wrong("matter", record.matter)
            if bool(record.receipt) != (record.handed_over_on is not None):
                yield _wrong("receipt", record.receipt)


def kind_of(record: Record) -> str:
    """Return the ledger that a record belongs to."""
    return next(kind for kind, form in FORMS.items() if isinstance(record, form))
