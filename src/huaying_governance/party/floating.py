"""流动党员程序: from leaving to return or transfer, and the search for a member who is out of touch, in this one file.

    home → reported_out → registered_in → placed → active → returned | transferred
                 └───────────┴──────────────┴───────┴→ lost → stopped → removed
                                                         ↑_____┴ found

Each step has its own organisation: the home branch reports out, the host registers in and places. A member is lost
only when the months have passed and every means of the rules has been tried, each recorded; who is found goes on as
before. The procedure is about contact: nobody is scored or profiled.
"""

# Long: one table, with its guards and moves, told in one piece.

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen

from huaying_governance.casework import Casework
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months
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
class FloatingRules:
    """流动与失联规则 of a pack: months out of touch, months until removal, and the means that must be tried."""

    transfer_months: int
    lost_months: int
    removal_months: int
    means: tuple[str, ...]
    citation: Citation
    searching: Citation


@frozen(kw_only=True)
class Move:
    """外出: a member of a branch who leaves; where it is not known whether the place is fixed, nothing follows."""

    person: str
    branch: str
    community: str
    on: date
    fixed_place: bool | None = None
    receiving: bool | None = None


@frozen(kw_only=True)
class Act:
    """办理: one act on a move; `branch` is the one that places or receives, `means` by which somebody was sought."""

    action: str
    at: date
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    branch: str = ""
    means: str = ""


@frozen(kw_only=True)
class Standing:
    """流动现状: which branch hosts, when contact was last, which means were tried since, and since when it is lost."""

    move: Move
    last_at: date
    contact: date
    state: str = "home"
    host: str = ""
    tried: tuple[str, ...] = field(default=())
    stopped_on: date | None = None


def opened(move: Move) -> Standing:
    """Return how a move stands when it is entered; the day of leaving counts as contact."""
    return Standing(move=move, last_at=move.on, contact=move.on)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a move stands after an admitted act; every act with the member is contact, a search is none."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "search":
            return evolve(moved, tried=(*standing.tried, act.means))
        case "declare_lost" | "remove":
            return moved
        case "stop":
            return evolve(moved, stopped_on=act.at)
        case "found":
            return evolve(moved, contact=act.at, tried=(), stopped_on=None)
        case "place" | "transfer":
            return evolve(moved, contact=act.at, tried=(), host=act.branch)
        case _:
            return evolve(moved, contact=act.at, tried=())


def lost_from(standing: Standing, rules: FloatingRules) -> date:
    """Return the first day on which a member may be declared lost."""
    return add_months(standing.contact, rules.lost_months)


def removal_from(standing: Standing, rules: FloatingRules) -> date | None:
    """Return the first day of removal, None where membership was not stopped."""
    return None if standing.stopped_on is None else add_months(standing.stopped_on, rules.removal_months)


def transfer_due(standing: Standing, rules: FloatingRules, on: date) -> bool:
    """Whether the relation should be transferred: so many months away, a fixed place, an organisation to receive."""
    move = standing.move
    away = standing.state not in {"returned", "transferred", "removed"}
    long = add_months(move.on, rules.transfer_months) <= on
    return away and long and move.fixed_place is True and move.receiving is True


def _has_branch(_standing: Standing, act: Act, _: FloatingRules) -> bool:
    return bool(act.branch)


def _may_transfer(standing: Standing, _act: Act, _: FloatingRules) -> bool:
    return standing.move.fixed_place is True and standing.move.receiving is True


def _known_means(_standing: Standing, act: Act, rules: FloatingRules) -> bool:
    return act.means in rules.means


def _long_enough(standing: Standing, act: Act, rules: FloatingRules) -> bool:
    return act.at >= lost_from(standing, rules)


def _all_tried(standing: Standing, _act: Act, rules: FloatingRules) -> bool:
    return set(rules.means) <= set(standing.tried)


def _two_years(standing: Standing, act: Act, rules: FloatingRules) -> bool:
    start = removal_from(standing, rules)
    return start is not None and act.at >= start


def _of_rules(rules: FloatingRules) -> Citation:
    return rules.citation


def _of_search(rules: FloatingRules) -> Citation:
    return rules.searching


