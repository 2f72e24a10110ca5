"""评议指标: 7+X: those common to all departments and those of one's own, reckoned from records where they can be.

An indicator is a share of a whole: what came out well of what was counted. Of nothing counted there is no value, and
what has none is left out of its group, never taken for nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.text import Text

MEASURES = (
    *("whistle-answered", "whistle-in-time", "whistle-settled", "whistle-score"),
    *("ledger-in-time", "ledger-settled", "list-kept", "unlawful-assignments", "given"),
)
"""What can be reckoned from whistles, the ledger and the refused assignments; `given` is stated by the office."""
GROUPS = ("process", "events")
"""The groups that indicators make up; the third, the survey, is what raters say."""


@frozen
class Indicator:
    """指标: its group, how it is measured, its points within the group, and whose it is; of nobody: common to all."""

    id: str
    label: Text
    group: str
    measure: str
    points: int
    departments: tuple[str, ...]
    citation: Citation

    @property
    def common(self) -> bool:
        """Whether it is one of the common ones, not one of the X."""
        return not self.departments

    def concerns(self, department: str) -> bool:
        """Whether a department is measured by it."""
        return self.common or department in self.departments


@frozen
class Figure:
    """数值: `part` of `whole`, as points of a hundred."""

    part: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """The share in points of a hundred, None of nothing."""
        return Decimal(100 * self.part) / self.whole if self.whole else None


@frozen
class Line:
    """指标得分 of one department: the indicator, and its figure; None where nothing was counted."""

    department: str
    indicator: Indicator
    figure: Figure | None

    @property
    def value(self) -> Decimal | None:
        """The indicator's points of a hundred, None where there are none."""
        return None if self.figure is None else self.figure.value


def deducted(events: int, each: int) -> Figure:
    """Return what is left of a hundred points after so many negative events, nought at the least."""
    return Figure(max(0, 100 - events * each), 100)


def lines(
    departments: Iterable[str],
    indicators: Iterable[Indicator],
    figures: Mapping[tuple[str, str], Figure],
    given: Mapping[tuple[str, str], int],
) -> tuple[Line, ...]:
    """Return every indicator of every department.

    `figures` are the measures reckoned, by department and measure; `given` what the office states, by department and
    indicator.
    """
    held = tuple(indicators)
    found = []
    for department in departments:
        for one in held:
            if not one.concerns(department):
                continue
            if one.measure == "given":
                stated = given.get((department, one.id))
                figure = None if stated is None else Figure(stated, 100)
            else:
                figure = figures.get((department, one.measure))
            found.append(Line(department, one, figure))
    return tuple(found)


def reckoned(measured: Iterable[Line]) -> dict[tuple[str, str], Decimal]:
    """Return the value of each department's groups: the mean of the indicators that have one, by their points."""
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for one in measured:
        if one.value is not None and one.indicator.points:
            key = one.department, one.indicator.group
            total, points = sums.get(key, (Decimal(0), 0))
            sums[key] = total + one.value * one.indicator.points, points + one.indicator.points
    return {key: total / points for key, (total, points) in sums.items()}
