"""领航规则: `party.toml` of a pack: clocks, branches, appraisal, honours and posts, each cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.clauses import Clauses, numbers, source_entry, whole
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.party.appraisal import AppraisalRules
from huaying_governance.party.clock import UNITS, Clock, Hours
from huaying_governance.party.honour import HonourRules
from huaying_governance.party.life import Frequency
from huaying_governance.party.members import BranchRules
from huaying_governance.party.posts import PostRules
from huaying_governance.party.whistle import STEPS, WhistleRules
from huaying_governance.rules.shape import (
    BAD,
    Flag,
    Ident,
    OneOf,
    Quantity,
    Report,
    Several,
    Table,
    Words,
)
from huaying_governance.tables.words_party import LIFE_KINDS
from huaying_governance.text import Text

KINDS = ("urgent", "daily", "hard")
_TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(0, 60, 15))


_SOURCE = source_entry()
_WHISTLE = Table(
    {
        "opens": entry(OneOf(_TIMES), "上班时间", "when the office opens", required=True),
        "closes": entry(OneOf(_TIMES), "下班时间", "when the office closes", required=True),
        "bounces": whole("可退回次数", "how often it may be sent back"),
        "extensions": whole("可延期次数", "how often it may be extended"),
        "score_days": whole("评分期（工作日）", "working days for a score", 1),
        "repeat_days": whole("反复哨的天数", "days in which whistles repeat", 1),
        "repeats": whole("反复哨的次数", "whistles that count as repeated", 2),
        "copy": entry(
            Words(), "抄送单位", "who gets a copy of what goes straight to a department", required=True
        ),
        "source": _SOURCE,
    },
    Held,
)
_CLOCK = Table(
    {
        "kind": entry(OneOf(KINDS), "哨的种类", "kind of whistle", required=True),
        "step": entry(OneOf(STEPS), "环节", "step", required=True),
        "amount": whole("时限", "time allowed", 1),
        "unit": entry(OneOf(UNITS), "单位", "unit", required=True),
        "source": _SOURCE,
    },
    Held,
)
_LIFE = Table(
    {
        "kind": entry(OneOf(tuple(LIFE_KINDS)), "种类", "kind", required=True),
        "months": whole("每几个月一次", "once in so many months", 1),
        "votes": entry(Flag(), "需到会过半数", "takes a quorum", default=False),
        "source": _SOURCE,
    },
    Held,
)
_MARKET = Table({"name": entry(Words(), "市场", "market", required=True), "source": _SOURCE}, Held)
_PILOT = Table({"community": entry(Ident(), "社区", "community", required=True), "source": _SOURCE}, Held)
_BRANCH = Table(
    {
        "least": whole("单独成立支部的正式党员数", "full members of a branch of its own", 1),
        "most": whole("支部人数上限", "most members of a branch", 1),
        "committee": whole("设支委会的正式党员数", "full members that make a committee due", 1),
        "floating_months": whole("流动党员的月数", "months that make a member floating", 1),
        "contact_months": whole("失去联系的月数", "months without contact", 1),
        "reminder_days": whole("承诺逾期提醒的天数", "days overdue until a pledge is reminded of"),
        "source": _SOURCE,
        "members_source": _SOURCE,
        "reminder_source": _SOURCE,
    },
    Held,
)
_APPRAISAL = Table(
    {
        "process": whole("过程权重", "weight of process", 0, 100),
        "survey": whole("问卷权重", "weight of the questionnaire", 0, 100),
        "events": whole("负面事项权重", "weight of negative events", 0, 100),
        "least_raters": whole("最少评议人数", "fewest raters shown", 2),
        "trim": whole("两端各去掉的百分比", "per cent trimmed at each end", 0, 49),
        "grades": entry(Several(Quantity(), 3, 3), "等次分数线", "thresholds of A, B, C", required=True),
        "source": _SOURCE,
    },
    Held,
)
_HONOUR = Table(
    {
        "publicity_days": whole("公示工作日", "working days of publicity", 1),
        "complaints": whole("触发复查的投诉数", "complaints that open a review", 1),
        "complaint_months": whole("投诉统计月数", "months in which complaints count", 1),
        "group_days": whole("党小组休眠天数", "days without activity until a group is dormant", 1),
        "source": _SOURCE,
    },
    Held,
)
_POST = Table(
    {
        "base": whole("基础分", "base"),
        "duty": whole("履职分上限", "most for duty"),
        "bonus": whole("加分上限", "most bonus"),
        "star": whole("五星党员分数线", "score of a five-star member"),
        "source": _SOURCE,
    },
    Held,
)
PARTY = Table(
    {
        "whistle": entry(_WHISTLE, "社区吹哨", "whistles", required=True),
        "clock": entry(Several(_CLOCK), "哨声时限", "clocks of whistles", default=()),
        "pilot": entry(Several(_PILOT), "试点社区", "pilot communities", default=()),
        "life": entry(Several(_LIFE), "组织生活频次", "how often activities are due", default=()),
        "market": entry(Several(_MARKET), "须有值守的市场", "markets that need a roster", default=()),
        "branch": entry(_BRANCH, "支部与党员", "branches and members", required=True),
        "appraisal": entry(_APPRAISAL, "社区评议部门", "appraisal of departments", required=True),
        "honour": entry(_HONOUR, "先锋岗与功能党小组", "honours and groups", required=True),
        "post": entry(_POST, "设岗定责", "posts without office", required=True),
    },
    Held,
)


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
        HonourRules(**numbers(document["honour"]), citation=clause(document["honour"])),
        PostRules(**numbers(document["post"]), citation=clause(document["post"])),
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
        "branch",
        lambda all_: all_["branch"]["least"] <= all_["branch"]["committee"] <= all_["branch"]["most"],
        Text("支部人数界限不合", "the bounds of a branch contradict each other"),
        Text("应为 least ≤ committee ≤ most", "state least ≤ committee ≤ most"),
    ),
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


def _appraisal(held: Any, clause: Callable[[Any], Citation]) -> AppraisalRules:
    weights = {key: held[key] for key in ("process", "survey", "events")}
    grades = tuple(Decimal(str(one)) for one in held["grades"])
    return AppraisalRules(weights, held["least_raters"], held["trim"], grades, clause(held))
