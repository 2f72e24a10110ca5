"""联席会议表格: items, meetings, circulations, resolutions, resources and the acts on them, read and written."""

# Long: every table of one concept, one after another.

from __future__ import annotations

from collections.abc import Iterator

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import conference as words
from huaying_governance.tables.words.party import RESOURCE_KINDS
from huaying_governance.text import Text


def _choice(name: str, held: Words) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _optional(name: str, held: Words) -> Column:
    return Column(name, "choice", "free", Choice(held))


_ID = Column("id", "ref", "cell")
_DATE = Column("date", "date", "cell")
_AT = Column("at", "moment", "cell")
_ACTOR = Column("actor", "ref", "cell", hint="person")
_BODY = Column("actor", "ref", "cell")
_CONFERENCE = Column("conference", "ref", "cell")
_REASON, _EVIDENCE = Column("reason", "text"), Column("evidence", "text")


def _item(cells: Cells) -> Iterator[tuple[str, Fault]]:
    if cells.get("references") and not cells.get("reference_kind"):
        yield "reference_kind", Fault("empty-cell")
    if cells.get("reference_kind") and "references" in cells and not cells["references"]:
        yield "references", Fault("empty-cell")


AGENDA = TableSpec(
    "agenda",
    Text("议题表", "agenda items"),
    (
        _ID,
        _CONFERENCE,
        _DATE,
        Column("title", "text", "cell"),
        Column("sponsor", "ref", "cell"),
        _choice("agenda_category", words.CATEGORIES),
        Column("concerned", "list"),
        Column("lead", "ref"),
        Column("reserved_by_law", "yes_no"),
        _optional("reference_kind", words.REFERENCE_KINDS),
        Column("references", "list"),
    ),
    key="id",
    check=_item,
)
AGENDA_ACTS = TableSpec(
    "agenda_acts",
    Text("议题办理表", "acts on agenda items"),
    (
        Column("item", "ref", "cell"),
        _AT,
        _choice("action", words.ITEM_ACTIONS),
        _BODY,
        _choice("role", words.ITEM_ROLES),
        _REASON,
        _EVIDENCE,
    ),
    parent="item",
)
MEETINGS = TableSpec(
    "meetings",
    Text("会议计划表", "meetings"),
    (
        _ID,
        _CONFERENCE,
        _choice("meeting_kind", words.MEETING_KINDS),
        Column("meeting_planned_on", "date", "cell"),
        Column("meeting_day", "date", "cell"),
        Column("meeting_site", "text"),
        Column("comprehensive", "yes_no"),
        Column("report_minutes", "count"),
    ),
    key="id",
)
MEETING_ACTS = TableSpec(
    "meeting_acts",
    Text("会务办理表", "acts of a meeting"),
    (
        Column("meeting", "ref", "cell"),
        _AT,
        _choice("action", words.MEETING_ACTIONS),
        _ACTOR,
        _choice("role", words.MEETING_ROLES),
        Column("member", "ref"),
        Column("item", "ref"),
        _optional("vote", words.VOTES),
        _optional("decision", words.OUTCOMES),
        Column("attending", "ref", hint="person"),
        Column("granted_by", "ref", hint="person"),
        Column("meeting_day", "date"),
        Column("minutes", "text"),
        Column("minutes_version", "count"),
        _REASON,
    ),
    parent="meeting",
)
CIRCULATIONS = TableSpec(
    "circulations",
    Text("传签表", "circulations"),
    (
        _ID,
        _CONFERENCE,
        Column("item", "ref", "cell"),
        _DATE,
        Column("title", "text", "cell"),
        Column("urgency", "text", "column"),
    ),
    key="id",
)
CIRCULATION_ACTS = TableSpec(
    "circulation_acts",
    Text("传签办理表", "acts on circulations"),
    (
        Column("circulation", "ref", "cell"),
        _AT,
        _choice("action", words.CIRCULATION_ACTIONS),
        _ACTOR,
        _choice("role", words.MEETING_ROLES),
        Column("member", "ref"),
        Column("consents", "yes_no"),
        _REASON,
    ),
    parent="circulation",
)
RESOLUTIONS = TableSpec(
    "resolutions",
    Text("议定事项表", "resolutions"),
    (
        _ID,
        Column("item", "ref", "cell"),
        Column("meeting", "ref"),
        _DATE,
        Column("title", "text", "cell"),
        Column("leads", "list", "column"),
        Column("cooperators", "list"),
        Column("due_on", "date", "column"),
        Column("measure", "text", "column"),
        Column("circulation", "ref"),
    ),
    key="id",
)
RESOLUTION_ACTS = TableSpec(
    "resolution_acts",
    Text("督办办理表", "acts on resolutions"),
    (
        Column("resolution_ref", "ref", "cell"),
        _AT,
        _choice("action", words.RESOLUTION_ACTIONS),
        _BODY,
        _choice("role", words.RESOLUTION_ROLES),
        Column("consents", "yes_no"),
        Column("satisfied", "yes_no"),
        Column("days", "count"),
        _REASON,
        _EVIDENCE,
    ),
    parent="resolution_ref",
)
PLEDGES = TableSpec(
    "pledges",
    Text("共享资源表", "shared resources"),
    (
        _ID,
        _CONFERENCE,
        Column("member", "ref", "cell"),
        _DATE,
        _choice("resource_kind", RESOURCE_KINDS),
        Column("title", "text", "cell"),
        Column("pledged_quantity", "yuan", "cell"),
        Column("quantity_unit", "text", "cell"),
        Column("to", "date"),
        Column("resolution_ref", "ref"),
    ),
    key="id",
)
PLEDGE_ACTS = TableSpec(
    "pledge_acts",
    Text("资源使用表", "use of shared resources"),
    (
        Column("pledge", "ref", "cell"),
        _AT,
        _choice("action", words.PLEDGE_ACTIONS),
        _BODY,
        _choice("role", words.PLEDGE_ROLES),
        Column("quantity", "yuan"),
        _REASON,
    ),
    parent="pledge",
)
INPUTS: tuple[TableSpec, ...] = (
    AGENDA,
    AGENDA_ACTS,
    MEETINGS,
    MEETING_ACTS,
    CIRCULATIONS,
    CIRCULATION_ACTS,
    RESOLUTIONS,
    RESOLUTION_ACTS,
    PLEDGES,
    PLEDGE_ACTS,
)

