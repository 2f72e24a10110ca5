"""参与环节: the desks of mediation, forum, ways of taking part, evidence of residence and lectures."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.participation.reports import (
    entries_of,
    mediation_lines,
    mediation_months,
    stage_lines,
    topic_lines,
    topic_months,
)
from huaying_governance.flows.ruled import labels, place, ruled, stated
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs.rules.participation import ParticipationRules
from huaying_governance.participation import (
    deliberating,
    doors,
    forum,
    lectures,
    mediating,
    mediation,
    residence,
)
from huaying_governance.tables import Row, TableSpec
from huaying_governance.tables.specs import participation as specs
from huaying_governance.text import Text

checked = partial(ruled, ParticipationRules, "participation")
"""Given names of tables, their checks."""
LISTED = Text("安全宣讲只记人数，不记听讲人", "of a safety session only heads are counted")
LISTED_CURE = Text("删去这些行，在 head_count 写人数", "drop these rows, and state `head_count`")
NO_LECTURE = Text("讲座表中没有这个编号", "the table of lectures has no such id")
NO_LECTURE_CURE = Text("先登记讲座，或改正编号", "list the lecture first, or mend the id")
NO_DOOR = Text("政策包没有这种参与途径", "the pack states no such way of taking part")
NO_DOOR_CURE = Text("用以下之一：{all}", "use one of {all}")


def rules_of(case: Case) -> ParticipationRules:
    """Return the pack's rules of participation."""
    return stated(case, ParticipationRules)


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


# Mediation ------------------------------------------------------------------------------------------------------


def _dispute(case: Case, row: Row) -> mediation.Dispute:
    return mediation.Dispute(
        community=place(case, row),
        kind=str(row["kind"]),
        origin=str(row["origin"]),
        parties=cast("tuple[str, ...]", row["parties"]),
        at=cast(datetime, row["at"]),
    )


def _mediation_act(_case: Case, row: Row) -> mediation.Act:
    return mediation.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        form=_text(row, "form"),
        joint=cast("bool | None", row["joint"]),
        confirmed=cast("bool | None", row["confirmed"]),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def mediation_terms(run: Run) -> Any:
    """Return what mediations are judged by; None where the pack has no rules, and so no mediation is judged."""
    rules = run.case.pack.rules(ParticipationRules)
    return None if rules is None else mediation.Terms(rules.mediation, run.case.calendar)


def _mediation_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    counts = Counter(one.state for _, one, _ in held)
    lines = mediation_lines(run, mediation_terms(run), held)
    return (
        Report(
            specs.MEDIATIONS_OUT,
            lines,
            run.tables.extras("mediations"),
            counts,
            later,
            words=labels(mediating.MEDIATIONS),
        ),
        Report(specs.MEDIATION_MONTHS, mediation_months([one for _, one, _ in held])),
    )


MEDIATIONS = Followed(
    "mediations",
    "mediation_acts",
    "mediation",
    Text("人民调解", "following mediations"),
    specs.REFUSED_MEDIATION_ACTS,
    mediating.MEDIATIONS,
    _dispute,
    _mediation_act,
    mediation_terms,
    _mediation_report,
    moment="at",
    faults=checked("mediations", "mediation_acts"),
)


# Forum ----------------------------------------------------------------------------------------------------------


def _topic(case: Case, row: Row) -> forum.Topic:
    return forum.Topic(
        community=place(case, row),
        route=str(row["route"]),
        decider=str(row["decider"]),
        proposer=str(row["proposer"]),
        title=str(row["title"]),
        private=row["private_matter"] is True,
        at=cast(datetime, row["at"]),
    )


def _topic_act(_case: Case, row: Row) -> forum.Act:
    return forum.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        lawful=cast("bool | None", row["lawful"]),
        due=cast("int | None", row["due_count"]),
        present=cast("int | None", row["present_count"]),
        agreed=cast("int | None", row["agreed_count"]),
        notice=_text(row, "display"),
        resolution=_text(row, "resolution"),
        owner=_text(row, "lead"),
        due_on=cast("date | None", row["due_on"]),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _forum_rules(run: Run) -> Any:
    rules = run.case.pack.rules(ParticipationRules)
    return None if rules is None else rules.forum


def _topic_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    rules = _forum_rules(run)
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    counts = Counter(one.state for _, one, _ in held)
    standings = [one for _, one, _ in held]
    return (
        Report(
            specs.TOPICS_OUT,
            topic_lines(run, rules, held),
            run.tables.extras("topics"),
            counts,
            later,
            words=labels(deliberating.TOPICS),
        ),
        Report(specs.TOPIC_STAGES, list(stage_lines(run, rules, held))),
        Report(specs.TOPIC_MONTHS, topic_months(standings, rules)),
        Report(specs.TOPIC_ENTRIES, list(entries_of(held))),
    )


TOPICS = Followed(
    "topics",
    "topic_acts",
    "forum_topic",
    Text("议事协商", "following topics"),
    specs.REFUSED_TOPIC_ACTS,
    deliberating.TOPICS,
    _topic,
    _topic_act,
    _forum_rules,
    _topic_report,
    moment="at",
    faults=checked("topics", "topic_acts"),
)


