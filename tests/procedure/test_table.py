"""A procedure's table is sound or is not built; it answers with every reason, in order."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from attrs import evolve, frozen

from huaying_governance.errors import Problems
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.procedure.check import Claim, World, check_machine
from huaying_governance.procedure.clock import deadline, passed, used
from huaying_governance.procedure.diagram import mermaid, svg
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.text import Text, same

BASIS = Citation(Source("s", same("S")))


@frozen
class Door:
    state: str
    opened: int = 0


@frozen
class Push:
    action: str
    role: str = "guest"
    strength: int = 1
    key: bool = False


STATES = (
    State("shut", Text("关", "shut")),
    State("ajar", Text("半开", "ajar")),
    State("gone", Text("拆除", "gone"), open=False, final=True),
)
ROLES = {"guest": same("guest"), "owner": same("owner")}


def guard(code: str, holds: object = None) -> Guard[Door, Push, None]:
    return Guard(
        code, Text(f"{code} {{who}}", f"{code} {{who}}"), same("cure"), holds, lambda _door, _context: BASIS
    )  # type: ignore[arg-type]


GUARDS = (
    guard("wrong-state"),
    guard("wrong-role"),
    guard("no-key", lambda _door, push, _context: push.key),
    guard("too-weak", lambda _door, push, _context: push.strength > 1),
    guard("worn-out", lambda door, _push, _context: door.opened < 3),
)
FORK: Fork[Door, Push, None] = Fork(
    same("hard"), lambda _door, push, _context: push.strength > 2, "shut", "ajar"
)
TRANSITIONS: tuple[Transition[Door, Push, None], ...] = (
    Transition("open", same("open"), ("shut",), "ajar", ("owner",), ("too-weak", "no-key")),
    Transition("push", same("push"), ("ajar",), FORK, (), ("too-weak",)),
    Transition("knock", same("knock"), ("shut", "ajar"), None),
    Transition("remove", same("remove"), ("shut", "ajar"), "gone", ("owner",)),
)
KICK = evolve(TRANSITIONS[0], action="kick")


def door(**more: object) -> Procedure[Door, Push, None]:
    values: dict[str, object] = {
        "states": STATES,
        "guards": GUARDS,
        "transitions": TRANSITIONS,
        "roles": ROLES,
        "always": ("worn-out",),
        "initial": "shut",
        "describe": lambda *_: {"who": Text("客", "guest")},
        **more,
    }
    return Procedure("door", 1, Text("门", "door"), **values)  # type: ignore[arg-type]


def faults(**more: object) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as problems:
        door(**more)
    return [(problem.code, problem.value) for problem in problems.value.problems]


def test_a_sound_table_is_built() -> None:
    """It knows its states, actions, and where each action leads."""
    procedure = door()
    assert list(procedure.actions) == ["open", "push", "knock", "remove"]
    assert procedure.state("ajar").label.zh == "半开"
    assert procedure.step("gone", "open") is None
    step = procedure.step("ajar", "push")
    assert step is not None
    assert step.targets == ("shut", "ajar")
    assert step.target(Door("ajar"), Push("push", strength=3), None) == "shut"
    assert step.target(Door("ajar"), Push("push"), None) == "ajar"
    assert TRANSITIONS[2].target(Door("shut"), Push("knock"), None) == "shut"
    with pytest.raises(KeyError):
        procedure.state("nowhere")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"states": (*STATES, STATES[0])}, ("duplicate", "shut")),
        ({"guards": (*GUARDS, GUARDS[2])}, ("duplicate", "no-key")),
        ({"transitions": (*TRANSITIONS, TRANSITIONS[0])}, ("duplicate", "shut + open")),
        ({"initial": "open"}, ("undefined", "open")),
        ({"always": ("worn",)}, ("undefined", "worn")),
        ({"guards": GUARDS[1:]}, ("undefined", "wrong-state")),
        ({"guards": (*GUARDS, guard("idle"))}, ("undefined", "idle")),
        ({"transitions": (*TRANSITIONS, evolve(KICK, guards=("calm",)))}, ("undefined", "calm")),
        ({"transitions": (*TRANSITIONS, evolve(KICK, roles=("king",)))}, ("undefined", "king")),
        ({"transitions": (*TRANSITIONS, evolve(KICK, to="sky"))}, ("undefined", "sky")),
        ({"states": (*STATES, State("attic", same("attic"), open=False))}, ("unreachable", "attic")),
        ({"transitions": TRANSITIONS[:3]}, ("trapping", "shut")),
        ({"transitions": (*TRANSITIONS, Transition("rebuild", same("r"), ("gone",), "shut"))}, ("final", "gone")),
    ],
)  # fmt: skip
def test_an_unsound_table_is_refused(more: dict[str, object], fault: tuple[str, str]) -> None:
    """Duplicate, undefined, unreachable and trapping parts are found when the table is built."""
    assert fault in faults(**more)


def test_all_faults_come_at_once() -> None:
    """One fault never hides another."""
    assert len(faults(initial="open", always=("worn",), states=(*STATES, STATES[1]))) == 3


def test_every_reason_in_the_order_of_the_guards() -> None:
    """Guards are asked in the table's order, also in a wrong state, whatever order a row names them in."""
    procedure = door()

    def codes(state: str, push: Push, opened: int = 0) -> list[str]:
        return [reason.code for reason in procedure.reasons(Door(state, opened), push, None)]

    assert codes("shut", Push("open", "owner", 2, key=True)) == []
    assert codes("shut", Push("open")) == ["wrong-role", "no-key", "too-weak"]
    assert codes("gone", Push("open", "owner", 2), 3) == ["wrong-state", "no-key", "worn-out"]
    assert codes("shut", Push("push", "guest", 2)) == ["wrong-state"]
    with pytest.raises(KeyError):
        procedure.reasons(Door("shut"), Push("fly"), None)


