"""邻里报表: how orders, points, places, sites and incidents are told, with rates and their denominators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from huaying_governance.flows.desk import Run
from huaying_governance.flows.participation.reports import ALL, by_month
from huaying_governance.flows.ruled import share
from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood import coverage, hours, incident, inspection, partners, points, service
from huaying_governance.tables import Row
from huaying_governance.text import Text

T = TypeVar("T")
IN_COMMUNITY = Text(
    "未登记、登记号不明或不在有效期，只在本社区活动",
    "not registered, or not on this day: it works in its own community only",
)
REGISTERED = Text("已登记，可跨社区服务", "registered: it works anywhere")
NO_PLACE = Text("没有坐标，无法判断", "without coordinates it cannot be said")
MIGHT = Text(
    "有点位没有可比的坐标，无法断定没有覆盖",
    "some point has no comparable coordinates: it cannot be said that none reaches",
)
OUT_OF_REACH = Text("服务半径内没有在用的收集点", "no point in use reaches it")
REACHED = Text("在服务半径之内（直线距离）", "within reach, as the crow flies")
_TENTH = Decimal("0.1")


def extras(row: Row | None) -> Sequence[object]:
    """Return the extra cells of the row that opened a case, where this folder holds it."""
    return row.extras if row is not None else ()


def as_hours(minutes: int) -> str:
    """Return minutes as hours with two decimals, half up."""
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))


# Volunteering ---------------------------------------------------------------------------------------------------


def partner_line(run: Run, rules: service.VolunteerRules, one: partners.Partner) -> list[object]:
    """Return a partner and where it works on the day of the case."""
    reach = one.reach(run.case.on)
    why = REGISTERED if reach == "anywhere" else IN_COMMUNITY
    first = [one.id, one.name, one.kind, one.community, reach]
    return [*first, why.say(run.lang), rules.partners.say(run.lang)]


def order_line(run: Run, rules: service.VolunteerRules, id_: str, one: service.Standing) -> list[object]:
    """Return an order as it stands; `candidates` have offered and are not matched."""
    order, kind = one.order, rules.kinds.get(one.order.kind)
    counted = one.confirmed
    waiting = tuple(who for who in one.offered if who not in one.matched) if one.state == "open" else ()
    cited = [rules.recorded.say(run.lang), *([kind.citation.say(run.lang)] if kind is not None else [])]
    first = [id_, order.community, order.kind, order.organiser, one.state, order.places, len(one.matched)]
    minutes = sum(record.span.minutes for record in counted)
    unconfirmed = len(one.records) - len(counted)
    disputed = sum(record.disputed for record in one.records)
    return [*first, len(counted), minutes, waiting, unconfirmed, disputed, ";".join(dict.fromkeys(cited))]


def service_months(every: Iterable[service.Standing]) -> list[list[object]]:
    """Return the months of service: of orders done, of places matched, of those rated satisfied."""
    return [
        [
            *(one.month, one.kind, one.orders, one.done, share(one.done, one.orders), one.places),
            *(one.matched, share(one.matched, one.places), one.served, one.minutes, as_hours(one.minutes)),
            *(one.volunteers, one.rated, one.satisfied, share(one.satisfied, one.rated), _hours(one.wait)),
        ]
        for one in hours.tallies(every)
    ]


def _hours(wait: timedelta | None) -> str:
    return "" if wait is None else as_hours(wait // timedelta(minutes=1))


def certificate_lines(
    run: Run, rules: service.VolunteerRules, every: Iterable[service.Standing]
) -> list[list[object]]:
    """Return what each organiser certifies each volunteer, from confirmed records."""
    basis = ";".join(dict.fromkeys([rules.recorded.say(run.lang), rules.corrected.say(run.lang)]))
    return [
        [
            *(one.volunteer, one.organiser, one.services, one.minutes, as_hours(one.minutes), one.first),
            *(one.last, [f"{kind} {minutes}" for kind, minutes in one.by_kind], one.unconfirmed, basis),
        ]
        for one in hours.certificates(every)
    ]


# Collection points ----------------------------------------------------------------------------------------------


def _counts(one: points.Standing, review: Mapping[str, points.Duplicate]) -> bool:
    return one.state not in {"closed", "void"} and one.point.id not in review


def point_line(
    run: Run,
    rules: points.CollectionRules,
    one: points.Standing,
    review: Mapping[str, points.Duplicate],
    photos: Mapping[str, str],
) -> list[object]:
    """Return a point: whether it counts, and what somebody should look at."""
    point, found = one.point, review.get(one.point.id)
    codes = ["review"] if found is not None else []
    codes += ["photo-reused"] if point.id in photos else []
    codes += ["missing:place"] if point.place is None else []
    codes += ["other-datum"] if points.same_datum(point.datum) != points.OFFICIAL else []
    codes += ["past-end"] if point.until is not None and point.until < run.case.on else []
    cited = rules.closing if one.state == "closed" else rules.duplicates
    other = found.of if found is not None else photos.get(point.id, "")
    metres = "" if found is None else str(found.metres)
    first = [point.id, point.community, point.kind, one.state, _counts(one, review)]
    return [*first, codes, other, metres, cited.say(run.lang)]


def point_totals(
    run: Run,
    rules: points.CollectionRules,
    every: Sequence[points.Standing],
    review: Mapping[str, points.Duplicate],
) -> list[list[object]]:
    """Return all and each community: listed, counted, for review, gone; all against what was to be added."""
    lines: list[list[object]] = []
    for scope, held in _scopes(every, lambda one: one.point.community):
        counted = sum(_counts(one, review) for one in held)
        waiting = sum(one.point.id in review for one in held)
        gone = len(held) - counted - waiting
        first = [scope, len(held), counted, waiting, gone]
        if scope == ALL:
            lines.append([*first, rules.added, max(0, rules.added - counted), rules.counting.say(run.lang)])
        else:
            lines.append([*first, None, None, ""])
    return lines


def _scopes(held: Iterable[T], community: Callable[[T], str]) -> Iterator[tuple[str, list[T]]]:
    """Yield all of them together, then those of each community."""
    every = list(held)
    yield ALL, every
    for name in sorted({community(one) for one in every}):
        yield name, [one for one in every if community(one) == name]


def dwelling_line(run: Run, one: points.Served) -> list[object]:
    """Return a dwelling and the nearest point that serves it."""
    if one.covered is None:
        why = NO_PLACE if one.dwelling.place is None else MIGHT
    else:
        why = REACHED if one.covered else OUT_OF_REACH
    metres = "" if one.metres is None else str(one.metres)
    first = [one.dwelling.id, one.dwelling.community, one.dwelling.households, one.covered]
    return [*first, one.by, metres, why.say(run.lang)]


# Coverage -------------------------------------------------------------------------------------------------------


def _rate_line(
    first: Sequence[object], rate: coverage.Rate, target: int | None, uncovered: Sequence[str], basis: str
) -> list[object]:
    met = None if target is None else rate.meets(target)
    counts = [rate.required, rate.covered, rate.unknown, rate.broken]
    return [*first, *counts, _shown(rate.least), _shown(rate.most), target, met, tuple(uncovered), basis]


def _shown(percent: Decimal | None) -> str:
    return "" if percent is None else str(percent)


def facility_rates(
    run: Run, targets: Sequence[coverage.Target], places: Sequence[coverage.FacilityPlace]
) -> list[list[object]]:
    """Return the rates of each facility: all types of place and each, all communities and each."""
    stated = {(one.facility, one.place_type): one for one in targets}
    lines: list[list[object]] = []
    for facility in sorted({one.facility for one in places}):
        own = [one for one in places if one.facility == facility]
        for kind in (ALL, *sorted({one.place_type for one in own})):
            target = stated.get((facility, kind))
            basis = "" if target is None else target.citation.say(run.lang)
            typed = [one for one in own if kind in {ALL, one.place_type}]
            for scope, held in _scopes(typed, lambda one: one.community):
                gaps = [one.id for one in held if one.required and one.works is False]
                percent = None if target is None else target.percent
                rate = coverage.rate(held)
                lines.append(_rate_line([facility, kind, scope], rate, percent, gaps, basis))
    return lines


def household_rates(
    run: Run, rules: points.CollectionRules, served: Sequence[points.Served]
) -> list[list[object]]:
    """Return the households that a collection point reaches, of all households, everywhere and by community."""
    basis = ";".join(dict.fromkeys(citation.say(run.lang) for _, citation in rules.radii.values()))

    def households(held: Iterable[points.Served], covered: bool | None) -> int:
        return sum(one.dwelling.households for one in held if one.covered is covered)

    lines: list[list[object]] = []
    for scope, held in _scopes(served, lambda one: one.dwelling.community):
        rate = coverage.Rate(
            required=sum(one.dwelling.households for one in held),
            covered=households(held, True),
            unknown=households(held, None),
        )
        gaps = [one.dwelling.id for one in held if one.covered is False]
        lines.append(_rate_line(["households", ALL, scope], rate, None, gaps, basis))
    return lines


def inspection_rates(
    run: Run, rules: inspection.InspectionRules, watched: Sequence[inspection.Watched]
) -> list[list[object]]:
    """Return the sites visited within the days of the pack, of all sites, everywhere and by community."""
    lines: list[list[object]] = []
    for scope, held in _scopes(watched, lambda one: one.site.community):
        rate = coverage.Rate(
            required=len(held),
            covered=sum(one.unvisited is False for one in held),
            unknown=sum(one.unvisited is None for one in held),
        )
        gaps = [one.site.id for one in held if one.unvisited]
        basis = rules.citation.say(run.lang)
        lines.append(_rate_line(["inspection", ALL, scope], rate, None, gaps, basis))
    return lines


def site_line(run: Run, rules: inspection.InspectionRules, one: inspection.Watched) -> list[object]:
    """Return a site with its visits and the day by which the next is due."""
    missing = ("from",) if one.due is None else ()
    first = [one.site.id, one.site.community, one.site.kind, one.visits, one.last, one.due]
    return [*first, one.unvisited, one.clean, one.repeated, missing, rules.citation.say(run.lang)]


# Incidents ------------------------------------------------------------------------------------------------------


def incident_line(run: Run, terms: incident.Terms, id_: str, one: incident.Standing) -> list[object]:
    """Return an incident as it stands: its day, whether it has passed, both pictures, the receipt."""
    found, kind = one.incident, terms.kinds.get(one.incident.kind)
    due = incident.due_of(one, terms)
    cited = [] if kind is None else [kind.order.say(run.lang)]
    cited += [kind.days.say(run.lang)] if kind is not None and due and one.stated_due is None else []
    cited += [kind.penalty.say(run.lang)] if kind is not None and one.receipt else []
    cited += ["missing:rules"] if kind is None else []
    first = [id_, found.community, found.kind, one.state, found.area, found.unit, day_of(found.at)]
    dates = [
        one.ordered_on,
        due,
        incident.overdue(one, terms, run.case.on),
        incident.deadline_passed(one, terms, run.case.on),
    ]
    done = [one.rectified_on, one.rechecks, one.failed, one.receipt, one.organ]
    return [*first, *dates, *done, one.before, one.afterwards, ";".join(dict.fromkeys(cited))]


def incident_months(
    run: Run, terms: incident.Terms, every: Iterable[incident.Standing]
) -> list[list[object]]:
    """Return the months: of those found how many held good, were ordered; of those ordered how many are right."""
    lines: list[list[object]] = []
    for month, scope, ones in by_month(
        every, lambda one: one.incident.at, lambda one: one.incident.community
    ):
        valid = [one for one in ones if one.state != "dismissed"]
        ordered = [one for one in valid if one.ordered_on is not None]
        right = sum(one.passed_on is not None and one.rectified_on is not None for one in ordered)
        checks = [sum(one.rechecks for one in valid), sum(one.failed for one in valid)]
        handed = sum(one.state == "handed_over" for one in valid)
        overdue = sum(incident.overdue(one, terms, run.case.on) is True for one in ordered)
        first = [month, scope, len(ones), len(valid), len(ordered), right, share(right, len(ordered))]
        lines.append([*first, *checks, handed, overdue])
    return lines


def incident_entries(
    run: Run, terms: incident.Terms, held: Iterable[tuple[str, incident.Standing, Row | None]]
) -> Iterator[list[object]]:
    """Yield what is escalated or should be as rows of the ledger's own table, so that it is followed up there."""
    for id_, one, _ in held:
        if not incident.deadline_passed(one, terms, run.case.on):
            continue
        kind = terms.kinds.get(one.incident.kind)
        title = one.incident.kind if kind is None else kind.title.say(run.lang)
        moment = one.incident.at.isoformat()
        yield [id_, "livelihood", "grid", "", one.incident.community, moment, title, ""]
