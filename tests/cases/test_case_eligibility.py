"""Eligibility as CASES fixes it, against brute force over everything that is unknown."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import oracle_eligibility as oracle
import pytest
from office import by, case, codes, judged, read

BODIES = ("residents_committee", "villagers_committee")
DAY = timedelta(days=1)
Resident = tuple[str, Mapping[str, object]]
"""The body and the facts, None where unknown; the community is dujiaping throughout."""


def cell(value: object) -> object:
    return {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, date) else value


def check(tmp_path: Path, polling: date, residents: Sequence[Resident]) -> None:
    rows = [
        {
            "person": f"R-{n}",
            "community": "dujiaping",
            "body": body,
            **{name: cell(facts[name]) for name in facts},
        }
        for n, (body, facts) in enumerate(residents)
    ]
    folder = case(tmp_path / "case", polling_day=polling.isoformat(), residents=rows)
    judged(folder, tmp_path / "out")
    got = by(read(tmp_path / "out" / "eligibility.csv"), "person")
    assert len(got) == len(residents)
    wrong = []
    for n, (body, facts) in enumerate(residents):
        outcome, missing = oracle.answer(facts, "dujiaping", body, polling)
        row = got[f"R-{n}"]
        told = codes(row["missing"])
        assert row["reason"]
        assert row["citation"]
        if (row["outcome"], sorted(told)) != (outcome, sorted(missing)):
            wrong.append(
                f"{body} {dict(facts)}\n  expected {outcome} {sorted(missing)}\n  got      {dict(row)}"
            )
        if outcome == "eligible" and body == "residents_committee":
            declared = "declare-registration" in codes(row["codes"])
            if declared != (facts["registered_elsewhere"] is True):
                wrong.append(f"declare-registration: {dict(facts)} {dict(row)}")
    assert not wrong, f"on {polling}: {len(wrong)} of {len(residents)} differ\n" + "\n".join(wrong[:5])


def everything(polling: date) -> list[Resident]:
    """Return every combination of yes, no and unknown of every fact that the body's rules can ask about."""
    old = oracle.FAR_PAST
    dates: tuple[object, ...] = (old, polling, None)
    found: list[Resident] = []
    flags: tuple[object, ...] = (True, False, None)
    hukou: tuple[object, ...] = ("dujiaping", "synthetic-2", None)
    adult = date(1980, 1, 1)
    for values in itertools.product(
        (adult, polling, None), hukou, dates, dates, flags, flags, flags, flags, flags
    ):
        facts = dict(zip(oracle.FACTS, values, strict=True))
        found += [(body, facts) for body in BODIES]
    return found


@pytest.mark.parametrize("polling", [date(2025, 12, 31), date(2026, 1, 1)])
def test_every_combination_of_known_and_unknown(tmp_path: Path, polling: date) -> None:
    """Row 44: outcome and missing facts equal brute force, by the law in force on the polling day."""
    rng = random.Random(polling.year)
    check(tmp_path, polling, rng.sample(everything(polling), 1200))


@pytest.mark.long
@pytest.mark.parametrize("polling", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 20)])
def test_every_combination_of_known_and_unknown_long(tmp_path: Path, polling: date) -> None:
    """Row 44: the same for all 39,366 combinations."""
    check(tmp_path, polling, everything(polling))


def edges(polling: date) -> list[Resident]:
    """Return residents with every date one day before, on and after what the law asks, all else fulfilled or not."""
    old = date(1950, 1, 1)
    turns = [date(polling.year - 18, polling.month, min(polling.day, 28)) + DAY * n for n in range(-2, 4)]
    lived = [polling - DAY * n for n in (0, -1, 1, 180, 181, 183, 184, 363, 364, 365, 366, 367)]
    worked = [polling - DAY * n for n in range(178, 188)] + [polling - DAY * n for n in range(363, 369)]
    found: list[Resident] = []
    for body, born, living, working in itertools.product(
        BODIES, [old, *turns], [old, *lived], [polling, *worked]
    ):
        facts = {
            "born": born,
            "hukou_community": "synthetic-3",
            "living_since": living,
            "worker_since": working,
            "confirmed": True,
            "applied": True,
            "meeting_consent": True,
            "registered_elsewhere": False,
            "rights": True,
        }
        found.append((body, facts))
    return found


