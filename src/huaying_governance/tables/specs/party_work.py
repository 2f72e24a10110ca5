"""领航跟办表格: what the second programme follows up case by case: projects, plans, the grand committee."""

# Long: every table of what is followed up, one after another.

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, Check, TableSpec, no_check, period, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import party as words
from huaying_governance.text import Text


def _choice(name: str, held: Mapping[str, tuple[str, ...]]) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _acts(
    name: str,
    title: Text,
    parent: str,
    actions: Mapping[str, tuple[str, ...]],
    roles: Mapping[str, tuple[str, ...]],
    *more: Column,
    check: Check = no_check,
) -> TableSpec:
    """Return the table of the acts on a kind of case: its case, the day, who did what, why, and on what evidence."""
    first = (Column(parent, "ref", "cell"), _DATE, _choice("action", actions))
    who = (Column("actor", "ref", "cell"), _choice("role", roles))
    why = (Column("reason", "text"), Column("evidence", "text"))
    return TableSpec(name, title, (*first, *who, *why, *more), parent=parent, check=check)


def _refused(name: str, title: Text, parent: str) -> TableSpec:
    return TableSpec(f"refused_{name}", title, plain(parent, "date", "action", "codes", "reason"))


def _points(cells: Cells) -> Iterator[tuple[str, Fault]]:
    """A result is 0 to 100, with at most two decimals."""
    said = cells.get("result_points")
    if said is not None and (not _DECIMAL.fullmatch(str(said)) or Decimal(str(said)) > 100):
        yield "result_points", Fault("bad-points")


def _hundred(cells: Cells) -> Iterator[tuple[str, Fault]]:
    value = cells.get("indicator_value")
    if isinstance(value, int) and value > 100:
        yield "indicator_value", Fault("bad-points")


