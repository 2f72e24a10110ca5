"""选举表格: rolls, registrations, elections, ballots, self-help: what is read, what is written.

A ballot has no column for a voter, and none may be added.
"""

from __future__ import annotations

from huaying_governance.tables.cells import Column
from huaying_governance.tables.spec import TableSpec, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import elections as words
from huaying_governance.tables.words.core import BODIES
from huaying_governance.text import Text


def _choice(name: str, held: Words) -> Column:
    return Column(name, "choice", "cell", Choice(held))


_ID = Column("id", "ref", "cell")
_COMMUNITY = Column("community", "ref", "cell")
_AT = Column("at", "moment", "cell")
_ROLL = Column("voter_roll", "ref", "cell")
_ACTOR = Column("actor", "ref", "cell", hint="person")
_WHY = (Column("reason", "text"), Column("evidence", "text"))

ROLLS = TableSpec(
    "rolls",
    Text("选民名单表", "rolls of voters"),
    (_ID, _COMMUNITY, _choice("body", BODIES), Column("polling_day", "date", "cell"), _AT),
    key="id",
)
ROLL_ACTS = TableSpec(
    "roll_acts",
    Text("名单办理表", "acts on rolls"),
    (
        _ROLL,
        _AT,
        _choice("action", words.ROLL_ACTIONS),
        _ACTOR,
        _choice("role", words.ROLL_ROLES),
        Column("reason", "text"),
    ),
    parent="voter_roll",
)
REGISTRATIONS = TableSpec(
    "registrations",
    Text("选民登记表", "registrations of voters"),
    (
        _ID,
        _ROLL,
        Column("person", "ref", "cell", hint="person"),
        Column("local_hukou", "yes_no", "cell"),
        _AT,
        Column("residence_place", "ref"),
        Column("living_since", "date"),
    ),
    key="id",
)
REGISTRATION_ACTS = TableSpec(
    "registration_acts",
    Text("登记办理表", "acts on registrations"),
    (
        Column("registration", "ref", "cell"),
        _AT,
        _choice("action", words.REGISTRATION_ACTIONS),
        _ACTOR,
        _choice("role", words.REGISTRATION_ROLES),
        Column("fit", "yes_no"),
        Column("meeting_consent", "yes_no"),
        Column("upheld", "yes_no"),
        *_WHY,
    ),
    parent="registration",
)
ELECTIONS = TableSpec(
    "elections",
    Text("选举表", "elections"),
    (
        _ID,
        _ROLL,
        _choice("voting_mode", words.VOTING_MODES),
        Column("office", "text"),
        Column("seats", "count", "cell", hint="positive"),
        _AT,
    ),
    key="id",
)
ELECTION_ACTS = TableSpec(
    "election_acts",
    Text("选举办理表", "acts on elections"),
    (
        Column("election", "ref", "cell"),
        _AT,
        _choice("action", words.ELECTION_ACTIONS),
        _ACTOR,
        _choice("role", words.ELECTION_ROLES),
        Column("candidate", "ref", hint="person"),
        Column("nominator", "choice", "free", Choice(words.NOMINATORS)),
        Column("supporters", "count"),
        Column("fit", "yes_no"),
        Column("proxy_holder", "ref", hint="person"),
        Column("due_count", "count"),
        Column("issued", "count"),
        Column("ballot_round", "count", hint="positive"),
        *_WHY,
    ),
    parent="election",
)
BALLOTS = TableSpec(
    "ballots",
    Text("选票表", "ballots"),
    (
        Column("election", "ref", "cell"),
        Column("ballot_round", "count", "cell", hint="positive"),
        Column("box", "ref", "cell"),
        Column("choices", "list", "column", hint="person"),
        Column("papers", "count", hint="positive"),
    ),
    parent="election",
)
EFFORTS = TableSpec(
    "resident_efforts",
    Text("自治互助记录表", "events and needs, and who saw to them"),
    (
        _ID,
        Column("date", "date", "cell"),
        _COMMUNITY,
        _choice("kind", words.EFFORT_KINDS),
        Column("run_by", "choice", "column", Choice(words.RUN_BY)),
    ),
    key="id",
)
INPUTS: tuple[TableSpec, ...] = (
    *(ROLLS, ROLL_ACTS, REGISTRATIONS, REGISTRATION_ACTS),
    *(ELECTIONS, ELECTION_ACTS, BALLOTS, EFFORTS),
)