AGENDA_OUT = TableSpec(
    "agenda",
    Text("议题情况", "agenda items"),
    (
        *plain(
            *("id", "conference", "title", "agenda_category", "state", "concerned", "unheard", "tabled_at"),
            agenda_category=words.CATEGORIES,
        ),
        *plain(
            *("tabled_often", "decided_at", "decision", "carried_over_from", "reference_kind", "references"),
            decision=words.OUTCOMES,
            reference_kind=words.REFERENCE_KINDS,
        ),
        *plain("citation"),
    ),
    key="id",
)
AGENDA_YEARS = TableSpec(
    "agenda_years",
    Text("共商共推共享年度统计", "items by year and category"),
    plain(
        *("year", "agenda_category", "items", "items_decided", "items_carried", "carried_rate", "deferrals"),
        "items_circulated",
        agenda_category=words.CATEGORIES,
    ),
)
MEETINGS_OUT = TableSpec(
    "meetings",
    Text("会议情况", "meetings"),
    (
        *plain(
            *("id", "conference", "meeting_kind", "meeting_day", "state", "member_total", "quorum_needed"),
            meeting_kind=words.MEETING_KINDS,
        ),
        *plain("seated", "proxies", "left_early", "agenda_items", "items_carried", "deferred_items"),
        *plain("minutes_version"),
        *plain("minutes_digest", "minutes_due", "minutes_late", "codes", "reason", "citation"),
    ),
    key="id",
)
DECISIONS_OUT = TableSpec(
    "decisions",
    Text("议定结果", "decisions"),
    (
        *plain(
            *("meeting", "item", "decision", "votes_for", "dissent", "votes_abstained", "recused_members"),
            decision=words.OUTCOMES,
        ),
        *plain("present_members", "quorum_needed", "majority_needed", "citation"),
    ),
)
ATTENDANCE_RATES = TableSpec(
    "attendance_rates",
    Text("成员单位出席率", "attendance of members"),
    (
        *plain("conference", "year", "member", "member_terms", "meetings_held", "in_person", "by_proxy"),
        *plain("excused_meetings", "unexcused", "left_meetings", "seated_rate", "in_person_rate"),
    ),
)
CIRCULATIONS_OUT = TableSpec(
    "circulations",
    Text("传签情况", "circulations"),
    (
        *plain("id", "conference", "item", "title", "urgency", "state", "circulated_on", "sign_due"),
        *plain("member_total", "agreement_needed", "agreed_members", "objected", "unsigned", "settled_on"),
        *plain("confirmed_at", "lapsed_at", "days_unconfirmed", "codes", "reason", "citation"),
    ),
    key="id",
)
CIRCULATION_SIGNATURES = TableSpec(
    "circulation_signatures",
    Text("传签签署记录", "signatures of circulations"),
    plain("circulation", "member", "signatory", "at", "consents", "reason"),
)
CONFERENCE_WAITING = TableSpec(
    "conference_waiting",
    Text("待列入议题", "what waits for an agenda"),
    (
        *plain("reference_kind", "references", "title", "sponsor", "concerned", "waiting_since"),
        *plain("reason", "citation"),
    ),
)
RESOLUTIONS_OUT = TableSpec(
    "resolutions",
    Text("议定事项明细", "resolutions"),
    (
        *plain("id", "item", "meeting", "circulation", "title", "lead", "cooperators", "measure", "state"),
        *plain("lapsed", "colour"),
        *plain("due", "days_late", "extended", "progress_count", "last_progress", "unsigned", "sign_due"),
        *plain("supervised", "escalated_to", "closed_on", "citation"),
    ),
    key="id",
)
RESOLUTION_STATUS = TableSpec(
    "resolution_status",
    Text("议定事项落实情况表", "how resolutions are carried out"),
    (
        *plain("lead", "resolution_total", "resolutions_closed", "closed_rate", "closed_in_time"),
        *plain("closed_in_time_rate", "green", "yellow", "red", "red_rate", "reopened"),
    ),
)
SUPERVISION = TableSpec(
    "supervision",
    Text("督办通报", "supervision notice"),
    (
        *plain("colour", "resolution_ref", "title", "lead", "due", "days_late", "supervised", "escalated_to"),
        *plain("lead_open", "lead_red", "lead_red_rate", "citation"),
    ),
)
PLEDGES_OUT = TableSpec(
    "pledges",
    Text("资源共享台账", "ledger of shared resources"),
    (
        *plain(
            *("id", "member", "resource_kind", "title", "state", "pledged_quantity", "drawn_quantity"),
            resource_kind=RESOURCE_KINDS,
        ),
        *plain("balance", "quantity_unit", "drawn_rate", "users", "resolution_ref", "citation"),
    ),
    key="id",
)
TRACES = TableSpec(
    "conference_traces",
    Text("联席会议溯源表", "what came from what"),
    plain("traced_kind", "traced", "direction", "related_kind", "related", "steps"),
)
REFUSED = tuple(
    TableSpec(f"refused_{name}_acts", title, plain(parent, "at", "action", "codes", "reason"))
    for name, parent, title in (
        ("agenda", "item", Text("被拒议题办理", "refused acts on agenda items")),
        ("meeting", "meeting", Text("被拒会务办理", "refused acts of a meeting")),
        ("circulation", "circulation", Text("被拒传签办理", "refused acts on circulations")),
        ("resolution", "resolution_ref", Text("被拒督办办理", "refused acts on resolutions")),
        ("pledge", "pledge", Text("被拒资源使用", "refused use of shared resources")),
    )
)
REFUSED_AGENDA, REFUSED_MEETING, REFUSED_CIRCULATION, REFUSED_RESOLUTION, REFUSED_PLEDGE = REFUSED
OUTPUTS: tuple[TableSpec, ...] = (
    AGENDA_OUT,
    AGENDA_YEARS,
    MEETINGS_OUT,
    DECISIONS_OUT,
    ATTENDANCE_RATES,
    CIRCULATIONS_OUT,
    CIRCULATION_SIGNATURES,
    RESOLUTIONS_OUT,
    RESOLUTION_STATUS,
    SUPERVISION,
    PLEDGES_OUT,
    TRACES,
    CONFERENCE_WAITING,
    *REFUSED,
)
