"""Titles to matters: suggestions with reasons, a calibrated score, an honest “none fits”."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.packs import Pack
from huaying_governance.responsibility import Confirmed, Match, Screener, TitleMatcher
from huaying_governance.responsibility.matching import CALIBRATION, chance, core, longest_common

DAY = date(2026, 3, 2)
TITLES = Path(__file__).parents[2] / "benchmarks" / "screening" / "titles.csv"


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("关于做好老年人关爱服务工作的通知", "老年人关爱服务"),
        ("转发《关于进一步加强消防安全宣传的意见》", "消防安全宣传"),
        ("请协助开展环境卫生整治", "环境卫生整治"),
        ("ＡＢＣ 2026年度工作", "abc"),
        ("通知", "通知"),
    ],
)
def test_wrappers_are_stripped(title: str, about: str) -> None:
    """What is left of a title is what it is about; a title of wrappers only stays as it is."""
    assert core(title) == about


def test_suggestions_have_reasons(pack: Pack) -> None:
    """A suggestion names the characters it rests on, best first, and only matters in force on the day."""
    found = pack.suggest("关于做好老年人关爱服务工作的通知", DAY, "dujiaping")
    assert found[0].code == "XZ03"
    assert found[0].score > 0.9
    assert set("老年人关爱服务") <= set(found[0].shared)
    assert pack.suggest("关于做好老年人关爱服务工作的通知", date(2020, 1, 1)) == ()
    assert pack.suggest("维修水电站机组", DAY) == ()
    assert pack.suggest("", DAY) == ()


def test_confirmed_titles_are_exact(pack: Pack) -> None:
    """What an officer has confirmed is known again under any wrapper, and helps no other title."""
    confirmed = Confirmed().confirm("关于做好“暖冬行动”的通知", "XZ01")
    matcher = TitleMatcher(pack.matters.names(), confirmed=confirmed)
    assert matcher.rank("请开展暖冬行动", 3) == (Match("XZ01", 1.0, "暖冬行动"),)
    assert matcher.rank("暖冬", 3) == ()
    assert confirmed.confirm("暖冬行动", "XZ02").get("暖冬行动") == "XZ02"
    assert TitleMatcher(pack.matters.names(), confirmed=confirmed.confirm("a", "gone")).rank("a", 1) == ()


def test_another_matcher_may_stand_in(pack: Pack) -> None:
    """Anything that ranks may be the matcher; what it suggests still has to be in force."""

    class Fixed:
        def rank(self, title: str, count: int) -> Sequence[Match]:
            return (Match("FM05", 0.9), Match("XZ02", 0.8), Match("nothing", 0.7))

    held = pack.screener
    assert held is not None
    judge = Screener(
        held.matters,
        held.organisations,
        held.communities,
        gate=held.gate,
        calendar=held.calendar,
        matcher=Fixed(),
    )
    assert [match.code for match in judge.suggest("x", date(2024, 1, 1))] == ["XZ02"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_longest_common_subsequence(a: str, b: str) -> None:
    """What is common is a subsequence of both, and of a text with itself the whole."""
    shared = longest_common(a, b)
    for text in (a, b):
        rest = iter(text)
        assert all(character in rest for character in shared)
    assert longest_common(a, a) == a


@given(st.floats(0, 1), st.floats(0, 1))
def test_chance_grows(one: float, two: float) -> None:
    """More likeness never means less chance; the calibration ends are 0 and 1."""
    assert (chance(min(one, two))) <= chance(max(one, two))
    assert (chance(0.0), chance(1.0), CALIBRATION[0], CALIBRATION[-1]) == (0.0, 1.0, (0.0, 0.0), (1.0, 1.0))


def test_accuracy_on_the_frozen_titles(pack: Pack) -> None:
    """On titles never looked at for tuning: the goals of top-1, and few foreign titles get a suggestion."""
    matcher = TitleMatcher(pack.matters.names())
    right: dict[str, list[bool]] = {}
    sure: list[tuple[float, bool]] = []
    with TITLES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["split"] == "frozen":
                found = matcher.rank(row["title"], 1)
                right.setdefault(row["part"], []).append((found[0].code if found else "") == row["code"])
                sure += [(found[0].score, found[0].code == row["code"])] if found else []
    rate = {part: sum(marks) / len(marks) for part, marks in right.items()}
    assert rate["plain"] >= 0.97
    assert rate["harsh"] >= 0.93
    assert rate["colloquial"] >= 0.75
    assert rate["foreign"] >= 0.75
    stated = sum(score for score, _ in sure) / len(sure)
    assert abs(stated - sum(ok for _, ok in sure) / len(sure)) < 0.1
