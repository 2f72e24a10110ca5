"""乐业 from outside: repeats, kills, partial runs, faulty packs: results are those of an undisturbed run."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_case_repeats import fragile

import huaying_governance as hg
from employing import HOME, rows
from folders import results, write
from huaying_governance.packs import loading

SHIPPED = Path(hg.__file__).parent / "packs" / "huaying"
CASE = '[case]\ntitle = "示例（合成数据）"\npack = "{pack}"\non = {on}\n'
WHEN = date(2026, 3, 2)
OFFICE = {"actor": "o-1", "role": "office", "evidence": "e"}
STATION = {"actor": "s-1", "role": "station", "evidence": "e"}
TABLES: dict[str, list[dict[str, Any]]] = {
    "training_needs": [{"person": "p-1", "community": HOME, "specialty": "电商", "date": WHEN}],
    "training_classes": [
        {
            "id": "C1",
            "community": HOME,
            "specialty": "电商",
            "skill_level": "special",
            "institution": "i-1",
            "class_places": 20,
            "theory_hours": 2,
            "practice_hours": 3,
            "date": WHEN,
        }
    ],
    "training_acts": rows(
        "training_class", "C1", WHEN, [{"action": "plan", **OFFICE}, {"action": "claim", **OFFICE}]
    ),
    "training_sessions": [
        {
            "id": f"S{n}",
            "specialty": "电商",
            "training_class": "C1",
            "teacher": "t-1",
            "from_at": f"2026-03-{10 + n}T09:00",
            "to_at": f"2026-03-{10 + n}T11:15",
        }
        for n in range(2)
    ],
    "training_signins": [
        {"session": f"S{n}", "person": f"p-{m}", "signed_in": f"2026-03-{10 + n}T08:5{m}"}
        for n in range(2)
        for m in range(3)
    ],
    "trainees": [
        {
            "training_class": "C1",
            "person": f"p-{n}",
            "assessed": "yes",
            "certificate": f"z-{n}",
            "training_claim": f"k-{n}",
            "claimed_on": "2026-04-01",
        }
        for n in range(3)
    ],
    "fairs": [
        {
            "id": "F1",
            "community": HOME,
            "fair_organiser": "o-1",
            "fair_on": "2026-05-20",
            "expected_heads": 2000,
            "free_of_charge": "yes",
            "date": WHEN,
        }
    ],
    "fair_acts": rows(
        "fair",
        "F1",
        WHEN,
        [{"action": "check", "risk_checked": "yes", **OFFICE}, {"action": "announce", **OFFICE}],
    ),
    "placements": [
        {
            "id": f"P{n}",
            "person": f"p-{n}",
            "community": HOME,
            "fair": "F1",
            "agency": "A1",
            "employer": "e-1",
            "date": WHEN,
        }
        for n in range(3)
    ],
    "placement_acts": [
        row
        for n in range(3)
        for row in rows(
            "placement",
            f"P{n}",
            WHEN,
            [{"action": one, **STATION} for one in ("submit", "intend", "sign", "settle")],
        )
    ],
    "agencies": [
        {
            "id": "A1",
            "licence_no": "l-1",
            "licence_to": "2027-01-01",
            "publicised": "yes",
            "charges_seekers": "no",
            "keeps_deposit": "no",
            "serving_since": WHEN,
            "ledger_from": WHEN,
        }
    ],
    "agency_outreach": [{"agency": "A1", "community": HOME, "date": WHEN, "reached_heads": 30}],
    "gigs": [
        {
            "id": "G1",
            "community": HOME,
            "gig_giver": "e-1",
            "gig_task": "搬运",
            "work_on": "2026-03-04",
            "gig_pay": "200",
            "pay_by": "",
            "date": WHEN,
        }
    ],
    "gig_acts": rows(
        "gig",
        "G1",
        WHEN,
        [
            {"action": "take", "actor": "p-1", "role": "worker", "evidence": "", "amount": ""},
            {"action": "complete", "day": 2, **STATION},
            {"action": "pay", "day": 3, **STATION, "amount": "300"},
        ],
    ),
    "public_placements": [
        {
            "id": f"U{n}",
            "person": "p-9",
            "public_post": "post-1",
            "job_kind": "网格员",
            "community": HOME,
            "hardship": "landless",
            "hardship_evidence": "h",
            "born": "1980-01-01",
            "retirement_group": "男",
            "registered_unemployed": "yes",
            "employed_elsewhere": "no",
            "earlier_placements": 1,
            "date": WHEN,
        }
        for n in range(2)
    ],
    "public_post_acts": [
        row
        for n in range(2)
        for row in rows(
            "public_placement",
            f"U{n}",
            WHEN,
            [
                {"action": "check", "suitable": "yes", **OFFICE},
                {"action": "publicise", **OFFICE},
                {"action": "start", "day": 20 + n, "until_on": "2028-01-01", **OFFICE},
            ],
        )
    ],
    "job_lots": [
        {
            "id": "J1",
            "job_kind": "家政",
            "community": HOME,
            "jobs": 4,
            "filled_jobs": 1,
            "from": WHEN,
            "to": "",
        }
    ],
}


def folder(
    home: Path, on: str = "2026-06-30", pack: str = "huaying", **changes: list[dict[str, Any]]
) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    (home / "case.toml").write_text(CASE.format(on=on, pack=pack), "utf-8")
    for name, held in {**TABLES, **changes}.items():
        write(home, name, held)
    return home


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A case folder of every table of this part, and the bytes of one undisturbed run of it."""
    home = tmp_path_factory.mktemp("undisturbed")
    hg.run_case(folder(home / "case"), home / "out")
    return home / "case", written(home / "out")


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.csv")}


