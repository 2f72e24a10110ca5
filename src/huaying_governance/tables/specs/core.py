"""首批表格: assignments, ledgers, subsidies and voters: their columns, and the rules that need more than one cell."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from huaying_governance.tables.cells import Column, Fault, Kind
from huaying_governance.tables.spec import Cells, TableSpec, period, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import core as words
from huaying_governance.text import Text


def _admission(cells: Cells) -> Iterator[tuple[str, Fault]]:
    if "matter" in cells and not cells["matter"] and not cells.get("title"):
        yield "matter", Fault("empty-cell")
    yield from period(cells)


def _entry(cells: Cells) -> Iterator[tuple[str, Fault]]:
    kind, source, category = cells.get("kind"), cells.get("source"), cells.get("category")
    if "accusation" in {kind, category}:
        yield ("kind" if kind == "accusation" else "category"), Fault("accusation")
    elif category and source:
        allowed = {"hotline": words.HOTLINE_CATEGORIES, "petition": words.PETITION_CATEGORIES}.get(
            str(source), {}
        )
        if category not in allowed:
            yield "category", Fault("category-not-for-source", choices=", ".join(allowed) or "—")
    if kind == "stability" and cells.get("petitioner"):
        yield "petitioner", Fault("petitioner-on-stability")


def _action(cells: Cells) -> Iterator[tuple[str, Fault]]:
    action = cells.get("action")
    if action in {"schedule", "extend"} and "days" in cells and cells["days"] is None:
        yield "days", Fault("empty-cell")
    if action == "verify" and "satisfied" in cells and cells["satisfied"] is None:
        yield "satisfied", Fault("empty-cell")


def _person(cells: Cells) -> Iterator[tuple[str, Fault]]:
    if cells.get("spouse") and cells.get("spouse") == cells.get("person"):
        yield "spouse", Fault("own-spouse")


_ID = Column("id", "ref", "cell")
_YES_NO: Kind = "yes_no"

ASSIGNMENTS = TableSpec(
    "assignments",
    Text("交办表", "assignments"),
    (
        _ID,
        Column("date", "date", "cell"),
        Column("assigner", "ref", "column"),
        Column("community", "ref", "cell"),
        Column("matter", "ref", "column"),
        Column("title", "text"),
        Column("funding", "yuan"),
        Column("emergency", "ref"),
    ),
    key="id",
)
ADMISSIONS = TableSpec(
    "admissions",
    Text("准入表", "admissions"),
    (
        _ID,
        Column("matter", "ref", "column"),
        Column("title", "text"),
        Column("assigner", "ref"),
        Column("communities", "list"),
        Column("from", "date"),
        Column("to", "date"),
        Column("funding", "yuan"),
        Column("decided_by", "ref"),
    ),
    key="id",
    check=_admission,
)
_KINDS = Choice(MappingProxyType({**words.ENTRY_KINDS, **words.ACCUSATION}))
ENTRIES = TableSpec(
    "entries",
    Text("台账条目表", "ledger entries"),
    (
        _ID,
        Column("kind", "choice", "cell", _KINDS),
        Column("source", "choice", "cell", Choice(words.ENTRY_SOURCES)),
        Column("category", "choice", "free", Choice(words.CATEGORIES)),
        Column("community", "ref", "cell"),
        Column("received_at", "moment", "cell"),
        Column("summary", "text"),
        Column("petitioner", "ref", hint="person"),
    ),
    key="id",
    check=_entry,
)
ACTIONS = TableSpec(
    "actions",
    Text("办理记录表", "actions"),
    (
        Column("entry", "ref", "cell"),
        Column("at", "moment", "cell"),
        Column("action", "choice", "cell", Choice(words.ACTIONS)),
        Column("actor", "ref", "cell"),
        Column("role", "choice", "cell", Choice(words.ROLES)),
        Column("lead", "ref"),
        Column("handler", "ref"),
        Column("reason", "text"),
        Column("days", "count", hint="positive"),
        Column("evidence", "text"),
        Column("satisfied", _YES_NO),
        Column("target", "ref"),
    ),
    parent="entry",
    check=_action,
)
PERSONS = TableSpec(
    "persons",
    Text("人员表", "persons"),
    (
        Column("person", "ref", "cell"),
        Column("education", "choice", "column", Choice(words.EDUCATION)),
        Column("spouse", "ref", "column"),
    ),
    key="person",
    check=_person,
)
SPELLS = TableSpec(
    "spells",
    Text("就业时段表", "employment spells"),
    (
        Column("person", "ref", "cell"),
        Column("employer", "ref"),
        Column("in_zone", _YES_NO, "cell"),
        Column("from", "date", "cell"),
        Column("to", "date", "column"),
    ),
    parent="person",
    check=period,
)
RESIDENTS = TableSpec(
    "residents",
    Text("居民表", "residents"),
    (
        Column("person", "ref", "cell"),
        Column("born", "date", "column"),
        Column("hukou_community", "ref", "column"),
        Column("community", "ref", "cell"),
        Column("body", "choice", "cell", Choice(words.BODIES)),
        Column("living_since", "date"),
        Column("worker_since", "date"),
        Column("confirmed", _YES_NO),
        Column("applied", _YES_NO),
        Column("meeting_consent", _YES_NO),
        Column("registered_elsewhere", _YES_NO),
        Column("rights", _YES_NO),
    ),
    key="person",
)

INPUTS: tuple[TableSpec, ...] = (*(ASSIGNMENTS, ADMISSIONS, ENTRIES, ACTIONS, PERSONS, SPELLS, RESIDENTS),)

SCREENED = TableSpec(
    "assignments",
    Text("交办裁定", "screened assignments"),
    plain("id", "outcome", "matter", "codes", "reason", "citation", "suggestions"),
    key="id",
)
VIOLATIONS = TableSpec(
    "violations",
    Text("违规下派记录", "violations"),
    plain("assignment", "date", "assigner", "community", "channel", "matter", "title", "codes", "resembles")
    + plain("agenda_item"),
    key="assignment",
)
VIOLATION_NOTICE = TableSpec(
    "violation_notice",
    Text("违规下派通报", "notice of violations"),
    plain("assigner", "channel", "assigned_count", "refused_count", "refused_rate")
    + plain("unlisted_count", "unfunded_count"),
)
ESCALATIONS = TableSpec(
    "escalations",
    Text("提请联席会议事项", "matters for the joint conference"),
    plain("agenda_item", "assigner", "refused_count", "first_refused", "last_refused", "assignments")
    + plain("agenda_topic", "citation"),
    key="agenda_item",
)
LEDGER_ROW = plain(
    *("id", "kind", "source", "category", "community", "received_at", "summary", "petitioner"),
    kind=words.ENTRY_KINDS,
    source=words.ENTRY_SOURCES,
    category=MappingProxyType({**words.HOTLINE_CATEGORIES, **words.PETITION_CATEGORIES}),
)
"""What goes from another concept into the ledger: written as the rows of its own table."""
FOLLOWED = TableSpec(
    "entries",
    Text("台账状态", "entries followed up"),
    plain(
        *("id", "kind", "state", "due", "overdue", "lead", "handler", "closed_on", "citation"),
        kind=words.ENTRY_KINDS,
    ),
    key="id",
)
REFUSED_ACTIONS = TableSpec(
    "refused_actions",
    Text("被拒办理记录", "refused actions"),
    plain("entry", "at", "action", "codes", "reason"),
)
AWARDS = TableSpec(
    "awards",
    Text("奖补结果", "awards"),
    plain("person", "policy", "rule", "amount", "outcome", "missing", "reason", "citation"),
)
ELIGIBILITY = TableSpec(
    "eligibility",
    Text("选民登记资格", "eligibility"),
    plain("person", "outcome", "codes", "missing", "reason", "citation"),
)
PROBLEMS = TableSpec(
    "problems",
    Text("问题清单", "problems"),
    plain("table", "row", "column", "code", "value", "message", "cure"),
)

OUTPUTS: tuple[TableSpec, ...] = (
    *(
        SCREENED,
        VIOLATIONS,
        VIOLATION_NOTICE,
        ESCALATIONS,
        FOLLOWED,
        REFUSED_ACTIONS,
        AWARDS,
        ELIGIBILITY,
        PROBLEMS,
    ),
)
