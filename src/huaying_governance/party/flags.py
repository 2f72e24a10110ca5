"""吹哨异常提示: patterns that a single whistle does not show; each is a note to look closer, never a finding of guilt.

Blown for what is declined, one matter split into many, everything called urgent; the same evidence for two arrivals,
work that is claimed done the moment somebody arrives, claims that the community keeps refusing, scores that never
differ. Who is named is a community or a body that was called, with the whistles concerned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.party.whistle import Act, Standing, Whistle
from huaying_governance.text import Text

K = TypeVar("K")


@frozen(kw_only=True)
class FlagRules:
    """异常提示规则 of a pack: how many days count, and how many of each make a note."""

    days: int
    splits: int
    declined: int
    urgent_least: int
    urgent_share: int
    claim_minutes: int
    rejected: int
    full_scores: int
    citation: Citation


@frozen
class Story:
    """哨的经过: a whistle as it stands, with every admitted act on it."""

    id: str
    standing: Standing
    acts: tuple[Act, ...] = field(default=())

    @property
    def whistle(self) -> Whistle:
        """What was blown."""
        return self.standing.whistle


@frozen
class Flag:
    """提示: which pattern, of whom, and the whistles in which it shows."""

    code: str
    who: str
    whistles: tuple[str, ...]


NOTES: Mapping[str, tuple[Text, Text]] = {
    "declined-often": (
        Text("{days}日内{n}次吹哨不予派哨", "{n} whistles within {days} days were not sent out"),
        Text("对照清单，先自办再吹哨", "compare the list, and blow for what it gives to others"),
    ),
    "split": (
        Text("同日向同一单位吹哨{n}次", "{n} whistles for the same bodies on one day"),
        Text("核对是否一事多哨，可合并办理", "see whether it is one matter, and handle it as one"),
    ),
    "urgent-often": (
        Text("{days}日内应急哨占{share}%", "{share} % of the whistles within {days} days were urgent"),
        Text("核对是否属紧急情形", "see whether they were emergencies"),
    ),
    "evidence-reused": (
        Text("同一凭据用于{n}个哨的到场", "one evidence of arrival for {n} whistles"),
        Text("核实是否到场", "check whether somebody was there"),
    ),
    "claimed-at-once": (
        Text("到场{minutes}分钟内报办结", "claimed done within {minutes} minutes of arrival"),
        Text("由社区到现场核实", "let the community look at the place"),
    ),
    "claims-refused": (
        Text("{n}次报办结未获社区确认", "{n} claims were not confirmed by the community"),
        Text("由街道督办", "let the subdistrict follow it up"),
    ),
    "scores-alike": (
        Text("连续{n}次满分", "{n} full scores in a row"),
        Text("抽查评分依据", "look at what the scores rest on"),
    ),
}
"""Every pattern: what it says, and what to do."""


def note(flag: Flag, rules: FlagRules) -> tuple[Text, Text]:
    """Return what a flag says and what to do about it."""
    text, cure = NOTES[flag.code]
    values = {
        "n": len(flag.whistles),
        "days": rules.days,
        "share": rules.urgent_share,
        "minutes": rules.claim_minutes,
    }
    return text.fill(**values), cure


def look_closer(stories: Iterable[Story], rules: FlagRules, on: date) -> tuple[Flag, ...]:
    """Return the notes of the days up to `on`, by code, then by whom."""
    begun = on - timedelta(days=rules.days)
    held = sorted(
        (one for one in stories if begun < day_of(one.whistle.at) <= on),
        key=lambda one: (one.whistle.at, one.id),
    )
    found = [each for kind in _KINDS for each in kind(held, rules)]
    return tuple(sorted(found, key=lambda one: (one.code, one.who, one.whistles)))


def _grouped(pairs: Iterable[tuple[K, str]], least: int) -> Iterator[tuple[K, tuple[str, ...]]]:
    """Yield the keys that stand with as many different whistles as `least`."""
    groups: dict[K, dict[str, None]] = {}
    for key, id_ in pairs:
        groups.setdefault(key, {})[id_] = None
    for key, ids in groups.items():
        if len(ids) >= least:
            yield key, tuple(ids)


def _declined(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    pairs = ((one.whistle.community, one.id) for one in held if one.standing.state == "declined")
    for who, ids in _grouped(pairs, rules.declined):
        yield Flag("declined-often", who, ids)


def _split(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    pairs = (
        ((one.whistle.community, day_of(one.whistle.at), tuple(sorted(one.standing.bodies))), one.id)
        for one in held
        if one.standing.bodies
    )
    for (who, *_), ids in _grouped(pairs, rules.splits):
        yield Flag("split", who, ids)


def _urgent(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    for who, ids in _grouped(((one.whistle.community, one.id) for one in held), rules.urgent_least):
        urgent = tuple(one.id for one in held if one.id in ids and one.whistle.kind == "urgent")
        if len(urgent) * 100 > rules.urgent_share * len(ids):
            yield Flag("urgent-often", who, urgent)


def _reused(held: Sequence[Story], _rules: FlagRules) -> Iterator[Flag]:
    pairs = (
        ((act.actor, act.evidence.strip()), one.id)
        for one in held
        for act in one.acts
        if act.action == "arrive"
    )
    for (who, _), ids in _grouped(pairs, 2):
        yield Flag("evidence-reused", who, ids)


def _at_once(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    limit = timedelta(minutes=rules.claim_minutes)
    for one in held:
        times: dict[str, datetime] = {}
        for act in one.acts:
            times.setdefault(act.action, act.at)
        if "arrive" in times and "claim" in times and times["claim"] - times["arrive"] < limit:
            yield Flag("claimed-at-once", one.standing.claimed_by, (one.id,))


def _refused(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    pairs = (
        (one.standing.claimed_by, one.id)
        for one in held
        if any(act.action == "verify" and act.satisfied is False for act in one.acts)
    )
    for who, ids in _grouped(pairs, rules.rejected):
        yield Flag("claims-refused", who, ids)


def _alike(held: Sequence[Story], rules: FlagRules) -> Iterator[Flag]:
    """The last scores of one community for one lead, as many as the rules name, all full."""
    scored: dict[tuple[str, str], list[Story]] = {}
    for one in held:
        if one.standing.score is not None:
            scored.setdefault((one.whistle.community, one.standing.lead), []).append(one)
    for (community, _), given in scored.items():
        last = given[-rules.full_scores :]
        if len(last) == rules.full_scores and all(one.standing.score == 5 for one in last):
            yield Flag("scores-alike", community, tuple(one.id for one in last))


_KINDS: tuple[Callable[[Sequence[Story], FlagRules], Iterator[Flag]], ...] = (
    *(_declined, _split, _urgent, _reused, _at_once, _refused, _alike),
)
