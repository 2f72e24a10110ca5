"""清单的覆盖与变异: what the cases of a responsibility list should show, line by line, and the faults they should find.

For each version of a line: that it is permitted (or, prohibited, refused), that another assigner is turned away, that
funds must follow where they must, and its days: the day before, the first, the last, the day after. The faults: a line
dropped, made prohibited or freed, an assigner dropped, anybody let in, funds no longer asked for, a date by a day.
"""

# Long: goals, faults and proposals of a list are three views of the same lines and change together.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.responsibility import Matter, MatterList, Screener
from huaying_governance.responsibility.matters import ANY, SELF
from huaying_governance.testing.case import Answer, Case, Equivalent, Result
from huaying_governance.testing.coverage import Coverage
from huaying_governance.testing.faults import problem
from huaying_governance.testing.goals import Goal
from huaying_governance.testing.lists import ListSubject
from huaying_governance.testing.mutants import Mutant
from huaying_governance.testing.mutation import Mutation, Verdict
from huaying_governance.testing.proposing import Proposal, free_name
from huaying_governance.testing.subject import meets
from huaying_governance.testing.words import KILLED_BY_LIST, UNKNOWN_MUTANT
from huaying_governance.text import Text

DAY = timedelta(days=1)
Changes: TypeAlias = tuple[tuple[Matter, tuple[Matter, ...]], ...]
"""Lines of a list, each with what stands in its place."""
ASPECTS = ("outcome", "codes", "clause", "missing")
GENERAL = {
    "not-listed": Text("清单外的事项", "a matter that is not listed"),
    "missing:matter": Text("没有写明事项", "the matter is not stated"),
    "missing:assigner": Text("交办单位不在名录", "the assigner is not in the register"),
    "emergency": Text("应急先行办理", "taken under an emergency order"),
}


def key_of(line: Matter) -> str:
    """Return what names one version of a line: its code, and the day it begins where it states one."""
    return f"{line.code}@{line.since}" if line.since is not None else line.code


@frozen(eq=False)
class Line:
    """One version of a line, with what may go wrong with it."""

    held: Matter
    goals: tuple[Goal, ...]