ROLLS_OUT = TableSpec(
    "rolls",
    Text("名单情况", "rolls as they stand"),
    (
        *plain("id", "community", "body", "polling_day", "state", "publish_by", "published_on", body=BODIES),
        *plain("object_by", "listed_voters", "undecided", "citation"),
    ),
    key="id",
)
REFUSED_ROLL_ACTS = TableSpec(
    "refused_roll_acts",
    Text("被拒名单办理", "refused acts on rolls"),
    plain("voter_roll", "at", "action", "codes", "reason"),
)
REGISTRATIONS_OUT = TableSpec(
    "registrations",
    Text("登记情况", "registrations as they stand"),
    plain("id", "voter_roll", "state", "on_roll", "codes", "due", "overdue", "citation"),
    key="id",
)
REFUSED_REGISTRATION_ACTS = TableSpec(
    "refused_registration_acts",
    Text("被拒登记办理", "refused acts on registrations"),
    plain("registration", "at", "action", "codes", "reason"),
)
OBJECTIONS = TableSpec(
    "roll_objections",
    Text("异议处理表", "objections and decisions"),
    plain(
        "registration", "voter_roll", "kind", "raised_on", "due", "decided_on", "upheld", "late", "citation"
    ),
)
STATISTICS = TableSpec(
    "voter_statistics",
    Text("选民登记统计", "statistics of registration"),
    (
        *plain(
            *("voter_roll", "community", "body", "polling_day", "applications", "registered"),
            *("registered_rate",),
            body=BODIES,
        ),
        *plain("local_voters", "other_voters", "other_voters_rate"),
        *plain(
            "objections", "decided_objections", "upheld_objections", "upheld_rate", "in_time", "in_time_rate"
        ),
        *plain("entitled", "voted", "turnout_rate", "elected_count", "other_elected", "other_elected_rate"),
    ),
)
SIGNALS = TableSpec(
    "registration_signals",
    Text("登记异常信号", "signals: places and counts"),
    plain("voter_roll", "signal", "community", "residence_place", "signal_count", "least", "citation"),
)
ELECTIONS_OUT = TableSpec(
    "elections",
    Text("选举情况", "elections as they stand"),
    (
        *plain(
            *("id", "voter_roll", "voting_mode", "office", "state", "seats", "rounds", "entitled", "voted"),
            voting_mode=words.VOTING_MODES,
        ),
        *plain(
            "turnout_rate",
            "spoiled",
            "blank",
            "elected_count",
            "seats_left",
            "standing_again",
            "proxies_given",
        ),
        *plain("due", "overdue", "citation"),
    ),
    key="id",
)
VOTES = TableSpec(
    "election_votes",
    Text("得票情况", "votes"),
    plain("election", "ballot_round", "candidate", "votes", "votes_cast", "vote_rate", "is_elected"),
)
REFUSED_ELECTION_ACTS = TableSpec(
    "refused_election_acts",
    Text("被拒选举办理", "refused acts on elections"),
    plain("election", "at", "action", "codes", "reason"),
)
SELF_HELP = TableSpec(
    "self_help",
    Text("民事民管、民难民解、民需民助", "run, settled and helped by residents"),
    (
        *plain(
            "month",
            "community",
            "community_events",
            "self_run",
            "self_run_rate",
            "ended",
            "settled",
            "settled_rate",
        ),
        *plain("needs_told", "helped", "helped_rate", "unknown_count"),
    ),
)
OUTPUTS: tuple[TableSpec, ...] = (
    *(
        ROLLS_OUT,
        REFUSED_ROLL_ACTS,
        REGISTRATIONS_OUT,
        REFUSED_REGISTRATION_ACTS,
        OBJECTIONS,
        STATISTICS,
        SIGNALS,
    ),
    *(ELECTIONS_OUT, VOTES, REFUSED_ELECTION_ACTS, SELF_HELP),
)
