"""设岗定责程序: a post for a member without office, from application to the end of the duty, in this one file.

    applied → assigned → publicised → serving ⇄ exempt
        └─────────┴──────────┴───────────┴────────┴→ ended

Five steps as the practice has them: posts are open, members choose, the branch assigns, it is made public, the duty is
scored each quarter. Only the duty of the post yields points, given by the branch and never by oneself; who is aged or
ill is exempt, with the reason recorded.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

import re
from datetime import date

from attrs import evolve, field, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months
from huaying_governance.party.posts import Duty, PostRules
from huaying_governance.procedure.clock import WorkDays, deadline
from huaying_governance.procedure.table import State
from huaying_governance.procedure.usual import (
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text

_QUARTER = re.compile(r"(20[0-9]{2})-?Q([1-4])")


@frozen(kw_only=True)
class Post:
    """岗位申报: who applies for which post, in which community."""

    person: str
    post: str
    community: str
    on: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a post; `quarter` and the points where it is scored."""

    action: str
    at: date
    actor: str
    role: str
    reason: str = ""
    quarter: str = ""
    duty: int | None = None
    bonus: int | None = None


@frozen(kw_only=True)
class Score:
    """履职得分 of a quarter."""

    quarter: str
    duty: int
    bonus: int


@frozen(kw_only=True)
class Standing:
    """岗位现状: since when it is public, since when it is held, and the scores of its quarters."""

    post: Post
    last_at: date
    state: str = "applied"
    publicised_on: date | None = None
    serving_from: date | None = None
    scores: tuple[Score, ...] = field(default=())

    def duties(self) -> tuple[Duty, ...]:
        """Return every scored quarter as the duty that yields points."""
        return tuple(
            Duty(
                post=self.post.post,
                person=self.post.person,
                community=self.post.community,
                quarter=one.quarter,
                applied=True,
                publicised=True,
                duty=one.duty,
                bonus=one.bonus,
            )
            for one in self.scores
        )


@frozen
class Terms:
    """设岗条件: the rules and the calendar."""

    rules: PostRules
    calendar: WorkDays

    def publicity_ends(self, standing: Standing) -> date | None:
        """Return the last day of publicity, None before it or beyond the calendar."""
        start = standing.publicised_on
        if start is None:
            return None
        return deadline(self.calendar, start, self.rules.publicity_days, "working_days")


def quarter_of(text: str) -> tuple[date, date] | None:
    """Return the first day of a quarter and of the next one; None of what is no quarter (2026Q3)."""
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    first = date(int(found[1]), 3 * int(found[2]) - 2, 1)
    return first, add_months(first, 3)


def opened(post: Post) -> Standing:
    """Return how a post stands when a member applies."""
    return Standing(post=post, last_at=post.on)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a post stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "publicise":
            return evolve(moved, publicised_on=act.at)
        case "take_up":
            return evolve(moved, serving_from=act.at)
        case "score":
            scored = Score(quarter=act.quarter, duty=act.duty or 0, bonus=act.bonus or 0)
            return evolve(moved, scores=(*standing.scores, scored))
        case _:
            return moved


def _not_self(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor != standing.post.person


def _self(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor == standing.post.person


def _public_enough(standing: Standing, act: Act, terms: Terms) -> bool:
    end = terms.publicity_ends(standing)
    return end is not None and act.at > end


def _served(standing: Standing, act: Act, _: Terms) -> bool:
    """Whether the quarter is over and the post was held in it."""
    span = quarter_of(act.quarter)
    start = standing.serving_from
    return span is not None and start is not None and start < span[1] <= act.at


def _new_quarter(standing: Standing, act: Act, _: Terms) -> bool:
    span = quarter_of(act.quarter)
    return span is None or span not in {quarter_of(one.quarter) for one in standing.scores}


def _within(_standing: Standing, act: Act, terms: Terms) -> bool:
    duty, bonus = act.duty, act.bonus or 0
    return duty is not None and 0 <= duty <= terms.rules.duty and 0 <= bonus <= terms.rules.bonus


def _basis(terms: Terms) -> Citation:
    return terms.rules.citation


GUARDS = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "own-post",
        Text("本人不能办理自己的岗位", "a member may not act on the own post"),
        Text("由支部办理", "leave it to the branch"),
        _not_self,
    ),
    guard(
        "not-yours",
        Text("不是申报人本人", "it is not the member who applied"),
        Text("由本人办理", "leave it to the member"),
        _self,
    ),
    guard(
        "publicity-running",
        Text(
            "公示期（{days}个工作日）未满，或截止日超出日历",
            "the {days} working days of publicity are not over, or end beyond the calendar",
        ),
        Text("期满后上岗", "take the post up when they are over"),
        _public_enough,
        _basis,
    ),
    guard(
        "bad-quarter",
        Text("不是已经结束并在岗的季度", "it is no quarter that is over and in which the post was held"),
        Text("季度结束后写成 2026Q3", "write it as 2026Q3, when the quarter is over"),
        _served,
    ),
    guard(
        "scored-before",
        Text("该季度已经评过", "that quarter has been scored"),
        Text("一季度评一次", "a quarter is scored once"),
        _new_quarter,
    ),
    guard(
        "beyond-most",
        Text(
            "没有履职分，或超过上限（履职{duty}，加分{bonus}）",
            "there are no points of duty, or more than the most (duty {duty}, bonus {bonus})",
        ),
        Text("改正分数", "mend the points"),
        _within,
        _basis,
    ),
    REASON,
)
STATES = (
    State("applied", Text("已申报", "applied for")),
    State("assigned", Text("已定岗", "assigned")),
    State("publicised", Text("公示中", "under publicity")),
    State("serving", Text("在岗", "serving")),
    State("exempt", Text("免予履职", "exempt"), open=False),
    State("ended", Text("已离岗", "ended"), open=False, final=True),
)
ROLES = {"branch": Text("支部", "branch"), "member": Text("党员本人", "the member")}
TRANSITIONS = (
    row("assign", Text("定岗", "assign"), "applied", "assigned", "branch", "own-post"),
    row("publicise", Text("公示", "publicise"), "assigned", "publicised", "branch", "own-post"),
    row(
        "take_up",
        Text("上岗", "take up"),
        "publicised",
        "serving",
        "branch",
        "own-post publicity-running",
    ),
    row(
        "score",
        Text("评岗", "score"),
        "serving",
        None,
        "branch",
        "own-post bad-quarter scored-before beyond-most",
    ),
    row("exempt", Text("免予履职", "exempt"), "serving", "exempt", "branch", "own-post no-reason"),
    row("resume", Text("恢复履职", "resume"), "exempt", "serving", "member", "not-yours"),
    row(
        "withdraw",
        Text("本人退出", "withdraw"),
        "applied assigned publicised serving exempt",
        "ended",
        "member",
        "not-yours",
    ),
    row(
        "end",
        Text("调整离岗", "end"),
        "assigned publicised serving exempt",
        "ended",
        "branch",
        "own-post no-reason",
    ),
)
POSTS: Casework[Post, Standing, Act, Terms] = Casework(
    "post",
    usual_procedure(
        "post",
        Text("设岗定责程序", "posts without office"),
        "applied",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda terms: {
            "days": terms.rules.publicity_days,
            "duty": terms.rules.duty,
            "bonus": terms.rules.bonus,
        },
    ),
    Post,
    Act,
    opened,
    after,
)
"""设岗定责: what a `Casebook` needs to keep posts."""
