"""罢免情况: what stands against a request to recall, or what was decided, with grounds, clauses and a way on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.participation.recall import (
    ASKERS,
    RecallRules,
    RecallVote,
    Standing,
    Terms,
    asked_by_enough,
    least_askers,
)
from huaying_governance.text import Text


def judged(standing: Standing, terms: Terms) -> Ruling:
    """Return what stands against a request, or what was decided, with every ground, its clause and a way on."""
    rules, vote = terms.rules_of(standing.recall), terms.vote_of(standing.recall)
    if rules is None or vote is None:
        return Ruling("undetermined", missing=("recall-rules",))
    grounds = [*_of_asking(standing, rules), *_of_hearing(standing, rules), *_of_vote(standing, vote)]
    cures = tuple(Remedy(one.code, _CURES[one.code]) for one in grounds if one.code in _CURES)
    return Ruling(standing.state, tuple(grounds), remedies=cures)


CALLED: Mapping[str, Text] = {
    "too-few-askers": Text("联名人数不足", "too few have signed"),
    "no-statement": Text("没有书面理由", "no written reasons"),
    "too-many-papers": Text("收回选票多于发出，投票无效", "more papers came back than were given out"),
    "too-few-voted": Text("参加投票的人数不足", "too few voted"),
    "not-carried": Text("赞成票不足", "too few agreed"),
}
"""What stands against a recall, in short."""
_CURES: Mapping[str, Text] = {
    "too-few-askers": Text("补足联名人数后再提出", "let more sign, and hand it in again by `supplement`"),
    "no-statement": Text("补交书面理由，填写文书编号", "hand in the written reasons, and state their number"),
    "too-many-papers": Text("另定日期重新投票", "call another vote on another day"),
    "too-few-voted": Text(
        "不罢免；以后可以依法再次提出", "the member stays; it may be asked for again by the law"
    ),
    "not-carried": Text(
        "不罢免；以后可以依法再次提出", "the member stays; it may be asked for again by the law"
    ),
}


def _of_asking(standing: Standing, rules: RecallRules) -> Iterable[Ground]:
    enough = asked_by_enough(standing.supporters, standing.due, standing.recall.askers, rules)
    if enough is None:
        return
    values = {
        "part": standing.supporters,
        "whole": standing.due,
        "least": least_askers(standing, rules),
        "who": ASKERS[standing.recall.askers],
        "share": rules.asks[standing.recall.askers].title,
    }
    told = Text(
        "联名{part}人，应有{who}{whole}人的{share}，即{least}人",
        "{part} have signed; {share} of {whole} {who} are {least}",
    ).fill(**values)
    yield Ground(told, "" if enough else "too-few-askers", rules.asking)
    if not standing.statement:
        yield Ground(
            Text("没有书面说明理由", "no written reasons are handed in"), "no-statement", rules.stating
        )


def _of_hearing(standing: Standing, rules: RecallRules) -> Iterable[Ground]:
    if standing.vote_on is None:
        return
    told = {
        "defend": Text("本人已申辩", "the member has been heard"),
        "waive": Text("本人放弃申辩", "the member has waived being heard"),
        "": Text("已告知本人，期限内没有申辩", "the member was told, and has said nothing in time"),
    }
    yield Ground(told[standing.heard], "", rules.hearing)


_VOID = Text(
    "收回选票{returned}张，发出{issued}张，应投{due}人，投票无效",
    "{returned} papers came back, {issued} were given out to {due} people: the vote is void",
)
_TURNOUT = Text(
    "应投{due}人，投票{returned}人，须{share}", "of {due} entitled {returned} voted; needed is {share}"
)
_AGREED = Text(
    "投票{returned}人，赞成{agreed}人，须{share}", "of {returned} votes {agreed} agree; needed is {share}"
)


def _of_vote(standing: Standing, rules: RecallVote) -> Iterable[Ground]:
    vote = standing.vote
    if vote is None:
        return
    values = {"returned": vote.returned, "due": vote.due, "agreed": vote.agreed, "issued": vote.issued}
    if not vote.sound:
        yield Ground(_VOID.fill(**values), "too-many-papers", rules.voting)
        return
    enough = vote.enough(rules)
    told = _TURNOUT.fill(share=rules.turnout.title, **values)
    yield Ground(told, "" if enough else "too-few-voted", rules.voting)
    if enough:
        told = _AGREED.fill(share=rules.carry.title, **values)
        yield Ground(told, "" if vote.carries(rules) else "not-carried", rules.voting)
