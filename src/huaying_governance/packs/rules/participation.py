"""参与规则: `participation.toml` of a pack: mediation, forum, ways of taking part, evidence of a stay, each cited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import frozen

from huaying_governance.kernel.citation import Source
from huaying_governance.kernel.thresholds import THRESHOLDS
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, numbers, source_entry, whole
from huaying_governance.participation.doors import Door
from huaying_governance.participation.forum import STAGES, ForumRules, Meeting
from huaying_governance.participation.mediation import MediationRules
from huaying_governance.participation.residence import ResidenceRules
from huaying_governance.rules.shape import BAD, Flag, Label, OneOf, Report, Several, Table
from huaying_governance.tables.words.participation import DECIDERS, DISPUTE_KINDS, EVIDENCE_KINDS, WAYS
from huaying_governance.text import Text, same

MEETINGS = (*DECIDERS, *STAGES.values())
SHARE = OneOf(tuple(THRESHOLDS))
"""A share that a document names."""
_CLAUSES = (
    "consent",
    "excluded",
    "opened",
    "agreement",
    "confirmation",
    "confirmable",
    "channels",
    "escalation",
)
_DISPUTES = Several(OneOf(tuple(DISPUTE_KINDS)), 0, 100)
_MEDIATION = Table(
    {
        "confirm_days": whole("共同申请司法确认的日数", "days for a joint application", 1, 3_660),
        "roll": entry(Flag(), "遇节假日顺延", "rolls over holidays", required=True),
        "not_mediated": entry(_DISPUTES, "不予调解的事项", "what is not mediated", required=True),
        "not_confirmed": entry(_DISPUTES, "法院不予确认的事项", "what no court confirms", required=True),
        **{f"{name}_source": source_entry() for name in _CLAUSES},
    },
    Held,
)
_FORUM = Table(
    {
        "publish_days": whole("公示日数", "days on display", 1, 3_660),
        "execute_after": entry(Flag(), "公示期满才实施", "carrying out waits", required=True),
        "gap_days": whole("四议之间的日数", "days between the four steps", 0, 366),
        "total_days": whole("四议总日数", "days of the four steps together", 0, 3_660),
        "publication_source": source_entry(),
        "screening_source": source_entry(),
        "steps_source": source_entry(),
    },
    Held,
)
_MEETING = Table(
    {
        "kind": entry(OneOf(MEETINGS), "会议", "meeting", required=True),
        "attend": entry(SHARE, "到会比例", "how many come", required=True),
        "agree": entry(SHARE, "同意比例", "how many agree", required=True),
        "of_due": entry(Flag(), "按应到计", "of those due", required=True),
        "notice_days": whole("通知日数", "days of notice", 0, 366),
        "source": source_entry(),
    },
    Held,
)
_DOOR = Table(
    {
        "way": entry(OneOf(tuple(WAYS)), "途径", "way", required=True),
        "titles": entry(Label(), "名称", "title", required=True),
        "age": whole("年龄", "age", 0, 150),
        "source": source_entry(),
    },
    Held,
)
_RESIDENCE = Table(
    {
        "least_days": whole("常住的日数", "days of a habitual stay", 1, 3_660),
        "evidence": entry(
            Several(OneOf(tuple(EVIDENCE_KINDS)), 1, 100), "有效凭据", "evidence that counts", required=True
        ),
        "source": source_entry(),
        "evidence_source": source_entry(),
    },
    Held,
)
PARTICIPATION = Table(
    {
        "mediation": entry(_MEDIATION, "人民调解", "mediation", required=True),
        "forum": entry(_FORUM, "议事协商", "forum", required=True),
        "meeting": entry(Several(_MEETING), "会议", "meetings", default=()),
        "door": entry(Several(_DOOR), "参与途径", "ways of taking part", default=()),
        "residence": entry(_RESIDENCE, "居住凭据", "evidence of residence", required=True),
    },
    Held,
)
MISSING = Text("缺少会议规则：{all}", "meetings without rules: {all}")
MISSING_CURE = Text("为每种会议写一节 [[meeting]]", "state a [[meeting]] for each")


@frozen
class ParticipationRules:
    """参与规则 of a pack."""

    mediation: MediationRules
    forum: ForumRules
    doors: Mapping[str, Door]
    residence: ResidenceRules


def read_participation(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> ParticipationRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, PARTICIPATION, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    made = ParticipationRules(
        _mediation(document["mediation"], clause),
        _forum(document, clause),
        {held["way"]: _door(held, clause) for held in document["door"]},
        _residence(document["residence"], clause),
    )
    return made if len(report.problems) == before else None


def _mediation(held: Held, clause: Clauses) -> MediationRules:
    cited: dict[str, Any] = {name: clause(held, f"{name}_source") for name in _CLAUSES}
    return MediationRules(**numbers(held), **cited)


def _forum(document: Held, clause: Clauses) -> ForumRules:
    held = document["forum"]
    meetings = {one["kind"]: _meeting(one, clause) for one in document["meeting"]}
    if absent := [kind for kind in MEETINGS if kind not in meetings]:
        told = ", ".join(absent)
        clause.note(held, None, "missing-meetings", MISSING.fill(all=told), MISSING_CURE)
    return ForumRules(
        **numbers(held),
        meetings=MappingProxyType(meetings),
        publication=clause(held, "publication_source"),
        screening=clause(held, "screening_source"),
        steps=clause(held, "steps_source"),
    )


def _meeting(held: Held, clause: Clauses) -> Meeting:
    attend, agree = THRESHOLDS[held["attend"]], THRESHOLDS[held["agree"]]
    return Meeting(held["kind"], attend, agree, held["of_due"], held["notice_days"], clause(held))


def _door(held: Held, clause: Clauses) -> Door:
    titles = held["titles"]
    title = titles if isinstance(titles, Text) else same(str(titles))
    return Door(held["way"], title, held["age"], clause(held))


def _residence(held: Held, clause: Clauses) -> ResidenceRules:
    evidence = clause(held, "evidence_source")
    return ResidenceRules(**numbers(held), citation=clause(held), evidence_citation=evidence)
