"""领航表格: whistles, members, appraisal, honours, posts: what is read and what is written."""

# Long: every table of one programme, one after another.

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, period, plain
from huaying_governance.tables.specs.core import LEDGER_ROW
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import party as words
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
        Column("rater_kind", "choice", "free", Choice(words.RATER_KINDS)),
        Column("rater_unit", "ref"),
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
        Column("branch", "ref"),
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
ATTENDANCE = TableSpec(
    "attendance",
    Text("组织生活到会表", "attendance of activities"),
    (
        Column("activity", "ref", "cell"),
        Column("date", "date", "cell"),
        _choice("kind", words.LIFE_KINDS),
        Column("topic", "text", "cell"),
        _COMMUNITY,
        Column("branch", "ref", "cell"),
        Column("host_branch", "ref", "cell"),
        _PERSON,
        Column("attended", "yes_no", "cell"),
        Column("agreed", "yes_no"),
    ),
)
REGISTRATIONS = TableSpec(
    "double_registrations",
    Text("双报到登记表", "members registered where they live"),
    (
        _PERSON,
        Column("unit", "ref", "cell"),
        _COMMUNITY,
        Column("skills", "list"),
        Column("takes", "count"),
        Column("registered_on", "date"),
    ),
)
NEEDS = TableSpec(
    "service_needs",
    Text("服务需求表", "needs of residents"),
    (
        _ID,
        _COMMUNITY,
        Column("skill", "ref", "cell"),
        Column("count", "count", "cell", hint="positive"),
        Column("ordered_by", "ref", hint="person"),
        Column("ordered_on", "date"),
        Column("placed_by", "ref"),
        Column("resource_kind", "choice", "free", Choice(words.RESOURCE_KINDS)),
    ),
    key="id",
)
SERVICES = TableSpec(
    "services",
    Text("服务登记表", "services of members"),
    (
        _ID,
        _PERSON,
        _COMMUNITY,
        Column("date", "date", "cell"),
        Column("hours", "count", "cell"),
        Column("confirmed_by", "ref", hint="person"),
    ),
)
UNITS = TableSpec(
    "resident_units",
    Text("驻社区单位表", "resident units"),
    (Column("unit", "ref", "cell"), _COMMUNITY, Column("joined_on", "date", "column")),
    key="unit",
)
RESOURCES = TableSpec(
    "resources",
    Text("资源清单", "resources"),
    (
        _ID,
        _choice("kind", words.RESOURCE_KINDS),
        Column("owner", "ref", "cell"),
        _COMMUNITY,
        Column("consent", "yes_no", "column"),
    ),
    key="id",
)
GRANTS = TableSpec(
    "rights_granted",
    Text("授权表", "rights granted"),
    (
        Column("actor", "ref", "cell"),
        _choice("right", words.RIGHTS),
        _COMMUNITY,
        Column("from", "date"),
        Column("to", "date"),
    ),
    check=period,
)
BOOKINGS = TableSpec(
    "bookings",
    Text("预订表", "bookings"),
    (
        _ID,
        Column("resource", "ref", "cell"),
        Column("date", "date", "cell"),
        Column("from_at", "moment", "cell"),
        Column("to_at", "moment", "cell"),
    ),
    key="id",
)
BOOKING_ACTS = TableSpec(
    "booking_acts",
    Text("预订办理表", "acts on bookings"),
    (
        Column("booking", "ref", "cell"),
        Column("at", "moment", "cell"),
        _choice("action", words.BOOKING_ACTIONS),
        Column("actor", "ref", "cell"),
        _choice("role", words.BOOKING_ROLES),
        Column("reason", "text"),
    ),
    parent="booking",
)
GROUPS = TableSpec(
    "party_groups",
    Text("功能党小组表", "groups for a purpose"),
    (
        _ID,
        Column("purpose", "text", "cell"),
        Column("lead", "ref", "cell", hint="person"),
        Column("from", "date", "cell"),
        Column("to", "date", "column"),
    ),
    key="id",
    check=period,
)
GROUP_ACTIVITIES = TableSpec(
    "group_activities",
    Text("党小组活动表", "activities of groups"),
    (Column("party_group", "ref", "cell"), Column("date", "date", "cell")),
    parent="party_group",
)
MARKET_DUTIES = TableSpec(
    "market_duties",
    Text("市场值守表", "duty rosters of markets"),
    (Column("market", "ref", "cell"), Column("date", "date", "cell"), _PERSON),
)
INPUTS: tuple[TableSpec, ...] = (
    GROUPS,
    GROUP_ACTIVITIES,
    MARKET_DUTIES,
    ATTENDANCE,
    REGISTRATIONS,
    NEEDS,
    SERVICES,
    UNITS,
    RESOURCES,
    GRANTS,
    BOOKINGS,
    BOOKING_ACTS,
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
    (
        *plain("id", "kind", "state", kind=words.WHISTLE_KINDS),
        *plain("community", "lead", "bodies", "copied_to", "due"),
        *plain("late", "deadlines", late=words.WHISTLE_ACTIONS, deadlines=words.WHISTLE_ACTIONS),
        *plain("score", "repeated", "citation"),
    ),
    key="id",
)
WHISTLE_MONTHS = TableSpec(
    "whistle_months",
    Text("吹哨月报", "whistles by month"),
    (
        *plain("month", "scope", "blown", "sent_out", "responded", "arrived", "solved", "said_count"),
        *plain("satisfaction", "late"),
    ),
)
WHISTLE_ENTRIES = TableSpec(
    "whistle_entries",
    Text("转入台账的哨", "whistles taken into the ledger"),
    LEDGER_ROW,
    key="id",
)
WHISTLE_TOPICS = TableSpec(
    "whistle_topics",
    Text("提交联席会议的哨", "whistles put to the conference"),
    plain("whistle", "community", "matter", "lead", "bodies", "date", "reason"),
    key="whistle",
)
WHISTLE_BODIES = TableSpec(
    "whistle_bodies",
    Text("报到单位排名", "whistles by who was called"),
    plain(
        "rank",
        "responder",
        "sent_out",
        "responded",
        "arrived",
        "solved",
        "said_count",
        "satisfaction",
        "late",
    ),
)
WHISTLE_FLAGS = TableSpec(
    "whistle_flags",
    Text("吹哨异常提示", "notes on whistles"),
    plain("flag", "noted_of", "count", "whistles_of", "reason", "citation"),
)
REFUSED_WHISTLE_ACTS = TableSpec(
    "refused_whistle_acts",
    Text("被拒报到记录", "refused acts on whistles"),
    plain("whistle", "at", "action", "codes", "reason"),
)
MEMBERS_OUT = TableSpec(
    "members",
    Text("党员名册核查", "members and what is due"),
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
        *plain(
            *("raters", "excluded", "withheld", "reckoned_groups", "quota_unmet", "citation"),
            withheld=words.INDICATOR_GROUPS,
            reckoned_groups=words.INDICATOR_GROUPS,
            quota_unmet=words.RATER_KINDS,
        ),
    ),
)
HONOURS_OUT = TableSpec(
    "honours",
    Text("挂牌办理情况", "honours followed up"),
    (
        *plain(
            *("id", "kind", "community", "trade", "state", "complaints", "notice", "review_due"),
            *("rectify_by",),
            kind=words.HONOUR_KINDS,
        ),
        *plain("overdue", "citation"),
    ),
    key="id",
)
REFUSED_HONOUR_ACTS = TableSpec(
    "refused_honour_acts",
    Text("被拒挂牌办理", "refused acts on honours"),
    plain("honour", "date", "action", "codes", "reason"),
)
HONOUR_CHANGES = TableSpec(
    "honour_changes",
    Text("挂牌增减表", "honours hung and taken down"),
    plain(
        *("quarter", "kind", "at_start", "added", "removed", "at_end", "suspended_count"),
        kind=words.HONOUR_KINDS,
    ),
)
HONOUR_PLACES = TableSpec(
    "honour_places",
    Text("挂牌名额情况", "places left under the caps on honours"),
    (
        *plain("year", "scope", "community", "branch", "kind", kind=words.HONOUR_KINDS),
        *plain("honours_applied", "hung", "hung_most", "citation"),
    ),
)
POST_SCORES = TableSpec(
    "post_scores",
    Text("设岗积分", "points of posts"),
    plain("post", "person", "community", "quarter", "points", "codes", "missing", "reason", "citation"),
)
ACTIVITIES = TableSpec(
    "party_activities",
    Text("组织生活活动", "activities held"),
    (
        *plain(
            *("activity", "date", "kind", "topic", "count", "attended", "agreed", "quorate", "carried"),
            kind=words.LIFE_KINDS,
        ),
        *plain("branches", "heads"),
    ),
)
LIFE = TableSpec(
    "party_life",
    Text("组织生活落实情况", "what branches have held"),
    plain("branch", "kind", "last_on", "held", "covered", "citation", kind=words.LIFE_KINDS),
)
TOURS = TableSpec(
    "party_tours", Text("巡回宣讲覆盖", "lecture tours"), plain("community", "activities", "covered")
)
MATCHES = TableSpec(
    "service_matches",
    Text("派单结果", "who takes what"),
    plain("id", "community", "skill", "count", "matched", "short", "reason"),
)
FEEDBACK = TableSpec(
    "double_reporting",
    Text("双报到反馈", "feedback to units"),
    plain("unit", "members", "places", "services", "hours", "reason"),
)
COVERAGE = TableSpec(
    "resident_units",
    Text("大党委覆盖率", "resident units that joined"),
    plain("scope", "joined", "units", "covered", "missing"),
)
BOOKINGS_OUT = TableSpec(
    "bookings",
    Text("预订结果", "bookings"),
    plain("id", "resource", "from_at", "to_at", "state", "actor"),
)
REFUSED_BOOKING_ACTS = TableSpec(
    "refused_booking_acts",
    Text("被拒预订", "refused acts on bookings"),
    plain("booking", "at", "action", "codes", "reason"),
)
GROUPS_OUT = TableSpec(
    "party_groups",
    Text("功能党小组情况", "groups and their state"),
    plain("id", "purpose", "state", "last_on", "activities", "citation"),
)
ROSTERS = TableSpec(
    "market_rosters",
    Text("市场值守情况", "markets and who is on duty"),
    plain("market", "count", "held", "last_on"),
)
OUTPUTS: tuple[TableSpec, ...] = (
    GROUPS_OUT,
    ROSTERS,
    ACTIVITIES,
    LIFE,
    TOURS,
    MATCHES,
    FEEDBACK,
    COVERAGE,
    BOOKINGS_OUT,
    REFUSED_BOOKING_ACTS,
    WHISTLES_OUT,
    WHISTLE_MONTHS,
    *(WHISTLE_ENTRIES, WHISTLE_TOPICS, WHISTLE_BODIES, WHISTLE_FLAGS),
    REFUSED_WHISTLE_ACTS,
    MEMBERS_OUT,
    BRANCHES,
    APPRAISAL,
    HONOURS_OUT,
    HONOUR_CHANGES,
    HONOUR_PLACES,
    REFUSED_HONOUR_ACTS,
    POST_SCORES,
)
