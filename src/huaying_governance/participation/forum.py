"""议事协商: a topic of the forum (周末议事厅) or of 四议两公开, what is decided on it, and how long that is on display.

Values only; `deliberating` has the rules. Each stage keeps how many were due, came and agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.thresholds import Threshold


@frozen(kw_only=True)
class Topic:
    """议题. `route`: `forum` or `four_two`; `decider`: the meeting that decides; `private`: somebody's private life."""

    community: str
    route: str
    decider: str
    proposer: str
    title: str
    private: bool
    at: datetime


@frozen(kw_only=True)
class Act:
    """议事办理: one act on a topic. `notice` names the display that it is about: `decision` or `result`.

    `resolution` is the number under which the decision is filed.
    """

    action: str
    at: datetime
    actor: str
    role: str
    lawful: bool | None = None
    due: int | None = None
    present: int | None = None
    agreed: int | None = None
    notice: str = ""
    resolution: str = ""
    owner: str = ""
    due_on: date | None = None
    reason: str = ""
    evidence: str = ""


@frozen
class Meeting:
    """会议规则: how many must come, how many must agree of those who came (or of those due), the days of notice."""

    kind: str
    attend: Threshold
    agree: Threshold
    of_due: bool
    notice_days: int
    citation: Citation

    def quorate(self, due: int, present: int) -> bool:
        """Whether enough of those due came."""
        return due > 0 and self.attend.met(present, due)

    def carried(self, due: int, present: int, agreed: int) -> bool:
        """Whether enough agreed."""
        whole = due if self.of_due else present
        return whole > 0 and self.agree.met(agreed, whole)


@frozen(kw_only=True)
class ForumRules:
    """议事规则 of a pack: the days on display, whether execution waits for them, and the rules of each meeting.

    `gap_days` must lie between two of the four steps (0: none need to), `total_days` may they take together (0: any).
    """

    publish_days: int
    execute_after: bool
    gap_days: int
    total_days: int
    meetings: Mapping[str, Meeting]
    publication: Citation
    screening: Citation
    steps: Citation


@frozen
class Display:
    """公示: one stay on the board, and the day on which it was taken down, None while it hangs."""

    notice: str
    since: date
    down: date | None = None

    def until(self, days: int) -> date:
        """Return the last day that it must hang: the day it was put up is not counted."""
        return self.since + timedelta(days=days)

    def breached(self, days: int) -> bool:
        """Whether it was taken down before the last day was over."""
        return self.down is not None and self.down <= self.until(days)

    def served(self, days: int, day: date) -> bool:
        """Whether it had hung for all its days before `day`."""
        return day > self.until(days) and not self.breached(days)


@frozen
class Stage:
    """议事环节: a meeting that was held: when, how many were due, came and agreed."""

    action: str
    day: date
    due: int
    present: int
    agreed: int


@frozen(kw_only=True)
class Standing:
    """议题的现状."""

    topic: Topic
    state: str = "collected"
    moved_at: datetime | None = None
    noticed_on: date | None = None
    stages: tuple[Stage, ...] = ()
    displays: tuple[Display, ...] = ()
    resolution: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.topic.at

    def display(self, notice: str) -> Display | None:
        """Return the last stay of a notice on the board."""
        return next((one for one in reversed(self.displays) if one.notice == notice), None)

    def breaches(self, days: int) -> int:
        """Return how often a notice was taken down too early."""
        return sum(one.breached(days) for one in self.displays)


STAGES: Mapping[str, str] = {"propose": "branch", "consult": "committees", "deliberate": "members"}
"""四议: which meeting holds a stage; discussion and vote are the decider's."""


def spaced(standing: Standing, day: date, rules: ForumRules) -> bool:
    """Whether enough days lie between the last of the four steps and a day."""
    return not standing.stages or day >= standing.stages[-1].day + timedelta(days=rules.gap_days)


def within_total(standing: Standing, day: date, rules: ForumRules) -> bool:
    """Whether the four steps together have not taken longer than they may."""
    if not rules.total_days or not standing.stages:
        return True
    return day <= standing.stages[0].day + timedelta(days=rules.total_days)


def meeting_of(topic: Topic, action: str, rules: ForumRules) -> Meeting:
    """Return the rules of the meeting that takes this act."""
    return rules.meetings[STAGES.get(action, topic.decider)]


def opened(topic: Topic) -> Standing:
    """Return how a topic stands when it is collected."""
    return Standing(topic=topic)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a topic stands after an admitted act that ends in `state`."""
    moved, day = evolve(standing, state=state, moved_at=act.at), day_of(act.at)
    match act.action:
        case "notice":
            return evolve(moved, noticed_on=day)
        case "propose" | "consult" | "deliberate" | "discuss" | "agree" | "vote":
            stage = Stage(act.action, day, act.due or 0, act.present or 0, act.agreed or 0)
            return evolve(moved, stages=(*standing.stages, stage))
        case "publish":
            shown = (*standing.displays, Display("decision", day))
            return evolve(
                moved, displays=shown, resolution=act.resolution, owner=act.owner, due_on=act.due_on
            )
        case "publish_result":
            return evolve(moved, displays=(*standing.displays, Display("result", day)))
        case "republish":
            return evolve(moved, displays=(*standing.displays, Display(act.notice, day)))
        case "take_down":
            return evolve(moved, displays=_taken_down(standing.displays, act.notice, day))
        case _:
            return moved


def _taken_down(displays: tuple[Display, ...], notice: str, day: date) -> tuple[Display, ...]:
    last = max(place for place, one in enumerate(displays) if one.notice == notice)
    return tuple(evolve(one, down=day) if place == last else one for place, one in enumerate(displays))
