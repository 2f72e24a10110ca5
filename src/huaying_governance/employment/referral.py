"""推荐: a seeker is put forward for a vacancy: what stands in the way, what came of it, and why not.

    proposed → consented → referred → interviewed → hired
        └──────────┴───────────┴───────────┴→ declined (by the seeker)
                               └───────────┴→ rejected (by the employer), lapsed (no answer in time)

Nobody is named to an employer without consent, and none for whom a hard condition is known to fail. Who refuses says
why, by a cause; causes come back as advice to both sides. An employer's reason that the law forbids is found by the
rules of wording and told to labour inspection; it is never a cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import evolve, field, frozen

from huaying_governance.casework import Casework
from huaying_governance.employment.linter import LintRule, lint
from huaying_governance.employment.matching import Pairing
from huaying_governance.employment.vacancy import Listing
from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.procedure.table import Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, ROLE, STATE, describer, guard, row
from huaying_governance.text import Text

CAUSES: Mapping[str, Text] = {
    "wage": Text("核对工资区间，或按本人要求另荐", "look at the range of pay, or refer by what is asked"),
    "distance": Text("另荐离家近的岗位", "refer to work nearer home"),
    "schedule": Text("另荐班次合适的岗位", "refer to work with other hours"),
    "skill": Text("推荐相应培训班，结业后再荐", "propose the class that teaches it, and refer again"),
    "experience": Text("推荐见习或学徒岗位", "propose a traineeship"),
    "certificate": Text("推荐考证或补办", "propose the examination"),
    "filled": Text("请用人单位登记招满", "have the employer enter it as filled"),
    "no_show": Text("与本人联系核实", "ask the seeker"),
    "found_other": Text("登记已就业", "enter the seeker as employed"),
}
"""Why a referral came to nothing, and what is advised then."""
ROLES: Mapping[str, Text] = {
    "seeker": Text("求职者", "seeker"),
    "clerk": Text("就业专干", "employment clerk"),
    "employer": Text("用人单位", "employer"),
}
STATES = (
    State("proposed", Text("拟推荐", "proposed")),
    State("consented", Text("本人同意", "agreed to")),
    State("referred", Text("已推荐", "referred")),
    State("interviewed", Text("已面试", "interviewed")),
    State("hired", Text("已录用", "hired"), open=False, final=True),
    State("rejected", Text("未录用", "rejected"), open=False, final=True),
    State("declined", Text("本人不去", "declined"), open=False, final=True),
    State("lapsed", Text("逾期未复", "lapsed"), open=False, final=True),
)
REFUSED = frozenset({"rejected", "declined"})


@frozen(kw_only=True)
class Referral:
    """推荐: of a seeker for a vacancy."""

    seeker: str
    vacancy: str
    at: datetime


@frozen(kw_only=True)
class Act:
    """推荐办理: one act on a referral."""

    action: str
    at: datetime
    actor: str
    role: str
    cause: str = ""
    reason: str = ""
    evidence: str = ""


@frozen(kw_only=True)
class Standing:
    """推荐现状: the state, since when an answer is owed, and why it came to nothing."""

    referral: Referral
    last_at: datetime
    state: str = "proposed"
    referred_at: datetime | None = None
    cause: str = ""
    reason: str = ""
    by: str = field(default="")

    def unlawful(self, rules: tuple[LintRule, ...]) -> tuple[str, ...]:
        """Return the codes of what the law forbids in an employer's reason; nothing of a seeker's."""
        if self.state != "rejected":
            return ()
        return tuple(f"lint:{one.rule.code}" for one in lint(self.reason, rules) if one.rule.gravity == "bar")


@frozen
class Terms:
    """推荐条件: what a guard asks besides the case: how a pair matches and how a vacancy stands, at a moment.

    Both answer None where the seeker or the vacancy is not known.
    """

    pairing: Callable[[str, str, datetime], Pairing | None]
    listed: Callable[[str, datetime], Listing | None]
    reply_days: int
    calendar: Calendar
    citation: Citation

    def due(self, standing: Standing) -> date | None:
        """Return by when the employer answers; None before the referral and beyond the calendar."""
        if standing.referred_at is None:
            return None
        try:
            return self.calendar.add_workdays(day_of(standing.referred_at), self.reply_days)
        except CalendarNotLoaded:
            return None


def _open(standing: Standing, act: Act, terms: Terms) -> bool:
    held = terms.listed(standing.referral.vacancy, act.at)
    return held is not None and held.open(day_of(act.at))


def _known(standing: Standing, act: Act, terms: Terms) -> bool:
    return terms.pairing(standing.referral.seeker, standing.referral.vacancy, act.at) is not None


def _fits(standing: Standing, act: Act, terms: Terms) -> bool:
    found = terms.pairing(standing.referral.seeker, standing.referral.vacancy, act.at)
    return found is None or not found.blockers


def _waited(standing: Standing, act: Act, terms: Terms) -> bool:
    due = terms.due(standing)
    return due is not None and day_of(act.at) > due


GUARDS: tuple[Guard[Any, Any, Any], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "vacancy-closed",
        Text("岗位不在招聘中", "the vacancy is not open"),
        Text("另荐招聘中的岗位", "refer to one that is open"),
        _open,
    ),
    guard(
        "not-entered",
        Text("求职者或岗位没有登记", "the seeker or the vacancy is not entered"),
        Text("先登记求职者和岗位", "enter both first"),
        _known,
    ),
    guard(
        "blocked",
        Text("硬条件不符：{blockers}", "a hard condition fails: {blockers}"),
        Text("查看匹配结果，另荐合适岗位", "see the matches, and refer to another"),
        _fits,
    ),
    EVIDENCE,
    guard(
        "no-cause",
        Text("没有写明原因类别", "no cause is given"),
        Text("选一个原因类别", "choose one of the causes"),
        lambda _standing, act, _terms: act.cause in CAUSES,
    ),
    guard(
        "reply-window-open",
        Text("答复期未满，或截止日超出日历", "the time to answer is not over, or ends beyond the calendar"),
        Text("满{days}个工作日后再办", "wait for {days} working days"),
        _waited,
        lambda terms: terms.citation,
    ),
)
TRANSITIONS = (
    row("consent", Text("本人同意", "agree"), "proposed", "consented", "seeker clerk", "no-evidence"),
    row(
        "refer", Text("推荐", "refer"), "consented", "referred", "clerk", "vacancy-closed not-entered blocked"
    ),
    row("interview", Text("面试", "interview"), "referred", "interviewed", "employer clerk"),
    row("hire", Text("录用", "hire"), "referred interviewed", "hired", "employer clerk", "no-evidence"),
    row("reject", Text("不录用", "reject"), "referred interviewed", "rejected", "employer clerk", "no-cause"),
    row(
        "decline",
        Text("本人不去", "decline"),
        "proposed consented referred interviewed",
        "declined",
        "seeker clerk",
        "no-cause",
    ),
    row("lapse", Text("逾期未复", "lapse"), "referred interviewed", "lapsed", "clerk", "reply-window-open"),
)


def opened(referral: Referral) -> Standing:
    """Return how a referral stands when it is proposed."""
    return Standing(referral=referral, last_at=referral.at)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a referral stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, last_at=act.at)
    if act.action == "refer":
        return evolve(moved, referred_at=act.at)
    if act.action in {"reject", "decline"}:
        return evolve(moved, cause=act.cause, reason=act.reason, by=act.role)
    return moved


_usual = describer(STATES, TRANSITIONS, ROLES, lambda terms: {"days": terms.reply_days})


def _describe(standing: Standing, act: Act, terms: Terms) -> Mapping[str, object]:
    found = terms.pairing(standing.referral.seeker, standing.referral.vacancy, act.at)
    told = () if found is None else found.blockers
    zh, en = "；".join(one.text.zh for one in told), "; ".join(one.text.en for one in told)
    return {**_usual(standing, act, terms), "blockers": Text(zh, en)}


REFERRALS: Casework[Referral, Standing, Act, Terms] = Casework(
    "referral",
    Procedure(
        "referral",
        1,
        Text("岗位推荐程序", "referrals"),
        "proposed",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_describe,
    ),
    Referral,
    Act,
    opened,
    after,
)
"""推荐: what a `Casebook` needs to keep referrals."""
