"""补救: what can be done about an answer, as data: who admits, who is asked, what funds follow."""

from __future__ import annotations

from collections.abc import Collection

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Remedy
from huaying_governance.responsibility import wording
from huaying_governance.responsibility.grounds import FUNDS, By, Cache, Speaker
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
        self._made: Cache[Remedy] = Cache(4_096)

    def advise(self, question: Question, by: By, outcome: str, codes: Collection[str]) -> tuple[Remedy, ...]:
        """Return the remedies of an outcome, the nearest to the assigner's hand first."""
        found: list[Remedy] = []
        if "missing:assigner" in codes:
            found.append(self._name_assigner(question))
        if not FUNDS.isdisjoint(codes):
            found.append(self._send_funds(question, by))
        if outcome in {"refused", "emergency"}:
            found.append(self.ask_admission(question))
        if outcome == "refused":
            found.append(self.report)
        return tuple(found)

    def elsewhere(self, held: Matter) -> tuple[Remedy, ...]:
        """Return where what the list prohibits belongs, and how to report that it was asked for."""
        if not held.instead:
            return (self.report,)
        names = wording.listing(tuple(map(self._speaker.called, held.instead)))
        text = wording.GO_TO.fill(name=held.name, names=names)
        return Remedy("go-to", text, {"instead": held.instead}), self.report

    def ask_admission(self, question: Question) -> Remedy:
        """Return how the matter is admitted: by whom, after asking whom, never by the one who asks for it."""
        key = (question.community.id, question.assigner.id if question.assigner is not None else None)
        return self._made.get(key, lambda: self._make_admission(question))

    def _make_admission(self, question: Question) -> Remedy:
        speaker, gate = self._speaker, self._speaker.gate
        asks = wording.listing((*map(speaker.called, gate.asks), same(question.community.name)))
        text = wording.ASK_ADMISSION.fill(decides=speaker.called(gate.decides), asks=asks)
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
        return self._made.get(key, lambda: self._make_funds(question, name, law))

    def _make_funds(self, question: Question, name: str, law: Citation | None) -> Remedy:
        assigner = question.assigner
        payer = wording.NOT_STATED if assigner is None else same(assigner.name)
        data = {
            "payer": None if assigner is None else assigner.id,
            "matter": name,
            "law": None if law is None else law.source.id,
        }
        return Remedy("transfer-funds", wording.SEND_FUNDS.fill(payer=payer, name=name), data)
