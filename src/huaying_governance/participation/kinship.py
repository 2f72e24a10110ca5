"""近亲属回避: near relatives as declared, and what follows for a committee and for those who hold an election.

    members     near relatives do not sit on one committee
    committee   whoever of the election committee is nominated, or whose near relative is, steps down

Relations are declared, never inferred from a name, an address or a household. Two references and a day are kept; which
kind of relative it is, is not. Whoever has declared nothing is not known, which is neither a yes nor a no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text


@frozen(kw_only=True)
class KinRules:
    """回避规则 of a body while they are in force: the clause of each of the two."""

    body: str
    since: date
    until: date | None
    members: Citation
    committee: Citation


def kin_rules(rules: Iterable[KinRules], body: str, day: date) -> KinRules | None:
    """Return what holds for a body on a day; None where the pack states nothing."""
    return next((one for one in rules if one.body == body and in_force(day, one.since, one.until)), None)


@frozen(kw_only=True)
class Relation:
    """近亲属申报: that two references are near relatives, from a day on. An empty `relative` declares to have none."""

    person: str
    relative: str
    since: date
    until: date | None = None


def _by_person(declared: Iterable[Relation]) -> Mapping[str, tuple[Relation, ...]]:
    found: dict[str, list[Relation]] = {}
    for one in declared:
        for name in {one.person, one.relative} - {""}:
            found.setdefault(name, []).append(one)
    return {name: tuple(held) for name, held in found.items()}


@frozen
class Kinship:
    """近亲属关系: everything declared. A relation holds both ways, whoever of the two declared it."""

    declared: tuple[Relation, ...] = ()
    _of: Mapping[str, tuple[Relation, ...]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_of", _by_person(self.declared))

    def of(self, person: str, day: date) -> frozenset[str]:
        """Return the near relatives of somebody that hold on a day."""
        held = (one for one in self._of.get(person, ()) if in_force(day, one.since, one.until))
        return frozenset(name for one in held for name in (one.person, one.relative)) - {person, ""}

    def knows(self, person: str, day: date) -> bool:
        """Whether somebody has declared by a day: that there are some, or none."""
        return any(one.person == person and one.since <= day for one in self._of.get(person, ()))

    def near(self, one: str, other: str, day: date) -> bool:
        """Whether two are declared to be near relatives on a day."""
        return other in self.of(one, day)

    def pairs(self, names: Iterable[str], day: date) -> tuple[tuple[str, str], ...]:
        """Return those of these who are near relatives of each other, each pair once, in order."""
        among = sorted(set(names))
        within = frozenset(among)
        return tuple(
            (one, other) for one in among for other in sorted(self.of(one, day) & within) if one < other
        )

    def touching(self, person: str, names: Iterable[str], day: date) -> tuple[str, ...]:
        """Return which of these somebody is, or is a near relative of, in order."""
        return tuple(sorted({person, *self.of(person, day)} & set(names)))


def _nobody(_roll: str, _actor: str, _day: date) -> bool:
    return False


def _no_clause(_roll: str) -> Citation | None:
    return None


@frozen
class Officials:
    """选举委员会回避: whether an official of a roll's elections is concerned in them on a day, and the clause.

    Concerned is who stands, or whose declared near relative does.
    """

    concerned: Callable[[str, str, date], bool] = _nobody
    clause: Callable[[str], Citation | None] = _no_clause


NOTHING_DECLARED = Kinship()
UNCONCERNED = Officials()
CONCERNED = Text(
    "本人或申报的近亲属是候选人，应当退出选举委员会",
    "the official, or a declared near relative, stands: such an official leaves the election committee",
)
CONCERNED_CURE = Text(
    "由选举委员会其他成员办理，空缺依次递补或另行推选",
    "leave it to another member; the next in order takes the place, or another is chosen",
)
NO_DECLARATION = "relation-declarations"
"""The missing fact of whoever has declared nothing."""
_UNKNOWN = Text("没有本人的近亲属申报", "nothing is declared of this person's near relatives")
_DECLARE = Text(
    "由本人申报；没有的，relative 留空", "the person declares; whoever has none leaves `relative` empty"
)
_RELATED = Text("有近亲属在同一委员会任职", "a near relative sits on the same committee")
_ONE_LEAVES = Text(
    "由其中一人辞职或放弃当选；由谁退出，本库不定",
    "one of the two resigns, or gives up the seat; who, is not for this library to say",
)
_BOTH_STAND = Text(
    "近亲属同为候选人：可以参选，不能同时任职", "near relatives stand: both may, but not both may take office"
)
_BOTH_ELECTED = Text(
    "近亲属同时当选，不能在同一委员会任职", "near relatives are both elected, and may not both sit"
)
_TELL = Text("告知双方；同时当选的，由其中一人放弃", "tell both; if both are elected, one gives up the seat")
_NOMINATED = Text("本人被提名为候选人", "the member is nominated")
_RELATIVE_NOMINATED = Text("近亲属被提名为候选人", "a near relative of the member is nominated")
_NONE_SITS = Text("没有申报的近亲属同在委员会", "no declared near relative sits there")
_NONE_STANDS = Text(
    "本人和申报的近亲属都没有被提名", "neither the member nor a declared near relative is nominated"
)
_STEP_DOWN = Text(
    "退出选举委员会，依次递补或另行推选",
    "leave the election committee; the next in order takes the place, or another is chosen",
)


FINDINGS: Mapping[str, Text] = {
    "near-relative": _RELATED,
    "nominated": _NOMINATED,
    "relative-nominated": _RELATIVE_NOMINATED,
    "relatives-stand": _BOTH_STAND,
    "near-relatives": _BOTH_ELECTED,
    f"missing:{NO_DECLARATION}": _UNKNOWN,
}
OUTCOMES: Mapping[str, Text] = {
    "clear": Text("无须回避", "nothing stands against it"),
    "barred": Text("须回避", "may not both sit"),
    "must_leave": Text("应退出选举委员会", "leaves the election committee"),
}
STANDINGS: Mapping[str, Text] = {
    "upcoming": Text("未到任", "not begun"),
    "sitting": Text("在任", "sitting"),
    "recalled": Text("已罢免", "recalled"),
    "ended": Text("已离任", "ended"),
    "serving": Text("在任", "serving"),
    "left": Text("已离任", "left"),
}
"""How members of committees and officials of elections stand."""
FACTS: Mapping[str, Text] = {NO_DECLARATION: Text("近亲属申报", "declaration of near relatives")}


def judge_member(person: str, others: Iterable[str], kin: Kinship, rules: KinRules, on: date) -> Ruling:
    """Return whether a member may sit on one committee with these: `clear`, `barred`, or `undetermined`."""
    if any(kin.near(person, other, on) for other in others):
        ground = Ground(_RELATED, "near-relative", rules.members)
        return Ruling("barred", (ground,), remedies=(Remedy("near-relative", _ONE_LEAVES),))
    unknown = _undeclared(person, kin, rules.members, on)
    return Ruling("clear", (Ground(_NONE_SITS, "", rules.members),)) if unknown is None else unknown


def judge_official(person: str, nominated: Iterable[str], kin: Kinship, rules: KinRules, on: date) -> Ruling:
    """Return whether somebody may stay on the election committee: `clear`, `must_leave`, or `undetermined`."""
    met = kin.touching(person, nominated, on)
    grounds = []
    if person in met:
        grounds.append(Ground(_NOMINATED, "nominated", rules.committee))
    if set(met) - {person}:
        grounds.append(Ground(_RELATIVE_NOMINATED, "relative-nominated", rules.committee))
    if grounds:
        return Ruling("must_leave", tuple(grounds), remedies=(Remedy(grounds[0].code, _STEP_DOWN),))
    unknown = _undeclared(person, kin, rules.committee, on)
    return Ruling("clear", (Ground(_NONE_STANDS, "", rules.committee),)) if unknown is None else unknown


def judge_pair(stage: str, rules: KinRules) -> Ruling:
    """Return what follows where two near relatives stand (`standing`) or are both elected (`elected`)."""
    if stage == "elected":
        ground = Ground(_BOTH_ELECTED, "near-relatives", rules.members)
        return Ruling("barred", (ground,), remedies=(Remedy(ground.code, _ONE_LEAVES),))
    ground = Ground(_BOTH_STAND, "relatives-stand", rules.members)
    return Ruling("conditional", (ground,), remedies=(Remedy(ground.code, _TELL),))


def judge_declared(person: str, kin: Kinship, rules: KinRules, on: date) -> Ruling | None:
    """Return what is missing of somebody who stands and has declared nothing; None where something is declared."""
    return _undeclared(person, kin, rules.members, on)


def _undeclared(person: str, kin: Kinship, basis: Citation, on: date) -> Ruling | None:
    if kin.knows(person, on):
        return None
    ground = Ground(_UNKNOWN, f"missing:{NO_DECLARATION}", basis)
    return Ruling("undetermined", (ground,), (NO_DECLARATION,), (Remedy(ground.code, _DECLARE),))