@define(eq=False)
class ListTester:
    """Measures the cases of one list and puts faults into its lines."""

    subject: ListSubject
    cases: dict[str, list[Case]] = field(factory=dict)
    lines: tuple[Line, ...] = field(init=False)
    _others: dict[str, tuple[Matter, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.lines = tuple(Line(each, tuple(_goals(each))) for each in self.subject.pack.matters)

    def take(self, case: Case) -> None:
        """Keep a case that passes, under the codes of the matters it may be about."""
        for code in self.codes(case):
            self.cases.setdefault(code, []).append(case)

    def codes(self, case: Case) -> frozenset[str]:
        """Return the codes of the matters that a case may be about."""
        named = str(case.given.get("matter", ""))
        return (
            frozenset(each.code for each in self.subject.pack.matters.find(named)) if named else frozenset()
        )

    # Coverage

    def seen(self, case: Case, answer: Answer) -> Iterator[str]:
        """Yield the goals that a case reaches."""
        codes = answer.get("codes")
        outcome = answer.get("outcome")
        known = codes if isinstance(codes, tuple) else ()
        yield from (each for each in GENERAL if each in known or each == outcome)
        about = self.codes(case)
        for line in self.lines:
            if line.held.code in about:
                yield from _reached(line.held, case.on, str(outcome), known)

    # Mutation

    def screener(self, changes: Changes) -> Screener:
        """Return a screener of the lines that share the code or the name of the first one changed."""
        own = self.subject.pack.screener
        assert own is not None  # noqa: S101 - a list that screens has a screener
        put = {id(old): new for old, new in changes}
        lines = [made for held in self._near(changes[0][0]) for made in put.get(id(held), (held,))]
        matters = MatterList(lines)
        return Screener(matters, own.organisations, own.communities, gate=own.gate, calendar=own.calendar)

    def _near(self, line: Matter) -> tuple[Matter, ...]:
        if line.code not in self._others:
            matters = self.subject.pack.matters
            codes = {each.code for name in (line.code, line.name) for each in matters.find(name)}
            self._others[line.code] = tuple(each for each in matters if each.code in codes)
        return self._others[line.code]

    def kill(self, changes: Changes) -> str:
        """Return the name of a case that finds changed lines, empty where none does."""
        screener = self.screener(changes)
        for case in self.cases.get(changes[0][0].code, ()):
            if not meets(case, self.subject.answer_by(screener, case)):
                return case.name
        return ""

    def propose(self, changes: Changes) -> Case | None:
        """Return a case that tells changed lines apart."""
        screener = self.screener(changes)
        for case in self.candidates(changes[0][0]):
            before, after = self.subject.answer(case), self.subject.answer_by(screener, case)
            if any(before.get(name) != after.get(name) for name in ASPECTS):
                return case
        return None

    def candidates(self, line: Matter) -> Iterator[Case]:
        """Yield situations in which a line may matter: its days, each assigner and another, funds and none."""
        pack = self.subject.pack
        place = next((c.id for c in pack.communities if line.covers(c.id)), pack.communities[0].id)
        inside = [line.since or line.until or date(2026, 1, 1)]
        inside += [line.until] if line.until is not None else [inside[0] + 90 * DAY]
        edges = [day + shift for day, shift in ((line.since, -DAY), (line.until, DAY)) if day is not None]
        allowed, other = self._assigners(line, place)
        for on in (*inside, *edges):
            for assigner in (*allowed, other):
                for funding in (Decimal("1000.00"), Decimal("0.00"), None) if line.funds else (None,):
                    given: dict[str, Any] = {"assigner": assigner, "community": place, "matter": line.code}
                    if funding is not None:
                        given["funding"] = funding
                    yield Case("", Place(), on, {k: v for k, v in given.items() if v != ""}, {}, pending=True)

    def _assigners(self, line: Matter, place: str) -> tuple[list[str], str]:
        """Return an organisation for each writing of who may assign, and one that may not (empty: there is none)."""
        allowed: list[str] = []
        bodies = self.subject.pack.organisations
        for name in sorted(line.assigners) or [ANY]:
            fits = [place] if name == SELF else [b.id for b in bodies if name in (b.id, b.level, b.kind, ANY)]
            allowed += [each for each in fits if each not in allowed][:1] if name != ANY else [bodies[0].id]
        may = {
            b.id
            for b in bodies
            if {b.id, b.level, b.kind} & line.assigners or ANY in line.assigners or not line.assigners
        }
        return allowed, next((b.id for b in bodies if b.id not in may), "")


def _goals(line: Matter) -> Iterator[Goal]:
    key, name = key_of(line), f"{line.code} {line.name}"

    def goal(what: str, zh: str, en: str) -> Goal:
        return Goal(f"{key} {what}", "line", Text(f"{name}：{zh}", f"{name}: {en}"))

    if line.kind == "prohibited":
        yield goal("refused", "拒绝", "refused")
    else:
        yield goal("permitted", "可以交办", "permitted")
        if line.assigners and ANY not in line.assigners:
            yield goal("assigner", "无权单位", "an assigner that may not")
        if line.communities:
            yield goal("community", "不适用的社区", "a community not covered")
        if line.funds:
            yield goal("funds-missing", "经费为0", "funds of 0")
            yield goal("missing:funding", "未写明经费", "funds not stated")
    for what, day in _edges(line):
        yield goal(what, str(day), str(day))


def _edges(line: Matter) -> Iterator[tuple[str, date]]:
    if line.since is not None:
        yield "from -1", line.since - DAY
        yield "from +0", line.since
    if line.until is not None:
        yield "to +0", line.until
        yield "to +1", line.until + DAY


def _reached(line: Matter, on: date, outcome: str, codes: tuple[str, ...]) -> Iterator[str]:
    key = key_of(line)
    for what, day in _edges(line):
        if on == day:
            yield f"{key} {what}"
    if not line.in_force(on):
        return
    if outcome == "permitted" or (line.kind == "prohibited" and outcome == "refused"):
        yield f"{key} {outcome}"
    for code in codes:
        short = {"assigner-not-allowed": "assigner", "community-not-covered": "community"}.get(code, code)
        yield f"{key} {short}"


def faults(line: Matter, versions: Iterable[Matter]) -> Iterator[tuple[str, str, Changes]]:
    """Yield name, words and replacement of every fault of a line; `versions` are those of its code."""
    yield "delete", line.name, ((line, ()),)
    for what, told, new in _terms(line):
        yield what, told, ((line, (new,)),)
    before = next((each for each in versions if _meet(each, line)), None)
    followed = any(_meet(line, each) for each in versions)
    for shift in (-DAY, DAY):
        if line.since is not None:
            moved = evolve(line, since=line.since + shift)
            own = ((line, (moved,)),)
            # The border between two versions moves for both: two at once would be a fault that `check` finds.
            both = () if before is None else ((before, (evolve(before, until=line.since - DAY + shift),)),)
            if moved.until is None or moved.since is None or moved.since <= moved.until:
                yield f"from:{shift.days:+d}d", f"{line.since} → {moved.since}", (*own, *both)
        if line.until is not None and not followed:
            ends = evolve(line, until=line.until + shift)
            yield f"to:{shift.days:+d}d", f"{line.until} → {ends.until}", ((line, (ends,)),)


def _is_same(changes: Changes) -> bool:
    """Whether only the border between two versions that say the same has moved: no ruling can tell."""
    said = {evolve(old, since=None, until=None) for old, _ in changes}
    return len(changes) > 1 and len(said) == 1


def _meet(one: Matter, other: Matter) -> bool:
    """Whether one version ends the day before the other begins, for the same communities."""
    joined = one.until is not None and other.since is not None and one.until + DAY == other.since
    return joined and one.communities == other.communities


def _terms(line: Matter) -> Iterator[tuple[str, str, Matter]]:
    """Yield the faults in who may ask for what, and where."""
    if line.kind == "prohibited":
        yield "kind:assist", "prohibited → assist", evolve(line, kind="assist")
        return
    yield "kind:prohibited", f"{line.kind} → prohibited", evolve(line, kind="prohibited")
    yield "funds:not", f"{line.funds} → {not line.funds}", evolve(line, funds=not line.funds)
    if line.assigners and ANY not in line.assigners:
        yield "assigners:*", "→ *", evolve(line, assigners=frozenset({ANY}))
        for name in sorted(line.assigners) if len(line.assigners) > 1 else ():
            yield f"assigners:-{name}", f"- {name}", evolve(line, assigners=line.assigners - {name})
    for place in sorted(line.communities):
        yield f"communities:-{place}", f"- {place}", evolve(line, communities=line.communities - {place})


# Doors ----------------------------------------------------------------------------------------------------------


def tester(subject: ListSubject, results: Iterable[Result]) -> ListTester:
    """Return the tester of a list with its passing cases."""
    made = ListTester(subject)
    for result in results:
        if result.passed:
            made.take(result.case)
    return made


def plan_list(
    subject: ListSubject, results: Iterable[Result], taken: Iterable[str] = ()
) -> tuple[Coverage, tuple[Proposal, ...]]:
    """Return what the passing cases of a list reach, and cases for what they do not."""
    made = ListTester(subject)
    goals = [Goal(name, "general", text) for name, text in GENERAL.items()]
    goals += [goal for line in made.lines for goal in line.goals]
    reached, waiting = dict[str, str](), dict[str, str]()
    for result in results:
        if result.passed and result.answer is not None:
            into = waiting if result.case.pending else reached
            for name in made.seen(result.case, result.answer):
                into.setdefault(name, result.case.name)
    coverage = Coverage(subject.id, subject.title, tuple(goals), reached, waiting=waiting)
    return coverage, _for_goals(made, coverage, set(taken))


def _for_goals(made: ListTester, coverage: Coverage, names: set[str]) -> tuple[Proposal, ...]:
    open_ = {goal.id: goal for goal in coverage.bare}
    found: list[Proposal] = []
    for case in (*_general(made), *(c for line in made.lines for c in made.candidates(line.held))):
        if not open_:
            break
        hit = [name for name in made.seen(case, made.subject.answer(case)) if name in open_]
        if hit:
            goals = [open_.pop(name) for name in dict.fromkeys(hit)]
            why = Text("；".join(goal.text.zh for goal in goals), "; ".join(goal.text.en for goal in goals))
            found.append(_proposal(made, case, why, tuple(goal.id for goal in goals), names))
    return tuple(found)


def _general(made: ListTester) -> Iterator[Case]:
    pack = made.subject.pack
    place, body = pack.communities[0].id, pack.organisations[0].id
    on = max(
        (line.held.since for line in made.lines if line.held.since is not None), default=date(2026, 1, 1)
    )
    unlisted = {"assigner": body, "community": place, "matter": "不在清单的事项"}
    for given in (
        unlisted,
        {**unlisted, "emergency": "应急2026-1"},
        {"assigner": body, "community": place},
        {**unlisted, "assigner": "没有登记的单位"},
    ):
        yield Case("", Place(), on, given, {}, pending=True)


def _proposal(made: ListTester, case: Case, why: Text, aims: tuple[str, ...], names: set[str]) -> Proposal:
    answer = made.subject.answer(case)
    expected = {name: answer.get(name) for name in ASPECTS}
    name = free_name(_called(made, case), names)
    return Proposal(evolve(case, name=name, expected=expected), why, aims)


def _called(made: ListTester, case: Case) -> str:
    """Return a name for a case: matter, assigner, funds, day."""
    matter = str(case.given.get("matter", "未写明事项"))
    line = next(iter(made.subject.pack.matters.find(matter)), None)
    body = made.subject.pack.resolve_organisation(str(case.given.get("assigner", "")))
    by = body.name if body is not None else case.given.get("assigner", "")
    funds = f" 经费{case.given['funding']}" if "funding" in case.given else ""
    return f"{matter}{line.name if line is not None else ''} {by}{funds} {case.on}"


def mutate_list(
    subject: ListSubject,
    results: Iterable[Result],
    equivalents: Iterable[Equivalent] = (),
    taken: Iterable[str] = (),
) -> tuple[Mutation, tuple[Proposal, ...]]:
    """Return the verdict on every fault of every line, and a case for each that not even a pending one finds."""
    held = list(results)
    made = tester(subject, (result for result in held if not result.case.pending))
    hoped = tester(subject, (result for result in held if result.case.pending))
    names = set(taken)
    listed = {each.mutant: each for each in equivalents}
    verdicts: list[Verdict] = []
    proposals: list[Proposal] = []
    stale: list[Problem] = []
    for line in made.lines:
        versions = [each.held for each in made.lines if each.held.code == line.held.code]
        for what, told, changes in faults(line.held, versions):
            mutant = Mutant(f"{key_of(line.held)}:{what}", "line", f"{line.held.code} {told}")
            killer = made.kill(changes)
            claim = listed.pop(mutant.id, None)
            if claim is not None and killer:
                stale.append(problem("stale-equivalent", claim.place, name=mutant.id, why=KILLED_BY_LIST))
            because = claim.because if claim is not None and not killer else ""
            verdict = Verdict(mutant, killer, because, proved=not killer and _is_same(changes))
            if verdict.survives:
                verdict = evolve(verdict, waiting=hoped.kill(changes))
            verdicts.append(verdict)
            case = made.propose(changes) if verdict.survives and not verdict.waiting else None
            if case is not None:
                proposal = _proposal(made, case, mutant.text, (mutant.id,), names)
                proposals.append(proposal)
                hoped.take(proposal.case)
    stale += [
        problem("stale-equivalent", each.place, name=name, why=UNKNOWN_MUTANT)
        for name, each in listed.items()
    ]
    return Mutation(subject.id, subject.title, tuple(verdicts), tuple(stale)), tuple(proposals)
