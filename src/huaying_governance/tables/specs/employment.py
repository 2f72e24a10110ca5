"""乐业表格: training, fairs, placements, agencies, gigs, public-interest posts, jobs: what is read and written."""

# Long: every table of one programme, one after another.

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, period, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import employment as words
from huaying_governance.text import Text


def _choice(name: str, held: Words) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _after(first: str, last: str, cells: Cells) -> Iterator[tuple[str, Fault]]:
    start, end = cells.get(first), cells.get(last)
    if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
        yield last, Fault("to-before-from")


def _sitting(cells: Cells) -> Iterator[tuple[str, Fault]]:
    yield from _after("from_at", "to_at", cells)


def _signed(cells: Cells) -> Iterator[tuple[str, Fault]]:
    yield from _after("signed_in", "signed_out", cells)


def _lot(cells: Cells) -> Iterator[tuple[str, Fault]]:
    yield from period(cells)
    jobs, filled = cells.get("jobs"), cells.get("filled_jobs")
    if isinstance(jobs, int) and isinstance(filled, int) and filled > jobs:
        yield "filled_jobs", Fault("more-than-all")


_ID = Column("id", "ref", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")
_COMMUNITY = Column("community", "ref", "cell")
_DATE = Column("date", "date", "cell")
_SPECIALTY = Column("specialty", "ref", "cell")
_JOB_KIND = Column("job_kind", "ref", "cell")


def _acts(name: str, title: Text, parent: str, actions: Words, roles: Words, *more: Column) -> TableSpec:
    """Return the table of the acts on a kind of case."""
    return TableSpec(
        name,
        title,
        (
            Column(parent, "ref", "cell"),
            _DATE,
            _choice("action", actions),
            Column("actor", "ref", "cell", hint="person"),
            _choice("role", roles),
            *more,
            Column("reason", "text"),
            Column("evidence", "text"),
        ),
        parent=parent,
    )


NEEDS = TableSpec(
    "training_needs",
    Text("培训需求走访表", "what visits asked for"),
    (_PERSON, _COMMUNITY, _SPECIALTY, _DATE),
)
CLASSES = TableSpec(
    "training_classes",
    Text("培训班计划表", "training classes planned"),
    (
        _ID,
        _COMMUNITY,
        _SPECIALTY,
        _choice("skill_level", words.SKILL_LEVELS),
        Column("institution", "ref", "cell"),
        Column("class_places", "count", "cell", hint="positive"),
        Column("theory_hours", "count", "cell"),
        Column("practice_hours", "count", "cell"),
        _DATE,
    ),
    key="id",
)
CLASS_ACTS = _acts(
    "training_acts",
    Text("培训班办理表", "acts on training classes"),
    "training_class",
    words.TRAINING_ACTIONS,
    words.TRAINING_ROLES,
    Column("enrolled", "count"),
    Column("admitted", "yes_no"),
)
SESSIONS = TableSpec(
    "training_sessions",
    Text("培训场次表", "training sessions"),
    (
        _ID,
        _SPECIALTY,
        Column("training_class", "ref"),
        Column("teacher", "ref", "cell", hint="person"),
        Column("practical", "yes_no"),
        Column("from_at", "moment", "cell"),
        Column("to_at", "moment", "cell"),
    ),
    key="id",
    check=_sitting,
)
SIGNINS = TableSpec(
    "training_signins",
    Text("培训签到表", "sign-ins"),
    (
        Column("session", "ref", "cell"),
        _PERSON,
        Column("signed_in", "moment", "cell"),
        Column("signed_out", "moment"),
    ),
    parent="session",
    check=_signed,
)
TRAINEES = TableSpec(
    "trainees",
    Text("参训人员表", "trainees"),
    (
        Column("training_class", "ref", "cell"),
        _PERSON,
        Column("trainee_group", "choice", "free", Choice(words.TRAINEE_GROUPS)),
        Column("assessed", "yes_no", "column"),
        Column("certificate", "ref", "column"),
        Column("training_claim", "ref"),
        Column("claimed_on", "date"),
        Column("employed_first", "yes_no"),
        Column("employed_second", "yes_no"),
    ),
    parent="training_class",
)
FAIRS = TableSpec(
    "fairs",
    Text("招聘会计划表", "fairs planned"),
    (
        _ID,
        _COMMUNITY,
        Column("fair_organiser", "ref", "cell"),
        Column("fair_on", "date", "cell"),
        Column("expected_heads", "count", "cell"),
        Column("free_of_charge", "yes_no", "column"),
        _DATE,
    ),
    key="id",
)
FAIR_ACTS = _acts(
    "fair_acts",
    Text("招聘会办理表", "acts on fairs"),
    "fair",
    words.FAIR_ACTIONS,
    words.FAIR_ROLES,
    Column("risk_checked", "yes_no"),
    Column("gate_heads", "count"),
)
PLACEMENTS = TableSpec(
    "placements",
    Text("求职服务登记表", "placements"),
    (
        _ID,
        _PERSON,
        _COMMUNITY,
        Column("fair", "ref"),
        Column("agency", "ref"),
        Column("employer", "ref", "cell"),
        _DATE,
    ),
    key="id",
)
PLACEMENT_ACTS = _acts(
    "placement_acts",
    Text("求职服务办理表", "acts on placements"),
    "placement",
    words.PLACEMENT_ACTIONS,
    words.PLACEMENT_ROLES,
)
AGENCIES = TableSpec(
    "agencies",
    Text("中介机构表", "agencies"),
    (
        _ID,
        Column("licence_no", "ref", "column"),
        Column("licence_to", "date", "column"),
        Column("publicised", "yes_no", "column"),
        Column("charges_seekers", "yes_no", "column"),
        Column("keeps_deposit", "yes_no", "column"),
        Column("serving_since", "date", "column"),
        Column("ledger_from", "date", "column"),
    ),
    key="id",
)
OUTREACH = TableSpec(
    "agency_outreach",
    Text("中介宣传表", "outreach of agencies"),
    (Column("agency", "ref", "cell"), _COMMUNITY, _DATE, Column("reached_heads", "count", "column")),
    parent="agency",
)
GIGS = TableSpec(
    "gigs",
    Text("零工单登记表", "orders for temporary work"),
    (
        _ID,
        _COMMUNITY,
        Column("gig_giver", "ref", "cell", hint="person"),
        Column("gig_task", "text", "cell"),
        Column("work_on", "date", "cell"),
        Column("gig_pay", "yuan", "cell"),
        Column("pay_by", "date"),
        _DATE,
    ),
    key="id",
)
GIG_ACTS = _acts(
    "gig_acts",
    Text("零工单办理表", "acts on orders"),
    "gig",
    words.GIG_ACTIONS,
    words.GIG_ROLES,
    Column("amount", "yuan"),
)
PUBLIC_PLACEMENTS = TableSpec(
    "public_placements",
    Text("公益性岗位申请表", "applications for public-interest posts"),
    (
        _ID,
        _PERSON,
        Column("public_post", "ref", "cell"),
        _JOB_KIND,
        _COMMUNITY,
        _choice("hardship", words.HARDSHIPS),
        Column("hardship_evidence", "ref", "column"),
        Column("born", "date", "column"),
        Column("retirement_group", "choice", "column", Choice(words.RETIREMENT_GROUPS)),
        Column("registered_unemployed", "yes_no", "column"),
        Column("unemployed_since", "date"),
        Column("employed_elsewhere", "yes_no", "column"),
        Column("earlier_placements", "count", "column"),
        Column("first_approved", "date"),
        _DATE,
    ),
    key="id",
)
PUBLIC_ACTS = _acts(
    "public_post_acts",
    Text("公益性岗位办理表", "acts on public-interest posts"),
    "public_placement",
    words.PUBLIC_POST_ACTIONS,
    words.PUBLIC_POST_ROLES,
    Column("until_on", "date"),
    Column("suitable", "yes_no"),
)
JOB_LOTS = TableSpec(
    "job_lots",
    Text("岗位开发表", "jobs opened"),
    (
        _ID,
        _JOB_KIND,
        _COMMUNITY,
        Column("jobs", "count", "cell", hint="positive"),
        Column("filled_jobs", "count", "column"),
        Column("from", "date", "cell"),
        Column("to", "date", "column"),
    ),
    key="id",
    check=_lot,
)
INPUTS: tuple[TableSpec, ...] = (
    NEEDS,
    CLASSES,
    CLASS_ACTS,
    SESSIONS,
    SIGNINS,
    TRAINEES,
    FAIRS,
    FAIR_ACTS,
    PLACEMENTS,
    PLACEMENT_ACTS,
    AGENCIES,
    OUTREACH,
    GIGS,
    GIG_ACTS,
    PUBLIC_PLACEMENTS,
    PUBLIC_ACTS,
    JOB_LOTS,
)

DEMAND = TableSpec(
    "training_demand",
    Text("培训需求汇总", "demand for training"),
    plain("specialty", "asks", "asked_persons", "proposed_classes", "outcome", "codes", "reason", "citation"),
)
CLASSES_OUT = TableSpec(
    "training_classes",
    Text("培训班办理情况", "training classes followed up"),
    (
        *plain("id", "specialty", "skill_level", skill_level=words.SKILL_LEVELS),
        *plain("community", "state", "class_places", "enrolled"),
        *plain("planned_hours", "held_hours", "training_claim", "next_follow", "codes", "citation"),
    ),
    key="id",
)  # fmt: skip
TRAINEES_OUT = TableSpec(
    "trainees",
    Text("参训人员补贴", "subsidies of trainees"),
    (
        *plain("training_class", "person", "attended_sessions", "class_sessions", "attendance_rate"),
        *plain("outcome", "codes", "missing", "reason", "citation"),
    ),
)  # fmt: skip
FINDINGS = TableSpec(
    "training_findings",
    Text("培训核查线索", "what looks odd in training records"),
    plain("finding", "related_sessions", "person", "teacher", "training_class", "records", "citation"),
)
_LADDER = plain(
    "entered_count",
    "submitted_count",
    "intended_count",
    "signed_count",
    "signed_rate",
    "at_work_count",
    "at_work_rate",
    "settled_due",
    "settled_count",
    "settled_job_rate",
)
PERFORMANCE = TableSpec(
    "training_performance",
    Text("培训绩效", "training performance"),
    (
        *plain("specialty", "specialties", "sessions", "attendances", "persons_trained", "trainees_listed"),
        *plain("assessed_count", "passed_count", "passed_rate", "certified_count", "certified_rate"),
        *plain("asked_first", "employed_first_count", "employed_first_rate"),
        *plain("asked_second", "employed_second_count", "employed_second_rate"),
    ),
)
FAIRS_OUT = TableSpec(
    "fairs",
    Text("招聘会", "fairs"),
    (
        *plain("id", "community", "state", "fair_on", "expected_heads", "permit_by", "permit_organ"),
        *plain("follow_by", "codes", "gate_heads"),
        *_LADDER,
        *plain("citation"),
    ),
    key="id",
)
LADDER = TableSpec(
    "placement_ladder",
    Text("就业服务阶梯", "ladder of placements"),
    (*plain("ladder_scope", "ladder_subject"), *_LADDER, *plain("citation")),
)
PLACEMENTS_OUT = TableSpec(
    "placements",
    Text("求职服务台账", "placements followed up"),
    plain(
        *("id", "community", "fair", "agency", "state", "rung", "insurance_by", "settle_from"),
        *("codes", "citation"),
    ),
    key="id",
)
AGENCY_PERFORMANCE = TableSpec(
    "agency_performance",
    Text("中介绩效", "performance of agencies"),
    (
        *plain("id", "outcome", "codes", "missing", "reason", "outreach_visits", "outreach_places"),
        *plain("reached_heads"),
        *_LADDER,
        *plain("citation"),
    ),
    key="id",
)
GIGS_OUT = TableSpec(
    "gigs",
    Text("零工台账", "orders followed up"),
    plain(
        *("id", "community", "state", "work_on", "gig_pay", "pay_due", "paid_pay", "owed_pay"),
        *("codes", "citation"),
    ),
    key="id",
)
ARREARS = TableSpec(
    "gig_arrears",
    Text("零工拖欠移送清单", "arrears to be referred"),
    plain(
        *("gig", "community", "gig_giver", "owed_pay", "pay_due", "overdue_days", "inspection"),
        *("state", "reason", "citation"),
    ),
)
GIG_MONTHS = TableSpec(
    "gig_months",
    Text("零工月报", "temporary work by month"),
    plain(
        *("month", "orders_put_up", "orders_completed", "orders_paid", "orders_paid_rate"),
        *("orders_in_arrears", "orders_in_arrears_rate", "owed_pay"),
    ),
)
PUBLIC_LEDGER = TableSpec(
    "public_post_ledger",
    Text("公益性岗位实名制台账", "register of public-interest posts, masked"),
    plain(
        *("id", "masked_person", "public_post", "job_kind", "community", "hardship", "state", "started_on"),
        *("until_on", "latest_on", "retirement_month", "days_left", "codes", "citation"),
        hardship=words.HARDSHIPS,
    ),
    key="id",
)
PUBLIC_SUMMARY = TableSpec(
    "public_post_summary",
    Text("公益性岗位统计", "public-interest posts by community"),
    plain(
        *("community", "placements_count", "persons_placed", "on_post_count", "expiring_count"),
        *("expired_count", "gone_count"),
    ),
)
JOB_STOCK = TableSpec(
    "job_stock",
    Text("岗位种类与存量", "kinds of job and their stock"),
    plain(
        *("job_kind", "kind_title", "public_kind", "kinds_listed", "kinds_open", "jobs_open"),
        *("jobs_filled", "jobs_unknown", "jobs_vacant", "jobs_closed", "citation"),
    ),
)


def _refused(name: str, title: Text, parent: str) -> TableSpec:
    return TableSpec(name, title, plain(parent, "at", "action", "codes", "reason"))


REFUSED_CLASS_ACTS = _refused(
    "refused_training_acts", Text("被拒培训办理记录", "refused acts on classes"), "training_class"
)
REFUSED_FAIR_ACTS = _refused("refused_fair_acts", Text("被拒招聘会办理记录", "refused acts on fairs"), "fair")
REFUSED_PLACEMENT_ACTS = _refused(
    "refused_placement_acts", Text("被拒求职服务记录", "refused acts on placements"), "placement"
)
REFUSED_GIG_ACTS = _refused("refused_gig_acts", Text("被拒零工办理记录", "refused acts on orders"), "gig")
REFUSED_PUBLIC_ACTS = _refused(
    "refused_public_post_acts",
    Text("被拒公益性岗位办理记录", "refused acts on public-interest posts"),
    "public_placement",
)
OUTPUTS: tuple[TableSpec, ...] = (
    DEMAND,
    CLASSES_OUT,
    REFUSED_CLASS_ACTS,
    TRAINEES_OUT,
    FINDINGS,
    PERFORMANCE,
    FAIRS_OUT,
    REFUSED_FAIR_ACTS,
    LADDER,
    PLACEMENTS_OUT,
    REFUSED_PLACEMENT_ACTS,
    AGENCY_PERFORMANCE,
    GIGS_OUT,
    ARREARS,
    GIG_MONTHS,
    REFUSED_GIG_ACTS,
    PUBLIC_LEDGER,
    PUBLIC_SUMMARY,
    REFUSED_PUBLIC_ACTS,
    JOB_STOCK,
)
