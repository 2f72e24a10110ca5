"""岗位表格: vacancies, seekers, matches, referrals and searches: what is read and what is written."""

# Long: every table of vacancies and matching, one after another.

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, place, plain
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import vacancies as words
from huaying_governance.text import Text

_PHONE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")
_TEXTS = ("vacancy_title", "job_content", "conditions", "desk")


def _vacancy(cells: Cells) -> Iterator[tuple[str, Fault]]:
    """A range that is one, a validity after the posting, and no phone: one asks at the desk."""
    low, high = cells.get("wage_low"), cells.get("wage_high")
    if isinstance(low, Decimal) and isinstance(high, Decimal) and high < low:
        yield "wage_high", Fault("high-below-low")
    start, end = cells.get("date"), cells.get("valid_until")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield "valid_until", Fault("to-before-from")
    for name in _TEXTS:
        if _PHONE.search(str(cells.get(name) or "")):
            yield name, Fault("phone-in-text")


_ID = Column("id", "ref", "cell")
_PERSON = Column("person", "ref", "cell", hint="person")
_AT = Column("at", "moment", "cell")
_EDITABLE = (
    Column("vacancy_title", "text"),
    Column("job_content", "text"),
    Column("conditions", "text"),
    Column("openings", "count", hint="positive"),
    Column("wage_low", "yuan"),
    Column("wage_high", "yuan"),
    Column("valid_until", "date"),
)

VACANCIES = TableSpec(
    "vacancies",
    Text("招聘岗位表", "vacancies"),
    (
        _ID,
        Column("date", "date", "cell"),
        Column("employer", "ref", "cell"),
        Column("employer_code", "ref", "column"),
        Column("poster", "ref"),
        Column("desk", "ref"),
        Column("vacancy_kind", "ref", "cell"),
        Column("vacancy_title", "text", "cell"),
        Column("job_content", "text", "column"),
        Column("conditions", "text", "column"),
        Column("division", "ref", "column"),
        *place("free"),
        Column("openings", "count", "column", hint="positive"),
        Column("wage_low", "yuan", "column"),
        Column("wage_high", "yuan"),
        Column("wage_period", "choice", "free", Choice(words.WAGE_PERIODS)),
        Column("valid_until", "date", "column"),
        Column("home_work", "yes_no"),
        Column("night_shift", "yes_no"),
        Column("schooling_asked", "choice", "free", Choice(words.SCHOOLING)),
        Column("experience_asked", "count"),
        Column("certificates_asked", "list"),
        Column("abilities_asked", "list"),
    ),
    key="id",
    check=_vacancy,
    refuses=words.barred,
)
VACANCY_ACTS = TableSpec(
    "vacancy_acts",
    Text("岗位办理表", "acts on vacancies"),
    (
        Column("vacancy", "ref", "cell"),
        _AT,
        Column("action", "choice", "cell", Choice(words.VACANCY_ACTIONS)),
        Column("actor", "ref", "cell"),
        Column("role", "choice", "cell", Choice(words.VACANCY_ROLES)),
        Column("shown_on", "list"),
        Column("abnormal", "yes_no"),
        Column("hired", "count"),
        Column("reason", "text"),
        Column("evidence", "text"),
        *_EDITABLE,
    ),
    parent="vacancy",
    check=_vacancy,
)
SEEKERS = TableSpec(
    "seekers",
    Text("求职登记表", "seekers"),
    (
        _PERSON,
        *place("free"),
        Column("schooling", "choice", "free", Choice(words.SCHOOLING)),
        Column("experience_years", "count"),
        Column("certificates", "list"),
        Column("abilities", "list"),
        Column("wanted_kinds", "list"),
        Column("least_wage", "yuan"),
        Column("farthest_km", "count"),
        Column("night_shift", "yes_no"),
        Column("home_only", "yes_no"),
        Column("bands", "list"),
    ),
    key="person",
    refuses=words.barred,
)
REFERRALS = TableSpec(
    "referrals",
    Text("岗位推荐表", "referrals"),
    (_ID, _PERSON, Column("vacancy", "ref", "cell"), _AT),
    key="id",
)
REFERRAL_ACTS = TableSpec(
    "referral_acts",
    Text("推荐办理表", "acts on referrals"),
    (
        Column("referral", "ref", "cell"),
        _AT,
        Column("action", "choice", "cell", Choice(words.REFERRAL_ACTIONS)),
        Column("actor", "ref", "cell"),
        Column("role", "choice", "cell", Choice(words.REFERRAL_ROLES)),
        Column("cause", "choice", "free", Choice(words.CAUSES)),
        Column("reason", "text"),
        Column("evidence", "text"),
    ),
    parent="referral",
)
JOB_SEARCHES = TableSpec(
    "job_searches",
    Text("岗位查询表", "searches for work"),
    (
        _ID,
        *place("free"),
        Column("within_metres", "count"),
        Column("home_only", "yes_no"),
        Column("vacancy_kind", "ref"),
        Column("schooling", "choice", "free", Choice(words.SCHOOLING)),
        Column("experience_years", "count"),
        Column("band", "ref"),
    ),
    key="id",
)
MATCHING_ROUNDS = TableSpec(
    "matching_rounds",
    Text("集中撮合表", "rounds of matching"),
    (_ID, Column("date", "date", "cell"), Column("round_vacancies", "list"), Column("round_persons", "list")),
    key="id",
)
INPUTS: tuple[TableSpec, ...] = (
    *(VACANCIES, VACANCY_ACTS, SEEKERS, REFERRALS, REFERRAL_ACTS, JOB_SEARCHES, MATCHING_ROUNDS),
)

