"""匹配环节: the desks of seekers, of searches and of rounds of matching, over the vacancies that are open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from huaying_governance.casework import Casebook
from huaying_governance.employment import referral
from huaying_governance.employment.assignment import assign
from huaying_governance.employment.matching import Offer, Seeker
from huaying_governance.employment.search import Search, found
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.vacancies import ONE_OF, checked, named, open_offers, rules_of
from huaying_governance.flows.employment.vacancy_reports import (
    match_reports,
    round_report,
    search_report,
)
from huaying_governance.flows.followed import Book
from huaying_governance.flows.ruled import text_of
from huaying_governance.kernel.privacy import mask
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.tables import Row
from huaying_governance.tables.spec import point_of
from huaying_governance.tables.specs import vacancies as specs
from huaying_governance.text import Text

NO_BAND = Text("政策包中没有这个群体", "the pack has no such group")


def seeker_of(case: Case, row: Row) -> Seeker:
    """Return the seeker of a row: what bears on the work, and nothing else."""
    return Seeker(
        id=str(row["person"]),
        point=point_of(row.to_dict()),
        schooling=text_of(row, "schooling"),
        experience=cast("int | None", row["experience_years"]),
        certificates=cast("tuple[str, ...] | None", row["certificates"]) or None,
        abilities=cast("tuple[str, ...] | None", row["abilities"]) or None,
        kinds=cast("tuple[str, ...] | None", row["wanted_kinds"]) or (),
        least_wage=cast("Decimal | None", row["least_wage"]),
        farthest=cast("int | None", row["farthest_km"]),
        night_shift=cast("bool | None", row["night_shift"]),
        home_only=cast("bool | None", row["home_only"]),
        bands=named(rules_of(case).match.bands, cast("tuple[str, ...] | None", row["bands"]) or ()),
    )


def seeker_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield seekers of groups that the pack does not have."""
    yield from checked("seekers")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("seekers"):
        for name in named(rules.match.bands, cast("tuple[str, ...] | None", row["bands"]) or ()):
            if name not in rules.match.bands:
                yield _no_band(row, "bands", rules, name)


def _no_band(row: Row, column: str, rules: VacancyRules, name: str) -> Fault:
    cure = ONE_OF.fill(all=", ".join(rules.match.bands))
    return fault(row, column, "unknown-band", NO_BAND, cure, value=mask(name))


def _judge_seekers(run: Run) -> Iterable[Report]:
    if "seekers" not in run.tables:
        return ()
    seekers = [seeker_of(run.case, row) for row in run.tables.rows("seekers")]
    offers = [Offer.of(id_, one.vacancy, one.left) for id_, one in open_offers(run)] if seekers else []
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


def _search(case: Case, row: Row) -> Search:
    bands = rules_of(case).match.bands
    made = Search(
        id=str(row["id"]),
        point=point_of(row.to_dict()),
        within=cast("int | None", row["within_metres"]),
        home_only=row["home_only"] is True,
        kind=text_of(row, "vacancy_kind"),
        schooling=text_of(row, "schooling"),
        experience=cast("int | None", row["experience_years"]),
    )
    band = named(bands, (text_of(row, "band"),))[0] if row["band"] else ""
    return made.narrowed(bands[band]) if band else made


def _search_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("job_searches")(case, tables)
    rules = case.pack.rules(VacancyRules)
    if rules is None:
        return
    for row in tables.rows("job_searches"):
        if row["band"] and named(rules.match.bands, (text_of(row, "band"),))[0] not in rules.match.bands:
            yield _no_band(row, "band", rules, text_of(row, "band"))
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
    offers = open_offers(run)
    hits = [(row, found(_search(run.case, row), offers)) for row in rows]
    return (search_report(run, rules_of(run.case), dict(offers), hits),)


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
    offers = {id_: Offer.of(id_, one.vacancy, one.left) for id_, one in open_offers(run)}
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
    Desk(_judge_seekers, faults=seeker_faults),
    Desk(_judge_searches, faults=_search_faults),
    Desk(_judge_rounds, faults=_round_faults),
)
"""匹配 → the tables of `tables.specs.vacancies`."""
PARENTS: Mapping[str, str] = {}
