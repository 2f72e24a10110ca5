"""Matching (人岗匹配): one seeker against 100,000 vacancies, and a fair of 2,000 seekers and 2,000 vacancies at once.

    python benchmarks/employment/bench_matching.py            needs the extra `matching` for the fair

One seeker: `rank` beside a loop that judges each pair in full and sorts; answers are compared first. The fair: `assign`
(as many as possible, then the highest sum of fits) beside first come, first served: each seeker in turn takes the best
vacancy that is left. All data are synthetic and made by a fixed seed. Medians of three runs; the fair is run once.
"""

from __future__ import annotations

import platform
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from huaying_governance import load_pack
from huaying_governance.employment.assignment import assign, fits
from huaying_governance.employment.matching import MatchRules, Offer, Seeker, pair, rank
from huaying_governance.employment.vacancy import SCHOOLING, Vacancy
from huaying_governance.kernel.geo import Point
from huaying_governance.packs.rules.vacancies import VacancyRules

T = TypeVar("T")
VACANCIES, FAIR, RUNS = 100_000, 2_000, 3
KINDS = [f"工种{number}" for number in range(32)]
PAPERS, SKILLS = ("叉车证", "电工证", "健康证"), ("装配", "焊接", "收银", "驾驶", "烹饪")


def place(chance: random.Random) -> Point:
    """Return somewhere within some thirty kilometres."""
    east, north = chance.randint(106_500_000, 107_100_000), chance.randint(30_100_000, 30_600_000)
    return Point(Decimal(east) / 10**6, Decimal(north) / 10**6)


def vacancy(chance: random.Random) -> Vacancy:
    """Return a vacancy of which now and then something is not stated."""
    low = chance.randint(25, 60) * 100
    return Vacancy(
        employer="示例",
        kind=chance.choice(KINDS),
        title="示例",
        on=date(2026, 10, 8),
        point=place(chance) if chance.random() < 0.95 else None,
        openings=chance.randint(1, 5),
        wage_low=Decimal(low),
        wage_high=Decimal(low + 1500),
        schooling=chance.choice(SCHOOLING[:5]),
        experience=chance.choice((0, 0, 0, 1, 3)),
        certificates=tuple(chance.sample(PAPERS, chance.choice((0, 0, 0, 1)))),
        abilities=tuple(chance.sample(SKILLS, chance.choice((0, 1, 2)))),
        night_shift=chance.choice((True, False, False, None)),
        home_work=chance.random() < 0.02,
    )


def seeker(chance: random.Random, number: int) -> Seeker:
    """Return a seeker of whom now and then something is not known."""
    return Seeker(
        id=f"p-{number:04}",
        point=place(chance),
        schooling=chance.choice(("", *SCHOOLING[1:])),
        experience=chance.choice((None, 0, 1, 2, 5)),
        certificates=chance.choice((None, (), ("健康证",), ("叉车证", "电工证"))),
        abilities=tuple(chance.sample(SKILLS, 2)),
        kinds=tuple(chance.sample(KINDS, 4)),
        least_wage=Decimal(chance.randint(25, 45) * 100),
        farthest=chance.choice((5, 15, 30, None)),
        night_shift=chance.choice((True, False, None)),
        bands=chance.choice(((), ("land_lost",), ("hard_to_employ",))),
    )


def timed(work: Callable[[], T], runs: int = RUNS) -> tuple[T, float]:
    """Return what the work gives, and the median of its times."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - began)
    return made, statistics.median(times)


def one_to_many(rules: MatchRules) -> None:
    """Rank the vacancies of a town for one seeker."""
    chance = random.Random(1)
    posts = [vacancy(chance) for _ in range(VACANCIES)]
    offers, prepared = timed(lambda: [Offer.of(f"V{n:06}", one) for n, one in enumerate(posts)], 1)
    print(f"one seeker, {VACANCIES:,} vacancies (made ready once in {prepared:.2f} s)")
    strict = Seeker(
        id="strict", schooling="junior", experience=0, certificates=(), farthest=5, point=place(chance),
        kinds=("工种1",), least_wage=Decimal(3500), night_shift=False, abilities=("装配",),
    )  # fmt: skip
    open_ = Seeker(id="open", point=place(chance), kinds=("工种1", "工种2"), abilities=("装配",))
    for who in (strict, open_, seeker(chance, 1)):
        best, quick = timed(lambda who=who: rank(who, offers, rules))

        def plainly(who: Seeker = who) -> list[str]:
            fitting = [one for offer in offers if not (one := pair(who, offer, rules)).blockers]
            far = 10**9
            fitting.sort(key=lambda one: (-one.fit, far if one.metres is None else one.metres, one.vacancy))
            return [one.vacancy for one in fitting[:20]]

        wanted, slow = timed(plainly, 1)
        assert [one.vacancy for one in best] == wanted
        print(f"  {who.id:8} rank {quick:6.3f} s   pair by pair {slow:6.2f} s   {slow / quick:5.1f} times")


def fair(rules: MatchRules) -> None:
    """Place the seekers of a fair."""
    chance = random.Random(2)
    people = [seeker(chance, number) for number in range(FAIR)]
    offers = [Offer.of(f"V{n:04}", vacancy(chance), 1) for n in range(FAIR)]
    table, judging = timed(lambda: fits(people, offers, rules), 1)
    plan, whole = timed(lambda: assign(people, offers, rules), 1)
    left, placed, total = set(range(FAIR)), 0, 0
    for row in table:
        best = max(left, key=lambda post: (row[post], -post), default=None)
        if best is not None and row[best]:
            left.remove(best)
            placed, total = placed + 1, total + row[best] - 1
    assert len(plan.pairs) >= placed
    print(f"a fair of {FAIR:,} seekers and {FAIR:,} vacancies of one opening each")
    print(f"  assign {whole:.1f} s, of which judging {FAIR * FAIR:,} pairs {judging:.1f} s")
    print(f"  placed {len(plan.pairs):,}, first come first served {placed:,}")
    print(
        f"  mean fit of the placed {plan.fit / len(plan.pairs):.0f}, first come first served {total / placed:.0f}"
    )


def main() -> None:
    """Run both."""
    stated = load_pack("huaying").rules(VacancyRules)
    assert stated is not None
    print(f"Python {platform.python_version()}, {platform.machine()}")
    one_to_many(stated.match)
    try:
        import scipy

        print(f"SciPy {scipy.__version__}")
    except ImportError:
        sys.exit("the fair needs the extra `matching`: pip install 'huaying-governance[matching]'")
    fair(stated.match)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