@pytest.mark.parametrize(
    "polling",
    [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 2, 28),
        date(2028, 2, 29),
        date(2026, 8, 31),
        date(2026, 12, 20),
    ],
)
def test_a_day_before_on_and_after_every_threshold(tmp_path: Path, polling: date) -> None:
    """Row 44: 18 years, 183 days, six months, one year: the day before is too early, the day itself is enough."""
    found = edges(polling)
    check(tmp_path, polling, random.Random(polling.toordinal()).sample(found, 500))


@pytest.mark.parametrize(
    ("born", "polling", "outcome"),
    [
        ("2008-02-29", "2026-02-27", "ineligible"),
        ("2008-02-29", "2026-02-28", "eligible"),
        ("2008-03-01", "2026-02-28", "ineligible"),
        ("2008-03-01", "2026-03-01", "eligible"),
        ("2010-02-28", "2028-02-28", "eligible"),
        ("2010-03-01", "2028-02-29", "ineligible"),
        ("2008-11-23", "2026-11-23", "eligible"),
        ("2008-11-23", "2026-11-22", "ineligible"),
    ],
)
@pytest.mark.parametrize("body", BODIES)
def test_eighteen_on_the_polling_day(
    tmp_path: Path, born: str, polling: str, outcome: str, body: str
) -> None:
    """Row 44: somebody born on 29 February is 18 on 28 February; hukou in the community needs no application."""
    row = {
        "person": "R",
        "born": born,
        "hukou_community": "dujiaping",
        "community": "dujiaping",
        "body": body,
        "registered_elsewhere": "no",
        "rights": "yes",
    }
    judged(case(tmp_path / "case", polling_day=polling, residents=[row]), tmp_path / "out")
    assert read(tmp_path / "out" / "eligibility.csv")[0]["outcome"] == outcome


def test_the_same_resident_under_the_old_and_the_new_law(tmp_path: Path) -> None:
    """Row 44: two months of living here were enough until 2025-12-31, and are not from 2026-01-01."""
    row = {
        "person": "R",
        "born": "1990-01-01",
        "hukou_community": "synthetic-4",
        "community": "dujiaping",
        "body": "residents_committee",
        "living_since": "2025-11-01",
        "worker_since": "2025-11-01",
        "confirmed": "no",
        "applied": "yes",
        "registered_elsewhere": "no",
        "rights": "yes",
    }
    for polling, outcome in [("2025-12-31", "eligible"), ("2026-01-01", "ineligible")]:
        folder = case(tmp_path / polling, polling_day=polling, residents=[row])
        judged(folder, tmp_path / f"out-{polling}")
        assert read(tmp_path / f"out-{polling}" / "eligibility.csv")[0]["outcome"] == outcome


def test_ten_months_in_a_community_and_in_a_village(tmp_path: Path) -> None:
    """Row 44: ten months on 2026-03-01 are enough for a residents' committee, not yet for a village."""
    row = {
        "born": "1990-01-01",
        "hukou_community": "synthetic-4",
        "community": "dujiaping",
        "living_since": "2025-05-01",
        "worker_since": "2026-02-01",
        "confirmed": "no",
        "applied": "yes",
        "meeting_consent": "no",
        "registered_elsewhere": "no",
        "rights": "yes",
    }
    rows = [{"person": body, "body": body, **row} for body in BODIES]
    judged(case(tmp_path / "case", polling_day="2026-03-01", residents=rows), tmp_path / "out")
    got = by(read(tmp_path / "out" / "eligibility.csv"), "person")
    assert got["residents_committee"]["outcome"] == "eligible"
    assert got["villagers_committee"]["outcome"] == "ineligible"
