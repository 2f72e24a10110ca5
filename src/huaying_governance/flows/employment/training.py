"""培训环节: the desks of training: what visits ask for, classes followed up, trainees, records, performance."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.employment import signins, trainees, training, training_steps
from huaying_governance.employment.needs import OUTCOMES, Need, demands
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed, moment
from huaying_governance.flows.ruled import labels, place, ruled, share, stated
from huaying_governance.kernel.dates import day_of
from huaying_governance.packs.rules.employment import EmploymentRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import employment as specs
from huaying_governance.text import Text

checked = partial(ruled, EmploymentRules, "employment")
"""Given names of tables, their checks."""
ALL = "all"
"""The scope of a line that counts everything; persons in it are counted anew and never added up."""
NO_SESSION = Text("培训场次表中没有这个编号", "the table of sessions has no such id")
NO_SESSION_CURE = Text("先登记场次，或改正编号", "list the session first, or mend the id")
NO_CLASS = Text("表中和存储中都没有这个培训班", "neither the table nor the store has such a class")
NO_CLASS_CURE = Text("在 training_classes 中补上，或改正编号", "add it to training_classes, or mend the id")
_TAUGHT = frozenset({"published", "subsidy_applied", "audited", "paid", "unsubsidised"})


def rules_of(case: Case) -> EmploymentRules:
    """Return the pack's rules of 乐业."""
    return stated(case, EmploymentRules)


def step_of(kind: type[Any], row: Row, **more: object) -> Any:
    """Return the act that a row tells, as a value of this kind; a day counts as its beginning."""
    return kind(
        action=str(row["action"]),
        at=moment(row, "date"),
        actor=str(row["actor"]),
        role=str(row["role"]),
        reason=str(row["reason"] or ""),
        evidence=str(row["evidence"] or ""),
        **more,
    )


# Needs ----------------------------------------------------------------------------------------------------------


def _judge_needs(run: Run) -> Iterable[Report]:
    if "training_needs" not in run.tables:
        return ()
    rows = run.tables.rows("training_needs")
    held = [row for row in rows if cast(date, row["date"]) <= run.case.on]
    if not held:
        return (Report(specs.DEMAND, [], later=len(rows)),)
    needs = [Need(str(row["person"]), place(run.case, row), str(row["specialty"])) for row in held]
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for one in demands(needs, rules_of(run.case).training):
        counts.update([one.ruling.outcome])
        told = [
            one.ruling.outcome,
            one.ruling.codes,
            advised(one.ruling, run.lang),
            one.ruling.basis(run.lang),
        ]
        lines.append([one.specialty, one.asks, one.persons, one.classes, *told])
    return (Report(specs.DEMAND, lines, counts=counts, later=len(rows) - len(held), words=OUTCOMES),)


# Classes --------------------------------------------------------------------------------------------------------


def _class(case: Case, row: Row) -> training.TrainingClass:
    return training.TrainingClass(
        community=place(case, row),
        specialty=str(row["specialty"]),
        level=str(row["skill_level"]),
        institution=str(row["institution"]),
        places=cast(int, row["class_places"]),
        theory=cast(int, row["theory_hours"]),
        practice=cast(int, row["practice_hours"]),
        at=moment(row, "date"),
    )


def _class_act(_case: Case, row: Row) -> training.Act:
    return cast(training.Act, step_of(training.Act, row, enrolled=row["enrolled"], admitted=row["admitted"]))


def _training_rules(run: Run) -> Any:
    rules = run.case.pack.rules(EmploymentRules)
    return None if rules is None else rules.training


def _class_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    taught: Counter[str] = Counter()
    rules = _training_rules(run)
    for one in _sessions(run) if held else ():
        taught[one.training_class] += one.lessons(rules.lesson_minutes)
    lines = [
        [*_class_line(run, rules, id_, one, taught[id_]), *(row.extras if row is not None else ())]
        for id_, one, row in held
    ]
    counts = Counter(one.state for _, one, _ in held)
    words = labels(training_steps.CLASSES)
    return (
        Report(specs.CLASSES_OUT, lines, run.tables.extras("training_classes"), counts, later, words=words),
    )


