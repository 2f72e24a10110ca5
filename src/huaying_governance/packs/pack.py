"""政策包: one place's registers, sources, policies and responsibility list, ready to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import field, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs.documents import cite
from huaying_governance.responsibility import (
    Admission,
    AdmissionBook,
    Assignment,
    Match,
    MatterList,
    Register,
    Screener,
    World,
)
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.packs.burdens import BurdenRules
    from huaying_governance.packs.rest import Rest
    from huaying_governance.rules import Policy

T = TypeVar("T")


@frozen(eq=False)
class Pack:
    """政策包: what `load_pack` gives. Registers, list and policies are read-only; a pack is safe under threads."""

    id: str
    titles: Text
    region: str
    version: str
    organisation_register: Register[Organisation]
    community_register: Register[Community]
    sources: Mapping[str, Source]
    matters: MatterList
    screener: Screener = field(repr=False)
    _rest: Callable[[], Rest] = field(repr=False)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies, in the order of their files."""
        return self._rest().policies

    @property
    def burden(self) -> BurdenRules | None:
        """The rules on burdens, None where the pack states none."""
        return self._rest().burden

    def rules(self, kind: type[T]) -> T | None:
        """Return what the pack states for a concept, by the type of its rules; None where it states nothing."""
        return cast(T | None, self._rest().concepts.get(kind))

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations, in the order of the file."""
        return self.organisation_register.things

    @property
    def communities(self) -> tuple[Community, ...]:
        """The communities, in the order of the file."""
        return self.community_register.things

    @property
    def world(self) -> World:
        """The bodies that lists of this pack are compared over."""
        return World(self.organisation_register, self.community_register)

    def cite(self, reference: str) -> Citation | None:
        """Return the clause that `id` or `id#article` names, None where the pack has no such source."""
        return cite(self.sources, reference)

    @property
    def timetables(self) -> tuple[Policy, ...]:
        """The policies that are timetables."""
        return tuple(policy for policy in self.policies if policy.kind == "timetable")

    def policy(self, policy_id: str) -> Policy:
        """Return the policy of this id; raises `Problems` that name the nearest where there is none."""
        for policy in self.policies:
            if policy.id == policy_id:
                return policy
        known = ", ".join(policy.id for policy in self.policies) or "—"
        message = Text("政策包中没有政策", "the pack has no such policy")
        cure = Text("可用的政策：{k}", "the pack has: {k}").fill(k=known)
        raise Problems([Problem("no-policy", message, cure, value=policy_id)])

    def screen(self, assignment: Assignment, admissions: Iterable[Admission] | AdmissionBook = ()) -> Ruling:
        """Return the ruling on an assignment by the list in force on its date. Raises `Problems` for bad input."""
        book = admissions if isinstance(admissions, AdmissionBook) else self.admission_book(admissions)
        return self.screener.screen(assignment, book)

    def suggest(self, title: str, on: date, community: str = "", count: int = 3) -> tuple[Match, ...]:
        """Return matters in force whose names resemble a free title, best first; never a decision."""
        return self.screener.suggest(title, on, community, count)

    def admission_book(self, admissions: Iterable[Admission]) -> AdmissionBook:
        """Return the admissions as a book to screen by; raises `Problems` for those that cannot be."""
        held = tuple(admissions)
        problems = [found for admission in held for found in self.admission_problems(admission)]
        if any(found.severity == "error" for found in problems):
            raise Problems(problems)
        return AdmissionBook(held)

    def admission_problems(self, admission: Admission) -> tuple[Problem, ...]:
        """Return what is wrong with one admission; each problem's place names the column."""
        found: list[Problem] = []
        assigner = self.resolve_organisation(admission.assigner) if admission.assigner else None
        if admission.assigner and assigner is None:
            found.append(
                _unknown("unknown-organisation", "assigner", admission.assigner, "单位", "organisation")
            )
        found.extend(
            _unknown("unknown-community", "communities", text, "社区", "community")
            for text in admission.communities
            if self.resolve_community(text) is None
        )
        decider = self.resolve_organisation(admission.decided_by) if admission.decided_by else None
        if assigner is not None and decider is not None and decider.id == assigner.id:
            found.append(_SELF_DECIDED)
        if not admission.decided_by:
            found.append(_UNDECIDED)
        return tuple(found)

    def resolve_organisation(self, text: str) -> Organisation | None:
        """Return the organisation that an id, name or alias names, None where none or several."""
        return self.organisation_register.get(text)

    def resolve_community(self, text: str) -> Community | None:
        """Return the community that an id or name names, None where there is none."""
        return self.community_register.get(text)


def _unknown(code: str, column: str, value: str, zh: str, en: str) -> Problem:
    message = Text(f"名录中没有这个{zh}", f"the register has no such {en}")
    cure = Text(
        f"写名录中的{zh}编号或名称", f"write the id or name of an {en} of the register".replace("an c", "a c")
    )
    return Problem(code, message, cure, Place(column=column), value)


_SELF_DECIDED = Problem(
    "decided-by-requester",
    Text("准入由申请单位自己审批", "the admission was decided by the organisation that asked for it"),
    Text("由联席会议等有权机构审批后再登记", "have the joint conference or another competent body decide it"),
    Place(column="decided_by"),
)
_UNDECIDED = Problem(
    "no-decider",
    Text("准入没有写明审批机构", "the admission does not say who decided it"),
    Text("填写审批机构", "name the body that decided it"),
    Place(column="decided_by"),
    severity="warning",
)
