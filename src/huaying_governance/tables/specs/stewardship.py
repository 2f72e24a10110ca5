"""包联表格: contacts, duties, boundaries, partners, delegated services, support: what is read and what is written."""

# Long: every table of one concept, one after another.

from __future__ import annotations

from collections.abc import Iterator

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, period, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import stewardship as words
from huaying_governance.text import Text


def choice(name: str, held: Words) -> Column:
    """Return a column that must hold one of some words."""
    return Column(name, "choice", "cell", Choice(held))


def _segment(cells: Cells) -> Iterator[tuple[str, Fault]]:
    a, b, enclave = (cells.get(name) for name in ("side_a", "side_b", "enclave"))
    if not b and enclave is not True and "side_b" in cells:
        yield "side_b", Fault("empty-cell")
    if a and a == b:
        yield "side_b", Fault("same-side")


ID = Column("id", "ref", "cell")
COMMUNITY = Column("community", "ref", "cell")
FROM, TO = Column("from", "date", "cell"), Column("to", "date")
AT = Column("at", "moment", "cell")
ACTOR = Column("actor", "ref", "cell")
REASON, EVIDENCE = Column("reason", "text"), Column("evidence", "text")
_MATTER = Column("boundary_matter", "ref", "cell")
_CLAUSES = (Column("public_interest", "yes_no", "column"), Column("exit_clause", "yes_no", "column"))

