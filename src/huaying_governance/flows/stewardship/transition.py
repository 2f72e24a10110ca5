"""村改居环节: the desk of villages in transition, their criteria, and what is still owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.facts import OwnFacts, unusable
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import body, place, text_of
from huaying_governance.flows.stewardship.partners import told
from huaying_governance.flows.stewardship.shared import checked
from huaying_governance.flows.stewardship.words import CONVERTED
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.rules import Policy
from huaying_governance.stewardship.transition import TRANSITION
from huaying_governance.stewardship.transition import model as transition
from huaying_governance.tables import Row
from huaying_governance.tables.specs import plans as specs
from huaying_governance.tables.words.stewardship import HANDOVER
from huaying_governance.text import Text

FACTS = "village_facts"
OUTSIDE = Text("户数{n}不在{low}至{high}之间", "{n} households, outside {low} to {high}")
_ITEMS = {label: code for code, labels in HANDOVER.items() for label in (code, *labels)}


def _policies(case: Case) -> list[Policy]:
    found = transition.criteria_of(case.pack.policies)
    return [] if found is None else [found]


def _facts(own: OwnFacts, row: Row) -> transition.Facts:
    return transition.Facts(
        on=cast(date, row["date"]),
        farmland_settled=cast("bool | None", row["farmland_settled"]),
        assets_audited=cast("bool | None", row["assets_audited"]),
        households=cast("int | None", row["households"]),
        more=own.of(row),
    )


def _known(case: Case, tables: Tables) -> Mapping[str, list[transition.Facts]]:
    """Return the facts of every village, the oldest first."""
    own, found = OwnFacts(_policies(case), tables, FACTS), dict[str, list[transition.Facts]]()
    for row in tables.rows(FACTS):
        found.setdefault(str(row["village"]), []).append(_facts(own, row))
    return {village: sorted(held, key=lambda one: one.on) for village, held in found.items()}


def _obligations(tables: Tables) -> Mapping[str, list[transition.Obligation]]:
    found: dict[str, list[transition.Obligation]] = {}
    for row in tables.rows("transition_obligations"):
        found.setdefault(str(row["village"]), []).append(
            transition.Obligation(
                id=str(row["id"]),
                item=text_of(row, "obligation"),
                due=cast(date, row["due_on"]),
                done=cast("date | None", row["done_on"]),
            )
        )
    return found


def _faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("transitions", FACTS, "transition_obligations")(case, tables)
    policies = _policies(case)
    own = OwnFacts(policies, tables, FACTS)
    unreadable = list(own.faults())
    yield from unreadable
    skipped = {found.row.number for found in unreadable}
    for row in tables.rows(FACTS):
        for policy in policies if row.number not in skipped else ():
            yield from unusable(policy, row, _facts(own, row).named(), cast(date, row["date"]))


def _candidate(case: Case, row: Row) -> transition.Candidate:
    at = datetime.combine(cast(date, row["date"]), datetime.min.time(), SHANGHAI)
    return transition.Candidate(village=str(row["village"]), community=place(case, row), at=at)


def _act(case: Case, row: Row) -> transition.Act:
    counts = [cast("int | None", row[name]) for name in ("due_count", "present_count", "agreed_count")]
    items = cast("tuple[str, ...] | None", row["handed_items"]) or ()
    return transition.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, str(row["actor"])),
        role=str(row["role"]),
        due=counts[0],
        present=counts[1],
        agreed=counts[2],
        items=tuple(_ITEMS.get(item, item) for item in items),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _terms(run: Run) -> transition.Terms | None:
    rules = run.case.pack.rules(StewardshipRules)
    if rules is None:
        return None
    known, owed = _known(run.case, run.tables), _obligations(run.tables)

    def facts(village: str, day: date) -> transition.Facts | None:
        before = [one for one in known.get(village, ()) if one.on <= day]
        return before[-1] if before else None

    criteria = transition.criteria_of(run.case.pack.policies)
    return transition.Terms(rules.transition, criteria, facts, lambda village: owed.get(village, ()))


def _report(run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int) -> Iterable[Report]:
    terms, on = _terms(run), run.case.on
    owed = _obligations(run.tables)
    lines: list[list[object]] = []
    beside: list[list[object]] = []
    counts: Counter[str] = Counter()
    extras = run.tables.extras("transitions")
    for id_, row in shown:
        one = book.standing(id_)
        assert terms is not None  # noqa: S101 - there is a transition, so the checks have found rules
        village = one.candidate.village
        open_ = sum(held.open_on(on) for held in owed.get(village, ()))
        ruling = _assessed(terms, village, on)
        counts[one.state] += 1
        first = [id_, village, one.candidate.community, one.state, ruling.outcome, one.handed, open_]
        lines.append([*first, *told(ruling, run), *(row.extras if row is not None else [""] * len(extras))])
        if one.state == "dual_track":
            beside.append([id_, village, one.candidate.community, day_of(one.last_at)])
    remaining = [
        [one.id, village, one.item, one.due, one.due < on]
        for village, held in owed.items()
        for one in held
        if one.open_on(on)
    ]
    return (
        Report(specs.TRANSITIONS_OUT, lines, extras, counts, later, words=CONVERTED),
        Report(
            specs.COEXISTING, beside, counts={"beside": len(beside), "villages": len(lines)}, words=CONVERTED
        ),
        Report(
            specs.REMAINDERS, remaining, counts={"owed": len(remaining), "all": _size(owed)}, words=CONVERTED
        ),
    )


def _size(owed: Mapping[str, Sequence[transition.Obligation]]) -> int:
    return sum(len(held) for held in owed.values())


def _assessed(terms: transition.Terms, village: str, on: date) -> Ruling:
    """Return the criteria as of today, with a note where the community would be too small or too large."""
    facts = terms.facts(village, on)
    ruling = transition.assess(facts, terms, on)
    low, high = terms.rules.households
    if facts is None or facts.households is None or low <= facts.households <= high:
        return ruling
    note = Ground(OUTSIDE.fill(n=facts.households, low=low, high=high), "size-outside", terms.rules.size)
    return Ruling(ruling.outcome, (*ruling.grounds, note), ruling.missing, ruling.remedies)


TRANSITIONS = Followed(
    "transitions",
    "transition_acts",
    "transition",
    Text("村改居", "following villages in transition"),
    specs.REFUSED_TRANSITION_ACTS,
    TRANSITION,
    _candidate,
    _act,
    _terms,
    _report,
    faults=_faults,
)
DESKS: tuple[Desk, ...] = (TRANSITIONS.desk(),)
"""村改居 → the tables of `tables.specs.plans`."""
PARENTS: Mapping[str, str] = {
    "transition_acts": "transitions",
    "village_facts": "transitions",
    "transition_obligations": "transitions",
}
