"""罢免与回避表格: requests to recall, members of committees, declared near relatives: what is read, what is written.

Of a relation two references and days are read, and no column may be added: not even which kind of relative it is.
"""

from __future__ import annotations

from huaying_governance.tables.cells import Column
from huaying_governance.tables.spec import TableSpec, period, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import recalls as words
from huaying_governance.tables.words.core import BODIES
from huaying_governance.tables.words.elections import VOTING_MODES
from huaying_governance.text import Text

NO_MORE = Text("两个编号和起止日期以外的内容", "more than two references and the days")


def _choice(name: str, held: Words) -> Column:
    return Column(name, "choice", "cell", Choice(held))


def _no_more(_: str) -> Text:
    """Return what a further column would hold that is not needed: which relative it is, or who the two are."""
    return NO_MORE


_ID = Column("id", "ref", "cell")
_COMMUNITY = Column("community", "ref", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")

RECALLS = TableSpec(
    "recalls",
    Text("罢免要求表", "requests to recall a member"),
    (
        _ID,
        _COMMUNITY,
        _choice("body", BODIES),
        Column("recalled_member", "ref", "cell", hint="person"),
        _choice("askers", words.ASKERS),
        _choice("voting_mode", VOTING_MODES),
        Column("at", "moment", "cell"),
        Column("statement", "ref"),
        Column("voter_roll", "ref"),
    ),
    key="id",
)
RECALL_ACTS = TableSpec(
    "recall_acts",
    Text("罢免办理表", "acts on requests to recall"),
    (
        Column("recall", "ref", "cell"),
        Column("at", "moment", "cell"),
        _choice("action", words.RECALL_ACTIONS),
        Column("actor", "ref", "cell", hint="person"),
        _choice("role", words.RECALL_ROLES),
        Column("supporters", "count"),
        Column("due_count", "count"),
        Column("vote_on", "date"),
        Column("issued", "count"),
        Column("agreed_count", "count"),
        Column("opposed_count", "count"),
        Column("spoiled", "count"),
        Column("statement", "ref"),
        Column("reason", "text"),
        Column("evidence", "text"),
    ),
    parent="recall",
)
MEMBERS = TableSpec(
    "elected_members",
    Text("居（村）委会成员表", "members of residents' and villagers' committees"),
    (
        _ID,
        _COMMUNITY,
        _choice("body", BODIES),
        _PERSON,
        Column("from", "date", "cell"),
        Column("to", "date"),
    ),
    key="id",
    check=period,
)
OFFICIALS = TableSpec(
    "election_officials",
    Text("选举委员会成员表", "members of election committees"),
    (
        _ID,
        Column("voter_roll", "ref", "cell"),
        _PERSON,
        Column("from", "date", "cell"),
        Column("to", "date"),
    ),
    key="id",
    check=period,
)
RELATIONS = TableSpec(
    "near_relatives",
    Text("近亲属申报表", "near relatives as declared"),
    (
        _ID,
        _PERSON,
        Column("relative", "ref", "column", hint="person"),
        Column("from", "date", "cell"),
        Column("to", "date"),
    ),
    key="id",
    check=period,
    refuses=_no_more,
)
INPUTS: tuple[TableSpec, ...] = (RECALLS, RECALL_ACTS, MEMBERS, OFFICIALS, RELATIONS)

RECALLS_OUT = TableSpec(
    "recalls",
    Text("罢免办理情况", "requests to recall as they stand"),
    (
        *plain("id", "community", "body", "state", "askers", body=BODIES, askers=words.ASKERS),
        *plain("supporters", "signers_of", "signers_least"),
        *plain(
            "answered", "hear_until", "vote_on", "entitled", "voted", "turnout_rate", answered=words.ANSWERS
        ),
        *plain("agreed_count", "opposed_count", "spoiled", "agreed_rate", "codes", "reason"),
        *plain("due", "overdue", "citation"),
    ),
    key="id",
)
REFUSED_RECALL_ACTS = TableSpec(
    "refused_recall_acts",
    Text("被拒罢免办理", "refused acts on requests to recall"),
    plain("recall", "at", "action", "codes", "reason"),
)
MEMBERS_OUT = TableSpec(
    "elected_members",
    Text("委员会成员回避情况", "members of committees, and near relatives among them"),
    (
        *plain("id", "community", "body", "state", "left_on", body=BODIES),
        *plain("outcome", "codes", "missing", "reason", "citation"),
    ),
    key="id",
)
OFFICIALS_OUT = TableSpec(
    "election_officials",
    Text("选举委员会成员回避情况", "members of election committees who step down"),
    plain("id", "voter_roll", "state", "outcome", "codes", "missing", "reason", "citation"),
    key="id",
)
PAIRS = TableSpec(
    "elected_relatives",
    Text("候选人、当选人近亲属情况", "near relatives among those who stand and are elected"),
    (
        *plain("voter_roll", "stage", "person", "relative", stage=words.STAGES),
        *plain("outcome", "codes", "missing", "reason", "citation"),
    ),
)
OUTPUTS: tuple[TableSpec, ...] = (RECALLS_OUT, REFUSED_RECALL_ACTS, MEMBERS_OUT, OFFICIALS_OUT, PAIRS)
