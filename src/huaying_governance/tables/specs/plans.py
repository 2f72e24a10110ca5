"""规划与村改居表格: plans, parcels, figures, services of communities, transitions: what is read and what is written."""

from __future__ import annotations

from collections.abc import Iterator

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, period, plain
from huaying_governance.tables.specs.stewardship import ACTOR, AT, COMMUNITY, EVIDENCE, ID, REASON, choice
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import stewardship as words
from huaying_governance.text import Text


def _plan(cells: Cells) -> Iterator[tuple[str, Fault]]:
    if cells.get("secret") is True:
        yield "secret", Fault("confidential-plan")
    yield from period(cells)


PLANS = TableSpec(
    "plans",
    Text("规划表", "plans"),
    (
        ID,
        choice("plan_kind", words.PLAN_KINDS),
        Column("title", "text"),
        Column("from", "date", "cell"),
        Column("to", "date", "cell"),
        Column("base_year", "count", "column"),
        Column("datum", "ref", "column"),
        Column("approval", "ref"),
        Column("secret", "yes_no"),
    ),
    key="id",
    check=_plan,
)
DESIGNATIONS = TableSpec(
    "designations",
    Text("图斑用途表", "what plans designate parcels for"),
    (
        Column("land_plan", "ref", "cell"),
        Column("parcel", "ref", "cell"),
        Column("land_use", "ref", "cell"),
        Column("parcel_area", "number", "column"),
        Column("area_unit", "choice", "free", Choice(words.AREA_UNITS)),
        Column("outline", "text"),
    ),
    parent="land_plan",
)
INDICATORS = TableSpec(
    "plan_indicators",
    Text("规划指标表", "figures that plans set"),
    (
        Column("land_plan", "ref", "cell"),
        Column("plan_indicator", "ref", "cell"),
        Column("target_year", "count", "cell"),
        Column("figure", "number", "cell"),
        choice("figure_unit", words.INDICATOR_UNITS),
    ),
    parent="land_plan",
)
CONFLICT_ACTS = TableSpec(
    "plan_conflict_acts",
    Text("差异图斑办理表", "acts on differences between plans"),
    (
        Column("plan_conflict", "ref", "cell"),
        AT,
        choice("action", words.CONFLICT_ACTIONS),
        ACTOR,
        choice("role", words.CONFLICT_ROLES),
        Column("severity", "choice", "free", Choice(words.SEVERITIES)),
        Column("lead", "ref"),
        Column("settlement", "choice", "free", Choice(words.RESOLUTIONS)),
        Column("passed", "yes_no"),
        REASON,
        EVIDENCE,
    ),
)
LEVELS = TableSpec(
    "service_levels",
    Text("公共资源现状表", "services that communities have"),
    (
        COMMUNITY,
        Column("service", "ref", "cell"),
        Column("facility_count", "count", "cell"),
        Column("people", "count", "column"),
    ),
)
TRANSITIONS = TableSpec(
    "transitions",
    Text("村改居表", "villages in transition"),
    (ID, Column("village", "ref", "cell"), COMMUNITY, Column("date", "date", "cell")),
    key="id",
)
TRANSITION_ACTS = TableSpec(
    "transition_acts",
    Text("村改居办理表", "acts on transitions"),
    (
        Column("transition", "ref", "cell"),
        AT,
        choice("action", words.TRANSITION_ACTIONS),
        ACTOR,
        choice("role", words.TRANSITION_ROLES),
        Column("due_count", "count"),
        Column("present_count", "count"),
        Column("agreed_count", "count"),
        Column("handed_items", "list"),
        REASON,
        EVIDENCE,
    ),
    parent="transition",
)
VILLAGE_FACTS = TableSpec(
    "village_facts",
    Text("村情表", "what is known of villages"),
    (
        Column("village", "ref", "cell"),
        Column("date", "date", "cell"),
        Column("farmland_settled", "yes_no", "column"),
        Column("assets_audited", "yes_no", "column"),
        Column("households", "count", "column"),
    ),
)
OBLIGATIONS = TableSpec(
    "transition_obligations",
    Text("村改居遗留事项表", "obligations of transitions"),
    (
        ID,
        Column("village", "ref", "cell"),
        Column("obligation", "text", "cell"),
        Column("due_on", "date", "cell"),
        Column("done_on", "date", "column"),
    ),
    key="id",
)
INPUTS: tuple[TableSpec, ...] = (
    PLANS,
    DESIGNATIONS,
    INDICATORS,
    CONFLICT_ACTS,
    LEVELS,
    TRANSITIONS,
    TRANSITION_ACTS,
    VILLAGE_FACTS,
    OBLIGATIONS,
)

