"""推荐环节: the desk of referrals, each judged by the vacancy as it stood and the seeker as the case states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from huaying_governance.employment import referral, vacancy
from huaying_governance.employment.matching import Offer, Pairing, pair
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.matching import seeker_faults, seeker_of
from huaying_governance.flows.employment.vacancies import checked, vacancies_of, vacancy_faults
from huaying_governance.flows.employment.vacancy_reports import (
    referral_reports,
)
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import text_of
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import vacancies as specs
from huaying_governance.text import Text

NO_VACANCY = Text("表中和存储中都没有这个岗位", "names no vacancy of the table, nor of the store")
NO_VACANCY_CURE = Text("先登记岗位，或改正编号", "enter the vacancy first, or mend the id")


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
        cause=text_of(row, "cause"),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
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
    at_fault = [*seeker_faults(case, tables), *vacancy_faults(case, tables)]
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


DESKS: tuple[Desk, ...] = (
    Desk(_REFERRALS.judge, faults=_REFERRALS.faults, against_store=_referral_against_store),
)
"""推荐 → the tables of `tables.specs.vacancies`."""
PARENTS = {"referral_acts": "referrals"}
