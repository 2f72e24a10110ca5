"""交办审核: may this be asked of that community: yes, no, on which condition, or what is not known.

A matter may be asked for in several ways: by the list, and by each admission of it. The best way decides; where all
are closed, the grounds of all of them are given. What is prohibited is closed in every way, an emergency included.
"""

# Long: the short way and the long way of one question stand together, so that they cannot part.

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from attrs import evolve

from huaying_governance.errors import CalendarNotLoaded, Place, Problem, Problems
from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.kernel.privacy import mask_place
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.responsibility import wording
from huaying_governance.responsibility.assignments import NO_ADMISSIONS, AdmissionBook, Assignment
from huaying_governance.responsibility.gate import Gate, current
from huaying_governance.responsibility.grounds import By, Cache, Speaker
from huaying_governance.responsibility.matching import Match, Matcher, TitleMatcher
from huaying_governance.responsibility.matters import Matter, MatterList, nearest_version, version_on
from huaying_governance.responsibility.names import Register
from huaying_governance.responsibility.remedies import Adviser
from huaying_governance.responsibility.routes import (
    BEST,
    Assigner,
    Question,
    Route,
    Status,
    Way,
    admission_way,
    by_token,
    list_way,
)
from huaying_governance.text import Text, same

UNCLEAR = frozenset({"missing:matter", "not-listed"})
MOST_WAYS = 16_384
MOST_SETTLED = 32_768
"""Bounds of the caches: together some 20 MB at most."""


