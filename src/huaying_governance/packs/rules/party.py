"""领航规则: `party.toml` of a pack: clocks, branches, appraisal, honours and posts, each cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.documents import read_document
from huaying_governance.packs.rules.clauses import Clauses, numbers
from huaying_governance.packs.rules.party_tables import PARTY
from huaying_governance.party.appraisal import AppraisalRules
from huaying_governance.party.clock import Clock, Hours
from huaying_governance.party.composition import CommitteeRules
from huaying_governance.party.consequence import ConsequenceRules
from huaying_governance.party.flags import FlagRules
from huaying_governance.party.floating import FloatingRules
from huaying_governance.party.honour import Cap, HonourRules
from huaying_governance.party.indicators import Indicator
from huaying_governance.party.life import Frequency
from huaying_governance.party.members import BranchRules
from huaying_governance.party.planning import PlanRules
from huaying_governance.party.posts import PostRules
from huaying_governance.party.quota import Quota
from huaying_governance.party.reporting import ReportingRules
from huaying_governance.party.whistle import WhistleRules
from huaying_governance.rules.shape import BAD, Report
from huaying_governance.text import Text

NO_CAP = Text("上限没有写明个数或百分比", "the cap states neither a number nor a share")
NO_CAP_CURE = Text(
    "填写 most 或 percent，不设上限的删去此表", "state `most` or `percent`; for no cap drop the table"
)
BACKWARD = Text("截止日期早于起始日期", "it ends before it begins")
BACKWARD_CURE = Text("改正 from 或 to", "mend `from` or `to`")


@frozen
class PartyRules:
    """领航规则 of a pack."""

    whistles: WhistleRules
    pilots: Mapping[str, Citation]
    markets: Mapping[str, Citation]
    branches: BranchRules
    life: tuple[Frequency, ...]
    appraisal: AppraisalRules
    honours: HonourRules
    posts: PostRules
    plans: PlanRules
    committee: CommitteeRules
    quotas: tuple[Quota, ...]
    indicators: tuple[Indicator, ...]
    consequences: ConsequenceRules
    floating: FloatingRules
    reporting: ReportingRules
    flags: FlagRules
    post_kinds: Mapping[str, Citation]


def read_party(path: Path, name: str, sources: Mapping[str, Source], report: Report) -> PartyRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, PARTY, report)
    if document is BAD:
        return None

    before, clause = len(report.problems), Clauses(sources, report)
    made = PartyRules(
        _whistles(document, clause),
        {held["community"]: clause(held) for held in document["pilot"]},
        {held["name"]: clause(held) for held in document["market"]},
        _branches(document["branch"], clause),
        tuple(Frequency(one["kind"], one["months"], one["votes"], clause(one)) for one in document["life"]),
        _appraisal(document["appraisal"], clause),
        _honours(document, clause),
        _posts(document["post"], clause),
        PlanRules(**numbers(document["plan"]), citation=clause(document["plan"])),
        _committee(document["committee"], clause),
        tuple(Quota(one["kind"], one["least"], one["most"], clause(one)) for one in document["quota"]),
        tuple(_indicator(one, clause) for one in document["indicator"]),
        ConsequenceRules(**numbers(document["consequence"]), citation=clause(document["consequence"])),
        _floating(document["floating"], clause),
        ReportingRules(**numbers(document["reporting"]), citation=clause(document["reporting"])),
        FlagRules(**numbers(document["flags"]), citation=clause(document["flags"])),
        {one["name"]: clause(one) for one in document["post_kind"]},
    )
    for key, holds, message, cure in _SUMS:
        if not holds(document):
            clause.note(document[key], None, "unsound-rules", message, cure)
    return made if len(report.problems) == before else None


_SUMS: tuple[tuple[str, Callable[[Any], bool], Text, Text], ...] = (
    (
        "whistle",
        lambda all_: all_["whistle"]["opens"] < all_["whistle"]["closes"],
        Text("下班不晚于上班", "the office closes before it opens"),
        Text("改正上下班时间", "mend the hours"),
    ),
    (
        "appraisal",
        lambda all_: sum(all_["appraisal"][key] for key in ("process", "survey", "events")) == 100,
        Text("三项权重之和不是100", "the three weights do not add up to 100"),
        Text("改正权重", "mend the weights"),
    ),
    (
        "appraisal",
        lambda all_: all_["appraisal"]["process"] >= all_["appraisal"]["process_least"],
        Text("过程权重低于本包规定的下限", "the weight of process is below the least that the pack states"),
        Text(
            "提高 process，或有依据地改 process_least",
            "raise `process`, or change `process_least` with a source",
        ),
    ),
    (
        "branch",
        lambda all_: all_["branch"]["least"] <= all_["branch"]["committee"] <= all_["branch"]["most"],
        Text("支部人数界限不合", "the bounds of a branch contradict each other"),
        Text("应为 least ≤ committee ≤ most", "state least ≤ committee ≤ most"),
    ),
    (
        "committee",
        lambda all_: _bounded(all_["committee"]),
        Text("大党委人数界限不合", "the bounds of the grand committee contradict each other"),
        Text(
            "每组下限不高于上限，合计能凑足总数",
            "state each least ≤ most, and kinds that add up to the whole",
        ),
    ),
)


def _bounded(held: Any) -> bool:
    ordered = all(held[f"{key}least"] <= held[f"{key}most"] for key in ("", "full_time_", "part_time_"))
    whole = range(held["least"], held["most"] + 1)
    return ordered and any(
        held["full_time_least"] + held["part_time_least"]
        <= n
        <= held["full_time_most"] + held["part_time_most"]
        for n in whole
    )


def _whistles(document: Any, clause: Callable[[Any], Citation]) -> WhistleRules:
    held = document["whistle"]
    clocks = tuple(
        Clock(one["kind"], one["step"], one["amount"], one["unit"], clause(one)) for one in document["clock"]
    )
    clause(held)
    hours = Hours(time.fromisoformat(held["opens"]), time.fromisoformat(held["closes"]))
    return WhistleRules(
        clocks,
        hours,
        held["bounces"],
        held["extensions"],
        held["score_days"],
        held["repeat_days"],
        held["repeats"],
        held["copy"],
    )


def _branches(held: Any, clause: Callable[..., Citation]) -> BranchRules:
    return BranchRules(
        **numbers(held),
        citation=clause(held),
        members=clause(held, "members_source"),
        pledges=clause(held, "reminder_source"),
    )


def _committee(held: Any, clause: Callable[..., Citation]) -> CommitteeRules:
    return CommitteeRules(**numbers(held), citation=clause(held), duties=clause(held, "duties_source"))


def _floating(held: Any, clause: Callable[..., Citation]) -> FloatingRules:
    stated = {**numbers(held), "means": tuple(held["means"])}
    return FloatingRules(**stated, citation=clause(held), searching=clause(held, "means_source"))


def _honours(document: Any, clause: Clauses) -> HonourRules:
    held = document["honour"]
    return HonourRules(
        **numbers(held),
        citation=clause(held),
        caps=tuple(_cap(one, clause) for one in document["honour_cap"]),
    )


def _cap(held: Any, clause: Clauses) -> Cap:
    """Return a cap, after noting one that states neither a number nor a share, or that ends before it begins."""
    since, until = held["from"], held["to"]
    if held["most"] is None and held["percent"] is None:
        clause.note(held, None, "no-cap", NO_CAP, NO_CAP_CURE)
    if since is not None and until is not None and until < since:
        clause.note(held, "to", "backward-rule", BACKWARD, BACKWARD_CURE)
    stated = {key: value for key, value in numbers(held).items() if key not in {"from", "to", "kind"}}
    return Cap(**stated, kind=held["kind"] or "", since=since, until=until, citation=clause(held))


def _posts(held: Any, clause: Callable[..., Citation]) -> PostRules:
    clause(held, "publicity_source")
    return PostRules(**numbers(held), citation=clause(held))


def _indicator(held: Any, clause: Callable[..., Citation]) -> Indicator:
    first = (held["id"], held["name"], held["group"], held["measure"])
    return Indicator(*first, held["points"], tuple(held["departments"]), clause(held))


def _appraisal(held: Any, clause: Callable[..., Citation]) -> AppraisalRules:
    weights = {key: held[key] for key in ("process", "survey", "events")}
    grades = tuple(Decimal(str(one)) for one in held["grades"])
    clause(held, "process_source")
    clause(held, "deduction_source")
    return AppraisalRules(
        weights,
        held["least_raters"],
        held["trim"],
        grades,
        clause(held),
        held["process_least"],
        held["deduction"],
    )
