"""乐业规则: `employment.toml` of a pack: training, fairs, agencies, gigs, public-interest posts, kinds of job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import frozen

from huaying_governance.employment.agencies import AgencyRules
from huaying_governance.employment.gigs import GigRules
from huaying_governance.employment.job_kinds import JobKind
from huaying_governance.employment.placement import FairRules
from huaying_governance.employment.public_posts import PublicPostRules
from huaying_governance.employment.retirement import Band
from huaying_governance.employment.training import TrainingRules
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, numbers, source_entry, whole
from huaying_governance.rules.shape import BAD, Flag, Ident, Label, OneOf, Report, Several, Table, Words
from huaying_governance.tables.words.employment import RETIREMENT_GROUPS
from huaying_governance.text import Text

GROUPS = tuple(RETIREMENT_GROUPS)


def _clauses(*names: str) -> Mapping[str, Any]:
    return {f"{name}_source": source_entry() for name in names}


_TRAINING = Table(
    {
        "lesson_minutes": whole("每课时分钟数", "minutes of a lesson", 1, 600),
        "most_places": whole("每班人数上限", "most places of a class", 1),
        "basic_hours": whole("初级最低课时", "fewest lessons of the basic level"),
        "higher_hours": whole("中级以上最低课时", "fewest lessons of higher levels"),
        "practice_percent": whole("实操课时占比", "per cent of practice", 0, 100),
        "suggest_from": whole("建议开班的提出人数", "persons that make a class proposed", 1),
        "a_year": whole("每年补贴次数上限", "subsidised trainings a year", 1),
        "attendance_percent": whole("出勤率下限", "per cent of sessions attended", 0, 100),
        "first_months": whole("首次回访月数", "months until the first follow-up", 1, 120),
        "second_months": whole("第二次回访月数", "months until the second follow-up", 1, 120),
        "burst_signins": whole("集中签到的人数", "sign-ins that make a burst", 2),
        "burst_seconds": whole("集中签到的秒数", "seconds of a burst", 1, 3_600),
        "source": source_entry(),
        **_clauses("hours", "places", "limits"),
    },
    Held,
)
_FAIRS = Table(
    {
        "permit_from": whole("须许可的预计人数", "heads from which a permit is needed", 1),
        "permit_days": whole("提前申请的天数", "days before the fair to ask", 1, 366),
        "city_over": whole("超过多少人由市级许可", "heads above which the city permits", 1),
        "follow_days": whole("跟踪期限（天）", "days for the follow-up", 1, 366),
        "settled_months": whole("稳岗月数", "months until a job counts as kept", 1, 120),
        "insurance_days": whole("参保期限（天）", "days to register for insurance", 1, 366),
        "source": source_entry(),
        **_clauses("permit", "free", "agreement", "insurance"),
    },
    Held,
)
_AGENCIES = Table(
    {
        "ledger_years": whole("台账保存年数", "years that the ledger is kept", 1, 30),
        **_clauses("licence", "free", "deposit", "publicity", "ledger"),
    },
    Held,
)
_GIGS = Table(
    {
        "arrears_days": whole("构成拖欠的天数", "days after which pay is in arrears", 0, 366),
        "inspection": entry(Words(), "移送单位", "to whom arrears are referred", required=True),
        "source": source_entry(),
    },
    Held,
)
_PUBLIC = Table(
    {
        "men_from": whole("男性大龄年龄", "age from which men count as aged", 16, 100),
        "women_from": whole("女性大龄年龄", "age from which women count as aged", 16, 100),
        "unemployed_months": whole("长期失业月数", "months that make unemployment long", 1, 600),
        "years": whole("期限（年）", "longest term in years", 1, 50),
        "near_years": whole("距退休不足的年数", "years near retirement", 0, 50),
        "placements": whole("安置次数上限", "most placements", 1, 50),
        "publicity_days": whole("公示工作日", "working days of publicity", 1, 366),
        "first_warning": whole("首次到期预警（天）", "days of the first warning", 1, 3_660),
        "last_warning": whole("末次到期预警（天）", "days of the last warning", 0, 3_660),
        "check_months": whole("核查间隔（月）", "months between checks", 1, 120),
        "source": source_entry(),
        **_clauses("who", "term"),
    },
    Held,
)
_RETIREMENT = Table(
    {
        "group": entry(OneOf(GROUPS), "退休档次", "group", required=True),
        "age": whole("原法定退休年龄", "age there was", 1, 120),
        "first_year": whole("首个受影响的出生年", "first year of birth touched", 1900, 2100),
        "first_month": whole("首个受影响的出生月", "first month of birth touched", 1, 12),
        "step": whole("每几个月延迟一个月", "months of birth for one month of delay", 1, 120),
        "most": whole("最多延迟月数", "most months of delay", 0, 240),
        "source": source_entry(),
    },
    Held,
)
_KIND = Table(
    {
        "id": entry(Ident(), "标识", "id", required=True),
        "title": entry(Label(), "名称", "title", required=True),
        "public": entry(Flag(), "公益性岗位", "in the public interest", default=False),
        "source": source_entry(),
    },
    Held,
)
EMPLOYMENT = Table(
    {
        "training": entry(_TRAINING, "技能培训", "training", required=True),
        "fairs": entry(_FAIRS, "招聘会与求职服务", "fairs and placements", required=True),
        "agencies": entry(_AGENCIES, "中介机构", "agencies", required=True),
        "gigs": entry(_GIGS, "零工", "temporary work", required=True),
        "public_posts": entry(_PUBLIC, "公益性岗位", "public-interest posts", required=True),
        "retirement": entry(Several(_RETIREMENT, 1, 3), "法定退休年龄", "retirement ages", required=True),
        "job_kind": entry(Several(_KIND), "岗位种类目录", "kinds of job", default=()),
    },
    Held,
)


@frozen
class EmploymentRules:
    """乐业规则 of a pack, vacancies and matching apart."""

    training: TrainingRules
    fairs: FairRules
    agencies: AgencyRules
    gigs: GigRules
    public_posts: PublicPostRules
    job_kinds: Mapping[str, JobKind]


def read_employment(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> EmploymentRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, EMPLOYMENT, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)

    def cited(key: str, *names: str) -> dict[str, Any]:
        return {one: clause(document[key], f"{one}_source") for one in names}

    def own(key: str) -> dict[str, Any]:
        return {**numbers(document[key]), "citation": clause(document[key])}

    bands = {one["group"]: _band(one, clause) for one in document["retirement"]}
    kinds = {
        one["id"]: JobKind(id=one["id"], title=one["title"], public=one["public"], citation=clause(one))
        for one in document["job_kind"]
    }
    made = EmploymentRules(
        TrainingRules(**own("training"), **cited("training", "hours", "places", "limits")),
        FairRules(**own("fairs"), **cited("fairs", "permit", "free", "agreement", "insurance")),
        AgencyRules(
            **numbers(document["agencies"]),
            **cited("agencies", "licence", "free", "deposit", "publicity", "ledger"),
        ),
        GigRules(**own("gigs")),
        PublicPostRules(
            **own("public_posts"), **cited("public_posts", "who", "term"), schedule=MappingProxyType(bands)
        ),
        MappingProxyType(kinds),
    )
    _sums(document, clause)
    return made if len(report.problems) == before else None


def _band(held: Held, clause: Callable[..., Citation]) -> Band:
    return Band(
        age=held["age"],
        first=date(held["first_year"], held["first_month"], 1),
        step=held["step"],
        most=held["most"],
        citation=clause(held),
    )


_SUMS: tuple[tuple[str, Callable[[Any], bool], Text, Text], ...] = (
    (
        "training",
        lambda held: held["first_months"] < held["second_months"],
        Text("两次回访的月数不是先少后多", "the second follow-up is not after the first"),
        Text("应为 first_months < second_months", "state first_months < second_months"),
    ),
    (
        "fairs",
        lambda held: held["permit_from"] <= held["city_over"],
        Text("市级许可的人数少于须许可的人数", "the city's threshold lies below that of any permit"),
        Text("应为 permit_from ≤ city_over", "state permit_from ≤ city_over"),
    ),
    (
        "public_posts",
        lambda held: held["last_warning"] < held["first_warning"],
        Text("末次预警不晚于首次预警", "the last warning is not nearer than the first"),
        Text("应为 last_warning < first_warning", "state last_warning < first_warning"),
    ),
)
TWICE = Text("重复的标识", "the id is stated twice")
TWICE_CURE = Text("留一条", "keep one")


def _sums(document: Any, clause: Clauses) -> None:
    """Note figures that contradict each other, and ids that are stated twice."""
    for key, holds, message, cure in _SUMS:
        if not holds(document[key]):
            clause.note(document[key], None, "unsound-rules", message, cure)
    for key, name in (("retirement", "group"), ("job_kind", "id")):
        seen: set[str] = set()
        for held in document[key]:
            if held[name] in seen:
                clause.note(held, name, "duplicate-id", TWICE, TWICE_CURE)
            seen.add(held[name])
