"""选举规则: `elections.toml` of a pack: rolls, ways of voting, recalls, near relatives, signals, dated and cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import frozen

from huaying_governance.kernel.citation import Source
from huaying_governance.kernel.thresholds import THRESHOLDS
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, numbers, source_entry, whole
from huaying_governance.packs.rules.participation import SHARE
from huaying_governance.participation.eligibility import BODIES
from huaying_governance.participation.kinship import KinRules
from huaying_governance.participation.recall import ASKERS, RecallRules, RecallVote
from huaying_governance.participation.roll import RollRules
from huaying_governance.participation.signals import SignalRules
from huaying_governance.participation.voting import MODES, VotingMode
from huaying_governance.rules.shape import BAD, Day, Flag, OneOf, Report, Several, Table
from huaying_governance.text import Text

T = TypeVar("T", RollRules, VotingMode, RecallRules, RecallVote, KinRules)
_SPAN = {
    "body": entry(OneOf(tuple(BODIES)), "组织", "body", required=True),
    "from": entry(Day(), "起", "from", required=True),
    "to": entry(Day(), "止", "to"),
}
_ROLL_CLAUSES = ("publication", "objection", "decision", "single", "admission")
_ROLL = Table(
    {
        **_SPAN,
        "publish_days": whole("选举日前公布的日数", "days of publication before the polling day", 1, 366),
        "objection_days": whole("异议日数", "days of objection", 1, 366),
        "objection_roll": entry(Flag(), "异议期遇节假日顺延", "objections roll over holidays", required=True),
        "decision_days": whole("决定日数", "days for a decision", 1, 366),
        "decision_roll": entry(Flag(), "决定期遇节假日顺延", "decisions roll over holidays", required=True),
        "double": entry(OneOf(("block", "declare")), "他处登记", "registered elsewhere", required=True),
        "same_days": whole("视为同一次选举的日数", "days that belong to one election", 0, 3_660),
        "meeting": entry(Flag(), "非户籍须会议同意", "a meeting consents to newcomers", required=True),
        **{f"{name}_source": source_entry() for name in _ROLL_CLAUSES},
    },
    Held,
)
_VOTING_CLAUSES = ("validity", "proxy", "nomination", "handover", "tie")
_VOTING = Table(
    {
        **_SPAN,
        "mode": entry(OneOf(tuple(MODES)), "投票方式", "way of voting", required=True),
        "turnout": entry(SHARE, "参加投票的比例", "how many vote", required=True),
        "elect": entry(SHARE, "当选比例", "how many votes elect", required=True),
        "again": entry(SHARE, "另行选举的当选比例", "how many votes elect in a run-off", required=True),
        "again_turnout": entry(Flag(), "另行选举也计参选比例", "a run-off needs the turnout", required=True),
        "again_extra": whole("另行选举的差额", "how many more stand than seats", 0, 100),
        "proxies": whole("每人受托数", "proxies of one holder", 0, 100),
        "supporters": whole("联名提名人数", "voters who nominate", 1, 10_000),
        "handover_days": whole("移交日数", "days for the handover", 1, 366),
        **{f"{name}_source": source_entry() for name in _VOTING_CLAUSES},
    },
    Held,
)
_RECALL_CLAUSES = ("asking", "stating", "hearing", "clocks", "avoidance")
_RECALL = Table(
    {
        **_SPAN,
        **{
            who: entry(SHARE, f"{text.zh}联名比例", f"share of the {text.en}") for who, text in ASKERS.items()
        },
        "check_days": whole("核对联名的日数", "days for the check", 1, 366),
        "defence_days": whole("申辩日数", "days for the member's answer", 1, 366),
        "notice_days": whole("投票日提前公布的日数", "days between call and vote", 0, 366),
        "vote_days": whole("受理后投票的日数", "days from acceptance to the vote", 1, 366),
        **{f"{name}_source": source_entry() for name in _RECALL_CLAUSES},
    },
    Held,
)
_RECALL_VOTE = Table(
    {
        **_SPAN,
        "mode": entry(OneOf(tuple(MODES)), "投票方式", "way of voting", required=True),
        "turnout": entry(SHARE, "参加投票的比例", "how many vote", required=True),
        "carry": entry(SHARE, "罢免通过的比例", "how many votes recall", required=True),
        "voting_source": source_entry(),
    },
    Held,
)
_KIN_CLAUSES = ("members", "committee")
_KIN = Table({**_SPAN, **{f"{name}_source": source_entry() for name in _KIN_CLAUSES}}, Held)
_CUTOFF = Table({body: whole("截止日数", "days of the cut-off", 0, 3_660) for body in BODIES}, Held)
_SIGNALS = Table(
    {
        "per_place": whole("同一地点登记数", "registrations at one place", 2),
        "cluster_days": whole("集中迁入的日数", "days before the cut-off", 1, 3_660),
        "cluster_count": whole("集中迁入人数", "how many came then", 2),
        "double_count": whole("两地登记人数", "on two rolls", 1),
        "holder_count": whole("满额受托人数", "holders at the limit", 1),
        "cutoff_days": entry(_CUTOFF, "截止日数", "days of the cut-off", required=True),
        "source": source_entry(),
    },
    Held,
)
ELECTIONS = Table(
    {
        "roll": entry(Several(_ROLL), "名单规则", "rules of rolls", default=()),
        "voting": entry(Several(_VOTING), "投票方式", "ways of voting", default=()),
        "recall": entry(Several(_RECALL), "罢免规则", "rules of recall", default=()),
        "recall_vote": entry(Several(_RECALL_VOTE), "罢免投票", "votes of a recall", default=()),
        "kinship": entry(Several(_KIN), "近亲属回避", "near relatives", default=()),
        "signals": entry(_SIGNALS, "异常信号", "signals", required=True),
    },
    Held,
)
BACKWARD = Text("截止日期早于起始日期", "it ends before it begins")
BACKWARD_CURE = Text("改正 from 或 to", "mend `from` or `to`")
OVERLAP = Text("同一天有两条规则", "two rules hold on one day")
OVERLAP_CURE = Text("旧规则写明 to", "end the older one by `to`")


@frozen
class ElectionRules:
    """选举规则 of a pack."""

    rolls: tuple[RollRules, ...]
    modes: tuple[VotingMode, ...]
    signals: SignalRules
    recalls: tuple[RecallRules, ...] = ()
    recall_votes: tuple[RecallVote, ...] = ()
    kinship: tuple[KinRules, ...] = ()


def read_elections(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> ElectionRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, ELECTIONS, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    made = ElectionRules(
        _dated(document["roll"], clause, _roll, lambda one: (one.body,)),
        _dated(document["voting"], clause, _mode, lambda one: (one.body, one.mode)),
        _signals(document["signals"], clause),
        _dated(document["recall"], clause, _recall, lambda one: (one.body,)),
        _dated(document["recall_vote"], clause, _recall_vote, lambda one: (one.body, one.mode)),
        _dated(document["kinship"], clause, _kinship, lambda one: (one.body,)),
    )
    return made if len(report.problems) == before else None


def _dated(
    tables: tuple[Held, ...],
    clause: Clauses,
    made: Callable[[Held, Clauses], T],
    key: Callable[[T], tuple[str, ...]],
) -> tuple[T, ...]:
    """Return dated rules, after noting those that end before they begin, or hold beside another on one day."""
    read = [(held, made(held, clause)) for held in tables]
    for held, one in read:
        if one.until is not None and one.until < one.since:
            clause.note(held, None, "backward-rule", BACKWARD, BACKWARD_CURE)
    for (_, one), (held, other) in combinations(read, 2):
        later = max(one.since, other.since)
        if key(one) == key(other) and all(each.until is None or later <= each.until for each in (one, other)):
            clause.note(held, None, "overlapping-rules", OVERLAP, OVERLAP_CURE)
    return tuple(one for _, one in read)


def _cells(held: Held, clause: Clauses, clauses: tuple[str, ...]) -> dict[str, Any]:
    cells = numbers(held)
    cells["since"], cells["until"] = cells.pop("from"), cells.pop("to")
    return cells | {name: clause(held, f"{name}_source") for name in clauses}


def _roll(held: Held, clause: Clauses) -> RollRules:
    return RollRules(**_cells(held, clause, _ROLL_CLAUSES))


def _mode(held: Held, clause: Clauses) -> VotingMode:
    cells = _cells(held, clause, _VOTING_CLAUSES)
    shares = {name: THRESHOLDS[cells[name]] for name in ("turnout", "elect", "again")}
    return VotingMode(**{**cells, **shares})


def _recall(held: Held, clause: Clauses) -> RecallRules:
    cells = _cells(held, clause, _RECALL_CLAUSES)
    stated = {who: cells.pop(who) for who in ASKERS}
    asks = {who: THRESHOLDS[share] for who, share in stated.items() if share is not None}
    return RecallRules(**cells, asks=MappingProxyType(asks))


def _recall_vote(held: Held, clause: Clauses) -> RecallVote:
    cells = _cells(held, clause, ("voting",))
    shares = {name: THRESHOLDS[cells[name]] for name in ("turnout", "carry")}
    return RecallVote(**{**cells, **shares})


def _kinship(held: Held, clause: Clauses) -> KinRules:
    return KinRules(**_cells(held, clause, _KIN_CLAUSES))


def _signals(held: Held, clause: Clauses) -> SignalRules:
    cells = numbers(held)
    cells["cutoff_days"] = MappingProxyType(dict(cells["cutoff_days"].held))
    return SignalRules(**cells, source=clause(held))
