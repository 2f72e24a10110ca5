"""联席会议规则: `conference.toml` of a pack: who sits, how they meet and decide, what is followed up, each cited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from huaying_governance.conference.rules import (
    Category,
    Circulating,
    Conference,
    ConferenceRules,
    MeetingKind,
    Member,
)
from huaying_governance.kernel.citation import Source
from huaying_governance.kernel.thresholds import THRESHOLDS, unanimous
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, source_entry, whole
from huaying_governance.responsibility.gate import DEFAULT
from huaying_governance.rules.shape import (
    BAD,
    Day,
    Flag,
    Ident,
    Label,
    OneOf,
    Report,
    Several,
    Table,
    Whole,
    Words,
)
from huaying_governance.tables.words.conference import CATEGORIES, MEETING_KINDS
from huaying_governance.tables.words.party import RESOURCE_KINDS
from huaying_governance.text import Text, same

_SOURCE = source_entry()
_SHARE = OneOf(tuple(THRESHOLDS))
_BODY = Ident()
_MEMBER = Table(
    {
        "organisation": entry(_BODY, "单位", "organisation", required=True),
        "representative": entry(Words(), "代表编号", "reference of the representative", required=True),
        "liaison": entry(Words(), "联络员编号", "reference of the liaison", required=True),
        "from": entry(Day(), "加入日期", "from when it is a member"),
        "to": entry(Day(), "退出日期（含当日）", "until when it is a member, included"),
        "source": _SOURCE,
    },
    Held,
)
_CONFERENCE = Table(
    {
        "id": entry(_BODY, "标识", "id", required=True),
        "title": entry(Label(), "名称", "title", required=True),
        "mandate": entry(Words(), "设立文件", "mandate", required=True),
        "convener": entry(Words(), "召集人", "convener", required=True),
        "secretariat": entry(_BODY, "办公室所在单位", "secretariat", required=True),
        "quorum": entry(_SHARE, "到会比例", "share that must come", required=True),
        "levels": entry(
            Several(Words(), 1, 9), "提级督办各级", "where overdue work is taken to", required=True
        ),
        "member": entry(Several(_MEMBER, 1, 200), "成员单位", "members", required=True),
        "source": _SOURCE,
    },
    Held,
)
_KIND = Table(
    {
        "kind": entry(OneOf(tuple(MEETING_KINDS)), "会议种类", "kind of meeting", required=True),
        "site": entry(Flag(), "须有现场", "needs a site", default=False),
        "resolution": entry(Flag(), "须有议定事项", "needs a resolution", default=False),
        "notice_days": whole("提前通知天数", "days of notice"),
        "most": entry(Whole(0, 366), "每年最多次数", "most a year"),
        "source": _SOURCE,
    },
    Held,
)
_CATEGORY = Table(
    {
        "category": entry(OneOf(tuple(CATEGORIES)), "议题类别", "category of items", required=True),
        "consult": entry(Flag(), "须先征求社区意见", "communities are heard before", default=False),
        "method": entry(OneOf(("consensus", "vote")), "议定方式", "how it is decided", required=True),
        "circulate": entry(
            Flag(), "紧急时可传签", "urgent items may be settled by circulation", default=True
        ),
        "agree": entry(_SHARE, "赞成比例", "share that must agree", default="majority"),
        "of_members": entry(
            Flag(), "以全体成员为基数", "of all members, not of those present", default=False
        ),
        "source": _SOURCE,
    },
    Held,
)
_CIRCULATION = Table(
    {
        "days": whole("传签期限（工作日）", "working days to sign", 1),
        "agree": entry(
            _SHARE, "全体成员中须同意的比例", "share of all members that must agree", required=True
        ),
        "confirming": entry(
            Several(OneOf(tuple(MEETING_KINDS)), 1, 20),
            "由哪些会议确认",
            "kinds of meeting that confirm",
            required=True,
        ),
        "source": _SOURCE,
    },
    Held,
)
_FIGURES = {
    "proxies": whole("每季度可委托次数", "proxies of a member in a quarter"),
    "tabled": whole("反复上会的次数", "times on an agenda that count as often", 2),
    "minutes_days": whole("纪要期限（工作日）", "working days for the minutes", 1),
    "sign_days": whole("会签期限（工作日）", "working days to sign", 1),
    "first_follow": whole("首次督办的进度（%）", "per cent of the term until the first follow-up", 1, 100),
    "warn_days": whole("临期提醒天数", "days before the deadline that are near"),
    "extensions": whole("可延期次数", "how often it may be extended"),
}
_CLAUSES = ("seats", "consulting", "minuting", "following", "sharing")
CONFERENCE = Table(
    {
        "conference": entry(Several(_CONFERENCE, 1, 50), "联席会议", "conferences", required=True),
        "kind": entry(Several(_KIND, 1, 20), "会议种类", "kinds of meeting", required=True),
        "category": entry(Several(_CATEGORY, 1, 20), "议题类别", "categories", required=True),
        "circulation": entry(_CIRCULATION, "传签", "circulation"),
        "drained": entry(
            Several(OneOf(tuple(RESOURCE_KINDS)), 0, 9),
            "用后减少的资源",
            "resources that use drains",
            default=(),
        ),
        "rules": entry(
            Table(
                {**_FIGURES, **{f"{name}_source": source_entry() for name in _CLAUSES}},
                Held,
            ),
            "期限和次数",
            "terms and counts",
            required=True,
        ),
    },
    Held,
)
TWICE = Text("同一标识出现两次", "it is stated twice")
TWICE_CURE = Text("留一处", "state it once")
ENDS_FIRST = Text("退出日期早于加入日期", "the term ends before it begins")
ENDS_FIRST_CURE = Text("核对两个日期", "check both dates")
OVERLAP = Text("同一单位的任期重叠", "two terms of one organisation overlap")
OVERLAP_CURE = Text("前一段先结束，后一段再开始", "let the earlier one end before the later one begins")
LACKS = Text("没有规定这一种", "this kind is not stated")
LACKS_CURE = Text("写明全部：{all}", "state them all: {all}")


def read_conference(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> ConferenceRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, CONFERENCE, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    _once(document, clause)
    held = document["rules"]
    stated: dict[str, Any] = {key: held[key] for key in _FIGURES}
    stated |= {key: clause(held, f"{key}_source") for key in _CLAUSES}
    made = ConferenceRules(
        conferences=MappingProxyType({one["id"]: _conference(one, clause) for one in document["conference"]}),
        kinds=MappingProxyType({one["kind"]: _kind(one, clause) for one in document["kind"]}),
        categories=MappingProxyType(
            {one["category"]: _category(one, clause) for one in document["category"]}
        ),
        circulating=_circulating(document["circulation"], clause),
        drained=frozenset(document["drained"]),
        **stated,
    )
    return made if len(report.problems) == before else None


def _once(document: Held, clause: Clauses) -> None:
    """Note what is stated twice, and the kinds and categories that are not stated."""
    for table, key in (("conference", "id"), ("kind", "kind"), ("category", "category")):
        _twice(document[table], key, clause)
    for table, words in (("kind", MEETING_KINDS), ("category", CATEGORIES)):
        if set(words) - {one[table] for one in document[table]}:
            cure = LACKS_CURE.fill(all=", ".join(words))
            clause.note(document[table][0], None, "unsound-rules", LACKS, cure)


def _twice(tables: Any, key: str, clause: Clauses) -> None:
    seen: set[str] = set()
    for one in tables:
        if one[key] in seen:
            clause.note(one, key, "stated-twice", TWICE, TWICE_CURE)
        seen.add(one[key])


def _circulating(held: Held | None, clause: Clauses) -> Circulating:
    """Return what the pack states of circulation; where it states nothing, this library's defaults."""
    if held is None:
        return Circulating(3, unanimous, frozenset(MEETING_KINDS), DEFAULT)
    return Circulating(held["days"], THRESHOLDS[held["agree"]], frozenset(held["confirming"]), clause(held))