GUARDS = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-branch",
        Text("没有写明支部", "no branch is named"),
        Text("写明编入或接收的支部", "name the branch that places or receives"),
        _has_branch,
    ),
    guard(
        "no-transfer",
        Text(
            "没有确认地点固定且有接收组织",
            "it is not confirmed that the place is fixed and an organisation receives",
        ),
        Text("核实后另行登记，或编入流入地支部", "confirm it in a row of its own, or place the member"),
        _may_transfer,
        _of_rules,
    ),
    guard(
        "unknown-means",
        Text("不是规定的查找方式：{means}", "it is none of the means of the rules: {means}"),
        Text("按规定的方式查找并登记", "search by one of them and record it"),
        _known_means,
        _of_search,
    ),
    guard(
        "in-touch",
        Text("失去联系未满{lost_months}个月", "contact was lost less than {lost_months} months ago"),
        Text("继续联系", "go on keeping contact"),
        _long_enough,
        _of_rules,
    ),
    guard(
        "means-left",
        Text("规定的查找方式没有用尽：{means}", "not every means has been tried: {means}"),
        Text("逐项查找并登记", "try and record each of them"),
        _all_tried,
        _of_search,
    ),
    guard(
        "too-early",
        Text(
            "停止党籍未满{removal_months}个月", "membership was stopped less than {removal_months} months ago"
        ),
        Text("期满仍联系不上再办理", "wait until they have passed without contact"),
        _two_years,
        _of_rules,
    ),
    REASON,
    EVIDENCE,
)
STATES = (
    State("home", Text("在册", "at home")),
    State("reported_out", Text("已登记流出", "reported out")),
    State("registered_in", Text("已登记流入", "registered in")),
    State("placed", Text("已编入支部", "placed in a branch")),
    State("active", Text("参加活动", "active")),
    State("lost", Text("失去联系", "out of touch")),
    State("stopped", Text("停止党籍", "membership stopped")),
    State("returned", Text("已返回", "returned"), open=False, final=True),
    State("transferred", Text("已转移组织关系", "transferred"), open=False, final=True),
    State("removed", Text("自行脱党除名", "removed"), open=False, final=True),
)
ROLES = {
    "home_branch": Text("流出地支部", "home branch"),
    "host_branch": Text("流入地支部", "host branch"),
    "superior": Text("上级党组织", "party organisation above"),
}
_AWAY = "reported_out registered_in placed active"
_BOTH = "home_branch host_branch"
TRANSITIONS = (
    row("report_out", Text("登记流出", "report out"), "home", "reported_out", "home_branch"),
    row("register_in", Text("登记流入", "register in"), "reported_out", "registered_in", "host_branch"),
    row("place", Text("编入支部", "place"), "registered_in", "placed", "host_branch", "no-branch"),
    row("join", Text("参加活动", "join in"), "placed", "active", "host_branch"),
    row("contact", Text("联系", "keep contact"), f"home {_AWAY}", None, _BOTH, "no-evidence"),
    row("search", Text("查找", "search"), f"home {_AWAY}", None, _BOTH, "unknown-means no-evidence"),
    row(
        "declare_lost",
        Text("认定失联", "declare lost"),
        f"home {_AWAY}",
        "lost",
        "home_branch",
        "in-touch means-left",
    ),
    row("found", Text("恢复联系", "find again"), "lost stopped", "active", _BOTH, "no-evidence"),
    row("stop", Text("停止党籍", "stop membership"), "lost", "stopped", "superior", "no-reason no-evidence"),
    row(
        "remove",
        Text("除名", "remove"),
        "stopped",
        "removed",
        "superior",
        "too-early no-reason no-evidence",
    ),
    row("return", Text("返回", "return"), _AWAY, "returned", "home_branch", "no-evidence"),
    row(
        "transfer",
        Text("转移组织关系", "transfer"),
        _AWAY,
        "transferred",
        "home_branch",
        "no-branch no-transfer no-evidence",
    ),
)
MOVES: Casework[Move, Standing, Act, FloatingRules] = Casework(
    "member-move",
    usual_procedure(
        "member-move",
        Text("流动党员程序", "floating members"),
        "home",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        lambda rules: {
            "means": ", ".join(rules.means),
            "lost_months": rules.lost_months,
            "removal_months": rules.removal_months,
        },
    ),
    Move,
    Act,
    opened,
    after,
)
"""流动党员: what a `Casebook` needs to keep moves."""