def test_a_refusal_says_why_on_which_basis_and_what_to_do() -> None:
    """Each reason becomes a ground with its clause, and a remedy; the places in the texts are filled."""
    procedure, push = door(), Push("open")
    ruling = procedure.refusal(procedure.reasons(Door("shut"), push, None), Door("shut"), push, None)
    assert ruling.outcome == "refused"
    assert ruling.codes == ("wrong-role", "no-key", "too-weak")
    assert ruling.grounds[0].text == Text("wrong-role 客", "wrong-role guest")
    assert ruling.citations == (BASIS,)
    assert [remedy.code for remedy in ruling.remedies] == list(ruling.codes)


def world(move: object = None) -> World[Door, Push, None]:
    procedure = door()

    def honest(state: Door, push: Push, context: None) -> Door:
        step = procedure.step(state.state, push.action)
        assert step is not None
        return Door(step.target(state, push, context), min(state.opened + (push.action == "open"), 3))

    def commands(_state: Door) -> list[Push]:
        return [
            Push(action, role, strength, key)
            for action in procedure.actions
            for role in ROLES
            for strength in (1, 2, 3)
            for key in (True, False)
        ]

    return World(procedure, (Door("shut"),), commands, lambda _state, _push: None, move or honest)  # type: ignore[arg-type]


def test_a_proof_goes_through_everything() -> None:
    """Every state, every command, every outcome of every guard that the world can produce."""
    claim: Claim[Door, Push] = Claim(
        "opened only with a key",
        start=False,
        remember=lambda had, _before, push, _after: had or (push.action == "open" and push.key),
        holds=lambda had, state: state.state != "ajar" or bool(had),
    )
    proof = check_machine(world(), [claim])
    assert proof.holds
    # A worn-out door stays ajar, so that the shut one is never seen to fail for being worn out.
    assert proof.states == 9
    assert {cell[:3] for cell in proof.unseen(door())} == {
        ("shut", action, "worn-out") for action in ("open", "knock", "remove")
    }
    assert proof.steps > 0
    assert proof.refusals > 0