class Screener:
    """审核员: screens assignments by a list, the registers of organisations and communities, and a gate.

    It holds no state but caches of what never changes, so one screener serves many threads.
    """

    def __init__(
        self,
        matters: MatterList,
        organisations: Register[Organisation],
        communities: Register[Community],
        *,
        gate: Gate,
        calendar: Calendar,
        matcher: Matcher | None = None,
    ) -> None:
        self.matters = matters
        self.organisations = organisations
        self.communities = communities
        self.gate = gate
        self.calendar = calendar
        self._matcher = matcher
        self._speaker = Speaker(gate, organisations)
        self._adviser = Adviser(self._speaker)
        self._ways: Cache[Way] = Cache(MOST_WAYS)
        self._numbers = count(1)
        self._plain: Cache[Ruling] = Cache(MOST_WAYS)
        self._settled: Cache[Ruling] = Cache(MOST_SETTLED)
        self._places = communities.by_writing
        # The organisations that exist on every day, by all their writings.
        self._assigners = {text: body for text, body in organisations.by_writing.items() if _always(body)}
        self._bodies = by_token(organisations)
        self._suggested: Cache[tuple[Match, ...]] = Cache(4_096)

    def screen(self, asked: Assignment, admissions: AdmissionBook = NO_ADMISSIONS) -> Ruling:
        """Return `permitted`, `conditional`, `emergency`, `refused` or `undetermined`, with all grounds in order.

        Raises `Problems` where the community is unknown: that is bad input, not an answer.
        """
        # Most questions name known bodies and are answered by one line of the list: they take the short way. It asks
        # the line the same question as the long one, and leaves to that whatever is not plain.
        community = self._places.get(asked.community)
        assigner = self._assigners.get(asked.assigner or "")
        if (
            community is None
            or community.since is not None
            or community.until is not None
            or assigner is None
        ):
            return self._at_length(asked, admissions)
        if asked.emergency or asked.role or len(admissions):
            return self._at_length(asked, admissions)
        place = community.id
        on = asked.date
        found: Way | None = None
        for held in self.matters.find(asked.matter or "", place):
            way = self._ways.get(id(held)) or self._way(held)
            if way.since <= on <= way.until and (way.communities is None or place in way.communities):
                if way.bars:
                    ruling = self._plain.get(way.number)
                    return self._bar(asked, way) if ruling is None else ruling
                found = found or way
        if found is None:
            return self._at_length(asked, admissions)
        codes = found.against(on, assigner.id, place, asked.funding)
        if not codes:
            ruling = self._plain.get(found.number)
            return self._permit(found) if ruling is None else ruling
        key = (
            found.number,
            codes,
            assigner.id,
            place,
            self._speaker.law(community.kind, on) if found.funds else None,
        )
        ruling = self._settled.get(key)
        if ruling is not None:
            return ruling
        # Made once for all questions that differ in nothing it tells.
        question = Question(asked, assigner, community, (asked.matter or "").strip())
        return self._settled.keep(key, self._alone(question, Route(found, codes)))

    def _permit(self, way: Way) -> Ruling:
        ruling = Ruling("permitted", (self._speaker.support(way.by),))
        return self._plain.keep(way.number, ruling)

    def _bar(self, asked: Assignment, way: Way) -> Ruling:
        """Return the ruling on what is prohibited; where the assigner is known, it depends on the line alone."""
        assert isinstance(way.by, Matter)  # noqa: S101 - only a line of the list prohibits
        return self._plain.keep(way.number, self._prohibited(self._question(asked), way.by))

    def _alone(self, question: Question, route: Route) -> Ruling:
        """Return the ruling of one way, where all names are known and there is no emergency."""
        status = route.status
        grounds = self._grounds_of(question, status, route)
        remedies = self._adviser.advise(question, route.way.by, status, route.codes)
        return Ruling(status, grounds, _missing(grounds) if status == "undetermined" else (), remedies)

    def _grounds_of(self, question: Question, status: Status, route: Route) -> tuple[Ground, ...]:
        speaker, by = self._speaker, route.way.by
        against = [speaker.ground(question, code, by) for code in route.codes]
        return tuple(against) if status == "refused" else (speaker.support(by), *against)

    def _question(self, asked: Assignment) -> Question:
        community = self.communities.get(asked.community)
        if community is None:
            raise Problems([_unknown_community(asked)])
        return Question(asked, self._assigner(asked), community, (asked.matter or "").strip())

    def _at_length(self, asked: Assignment, admissions: AdmissionBook) -> Ruling:
        question = self._question(asked)
        if not question.matter:
            return self._without_matter(question)
        on, place = asked.date, question.community.id
        versions = self.matters.find(question.matter, place)
        held = [line for line in versions if line.in_force(on) and line.covers(place)]
        barred = next((line for line in held if line.kind == "prohibited"), None)
        if barred is not None:
            return self._prohibited(question, barred)
        return self._weigh(question, held[0] if held else _fallback(versions, on), admissions)

    def suggest(self, title: str, on: date, community: str = "", count: int = 3) -> tuple[Match, ...]:
        """Return matters in force in a community whose names resemble a title, best first; none where none fits."""
        key = (title, on, community)
        held = self._suggested.get(key)
        return (self._suggested.keep(key, self._rank(title, on, community)) if held is None else held)[:count]

    def _rank(self, title: str, on: date, community: str) -> tuple[Match, ...]:
        if self._matcher is None:
            self._matcher = TitleMatcher(self.matters.names())
        found = self._matcher.rank(title, 12)
        return tuple(match for match in found if version_on(self.matters.versions(match.code, community), on))

    def _assigner(self, asked: Assignment) -> Assigner:
        if not asked.assigner:
            return None
        found = self.organisations.get(asked.assigner) or self.communities.get(asked.assigner)
        return found if found is not None and found.in_force(asked.date) else None

    def _way(self, held: Matter) -> Way:
        # INVARIANT: a way holds its line, so the line's identity is not given to another while the way is kept.
        way = self._ways.get(id(held))
        if way is None:
            way = self._ways.keep(id(held), list_way(next(self._numbers), held, self._bodies))
        return way

    def _weigh(self, question: Question, listed: Matter | None, admissions: AdmissionBook) -> Ruling:
        """Return the ruling of all ways together."""
        ways = [] if listed is None else [self._way(listed)]
        writings = (question.matter,) if listed is None else (question.matter, listed.code, listed.name)
        ways += [
            admission_way(next(self._numbers), admission, self.organisations, self.communities)
            for admission in admissions.find(*writings)
        ]
        # What was or will be in force counts only where nothing is in force on the day.
        ways = [way for way in ways if way.in_force(question.on)] or ways
        return self._decide(question, [Route(way, self._against(question, way)) for way in ways])

    def _against(self, question: Question, way: Way) -> tuple[str, ...]:
        """Return what speaks against a way; a community that does not exist on the day is covered by none."""
        on, community = question.on, question.community
        place = community.id if community.in_force(on) else ""
        assigner = question.assigner.id if question.assigner is not None else None
        found = {*way.against(on, assigner, place, question.asked.funding)}
        if not place:
            found.add("community-not-covered")
        if question.asked.role == "principal" and isinstance(way.by, Matter) and way.by.role != "principal":
            found.add("assessed-as-principal")
        return tuple(code for code in wording.ORDER if code in found)

    def _decide(self, question: Question, routes: Sequence[Route]) -> Ruling:
        """Let the best way decide; under an emergency order, what is known to be unmet is taken at once."""
        status: Status
        by: By
        if routes:
            found: list[Status] = [route.status for route in routes]
            status = min(found, key=BEST.index)
            chosen = [route for route, each in zip(routes, found, strict=True) if each == status]
            by = chosen[0].way.by
            grounds = self._grounds(question, status, chosen)
        else:
            status = "refused"
            by = None
            codes = ("not-listed",) if question.assigner is not None else ("not-listed", "missing:assigner")
            grounds = tuple(self._speaker.ground(question, code, None) for code in codes)
        if question.asked.emergency and all(route.unmet for route in routes):
            return self._emergency(question, by, grounds)
        missing = _missing(grounds) if status == "undetermined" else ()
        return Ruling(status, grounds, missing, self._remedies(question, by, status, grounds))

    def _grounds(self, question: Question, status: Status, chosen: Sequence[Route]) -> tuple[Ground, ...]:
        """Return the grounds of the ways that share the best status; where a fact or a way is lacking, of all."""
        used = chosen if status in {"refused", "undetermined"} else chosen[:1]
        if len(used) == 1:
            return self._grounds_of(question, status, used[0])
        grounds = [] if status == "refused" else [self._speaker.support(used[0].way.by)]
        for code in wording.ORDER:
            found = [
                self._speaker.ground(question, code, route.way.by) for route in used if code in route.codes
            ]
            if len(found) > 1:
                found[0] = evolve(found[0], parts=tuple(evolve(other, code="") for other in found[1:]))
            grounds += found[:1]
        return tuple(grounds)

    def _prohibited(self, question: Question, held: Matter) -> Ruling:
        codes = ("prohibited",) if question.assigner is not None else ("prohibited", "missing:assigner")
        grounds = tuple(self._speaker.ground(question, code, held) for code in codes)
        return Ruling("refused", grounds, (), self._adviser.elsewhere(held))

    def _without_matter(self, question: Question) -> Ruling:
        codes = (
            ("missing:matter",) if question.assigner is not None else ("missing:assigner", "missing:matter")
        )
        grounds = tuple(self._speaker.ground(question, code, None) for code in codes)
        return Ruling(
            "undetermined",
            grounds,
            _missing(grounds),
            self._remedies(question, None, "undetermined", grounds),
        )

    def _emergency(self, question: Question, by: By, grounds: tuple[Ground, ...]) -> Ruling:
        gate, start = self.gate, question.on
        try:
            due: date | None = self.calendar.add_workdays(start, gate.review_days)
        except CalendarNotLoaded:
            due = None
        day = wording.REVIEW_LATER if due is None else wording.REVIEW_BY.fill(day=due)
        text = wording.EMERGENCY.fill(order=question.asked.emergency, days=gate.review_days, due=day)
        evidence = {"order": question.asked.emergency, "review_by": due, "provisional": due is None}
        review = Ground(day, "", current(gate.review, start))
        ground = Ground(text, "", current(gate.emergency, start), evidence, (review,))
        remedies = self._remedies(question, by, "emergency", grounds)
        return Ruling(
            "emergency",
            (*grounds, ground),
            (),
            (Remedy("review-emergency", wording.REVIEW, evidence), *remedies),
        )

    def _remedies(
        self, question: Question, by: By, outcome: str, grounds: Sequence[Ground]
    ) -> tuple[Remedy, ...]:
        codes = {ground.code for ground in grounds}
        advice = self._adviser.advise(question, by, outcome, codes)
        if UNCLEAR.isdisjoint(codes):
            return advice
        return (*self._choices(question), *advice)

    def _choices(self, question: Question) -> tuple[Remedy, ...]:
        """Return the matters that a title resembles; what was written for the matter stands in for a title."""
        title = question.asked.title or question.matter
        matches = () if title.isascii() else self.suggest(title, question.on, question.community.id)
        if not matches:
            return ()
        codes = tuple(match.code for match in matches)
        place = question.community.id
        names = wording.listing(
            tuple(same(f"{self.matters.versions(code, place)[-1].name}（{code}）") for code in codes)
        )
        return (Remedy("choose-matter", wording.CHOOSE.fill(names=names), {"suggestions": codes}),)


def _always(body: Organisation) -> bool:
    return body.since is None and body.until is None


def _fallback(versions: Sequence[Matter], on: date) -> Matter | None:
    """Return the version that is told of when none in force covers the community: one in force, else the nearest."""
    listed = [held for held in versions if held.kind != "prohibited"]
    if not listed:
        return None
    return version_on(listed, on) or nearest_version(listed, on)


def _missing(grounds: Sequence[Ground]) -> tuple[str, ...]:
    return tuple(
        ground.code.removeprefix("missing:") for ground in grounds if ground.code.startswith("missing:")
    )


def _unknown_community(asked: Assignment) -> Problem:
    return Problem(
        "unknown-community",
        Text("社区不在名录中", "the community is not in the register"),
        Text("填写名录中的社区编号或名称", "write the id or name of a community of the register"),
        Place(column="community"),
        mask_place(asked.community),
    )