PAIRS = TableSpec(
    "plan_pairs",
    Text("规划比对前提", "whether plans can be compared"),
    plain("plan_a", "plan_b", "codes", "missing", "reason", "citation"),
)
CONFLICTS_OUT = TableSpec(
    "plan_conflicts",
    Text("差异图斑台账", "differences between plans"),
    (
        *plain(
            *("id", "parcel", "plan_a", "plan_b", "uses_a", "uses_b", "severity", "area_mu", "area_ha"),
            severity=words.SEVERITIES,
        ),
        *plain(
            *("compared_by", "state", "lead", "settlement", "codes", "reason", "citation"),
            settlement=words.RESOLUTIONS,
        ),
    ),
    key="id",
)
CONFLICT_RATES = TableSpec(
    "plan_conflict_rates",
    Text("冲突消除率", "differences settled"),
    plain("severity", "met", "total", "covered", severity=words.SEVERITIES),
)
REFUSED_CONFLICT_ACTS = TableSpec(
    "refused_plan_conflict_acts",
    Text("被拒差异办理", "refused acts on differences"),
    plain("plan_conflict", "at", "action", "codes", "reason"),
)
INDICATORS_OUT = TableSpec(
    "indicator_differences",
    Text("指标差异表", "figures that differ"),
    (
        *plain(
            "plan_indicator", "target_year", "plan_a", "plan_b", "figure_a", "figure_b", "differs_percent"
        ),
        *plain("severity", "codes", "reason", "citation", severity=words.SEVERITIES),
    ),
)
GAPS = TableSpec(
    "resource_gaps",
    Text("公共资源配置缺口表", "gaps of public resources"),
    (
        *plain("service", "rank", "community", "facility_count", "people", "per_thousand", "needed_count"),
        *plain("shortfall", "codes", "missing", "reason", "citation"),
    ),
)
TRANSITIONS_OUT = TableSpec(
    "transitions",
    Text("村改居进度", "transitions and where they stand"),
    (
        *plain(
            *("id", "village", "community", "state", "criteria", "handed_items", "open_obligations"),
            handed_items=words.HANDOVER,
        ),
        *plain("codes", "missing", "reason", "citation"),
    ),
    key="id",
)
REFUSED_TRANSITION_ACTS = TableSpec(
    "refused_transition_acts",
    Text("被拒村改居办理", "refused acts on transitions"),
    plain("transition", "at", "action", "codes", "reason"),
)
COEXISTING = TableSpec(
    "coexisting_villages",
    Text("村居并存清单", "villages beside their communities"),
    plain("id", "village", "community", "in_force_since"),
    key="id",
)
REMAINDERS = TableSpec(
    "transition_remainders",
    Text("遗留问题清单", "obligations still open"),
    plain("id", "village", "obligation", "due_on", "overdue"),
    key="id",
)
OUTPUTS: tuple[TableSpec, ...] = (
    PAIRS,
    CONFLICTS_OUT,
    CONFLICT_RATES,
    REFUSED_CONFLICT_ACTS,
    INDICATORS_OUT,
    GAPS,
    TRANSITIONS_OUT,
    REFUSED_TRANSITION_ACTS,
    COEXISTING,
    REMAINDERS,
)
