"""岗位与匹配: repeats, kills and rows in any order: the results are those of an undisturbed run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from office import judged, results
from test_case_repeats import fragile, litter, seal
from vacancy_cases import THREE, Row, act, posted, seeker, vacancy

from folders import write

ON = "2026-11-23"


def tables() -> dict[str, list[Row]]:
    """Return a case with something of everything, refusals included."""
    posts = [vacancy(f"V{n}", openings=n, vacancy_kind=f"工种{n}") for n in range(1, 7)]
    posts += [vacancy("V7", conditions="限男性"), vacancy("V8", division="511623")]
    acts = [one for post in posts for one in posted(str(post["id"]))]
    acts += [
        act("V1", "2026-10-11", "fill", hired=1),
        act("V2", "2026-10-11", "edit", wage_low="3600"),
        act("V3", "2026-10-12", "take_down", reason="停招"),
        act("V4", "2026-10-12", "confirm", shown_on=THREE),
        act("V5", "2026-10-12", "take_down"),
    ]
    refer = {"role": "clerk", "actor": "a", "cause": "", "reason": "", "evidence": "x"}
    steps = [
        {**refer, "referral": f"R{n}", "at": f"2026-11-{n:02}T1{hour}:00", "action": action}
        for n in range(1, 5)
        for hour, action in enumerate(("consent", "refer", "hire"))
    ]
    return {
        "vacancies": posts,
        "vacancy_acts": acts,
        "seekers": [seeker(f"p-{n}", experience_years=n) for n in range(5)],
        "referrals": [
            {"id": f"R{n}", "person": f"p-{n}", "vacancy": f"V{n}", "at": f"2026-11-{n:02}T09:00"}
            for n in range(1, 5)
        ],
        "referral_acts": steps,
        "job_searches": [
            {
                "id": "S1",
                "longitude": "106.78",
                "latitude": "30.38",
                "within_metres": "3000",
                "band": "失地农民",
            }
        ],
    }


def folder(home: Path, held: dict[str, list[Row]]) -> Path:
    home.mkdir(parents=True)
    (home / "case.toml").write_text(f'[case]\ntitle = "t"\npack = "huaying"\non = {ON}\n', "utf-8")
    for name, rows in held.items():
        write(home, name, rows)
    return home


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A case folder, and the results of one undisturbed run."""
    home = tmp_path_factory.mktemp("vacancies")
    case = folder(home / "case", tables())
    judged(case, home / "out")
    return case, home / "out"


def test_run_again_changes_nothing(undisturbed: tuple[Path, Path]) -> None:
    """A second run writes the same bytes and adds nothing to the store."""
    case, out = undisturbed
    before, sealed = results(out), seal(out)
    assert {"vacancies.csv", "vacancy_stock.csv", "matches.csv", "referrals.csv"} <= before.keys()
    judged(case, out)
    assert (results(out), seal(out)) == (before, sealed)


def test_killed_anywhere_and_run_again(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """A run killed at any call, thrice on one store, and run again ends as an undisturbed run."""
    case, reference = undisturbed
    ran = fragile(-1, case, tmp_path / "count")
    assert ran.returncode == 0, ran.stderr
    calls, chance = int(ran.stdout.rsplit("calls ", 1)[1]), random.Random(5)
    out = tmp_path / "out"
    for limit in sorted(int(calls * chance.uniform(0.4, 0.9)) for _ in range(3)):
        assert fragile(limit, case, out).returncode in {-9, 0}
    judged(case, out)
    assert results(out) == results(reference)
    assert litter(out) == litter(reference)
    assert seal(out) == seal(reference)


def test_the_order_of_rows_changes_nothing(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """Acts are applied in the order of time, however they are listed; matches do not depend on the order of rows."""
    held = tables()
    for name in ("vacancy_acts", "referral_acts"):
        held[name] = held[name][::-1]
    judged(folder(tmp_path / "case", held), tmp_path / "out")
    here, there = results(tmp_path / "out"), results(undisturbed[1])
    for name in (
        "vacancies.csv",
        "vacancy_channels.csv",
        "vacancy_stock.csv",
        "matches.csv",
        "referrals.csv",
    ):
        assert here[name] == there[name]


def test_a_later_run_needs_only_what_is_new(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """The store keeps the vacancies: a month later seekers are matched and searches answered without their tables."""
    first = tables()
    later = {name: first.pop(name) for name in ("seekers", "job_searches")}
    for name in ("referrals", "referral_acts"):
        first.pop(name)
    out = tmp_path / "out"
    judged(folder(tmp_path / "one", first), out)
    judged(folder(tmp_path / "two", later), out)
    assert results(out)["job_search_results.csv"].count(b"\n") > 3
    assert results(out)["matches.csv"].count(b"\n") > 5
