"""岗位与匹配规则 of a pack: what is wrong with a `vacancies.toml` is told; without one nothing is judged."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from vacancy_cases import posted, seeker, vacancy

import huaying_governance as hg
from folders import write
from huaying_governance.packs import check_pack
from huaying_governance.packs.rules.vacancies import VacancyRules

SHIPPED = Path(hg.__file__).parent / "packs" / "huaying"
WAGE = '[[minimum_wage]]\ncode = "511681"\nmonthly = "1970.5"\nhourly = 19\nfrom = 2026-01-01\nsource = "synthetic"\n'


def pack(folder: Path, *changes: tuple[str, str], more: str = "") -> Path:
    shutil.copytree(SHIPPED, folder)
    path = folder / "vacancies.toml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text + "\n" + more, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('home = "511681"', 'home = "51168"', "bad-division"),
        ('code = "511623"', 'code = "999999"', "bad-division"),
        ('longitude = "106.78"', 'longitude = "206.78"', "bad-centre"),
        ('longitude = "106.78"\n', "", "bad-centre"),
        ('centre_source = "neighbours"', 'centre_source = "nowhere"', "unknown-source"),
        ("near_km = 3", "near_km = 30", "unsound-rules"),
        ("kind = 25\ndistance = 20\nwage = 20\nskills = 20\nschedule = 5\npriority = 10",
         "kind = 0\ndistance = 0\nwage = 0\nskills = 0\nschedule = 0\npriority = 0", "unsound-rules"),
        ('source = "employment2015#53"', 'source = "nowhere"', "unknown-source"),
        ('schooling = "junior"', 'schooling = "clever"', "not-one-of"),
        ('match = ["试用……#折"]', 'match = ["试用……[#折"]', "bad-pattern"),
        ('match = ["试用……#折"]', 'match = ["……"]', "bad-pattern"),
        ('match = ["试用……#折"]', "match = []", "out-of-range"),
        ('gravity = "bar"', 'gravity = "ban"', "not-one-of"),
        ("most_days = 90", "most_days = 0", "out-of-range"),
        ("[posting]", "[posting", "toml-syntax"),
        ("[posting]", "[postings]", "unknown-key"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A code that is none, weights of nothing, a pattern with an unpaired bracket…: each with file and cure."""
    found = check_pack(pack(tmp_path / "place", (old, new)))
    told = next(one for one in found if one.code == code)
    assert "vacancies.toml" in told.place.file
    assert told.message.zh
    assert told.message.en
    assert told.cure.zh
    assert told.cure.en


def test_a_bad_minimum_wage_is_told(tmp_path: Path) -> None:
    """A minimum wage for no division is told; a sound one is exact, with its hourly figure or without."""
    bad = check_pack(pack(tmp_path / "bad", more=WAGE.replace("511681", "5116")))
    assert [one.code for one in bad] == ["bad-division"]
    for name, text, hourly in (
        ("both", WAGE, Decimal(19)),
        ("one", WAGE.replace("hourly = 19\n", ""), None),
    ):
        rules = hg.load_pack(pack(tmp_path / name, more=text)).rules(VacancyRules)
        assert rules is not None
        assert [(one.monthly, one.hourly) for one in rules.posting.minimum_wages] == [
            (Decimal("1970.5"), hourly)
        ]


def test_a_region_without_a_centre(tmp_path: Path) -> None:
    """The centre may be left out: then no distance is told, and all else stays."""
    centre = 'longitude = "106.78"\nlatitude = "30.38"\n'
    place = pack(tmp_path / "place", (centre, ""), ('centre_source = "neighbours"\n', ""))
    rules = hg.load_pack(place).rules(VacancyRules)
    assert rules is not None
    assert rules.posting.centre is None


def test_without_rules_nothing_is_judged(tmp_path: Path) -> None:
    """A pack without `vacancies.toml`: every table of vacancies is a problem, and a case without them runs."""
    case = tmp_path / "case"
    case.mkdir()
    (pack(case / "place") / "vacancies.toml").unlink()
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "place"\non = 2026-11-23\n', "utf-8")
    hg.run_case(case, tmp_path / "empty")
    tables = {
        "vacancies": [vacancy()],
        "vacancy_acts": posted()[:1],
        "seekers": [seeker()],
        "referrals": [{"id": "R1", "person": "p-1", "vacancy": "V1", "at": "2026-11-02T09:00"}],
        "referral_acts": [
            {"referral": "R1", "at": "2026-11-02T10:00", "action": "consent", "actor": "a", "role": "clerk"}
        ],
        "job_searches": [{"id": "S1"}],
        "matching_rounds": [{"id": "M1", "date": "2026-11-20"}],
    }
    for name, rows in tables.items():
        write(case, name, rows)
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, tmp_path / "out")
    assert {one.code for one in caught.value.problems} == {"no-vacancies-rules"}
    assert {one.place.file for one in caught.value.problems} == {f"{name}.csv" for name in tables}
    hg.run_case(case, tmp_path / "partial", partial=True)
    assert (tmp_path / "partial" / "problems.csv").exists()


def test_tables_that_hold_only_a_header_are_no_problem(tmp_path: Path) -> None:
    """Nothing to judge, nothing reported as wrong."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for name, row in (
        ("vacancies", vacancy()),
        ("vacancy_acts", posted()[0]),
        ("seekers", seeker()),
        ("referrals", {"id": "", "person": "", "vacancy": "", "at": ""}),
        ("job_searches", {"id": ""}),
        ("matching_rounds", {"id": "", "date": ""}),
    ):
        write(tmp_path, name, [row])
        path = tmp_path / f"{name}.csv"
        path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems


def test_english_reports_speak_english(tmp_path: Path) -> None:
    """In English, reasons and citations are English; codes and ids are the same."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(case, "vacancies", [vacancy(conditions="限男性")])
    write(case, "vacancy_acts", posted())
    hg.run_case(case, tmp_path / "out", lang="en")
    told = (tmp_path / "out" / "vacancies.csv").read_text("utf-8")
    assert "limits the job to one sex" in told
    assert "Women's Rights" in told


def test_the_concept_opens_its_names() -> None:
    """Each public name of the concept loads; another does not exist."""
    from huaying_governance import employment

    assert all(getattr(employment, name) is not None for name in employment.__all__)
    assert employment.__all__ == sorted(
        employment.__all__, key=lambda name: (0 if name.isupper() else 1 if name[0].isupper() else 2, name)
    )
    with pytest.raises(AttributeError):
        _ = employment.nobody  # type: ignore[attr-defined]
