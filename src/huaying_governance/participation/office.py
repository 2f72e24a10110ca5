"""选举委员会: the books of rolls, registrations and elections over one store, each asking the others what it must.

    book = election_books(store, rules.rolls, rules.modes, calendar)
    book.rolls.open("L1", Roll(...)); book.registrations.act("R1", Act(...))

Cases are found by roll and by person through an index that is read once, when somebody first asks: open everything
before the first act, or take the books anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from attrs import frozen

from huaying_governance.casework import Casebook
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.participation import election, roll
from huaying_governance.participation.electing import ELECTIONS
from huaying_governance.participation.enrolling import REGISTRATIONS
from huaying_governance.participation.kinship import (
    NOTHING_DECLARED,
    UNCONCERNED,
    KinRules,
    Kinship,
    Officials,
)
from huaying_governance.participation.roll_steps import ROLLS
from huaying_governance.participation.voting import VotingMode
from huaying_governance.storage import Store

Rolls: TypeAlias = Casebook[roll.Roll, roll.RollStanding, roll.RollAct, roll.Terms]
Registrations: TypeAlias = Casebook[roll.Registration, roll.Standing, roll.Act, roll.Terms]
Elections: TypeAlias = Casebook[election.Election, election.Standing, election.Act, election.Terms]


@frozen
class ElectionBooks:
    """选举办件簿: three books over one store."""

    rolls: Rolls
    registrations: Registrations
    elections: Elections


def known_roll(store: Store) -> Callable[[str], roll.RollStanding | None]:
    """Return who finds a roll of a store by its id."""
    book: Casebook[Any, roll.RollStanding, Any, Any] = Casebook(store, ROLLS, None)
    return lambda id_: book.standing(id_) if book.knows(id_) else None


def registered_by(
    store: Store, key: Callable[[roll.Registration], str]
) -> Callable[[str], Iterator[roll.Standing]]:
    """Return who finds the registrations of a store by a key, say the person; the index is read once."""
    book: Casebook[Any, roll.Standing, Any, Any] = Casebook(store, REGISTRATIONS, None)

    @cache
    def index() -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, one in book.all():
            found.setdefault(key(one.registration), []).append(id_)
        return found

    return lambda wanted: (book.standing(id_) for id_ in index().get(wanted, ()))


def elections_by_roll(store: Store) -> Callable[[str], Iterator[election.Standing]]:
    """Return who finds the elections of a store by their roll; the index is read once."""
    book: Casebook[Any, election.Standing, Any, Any] = Casebook(store, ELECTIONS, None)

    @cache
    def index() -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, one in book.all():
            found.setdefault(one.election.roll, []).append(id_)
        return found

    return lambda wanted: (book.standing(id_) for id_ in index().get(wanted, ()))


def _unasked(_: roll.Registration) -> str:
    return ""


def roll_terms(
    store: Store,
    rules: Iterable[roll.RollRules],
    calendar: Calendar,
    judged: Callable[[roll.Registration], str] = _unasked,
    officials: Officials = UNCONCERNED,
) -> roll.Terms:
    """Return what rolls and registrations are judged by.

    `judged` tells what the law says of somebody's facts, `officials` who is concerned in an election on a roll.
    """
    of_person = registered_by(store, lambda one: one.person)
    of_roll = registered_by(store, lambda one: one.roll)
    return roll.Terms(tuple(rules), calendar, known_roll(store), of_person, of_roll, judged, officials)


def election_terms(
    store: Store,
    modes: Iterable[VotingMode],
    kin: Kinship = NOTHING_DECLARED,
    avoidance: Iterable[KinRules] = (),
) -> election.Terms:
    """Return what elections are judged by: the ways of voting, who stands on the rolls of the store, who is related."""
    of_person = registered_by(store, lambda one: one.person)
    of_roll = registered_by(store, lambda one: one.roll)

    def voter(id_: str, person: str) -> bool | None:
        if next(of_roll(id_), None) is None:
            return None
        return any(one.listed and one.registration.roll == id_ for one in of_person(person))

    def voters(id_: str) -> int | None:
        held = list(of_roll(id_))
        return sum(one.listed for one in held) if held else None

    by_roll = elections_by_roll(store)
    return election.Terms(tuple(modes), known_roll(store), voter, voters, by_roll, kin, tuple(avoidance))


def election_books(
    store: Store,
    rules: Iterable[roll.RollRules],
    modes: Iterable[VotingMode],
    calendar: Calendar,
    judged: Callable[[roll.Registration], str] = _unasked,
    kin: Kinship = NOTHING_DECLARED,
    avoidance: Iterable[KinRules] = (),
) -> ElectionBooks:
    """Return the books of rolls, registrations and elections over a store."""
    asked = election_terms(store, modes, kin, avoidance)
    terms = roll_terms(store, rules, calendar, judged, asked.officials())
    return ElectionBooks(
        Casebook(store, ROLLS, terms),
        Casebook(store, REGISTRATIONS, terms),
        Casebook(store, ELECTIONS, asked),
    )
