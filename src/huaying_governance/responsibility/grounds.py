"""裁定理由: what a code says of one question: the statement, the clause, the facts it rests on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from huaying_governance.kernel.bodies import LEVELS, ORGANISATION_KINDS, Organisation
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground
from huaying_governance.responsibility import wording
from huaying_governance.responsibility.assignments import Admission
from huaying_governance.responsibility.gate import Gate, current
from huaying_governance.responsibility.later import Later
from huaying_governance.responsibility.matters import ANY, KINDS, ROLES, SELF, Kind, Matter
from huaying_governance.responsibility.names import Register
from huaying_governance.responsibility.routes import Question
from huaying_governance.text import Text, same

By = Matter | Admission | None
V = TypeVar("V")
Facts = tuple[Mapping[str, object], Mapping[str, object]]
"""What a statement is filled with, and the evidence of its ground."""


KIND: Mapping[Kind, Text] = MappingProxyType({kind: wording.one(label) for kind, label in KINDS.items()})
FUNDS = frozenset({"funds-missing", "missing:funding"})


class Cache(dict[Hashable, V]):
    """A bounded cache of values that never change: full, it starts anew. Safe under threads: at worst made twice."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Hashable, value: V) -> V:
        """Hold a value, and return it."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


class Speaker:
    """说明: puts codes into words, for one gate and its registers."""

    def __init__(self, gate: Gate, organisations: Register[Organisation]) -> None:
        self.gate = gate
        self.organisations = organisations
        self._laws: Cache[str] = Cache(4_096)
        self._grounds: Cache[Ground] = Cache(16_384)
        self._called: Cache[Text] = Cache(4_096)
        self._names: Cache[tuple[tuple[str, ...], Text]] = Cache(4_096)

    def support(self, by: Matter | Admission) -> Ground:
        """Return the ground that supports asking: the line of the list, or the admission."""
        if isinstance(by, Admission):
            text = Later(wording.ADMITTED, {"name": by.name, "id": by.id})
            return Ground(text, "", by.citation, {"admission": by.id, "since": by.since, "until": by.until})
        basis = by.basis[0] if by.basis else None
        evidence = {"matter": by.code, "since": by.since, "until": by.until}
        return Ground(Later(wording.LISTED, {"name": by.name, "kind": KIND[by.kind]}), "", basis, evidence)

    def ground(self, question: Question, code: str, by: By) -> Ground:
        """Return the ground of a code: one that only depends on the line and its subject is made once."""
        subject = self._subject(question, code)
        if subject is None or not isinstance(by, Matter):
            return self._make(question, code, by)
        # INVARIANT: a line outlives the cache's keys, since the list that holds it outlives the speaker.
        key = (code, id(by), subject)
        held = self._grounds.get(key)
        return self._grounds.keep(key, self._make(question, code, by)) if held is None else held

    def _subject(self, question: Question, code: str) -> Hashable:
        """Return what a ground depends on beside its line; None where it is made anew each time."""
        if code == "assigner-not-allowed":
            return question.assigner.id if question.assigner is not None else None
        if code == "community-not-covered":
            return question.community.id
        return self.law(question.community.kind, question.on) if code in FUNDS else None

    def law(self, kind: str, on: date) -> str:
        """Return the id of the law that makes the delegating department pay for such a community; empty: none."""
        held = self._laws.get((kind, on))
        if held is None:
            law = self.gate.funding_law(kind, on)
            held = self._laws.keep((kind, on), "" if law is None else law.source.id)
        return held

    def called(self, assigner: str) -> Text:
        """Return how an allowed assigner (an id, a kind, a level, `self`, `*`) is called."""
        held = self._called.get(assigner)
        return self._called.keep(assigner, self._call(assigner)) if held is None else held

    def _call(self, assigner: str) -> Text:
        if assigner in {ANY, ""}:
            return wording.ANYBODY
        if assigner == SELF:
            return wording.COMMUNITY_ITSELF
        found = self.organisations.get(assigner)
        if found is not None:
            return same(found.name)
        return LEVELS.get(assigner) or ORGANISATION_KINDS.get(assigner) or same(assigner)

    def _make(self, question: Question, code: str, by: By) -> Ground:
        tells, evidence = self._facts(question, code, by)
        name = question.matter if by is None else by.name
        text = Later(wording.CODES[code], {"name": name, **tells})
        return Ground(text, code, self._basis(question, code, by), evidence)

    def _facts(self, question: Question, code: str, by: By) -> Facts:
        match code:
            case "not-in-force" if by is not None:
                term = wording.term(by.since, by.until)
                return {"term": term, "date": question.on}, {
                    "since": by.since,
                    "until": by.until,
                    "date": question.on,
                }
            case "assigner-not-allowed" if by is not None and question.assigner is not None:
                allowed, names = self._allowed(by)
                evidence = {"assigner": question.assigner.id, "allowed": allowed}
                return {"assigner": question.assigner.name, "allowed": names}, evidence
            case "community-not-covered":
                return {"community": question.community.name}, {"community": question.community.id}
            case "missing:assigner":
                stated = question.asked.assigner
                return {"assigner": same(f"“{stated}”") if stated else wording.NOT_STATED}, {
                    "assigner": stated
                }
            case "assessed-as-principal" if isinstance(by, Matter):
                return {"role": ROLES[by.role]}, {"role": by.role}
            case "funds-missing":
                return {}, {"funding": Decimal(0)}
            case _:
                return {}, {"matter": by.code if isinstance(by, Matter) else question.matter}

    def _allowed(self, by: Matter | Admission) -> tuple[tuple[str, ...], Text]:
        """Return who may assign, by id and in words; of a line of the list once."""
        held = self._names.get(id(by))
        if held is not None:
            return held
        allowed = tuple(sorted(by.assigners)) if isinstance(by, Matter) else (by.assigner or "",)
        made = allowed, wording.listing(tuple(map(self.called, allowed or (ANY,))))
        # INVARIANT: only lines are held, since an admission may be gone before its identity is given to another.
        return self._names.keep(id(by), made) if isinstance(by, Matter) else made

    def _basis(self, question: Question, code: str, by: By) -> Citation | None:
        """Return the clause of a ground: the law on funds where it applies, else the line's own, else the gate's."""
        on = question.on
        if code in FUNDS:
            law = self.gate.funding_law(question.community.kind, on)
            if law is not None:
                return law
        if isinstance(by, Admission):
            return by.citation
        if by is not None and by.basis and code != "missing:assigner":
            return by.basis[0]
        return current(self.gate.unlisted, on)
