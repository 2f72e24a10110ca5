"""评议结果运用: what follows from a published result: appeal, correction, rectification, talk, closing.

    published ⇄ appealed            published → closed
    published → rectifying → submitted → closed (or back to rectifying)

A D is to be put right within the days of the rules and is not closed before; two in a row need a talk. The department
may appeal within its window; who decided corrects score and grade, and every correction stays in the log.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve, field, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.party.appraisal import AppraisalRules, grade
from huaying_governance.procedure.clock import WorkDays, deadline, passed
from huaying_governance.procedure.table import Fork, State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text


@frozen(kw_only=True)
class ConsequenceRules:
    """结果运用规则 of a pack: days to put a D right, Ds in a row that need a talk, working days for an appeal."""

    rectify_days: int
    talk: int
    appeal_days: int
    citation: Citation


@frozen(kw_only=True)
class Outcome:
    """评议结果 as published: of which department, for which year, its score, and the day."""

    department: str
    year: str
    score: Decimal
    on: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a published result; `score` is the corrected one of an appeal that is upheld."""

    action: str
    at: date
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    passed: bool | None = None
    score: Decimal | None = None


@frozen(kw_only=True)
class Change:
    """更正: who changed a score, when, from what to what, why and on what evidence."""

    on: date
    actor: str
    before: Decimal
    score: Decimal
    reason: str
    evidence: str


@frozen(kw_only=True)
class Standing:
    """结果现状: the score that counts now, the day rectification began, who submitted it, and every correction."""

    outcome: Outcome
    score: Decimal
    last_at: date
    state: str = "published"
    rectify_from: date | None = None
    submitted_by: str = ""
    talked: date | None = None
    appealed: bool = False
    changes: tuple[Change, ...] = field(default=())


def _no_grades(_department: str, _year: str) -> int:
    return 0


@frozen
class Terms:
    """结果运用条件: the rules, the calendar, and how many Ds in a row a department had before a year."""

    rules: ConsequenceRules
    appraisal: AppraisalRules
    calendar: WorkDays
    earlier: Callable[[str, str], int] = _no_grades

    def grade(self, standing: Standing) -> str:
        """Return the grade of the score that counts now."""
        return grade(standing.score, self.appraisal)

    def talk_due(self, standing: Standing) -> bool:
        """Whether a talk is due: as many Ds in a row as the rules name, this one included."""
        outcome = standing.outcome
        return (
            self.grade(standing) == "D"
            and self.earlier(outcome.department, outcome.year) + 1 >= self.rules.talk
        )

    def due(self, standing: Standing) -> date | None:
        """Return the last day to put a D right, None where nothing is to be put right."""
        start = standing.rectify_from
        return None if start is None else start + timedelta(days=self.rules.rectify_days)

    def appeal_ends(self, standing: Standing) -> date | None:
        """Return the last day of the appeal window, None beyond the calendar."""
        return deadline(self.calendar, standing.outcome.on, self.rules.appeal_days, "working_days")


def opened(outcome: Outcome) -> Standing:
    """Return how a result stands when it is published."""
    return Standing(outcome=outcome, score=outcome.score, last_at=outcome.on)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a result stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "appeal":
            return evolve(moved, appealed=True)
        case "decide" if act.passed and act.score is not None:
            change = Change(
                on=act.at,
                actor=act.actor,
                before=standing.score,
                score=act.score,
                reason=act.reason,
                evidence=act.evidence,
            )
            return evolve(moved, score=act.score, changes=(*standing.changes, change))
        case "rectify":
            return evolve(moved, rectify_from=act.at)
        case "submit":
            return evolve(moved, submitted_by=act.actor)
        case "talk":
            return evolve(moved, talked=act.at)
        case _:
            return moved


