"""岗位报表: how vacancies, matches, referrals and searches are told, each share with what it is a share of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from huaying_governance.employment import listing, referral, vacancy
from huaying_governance.employment.assignment import Assignment
from huaying_governance.employment.matching import Blocker, MatchRules, Offer, Pairing, Seeker, rank, stops
from huaying_governance.employment.search import Hit
from huaying_governance.flows.desk import Report, Run, advised
from huaying_governance.flows.ruled import labels, share
from huaying_governance.kernel.geo import Fix, metres
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import vacancies as specs
from huaying_governance.text import Lang, Text

Listings = Sequence[tuple[str, vacancy.Listing]]
Shown = Sequence[tuple[str, vacancy.Listing, Row | None]]
_STATES = {**labels(listing.VACANCIES), "expired": vacancy.EXPIRED}
GRAVITIES: Mapping[str, Text] = {"bar": Text("不得发布", "bars"), "warn": Text("提示", "warns")}
ALL = "all"
MOST = 20
"""How many matches a seeker is shown."""


def km(distance: int | None) -> str:
    """Return metres as kilometres with two decimals; empty where the distance is unknown."""
    return "" if distance is None else f"{distance // 1000}.{distance % 1000 // 10:02}"


# Vacancies --------------------------------------------------------------------------------------------------------


def vacancy_reports(
    run: Run, rules: VacancyRules | None, shown: Shown, stock: Listings, later: int
) -> Iterable[Report]:
    """Return the vacancies as they stand, their channels, their wording, and the stock of the whole store."""
    if rules is None:
        return (Report(specs.VACANCIES_OUT, []),)
    lines = [_vacancy_line(run, rules, id_, one, row) for id_, one, row in shown]
    counts = Counter(one.status(run.case.on) for _, one, _ in shown)
    return (
        Report(specs.VACANCIES_OUT, lines, run.tables.extras("vacancies"), counts, later, words=_STATES),
        Report(
            specs.VACANCY_CHANNELS,
            [line for id_, one, _ in shown for line in _channels(run, rules, id_, one)],
        ),
        Report(
            specs.VACANCY_WORDING, [line for id_, one, _ in shown for line in _wording(run, rules, id_, one)]
        ),
        Report(specs.VACANCY_STOCK, list(_stock(run, rules, stock))),
    )


def _vacancy_line(
    run: Run, rules: VacancyRules, id_: str, one: vacancy.Listing, row: Row | None
) -> list[object]:
    held, on = one.vacancy, run.case.on
    ruling = rules.posting.judge(held, on)
    place, _ = rules.posting.region(held.division)
    basis = ruling.basis(run.lang) or rules.posting.citation.say(run.lang)
    return [
        *(id_, held.employer, held.kind, one.status(on), one.revision, one.left, place),
        km(_from_home(rules, held)),
        *(ruling.codes, ruling.missing, advised(ruling, run.lang), basis),
        *(row.extras if row is not None else ()),
    ]


def _from_home(rules: VacancyRules, held: vacancy.Vacancy) -> int | None:
    centre = rules.posting.centre
    return None if centre is None or held.point is None else metres(Fix.of(centre), Fix.of(held.point))


def _channels(run: Run, rules: VacancyRules, id_: str, one: vacancy.Listing) -> Iterator[list[object]]:
    for copy in one.copies:
        behind = vacancy.late(copy, rules.posting, run.case.calendar, run.case.on)
        asked = copy.since.isoformat(timespec="minutes")
        yield [id_, copy.channel, copy.state, copy.wanted, copy.shown, asked, behind]


def _wording(run: Run, rules: VacancyRules, id_: str, one: vacancy.Listing) -> Iterator[list[object]]:
    for finding in rules.posting.lint(one.vacancy):
        rule = finding.rule
        told = [GRAVITIES[rule.gravity].say(run.lang), finding.excerpt, rule.why.say(run.lang)]
        yield [id_, f"lint:{rule.code}", *told, rule.wording.say(run.lang), rule.citation.say(run.lang)]


def _stock(run: Run, rules: VacancyRules, stock: Listings) -> Iterator[list[object]]:
    """Yield what is open, in all, by region, by channel that shows it and by kind; each with the whole it is of."""
    on = run.case.on
    whole = sum(one.left for _, one in stock if one.open(on))
    groups: tuple[tuple[str, Callable[[vacancy.Listing], Collection[str]]], ...] = (
        (ALL, lambda _: (ALL,)),
        ("region", lambda one: (rules.posting.region(one.vacancy.division)[0],)),
        ("channel", lambda one: [copy.channel for copy in one.copies]),
        ("kind", lambda one: (one.vacancy.kind,)),
    )
    for name, of in groups:
        values = sorted({value for _, one in stock for value in of(one)})
        for value in values:
            own = [one for _, one in stock if value in of(one)]
            open_ = [one for one in own if one.open(on)]
            jobs, kinds = sum(one.left for one in open_), len({one.vacancy.kind for one in open_})
            closed = len(own) - len(open_)
            yield [name, value, kinds, len(open_), jobs, whole, share(jobs, whole), closed]


# Matches ----------------------------------------------------------------------------------------------------------


def match_reports(
    run: Run,
    rules: MatchRules,
    seekers: Sequence[Seeker],
    offers: Sequence[Offer],
    refused: Collection[tuple[str, str]],
) -> Iterable[Report]:
    """Return for every seeker the best vacancies with their parts, and what stood in the way of the others."""
    lines: list[list[object]] = []
    told: list[list[object]] = []
    for seeker in seekers:
        before = [offer for offer in offers if (seeker.id, offer.id) in refused]
        left = [offer for offer in offers if (seeker.id, offer.id) not in refused]
        best = rank(seeker, left, rules, MOST)
        lines += [_match_line(run, rules, seeker, place, one) for place, one in enumerate(best, 1)]
        blocked = stops(seeker, left, rules)
        told += _stops(run.lang, seeker, blocked, before, len(offers))
    with_one = len({line[0] for line in lines})
    counts = {"seekers": len(seekers), "matched": with_one, "vacancies": len(offers)}
    return (Report(specs.MATCHES, lines, counts=counts), Report(specs.MATCH_BLOCKERS, told))


def _match_line(run: Run, rules: MatchRules, seeker: Seeker, place: int, one: Pairing) -> list[object]:
    parts = ";".join(
        f"{part.name}={part.weight}×{'?' if part.measure is None else part.measure}" for part in one.parts
    )
    bands = rules.favoured(seeker)
    clauses = dict.fromkeys(cited.say(run.lang) for cited in (rules.citation, *(b.citation for b in bands)))
    unknown = (*one.missing, *(part.name for part in one.parts if part.measure is None))
    return [
        *(one.seeker, place, one.vacancy, one.fit, parts, km(one.metres), tuple(dict.fromkeys(unknown))),
        *(tuple(band.name.say(run.lang) for band in bands), Text("；", "; ").say(run.lang).join(clauses)),
    ]


REFUSED_BEFORE = Text("此前推荐未成，不再重复推荐", "was referred before and came to nothing")


def _stops(
    lang: Lang,
    seeker: Seeker,
    blocked: Iterable[tuple[str, tuple[Blocker, ...]]],
    before: Sequence[Offer],
    compared: int,
) -> Iterator[list[object]]:
    first: dict[str, tuple[str, Text]] = {}
    count: Counter[str] = Counter()
    for id_, blockers in blocked:
        for blocker in blockers:
            first.setdefault(blocker.code, (id_, blocker.text))
            count[blocker.code] += 1
    for code in sorted(first):
        example, text = first[code]
        yield [seeker.id, code, count[code], compared, example, text.say(lang)]
    if before:
        told = REFUSED_BEFORE.say(lang)
        yield [seeker.id, "refused_before", len(before), compared, before[0].id, told]


# Referrals --------------------------------------------------------------------------------------------------------


def referral_reports(
    run: Run,
    rules: VacancyRules | None,
    terms: referral.Terms,
    shown: Sequence[tuple[str, referral.Standing, Row | None]],
    later: int,
) -> Iterable[Report]:
    """Return the referrals as they stand, and why those that ended came to nothing."""
    if rules is None:
        return (Report(specs.REFERRALS_OUT, []),)
    lines = []
    for id_, one, row in shown:
        due, owed = terms.due(one), one.state in {"referred", "interviewed"}
        late = None if not owed or due is None else run.case.on > due
        advice = referral.CAUSES[one.cause].say(run.lang) if one.cause else ""
        first = [id_, one.referral.seeker, one.referral.vacancy, one.state, one.cause, advice]
        told = [due if owed else None, late, one.unlawful(rules.posting.wording)]
        basis = rules.posting.days.say(run.lang)
        lines.append([*first, *told, basis, *(row.extras if row is not None else ())])
    counts = Counter(one.state for _, one, _ in shown)
    held, words = [one for _, one, _ in shown], labels(referral.REFERRALS)
    return (
        Report(specs.REFERRALS_OUT, lines, run.tables.extras("referrals"), counts, later, words=words),
        Report(specs.REFERRAL_FEEDBACK, list(_feedback(run.lang, held))),
    )


def _feedback(lang: Lang, held: Sequence[referral.Standing]) -> Iterator[list[object]]:
    for cause, advice in referral.CAUSES.items():
        own = [one for one in held if one.cause == cause]
        if own:
            seekers = sum(one.state == "declined" for one in own)
            rate = share(len(own), len(held))
            yield [cause, seekers, len(own) - seekers, len(held), rate, advice.say(lang)]


# Searches ---------------------------------------------------------------------------------------------------------


def search_report(
    run: Run,
    rules: VacancyRules,
    offers: Mapping[str, vacancy.Listing],
    hits: Sequence[tuple[Row, Sequence[Hit]]],
) -> Report:
    """Return what every search has found, the nearest first."""
    lines: list[list[object]] = []
    for row, found in hits:
        for hit in found:
            held = offers[hit.vacancy].vacancy
            place, _ = rules.posting.region(held.division)
            told = [held.kind, place, km(hit.metres), held.home_work, hit.missing]
            lines.append([row["id"], hit.vacancy, *told, *row.extras])
    counts = {"searches": len(hits), "found": len(lines)}
    return Report(specs.SEARCH_RESULTS, lines, run.tables.extras("job_searches"), counts)


# Rounds -----------------------------------------------------------------------------------------------------------


NONE_LEFT = Text("没有合适的空缺", "nothing that fits was left")


def round_report(run: Run, plans: Sequence[tuple[Row, Assignment]], later: int) -> Report:
    """Return who goes where in each round, then those for whom nothing was left."""
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for row, plan in plans:
        lines += [
            [row["id"], one.seeker, one.vacancy, one.fit, km(one.metres), one.missing, "", *row.extras]
            for one in plan.pairs
        ]
        none = NONE_LEFT.say(run.lang)
        lines += [[row["id"], person, "", None, "", (), none, *row.extras] for person in plan.unplaced]
        counts.update(placed=len(plan.pairs), unplaced=len(plan.unplaced), free=plan.free)
    return Report(specs.MATCHING_PLAN, lines, run.tables.extras("matching_rounds"), counts, later)