# Taking part, evidence ------------------------------------------------------------------------------------------


def _told(run: Run, ruling: Ruling) -> list[object]:
    return [ruling.outcome, ruling.codes, ruling.missing, advised(ruling, run.lang), ruling.basis(run.lang)]


def _ruled_report(
    run: Run, spec: TableSpec, table: str, held: Iterable[tuple[Row, Sequence[object], Ruling]]
) -> Report:
    told = list(held)
    lines = [[*first, *_told(run, ruling), *row.extras] for row, first, ruling in told]
    counts = Counter(ruling.outcome for *_, ruling in told)
    return Report(spec, lines, run.tables.extras(table), counts)


def _door_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("participants")(case, tables)
    rules = case.pack.rules(ParticipationRules)
    known = rules.doors if rules is not None else {}
    for row in tables.rows("participants") if rules is not None else ():
        if row["way"] not in known:
            yield fault(row, "way", "unknown-way", NO_DOOR, NO_DOOR_CURE.fill(all=", ".join(known)))


def _judge_participants(run: Run) -> Iterable[Report]:
    if "participants" not in run.tables:
        return ()

    def told() -> Iterator[tuple[Row, Sequence[object], Ruling]]:
        for row in run.tables.rows("participants"):
            cells = {**row.to_dict(), "community": place(run.case, row)}
            door = rules_of(run.case).doors[str(cells.pop("way"))]
            ruling = doors.may_take_part(doors.Comer(**cast(Mapping[str, Any], cells)), door, run.case.on)
            yield row, [row["person"], cells["community"], door.way], ruling

    return (_ruled_report(run, specs.PARTICIPANTS_OUT, "participants", told()),)


def _judge_residences(run: Run) -> Iterable[Report]:
    if "residences" not in run.tables:
        return ()

    def told() -> Iterator[tuple[Row, Sequence[object], Ruling]]:
        for row in run.tables.rows("residences"):
            one = residence.Residence(
                person=str(row["person"]),
                community=place(run.case, row),
                reason=str(row["residence_reason"]),
                since=cast("date | None", row["living_since"]),
                evidence=str(row["evidence_kind"]),
            )
            ruling = residence.judge_residence(one, rules_of(run.case).residence, run.case.on)
            yield row, [one.person, one.community], ruling

    return (_ruled_report(run, specs.RESIDENCES_OUT, "residences", told()),)


# Lectures -------------------------------------------------------------------------------------------------------


def _lecture(case: Case, row: Row) -> lectures.Lecture:
    return lectures.Lecture(
        id=str(row["id"]),
        kind=str(row["kind"]),
        community=place(case, row),
        room=str(row["room"]),
        speaker=str(row["speaker"]),
        from_at=cast(datetime, row["from_at"]),
        to_at=cast(datetime, row["to_at"]),
        count=cast("int | None", row["head_count"]),
    )


def _lecture_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("lectures")(case, tables)
    held = {row["id"]: row["kind"] for row in tables.rows("lectures")}
    bad = {row["id"] for row in tables.bad("lectures")}
    for row in tables.rows("lecture_listeners"):
        kind = held.get(row["lecture"])
        if kind in lectures.HEADCOUNT_ONLY:
            yield fault(row, "person", "head-count-only", LISTED, LISTED_CURE)
        elif kind is None and row["lecture"] not in bad and tables.whole("lectures"):
            yield fault(row, "lecture", "unknown-lecture", NO_LECTURE, NO_LECTURE_CURE)


def _judge_lectures(run: Run) -> Iterable[Report]:
    if "lectures" not in run.tables:
        return ()
    rows = [(row, _lecture(run.case, row)) for row in run.tables.rows("lectures")]
    heard: dict[str, set[str]] = {}
    for row in run.tables.rows("lecture_listeners"):
        heard.setdefault(str(row["lecture"]), set()).add(str(row["person"]))
    found = lectures.clashes(one for _, one in rows)
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for row, one in rows:
        listed = len(heard.get(one.id, ()))
        codes = ["clash"] if one.id in found else []
        if one.count is not None and listed > one.count:
            codes.append("more-listed-than-counted")
        counts.update(codes)
        when = row.moments[0] if row.moments else one.from_at
        told = [one.weekend, one.count, listed, codes, found.get(one.id, ())]
        lines.append([one.id, one.kind, one.community, when, *told, *row.extras])
    held = [one for _, one in rows if day_of(one.from_at) <= run.case.on]
    months = [[one.month, one.kind, one.sessions, one.counted, one.heads] for one in lectures.tallies(held)]
    return (
        Report(specs.LECTURES_OUT, lines, run.tables.extras("lectures"), counts, words=lectures.NOTES),
        Report(specs.LECTURE_MONTHS, months),
    )


DESKS: tuple[Desk, ...] = (
    MEDIATIONS.desk(),
    TOPICS.desk(),
    Desk(_judge_participants, faults=_door_faults),
    Desk(_judge_residences, faults=checked("residences")),
    Desk(_judge_lectures, faults=_lecture_faults),
)
"""参与 → the tables of `tables.specs.participation`."""
PARENTS = {
    "mediation_acts": "mediations",
    "topic_acts": "topics",
    "lecture_listeners": "lectures",
}
