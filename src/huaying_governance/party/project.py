"""项目: a need met from a resource: proposed, claimed by members, launched and finished by who has 工作主导权.

    proposed → under_way → done
        └─────────┴→ dropped          a claim stays where it is

Who leads work is asked where data changes: without the right nothing is launched, finished or dropped. A claim is open
to members of the grand committee of that community, on a day of their term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import evolve, field, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import in_force
from huaying_governance.party.committee import Resource
from huaying_governance.party.composition import Seat
from huaying_governance.party.rights import DEFAULT, Rights, right_guard
from huaying_governance.procedure.table import State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text


@frozen(kw_only=True)
class Project:
    """项目: which need it meets from which resource, where, who is to lead it, and its term."""

    need: str
    resource: str
    community: str
    lead: str
    on: date
    due: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a project."""

    action: str
    at: date
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""


@frozen(kw_only=True)
class Standing:
    """项目现状: who claimed it and when, and since when it is done."""

    project: Project
    last_at: date
    state: str = "proposed"
    claims: tuple[tuple[str, date], ...] = ()
    done: date | None = None

    def done_by(self, on: date) -> bool:
        """Whether it was done on a day."""
        return self.done is not None and self.done <= on


@frozen
class Terms:
    """项目条件: the rights granted and the seats of the grand committees."""

    rights: Rights = field(factory=Rights)
    seats: tuple[Seat, ...] = ()


def opened(project: Project) -> Standing:
    """Return how a project stands when it is proposed."""
    return Standing(project=project, last_at=project.on)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a project stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    if act.action == "claim":
        return evolve(moved, claims=(*standing.claims, (act.actor, act.at)))
    return evolve(moved, done=act.at) if act.action == "finish" else moved


def _leads(standing: Standing, act: Act, terms: Terms) -> bool:
    return terms.rights.may(act.actor, "lead", standing.project.community, act.at)


def _is_member(standing: Standing, act: Act, terms: Terms) -> bool:
    return any(
        (one.member, one.community) == (act.actor, standing.project.community)
        and in_force(act.at, one.since, one.until)
        for one in terms.seats
    )


def _is_new(standing: Standing, act: Act, _: Terms) -> bool:
    return act.actor not in {member for member, _ in standing.claims}


GUARDS = (
    STATE,
    ROLE,
    IN_ORDER,
    right_guard("lead", _leads),
    guard(
        "not-a-member",
        Text("当日不是该社区大党委成员", "the actor has no seat in that grand committee on the day"),
        Text("核对任期，或由成员认领", "check the term, or let a member claim it"),
        _is_member,
        lambda _: DEFAULT,
    ),
    guard(
        "claimed-before",
        Text("已经认领过", "the actor has claimed it already"),
        Text("不必重复登记", "it need not be entered again"),
        _is_new,
    ),
    REASON,
    EVIDENCE,
)
STATES = (
    State("proposed", Text("已提出", "proposed")),
    State("under_way", Text("实施中", "under way")),
    State("done", Text("已完成", "done"), open=False, final=True),
    State("dropped", Text("已终止", "dropped"), open=False, final=True),
)
ROLES = {"member": Text("大党委成员", "member of the grand committee"), "resident": Text("居民", "resident")}
TRANSITIONS = (
    row("claim", Text("认领", "claim"), "proposed under_way", None, "member", "not-a-member claimed-before"),
    row("launch", Text("启动", "launch"), "proposed", "under_way", "member", "no-right"),
    row("finish", Text("完成", "finish"), "under_way", "done", "member", "no-right no-evidence"),
    row("drop", Text("终止", "drop"), "proposed under_way", "dropped", "member", "no-right no-reason"),
)
PROJECTS: Casework[Project, Standing, Act, Terms] = Casework(
    "project",
    usual_procedure("project", Text("项目程序", "projects"), "proposed", STATES, ROLES, GUARDS, TRANSITIONS),
    Project,
    Act,
    opened,
    after,
)
"""项目: what a `Casebook` needs to keep projects."""


@frozen
class Listed:
    """清单完成: how many of a list there are and are met, and which are overdue without being met."""

    name: str
    total: int
    met: int
    overdue: tuple[str, ...] = ()


LISTS: Mapping[str, Text] = {
    "resources": Text("资源清单", "resources"),
    "needs": Text("需求清单", "needs"),
    "projects": Text("项目清单", "projects"),
}


def three_lists(
    resources: Iterable[str], needs: Iterable[str], projects: Iterable[tuple[str, Standing]], on: date
) -> tuple[Listed, ...]:
    """三张清单: resources in use by a project, needs met by one that is done, and projects done; none dropped."""
    held = [(id_, one) for id_, one in projects if one.state != "dropped"]
    places, asked = set(resources), set(needs)
    done = {id_: one.project for id_, one in held if one.done_by(on)}
    late = tuple(sorted(id_ for id_, one in held if id_ not in done and one.project.due < on))
    used = {one.project.resource for _, one in held}
    return (
        Listed("resources", len(places), len(places & used)),
        Listed("needs", len(asked), len(asked & {one.need for one in done.values()})),
        Listed("projects", len(held), len(done), late),
    )


@frozen
class Suggestion:
    """匹配建议: a need, and the resource that could meet it; empty where none is free. `near`: in the same place."""

    need: str
    resource: str
    near: bool


def suggest(
    needs: Iterable[tuple[str, str, str]],
    resources: Iterable[Resource],
    projects: Iterable[tuple[str, Standing]],
) -> tuple[Suggestion, ...]:
    """供需匹配: return for every need (id, community, kind) without project a free resource of that kind.

    Needs in the order of their ids; a resource of the same community goes first, then by id; each is suggested once,
    and only with its owner's consent. The same rows in any order give the same answer.
    """
    live = [one.project for _, one in projects if one.state != "dropped"]
    met, used = {one.need for one in live}, {one.resource for one in live}
    free = sorted((one for one in resources if one.consent is True and one.id not in used), key=_id)
    found = []
    for id_, community, kind in sorted(needs):
        if id_ in met:
            continue
        fit = [one for one in free if one.kind == kind]
        best = next((one for one in fit if one.community == community), fit[0] if fit else None)
        if best is not None:
            free.remove(best)
        found.append(
            Suggestion(id_, best.id if best else "", best is not None and best.community == community)
        )
    return tuple(found)


def _id(resource: Resource) -> str:
    return resource.id


def claimed(
    projects: Iterable[tuple[str, Standing]], within: Callable[[date], bool]
) -> dict[tuple[str, str], int]:
    """Return how many projects each member of each community claimed on the days asked for."""
    found: dict[tuple[str, str], int] = {}
    for _, one in projects:
        for member, day in one.claims:
            if within(day):
                key = member, one.project.community
                found[key] = found.get(key, 0) + 1
    return found
