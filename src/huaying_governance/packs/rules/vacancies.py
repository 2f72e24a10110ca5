"""岗位与匹配规则: `vacancies.toml` of a pack: channels, region, wording, minimum wage, groups, weights, each cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from huaying_governance.employment.linter import LintRule
from huaying_governance.employment.matching import PARTS, Band, MatchRules
from huaying_governance.employment.phrasing import Phrase
from huaying_governance.employment.phrasing import fault as phrase_fault
from huaying_governance.employment.vacancy import (
    SCHOOLING,
    Channel,
    MinimumWage,
    Neighbour,
    PostingRules,
)
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.geo import Point, parse_degrees
from huaying_governance.kernel.ids import DivisionCode
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, source_entry, whole
from huaying_governance.rules.shape import (
    BAD,
    Day,
    Flag,
    Ident,
    Label,
    OneOf,
    Quantity,
    Report,
    Several,
    Table,
    Whole,
    Words,
)
from huaying_governance.text import Text

_SOURCE = source_entry()
_CODE = entry(Words(), "行政区划代码", "division code", required=True)
_NAME = entry(Label(), "名称", "name", required=True)
_PHRASES = Several(Words(), 0, 200)
_POSTING = Table(
    {
        "most_days": whole("有效期上限（天）", "longest validity in days", 1, 3_660),
        "confirm_days": whole("渠道跟进期限（工作日）", "working days for a channel to follow", 0, 366),
        "reply_days": whole("用人单位答复期限（工作日）", "working days for an employer to answer", 1, 366),
        "source": _SOURCE,
        "days_source": _SOURCE,
        "employer_source": _SOURCE,
        "wage_source": _SOURCE,
    },
    Held,
)
_REGION = Table(
    {
        "home": _CODE,
        "longitude": entry(Words(), "中心点经度", "longitude of the centre"),
        "latitude": entry(Words(), "中心点纬度", "latitude of the centre"),
        "source": _SOURCE,
        "centre_source": entry(Words(), "中心点依据", "citation of the centre"),
    },
    Held,
)
_NEIGHBOUR = Table({"code": _CODE, "name": _NAME, "source": _SOURCE}, Held)
_CHANNEL = Table({"id": entry(Ident(), "标识", "id", required=True), "name": _NAME, "source": _SOURCE}, Held)
_WAGE = Table(
    {
        "code": _CODE,
        "monthly": entry(Quantity(), "月最低工资", "monthly minimum", required=True),
        "hourly": entry(Quantity(), "小时最低工资", "hourly minimum"),
        "from": entry(Day(), "起算日", "from", required=True),
        "source": _SOURCE,
    },
    Held,
)
_MATCH = Table(
    {
        **{name: whole("权重", "weight", 0, 1_000) for name in PARTS},
        "near_km": whole("视为就近的公里数", "kilometres that are near", 0, 1_000),
        "far_km": whole("视为过远的公里数", "kilometres that are far", 1, 10_000),
        "source": _SOURCE,
    },
    Held,
)
_BAND = Table(
    {
        "id": entry(Ident(), "标识", "id", required=True),
        "name": _NAME,
        "schooling": entry(OneOf(SCHOOLING), "适合岗位的学历上限", "most schooling asked", required=True),
        "experience": whole("适合岗位的经验上限（年）", "most years of experience asked", 0, 60),
        "priority": entry(Flag(), "政策优先", "favoured by policy", required=True),
        "source": _SOURCE,
    },
    Held,
)
_WORDING = Table(
    {
        "id": entry(Ident(), "标识", "id", required=True),
        "code": entry(Ident(), "代码", "code", required=True),
        "gravity": entry(OneOf(("bar", "warn")), "后果", "bars or warns", required=True),
        "match": entry(Several(Words(), 1, 200), "查找的样式", "patterns sought", required=True),
        "unless": entry(_PHRASES, "同句中不算的样式", "patterns that excuse in the clause", default=()),
        "unless_text": entry(_PHRASES, "全文中不算的样式", "patterns that excuse anywhere", default=()),
        "over": entry(Whole(0, 1_000_000), "数字大于", "the number is above"),
        "below": entry(Whole(0, 1_000_000), "数字小于", "the number is below"),
        "why": entry(Label(), "问题", "why", required=True),
        "wording": entry(Label(), "建议写法", "better wording", required=True),
        "source": _SOURCE,
    },
    Held,
)
VACANCY_RULES = Table(
    {
        "posting": entry(_POSTING, "岗位发布", "postings", required=True),
        "region": entry(_REGION, "本地区域", "the home region", required=True),
        "neighbour": entry(Several(_NEIGHBOUR), "周边地区", "neighbouring divisions", default=()),
        "channel": entry(Several(_CHANNEL, 1, 100), "渠道", "channels", required=True),
        "minimum_wage": entry(Several(_WAGE), "最低工资", "minimum wages", default=()),
        "match": entry(_MATCH, "匹配权重", "weights of matching", required=True),
        "band": entry(Several(_BAND), "群体", "groups", default=()),
        "wording": entry(Several(_WORDING), "招聘文本规则", "rules of wording", default=()),
    },
    Held,
)
BAD_CODE = Text("不是行政区划代码", "is no division code")
BAD_CODE_CURE = Text("写6、9或12位代码", "write 6, 9 or 12 digits")
BAD_CENTRE = Text("中心点不完整或不在地球上", "the centre is incomplete, or no place on earth")
BAD_CENTRE_CURE = Text("经度、纬度和依据一并写明", "state longitude, latitude and their source")
BAD_PHRASE_CURE = Text("改正样式的写法", "mend the pattern")
NO_WEIGHT = Text("各项权重都是0", "every weight is 0")
NO_WEIGHT_CURE = Text("至少一项大于0", "let one be above 0")
NEAR_FAR = Text("就近的公里数不小于过远的公里数", "near is not nearer than far")
NEAR_FAR_CURE = Text("应为 near_km < far_km", "state near_km < far_km")


@frozen
class VacancyRules:
    """岗位与匹配规则 of a pack."""

    posting: PostingRules
    match: MatchRules
    reply_days: int


def read_vacancies(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> VacancyRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, VACANCY_RULES, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    held = document["match"]
    if not any(held[part] for part in PARTS):
        clause.note(held, None, "unsound-rules", NO_WEIGHT, NO_WEIGHT_CURE)
    if held["near_km"] >= held["far_km"]:
        clause.note(held, "near_km", "unsound-rules", NEAR_FAR, NEAR_FAR_CURE)
    posting, match = _posting(document, clause), _match(document, clause)
    if len(report.problems) != before or posting is None:
        return None
    return VacancyRules(posting, match, document["posting"]["reply_days"])


def _posting(document: Any, clause: Clauses) -> PostingRules | None:
    held, region = document["posting"], document["region"]
    home = _division(region, "home", clause)
    neighbours = tuple(
        Neighbour(code, one["name"], clause(one))
        for one in document["neighbour"]
        if (code := _division(one, "code", clause)) is not None
    )
    channels = {one["id"]: Channel(one["id"], one["name"], clause(one)) for one in document["channel"]}
    wording = tuple(made for one in document["wording"] if (made := _wording(one, clause)) is not None)
    wages = tuple(_wages(document["minimum_wage"], clause))
    cited = [clause(held, key) for key in ("source", "days_source", "employer_source", "wage_source")]
    home_clause, centre = clause(region), _centre(region, clause)
    if home is None:
        return None
    return PostingRules(
        channels=channels,
        home=home,
        home_citation=home_clause,
        centre=centre,
        neighbours=neighbours,
        wording=wording,
        minimum_wages=wages,
        most_days=held["most_days"],
        confirm_days=held["confirm_days"],
        citation=cited[0],
        days=cited[1],
        employers=cited[2],
        wages=cited[3],
    )


def _centre(region: Held, clause: Clauses) -> Point | None:
    given = [key for key in ("longitude", "latitude", "centre_source") if region[key] is not None]
    if len(given) == 3:
        clause(region, "centre_source")
        try:
            east = parse_degrees(region["longitude"], "longitude")
            return Point(east.value, parse_degrees(region["latitude"], "latitude").value)
        except ValueError:
            clause.note(region, "longitude", "bad-centre", BAD_CENTRE, BAD_CENTRE_CURE)
    elif given:
        clause.note(region, None, "bad-centre", BAD_CENTRE, BAD_CENTRE_CURE)
    return None


def _division(held: Held, key: str, clause: Clauses) -> DivisionCode | None:
    if DivisionCode.is_valid(held[key]):
        return DivisionCode.parse(held[key])
    clause.note(held, key, "bad-division", BAD_CODE, BAD_CODE_CURE)
    return None


def _wages(tables: Iterable[Held], clause: Clauses) -> Iterable[MinimumWage]:
    for one in tables:
        code, cited = _division(one, "code", clause), clause(one)
        if code is not None:
            hourly = None if one["hourly"] is None else _yuan(one["hourly"])
            yield MinimumWage(code, _yuan(one["monthly"]), hourly, one["from"], cited)


def _yuan(amount: int | Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def _wording(held: Held, clause: Clauses) -> LintRule | None:
    cited, good = clause(held), True
    for key in ("match", "unless", "unless_text"):
        for pattern in held[key]:
            if (wrong := phrase_fault(pattern)) is not None:
                clause.note(held, None, "bad-pattern", wrong, BAD_PHRASE_CURE)
                good = False
    if not good:
        return None
    return LintRule(
        id=held["id"],
        code=held["code"],
        gravity=held["gravity"],
        match=_phrases(held["match"]),
        unless=_phrases(held["unless"]),
        unless_text=_phrases(held["unless_text"]),
        over=held["over"],
        below=held["below"],
        why=held["why"],
        wording=held["wording"],
        citation=cited,
    )


def _phrases(patterns: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase(pattern) for pattern in patterns)


def _match(document: Any, clause: Callable[[Any], Citation]) -> MatchRules:
    held = document["match"]
    bands = {
        one["id"]: Band(
            one["id"], one["name"], one["schooling"], one["experience"], one["priority"], clause(one)
        )
        for one in document["band"]
    }
    return MatchRules(
        weights={part: held[part] for part in PARTS},
        near_km=held["near_km"],
        far_km=held["far_km"],
        bands=bands,
        citation=clause(held),
    )
