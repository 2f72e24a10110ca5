"""疑点: questions to records that point to rows to be looked into; never a score, never a list of suspects.

Each finding names the rows and the rule of thumb that they fit, with its numbers. Whether something is wrong is for
people to find out; a finding changes no award.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from huaying_governance.text import Text


@frozen
class Paid:
    """发放记录: a row of what was paid. `account` is an opaque token; `insured_base` the base of insurance in yuan."""

    row: int
    person: str
    employer: str
    account: str
    hired_on: date
    left_on: date | None
    paid_on: date
    insured_base: Decimal | None = None
    has_wages: bool | None = None
    spouse: str | None = None


@frozen
class Finding:
    """疑点: its code, what it says, and the rows that it points to."""

    code: str
    text: Text
    rows: tuple[int, ...]


ONE_ACCOUNT = Text("{n}人的奖补进入同一账户", "the awards of {n} persons go to one account")
BASE_BELOW = Text("社保基数低于下限", "the insurance base lies below the minimum")
NO_WAGES = Text("没有工资流水", "there is no record of wages")
LEFT_SOON = Text("发放后{days}日内离职{n}人", "{n} left within {days} days of the payment")
TWO_EMPLOYERS = Text("同一人同期在两个单位申报", "one person under two employers at one time")
HIRED_TOGETHER = Text(
    "夫妻同日入职且距申报期不足{days}日", "both spouses hired on one day, within {days} days of the window"
)


def one_account(paid: Iterable[Paid], most: int = 1) -> Iterator[Finding]:
    """Yield accounts that more than `most` persons are paid into."""
    for held in _grouped(paid, "account").values():
        persons = {each.person for each in held}
        if len(persons) > most:
            yield Finding("one-account", ONE_ACCOUNT.fill(n=len(persons)), _rows(held))


def base_below(paid: Iterable[Paid], minimum: Decimal) -> Iterator[Finding]:
    """Yield rows whose insurance base is known and below the minimum."""
    for each in paid:
        if each.insured_base is not None and each.insured_base < minimum:
            yield Finding("base-below", BASE_BELOW, (each.row,))


def no_wages(paid: Iterable[Paid]) -> Iterator[Finding]:
    """Yield rows that are known to have no wages; what is not known is not a finding."""
    for each in paid:
        if each.has_wages is False:
            yield Finding("no-wages", NO_WAGES, (each.row,))


def left_soon(paid: Iterable[Paid], days: int = 30, at_least: int = 3) -> Iterator[Finding]:
    """Yield employers of whom at least so many left within so many days of being paid."""
    for held in _grouped(paid, "employer").values():
        gone = [
            one for one in held if one.left_on is not None and 0 <= (one.left_on - one.paid_on).days <= days
        ]
        if len(gone) >= at_least:
            yield Finding("left-soon", LEFT_SOON.fill(days=days, n=len(gone)), _rows(gone))


def two_employers(paid: Iterable[Paid]) -> Iterator[Finding]:
    """Yield persons whose rows under different employers overlap in time."""
    for held in _grouped(paid, "person").values():
        found = {
            row
            for place, one in enumerate(held)
            for other in held[place + 1 :]
            if one.employer != other.employer and _overlap(one, other)
            for row in (one.row, other.row)
        }
        if found:
            yield Finding("two-employers", TWO_EMPLOYERS, tuple(sorted(found)))


def hired_together(paid: Iterable[Paid], opens: date, days: int = 30) -> Iterator[Finding]:
    """Yield couples hired on the same day, shortly before the window opened."""
    by_person = {each.person: each for each in paid}
    for one in by_person.values():
        other = by_person.get(one.spouse or "")
        if other is None or one.person > other.person or other.spouse != one.person:
            continue
        if one.hired_on == other.hired_on and 0 <= (opens - one.hired_on).days <= days:
            yield Finding("hired-together", HIRED_TOGETHER.fill(days=days), _rows((one, other)))


def _grouped(paid: Iterable[Paid], name: str) -> Mapping[str, list[Paid]]:
    groups: dict[str, list[Paid]] = {}
    for each in paid:
        groups.setdefault(getattr(each, name), []).append(each)
    return groups


def _rows(held: Iterable[Paid]) -> tuple[int, ...]:
    return tuple(sorted(each.row for each in held))


def _overlap(one: Paid, other: Paid) -> bool:
    ends = (one.left_on or date.max, other.left_on or date.max)
    return max(one.hired_on, other.hired_on) <= min(ends)
