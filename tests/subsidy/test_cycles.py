"""Cycles and what is done with their lines: recomputation, duplicates, budget, payments, publicity, detectors."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.rules import Spell
from huaying_governance.subsidy import detectors
from huaying_governance.subsidy.budget import ORDERS, Order, Wanted, allocate
from huaying_governance.subsidy.cycle import Cycle, differences, freeze, replay, settled
from huaying_governance.subsidy.detectors import Paid
from huaying_governance.subsidy.duplicates import Granted, Purpose, overlaps, suspected
from huaying_governance.subsidy.payments import Answered, Batch, compose, reconcile
from huaying_governance.subsidy.people import Person, Register
from huaying_governance.subsidy.publicity import Named, publicity_list
from huaying_governance.text import Text

ON = date(2026, 11, 23)


@functools.cache
def policy() -> hg.Policy:
    return hg.load_pack("huaying").policy("zone-employment")


spells = st.builds(
    lambda start, length, zone: Spell(
        ON - timedelta(days=start),
        None if length is None else ON - timedelta(days=start - length),
        {"in_zone": zone},
    ),
    st.integers(0, 800),
    st.none() | st.integers(0, 500),
    st.booleans(),
)
people = st.lists(
    st.tuples(
        st.sampled_from(["postgraduate", "bachelor", "other", None]),
        st.booleans(),
        st.lists(spells, max_size=3),
    ),
    max_size=6,
)


def register(rows: list[tuple[str | None, bool, list[Spell]]]) -> Register:
    made = {}
    for number, (education, married, held) in enumerate(rows):
        facts = {} if education is None else {"education": education}
        made[f"P{number}"] = Person(f"P{number}", facts, f"P{number ^ 1}" if married else None, tuple(held))
    return Register(made)


@given(before=people, now=people)
def test_differences_settle_to_a_full_recomputation(
    before: list[tuple[str | None, bool, list[Spell]]], now: list[tuple[str | None, bool, list[Spell]]]
) -> None:
    """What was granted, plus the arrears, less the claw-backs, is what the recomputation grants; open lines wait."""
    old, new = freeze("c", policy(), register(before), ON), freeze("c", policy(), register(now), ON)
    found = list(differences(old, new))
    paid = settled(old, found)
    for key, fen in new.granted.items():
        if fen is not None:
            assert paid.get(key, 0) == fen
    assert {key for key in paid if key not in new.granted} == set()
    assert list(differences(old, old)) == []


reforms = st.fixed_dictionaries(
    {},
    optional={
        "parameters.bachelor_award": st.sampled_from(["0", "2500", "3000", "3600.50"]),
        "parameters.couple_award": st.sampled_from(["1000", "2000"]),
        "parameters.stable_term": st.sampled_from([1, 12, 24]),
        "parameters.stable_gap": st.sampled_from([0, 30, 90]),
        "proration.kind": st.sampled_from(["none", "months"]),
    },
)


@given(before=people, now=people, changes=reforms)
def test_a_retroactive_change_of_policy_and_facts_settles_to_a_full_recomputation(
    before: list[tuple[str | None, bool, list[Spell]]],
    now: list[tuple[str | None, bool, list[Spell]]],
    changes: dict[str, object],
) -> None:
    """A policy changed in retrospect, with or without the facts: granted, plus arrears, less claw-backs, is what the
    changed policy grants, to the fen and in all; nothing moves by zero, and doing it again moves nothing."""
    changed = policy().reform(changes)
    old, new = freeze("c", policy(), register(before), ON), freeze("c", changed, register(now), ON)
    found = list(differences(old, new))
    open_ = {key for key, fen in new.granted.items() if fen is None}
    paid = settled(old, found)
    assert {key: fen for key, fen in paid.items() if key not in open_} == {
        key: fen for key, fen in new.granted.items() if fen
    }
    moved = sum({"arrears": 1, "clawback": -1, "open": 0}[each.kind] * each.fen for each in found)
    if not open_:
        assert old.total + moved == new.total
    assert all(each.fen > 0 or each.kind == "open" for each in found)
    assert list(differences(new, new)) == []


@given(rows=people)
def test_a_cycle_replays_to_its_receipt_whatever_the_order_of_rows(
    rows: list[tuple[str | None, bool, list[Spell]]],
) -> None:
    """The same policy and the same rows give the same hashes; the order of rows does not count."""
    held = register(rows)
    cycle = freeze("c", policy(), held, ON)
    turned = Register(dict(reversed(held.persons.items())))
    assert replay(cycle, policy(), turned) == ()


def test_replay_says_what_differs() -> None:
    """A reform shows as another version and result, another row as other inputs."""
    held = register([("bachelor", False, [Spell(date(2026, 1, 1), None, {"in_zone": True})])])
    cycle = freeze("c", policy(), held, ON)
    assert cycle.total == 300_000
    other = register([("bachelor", False, [])])
    assert replay(cycle, policy(), other) == ("inputs", "result")
    reformed = policy().reform({"parameters.bachelor_award": "3600"})
    assert replay(cycle, reformed, held) == ("version", "result")
    (found,) = differences(cycle, freeze("c", reformed, held, ON))
    assert (found.person, found.rule, found.kind, found.fen) == ("P0", "bachelor", "arrears", 60_000)
    assert found.label.zh == "补发"


def test_a_line_that_becomes_undetermined_is_open_and_moves_no_money() -> None:
    """Missing is not false: a fact that was lost neither pays nor claws back; it is to be settled."""
    held = [Spell(date(2026, 1, 1), None, {"in_zone": True})]
    old = freeze("c", policy(), register([("bachelor", False, held)]), ON)
    new = freeze("c", policy(), register([(None, False, held)]), ON)
    assert {(each.rule, each.kind, each.fen) for each in differences(old, new)} == {
        ("bachelor", "open", 0),
        ("postgraduate", "open", 0),
    }
    assert settled(old, differences(old, new)) == {("P0", "bachelor"): 300_000}


TALENT = Purpose("talent", Text("人才补助", "talent"), frozenset({"zone", "city", "province"}))


def test_row_14_two_subsidies_for_one_purpose_are_listed_and_the_higher_kept() -> None:
    """row 14: who draws for one purpose under two policies stands in the double-dip list, 就高不重复."""
    held = [
        Granted("a", "zone", "degree", 300, 2),
        Granted("a", "zone", "couple", 200, 3),
        Granted("a", "city", "degree", 400, 4),
        Granted("b", "zone", "degree", 300, 5),
        Granted("b", "other", "rent", 900, 6),
    ]
    (found,) = overlaps(held, [TALENT])
    assert (found.person, found.kept.policy, [each.row for each in found.dropped], found.saved) == (
        "a",
        "zone",
        [4],
        400,
    )


def test_equal_awards_keep_the_policy_that_sorts_first() -> None:
    """The same rows give the same answer in any order."""
    held = [Granted("a", "zone", "x", 300), Granted("a", "city", "y", 300)]
    for rows in (held, held[::-1]):
        (found,) = overlaps(rows, [TALENT])
        assert found.kept.policy == "city"


def test_a_pair_that_was_looked_into_is_not_shown_again() -> None:
    """“Not a duplicate” is remembered; a reference that shares another key with a third is still shown."""
    keys = {"a": ["k1", "k2"], "b": ["k1"], "c": ["k2"]}
    assert list(suspected(keys)) == [("a", "b", ("k1",)), ("a", "c", ("k2",))]
    assert list(suspected(keys, {frozenset("ab")})) == [("a", "c", ("k2",))]


wanted = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 2_000_000)), max_size=12
).map(lambda rows: [Wanted(f"C{number}", day, fen) for number, (day, fen) in enumerate(rows)])


@given(held=wanted, ceiling=st.integers(0, 10_000_000), order=st.sampled_from(list(ORDERS)))
def test_a_ceiling_is_never_exceeded_and_its_order_is_the_stated_one(
    held: list[Wanted], ceiling: int, order: Order
) -> None:
    """Given and left make the ceiling; nobody gets more than wanted; the order of rows does not matter; by a ranking
    order nobody is paid while an earlier one waits; in proportion shares differ by rounding only."""
    found = allocate(held, ceiling, order)
    assert sum(found.given.values()) + found.left == ceiling
    assert found.left >= 0
    assert found == allocate(held[::-1], ceiling, order)
    asked = {each.claim: each.fen for each in held}
    assert all(0 <= fen <= asked[claim] for claim, fen in found.given.items())
    assert found.short == {
        claim: asked[claim] - fen for claim, fen in found.given.items() if fen < asked[claim]
    }
    total = sum(asked.values())
    if total <= ceiling:
        assert not found.short
    elif order == "in-proportion":
        assert found.left == 0
        assert all(abs(fen * total - asked[claim] * ceiling) <= total for claim, fen in found.given.items())
    else:
        keys = {"filed-first": 0, "smallest-first": 1, "largest-first": -1}
        ranked = sorted(held, key=lambda each: (keys[order] * each.fen, each.filed_on, each.claim))
        waits = [found.given[each.claim] < each.fen for each in ranked if each.fen]
        assert waits == sorted(waits)


def test_a_negative_ceiling_or_amount_is_refused() -> None:
    """A negative amount is no claim."""
    with pytest.raises(ValueError, match="negative"):
        allocate([], -1, "filed-first")
    with pytest.raises(ValueError, match="negative"):
        allocate([Wanted("a", ON, -1)], 1, "filed-first")


def test_reconciliation_explains_every_claim_and_every_stray_row() -> None:
    """Matched by claim, not by order: paid, returned, other amount, twice, not answered, not in the batch."""
    batch = Batch("B1", {"a": 100, "b": 200, "c": 300, "d": 400, "e": 500})
    answer = [
        Answered("e", 500, paid=False, row=2),
        Answered("a", 100, paid=True, row=3),
        Answered("b", 201, paid=True, row=4),
        Answered("c", 300, paid=True, row=5),
        Answered("c", 300, paid=True, row=6),
        Answered("z", 1, paid=True, row=7),
    ]
    found = reconcile(batch, answer)
    assert {claim: finding for claim, finding, _ in found.findings} == {
        "a": "paid",
        "b": "other-amount",
        "c": "answered-twice",
        "d": "unanswered",
        "e": "returned",
        "z": "not-in-batch",
    }
    assert not found.is_clean
    assert found.of("unanswered") == ("d",)
    assert reconcile(Batch("B2", {"a": 1}), [Answered("a", 1, paid=True)]).is_clean
    assert batch.total == 1500


def test_nothing_is_paid_twice() -> None:
    """A claim that was paid cannot enter another batch, and a batch holds no empty amounts."""
    with pytest.raises(hg.Problems, match="paid before"):
        compose("B2", {"a": 1, "b": 2}, {"b"})
    with pytest.raises(hg.Problems, match="more than nothing"):
        compose("B2", {"a": 0}, set())
    assert compose("B2", {"a": 1}, {"b"}).total == 1


def test_a_publicity_list_shows_masked_names_and_nothing_else() -> None:
    """Name masked, community, rule, amount; ordered by community and reference; the total is exact."""
    persons = [
        Named("W-2", "欧阳小明", "b", "bachelor", 300_000),
        Named("W-1", "张三", "a", "couple", 200_000),
    ]
    made = publicity_list("2026年公示", date(2026, 4, 1), date(2026, 4, 9), persons)
    assert [(line.number, line.name, line.community, line.amount) for line in made.lines] == [
        (1, "张*", "a", Decimal("2000.00")),
        (2, "欧阳**", "b", Decimal("3000.00")),
    ]
    assert made.total == Decimal("5000.00")


ROW = Paid(1, "a", "E1", "acc1", date(2026, 1, 1), None, date(2026, 6, 1))


def test_detectors_point_to_rows_and_what_is_not_known_is_no_finding() -> None:
    """Each detector yields rows; missing facts yield nothing."""
    rows = [
        evolve(ROW, row=1, spouse="b", insured_base=Decimal(4000), has_wages=False),
        evolve(ROW, row=2, person="b", spouse="a", account="acc1", insured_base=Decimal(3999)),
        evolve(ROW, row=3, person="a", employer="E2", account="acc2", hired_on=date(2026, 5, 1)),
        evolve(ROW, row=4, person="c", account="acc3", left_on=date(2026, 7, 1)),
        evolve(ROW, row=5, person="d", account="acc4", left_on=date(2026, 7, 2)),
    ]
    assert [found.rows for found in detectors.one_account(rows)] == [(1, 2)]
    assert [found.rows for found in detectors.base_below(rows, Decimal(4000))] == [(2,)]
    assert [found.rows for found in detectors.no_wages(rows)] == [(1,)]
    assert [found.rows for found in detectors.two_employers(rows)] == [(1, 3)]
    assert [found.rows for found in detectors.left_soon(rows, days=30, at_least=1)] == [(4,)]
    couple = [evolve(ROW, row=1, spouse="b"), evolve(ROW, row=2, person="b", spouse="a")]
    assert [found.rows for found in detectors.hired_together(couple, date(2026, 1, 31))] == [(1, 2)]
    assert list(detectors.hired_together(couple, date(2026, 2, 1))) == []


def test_an_empty_cycle_is_whole() -> None:
    """No persons: nothing is granted, and the receipt is one that can be replayed."""
    empty = Register({})
    cycle = freeze("c", policy(), empty, ON)
    assert isinstance(cycle, Cycle)
    assert (cycle.total, replay(cycle, policy(), empty)) == (0, ())