def test_every_table_of_this_part_is_answered(undisturbed: tuple[Path, dict[str, bytes]]) -> None:
    """Each of the twenty results is written; refusals are among them."""
    names = {name.removesuffix(".csv") for name in undisturbed[1]}
    assert len(names) == 20
    refused = [name for name in names if name.startswith("refused")]
    assert len(refused) == 5
    assert all(undisturbed[1][f"{name}.csv"].count(b"\n") > 1 for name in refused)


@pytest.mark.parametrize("part", [0.6, 0.8, 0.94])
def test_a_killed_run_is_run_again_to_the_same_end(
    undisturbed: tuple[Path, dict[str, bytes]], calls: int, tmp_path: Path, part: float
) -> None:
    """Killed anywhere and run again, the case ends as if nothing had happened."""
    ran = fragile(int(calls * part), undisturbed[0], tmp_path / "out")
    assert ran.returncode < 0
    hg.run_case(undisturbed[0], tmp_path / "out")
    assert written(tmp_path / "out") == undisturbed[1]


@pytest.fixture(scope="module")
def calls(undisturbed: tuple[Path, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls an undisturbed run makes."""
    ran = fragile(-1, undisturbed[0], tmp_path_factory.mktemp("calls") / "out")
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout.rsplit("calls ", 1)[1])


def test_month_by_month_is_all_at_once(undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """The store goes on: a run in March and one in June end as one run in June, whatever was dated later then."""
    folder(tmp_path / "case", on="2026-03-04")
    hg.run_case(tmp_path / "case", tmp_path / "out")
    folder(tmp_path / "case")
    hg.run_case(tmp_path / "case", tmp_path / "out")
    assert written(tmp_path / "out") == undisturbed[1]


def test_a_fair_of_an_earlier_month_is_known(tmp_path: Path) -> None:
    """A placement may name a fair that only the store knows; one that nobody knows is a problem."""
    hg.run_case(folder(tmp_path / "case"), tmp_path / "out")
    other = [{**TABLES["fairs"][0], "id": "F2"}]
    more = [*TABLES["placements"], {**TABLES["placements"][0], "id": "P9", "person": "p-9"}]
    folder(tmp_path / "case", fairs=other, fair_acts=[], placements=more)
    (tmp_path / "case" / "fair_acts.csv").unlink()
    hg.run_case(tmp_path / "case", tmp_path / "out")
    assert {row["id"] for row in results(tmp_path / "out")["placements"]} >= {"P9"}
    folder(
        tmp_path / "case", fairs=other, placements=[{**more[0], "id": "P10", "fair": "F9"}], placement_acts=[]
    )
    (tmp_path / "case" / "placement_acts.csv").unlink()
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(tmp_path / "case", tmp_path / "out")
    assert "unknown-fair" in {one.code for one in caught.value.problems}


def test_content_that_was_changed_is_a_problem(tmp_path: Path) -> None:
    """An id that was answered keeps its content, in every table whose rows open a case."""
    hg.run_case(folder(tmp_path / "case"), tmp_path / "out")
    openings = {
        "training_classes": {"class_places": 21},
        "fairs": {"expected_heads": 10},
        "placements": {"employer": "e-2"},
        "gigs": {"gig_pay": "201"},
        "public_placements": {"public_post": "post-2"},
    }
    changed = {name: [{**TABLES[name][0], **cells}, *TABLES[name][1:]] for name, cells in openings.items()}
    folder(tmp_path / "case", **changed)
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(tmp_path / "case", tmp_path / "out")
    assert [one.code for one in caught.value.problems] == ["content-changed"] * len(openings)


def test_a_partial_run_withholds_what_waits_for_a_mended_row(tmp_path: Path) -> None:
    """A bad sign-in withholds its session, a bad trainee the person, a bad act its case; the others are done."""
    folder(
        tmp_path / "case",
        training_signins=[
            *TABLES["training_signins"],
            {"session": "S1", "person": "p-1", "signed_in": "soon"},
        ],
        trainees=[*TABLES["trainees"], {**TABLES["trainees"][0], "assessed": "perhaps"}],
        placement_acts=[*TABLES["placement_acts"], {**TABLES["placement_acts"][0], "date": "soon"}],
    )
    summary = hg.run_case(tmp_path / "case", tmp_path / "out", partial=True)
    assert summary.problem_count == 3
    found = results(tmp_path / "out")
    assert found["training_performance"][-1]["sessions"] == "1"
    assert [row["person"] for row in found["trainees"]] == ["p-1", "p-2"]
    assert [row["id"] for row in found["placements"]] == ["P1", "P2"]


def test_english_results(tmp_path: Path) -> None:
    """The same case in English: the reasons and titles are English, the figures the same."""
    hg.run_case(folder(tmp_path / "case"), tmp_path / "out", lang="en")
    found = results(tmp_path / "out")
    assert "fewer than" in found["training_demand"][0]["reason"]
    assert found["job_stock"][0]["kind_title"] == "domestic service"


def pack(home: Path, *changes: tuple[str, str]) -> Path:
    shutil.copytree(SHIPPED, home)
    text = (home / "employment.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (home / "employment.toml").write_text(text, "utf-8")
    return home


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("second_months = 6", "second_months = 3", "unsound-rules"),
        ("city_over = 5000", "city_over = 999", "unsound-rules"),
        ("last_warning = 30", "last_warning = 90", "unsound-rules"),
        ('group = "women_55"', 'group = "men"', "duplicate-id"),
        ('id = "childcare"', 'id = "domestic"', "duplicate-id"),
        ('limits_source = "training-limits"', 'limits_source = "nowhere"', "unknown-source"),
        ('group = "women_55"', 'group = "children"', "not-one-of"),
        ("a_year = 3", "a_year = 0", "out-of-range"),
        ("a_year = 3", "per_year = 3", "unknown-key"),
        ("[gigs]", "[gigs", "toml-syntax"),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Figures that contradict each other, ids stated twice, unknown sources and keys: with file and cure."""
    told = [one for one in loading.check_pack(pack(tmp_path / "place", (old, new))) if one.code == code]
    assert told
    assert "employment.toml" in told[0].place.file
    assert told[0].cure.zh
    assert told[0].cure.en


def test_another_place_states_other_figures(tmp_path: Path) -> None:
    """No Python: with other figures in the pack the same rows are answered otherwise."""
    pack(
        tmp_path / "case" / "place",
        ("suggest_from = 30", "suggest_from = 1"),
        ("permit_from = 1000", "permit_from = 2001"),
        ("arrears_days = 7", "arrears_days = 300"),
        ("placements = 2", "placements = 1"),
    )
    hg.run_case(folder(tmp_path / "case", pack="place"), tmp_path / "out")
    found = results(tmp_path / "out")
    assert found["training_demand"][0]["outcome"] == "proposed"
    assert (found["fairs"][0]["permit_by"], found["fairs"][0]["state"]) == ("", "announced")
    assert found["gig_arrears"] == []
    assert {row["state"] for row in found["public_post_ledger"]} == {"applied"}


def test_without_rules_nothing_is_judged(tmp_path: Path) -> None:
    """A pack without `employment.toml`: every row of this part is a problem; without such tables the case runs."""
    home = tmp_path / "case"
    place = pack(home / "place")
    (place / "employment.toml").unlink()
    (home / "case.toml").write_text(CASE.format(on="2026-06-30", pack="place"), "utf-8")
    hg.run_case(home, tmp_path / "empty")
    folder(home, pack="place")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(home, tmp_path / "out")
    assert {one.code for one in caught.value.problems} == {"no-employment-rules"}
    assert len(caught.value.problems) == sum(map(len, TABLES.values()))
    hg.run_case(home, tmp_path / "partial", partial=True)
    assert (tmp_path / "partial" / "problems.csv").exists()


def test_tables_that_hold_only_a_header_are_no_problem(tmp_path: Path) -> None:
    """Nothing to judge, nothing reported as wrong."""
    (tmp_path / "case.toml").write_text(CASE.format(on="2026-06-30", pack="huaying"), "utf-8")
    for name, held in TABLES.items():
        write(tmp_path, name, held)
        text = (tmp_path / f"{name}.csv").read_text("utf-8")
        (tmp_path / f"{name}.csv").write_text(text.splitlines()[0] + "\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems
