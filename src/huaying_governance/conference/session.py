"""会议经过: how a meeting stands after each admitted act: who sits, who voted, what was decided and minuted."""

from __future__ import annotations

from attrs import evolve

from huaying_governance.conference.meeting import Decision, MeetingAct, MeetingStanding, Seat
from huaying_governance.conference.minutes import drafted
from huaying_governance.kernel.dates import day_of


def after_act(standing: MeetingStanding, act: MeetingAct, state: str) -> MeetingStanding:
    """Return how a meeting stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "place":
            kept = tuple(one for one in standing.deferred if one != act.item)
            agenda = standing.agenda if act.item in standing.agenda else (*standing.agenda, act.item)
            return evolve(moved, agenda=agenda, deferred=kept)
        case "notice":
            return evolve(moved, noticed_on=day_of(act.at))
        case "postpone":
            return evolve(moved, day=act.day or standing.day, noticed_on=None, seats=(), absences=())
        case "attend" | "proxy":
            seat = Seat(act.member, act.attending, act.action == "proxy")
            return evolve(moved, seats=(*standing.seats, seat))
        case "leave":
            return evolve(moved, seats=_without(standing, act))
        case "absent":
            return evolve(moved, absences=(*standing.absences, (act.member, act.reason)))
        case _:
            return _in_session(moved, act)


def _without(standing: MeetingStanding, act: MeetingAct) -> tuple[Seat, ...]:
    """Return the seats after a member has left: who leaves before the meeting opens never sat in it."""
    mine = standing.seat(act.member)
    if standing.state != "open":
        return tuple(one for one in standing.seats if one is not mine)
    return tuple(evolve(one, left=act.at) if one is mine else one for one in standing.seats)


def _in_session(standing: MeetingStanding, act: MeetingAct) -> MeetingStanding:
    match act.action:
        case "recuse":
            return evolve(standing, recusals=(*standing.recusals, (act.member, act.item)))
        case "vote":
            return evolve(standing, votes=(*standing.votes, (act.item, act.member, act.vote)))
        case "decide":
            return evolve(standing, decisions=(*standing.decisions, _decided(standing, act)))
        case "defer":
            return evolve(standing, deferred=(*standing.deferred, act.item))
        case "close":
            return evolve(standing, held_on=day_of(act.at), held_at=act.at)
        case "minute":
            made = drafted(standing.meeting.id, standing.minutes, act.text, act.actor, act.at, act.reason)
            return evolve(standing, minutes=(*standing.minutes, made), confirmed_on=None)
        case "confirm":
            return evolve(standing, confirmed_on=day_of(act.at))
        case _:
            return standing


def _decided(standing: MeetingStanding, act: MeetingAct) -> Decision:
    return Decision(
        act.item,
        act.outcome,
        act.at,
        len(standing.cast(act.item, "agree")),
        len(standing.cast(act.item, "abstain")),
        standing.cast(act.item, "oppose"),
        standing.recused(act.item),
        len(standing.present),
    )