def _class_line(
    run: Run, rules: training.TrainingRules, id_: str, one: training.Standing, taught: int
) -> list[object]:
    planned = one.held.theory + one.held.practice
    follow = one.follow_on(rules) if one.state in _TAUGHT else None
    codes = []
    if follow is not None and follow <= run.case.on:
        codes.append("second-follow-due" if one.followed else "first-follow-due")
    if one.ended_on is not None and taught < planned:
        codes.append("lessons-short")
    held = one.held
    first = [id_, held.specialty, held.level, held.community, one.state, held.places, one.enrolled]
    return [*first, planned, taught, one.claim, follow, codes, rules.citation.say(run.lang)]


CLASSES = Followed(
    "training_classes",
    "training_acts",
    "training_class",
    Text("技能培训", "following training classes"),
    specs.REFUSED_CLASS_ACTS,
    training_steps.CLASSES,
    _class,
    _class_act,
    _training_rules,
    _class_report,
    at="date",
    faults=checked("training_classes", "training_acts"),
)


# Records --------------------------------------------------------------------------------------------------------


def _sessions(run: Run) -> list[signins.Session]:
    """Return the sessions held by the day of the case; one with a bad sign-in waits until it is mended."""
    waiting = {str(row["session"]) for row in run.tables.bad("training_signins")}
    found = [
        signins.Session(
            id=str(row["id"]),
            specialty=str(row["specialty"]),
            training_class=str(row["training_class"] or ""),
            teacher=str(row["teacher"]),
            practice=row["practical"] is True,
            start=cast(datetime, row["from_at"]),
            end=cast(datetime, row["to_at"]),
        )
        for row in run.tables.rows("training_sessions")
        if row["id"] not in waiting
    ]
    if not run.tables.whole("training_signins"):
        return []
    return [one for one in found if day_of(one.start) <= run.case.on]


def _signins(run: Run, sessions: Iterable[signins.Session]) -> list[signins.SignIn]:
    held = {one.id for one in sessions}
    return [
        signins.SignIn(
            session=str(row["session"]),
            person=str(row["person"]),
            at=cast(datetime, row["signed_in"]),
            out=cast("datetime | None", row["signed_out"]),
        )
        for row in run.tables.rows("training_signins")
        if row["session"] in held
    ]


def _session_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("training_sessions", "training_signins")(case, tables)
    known = {row["id"] for row in (*tables.rows("training_sessions"), *tables.bad("training_sessions"))}
    if not tables.whole("training_sessions"):
        return
    for row in tables.rows("training_signins"):
        if row["session"] not in known:
            yield fault(row, "session", "unknown-session", NO_SESSION, NO_SESSION_CURE)


def _trainees(run: Run) -> list[tuple[Row, trainees.Trainee]]:
    """Return the trainees whose class the table or the store knows, with what is taught there.

    Whoever has a bad row waits with all rows: what it says could count against a limit.
    """
    waiting = {row["person"] for row in run.tables.bad("trainees")}
    book: Book = Casebook(run.store, training_steps.CLASSES, _training_rules(run))
    stated_here = {str(row["id"]): _class(run.case, row) for row in run.tables.rows("training_classes")}
    found = []
    for row in run.tables.rows("trainees"):
        name = str(row["training_class"])
        held = stated_here.get(name) or book.opening(name)
        if held is not None and row["person"] not in waiting:
            found.append((row, _trainee(row, held)))
    return found


def _trainee(row: Row, held: training.TrainingClass) -> trainees.Trainee:
    return trainees.Trainee(
        training_class=str(row["training_class"]),
        person=str(row["person"]),
        specialty=held.specialty,
        level=held.level,
        assessed=cast("bool | None", row["assessed"]),
        certificate=str(row["certificate"] or ""),
        claim=str(row["training_claim"] or ""),
        claimed_on=cast("date | None", row["claimed_on"]),
        employed_first=cast("bool | None", row["employed_first"]),
        employed_second=cast("bool | None", row["employed_second"]),
    )


def _unknown_classes(run: Run) -> Iterator[Fault]:
    tables = run.tables
    if not tables.whole("training_classes"):
        return
    book: Book = Casebook(run.store, training_steps.CLASSES, _training_rules(run))
    here = {row["id"] for row in (*tables.rows("training_classes"), *tables.bad("training_classes"))}
    for name in ("trainees", "training_sessions"):
        for row in tables.rows(name):
            held = row["training_class"]
            if held and held not in here and not book.knows(str(held)):
                yield fault(row, "training_class", "unknown-class", NO_CLASS, NO_CLASS_CURE)