VACANCIES_OUT = TableSpec(
    "vacancies",
    Text("招聘岗位现状", "vacancies as they stand"),
    plain(
        *("id", "employer", "vacancy_kind", "state", "revision", "openings_left", "region", "distance_km"),
        *("codes", "missing", "reason", "citation"),
    ),
    key="id",
)
VACANCY_CHANNELS = TableSpec(
    "vacancy_channels",
    Text("岗位渠道跟进", "channels of vacancies"),
    plain("vacancy", "shown_on", "channel_state", "wanted_revision", "shown_revision", "asked_at", "behind"),
)
VACANCY_WORDING = TableSpec(
    "vacancy_wording",
    Text("招聘文本检查", "wording of vacancies"),
    plain("vacancy", "codes", "gravity", "excerpt", "reason", "better_wording", "citation"),
)
VACANCY_STOCK = TableSpec(
    "vacancy_stock",
    Text("岗位库", "stock of vacancies"),
    plain(
        *("stock_group", "stock_value", "open_kinds", "open_vacancies", "open_jobs", "all_open_jobs"),
        *("job_share", "closed_vacancies"),
    ),
)
REFUSED_VACANCY_ACTS = TableSpec(
    "refused_vacancy_acts",
    Text("被拒岗位办理记录", "refused acts on vacancies"),
    plain("vacancy", "at", "action", "codes", "reason"),
)
MATCHES = TableSpec(
    "matches",
    Text("人岗匹配", "matches"),
    plain(
        *(
            "person",
            "place_in_rank",
            "vacancy",
            "match_fit",
            "fit_parts",
            "distance_km",
            "missing",
            "favoured_by",
        ),
        "citation",
    ),
)
MATCH_BLOCKERS = TableSpec(
    "match_blockers",
    Text("匹配硬条件不符", "what stands in the way of matches"),
    plain("person", "codes", "blocked_vacancies", "compared_vacancies", "example_vacancy", "reason"),
)
REFERRALS_OUT = TableSpec(
    "referrals",
    Text("岗位推荐现状", "referrals as they stand"),
    plain(
        *("id", "person", "vacancy", "state", "cause", "advice", "reply_due", "reply_late", "codes"),
        "citation",
        cause=words.CAUSES,
    ),
    key="id",
)
REFERRAL_FEEDBACK = TableSpec(
    "referral_feedback",
    Text("推荐未成反馈", "why referrals came to nothing"),
    plain(
        *("cause", "ended_by_seeker", "ended_by_employer", "all_referrals", "job_share", "advice"),
        cause=words.CAUSES,
    ),
)
REFUSED_REFERRAL_ACTS = TableSpec(
    "refused_referral_acts",
    Text("被拒推荐办理记录", "refused acts on referrals"),
    plain("referral", "at", "action", "codes", "reason"),
)
SEARCH_RESULTS = TableSpec(
    "job_search_results",
    Text("岗位查询结果", "results of searches"),
    plain("job_search", "vacancy", "vacancy_kind", "region", "distance_km", "home_work", "missing"),
)
MATCHING_PLAN = TableSpec(
    "matching_plan",
    Text("集中撮合方案", "plans of matching"),
    plain("matching_round", "person", "vacancy", "match_fit", "distance_km", "missing", "reason"),
)
OUTPUTS: tuple[TableSpec, ...] = (
    *(MATCHING_PLAN, VACANCIES_OUT, VACANCY_CHANNELS, VACANCY_WORDING, VACANCY_STOCK, REFUSED_VACANCY_ACTS),
    *(MATCHES, MATCH_BLOCKERS, REFERRALS_OUT, REFERRAL_FEEDBACK, REFUSED_REFERRAL_ACTS, SEARCH_RESULTS),
)
