"""清单的检验: assignments in, rulings out: what a responsibility list says to a request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, cast

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs import Pack
from huaying_governance.responsibility import Admission, Assignment, Screener
from huaying_governance.responsibility.assignments import AdmissionBook
from huaying_governance.testing.case import Answer, Case, Judged
from huaying_governance.testing.faults import near, problem
from huaying_governance.testing.policies import CLAUSE, CODES, MISSING, outcome
from huaying_governance.testing.subject import clauses_of
from huaying_governance.testing.values import Aspect, Field, sequence, words, yuan
from huaying_governance.text import Text

INPUTS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("assigner", Text("交办单位", "assigner"), words),
        Field("community", Text("社区", "community"), words),
        Field("matter", Text("事项", "matter"), words),
        Field("title", Text("标题", "title"), words),
        Field("funding", Text("经费", "funding"), yuan),
        Field("emergency", Text("应急令", "emergency"), words),
    )
}
ASPECTS: Mapping[str, Aspect] = {
    each.name: each
    for each in (
        outcome("permitted", "conditional", "emergency", "refused", "undetermined"),
        CODES,
        CLAUSE,
        MISSING,
        Aspect("remedies", Text("可以怎么办", "remedies"), sequence),
    )
}


@frozen(eq=False)
class ListAnswer:
    """What a list says to one assignment."""

    ruling: Ruling

    def get(self, aspect: str) -> object:
        """Return one aspect."""
        ruling = self.ruling
        match aspect:
            case "outcome":
                return ruling.outcome
            case "codes":
                return ruling.codes
            case "clause":
                return clauses_of(ground.citation for ground in ruling.grounds)
            case "missing":
                return tuple(sorted(ruling.missing))
            case _:
                return tuple(remedy.code for remedy in ruling.remedies)

    def judged(self) -> tuple[Judged, ...]:
        """Return the grounds of the ruling: a ground with a code speaks against."""
        return tuple(
            Judged(ground.code or "-", ground.text, not ground.code, ground.citation)
            for ground in self.ruling.grounds
        )


@frozen(eq=False, slots=False)
class ListSubject:
    """The responsibility list of a pack as a subject of cases."""

    pack: Pack
    inputs: Mapping[str, Field] = INPUTS
    aspects: Mapping[str, Aspect] = ASPECTS

    @property
    def id(self) -> str:
        """The pack's id."""
        return f"{self.pack.id}:list"

    @property
    def title(self) -> Text:
        """The pack's title."""
        return self.pack.titles

    @property
    def version(self) -> str:
        """A digest of the lines of the list."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        held = "\n".join(repr(line) for line in self.pack.matters)
        return hashlib.sha256(held.encode()).hexdigest()

    def problems(self, case: Case) -> Iterable[Problem]:
        """Yield an unknown community, and unknown sources of expected clauses."""
        place = str(case.given.get("community", ""))
        if self.pack.resolve_community(place) is None:
            known = [community.id for community in self.pack.communities]
            yield problem(
                "unknown-input", case.place, name=place, near=near(place, known), known=", ".join(known)
            )
        for clause in cast("tuple[str, ...]", case.expected.get("clause", ())):
            source = clause.partition(" ")[0]
            if source not in self.pack.sources and not source.startswith("admission:"):
                known = sorted(self.pack.sources)
                yield problem(
                    "unknown-source",
                    case.place,
                    name=source,
                    near=near(source, known),
                    known=", ".join(known),
                )

    def answer(self, case: Case) -> Answer:
        """Screen the assignment."""
        return ListAnswer(self.pack.screen(assignment_of(case), admissions_of(case)))

    def answer_by(self, screener: Screener, case: Case) -> ListAnswer:
        """Screen the assignment by another list."""
        return ListAnswer(screener.screen(assignment_of(case), AdmissionBook(admissions_of(case))))


def assignment_of(case: Case) -> Assignment:
    """Return the assignment that a case gives."""
    given = cast(Mapping[str, Any], case.given)
    return Assignment(
        id=case.name,
        date=case.on,
        assigner=given.get("assigner"),
        community=given["community"],
        matter=given.get("matter"),
        title=given.get("title"),
        funding=given.get("funding"),
        emergency=given.get("emergency"),
    )


def admissions_of(case: Case) -> tuple[Admission, ...]:
    """Return the admissions that a case gives."""
    return tuple(Admission(**cast(Any, dict(each))) for each in case.others)