_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_ID = Column("id", "ref", "cell")
_DATE = Column("date", "date", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")
_COMMUNITY = Column("community", "ref", "cell")

PROJECTS = TableSpec(
    "projects",
    Text("项目清单", "projects of the grand committee"),
    (
        _ID,
        Column("need", "ref", "cell"),
        Column("resource", "ref", "cell"),
        Column("lead", "ref", "cell"),
        _COMMUNITY,
        _DATE,
        Column("due_on", "date", "cell"),
    ),
    key="id",
)
PROJECT_ACTS = _acts(
    "project_acts",
    Text("项目办理表", "acts on projects"),
    "project",
    words.PROJECT_ACTIONS,
    words.BOOKING_ROLES,
)
SEATS = TableSpec(
    "committee_members",
    Text("大党委成员表", "members of grand committees"),
    (
        _PERSON,
        Column("unit", "ref", "cell"),
        _choice("kind", words.SEAT_KINDS),
        _COMMUNITY,
        Column("from", "date", "cell"),
        Column("to", "date", "column"),
    ),
    check=period,
)
MEETINGS = TableSpec(
    "committee_meetings",
    Text("大党委会议表", "meetings of grand committees"),
    (
        _COMMUNITY,
        _DATE,
        Column("announced_on", "date", "column"),
        Column("due_count", "count"),
        Column("present_count", "count"),
    ),
)
PLANS = TableSpec(
    "activity_plans",
    Text("活动计划表", "plans of activities"),
    (
        _ID,
        _choice("kind", words.LIFE_KINDS),
        Column("topic", "text", "cell"),
        _COMMUNITY,
        Column("branches", "list"),
        _DATE,
        Column("planned_on", "date", "cell"),
    ),
    key="id",
)
PLAN_ACTS = _acts(
    "plan_acts",
    Text("活动统筹表", "acts on plans"),
    "plan",
    words.PLAN_ACTIONS,
    words.PLAN_ROLES,
    Column("planned_on", "date"),
    Column("present_count", "count"),
)
INDICATOR_VALUES = TableSpec(
    "indicator_values",
    Text("个性指标得分表", "indicators stated by the office"),
    (
        Column("department", "ref", "cell"),
        Column("indicator", "ref", "cell"),
        _DATE,
        Column("indicator_value", "count", "cell"),
        Column("evidence", "text", "cell"),
    ),
    check=_hundred,
)
OUTCOMES = TableSpec(
    "appraisal_outcomes",
    Text("评议结果运用表", "published results"),
    (
        _ID,
        Column("department", "ref", "cell"),
        Column("appraisal_year", "ref", "cell"),
        Column("result_points", "ref", "cell"),
        _DATE,
    ),
    key="id",
    check=_points,
)
OUTCOME_ACTS = _acts(
    "appraisal_acts",
    Text("评议结果办理表", "acts on published results"),
    "result",
    words.OUTCOME_ACTIONS,
    words.OUTCOME_ROLES,
    Column("passed", "yes_no"),
    Column("result_points", "ref"),
    check=_points,
)
MOVES = TableSpec(
    "member_moves",
    Text("党员流动表", "members who leave"),
    (
        _ID,
        _PERSON,
        Column("branch", "ref", "cell"),
        _COMMUNITY,
        _DATE,
        Column("fixed_place", "yes_no"),
        Column("receiving", "yes_no"),
    ),
    key="id",
)
MOVE_ACTS = _acts(
    "move_acts",
    Text("党员流动办理表", "acts on moves of members"),
    "move",
    words.MOVE_ACTIONS,
    words.MOVE_ROLES,
    Column("placed_branch", "ref"),
    Column("means", "choice", "free", Choice(words.MEANS)),
)
REPORTING = TableSpec(
    "reporting_duties",
    Text("双报到义务表", "who is to register where"),
    (
        _choice("kind", words.REPORTER_KINDS),
        Column("reporter", "ref", "cell", hint="person"),
        Column("unit", "ref", "cell"),
        _COMMUNITY,
        Column("from", "date", "cell"),
        Column("registered_on", "date", "column"),
        Column("excused", "yes_no"),
    ),
)
POSTS = TableSpec(
    "posts",
    Text("岗位申报表", "posts applied for"),
    (_ID, _PERSON, Column("post", "ref", "cell"), _COMMUNITY, _DATE),
    key="id",
)
POST_ACTS = _acts(
    "post_acts",
    Text("岗位办理表", "acts on posts"),
    "post_id",
    words.POST_ACTIONS,
    words.POST_ROLES,
    Column("quarter", "ref"),
    Column("duty", "count"),
    Column("bonus", "count"),
)
PLEDGES = TableSpec(
    "party_pledges",
    Text("三亮公示表", "pledges of members"),
    (
        _PERSON,
        _choice("kind", words.PLEDGE_KINDS),
        _COMMUNITY,
        Column("pledge_due", "date", "column"),
        Column("pledge_done", "date", "column"),
    ),
)
AGREEMENTS = TableSpec(
    "pilot_agreements",
    Text("联建协议表", "agreements to build together"),
    (
        _ID,
        _COMMUNITY,
        Column("unit", "ref", "cell"),
        Column("purpose", "text", "cell"),
        Column("from", "date", "cell"),
        Column("to", "date", "column"),
    ),
    key="id",
    check=period,
)
INPUTS: tuple[TableSpec, ...] = (
    *(PLEDGES, AGREEMENTS),
    *(POSTS, POST_ACTS),
    *(MOVES, MOVE_ACTS, REPORTING),
    *(PROJECTS, PROJECT_ACTS, SEATS, MEETINGS, PLANS, PLAN_ACTS),
    *(INDICATOR_VALUES, OUTCOMES, OUTCOME_ACTS),
)

PROJECTS_OUT = TableSpec(
    "projects",
    Text("项目办理情况", "projects followed up"),
    (
        *plain("id", "state", "community", "need", "resource", "lead", "due_on", "done_on", "overdue"),
        *plain("claimed_by"),
    ),
    key="id",
)
REFUSED_PROJECT_ACTS = _refused("project_acts", Text("被拒项目办理", "refused acts on projects"), "project")
THREE_LISTS = TableSpec(
    "three_lists",
    Text("三张清单完成率", "three lists and what is met"),
    plain("list_name", "total", "met", "covered", "overdue_ids"),
)
COMMITTEES = TableSpec(
    "grand_committees",
    Text("大党委组成", "grand committees"),
    (
        *plain("community", "full_time", "part_time", "last_on", "next_on", "codes", "reason"),
        *plain("citation"),
    ),
    key="community",
)
SEATS_OUT = TableSpec(
    "committee_members",
    Text("大党委成员履职", "members of grand committees and what they claimed"),
    (
        *plain(
            *("person", "unit", "kind", "community", "term_end", "claims", "codes", "reason"),
            kind=words.SEAT_KINDS,
        ),
        *plain("citation"),
    ),
)
PLANS_OUT = TableSpec(
    "activity_plans",
    Text("活动统筹情况", "plans followed up"),
    (
        *plain(
            *("id", "kind", "topic", "community", "branches", "planned_on", "state", "overdue"),
            kind=words.LIFE_KINDS,
        ),
        *plain("present_count"),
    ),
    key="id",
)
REFUSED_PLAN_ACTS = _refused("plan_acts", Text("被拒活动统筹", "refused acts on plans"), "plan")
INDICATORS_OUT = TableSpec(
    "appraisal_indicators",
    Text("评议指标", "indicators of departments"),
    (
        *plain(
            *("department", "indicator", "indicator_name", "group", "common", "part_count", "whole_count"),
            group=words.INDICATOR_GROUPS,
        ),
        *plain("indicator_value", "indicator_points", "citation"),
    ),
)
OUTCOMES_OUT = TableSpec(
    "appraisal_outcomes",
    Text("评议结果运用情况", "what follows from results"),
    (
        *plain("id", "department", "appraisal_year", "result_points", "grade", "state", "due", "overdue"),
        *plain("talk_due", "citation"),
    ),
    key="id",
)
CHANGES = TableSpec(
    "appraisal_changes",
    Text("评议更正记录", "corrections of results"),
    plain("result", "date", "actor", "points_before", "result_points", "reason", "evidence"),
)
REFUSED_OUTCOME_ACTS = _refused(
    "appraisal_acts", Text("被拒评议结果办理", "refused acts on results"), "result"
)
MOVES_OUT = TableSpec(
    "member_moves",
    Text("党员流动办理情况", "moves of members followed up"),
    (
        *plain("id", "person", "branch", "community", "state", "placed_branch", "last_contact", "lost_on"),
        *plain("transfer_due", "citation"),
    ),
    key="id",
)
REFUSED_MOVE_ACTS = _refused("move_acts", Text("被拒党员流动办理", "refused acts on moves"), "move")
FLOATING = TableSpec(
    "floating_members",
    Text("流动党员名册", "floating members"),
    plain("person", "branch", "community", "state", "placed_branch", "last_contact", "codes", "citation"),
)
DOUBLE_COVERAGE = TableSpec(
    "double_coverage",
    Text("双报到覆盖率", "double registration: coverage"),
    (
        *plain(
            *("scope", "kind", "owing", "reported", "covered", "reported_in_time", "reported_rate"),
            kind=words.REPORTER_KINDS,
        ),
        *plain("excused_count", "missing_ids", "served", "citation"),
    ),
)
LIFE_RATES = TableSpec(
    "party_life_rates",
    Text("组织生活落实率", "organisational life: what was held of what was due"),
    plain("branch", "due_kinds", "held_kinds", "covered", "gaps", gaps=words.LIFE_KINDS),
)
POSTS_OUT = TableSpec(
    "posts",
    Text("设岗办理情况", "posts followed up"),
    (
        *plain("id", "person", "post", "community", "state", "publicity_until", "serving_from"),
        *plain("scored_quarters", "citation"),
    ),
    key="id",
)
REFUSED_POST_ACTS = _refused("post_acts", Text("被拒岗位办理", "refused acts on posts"), "post_id")
POST_QUARTERS = TableSpec(
    "post_quarters",
    Text("设岗积分汇总", "points of posts by quarter"),
    plain("quarter", "community", "holders", "scored_count", "average_points", "stars", "exempt_count"),
)
PLEDGES_OUT = TableSpec(
    "party_pledges",
    Text("亮承诺公示", "pledges and what is due"),
    plain(
        *("person", "kind", "community", "pledge_due", "pledge_done", "state", "codes", "reason", "citation"),
        kind=words.PLEDGE_KINDS,
    ),
)
AGREEMENTS_OUT = TableSpec(
    "pilot_agreements",
    Text("联建协议", "agreements to build together"),
    plain("id", "community", "unit", "purpose", "pilot", "holds"),
    key="id",
)
SUGGESTIONS = TableSpec(
    "project_suggestions",
    Text("清单匹配建议", "resources that could meet a need"),
    plain(
        "need", "community", "resource_kind", "resource", "near", "reason", resource_kind=words.RESOURCE_KINDS
    ),
)
OUTPUTS: tuple[TableSpec, ...] = (
    *(PLEDGES_OUT, AGREEMENTS_OUT, SUGGESTIONS),
    *(POSTS_OUT, REFUSED_POST_ACTS, POST_QUARTERS),
    *(MOVES_OUT, REFUSED_MOVE_ACTS, FLOATING, DOUBLE_COVERAGE, LIFE_RATES),
    INDICATORS_OUT,
    OUTCOMES_OUT,
    CHANGES,
    REFUSED_OUTCOME_ACTS,
    PROJECTS_OUT,
    REFUSED_PROJECT_ACTS,
    THREE_LISTS,
    COMMITTEES,
    SEATS_OUT,
    PLANS_OUT,
    REFUSED_PLAN_ACTS,
)