def _judge_trainees(run: Run) -> Iterable[Report]:
    if "trainees" not in run.tables:
        return ()
    held = _trainees(run)
    if not held:
        return (Report(specs.TRAINEES_OUT, []),)
    sessions = _sessions(run)
    found = trainees.judge_trainees(
        (one for _, one in held), sessions, _signins(run, sessions), rules_of(run.case).training
    )
    lines: list[list[object]] = []
    for (row, one), judged in zip(held, found, strict=True):
        ruling = judged.ruling
        seen = [judged.attended, judged.sessions, share(judged.attended, judged.sessions)]
        told = [
            ruling.outcome,
            ruling.codes,
            ruling.missing,
            advised(ruling, run.lang),
            ruling.basis(run.lang),
        ]
        lines.append([one.training_class, one.person, *seen, *told, *row.extras])
    counts = Counter(judged.ruling.outcome for judged in found)
    return (Report(specs.TRAINEES_OUT, lines, run.tables.extras("trainees"), counts),)


def _judge_sessions(run: Run) -> Iterable[Report]:
    if "training_sessions" not in run.tables:
        return ()
    rows = run.tables.rows("training_sessions")
    sessions = _sessions(run)
    if not rows:
        return (Report(specs.FINDINGS, []), Report(specs.PERFORMANCE, []))
    signed, rules = _signins(run, sessions), rules_of(run.case).training
    listed = [one for _, one in _trainees(run)]
    enrolled: dict[str, set[str]] = {}
    for one in listed:
        enrolled.setdefault(one.training_class, set()).add(one.person)
    closed = {name: frozenset(persons) for name, persons in enrolled.items()}
    found = signins.findings(sessions, signed, closed, rules)
    basis = rules.citation.say(run.lang)
    lines = [[each.code, each.sessions, *_about(each), each.records, basis] for each in found]
    later = sum(day_of(cast(datetime, row["from_at"])) > run.case.on for row in rows)
    return (
        Report(specs.FINDINGS, lines, counts=Counter(each.code for each in found), words=signins.FINDINGS),
        Report(specs.PERFORMANCE, list(_performance(sessions, signed, listed)), later=later),
    )


def _about(found: signins.Finding) -> list[str]:
    """Return whom a finding is about: a person, a teacher or a class, each in its own column."""
    column = {"two-classes": 0, "teacher-overlap": 1, "sign-in-burst": -1}.get(found.code, 2)
    return [found.subject if column == number else "" for number in range(3)]


def _performance(
    sessions: Sequence[signins.Session],
    signed: Sequence[signins.SignIn],
    listed: Sequence[trainees.Trainee],
) -> Iterator[list[object]]:
    """Yield a line for each specialty, and one for all; a person in two specialties is one person in all."""
    names = sorted({one.specialty for one in sessions} | {one.specialty for one in listed})
    scopes: Mapping[str, frozenset[str]] = {name: frozenset({name}) for name in names}
    for scope, within in (*scopes.items(), (ALL, frozenset(names))):
        counted = signins.turnout([one for one in sessions if one.specialty in within], signed)
        became = trainees.outcome(one for one in listed if one.specialty in within)
        yield [
            scope,
            counted.specialties,
            counted.sessions,
            counted.attendances,
            counted.persons,
            became.trainees,
            became.assessed,
            became.passed,
            share(became.passed, became.assessed),
            became.certified,
            share(became.certified, became.assessed),
            became.asked_first,
            became.employed_first,
            share(became.employed_first, became.asked_first),
            became.asked_second,
            became.employed_second,
            share(became.employed_second, became.asked_second),
        ]


DESKS: tuple[Desk, ...] = (
    Desk(_judge_needs, faults=checked("training_needs")),
    CLASSES.desk(),
    Desk(_judge_sessions, faults=_session_faults, against_store=_unknown_classes),
    Desk(_judge_trainees, faults=checked("trainees")),
)
"""培训 → the tables of `tables.specs.employment`."""
PARENTS = {
    "training_acts": "training_classes",
    "training_signins": "training_sessions",
    "trainees": "training_classes",
}
