"""参与表格: mediation, forum, ways of taking part, evidence of residence, lectures: what is read, what is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, plain
from huaying_governance.tables.specs.core import LEDGER_ROW
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import participation as words
from huaying_governance.text import Text


def _choice(name: str, held: Words) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _optional(name: str, held: Words) -> Column:
    return Column(name, "choice", "free", Choice(held))


def _sides(cells: Cells) -> Iterator[tuple[str, Fault]]:
    parties = cells.get("parties")
    if isinstance(parties, tuple) and len(parties) < 2:
        yield "parties", Fault("one-party")


def _span(cells: Cells) -> Iterator[tuple[str, Fault]]:
    start, end = cells.get("from_at"), cells.get("to_at")
    if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
        yield "to_at", Fault("to-before-from")


_ID = Column("id", "ref", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")
_COMMUNITY = Column("community", "ref", "cell")
_AT = Column("at", "moment", "cell")
_ACTOR = Column("actor", "ref", "cell", hint="person")
_WHY = (Column("reason", "text"), Column("evidence", "text"))

MEDIATIONS = TableSpec(
    "mediations",
    Text("调解登记表", "disputes"),
    (
        _ID,
        _COMMUNITY,
        _choice("kind", words.DISPUTE_KINDS),
        _choice("origin", words.ORIGINS),
        Column("parties", "list", "cell", hint="person"),
        _AT,
    ),
    key="id",
    check=_sides,
)
MEDIATION_ACTS = TableSpec(
    "mediation_acts",
    Text("调解办理表", "acts on disputes"),
    (
        Column("mediation", "ref", "cell"),
        _AT,
        _choice("action", words.MEDIATION_ACTIONS),
        _ACTOR,
        _choice("role", words.MEDIATION_ROLES),
        _optional("form", words.FORMS),
        Column("joint", "yes_no"),
        Column("confirmed", "yes_no"),
        *_WHY,
    ),
    parent="mediation",
)
TOPICS = TableSpec(
    "topics",
    Text("议题表", "topics"),
    (
        _ID,
        _COMMUNITY,
        _choice("route", words.ROUTES),
        _choice("decider", words.DECIDERS),
        _choice("proposer", words.PROPOSERS),
        Column("title", "text", "cell"),
        Column("private_matter", "yes_no", "cell"),
        _AT,
    ),
    key="id",
)
TOPIC_ACTS = TableSpec(
    "topic_acts",
    Text("议事办理表", "acts on topics"),
    (
        Column("forum_topic", "ref", "cell"),
        _AT,
        _choice("action", words.TOPIC_ACTIONS),
        _ACTOR,
        _choice("role", words.TOPIC_ROLES),
        Column("lawful", "yes_no"),
        Column("due_count", "count"),
        Column("present_count", "count"),
        Column("agreed_count", "count"),
        _optional("display", words.DISPLAYS),
        Column("resolution", "ref"),
        Column("lead", "ref"),
        Column("due_on", "date"),
        *_WHY,
    ),
    parent="forum_topic",
)
PARTICIPANTS = TableSpec(
    "participants",
    Text("参与申请表", "who would take part"),
    (
        _PERSON,
        _COMMUNITY,
        _choice("way", words.WAYS),
        Column("born", "date"),
        Column("living_since", "date"),
        Column("worker_since", "date"),
    ),
)
RESIDENCES = TableSpec(
    "residences",
    Text("居住凭据表", "stays and what shows them"),
    (
        _PERSON,
        _COMMUNITY,
        _choice("residence_reason", words.RESIDENCE_REASONS),
        Column("living_since", "date", "column"),
        _choice("evidence_kind", words.EVIDENCE_KINDS),
    ),
)
LECTURES = TableSpec(
    "lectures",
    Text("讲座宣讲表", "lectures and safety sessions"),
    (
        _ID,
        _choice("kind", words.LECTURE_KINDS),
        _COMMUNITY,
        Column("room", "ref", "cell"),
        Column("speaker", "ref", "cell", hint="person"),
        Column("from_at", "moment", "cell"),
        Column("to_at", "moment", "cell"),
        Column("head_count", "count"),
    ),
    key="id",
    check=_span,
)
LISTENERS = TableSpec(
    "lecture_listeners",
    Text("听讲表", "who listened"),
    (Column("lecture", "ref", "cell"), _PERSON),
    parent="lecture",
)
INPUTS: tuple[TableSpec, ...] = (
    MEDIATIONS,
    MEDIATION_ACTS,
    TOPICS,
    TOPIC_ACTS,
    PARTICIPANTS,
    RESIDENCES,
    LECTURES,
    LISTENERS,
)

MEDIATIONS_OUT = TableSpec(
    "mediations",
    Text("调解情况", "mediations"),
    (
        *plain(
            *("id", "community", "kind", "state", "party_count", "in_open", "effective_on", "due"),
            kind=words.DISPUTE_KINDS,
        ),
        *plain("overdue", "to_report", "channels", "citation"),
    ),
    key="id",
)
MEDIATION_MONTHS = TableSpec(
    "mediation_months",
    Text("调解月报", "mediations by month"),
    (
        *plain("month", "community", "disputes", "ended", "settled", "settled_rate"),
        *plain("performed", "performed_rate", "written_agreements", "written_rate"),
        *plain("confirmed_agreements", "confirmed_rate", "open_sessions"),
    ),
)
REFUSED_MEDIATION_ACTS = TableSpec(
    "refused_mediation_acts",
    Text("被拒调解办理", "refused acts on disputes"),
    plain("mediation", "at", "action", "codes", "reason"),
)
TOPICS_OUT = TableSpec(
    "topics",
    Text("议题情况", "topics as they stand"),
    (
        *plain(
            "id", "community", "route", "state", "stages", "display_until", "breaches", route=words.ROUTES
        ),
        *plain("resolution", "resolution_state", "entry_state", "lead", "due", "overdue", "citation"),
    ),
    key="id",
)
TOPIC_STAGES = TableSpec(
    "topic_stages",
    Text("议事环节表", "meetings on topics"),
    (
        *plain("forum_topic", "action", "date", "due_count", "present_count", "attend_rate"),
        *plain("agreed_count", "agree_rate", "citation"),
    ),
)
TOPIC_MONTHS = TableSpec(
    "topic_months",
    Text("议事与公开月报", "topics and their publication by month"),
    (
        *plain("month", "community", "topics", "decided", "resolved", "resolved_rate"),
        *plain(
            "executed", "executed_rate", "appraised", "appraised_rate", "displays", "breaches", "breach_rate"
        ),
    ),
)
TOPIC_ENTRIES = TableSpec(
    "topic_entries",
    Text("转入台账的决议", "decisions for the ledger"),
    LEDGER_ROW,
    key="id",
)
REFUSED_TOPIC_ACTS = TableSpec(
    "refused_topic_acts",
    Text("被拒议事办理", "refused acts on topics"),
    plain("forum_topic", "at", "action", "codes", "reason"),
)
PARTICIPANTS_OUT = TableSpec(
    "participants",
    Text("参与资格", "who may take part"),
    plain("person", "community", "way", "outcome", "codes", "missing", "reason", "citation", way=words.WAYS),
)
RESIDENCES_OUT = TableSpec(
    "residences",
    Text("居住认定", "stays accepted"),
    plain("person", "community", "outcome", "codes", "missing", "reason", "citation"),
)
LECTURES_OUT = TableSpec(
    "lectures",
    Text("讲座日历", "calendar of lectures"),
    plain(
        *("id", "kind", "community", "from_at", "weekend", "head_count", "listed", "codes", "clashes"),
        kind=words.LECTURE_KINDS,
    ),
    key="id",
)
LECTURE_MONTHS = TableSpec(
    "lecture_months",
    Text("宣讲场次人次", "sessions and heads"),
    plain("month", "kind", "sessions", "counted_sessions", "head_count", kind=words.LECTURE_KINDS),
)
OUTPUTS: tuple[TableSpec, ...] = (
    MEDIATIONS_OUT,
    MEDIATION_MONTHS,
    REFUSED_MEDIATION_ACTS,
    TOPICS_OUT,
    TOPIC_STAGES,
    TOPIC_MONTHS,
    TOPIC_ENTRIES,
    REFUSED_TOPIC_ACTS,
    PARTICIPANTS_OUT,
    RESIDENCES_OUT,
    LECTURES_OUT,
    LECTURE_MONTHS,
)