def _members(held: Held, clause: Clauses) -> tuple[Member, ...]:
    """Return who sat and sits in a conference; an organisation may join again after it has left."""
    made: list[Member] = []
    for one in held["member"]:
        names = one["organisation"], one["representative"], one["liaison"]
        member = Member(*names, clause(one), since=one["from"], until=one["to"])
        if not member.meets(member):
            clause.note(one, "to", "unsound-rules", ENDS_FIRST, ENDS_FIRST_CURE)
        elif any(other.organisation == names[0] and other.meets(member) for other in made):
            clause.note(one, "organisation", "stated-twice", OVERLAP, OVERLAP_CURE)
        made.append(member)
    return tuple(made)


def _conference(held: Held, clause: Clauses) -> Conference:
    members = _members(held, clause)
    title = held["title"]
    return Conference(
        id=held["id"],
        title=title if isinstance(title, Text) else same(str(title)),
        mandate=held["mandate"],
        convener=held["convener"],
        secretariat=held["secretariat"],
        members=members,
        quorum=THRESHOLDS[held["quorum"]],
        levels=tuple(held["levels"]),
        citation=clause(held),
    )


def _kind(held: Held, clause: Clauses) -> MeetingKind:
    return MeetingKind(
        kind=held["kind"],
        site=held["site"],
        resolution=held["resolution"],
        notice_days=held["notice_days"],
        most=held["most"],
        citation=clause(held),
    )


def _category(held: Held, clause: Clauses) -> Category:
    return Category(
        category=held["category"],
        consult=held["consult"],
        method=held["method"],
        agree=THRESHOLDS[held["agree"]],
        of_members=held["of_members"],
        circulate=held["circulate"],
        citation=clause(held),
    )
