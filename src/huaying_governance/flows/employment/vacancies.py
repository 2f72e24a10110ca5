"""岗位环节: the desks of vacancies, matching, referrals and searches."""

# Long: one desk after another, each with what it reads.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.employment import listing, referral, vacancy
from huaying_governance.employment.assignment import assign
from huaying_governance.employment.matching import Offer, Pairing, Seeker, pair
from huaying_governance.employment.search import Search, found
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.vacancy_reports import (
    match_reports,
    referral_reports,
    round_report,
    search_report,
    vacancy_reports,
)
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import ruled, stated
from huaying_governance.kernel.ids import CreditCode, DivisionCode
from huaying_governance.kernel.privacy import mask
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.tables import Row
from huaying_governance.tables.spec import point_of
from huaying_governance.tables.specs import vacancies as specs
from huaying_governance.text import Text

checked = partial(ruled, VacancyRules, "vacancies")
BAD_CREDIT = Text("不是有效的统一社会信用代码", "is no valid credit code")
BAD_CREDIT_CURE = Text(
    "核对营业执照上的18位代码；没有的留空", "check the 18 characters; leave it empty where there is none"
)
BAD_DIVISION = Text("不是行政区划代码", "is no division code")
BAD_DIVISION_CURE = Text("写工作地点的6、9或12位代码", "write the 6, 9 or 12 digits of the place of work")
NO_CHANNEL = Text("政策包中没有这个渠道", "the pack has no such channel")
NO_BAND = Text("政策包中没有这个群体", "the pack has no such group")
ONE_OF = Text("用以下之一：{all}", "use one of {all}")
NO_VACANCY = Text("表中和存储中都没有这个岗位", "names no vacancy of the table, nor of the store")
NO_VACANCY_CURE = Text("先登记岗位，或改正编号", "enter the vacancy first, or mend the id")


def rules_of(case: Case) -> VacancyRules:
    """Return the pack's rules of vacancies and matching."""
    return stated(case, VacancyRules)


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