def test_a_proof_that_fails_shows_the_shortest_way() -> None:
    """The counterexample is the way to the first failing state."""
    claim: Claim[Door, Push] = Claim(
        "never removed", None, lambda *_: None, lambda _memory, state: state.state != "gone"
    )
    proof = check_machine(world(), [claim])
    assert proof.failures == {"never removed": ("shut --remove/owner--> gone",)}


def test_a_machine_that_leaves_its_table_is_found() -> None:
    """Where a move ends elsewhere than the table says, the proof fails."""
    proof = check_machine(world(lambda _state, _push, _context: Door("gone")))
    assert not proof.holds
    assert "the machine goes where the table says" in proof.failures


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_diagrams_show_every_state_and_move(lang: str) -> None:
    """Mermaid and SVG come from the table; the SVG is well formed and carries the labels of the language."""
    procedure = door()
    drawn = mermaid(procedure, lang)  # type: ignore[arg-type]
    assert "[*] --> shut" in drawn
    assert "shut --> ajar : open" in drawn
    assert "ajar --> shut : push" in drawn
    assert "gone --> [*]" in drawn
    picture = svg(procedure, lang)  # type: ignore[arg-type]
    texts = [
        element.text for element in ElementTree.fromstring(picture).iter() if element.tag.endswith("text")
    ]
    for state in STATES:
        assert state.label.say(lang) in texts  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------- clocks

CALENDAR = china_calendar()


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 9, 18), 3, date(2026, 9, 22)),
        (date(2026, 9, 18), 7, date(2026, 9, 29)),
        (date(2026, 9, 18), 15, date(2026, 10, 15)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 4, 30), 5, date(2026, 5, 11)),
        (date(2026, 12, 24), 10, None),
    ],
)
def test_working_day_deadlines(start: date, days: int, due: date | None) -> None:
    """T3: make-up workdays work, holidays do not, and beyond the calendar nothing is guessed."""
    assert deadline(CALENDAR, start, days, "working_days") == due


@pytest.mark.parametrize(
    ("start", "days", "due", "rolled"),
    [
        (date(2026, 3, 1), 15, date(2026, 3, 16), date(2026, 3, 16)),
        (date(2026, 3, 1), 60, date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 3, 1), 90, date(2026, 5, 30), date(2026, 6, 1)),
        (date(2026, 9, 16), 15, date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 1, 31), 15, date(2026, 2, 15), date(2026, 2, 24)),
    ],
)
def test_natural_day_deadlines(start: date, days: int, due: date, rolled: date) -> None:
    """T4: natural days as they come; with the switch on, a holiday rolls to the next working day."""
    assert deadline(CALENDAR, start, days, "natural_days") == due
    assert deadline(CALENDAR, start, days, "natural_days", roll=True) == rolled


def test_days_used_and_windows_passed() -> None:
    """Days are counted after the anchor; beyond the calendar nothing is used or passed for sure."""
    assert used(CALENDAR, date(2026, 9, 18), date(2026, 9, 17), "working_days") == 0
    assert used(CALENDAR, date(2026, 9, 18), date(2026, 9, 22), "working_days") == 3
    assert used(CALENDAR, date(2026, 9, 18), date(2026, 9, 22), "natural_days") == 4
    assert used(CALENDAR, date(2026, 9, 18), date(2027, 9, 22), "working_days") is None
    assert passed(CALENDAR, date(2026, 9, 18), 3, "working_days", date(2026, 9, 23))
    assert not passed(CALENDAR, date(2026, 9, 18), 3, "working_days", date(2026, 9, 22))
    assert not passed(CALENDAR, date(2026, 12, 24), 10, "working_days", date(2027, 9, 22))
