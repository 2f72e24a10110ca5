"""社区评议部门: results by declared weights, trimmed means, thresholds, and raters who stay unknown.

Three groups of indicators: process (whistles, ledgers, list compliance), survey, events. A cell of fewer than k
raters is never shown, and no result rests on it, so it cannot be computed from others either. Reports are of whole
groups of raters; two reports of which one has a few raters more are not shown both (`publishable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.kernel.citation import Citation

GROUPS = ("process", "survey", "events")
_CENT = Decimal("0.01")

Cell = tuple[str, str]
"""A department and a group of indicators."""
NOTHING: Mapping[Cell, Decimal] = MappingProxyType({})


@frozen
class AppraisalRules:
    """评议规则 of a pack: weights in points of a hundred, the fewest raters, per cent trimmed, grades A, B, C."""

    weights: Mapping[str, int] = field(hash=False)
    least_raters: int
    trim: int
    grades: tuple[Decimal, ...]
    citation: Citation
    process_least: int = 0
    deduction: int = 0


@frozen(kw_only=True)
class Rating:
    """评分: what one rater gives one department, 0 to 100.

    `dispute`: the rater has an open dispute with it, or belongs to it. `kind`: of which kind the rater is, for quotas.
    """

    rater: str
    department: str
    group: str
    score: int
    dispute: bool = False
    kind: str = ""


@frozen
class Result:
    """评议结果. `means` has every group that may be shown; `score` and `grade` are empty unless all may.

    `withheld`: groups with too few raters. `excluded`: ratings left out because of a dispute.
    """

    department: str
    means: Mapping[str, Decimal] = field(hash=False)
    score: Decimal | None
    grade: str
    withheld: tuple[str, ...]
    raters: int | None
    excluded: int | None


def trimmed_mean(scores: Iterable[int], trim: int) -> Decimal:
    """去极端平均: the mean without `trim` per cent of the scores at each end, rounded down to whole scores."""
    ordered = sorted(scores)
    cut = len(ordered) * trim // 100
    kept = ordered[cut : len(ordered) - cut]
    return Decimal(sum(kept)) / len(kept)


def counted(ratings: Iterable[Rating]) -> dict[tuple[str, str], dict[str, int]]:
    """Return the ratings that count, by department and group: none with a dispute, the last one of each rater."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for rating in ratings:
        if not rating.dispute:
            cells.setdefault((rating.department, rating.group), {})[rating.rater] = rating.score
    return cells


def appraise(
    ratings: Iterable[Rating],
    rules: AppraisalRules,
    hidden: frozenset[Cell] = frozenset(),
    reckoned: Mapping[Cell, Decimal] = NOTHING,
) -> tuple[Result, ...]:
    """Return the result of every department, by name; `hidden` cells are treated as having too few raters.

    A group that was `reckoned` from records counts as reckoned, whatever raters say of it.
    """
    held = tuple(ratings)
    cells = {cell: scores for cell, scores in counted(held).items() if cell not in hidden}
    found = []
    for department in sorted({rating.department for rating in held} | {name for name, _ in reckoned}):
        excluded = {rating.rater for rating in held if rating.dispute and rating.department == department}
        own = {group: value for (name, group), value in reckoned.items() if name == department}
        found.append(_result(department, cells, own, len(excluded), rules))
    return tuple(found)


def _result(
    department: str,
    cells: Mapping[Cell, Mapping[str, int]],
    reckoned: Mapping[str, Decimal],
    excluded: int,
    rules: AppraisalRules,
) -> Result:
    own = {group: {} if group in reckoned else cells.get((department, group), {}) for group in GROUPS}
    exact = {
        group: trimmed_mean(own[group].values(), rules.trim)
        for group in GROUPS
        if len(own[group]) >= rules.least_raters
    } | dict(reckoned)
    withheld = tuple(group for group in GROUPS if rules.weights[group] and group not in exact)
    means = {group: mean.quantize(_CENT, ROUND_HALF_UP) for group, mean in exact.items()}
    raters = len({rater for cell in own.values() for rater in cell})
    known = raters if raters >= rules.least_raters else None
    left_out = excluded if excluded == 0 or excluded >= rules.least_raters else None
    if withheld:
        return Result(department, means, None, "", withheld, known, left_out)
    total = sum((exact[group] * rules.weights[group] for group in GROUPS if rules.weights[group]), Decimal(0))
    score = (total / 100).quantize(_CENT, ROUND_HALF_UP)
    return Result(department, means, score, grade(score, rules), (), known, left_out)


def grade(score: Decimal, rules: AppraisalRules) -> str:
    """Return the grade of a score: by fixed thresholds, the bound belongs to the better one."""
    return next(
        (name for name, least in zip("ABC", rules.grades, strict=True) if score >= least),
        "D",
    )


def publishable(
    shown: Iterable[Mapping[Cell, Mapping[str, int]]], ratings: Iterable[Rating], least: int
) -> frozenset[Cell]:
    """Return the cells that may be shown, after earlier reports have `shown` theirs.

    A version that differs by fewer raters than `least` from one that was shown would give these few away by
    subtraction: who came, left or changed must be nobody, or `least` at the least.
    """
    earlier = tuple(shown)
    found = set()
    for cell, scores in counted(ratings).items():
        versions = [report[cell] for report in earlier if cell in report]
        if len(scores) >= least and all(_far(past, scores, least) for past in versions):
            found.add(cell)
    return frozenset(found)


def _far(past: Mapping[str, int], now: Mapping[str, int], least: int) -> bool:
    changed = sum(past.get(rater) != now.get(rater) for rater in past.keys() | now.keys())
    return not changed or changed >= least


def sensitivity(
    ratings: Iterable[Rating],
    rules: AppraisalRules,
    weights: Iterable[Mapping[str, int]],
    hidden: frozenset[Cell] = frozenset(),
    reckoned: Mapping[Cell, Decimal] = NOTHING,
) -> tuple[tuple[Mapping[str, int], tuple[Result, ...]], ...]:
    """敏感性: return the results under other weights, so that everybody sees what the weights decide."""
    held = tuple(ratings)
    return tuple((other, appraise(held, evolve(rules, weights=other), hidden, reckoned)) for other in weights)


def shifted(weights: Mapping[str, int], points: int = 20) -> tuple[Mapping[str, int], ...]:
    """Return the weights with up to `points` taken from process and given to the survey, and the other way round."""
    less = min(points, weights["process"])
    more = min(points, weights["survey"])
    moved = ((-less, less), (more, -more))
    return tuple(
        {**weights, "process": weights["process"] + one, "survey": weights["survey"] + other}
        for one, other in moved
    )