CONTACTS = TableSpec(
    "contacts",
    Text("包联关系表", "contact leaders and departments"),
    (
        COMMUNITY,
        choice("contact_kind", words.CONTACT_KINDS),
        Column("contact", "ref", "cell"),
        FROM,
        TO,
        Column("acting", "yes_no"),
    ),
    check=period,
)
VISITS = TableSpec(
    "visits",
    Text("走访登记表", "visits of contacts"),
    (
        ID,
        COMMUNITY,
        Column("date", "date", "cell"),
        Column("visitor", "ref", "cell"),
        Column("issues", "count"),
        Column("opened", "list"),
        EVIDENCE,
    ),
    key="id",
)
DUTIES = TableSpec(
    "duties",
    Text("部门职责表", "duties of departments"),
    (
        Column("duty_item", "ref", "cell"),
        Column("duty_body", "ref", "cell"),
        choice("part", words.PARTS),
        Column("from", "date"),
        TO,
        Column("duty_basis", "text"),
    ),
    check=period,
)
SEGMENTS = TableSpec(
    "segments",
    Text("边界段表", "segments of the boundary"),
    (ID, Column("side_a", "ref", "cell"), Column("side_b", "ref", "column"), Column("enclave", "yes_no")),
    key="id",
    check=_segment,
)
CELL_LEADS = TableSpec(
    "cell_leads",
    Text("边界权责约定表", "leads along the boundary"),
    (
        Column("segment", "ref", "cell"),
        _MATTER,
        Column("lead", "ref", "cell"),
        FROM,
        TO,
        Column("agreement_no", "ref"),
        Column("map_ref", "ref"),
        Column("review_on", "date"),
    ),
    check=period,
)
FINDS = TableSpec(
    "finds",
    Text("边界发现表", "what was found along the boundary"),
    (
        ID,
        Column("segment", "ref", "cell"),
        _MATTER,
        Column("finder", "ref", "cell"),
        AT,
        Column("acted_at", "moment", "column"),
    ),
    key="id",
)
DISPUTES = TableSpec(
    "boundary_disputes",
    Text("权责争议表", "disputes over the boundary"),
    (ID, Column("segment", "ref", "cell"), _MATTER, choice("dispute_kind", words.DISPUTE_KINDS), AT),
    key="id",
)
DISPUTE_ACTS = TableSpec(
    "boundary_dispute_acts",
    Text("权责争议办理表", "acts on disputes over the boundary"),
    (
        Column("boundary_dispute", "ref", "cell"),
        AT,
        choice("action", words.DISPUTE_ACTIONS),
        ACTOR,
        choice("role", words.DISPUTE_ROLES),
        Column("leads", "list"),
        Column("signed_by", "list"),
        Column("agreement_no", "ref"),
        Column("from", "date"),
        Column("review_on", "date"),
        REASON,
        EVIDENCE,
    ),
    parent="boundary_dispute",
)
VENTURES = TableSpec(
    "ventures",
    Text("共治项目表", "projects of many actors"),
    (
        ID,
        Column("title", "text"),
        choice("actor_kind", words.ACTOR_KINDS),
        Column("carrier", "ref", "cell"),
        COMMUNITY,
        Column("date", "date", "cell"),
    ),
    key="id",
)
CONTRACTS = TableSpec(
    "venture_contracts",
    Text("社会资本合同表", "contracts with social capital"),
    (ID, Column("venture", "ref", "cell"), *_CLAUSES, Column("cap", "yuan", "column"), FROM, TO),
    key="id",
    check=period,
)
PAYMENTS = TableSpec(
    "venture_payments",
    Text("社会资本付款表", "payments on contracts"),
    (
        ID,
        Column("contract", "ref", "cell"),
        Column("date", "date", "cell"),
        Column("amount", "yuan", "cell"),
    ),
    key="id",
    parent="contract",
)
SERVICES = TableSpec(
    "delegated_services",
    Text("购买服务表", "delegated services"),
    (
        ID,
        COMMUNITY,
        Column("title", "text"),
        Column("purchaser", "ref", "cell"),
        Column("cap", "yuan", "cell"),
        *_CLAUSES,
        Column("date", "date", "cell"),
    ),
    key="id",
)
SERVICE_ACTS = TableSpec(
    "delegated_service_acts",
    Text("购买服务办理表", "acts on delegated services"),
    (
        Column("delegated_service", "ref", "cell"),
        AT,
        choice("action", words.SERVICE_ACTIONS),
        ACTOR,
        choice("role", words.SERVICE_ROLES),
        Column("provider", "ref"),
        Column("amount", "yuan"),
        Column("passed", "yes_no"),
        REASON,
        EVIDENCE,
    ),
    parent="delegated_service",
)
SUPPORTS = TableSpec(
    "supports",
    Text("支持保障登记表", "support given to communities"),
    (
        COMMUNITY,
        choice("support_kind", words.SUPPORT_KINDS),
        Column("giver", "ref", "cell"),
        Column("quantity", "number", "cell"),
        FROM,
        TO,
    ),
    check=period,
)
SUPPORT_NEEDS = TableSpec(
    "support_needs",
    Text("应保障数表", "support that communities need"),
    (COMMUNITY, choice("support_kind", words.SUPPORT_KINDS), Column("required_quantity", "number", "column")),
)
CHOICES = TableSpec(
    "rule_choices",
    Text("城乡规则选用表", "choices of the urban or the rural rule"),
    (
        ID,
        COMMUNITY,
        Column("matter", "ref", "cell"),
        choice("choice_rule", words.CHOICE_RULES),
        REASON,
        Column("date", "date", "cell"),
    ),
    key="id",
)
INPUTS: tuple[TableSpec, ...] = (
    CONTACTS,
    VISITS,
    DUTIES,
    SEGMENTS,
    CELL_LEADS,
    FINDS,
    DISPUTES,
    DISPUTE_ACTS,
    VENTURES,
    CONTRACTS,
    PAYMENTS,
    SERVICES,
    SERVICE_ACTS,
    SUPPORTS,
    SUPPORT_NEEDS,
    CHOICES,
)

