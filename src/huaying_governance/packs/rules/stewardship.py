"""包联与规划规则: `stewardship.toml` of a pack: contacts, items, boundaries, support, plans, transition, each cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, numbers, source_entry, whole
from huaying_governance.rules.shape import BAD, Flag, Ident, Label, OneOf, Report, Several, Table, Words
from huaying_governance.stewardship.boundary import Matter
from huaying_governance.stewardship.choosing import RULES, ChoiceRules, Pair
from huaying_governance.stewardship.contacts import ContactRules
from huaying_governance.stewardship.dispute import Terms as DisputeTerms
from huaying_governance.stewardship.duties import Item
from huaying_governance.stewardship.plans.model import SEVERITIES, Clash, PlanRules, Use
from huaying_governance.stewardship.plans.resources import Standard
from huaying_governance.stewardship.purchase import Terms as ServiceTerms
from huaying_governance.stewardship.transition.model import TransitionRules
from huaying_governance.text import Text

_SOURCE = source_entry()
_TITLES = entry(Label(), "名称", "title", required=True)
_ID = entry(Ident(), "标识", "id", required=True)
_CONTACT = Table(
    {
        "gap_days": whole("领导变动空档（工作日）", "working days that a change may take"),
        "most_communities": whole("一名领导最多联系的社区数", "communities a leader may have", 1),
        "visits": whole("每月走访次数", "visits a month", 0, 31),
        "source": _SOURCE,
    },
    Held,
)
_ITEM = Table({"id": _ID, "titles": _TITLES, "source": _SOURCE}, Held)
_MATTER = Table(
    {
        "id": _ID,
        "titles": _TITLES,
        "hazard": entry(Flag(), "可能危及安全", "may be a danger to safety", required=True),
        "source": _SOURCE,
    },
    Held,
)
_BOUNDARY = Table(
    {
        "one_lead_source": source_entry(),
        "approval_source": source_entry(),
        "superior_source": source_entry(),
    },
    Held,
)
_SERVICE = Table({"verified_source": source_entry(), "clauses_source": source_entry()}, Held)
_CITED = Table({"source": _SOURCE}, Held)
_RULE = OneOf(tuple(RULES))
_CHOICE = Table({"presumed": entry(_RULE, "推定适用", "presumed", required=True), "source": _SOURCE}, Held)
_PAIR = Table(
    {
        "matter": entry(Words(), "事项", "matter", required=True),
        "open": entry(Several(_RULE, 1, 2), "可选规则", "rules the law leaves open", required=True),
        "source": _SOURCE,
    },
    Held,
)
_PLANS = Table(
    {
        "tolerance": whole("指标容差（%）", "tolerance of indicators, per cent", 0, 100),
        "area_tolerance": whole("面积容差（%）", "tolerance of areas, per cent", 0, 100),
        "sliver": whole("碎斑上限（平方米）", "square metres of a sliver"),
        "source": _SOURCE,
        "base_source": source_entry(),
        "reference_source": source_entry(),
    },
    Held,
)
_USE = Table({"id": _ID, "titles": _TITLES}, Held)
_CLASH = Table(
    {
        "one": entry(Ident(), "用途甲", "use A", required=True),
        "other": entry(Ident(), "用途乙", "use B", required=True),
        "severity": entry(OneOf(SEVERITIES), "冲突等级", "severity", required=True),
        "source": _SOURCE,
    },
    Held,
)
_STANDARD = Table(
    {
        "service": _ID,
        "titles": _TITLES,
        "people_per": whole("每处服务人数", "people that one serves", 1),
        "source": _SOURCE,
    },
    Held,
)
_TRANSITION = Table(
    {
        "farmland_source": source_entry(),
        "assets_source": source_entry(),
        "vote_source": source_entry(),
        "approval_source": source_entry(),
        "handover_source": source_entry(),
        "households_least": whole("社区户数下限", "fewest households"),
        "households_most": whole("社区户数上限", "most households", 1),
        "size_source": source_entry(),
        "criteria_source": source_entry(),
    },
    Held,
)
STEWARDSHIP = Table(
    {
        "contact": entry(_CONTACT, "包联", "contacts", required=True),
        "item": entry(Several(_ITEM), "职责事项", "items somebody answers for", default=()),
        "matter": entry(Several(_MATTER), "边界事项", "matters along a boundary", default=()),
        "boundary": entry(_BOUNDARY, "管理权责", "boundaries", required=True),
        "contract": entry(_CITED, "社会资本合同", "contracts", required=True),
        "service": entry(_SERVICE, "购买服务", "delegated services", required=True),
        "support": entry(_CITED, "支持保障", "support", required=True),
        "choice": entry(_CHOICE, "城乡规则择优", "urban or rural rule", required=True),
        "pair": entry(Several(_PAIR), "规则对", "matters with one rule or two", default=()),
        "plans": entry(_PLANS, "三规合一", "plans", required=True),
        "use": entry(Several(_USE), "用途", "uses of land", default=()),
        "clash": entry(Several(_CLASH), "用途冲突", "uses that clash", default=()),
        "standard": entry(Several(_STANDARD), "公共资源配置标准", "standards of services", default=()),
        "transition": entry(_TRANSITION, "村改居", "transition of villages", required=True),
    },
    Held,
)


@frozen
class StewardshipRules:
    """包联与规划规则 of a pack. Names of `items`, `matters` and `uses` are found by id or Chinese title."""

    contacts: ContactRules
    items: tuple[Item, ...]
    matters: tuple[Matter, ...]
    disputes: DisputeTerms
    contracts: Citation
    services: ServiceTerms
    support: Citation
    choices: ChoiceRules
    plans: PlanRules
    standards: tuple[Standard, ...]
    transition: TransitionRules
    titles: Mapping[tuple[str, str], Text]

    def named(self, kind: str, text: str) -> str:
        """Return the id of what a text names by id or title; the text itself where nothing is so named."""
        for (held, id_), title in self.titles.items():
            if held == kind and text in {id_, title.zh, title.en}:
                return id_
        return text

    def known(self, kind: str) -> tuple[str, ...]:
        """Return the ids of one kind."""
        return tuple(id_ for held, id_ in self.titles if held == kind)


def read_stewardship(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> StewardshipRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, STEWARDSHIP, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    made = StewardshipRules(
        contacts=ContactRules(**numbers(document["contact"]), citation=clause(document["contact"])),
        items=tuple(Item(one["id"], clause(one)) for one in document["item"]),
        matters=tuple(Matter(one["id"], one["hazard"], clause(one)) for one in document["matter"]),
        disputes=DisputeTerms(**_cited(document["boundary"], clause)),
        contracts=clause(document["contract"]),
        services=ServiceTerms(**_cited(document["service"], clause)),
        support=clause(document["support"]),
        choices=ChoiceRules(
            document["choice"]["presumed"],
            tuple(Pair(one["matter"], one["open"], clause(one)) for one in document["pair"]),
            clause(document["choice"]),
        ),
        plans=_plans(document, clause),
        standards=tuple(
            Standard(one["service"], one["people_per"], clause(one)) for one in document["standard"]
        ),
        transition=TransitionRules(
            households=(
                document["transition"]["households_least"],
                document["transition"]["households_most"],
            ),
            **_cited(document["transition"], clause),
        ),
        titles=_titles(document),
    )
    _check(document, clause)
    return made if len(report.problems) == before else None


def _cited(held: Held, clause: Clauses) -> dict[str, Citation]:
    """Return the clauses of a table by the name before `_source`."""
    return {key.removesuffix("_source"): clause(held, key) for key in held.held if key.endswith("_source")}


def _plans(document: Held, clause: Clauses) -> PlanRules:
    held = document["plans"]
    return PlanRules(
        tolerance=Decimal(held["tolerance"]),
        area_tolerance=Decimal(held["area_tolerance"]),
        sliver=Fraction(held["sliver"]),
        uses=tuple(Use(one["id"], one["titles"]) for one in document["use"]),
        clashes=tuple(
            Clash(frozenset({one["one"], one["other"]}), one["severity"], clause(one))
            for one in document["clash"]
        ),
        citation=clause(held),
        base=clause(held, "base_source"),
        reference=clause(held, "reference_source"),
    )


_LISTS = (("item", "id"), ("matter", "id"), ("use", "id"), ("standard", "service"))


def _titles(document: Held) -> dict[tuple[str, str], Text]:
    return {(name, one[key]): one["titles"] for name, key in _LISTS for one in document[name]}


def _check(document: Held, clause: Clauses) -> None:
    """Note ids that stand twice, clashes of unknown uses, and bounds that contradict each other."""
    note: Callable[..., None] = clause.note
    for name, key in _LISTS:
        seen: set[str] = set()
        for one in document[name]:
            if one[key] in seen:
                note(
                    one,
                    key,
                    "duplicate-id",
                    Text("编号重复", "the id stands twice"),
                    Text("留一个", "keep one"),
                )
            seen.add(one[key])
    uses = {one["id"] for one in document["use"]}
    for one in document["clash"]:
        for key in ("one", "other"):
            if one[key] not in uses:
                message = Text("没有这种用途", "there is no such use")
                note(one, key, "unknown-use", message, Text("在 [[use]] 中增加", "add it under [[use]]"))
    held = document["transition"]
    if held["households_least"] > held["households_most"]:
        message = Text("户数下限大于上限", "the fewest households are more than the most")
        note(held, "households_least", "unsound-rules", message, Text("改正户数", "mend the bounds"))
