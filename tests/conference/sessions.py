"""Sessions of a conference, told briefly: items made ready, members seated, votes cast."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from huaying_governance.conference import (
    Item,
    ItemAct,
    Meeting,
    MeetingAct,
    Office,
    Resolution,
    ResolutionAct,
    resolution,
)
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI

JC = "joint-conference"
MEMBERS = (
    *("organization-dept", "governance-office", "civil-affairs", "political-legal", "finance"),
    *("human-resources", "housing", "urban-management", "shuanghe"),
)
"""The members of the shipped conference; the representative of the n-th is `Rn`."""
FIRST, DAY = date(2026, 9, 1), date(2026, 9, 21)


def at(day: date, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI) + timedelta(minutes=minute)


def rep(member: str) -> str:
    return f"R{MEMBERS.index(member) + 1}"


def act(action: str, role: str = "member", minute: int = 0, day: date = DAY, **more: object) -> MeetingAct:
    new = {"day" if key == "new_day" else key: value for key, value in more.items()}
    new.setdefault("actor", "S1")
    return MeetingAct(action=action, at=at(day, minute), role=role, **new)  # type: ignore[arg-type]


def item(category: str = "routine", **more: object) -> Item:
    said: dict[str, object] = {
        "conference": JC,
        "title": "示例议题",
        "proposer": "civil-affairs",
        "on": FIRST,
    }
    return Item(category=category, **(said | more))  # type: ignore[arg-type]


def item_act(action: str, role: str = "secretariat", day: date = FIRST, **more: object) -> ItemAct:
    return ItemAct(action=action, at=at(day), role=role, **({"actor": "governance-office"} | more))  # type: ignore[arg-type]


def ready(office: Office, *ids: str, category: str = "routine", **more: object) -> None:
    """Propose and screen items."""
    for id_ in ids:
        office.items.open(id_, item(category, **more))
        office.items.act(id_, item_act("screen"))


def meeting(id_: str = "M1", kind: str = "plenary", day: date = DAY, **more: object) -> Meeting:
    return Meeting(id=id_, conference=JC, kind=kind, planned_on=FIRST, day=day, **more)  # type: ignore[arg-type]


def called(office: Office, *items: str, id_: str = "M1", day: date = DAY, kind: str = "plenary") -> None:
    """Plan a meeting with these items, and give notice ten days before."""
    site = "杜家坪社区" if kind == "site" else ""
    office.meetings.open(id_, meeting(id_, kind, day, site=site))
    before = max(FIRST, day - timedelta(days=10))
    for one in items:
        office.meetings.act(id_, act("place", "secretariat", day=before, item=one))
    office.meetings.act(id_, act("notice", "secretariat", 1, before))


def seated(office: Office, *members: str, id_: str = "M1", day: date = DAY) -> None:
    """Let the representatives of these members come."""
    for one in members:
        office.meetings.act(id_, act("attend", day=day, member=one, attending=rep(one)))


def opened(office: Office, *items: str, present: int = 9, id_: str = "M1", day: date = DAY) -> None:
    """Hold a meeting of these items up to its opening, the first members present."""
    called(office, *items, id_=id_, day=day)
    seated(office, *MEMBERS[:present], id_=id_, day=day)
    office.meetings.act(id_, act("open", "convener", day=day))


def voted(office: Office, about: str, votes: str, id_: str = "M1", day: date = DAY) -> None:
    """Cast the votes of the first members: `y` agrees, `n` opposes, `-` abstains, `.` does not vote."""
    words = {"y": "agree", "n": "oppose", "-": "abstain"}
    for member, vote in zip(MEMBERS, votes, strict=False):
        if vote != ".":
            office.meetings.act(id_, act("vote", day=day, member=member, item=about, vote=words[vote]))


def decided(office: Office, about: str, outcome: str = "carried", id_: str = "M1", day: date = DAY) -> None:
    office.meetings.act(id_, act("decide", "convener", day=day, item=about, outcome=outcome, reason="示例"))


def carried(office: Office, about: str = "A1", id_: str = "M1") -> None:
    """Carry one routine item, and close the meeting."""
    ready(office, about)
    opened(office, about, id_=id_)
    voted(office, about, "y", id_)
    decided(office, about, id_=id_)
    office.meetings.act(id_, act("close", "convener"))


def resolved(lead: str = "housing", due: date | None = date(2026, 10, 21), **more: object) -> Resolution:
    """Return a resolution of the day of the meeting, thirty days to its deadline."""
    said: dict[str, object] = {
        "item": "A1",
        "meeting": "M1",
        "text": "示例事项",
        "measure": "完成三处",
        "on": DAY,
    }
    return resolution(leads=(lead,), due=due, **(said | more))  # type: ignore[arg-type]


def follow(action: str, role: str, after: int = 0, **more: object) -> ResolutionAct:
    """Return an act on a resolution, some days after the meeting, an hour later than it."""
    said: dict[str, object] = {"actor": "housing" if role == "lead" else "governance-office"}
    moment = at(DAY + timedelta(days=after), 60)
    return ResolutionAct(action=action, at=moment, role=role, **(said | more))  # type: ignore[arg-type]


def refused(book: object, id_: str, one: object) -> tuple[str, ...]:
    """Return the codes of a refusal; nothing may have changed."""
    before = book.standing(id_)  # type: ignore[attr-defined]
    with pytest.raises(Refused) as caught:
        book.act(id_, one)  # type: ignore[attr-defined]
    assert book.standing(id_) == before  # type: ignore[attr-defined]
    assert all(remedy.text.zh and remedy.text.en for remedy in caught.value.ruling.remedies)
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.grounds)
    return caught.value.ruling.codes
