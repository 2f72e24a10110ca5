"""补救: what can be done about an answer, as data: who admits, who is asked, what funds follow."""

from __future__ import annotations

from collections.abc import Collection

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Remedy
from huaying_governance.responsibility import wording
from huaying_governance.responsibility.grounds import FUNDS, By, Cache, Speaker
from huaying_governance.responsibility.later import Later
from huaying_governance.responsibility.matters import Matter
from huaying_governance.responsibility.routes import Question
from huaying_governance.text import same


class Adviser:
    """建议: the remedies of one gate."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        gate = speaker.gate
        names = wording.listing(tuple(map(speaker.called, gate.reports)))
        self.report = Remedy("report-violation", wording.REPORT.fill(reports=names), {"to": gate.reports})
        self._refused: Cache[tuple[Remedy, Remedy]] = Cache(4_096)
        self._funds: Cache[Remedy] = Cache(4_096)

    def advise(self, question: Question, by: By, outcome: str, codes: Collection[str]) -> tuple[Remedy, ...]:
        """Return the remedies of an outcome, the nearest to the assigner's hand first."""
        found: tuple[Remedy, ...] = ()
        if "missing:assigner" in codes:
            found = (self._name_assigner(question),)
        if not FUNDS.isdisjoint(codes):
            found = (*found, self._send_funds(question, by))
        if outcome == "refused":
            refused = self._refuse(question)
            return (*found, *refused) if found else refused
        return (*found, self.ask_admission(question)) if outcome == "emergency" else found

    def elsewhere(self, held: Matter) -> tuple[Remedy, ...]:
        """Return where what the list prohibits belongs, and how to report that it was asked for."""
        if not held.instead:
            return (self.report,)
        names = wording.listing(tuple(map(self._speaker.called, held.instead)))
        text = wording.GO_TO.fill(name=held.name, names=names)
        return Remedy("go-to", text, {"instead": held.instead}), self.report

    def ask_admission(self, question: Question) -> Remedy:
        """Return how the matter is admitted: by whom, after asking whom, never by the one who asks for it."""
        return self._refuse(question)[0]

    def _refuse(self, question: Question) -> tuple[Remedy, Remedy]:
        """Return the remedies of every refusal: how the matter is admitted, and where to report."""
        key = (question.community.id, question.assigner.id if question.assigner is not None else None)
        held = self._refused.get(key)
        return (
            self._refused.keep(key, (self._make_admission(question), self.report)) if held is None else held
        )

    def _make_admission(self, question: Question) -> Remedy:
        speaker, gate = self._speaker, self._speaker.gate
        asks = wording.listing((*map(speaker.called, gate.asks), same(question.community.name)))
        text = Later(wording.ASK_ADMISSION, {"decides": speaker.called(gate.decides), "asks": asks})
        data = {
            "procedure": "admission",
            "decides": gate.decides,
            "asks": (*gate.asks, question.community.id),
            "never": None if question.assigner is None else question.assigner.id,
        }
        return Remedy("request-admission", text, data)

    def _name_assigner(self, question: Question) -> Remedy:
        stated = question.asked.assigner
        near = self._speaker.organisations.nearest(stated) if stated else ()
        names = wording.listing(tuple(same(organisation.name) for organisation in near))
        text = wording.NAME_ASSIGNER.fill(near=wording.NEAR.fill(names=names) if near else same(""))
        return Remedy("name-assigner", text, {"nearest": tuple(organisation.id for organisation in near)})

    def _send_funds(self, question: Question, by: By) -> Remedy:
        law = self._speaker.gate.funding_law(question.community.kind, question.on)
        payer = question.assigner.id if question.assigner is not None else None
        name = question.matter if by is None else by.name
        key = (payer, name, law.source.id if law is not None else None)
        held = self._funds.get(key)
        return self._funds.keep(key, self._make_funds(question, name, law)) if held is None else held

    def _make_funds(self, question: Question, name: str, law: Citation | None) -> Remedy:
        assigner = question.assigner
        payer = wording.NOT_STATED if assigner is None else same(assigner.name)
        data = {
            "payer": None if assigner is None else assigner.id,
            "matter": name,
            "law": None if law is None else law.source.id,
        }
        text = Later(wording.SEND_FUNDS, {"payer": payer, "name": name})
        return Remedy("transfer-funds", text, data)