def _own(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.outcome.department


def _not_own(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.outcome.department


def _in_window(standing: Standing, act: Act, terms: Terms) -> bool:
    end = terms.appeal_ends(standing)
    return end is not None and act.at <= end


def _window_over(standing: Standing, act: Act, terms: Terms) -> bool:
    days = terms.rules.appeal_days
    return standing.appealed or bool(
        passed(terms.calendar, standing.outcome.on, days, "working_days", act.at)
    )


def _first(standing: Standing, _act: Act, _: Terms) -> bool:
    return not standing.appealed


def _says(_standing: Standing, act: Act, _: Terms) -> bool:
    return act.passed is not None


def _scored(_standing: Standing, act: Act, _: Terms) -> bool:
    return not act.passed or (act.score is not None and 0 <= act.score <= 100)


def _is_d(standing: Standing, _act: Act, terms: Terms) -> bool:
    return terms.grade(standing) == "D"


def _not_d(standing: Standing, _act: Act, terms: Terms) -> bool:
    return terms.grade(standing) != "D"


def _talked(standing: Standing, act: Act, terms: Terms) -> bool:
    return not act.passed or standing.talked is not None or not terms.talk_due(standing)


def _needs_talk(standing: Standing, _act: Act, terms: Terms) -> bool:
    return terms.talk_due(standing)


def _basis(terms: Terms) -> Citation:
    return terms.rules.citation


GUARDS = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "not-the-department",
        Text("不是被评部门", "it is not the department appraised"),
        Text("由被评部门办理", "leave it to that department"),
        _own,
    ),
    guard(
        "own-result",
        Text("被评部门不能办理自己的结果", "a department may not act on its own result"),
        Text("由评议组织方或社区办理", "leave it to the organiser or the community"),
        _not_own,
    ),
    guard(
        "appealed-before",
        Text("已经申诉过", "it has been appealed before"),
        Text("一项结果申诉一次", "a result is appealed once"),
        _first,
        _basis,
    ),
    guard(
        "window-over",
        Text("申诉期（{appeal_days}个工作日）已过", "the {appeal_days} working days for an appeal are over"),
        Text("按结果办理", "take the result as it is"),
        _in_window,
        _basis,
    ),
    guard(
        "window-open",
        Text("申诉期（{appeal_days}个工作日）未满", "the {appeal_days} working days for an appeal are not over"),
        Text("期满后办理", "wait until they are over"),
        _window_over,
        _basis,
    ),
    guard(
        "no-finding",
        Text("没有写明是否通过", "it is not said whether it passes"),
        Text("填写是否通过", "state `passed`"),
        _says,
    ),
    guard(
        "no-score",
        Text("更正须写明0至100的新分数", "a correction states the new score, 0 to 100"),
        Text("填写新分数", "state the new score"),
        _scored,
    ),
    guard(
        "not-a-d",
        Text("等次不是D，不需整改", "its grade is no D: nothing is to be put right"),
        Text("期满后办结", "close it when the window is over"),
        _is_d,
        _basis,
    ),
    guard(
        "rectification-owed",
        Text("等次为D，须先整改", "its grade is D: it is to be put right first"),
        Text("先责令整改", "order the rectification first"),
        _not_d,
        _basis,
    ),
    guard(
        "no-talk-due",
        Text("没有连续{talk}次为D，不需约谈", "there were no {talk} Ds in a row: no talk is due"),
        Text("不登记约谈", "enter no talk"),
        _needs_talk,
        _basis,
    ),
    guard(
        "talk-owed",
        Text("连续{talk}次为D，尚未约谈", "{talk} Ds in a row: the talk is still owed"),
        Text("先约谈", "hold the talk first"),
        _talked,
        _basis,
    ),
    REASON,
    EVIDENCE,
)  # fmt: skip
STATES = (
    State("published", Text("已公布", "published")),
    State("appealed", Text("申诉中", "appealed")),
    State("rectifying", Text("整改中", "being put right")),
    State("submitted", Text("已报整改", "put right, to be accepted")),
    State("closed", Text("已办结", "closed"), open=False, final=True),
)
ROLES = {
    "department": Text("被评部门", "department appraised"),
    "organiser": Text("评议组织方", "organiser of the appraisal"),
    "community": Text("社区", "community"),
    "leader": Text("街道领导", "leader of the subdistrict"),
}
_ACCEPTED = Fork[Standing, Act, Terms](
    Text("整改合格", "put right"), lambda _s, act, _t: act.passed is True, "closed", "rectifying"
)
TRANSITIONS = (
    row(
        "appeal",
        Text("申诉", "appeal"),
        "published",
        "appealed",
        "department",
        "not-the-department appealed-before window-over no-reason",
    ),
    row(
        "decide",
        Text("复核", "decide the appeal"),
        "appealed",
        "published",
        "organiser",
        "own-result no-finding no-score no-reason no-evidence",
    ),
    row(
        "rectify",
        Text("责令整改", "order it put right"),
        "published",
        "rectifying",
        "organiser",
        "own-result not-a-d window-open",
    ),
    row(
        "submit",
        Text("报整改", "report it put right"),
        "rectifying",
        "submitted",
        "department",
        "not-the-department no-evidence",
    ),
    row(
        "talk",
        Text("约谈", "talk"),
        "published rectifying submitted",
        None,
        "leader",
        "own-result no-talk-due no-evidence",
    ),
    row(
        "accept",
        Text("验收", "accept"),
        "submitted",
        _ACCEPTED,
        "community organiser",
        "own-result no-finding talk-owed",
    ),
    row(
        "close",
        Text("办结", "close"),
        "published",
        "closed",
        "organiser",
        "own-result rectification-owed window-open",
    ),
)
OUTCOMES: Casework[Outcome, Standing, Act, Terms] = Casework(
    "appraisal-outcome",
    usual_procedure(
        "appraisal-outcome",
        Text("评议结果运用程序", "what follows from a result"),
        "published",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {"appeal_days": terms.rules.appeal_days, "talk": terms.rules.talk},
    ),
    Outcome,
    Act,
    opened,
    after,
)
"""评议结果: what a `Casebook` needs to keep what follows from results."""
