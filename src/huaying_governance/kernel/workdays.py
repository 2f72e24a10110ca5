"""工作日历: which days are worked in China, from cited State Council notices, and arithmetic in working days.

Coverage is the whole years whose notices are loaded. Beyond it every question raises `CalendarNotLoaded`: the notice
of a year appears in the autumn before, and until then nobody knows its working days. Limitation: a notice may still
move days of the December before its year (the New Year of 2019 and of 2023 did), so loading a new notice can change
a deadline at the end of the last year covered; `version` changes then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from huaying_governance.errors import CalendarNotLoaded, Place, Problem, Problems
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.notices import Notice, check_notice, read_notice, shipped
from huaying_governance.text import Text, same

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Calendar", "check_notice", "china_calendar"]


def china_calendar(*extra: str | PathLike[str]) -> Calendar:
    """Return the calendar of the shipped notices and of the notice files at `extra`.

    A file for a year that is shipped replaces that year (an amended notice). The years must be contiguous. Raises
    `Problems` with every fault of every file.
    """
    read: list[Notice] = []
    problems: list[Problem] = []
    for path in extra:
        try:
            read.append(read_notice(path))
        except Problems as found:
            problems.extend(found.problems)
    if problems:
        raise Problems(problems)
    given = {notice.year for notice in read}
    return calendar_of([notice for notice in shipped() if notice.year not in given] + read)


def calendar_of(notices: Iterable[Notice]) -> Calendar:
    """Return the calendar of one notice or more, one for each year and no year left out; else raises `Problems`."""
    ordered = tuple(sorted(notices, key=lambda notice: notice.year))
    marks, problems = _marks(ordered)
    problems = _years(ordered) + problems
    if problems:
        raise Problems(problems)
    first, last = date(ordered[0].year, 1, 1), date(ordered[-1].year, 12, 31)
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    worked = [marks[day][0] if day in marks else day.weekday() < 5 for day in days]
    sums = [0]
    for is_worked in worked:
        sums.append(sums[-1] + is_worked)
    digest = hashlib.sha256(bytes(worked)).hexdigest()[:12]
    return Calendar(
        first,
        last,
        f"cn-{first.year}-{last.year}-{digest}",
        tuple(day for day, is_worked in zip(days, worked, strict=True) if is_worked),
        tuple(sums),
        MappingProxyType({notice.year: Citation(notice.source) for notice in ordered}),
        MappingProxyType({day: clause for day, (_, clause) in marks.items()}),
    )


def _marks(notices: tuple[Notice, ...]) -> tuple[dict[date, tuple[bool, Citation]], list[Problem]]:
    marks: dict[date, tuple[bool, Citation]] = {}
    problems: list[Problem] = []
    for notice in notices:
        for day, worked, clause in notice.marks():
            if marks.setdefault(day, (worked, clause))[0] != worked:
                wrong = Text("{d} 在两份通知中规定不同", "two notices differ on {d}").fill(d=day)
                cure = Text(
                    "只加载后一份通知，或合并为一个文件", "load the later notice only, or merge the two files"
                )
                problems.append(Problem("overlap", wrong, cure, Place(notice.source.id)))
    return marks, problems


def _years(notices: tuple[Notice, ...]) -> list[Problem]:
    problems: list[Problem] = []
    for before, after in pairwise(notices):
        place = Place(after.source.id)
        if after.year == before.year:
            wrong = Text("{y} 年有两份通知", "there are two notices of {y}").fill(y=after.year)
            problems.append(Problem("year-twice", wrong, Text("只加载一份", "load one of them"), place))
        elif after.year > before.year + 1:
            missing = same(", ".join(map(str, range(before.year + 1, after.year))))
            wrong = Text("缺少 {y} 年的通知", "the notice of {y} is missing").fill(y=missing)
            cure = Text(
                "各年须连续：一并加载缺少的年份", "years must be contiguous: load the missing ones too"
            )
            problems.append(Problem("year-gap", wrong, cure, place))
    return problems


@frozen
class Calendar:
    """工作日历 from `first` to `last`. Two calendars are equal when they say the same of every day.

    Every method raises `CalendarNotLoaded` for a day, given or found, outside the coverage. The cost of counting does
    not depend on the number of days.
    """

    first: date
    last: date
    version: str
    """Names the data: years, and a digest of which days are worked."""
    _worked: tuple[date, ...] = field(repr=False)
    _sums: tuple[int, ...] = field(repr=False)
    _notices: Mapping[int, Citation] = field(repr=False, eq=False)
    _clauses: Mapping[date, Citation] = field(repr=False, eq=False)

    def covers(self, day: date) -> bool:
        """Tell whether a notice for the day's year is loaded."""
        return self.first <= day <= self.last

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is worked: a weekday that is not off, or a make-up workday."""
        index = self._index(day)
        return self._sums[index + 1] > self._sums[index]

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, which is not counted; the n-th before it for a negative n.

        For n = 0 it is `day` itself, worked or not; `roll` moves it to a working day.
        """
        index = self._index(day)
        if n == 0:
            return day
        found = self._sums[index + 1] + n - 1 if n > 0 else self._sums[index] + n
        if not 0 <= found < len(self._worked):
            raise CalendarNotLoaded(None, self._coverage())
        return self._worked[found]

    def workdays_between(self, start: date, end: date) -> int:
        """Return the number of working days after `start` up to and with `end`; negative when `end` comes first."""
        return self._sums[self._index(end) + 1] - self._sums[self._index(start) + 1]

    def roll(self, day: date) -> date:
        """Return `day` if it is worked, else the next working day (顺延, 民法典 203)."""
        found = self._sums[self._index(day)]
        if found == len(self._worked):
            raise CalendarNotLoaded(None, self._coverage())
        return self._worked[found]

    def notice(self, day: date) -> Citation:
        """Return what makes `day` worked or not: the clause that names it, else the notice of its year."""
        self._index(day)
        return self._clauses.get(day) or self._notices[day.year]

    def _index(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise CalendarNotLoaded(day, self._coverage())
        return day.toordinal() - self.first.toordinal()

    def _coverage(self) -> str:
        return f"{self.first.isoformat()} to {self.last.isoformat()}"