def _names(held: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of what is named by id or by Chinese name; a name that nobody has stays as it is."""
    by_name = {one.name.zh: id_ for id_, one in held.items()}
    return tuple(dict.fromkeys(by_name.get(name, name) for name in names))


# Vacancies --------------------------------------------------------------------------------------------------------


def _vacancy(_case: Case, row: Row) -> vacancy.Vacancy:
    return vacancy.Vacancy(
        employer=str(row["employer"]),
        kind=str(row["vacancy_kind"]),
        title=str(row["vacancy_title"]),
        on=cast(date, row["date"]),
        credit_code=_text(row, "employer_code"),
        poster=_text(row, "poster"),
        desk=_text(row, "desk"),
        duties=_text(row, "job_content"),
        conditions=_text(row, "conditions"),
        division=_text(row, "division"),
        point=point_of(row.to_dict()),
        openings=cast("int | None", row["openings"]),
        wage_low=cast("Decimal | None", row["wage_low"]),
        wage_high=cast("Decimal | None", row["wage_high"]),
        wage_period=_text(row, "wage_period") or "month",
        until=cast("date | None", row["valid_until"]),
        home_work=cast("bool | None", row["home_work"]),
        night_shift=cast("bool | None", row["night_shift"]),
        schooling=_text(row, "schooling_asked"),
        experience=cast("int | None", row["experience_asked"]),
        certificates=cast("tuple[str, ...] | None", row["certificates_asked"]) or (),
        abilities=cast("tuple[str, ...] | None", row["abilities_asked"]) or (),
    )


def _vacancy_act(case: Case, row: Row) -> vacancy.Act:
    named = cast("tuple[str, ...] | None", row["shown_on"]) or ()
    return vacancy.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
        abnormal=cast("bool | None", row["abnormal"]),
        channels=_names(rules_of(case).posting.channels, named),
        hired=cast("int | None", row["hired"]),
        title=_text(row, "vacancy_title"),
        duties=_text(row, "job_content"),
        conditions=_text(row, "conditions"),
        openings=cast("int | None", row["openings"]),
        wage_low=cast("Decimal | None", row["wage_low"]),
        wage_high=cast("Decimal | None", row["wage_high"]),
        until=cast("date | None", row["valid_until"]),
    )


def vacancy_terms(run: Run) -> Any:
    """Return what vacancies are judged by; None where the pack has no rules for them."""
    rules = run.case.pack.rules(VacancyRules)
    return None if rules is None else vacancy.Terms(rules.posting, run.case.calendar)


def _vacancy_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("vacancies", "vacancy_acts")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("vacancies"):
        code, division = _text(row, "employer_code"), _text(row, "division")
        if code and not CreditCode.is_valid(code):
            yield fault(
                row, "employer_code", "bad-credit-code", BAD_CREDIT, BAD_CREDIT_CURE, value=mask(code)
            )
        if division and not DivisionCode.is_valid(division):
            yield fault(
                row, "division", "bad-division", BAD_DIVISION, BAD_DIVISION_CURE, value=mask(division)
            )
    for row in tables.rows("vacancy_acts"):
        named = cast("tuple[str, ...] | None", row["shown_on"]) or ()
        for name in _names(rules.posting.channels, named):
            if name not in rules.posting.channels:
                cure = ONE_OF.fill(all=", ".join(rules.posting.channels))
                yield fault(row, "shown_on", "unknown-channel", NO_CHANNEL, cure, value=mask(name))


def _vacancy_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    standings = [(id_, book.standing(id_), row) for id_, row in shown]
    stock = list(book.all())
    return vacancy_reports(run, run.case.pack.rules(VacancyRules), standings, stock, later)


VACANCIES = Followed(
    "vacancies",
    "vacancy_acts",
    "vacancy",
    Text("岗位发布", "following vacancies"),
    specs.REFUSED_VACANCY_ACTS,
    listing.VACANCIES,
    _vacancy,
    _vacancy_act,
    vacancy_terms,
    _vacancy_report,
    faults=_vacancy_faults,
)


def vacancies_of(run: Run) -> Casebook[Any, vacancy.Listing, Any, Any]:
    """Return the vacancies that the store of a run keeps."""
    return Casebook(run.store, listing.VACANCIES, vacancy_terms(run))


def _open_offers(run: Run) -> list[tuple[str, vacancy.Listing]]:
    return [(id_, one) for id_, one in vacancies_of(run).all() if one.open(run.case.on)]


# Seekers ----------------------------------------------------------------------------------------------------------


def seeker_of(case: Case, row: Row) -> Seeker:
    """Return the seeker of a row: what bears on the work, and nothing else."""
    return Seeker(
        id=str(row["person"]),
        point=point_of(row.to_dict()),
        schooling=_text(row, "schooling"),
        experience=cast("int | None", row["experience_years"]),
        certificates=cast("tuple[str, ...] | None", row["certificates"]) or None,
        abilities=cast("tuple[str, ...] | None", row["abilities"]) or None,
        kinds=cast("tuple[str, ...] | None", row["wanted_kinds"]) or (),
        least_wage=cast("Decimal | None", row["least_wage"]),
        farthest=cast("int | None", row["farthest_km"]),
        night_shift=cast("bool | None", row["night_shift"]),
        home_only=cast("bool | None", row["home_only"]),
        bands=_names(rules_of(case).match.bands, cast("tuple[str, ...] | None", row["bands"]) or ()),
    )


def _seeker_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("seekers")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("seekers"):
        for name in _names(rules.match.bands, cast("tuple[str, ...] | None", row["bands"]) or ()):
            if name not in rules.match.bands:
                yield _no_band(row, "bands", rules, name)


def _no_band(row: Row, column: str, rules: VacancyRules, name: str) -> Fault:
    cure = ONE_OF.fill(all=", ".join(rules.match.bands))
    return fault(row, column, "unknown-band", NO_BAND, cure, value=mask(name))


def _judge_seekers(run: Run) -> Iterable[Report]:
    if "seekers" not in run.tables:
        return ()
    seekers = [seeker_of(run.case, row) for row in run.tables.rows("seekers")]
    offers = [Offer.of(id_, one.vacancy, one.left) for id_, one in _open_offers(run)] if seekers else []
    referred: Book = Casebook(run.store, referral.REFERRALS, None)
    refused = {
        (one.referral.seeker, one.referral.vacancy)
        for _, one in referred.all()
        if one.state in referral.REFUSED
    }
    return (
        match_reports(run, rules_of(run.case).match, seekers, offers, refused)
        if seekers
        else (
            Report(specs.MATCHES, []),
            Report(specs.MATCH_BLOCKERS, []),
        )
    )


# Referrals --------------------------------------------------------------------------------------------------------


def _referral(_case: Case, row: Row) -> referral.Referral:
    return referral.Referral(
        seeker=str(row["person"]), vacancy=str(row["vacancy"]), at=cast(datetime, row["at"])
    )


def _referral_act(_case: Case, row: Row) -> referral.Act:
    return referral.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        cause=_text(row, "cause"),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def referral_terms(run: Run) -> Any:
    """Return what referrals are judged by: vacancies as they stood at the moment, seekers as this case states them."""
    rules = run.case.pack.rules(VacancyRules)
    if rules is None:
        return None
    book = vacancies_of(run)
    seekers = {one.id: one for one in (seeker_of(run.case, row) for row in run.tables.rows("seekers"))}

    def listed(id_: str, at: datetime) -> vacancy.Listing | None:
        return book.as_of(id_, at)

    def pairing(seeker: str, id_: str, at: datetime) -> Pairing | None:
        one, held = seekers.get(seeker), listed(id_, at)
        return None if one is None or held is None else pair(one, Offer.of(id_, held.vacancy), rules.match)

    return referral.Terms(pairing, listed, rules.reply_days, run.case.calendar, rules.posting.days)


def _referral_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    standings = [(id_, book.standing(id_), row) for id_, row in shown]
    return referral_reports(run, run.case.pack.rules(VacancyRules), referral_terms(run), standings, later)


WAITS = Text("求职者或岗位的登记行有问题", "the row of its seeker or vacancy has a problem")
WAITS_CURE = Text("先改正那一行", "mend that row first")


def _referral_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """A refusal is kept for good, so that a referral waits while its seeker's or its vacancy's row is at fault."""
    yield from checked("referrals", "referral_acts")(case, tables)
    if case.pack.rules(VacancyRules) is None:
        return
    at_fault = [*_seeker_faults(case, tables), *_vacancy_faults(case, tables)]
    people = {row["person"] for row in tables.bad("seekers")} | {
        one.row["person"] for one in at_fault if one.row.spec is specs.SEEKERS
    }
    posts = {row["id"] for row in tables.bad("vacancies")} | {
        one.row["id"] for one in at_fault if one.row.spec is specs.VACANCIES
    }
    for row in tables.rows("referrals"):
        for column, held in (("person", people), ("vacancy", posts)):
            if row[column] in held:
                yield fault(row, column, "waits", WAITS, WAITS_CURE)


REFERRALS = Followed(
    "referrals",
    "referral_acts",
    "referral",
    Text("岗位推荐", "following referrals"),
    specs.REFUSED_REFERRAL_ACTS,
    referral.REFERRALS,
    _referral,
    _referral_act,
    referral_terms,
    _referral_report,
    moment="at",
    faults=_referral_faults,
)


def _referral_against_store(run: Run) -> Iterator[Fault]:
    yield from _REFERRALS.against_store(run)
    if run.case.pack.rules(VacancyRules) is None or not run.tables.whole("vacancies"):
        return
    stated_ = {row["id"] for row in (*run.tables.rows("vacancies"), *run.tables.bad("vacancies"))}
    book = vacancies_of(run)
    for row in run.tables.rows("referrals"):
        if row["vacancy"] not in stated_ and not book.knows(str(row["vacancy"])):
            yield fault(row, "vacancy", "unknown-vacancy", NO_VACANCY, NO_VACANCY_CURE)


_REFERRALS = REFERRALS.desk()


# Searches ---------------------------------------------------------------------------------------------------------


def _search(case: Case, row: Row) -> Search:
    bands = rules_of(case).match.bands
    made = Search(
        id=str(row["id"]),
        point=point_of(row.to_dict()),
        within=cast("int | None", row["within_metres"]),
        home_only=row["home_only"] is True,
        kind=_text(row, "vacancy_kind"),
        schooling=_text(row, "schooling"),
        experience=cast("int | None", row["experience_years"]),
    )
    named = _names(bands, (_text(row, "band"),) if row["band"] else ())
    return made.narrowed(bands[named[0]]) if named else made


def _search_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("job_searches")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("job_searches"):
        if row["band"] and _names(rules.match.bands, (_text(row, "band"),))[0] not in rules.match.bands:
            yield _no_band(row, "band", rules, _text(row, "band"))
        if row["within_metres"] is not None and point_of(row.to_dict()) is None:
            message = Text("按距离查询而没有位置", "a search by distance has no place")
            cure = Text("填写经纬度，或删去距离", "state the coordinates, or leave the distance out")
            yield fault(row, "within_metres", "no-place", message, cure)


def _judge_searches(run: Run) -> Iterable[Report]:
    if "job_searches" not in run.tables:
        return ()
    rows = run.tables.rows("job_searches")
    if not rows:
        return (Report(specs.SEARCH_RESULTS, []),)
    offers = _open_offers(run)
    hits = [(row, found(_search(run.case, row), offers)) for row in rows]
    return (search_report(run, rules_of(run.case), dict(offers), hits),)


# Rounds -----------------------------------------------------------------------------------------------------------


NO_SEEKER = Text("求职登记表中没有此人", "the table of seekers has no such person")
NO_SEEKER_CURE = Text("先登记求职，或改正编号", "enter the seeker first, or mend the reference")


def _round_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("matching_rounds")(case, tables)
    held = {row["person"] for row in (*tables.rows("seekers"), *tables.bad("seekers"))}
    for row in tables.rows("matching_rounds"):
        for name in cast("tuple[str, ...] | None", row["round_persons"]) or ():
            if name not in held and tables.whole("seekers"):
                yield fault(
                    row, "round_persons", "unknown-seeker", NO_SEEKER, NO_SEEKER_CURE, value=mask(name)
                )


def _judge_rounds(run: Run) -> Iterable[Report]:
    if "matching_rounds" not in run.tables:
        return ()
    rows = [row for row in run.tables.rows("matching_rounds") if cast(date, row["date"]) <= run.case.on]
    later = len(run.tables.rows("matching_rounds")) - len(rows)
    if not rows:
        return (Report(specs.MATCHING_PLAN, [], later=later),)
    offers = {id_: Offer.of(id_, one.vacancy, one.left) for id_, one in _open_offers(run)}
    seekers = {one.id: one for one in (seeker_of(run.case, row) for row in run.tables.rows("seekers"))}
    plans = []
    for row in rows:
        posts = cast("tuple[str, ...] | None", row["round_vacancies"]) or tuple(offers)
        people = cast("tuple[str, ...] | None", row["round_persons"]) or tuple(seekers)
        plan = assign(
            (seekers[name] for name in people if name in seekers),
            (offers[name] for name in posts if name in offers),
            rules_of(run.case).match,
        )
        plans.append((row, plan))
    return (round_report(run, plans, later),)


DESKS: tuple[Desk, ...] = (
    VACANCIES.desk(),
    Desk(_REFERRALS.judge, faults=_REFERRALS.faults, against_store=_referral_against_store),
    Desk(_judge_seekers, faults=_seeker_faults),
    Desk(_judge_searches, faults=_search_faults),
    Desk(_judge_rounds, faults=_round_faults),
)
"""岗位与匹配 → the tables of `tables.specs.vacancies`."""
PARENTS = {"vacancy_acts": "vacancies", "referral_acts": "referrals"}
