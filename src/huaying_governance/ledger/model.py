"""台账条目: what comes in: an entry to be registered, an action to be applied. Both refuse what is malformed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import field, frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.bodies import ROLES, PersonRef
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.ledger.words import ACTIONS, CATEGORIES, CHANNELS, KINDS
from huaying_governance.text import Text

DAYS_ACTIONS = frozenset({"extend", "schedule"})
"""The actions that mean nothing without a number of days."""
MAX_DAYS = 3660
"""A number of days beyond ten years is a slip of the pen."""


def _shanghai(moment: datetime) -> datetime:
    """Return an aware moment in Shanghai; anything else passes, to be reported with the other problems."""
    aware = isinstance(moment, datetime) and moment.tzinfo is not None
    return moment.astimezone(SHANGHAI) if aware else moment


def _text(value: str | None) -> str:
    return "" if value is None else value


def _problem(code: str, field_: str, message: Text, cure: Text) -> Problem:
    return Problem(code, Text(f"`{field_}`{message.zh}", f"`{field_}` {message.en}"), cure)


def _choice(field_: str, value: str, choices: Iterable[str]) -> Iterator[Problem]:
    known = list(choices)
    if value not in known:
        words = ", ".join(known) or Text("空", "empty").zh
        cure = (
            Text(f"填写其中之一：{words}", f"give one of: {words}")
            if known
            else Text("留空", "leave it empty")
        )
        yield _problem("unknown-choice", field_, Text("不是已知的值", "is not a known word"), cure)


def _moment(field_: str, value: object) -> Iterator[Problem]:
    if not isinstance(value, datetime) or value.tzinfo is None:
        message = Text("不是带时区的时刻", "is not a moment with a time zone")
        yield _problem("bad-moment", field_, message, Text("给出带时区的时刻", "give an aware datetime"))


def _needed(field_: str, value: str) -> Iterator[Problem]:
    if not value.strip():
        yield _problem("missing-value", field_, Text("缺失", "is missing"), Text("填写该项", "fill it in"))


def _reference(value: str) -> tuple[Problem, ...]:
    try:
        PersonRef.parse(value)
    except Problems as found:
        return found.problems
    return ()


@frozen
class Entry:
    """台账条目: one matter to be followed up.

    `kind` is the ledger, `source` the channel, `category` the channel's own (hotline and petition only). `petitioner`
    is a reference, never a name, and is empty for `stability`, which holds matters. Raises `Problems`.
    """

    id: str
    kind: str
    source: str
    category: str = field(converter=_text)
    community: str
    received_at: datetime = field(converter=_shanghai)
    summary: str = field(default="", converter=_text, repr=False)
    petitioner: str = field(default="", converter=_text, repr=False)

    def __attrs_post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise Problems(problems)

    def _problems(self) -> Iterator[Problem]:
        yield from _needed("id", self.id)
        yield from _choice("kind", self.kind, KINDS)
        yield from _choice("source", self.source, CHANNELS)
        yield from self._category_problems()
        yield from _needed("community", self.community)
        yield from _moment("received_at", self.received_at)
        if self.kind != "stability" and self.petitioner:
            yield from _reference(self.petitioner)
        elif self.petitioner:
            yield Problem(
                "no-persons",
                Text("社会稳定台账只记事项，不记人", "the stability ledger holds matters, not persons"),
                Text("清空诉求人", "leave the petitioner empty"),
            )

    def _category_problems(self) -> Iterator[Problem]:
        if self.category == "accusation":
            yield Problem(
                "accusation",
                Text("检举控告不在本库保存", "an accusation is not kept here"),
                Text(
                    "凭收据移交有权处理的机关，台账只记收据号和日期",
                    "hand it to the competent organ by receipt; keep only the receipt's number and day",
                ),
            )
        elif self.category:
            yield from _choice("category", self.category, CATEGORIES.get(self.source, {}))


@frozen
class Action:
    """办理动作: one command on an entry. `actor` is a reference, `role` the role in which they act.

    `days` is needed by `extend` and `schedule`; `satisfied` by `verify`; the others as the procedure's table says.
    What is missing there is a refusal, not a problem, save `days`, without which the row has no meaning.
    """

    entry: str
    at: datetime = field(converter=_shanghai)
    action: str
    actor: str
    role: str
    lead: str = field(default="", converter=_text)
    handler: str = field(default="", converter=_text)
    reason: str = field(default="", converter=_text, repr=False)
    days: int | None = None
    evidence: str = field(default="", converter=_text, repr=False)
    satisfied: bool | None = None
    target: str = field(default="", converter=_text)

    def __attrs_post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise Problems(problems)

    def _problems(self) -> Iterator[Problem]:
        yield from _needed("entry", self.entry)
        yield from _moment("at", self.at)
        yield from _choice("action", self.action, ACTIONS)
        yield from _needed("actor", self.actor)
        yield from _choice("role", self.role, ROLES)
        yield from self._days_problems()

    def _days_problems(self) -> Iterator[Problem]:
        if self.days is None:
            if self.action in DAYS_ACTIONS:
                cure = Text("填写天数", "give the number of days")
                yield _problem("missing-value", "days", Text("缺失", "is missing"), cure)
        elif type(self.days) is not int or not 1 <= self.days <= MAX_DAYS:
            message = Text(f"不是1至{MAX_DAYS}的整数", f"is not a whole number from 1 to {MAX_DAYS}")
            yield _problem("bad-days", "days", message, Text("改为整天数", "give whole days"))
