"""培训程序: every state and every move of a class, in this one file.

surveyed → planned → filed → opened → in progress → ended → assessed → published ┬ subsidy applied → audited → paid
    └─────────┴────────┴───────┴→ cancelled                                      └→ without subsidy ←─┘
then the follow-ups of the pack's months (three and six), the second of which ends the matter.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.employment.acts import decided
from huaying_governance.employment.training import Act, Standing, TrainingClass, TrainingRules, after, opened
from huaying_governance.procedure.table import Fork, Guard, State
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

ROLES: Mapping[str, Text] = {
    "community": Text("社区", "community"),
    "institution": Text("培训机构", "training institution"),
    "office": Text("人社部门", "human resources office"),
}
STATES = (
    State("surveyed", Text("已摸底", "demand surveyed")),
    State("planned", Text("已列计划", "planned")),
    State("filed", Text("已备案", "filed")),
    State("opened", Text("已开班", "opened")),
    State("in_progress", Text("授课中", "in progress")),
    State("ended", Text("已结课", "ended")),
    State("assessed", Text("已考核", "assessed")),
    State("published", Text("已公示", "published")),
    State("subsidy_applied", Text("已申补", "subsidy applied for")),
    State("audited", Text("已审核", "audited")),
    State("paid", Text("已拨付", "paid")),
    State("unsubsidised", Text("不享受补贴", "without subsidy")),
    State("followed_up", Text("跟踪完毕", "followed up"), open=False, final=True),
    State("cancelled", Text("已取消", "cancelled"), open=False, final=True),
)


def _few_places(standing: Standing, _act: Act, rules: TrainingRules) -> bool:
    return 0 < standing.held.places <= rules.most_places


def _enough_hours(standing: Standing, _act: Act, rules: TrainingRules) -> bool:
    return standing.held.theory + standing.held.practice >= rules.least_hours(standing.held.level)


def _enough_practice(standing: Standing, _act: Act, rules: TrainingRules) -> bool:
    whole = standing.held.theory + standing.held.practice
    return standing.held.practice * 100 >= rules.practice_percent * whole


def _counted(_standing: Standing, act: Act, _rules: TrainingRules) -> bool:
    return act.enrolled is not None


def _fits(standing: Standing, act: Act, _rules: TrainingRules) -> bool:
    return act.enrolled is None or act.enrolled <= standing.held.places


def _somebody_else(standing: Standing, act: Act, _rules: TrainingRules) -> bool:
    return act.actor != standing.claimed_by


def _first_due(standing: Standing, act: Act, rules: TrainingRules) -> bool:
    due = standing.follow_on(rules, 0)
    return due is None or act.on >= due


def _second_due(standing: Standing, act: Act, rules: TrainingRules) -> bool:
    due = standing.follow_on(rules, 1)
    return due is None or act.on >= due


def _not_yet(standing: Standing, _act: Act, _rules: TrainingRules) -> bool:
    return not standing.followed


def _first_done(standing: Standing, _act: Act, _rules: TrainingRules) -> bool:
    return bool(standing.followed)


GUARDS: tuple[Guard[Standing, Act, TrainingRules], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "too-many-places",
        Text("计划人数不在1到{places}人之间", "the class plans no places, or more than {places}"),
        Text("拆成几个班", "split it into several classes"),
        _few_places,
        lambda rules: rules.places,
    ),
    guard(
        "hours-short",
        Text("课时少于该等级的最低课时", "there are fewer lessons than the level asks"),
        Text("补足课时（每课时{minutes}分钟）", "plan more lessons, of {minutes} minutes each"),
        _enough_hours,
        lambda rules: rules.hours,
    ),
    guard(
        "practice-short",
        Text("实操课时不足{practice}%", "less than {practice} % of the lessons are practice"),
        Text("增加实操课时", "plan more practice"),
        _enough_practice,
        lambda rules: rules.hours,
    ),
    guard(
        "no-enrolled",
        Text("没有写明报名人数", "it is not said how many are enrolled"),
        Text("填写 enrolled", "state `enrolled`"),
        _counted,
    ),
    guard(
        "over-capacity",
        Text("报名人数超过本班计划人数", "more are enrolled than the class has places"),
        Text("另开一班", "open another class"),
        _fits,
        lambda rules: rules.places,
    ),
    guard(
        "own-claim",
        Text("申报人不能审核自己的申报", "whoever claimed may not audit the claim"),
        Text("由他人审核", "let somebody else audit it"),
        _somebody_else,
        lambda rules: rules.citation,
    ),
    guard(
        "follow-early",
        Text("结课未满{first}个月", "the class ended less than {first} months ago"),
        Text("到期再回访", "follow up when the months are over"),
        _first_due,
        lambda rules: rules.citation,
    ),
    guard(
        "second-early",
        Text("结课未满{second}个月", "the class ended less than {second} months ago"),
        Text("到期再回访", "follow up when the months are over"),
        _second_due,
        lambda rules: rules.citation,
    ),
    guard(
        "followed-twice",
        Text("首次回访已登记", "the first follow-up is entered already"),
        Text("登记第二次回访", "enter the second"),
        _not_yet,
    ),
    guard(
        "no-first",
        Text("没有登记首次回访", "the first follow-up is not entered"),
        Text("先登记首次回访", "enter the first follow-up first"),
        _first_done,
    ),
    decided("admitted"),
    REASON,
    EVIDENCE,
)
_AUDIT = Fork[Standing, Act, TrainingRules](
    Text("审核通过", "admitted"), lambda _s, act, _t: act.admitted is True, "audited", "unsubsidised"
)
_TAUGHT = "published subsidy_applied audited paid unsubsidised"
TRANSITIONS = (
    row(
        "plan",
        Text("列入计划", "plan"),
        "surveyed",
        "planned",
        "community office",
        "too-many-places hours-short practice-short",
    ),
    row("file", Text("备案", "file"), "planned", "filed", "institution", "no-evidence"),
    row("open", Text("开班", "open"), "filed", "opened", "institution", "no-enrolled over-capacity"),
    row("start", Text("授课", "start"), "opened", "in_progress", "institution"),
    row("end", Text("结课", "end"), "in_progress", "ended", "institution"),
    row("assess", Text("考核", "assess"), "ended", "assessed", "institution office", "no-evidence"),
    row("publish", Text("公示结果", "publish"), "assessed", "published", "office community"),
    row("claim", Text("申领补贴", "claim"), "published", "subsidy_applied", "institution", "no-evidence"),
    row("waive", Text("不申领补贴", "waive"), "published", "unsubsidised", "institution office", "no-reason"),
    row(
        "audit",
        Text("审核", "audit"),
        "subsidy_applied",
        _AUDIT,
        "office",
        "own-claim no-finding no-evidence",
    ),
    row("pay", Text("拨付", "pay"), "audited", "paid", "office", "no-evidence"),
    row(
        "follow_first",
        Text("首次回访", "first follow-up"),
        _TAUGHT,
        None,
        "community institution office",
        "follow-early followed-twice no-evidence",
    ),
    row(
        "follow_second",
        Text("第二次回访", "second follow-up"),
        "paid unsubsidised",
        "followed_up",
        "community institution office",
        "second-early no-first no-evidence",
    ),
    row(
        "cancel",
        Text("取消", "cancel"),
        "surveyed planned filed opened",
        "cancelled",
        "community institution office",
        "no-reason",
    ),
)


def _figures(rules: TrainingRules) -> Mapping[str, object]:
    return {
        "places": rules.most_places,
        "minutes": rules.lesson_minutes,
        "practice": rules.practice_percent,
        "first": rules.first_months,
        "second": rules.second_months,
    }


CLASSES: Casework[TrainingClass, Standing, Act, TrainingRules] = Casework(
    "training_class",
    usual_procedure(
        "training_class",
        Text("技能培训程序", "training classes"),
        "surveyed",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        _figures,
    ),
    TrainingClass,
    Act,
    opened,
    after,
)
"""培训班: what a `Casebook` needs to keep classes."""
