"""交办审核: may this be asked of that community: yes, no, on which condition, or what is not known.

A matter may be asked for by several routes: the list itself, and each admission of it. A route is open, conditional,
undetermined or closed; the best one decides, and where all are closed, the grounds of all of them are given. What is
prohibited is closed by every route.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.errors import CalendarNotLoaded, Place, Problem, Problems
from huaying_governance.kernel.bodies import LEVELS, ORGANISATION_KINDS, Community, Organisation
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.privacy import mask
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.responsibility import wording
from huaying_governance.responsibility.assignments import Admission, AdmissionBook, Assignment
from huaying_governance.responsibility.gate import Gate, current
from huaying_governance.responsibility.matching import Matcher, TitleMatcher
from huaying_governance.responsibility.matters import (
    ANY,
    KINDS,
    SELF,
    Matter,
    MatterList,
    nearest_version,
    version_on,
)
from huaying_governance.responsibility.names import Register
from huaying_governance.text import Text, same

Status = Literal["permitted", "undetermined", "conditional", "refused"]
_BEST: tuple[Status, ...] = ("permitted", "undetermined", "conditional", "refused")
HARD = frozenset({"not-in-force", "assigner-not-allowed", "community-not-covered"})
NO_ADMISSIONS = AdmissionBook()


@frozen
class _Case:
    """One assignment with its names resolved."""

    asked: Assignment
    assigner: Organisation | Community | None
    community: Community
    matter: str


@frozen
class _Route:
    """办理途径: one way by which the matter may be asked for, and what speaks against it."""

    matter: Matter | Admission
    codes: tuple[str, ...]
    support: Ground
    in_force: bool

    @property
    def status(self) -> Status:
        if not HARD.isdisjoint(self.codes):
            return "refused"
        if any(code.startswith("missing:") for code in self.codes):
            return "undetermined"
        return "conditional" if self.codes else "permitted"


class Screener:
    """审核员: screens assignments by a list, the registers of organisations and communities, and a gate."""

    def __init__(
        self,
        matters: MatterList,
        organisations: Register[Organisation],
        communities: Register[Community],
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

    def screen(self, asked: Assignment, admissions: AdmissionBook = NO_ADMISSIONS) -> Ruling:
        """Return `permitted`, `conditional`, `emergency`, `refused` or `undetermined`, with all grounds in order.

        Raises `Problems` where the community is unknown: that is bad input, not an answer.
        """
        community = self.communities.get(asked.community)
        if community is None:
            raise Problems([_unknown_community(asked)])
        matter = (asked.matter or "").strip()
        case = _Case(asked, self._assigner(asked), community, matter)
        if not matter:
            return self._undetermined(case)
        versions = self.matters.find(matter)
        barred = next((held for held in versions if _bars(held, asked.date, community.id)), None)
        if barred is not None:
            return self._prohibited(case, barred)
        routes = self._routes(case, tuple(held for held in versions if held.kind != "prohibited"), admissions)
        # What was or will be in force counts only where nothing is in force on the day.
        routes = [route for route in routes if route.in_force] or routes
        return self._decide(case, routes)

    def suggest(self, title: str, on: date, count: int = 3) -> tuple[str, ...]:
        """Return codes of matters in force whose names resemble a free title, best first; none where none fits."""
        if self._matcher is None:
            self._matcher = TitleMatcher({matter.code: matter.name for matter in self.matters})
        found = self._matcher.rank(title, 4 * count)
        return tuple(
            match.code for match in found if version_on(self.matters.find(match.code), on) is not None
        )[:count]

    # Routes

    def _assigner(self, asked: Assignment) -> Organisation | Community | None:
        text = asked.assigner
        if not text:
            return None
        found = self.organisations.get(text) or self.communities.get(text)
        return found if found is not None and found.in_force(asked.date) else None

    def _routes(self, case: _Case, versions: Sequence[Matter], admissions: AdmissionBook) -> list[_Route]:
        routes: list[_Route] = []
        writings = [case.matter]
        on, community = case.asked.date, case.community.id
        if versions:
            held = version_on(versions, on, community) or nearest_version(versions, on)
            routes.append(self._list_route(case, held))
            writings += [held.code, *{version.name: None for version in versions}]
        routes += [self._admission_route(case, found) for found in admissions.find(*writings)]
        return routes

    def _list_route(self, case: _Case, held: Matter) -> _Route:
        on, funding = case.asked.date, case.asked.funding
        codes = self._hard(case, held.in_force(on), self._may_assign(case, held.assigners), held.covers)
        if held.funds:
            codes += _funds(funding)
        text = wording.LISTED.fill(name=held.name, kind=KINDS[held.kind])
        basis = current(held.basis, on)
        evidence = {"matter": held.code, "since": held.since, "until": held.until}
        return _Route(held, codes, Ground(text, "", basis, evidence), held.in_force(on))

    def _admission_route(self, case: _Case, found: Admission) -> _Route:
        on = case.asked.date
        allowed = True
        if found.assigner:
            own = self.organisations.get(found.assigner)
            allowed = own is not None and case.assigner is not None and own.id == case.assigner.id
        covered = {
            place.id for text in found.communities if (place := self.communities.get(text)) is not None
        }
        codes = self._hard(
            case, found.in_force(on), allowed, lambda community: not found.communities or community in covered
        )
        codes += _funds(case.asked.funding if case.asked.funding is not None else found.funding)
        text = wording.ADMITTED.fill(name=found.name, id=found.id)
        evidence = {"admission": found.id, "since": found.since, "until": found.until}
        return _Route(found, codes, Ground(text, "", found.citation, evidence), found.in_force(on))

    def _hard(
        self, case: _Case, in_force: bool, allowed: bool, covers: Callable[[str], bool]
    ) -> tuple[str, ...]:
        codes: list[str] = []
        if not in_force:
            codes.append("not-in-force")
        if case.assigner is None:
            codes.append("missing:assigner")
        elif not allowed:
            codes.append("assigner-not-allowed")
        if not (covers(case.community.id) and case.community.in_force(case.asked.date)):
            codes.append("community-not-covered")
        return tuple(codes)

    def _may_assign(self, case: _Case, assigners: frozenset[str]) -> bool:
        assigner = case.assigner
        if not isinstance(assigner, Organisation):
            return SELF in assigners and assigner is not None and assigner.id == case.community.id
        if not assigners or ANY in assigners:
            return True
        return not assigners.isdisjoint((assigner.id, assigner.kind, assigner.level))

    # Outcomes

    def _decide(self, case: _Case, routes: Sequence[_Route]) -> Ruling:
        """Let the best route decide; under an emergency order, what is known to be unmet is taken at once."""
        if not routes:
            lost = ("missing:assigner",) if case.assigner is None else ()
            grounds = [self._ground(case, code, None) for code in ("not-listed", *lost)]
            status: Status = "refused"
            chosen: Sequence[_Route] = ()
        else:
            status = min((route.status for route in routes), key=_BEST.index)
            chosen = [route for route in routes if route.status == status]
            grounds = self._grounds(case, status, chosen)
        unmet = all(any(not code.startswith("missing:") for code in route.codes) for route in routes)
        if case.asked.emergency and unmet:
            return self._emergency(case, grounds)
        missing: tuple[str, ...] = ()
        if status == "undetermined":
            codes = (ground.code for ground in grounds if ground.code.startswith("missing:"))
            missing = tuple(code.removeprefix("missing:") for code in codes)
        return Ruling(status, tuple(grounds), missing, self._remedies(case, status, grounds))

    def _grounds(self, case: _Case, status: Status, chosen: Sequence[_Route]) -> list[Ground]:
        used = chosen if status in {"refused", "undetermined"} else chosen[:1]
        grounds = [] if status == "refused" else [used[0].support]
        for code in wording.ORDER:
            found = [self._ground(case, code, route.matter) for route in used if code in route.codes]
            if found:
                grounds.append(evolve(found[0], parts=tuple(evolve(more, code="") for more in found[1:])))
        return grounds

    def _prohibited(self, case: _Case, held: Matter) -> Ruling:
        grounds = [self._ground(case, "prohibited", held)]
        if case.assigner is None:
            grounds.append(self._ground(case, "missing:assigner", held))
        return Ruling("refused", tuple(grounds), (), self._elsewhere(held))

    def _undetermined(self, case: _Case) -> Ruling:
        codes = ("missing:assigner", "missing:matter") if case.assigner is None else ("missing:matter",)
        grounds = tuple(self._ground(case, code, None) for code in codes)
        missing = tuple(code.removeprefix("missing:") for code in codes)
        return Ruling("undetermined", grounds, missing, self._remedies(case, "undetermined", grounds))

    def _emergency(self, case: _Case, grounds: Sequence[Ground]) -> Ruling:
        gate, start = self.gate, case.asked.date
        try:
            due: date | None = self.calendar.add_workdays(start, gate.review_days)
        except CalendarNotLoaded:
            due = None
        by = wording.REVIEW_LATER if due is None else wording.REVIEW_BY.fill(day=due)
        text = wording.EMERGENCY.fill(order=case.asked.emergency, days=gate.review_days, due=by)
        evidence = {"order": case.asked.emergency, "review_by": due, "provisional": due is None}
        parts = (Ground(by, "", current(gate.review, start)),)
        ground = Ground(text, "", current(gate.emergency, start), evidence, parts)
        remedies = (
            Remedy("review-emergency", wording.REVIEW, evidence),
            *self._remedies(case, "emergency", grounds),
        )
        return Ruling("emergency", (*grounds, ground), (), remedies)

    # Words

    def _ground(self, case: _Case, code: str, matter: Matter | Admission | None) -> Ground:
        """Return the ground of one code: what it says, the clause, the facts it rests on."""
        tells, evidence = self._tells(case, code, matter)
        name = matter.name if matter is not None else case.matter
        text = wording.CODES[code].fill(name=name, **tells)
        return Ground(text, code, self._basis(case, code, matter), evidence)

    def _tells(
        self, case: _Case, code: str, matter: Matter | Admission | None
    ) -> tuple[Mapping[str, object], Mapping[str, object]]:
        """Return what the text of a ground is filled with, and its evidence."""
        asked = case.asked
        match code:
            case "not-in-force" if matter is not None:
                evidence: Mapping[str, object] = {
                    "since": matter.since,
                    "until": matter.until,
                    "date": asked.date,
                }
                return {"term": wording.term(matter.since, matter.until), "date": asked.date}, evidence
            case "assigner-not-allowed" if matter is not None:
                allowed = sorted(matter.assigners) if isinstance(matter, Matter) else [matter.assigner or ""]
                who = case.assigner.name if case.assigner is not None else ""
                tells = {"assigner": who, "allowed": wording.listing(tuple(map(self._called, allowed)))}
                return tells, {"assigner": case.assigner.id if case.assigner else None, "allowed": allowed}
            case "community-not-covered":
                return {"community": case.community.name}, {"community": case.community.id}
            case "missing:assigner":
                stated = (
                    Text(f"“{asked.assigner}”", f"“{asked.assigner}”")
                    if asked.assigner
                    else wording.NOT_STATED
                )
                return {"assigner": stated}, {"assigner": asked.assigner}
            case "funds-missing":
                return {}, {"funding": Decimal(0)}
            case _:
                return {}, {"matter": case.matter}

    def _called(self, assigner: str) -> Text:
        """Return how an allowed assigner (an id, a kind, `self`, `*`) is called."""
        if assigner in {ANY, ""}:
            return wording.ANYBODY
        if assigner == SELF:
            return wording.COMMUNITY_ITSELF
        found = self.organisations.get(assigner)
        if found is not None:
            return same(found.name)
        return {**LEVELS, **ORGANISATION_KINDS}.get(assigner, same(assigner))

    def _basis(self, case: _Case, code: str, matter: Matter | Admission | None) -> Citation | None:
        """Return the clause of a ground: the law on funds where it applies, else the matter's own, else the gate's."""
        if code in {"funds-missing", "missing:funding"}:
            law = self.gate.funding_law(case.community.kind, case.asked.date)
            if law is not None:
                return law
        if isinstance(matter, Admission):
            return matter.citation
        if isinstance(matter, Matter) and matter.basis and code != "missing:assigner":
            return current(matter.basis, case.asked.date) or matter.basis[0]
        return current(self.gate.unlisted, case.asked.date)

    # Remedies

    def _remedies(self, case: _Case, status: str, grounds: Iterable[Ground]) -> tuple[Remedy, ...]:
        codes = {ground.code for ground in grounds}
        found: list[Remedy] = []
        if codes & {"missing:matter", "not-listed"}:
            found += self._choices(case)
        if "missing:assigner" in codes:
            found.append(self._name_assigner(case))
        if codes & {"funds-missing", "missing:funding"}:
            found.append(self._send_funds(case, grounds))
        if status in {"refused", "emergency"}:
            found.append(self._ask_admission(case))
        if status == "refused":
            found.append(self._report())
        return tuple(found)

    def _choices(self, case: _Case) -> list[Remedy]:
        codes = self.suggest(case.asked.title or case.matter, case.asked.date)
        if not codes:
            return []
        names = wording.listing(
            tuple(same(f"{self.matters.find(code)[-1].name}（{code}）") for code in codes)
        )
        return [Remedy("choose-matter", wording.CHOOSE.fill(names=names), {"suggestions": codes})]

    def _name_assigner(self, case: _Case) -> Remedy:
        near = self.organisations.nearest(case.asked.assigner) if case.asked.assigner else ()
        names = wording.listing(tuple(same(organisation.name) for organisation in near))
        tail = wording.NEAR.fill(names=names) if near else same("")
        text = wording.NAME_ASSIGNER.fill(near=tail)
        return Remedy("name-assigner", text, {"nearest": tuple(organisation.id for organisation in near)})

    def _send_funds(self, case: _Case, grounds: Iterable[Ground]) -> Remedy:
        law = self.gate.funding_law(case.community.kind, case.asked.date)
        payer = case.assigner.id if case.assigner is not None else None
        name = wording.NOT_STATED if case.assigner is None else same(case.assigner.name)
        text = wording.SEND_FUNDS.fill(payer=name, name=case.matter)
        data = {"payer": payer, "matter": case.matter, "by_law": None if law is None else law.say("zh")}
        return Remedy("transfer-funds", text, data)

    def _ask_admission(self, case: _Case) -> Remedy:
        gate = self.gate
        asks = wording.listing((*map(self._called, gate.asks), same(case.community.name)))
        text = wording.ASK_ADMISSION.fill(decides=self._called(gate.decides), asks=asks)
        data = {
            "procedure": "admission",
            "decides": gate.decides,
            "asks": (*gate.asks, case.community.id),
            "never": None if case.assigner is None else case.assigner.id,
        }
        return Remedy("request-admission", text, data)

    def _elsewhere(self, held: Matter) -> tuple[Remedy, ...]:
        """Return where what the list prohibits belongs, and how to report that it was asked for."""
        if not held.instead:
            return (self._report(),)
        names = wording.listing(tuple(map(self._called, held.instead)))
        text = wording.GO_TO.fill(name=held.name, names=names)
        return Remedy("go-to", text, {"instead": held.instead}), self._report()

    def _report(self) -> Remedy:
        names = wording.listing(tuple(map(self._called, self.gate.reports)))
        return Remedy("report-violation", wording.REPORT.fill(reports=names), {"to": self.gate.reports})


def _bars(held: Matter, on: date, community: str) -> bool:
    return held.kind == "prohibited" and held.in_force(on) and held.covers(community)


def _funds(funding: Decimal | None) -> tuple[str, ...]:
    if funding is None:
        return ("missing:funding",)
    return () if funding > 0 else ("funds-missing",)


def _unknown_community(asked: Assignment) -> Problem:
    return Problem(
        "unknown-community",
        Text("社区不在名录中", "the community is not in the register"),
        Text("填写名录中的社区编号或名称", "write the id or name of a community of the register"),
        Place(column="community"),
        mask(asked.community),
    )