CONTACTS_OUT = TableSpec(
    "contacts",
    Text("包联台账", "contacts of communities"),
    (
        *plain("community", "leaders", "departments", "acting", "vacancies", "visit_count", "issues"),
        *plain("opened_count", "solved_count", "codes", "reason", "citation"),
    ),
)
COMPLETENESS = TableSpec(
    "contact_completeness",
    Text("包联完整率", "completeness of contacts"),
    plain("met", "total", "covered", "not_complete"),
)
DUTIES_OUT = TableSpec(
    "duties",
    Text("权责清单", "who answers for what"),
    (
        *plain("duty_item", "accountable", "responsible", "consulted", "informed", "in_force_since"),
        *plain("codes", "reason", "citation"),
    ),
)
DUTY_GAPS = TableSpec(
    "duty_gaps",
    Text("权责缺口表", "items that nobody answers for"),
    plain("duty_item", "codes", "reason", "citation"),
)
DEPARTMENTS = TableSpec(
    "department_duties",
    Text("部门职责汇总", "duties by department"),
    plain("duty_body", "accountable_items", "responsible_items", "consulted_items", "informed_items"),
)
DUTY_HISTORY = TableSpec(
    "duty_history",
    Text("权责沿革", "history of duties"),
    plain("duty_item", "part", "duty_body", "from", "to", "duty_basis", part=words.PARTS),
)
MATRIX = TableSpec(
    "boundary_matrix",
    Text("权责矩阵", "segments by matters"),
    (
        *plain("segment", "boundary_matter", "side_a", "side_b", "leads", "agreement_no"),
        *plain("codes", "reason", "citation"),
    ),
)
MATRIX_SHARE = TableSpec(
    "boundary_coverage",
    Text("权责明确率", "cells with one lead"),
    plain("met", "total", "covered", "unclear_cells"),
)
FINDS_OUT = TableSpec(
    "finds",
    Text("先行处置", "who acts first"),
    plain("id", "segment", "boundary_matter", "finder", "acts", "billed", "codes", "reason", "citation"),
    key="id",
)
DISPUTES_OUT = TableSpec(
    "boundary_disputes",
    Text("权责争议办理情况", "disputes followed up"),
    (
        *plain(
            *("id", "segment", "boundary_matter", "dispute_kind", "state", "lead", "agreement_no"),
            dispute_kind=words.DISPUTE_KINDS,
        ),
        *plain("effect_on", "review_on"),
    ),
    key="id",
)
REFUSED_DISPUTE_ACTS = TableSpec(
    "refused_boundary_dispute_acts",
    Text("被拒权责争议办理", "refused acts on disputes"),
    plain("boundary_dispute", "at", "action", "codes", "reason"),
)
SHARES = TableSpec(
    "actor_shares",
    Text("多元主体项目占比", "projects by kind of actor"),
    plain("actor_kind", "project_count", "total", "part_percent", actor_kind=words.ACTOR_KINDS),
)
CONTRACTS_OUT = TableSpec(
    "venture_contracts",
    Text("社会资本合同审查", "contracts with social capital"),
    (
        *plain("id", "venture", "outcome", "cap", "paid_amount", "left_amount", "codes", "missing"),
        *plain("reason", "citation"),
    ),
    key="id",
)
PAYMENTS_OUT = TableSpec(
    "venture_payments",
    Text("社会资本付款裁定", "payments on contracts"),
    plain("id", "contract", "date", "amount", "outcome", "codes", "missing", "reason", "citation"),
    key="id",
)
SERVICES_OUT = TableSpec(
    "delegated_services",
    Text("购买服务办理情况", "delegated services followed up"),
    (
        *plain("id", "community", "state", "provider", "contract_amount", "verified_amount"),
        *plain("paid_amount", "owed_amount"),
    ),
    key="id",
)
REFUSED_SERVICE_ACTS = TableSpec(
    "refused_delegated_service_acts",
    Text("被拒购买服务办理", "refused acts on delegated services"),
    plain("delegated_service", "at", "action", "codes", "reason"),
)
BALANCES = TableSpec(
    "support_balance",
    Text("支持保障台账", "support against need"),
    (
        *plain(
            *("community", "support_kind", "required_quantity", "given", "shortfall", "covered"),
            support_kind=words.SUPPORT_KINDS,
        ),
        *plain("codes", "missing", "reason", "citation"),
    ),
)
CHOICES_OUT = TableSpec(
    "rule_choices",
    Text("城乡规则择优", "urban or rural rule"),
    plain(
        *("id", "community", "matter", "choice_rule", "outcome", "codes", "reason", "citation"),
        choice_rule=words.CHOICE_RULES,
    ),
    key="id",
)
OUTPUTS: tuple[TableSpec, ...] = (
    CONTACTS_OUT,
    COMPLETENESS,
    DUTIES_OUT,
    DUTY_GAPS,
    DEPARTMENTS,
    DUTY_HISTORY,
    MATRIX,
    MATRIX_SHARE,
    FINDS_OUT,
    DISPUTES_OUT,
    REFUSED_DISPUTE_ACTS,
    SHARES,
    CONTRACTS_OUT,
    PAYMENTS_OUT,
    SERVICES_OUT,
    REFUSED_SERVICE_ACTS,
    BALANCES,
    CHOICES_OUT,
)
