"""岗位环节: the desk of vacancies, and what the desks that look among them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.employment import listing, vacancy
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.vacancy_reports import (
    vacancy_reports,
)
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import ruled, stated, text_of
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
ONE_OF = Text("用以下之一：{all}", "use one of {all}")


def rules_of(case: Case) -> VacancyRules:
    """Return the pack's rules of vacancies and matching."""
    return stated(case, VacancyRules)


def named(held: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of what is named by id or by Chinese name; a name that nobody has stays as it is."""
    by_name = {one.name.zh: id_ for id_, one in held.items()}
    return tuple(dict.fromkeys(by_name.get(name, name) for name in names))


def _vacancy(_case: Case, row: Row) -> vacancy.Vacancy:
    return vacancy.Vacancy(
        employer=str(row["employer"]),
        kind=str(row["vacancy_kind"]),
        title=str(row["vacancy_title"]),
        on=cast(date, row["date"]),
        credit_code=text_of(row, "employer_code"),
        poster=text_of(row, "poster"),
        desk=text_of(row, "desk"),
        duties=text_of(row, "job_content"),
        conditions=text_of(row, "conditions"),
        division=text_of(row, "division"),
        point=point_of(row.to_dict()),
        openings=cast("int | None", row["openings"]),
        wage_low=cast("Decimal | None", row["wage_low"]),
        wage_high=cast("Decimal | None", row["wage_high"]),
        wage_period=text_of(row, "wage_period") or "month",
        until=cast("date | None", row["valid_until"]),
        home_work=cast("bool | None", row["home_work"]),
        night_shift=cast("bool | None", row["night_shift"]),
        schooling=text_of(row, "schooling_asked"),
        experience=cast("int | None", row["experience_asked"]),
        certificates=cast("tuple[str, ...] | None", row["certificates_asked"]) or (),
        abilities=cast("tuple[str, ...] | None", row["abilities_asked"]) or (),
    )


def _vacancy_act(case: Case, row: Row) -> vacancy.Act:
    shown = cast("tuple[str, ...] | None", row["shown_on"]) or ()
    return vacancy.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
        abnormal=cast("bool | None", row["abnormal"]),
        channels=named(rules_of(case).posting.channels, shown),
        hired=cast("int | None", row["hired"]),
        title=text_of(row, "vacancy_title"),
        duties=text_of(row, "job_content"),
        conditions=text_of(row, "conditions"),
        openings=cast("int | None", row["openings"]),
        wage_low=cast("Decimal | None", row["wage_low"]),
        wage_high=cast("Decimal | None", row["wage_high"]),
        until=cast("date | None", row["valid_until"]),
    )


def vacancy_terms(run: Run) -> Any:
    """Return what vacancies are judged by; None where the pack has no rules for them."""
    rules = run.case.pack.rules(VacancyRules)
    return None if rules is None else vacancy.Terms(rules.posting, run.case.calendar)


def vacancy_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield what is wrong with vacancies and with the acts on them."""
    yield from checked("vacancies", "vacancy_acts")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("vacancies"):
        code, division = text_of(row, "employer_code"), text_of(row, "division")
        if code and not CreditCode.is_valid(code):
            yield fault(
                row, "employer_code", "bad-credit-code", BAD_CREDIT, BAD_CREDIT_CURE, value=mask(code)
            )
        if division and not DivisionCode.is_valid(division):
            yield fault(
                row, "division", "bad-division", BAD_DIVISION, BAD_DIVISION_CURE, value=mask(division)
            )
    for row in tables.rows("vacancy_acts"):
        shown = cast("tuple[str, ...] | None", row["shown_on"]) or ()
        for name in named(rules.posting.channels, shown):
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
    faults=vacancy_faults,
)


def vacancies_of(run: Run) -> Casebook[Any, vacancy.Listing, Any, Any]:
    """Return the vacancies that the store of a run keeps."""
    return Casebook(run.store, listing.VACANCIES, vacancy_terms(run))


def open_offers(run: Run) -> list[tuple[str, vacancy.Listing]]:
    """Return the vacancies that are open on the day of the case."""
    return [(id_, one) for id_, one in vacancies_of(run).all() if one.open(run.case.on)]


DESKS: tuple[Desk, ...] = (VACANCIES.desk(),)
"""岗位 → the tables of `tables.specs.vacancies`."""
PARENTS = {"vacancy_acts": "vacancies"}
