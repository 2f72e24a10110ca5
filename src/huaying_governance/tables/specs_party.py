"""领航表格: whistles, members, appraisal, honours, posts: what is read and what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huaying_governance.tables import words_party as words
from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.text import Text


def _choice(name: str, held: Mapping[str, tuple[str, ...]]) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _act(cells: Cells) -> Iterator[tuple[str, Fault]]:
    action, score = cells.get("action"), cells.get("score")
    if action == "score" and "score" in cells and not (isinstance(score, int) and 1 <= score <= 5):
        yield "score", Fault("bad-count")
    if action == "verify" and "satisfied" in cells and cells["satisfied"] is None:
        yield "satisfied", Fault("empty-cell")


def _rating(cells: Cells) -> Iterator[tuple[str, Fault]]:
    score = cells.get("score")
    if isinstance(score, int) and score > 100:
        yield "score", Fault("bad-count")


_ID = Column("id", "ref", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")
_COMMUNITY = Column("community", "ref", "cell")

WHISTLES = TableSpec(
    "whistles",
    Text("吹哨表", "whistles"),
    (
        _ID,
        _COMMUNITY,
        _choice("kind", words.WHISTLE_KINDS),
        _choice("responder", words.RESPONDERS),
        Column("matter", "ref", "column"),
        Column("at", "moment", "cell"),
    ),
    key="id",
)
WHISTLE_ACTS = TableSpec(
    "whistle_acts",
    Text("报到记录表", "acts on whistles"),
    (
        Column("whistle", "ref", "cell"),
        Column("at", "moment", "cell"),
        _choice("action", words.WHISTLE_ACTIONS),
        Column("actor", "ref", "cell"),
        _choice("role", words.WHISTLE_ROLES),
        Column("bodies", "list"),
        Column("lead", "ref"),
        Column("reason", "text"),
        Column("basis", "ref"),
        Column("evidence", "text"),
        Column("days", "count", hint="positive"),
        Column("satisfied", "yes_no"),
        Column("score", "count"),
    ),
    parent="whistle",
    check=_act,
)
MEMBERS = TableSpec(
    "members",
    Text("党员名册", "members"),
    (
        _PERSON,
        Column("branch", "ref", "cell"),
        _COMMUNITY,
        Column("formal", "yes_no", "cell"),
        Column("full", "yes_no", "cell"),
        Column("out_since", "date"),
        Column("fixed_place", "yes_no"),
        Column("receiving", "yes_no"),
        Column("last_contact", "date"),
        Column("pledge_due", "date"),
        Column("pledge_done", "date"),
    ),
)
RATINGS = TableSpec(
    "ratings",
    Text("评议评分表", "ratings of departments"),
    (
        Column("rater", "ref", "cell", hint="person"),
        Column("department", "ref", "cell"),
        _choice("group", words.INDICATOR_GROUPS),
        Column("score", "count", "cell"),
        Column("dispute", "yes_no"),
    ),
    check=_rating,
)
HONOURS = TableSpec(
    "honours",
    Text("挂牌申请表", "honours applied for"),
    (
        _ID,
        Column("holder", "ref", "cell", hint="person"),
        _choice("kind", words.HONOUR_KINDS),
        _COMMUNITY,
        Column("trade", "ref", "cell"),
        Column("date", "date", "cell"),
    ),
    key="id",
)
HONOUR_ACTS = TableSpec(
    "honour_acts",
    Text("挂牌办理表", "acts on honours"),
    (
        Column("honour", "ref", "cell"),
        Column("date", "date", "cell"),
        _choice("action", words.HONOUR_ACTIONS),
        Column("actor", "ref", "cell"),
        _choice("role", words.HONOUR_ROLES),
        Column("passed", "yes_no"),
        Column("reason", "text"),
        Column("evidence", "text"),
    ),
    parent="honour",
)
POST_DUTIES = TableSpec(
    "post_duties",
    Text("设岗履职表", "duties of posts"),
    (
        Column("post", "ref", "cell"),
        _PERSON,
        _COMMUNITY,
        Column("quarter", "ref", "cell"),
        Column("applied", "yes_no", "column"),
        Column("publicised", "yes_no", "column"),
        Column("duty", "count", "column"),
        Column("bonus", "count"),
        Column("exempt", "yes_no"),
    ),
)
INPUTS: tuple[TableSpec, ...] = (
    WHISTLES,
    WHISTLE_ACTS,
    MEMBERS,
    RATINGS,
    HONOURS,
    HONOUR_ACTS,
    POST_DUTIES,
)

WHISTLES_OUT = TableSpec(
    "whistles",
    Text("吹哨办理情况", "whistles followed up"),
    plain("id", "kind", "state", "community", "lead", "due", "late", "deadlines", "score", "repeated", "citation"),
    key="id",
)  # fmt: skip
WHISTLE_MONTHS = TableSpec(
    "whistle_months",
    Text("吹哨月报", "whistles by month"),
    plain("month", "scope", "blown", "responded", "arrived", "solved", "satisfaction", "late"),
)
REFUSED_WHISTLE_ACTS = TableSpec(
    "refused_whistle_acts",
    Text("被拒报到记录", "refused acts on whistles"),
    plain("whistle", "at", "action", "codes", "reason"),
)
MEMBERS_OUT = TableSpec(
    "members",
    Text("流动党员名册", "members and what is due"),
    plain("person", "branch", "community", "codes", "reason", "citation"),
)
BRANCHES = TableSpec(
    "branches",
    Text("支部设置建议", "branches and proposals"),
    plain("branch", "size", "full", "codes", "reason", "citation"),
)
APPRAISAL = TableSpec(
    "appraisal",
    Text("评议结果", "appraisal of departments"),
    (
        *plain("department", "weights", "process", "survey", "events", "score", "grade"),
        *plain("raters", "excluded", "withheld", "citation"),
    ),
)
HONOURS_OUT = TableSpec(
    "honours",
    Text("挂牌增减表", "honours hung and taken down"),
    plain("id", "kind", "community", "trade", "state", "complaints", "notice", "citation"),
    key="id",
)
REFUSED_HONOUR_ACTS = TableSpec(
    "refused_honour_acts",
    Text("被拒挂牌办理", "refused acts on honours"),
    plain("honour", "date", "action", "codes", "reason"),
)
POST_SCORES = TableSpec(
    "post_scores",
    Text("设岗积分", "points of posts"),
    plain("post", "person", "community", "quarter", "points", "codes", "missing", "reason", "citation"),
)
OUTPUTS: tuple[TableSpec, ...] = (
    WHISTLES_OUT,
    WHISTLE_MONTHS,
    REFUSED_WHISTLE_ACTS,
    MEMBERS_OUT,
    BRANCHES,
    APPRAISAL,
    HONOURS_OUT,
    REFUSED_HONOUR_ACTS,
    POST_SCORES,
)
