"""吹哨异常提示: each pattern at its bound, and nothing beyond a note."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.flags import NOTES, Story, look_closer, note
from huaying_governance.party.whistle import Act, Standing, Whistle

ON = date(2026, 11, 23)
NINE = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)
FLAGS = RULES.flags


def story(
    id_: str, at: datetime = NINE, kind: str = "daily", acts: tuple[Act, ...] = (), **more: Any
) -> Story:
    whistle = Whistle(community="c", kind=kind, responder="department", matter="m", at=at)
    return Story(id_, Standing(whistle=whistle, **more), acts)


def act(action: str, minutes: int = 0, **more: Any) -> Act:
    return Act(
        action=action,
        at=NINE + timedelta(minutes=minutes),
        actor="d",
        role="responder",
        **{"evidence": "e", **more},
    )


def codes(stories: list[Story]) -> list[str]:
    return [one.code for one in look_closer(stories, FLAGS, ON)]


@pytest.mark.parametrize(("number", "code"), [(2, []), (3, ["declined-often"]), (4, ["declined-often"])])
def test_blown_for_what_is_declined(number: int, code: list[str]) -> None:
    """滥吹: three whistles within ninety days that were not sent out; older ones do not count."""
    held = [story(f"W{n}", NINE - timedelta(days=n), state="declined") for n in range(number)]
    assert codes(held) == code
    old = NINE - timedelta(days=90)
    assert (
        codes(
            [evolve(one, standing=evolve(one.standing, whistle=evolve(one.whistle, at=old))) for one in held]
        )
        == []
    )


@pytest.mark.parametrize(("number", "code"), [(2, []), (3, ["split"])])
def test_one_matter_split_into_many(number: int, code: list[str]) -> None:
    """拆分: three whistles of one day for the same bodies; on different days, or for others, it is none."""
    held = [story(f"W{n}", NINE + timedelta(minutes=n), bodies=("d", "e")) for n in range(number)]
    assert codes(held) == code
    assert codes([story(f"W{n}", NINE - timedelta(days=n), bodies=("d", "e")) for n in range(number)]) == []
    assert codes([story(f"W{n}", bodies=(f"d{n}",)) for n in range(number)]) == []


@pytest.mark.parametrize(("urgent", "of", "code"), [(3, 5, []), (4, 5, ["urgent-often"]), (4, 4, [])])
def test_everything_called_urgent(urgent: int, of: int, code: list[str]) -> None:
    """More than sixty per cent urgent of five whistles or more; of four nothing is said."""
    held = [story(f"W{n}", NINE - timedelta(days=n), "urgent" if n < urgent else "daily") for n in range(of)]
    assert codes(held) == code


def test_one_evidence_for_two_arrivals() -> None:
    """虚假到场: the same body shows the same evidence for two whistles; the same twice for one is none."""
    arrive = act("arrive")
    held = [story("W1", acts=(arrive, arrive)), story("W2", NINE - timedelta(days=1), acts=(arrive,))]
    (flag,) = look_closer(held, FLAGS, ON)
    assert (flag.code, flag.who, set(flag.whistles)) == ("evidence-reused", "d", {"W1", "W2"})
    assert codes(held[:1]) == []


@pytest.mark.parametrize(("minutes", "code"), [(9, ["claimed-at-once"]), (10, [])])
def test_claimed_the_moment_somebody_arrived(minutes: int, code: list[str]) -> None:
    """Done within ten minutes of arrival looks too quick; at ten minutes it does not."""
    assert codes([story("W1", acts=(act("arrive"), act("claim", minutes)), claimed_by="d")]) == code


@pytest.mark.parametrize(("number", "code"), [(1, []), (2, ["claims-refused"])])
def test_claims_that_the_community_refuses(number: int, code: list[str]) -> None:
    """Two whistles whose claim the community did not confirm."""
    refused = (act("verify", satisfied=False),)
    held = [story(f"W{n}", NINE - timedelta(days=n), acts=refused, claimed_by="d") for n in range(number)]
    assert codes(held) == code


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ((5,) * 4, []),
        ((5,) * 5, ["scores-alike"]),
        ((4, 5, 5, 5, 5, 5), ["scores-alike"]),
        ((5,) * 5 + (4,), []),
    ],
)
def test_scores_that_never_differ(scores: tuple[int, ...], code: list[str]) -> None:
    """The last five scores of a community for one lead, all full."""
    held = [
        story(f"W{n}", NINE - timedelta(days=9 - n), lead="d", score=score) for n, score in enumerate(scores)
    ]
    assert codes(held) == code


@given(
    st.lists(
        st.builds(
            lambda n, days, kind, state, bodies: story(
                f"W{n}", NINE - timedelta(days=days), kind, state=state, bodies=bodies
            ),
            st.integers(0, 99),
            st.integers(0, 120),
            st.sampled_from(["urgent", "daily", "hard"]),
            st.sampled_from(["drafted", "declined", "closed"]),
            st.sampled_from([(), ("d",), ("d", "e")]),
        ),
        max_size=15,
        unique_by=lambda one: one.id,
    ),
    st.randoms(),
)
def test_flags_do_not_depend_on_the_order_and_say_what_to_do(held: list[Story], chance: Any) -> None:
    """Any order of the same whistles gives the same notes; each names whistles that exist and a remedy."""
    found = look_closer(held, FLAGS, ON)
    mixed = list(held)
    chance.shuffle(mixed)
    assert look_closer(mixed, FLAGS, ON) == found
    for one in found:
        assert set(one.whistles) <= {each.id for each in held}
        text, cure = note(one, FLAGS)
        assert text.zh
        assert text.en
        assert cure.zh
        assert "{" not in text.zh + text.en


def test_notes_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Three whistles of a day that were not sent out make one note, with a remedy; every pattern has its words."""
    assert all(text.zh and text.en and cure.zh and cure.en for text, cure in NOTES.values())
    row = {"community": "dujiaping", "kind": "daily", "responder": "department", "matter": "",
           "at": "2026-11-20T09:00"}  # fmt: skip
    step = {
        "at": "2026-11-20T10:00",
        "action": "不予派哨",
        "actor": "c",
        "role": "街道指挥中心",
        "reason": "自办",
    }
    out = office(
        whistles=[{"id": f"W{n}", **row} for n in range(3)],
        whistle_acts=[{"whistle": f"W{n}", **step} for n in range(3)],
    )
    (told,) = out["whistle_flags"]
    assert (told["flag"], told["noted_of"], told["count"], told["whistles_of"]) == (
        "declined-often",
        "dujiaping",
        "3",
        "W0;W1;W2",
    )
    assert "可以" in told["reason"]
