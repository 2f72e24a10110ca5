"""领航规则 of a pack: what is wrong with a `party.toml` is told with its place; without one nothing is judged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.packs import loading

SHIPPED = Path(hg.__file__).parent / "packs" / "huaying"
TABLES = {
    "whistles": "id,community,kind,responder,matter,at\nW1,dujiaping,urgent,department,,2026-11-03T10:00\n",
    "members": "person,branch,community,formal,full\np-1,b-1,dujiaping,yes,yes\n",
    "ratings": "rater,department,group,score\np-1,civil-affairs,survey,80\n",
    "honours": "id,holder,kind,community,trade,date\nH1,p-1,pioneer,dujiaping,t,2026-09-01\n",
    "post_duties": "post,person,community,quarter,applied,publicised,duty\nt,p-1,dujiaping,Q3,yes,yes,40\n",
    "attendance": "activity,date,kind,topic,community,branch,host_branch,person,attended\n"
    "A1,2026-11-01,theme,t,dujiaping,b-1,b-1,p-1,yes\n",
    "resident_units": "unit,community,joined_on\nu-1,dujiaping,\n",
    "party_groups": "id,purpose,lead,from,to\nG1,t,p-1,2026-01-01,\n",
    "market_duties": "market,date,person\nt,2026-11-23,p-1\n",
}


def pack(folder: Path, *changes: tuple[str, str]) -> Path:
    shutil.copytree(SHIPPED, folder)
    text = (folder / "party.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "party.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("process = 60", "process = 61", "unsound-rules"),
        ("process = 60\nsurvey = 25", "process = 59\nsurvey = 26", "unsound-rules"),
        ("full_time_least = 1", "full_time_least = 3", "unsound-rules"),
        ("part_time_most = 9", "part_time_most = 6", "unsound-rules"),
        ('process_source = "appraisal-practice"', 'process_source = "nowhere"', "unknown-source"),
        ('measure = "given"', 'measure = "guessed"', "not-one-of"),
        ('closes = "17:00"', 'closes = "09:00"', "unsound-rules"),
        ("committee = 7", "committee = 70", "unsound-rules"),
        ('source = "party-members"', 'source = "nowhere"', "unknown-key"),
        ('members_source = "party-members"', 'members_source = "nowhere"', "unknown-source"),
        ("amount = 10", "amount = 0", "out-of-range"),
        ("bounces = 1", "bounce = 1", "unknown-key"),
        ("[whistle]", "[whistle", "toml-syntax"),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Weights that do not add up, hours that end before they begin, an unknown source: each with file and cure."""
    changes = (
        ((old, new),) if code != "unknown-key" or "bounce" in old else (("members_source", "member_source"),)
    )
    found = loading.check_pack(pack(tmp_path / "place", *changes))
    assert code in {one.code for one in found}
    told = next(one for one in found if one.code == code)
    assert "party.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en


def test_without_rules_nothing_is_judged(tmp_path: Path) -> None:
    """A pack without `party.toml`: every table of 领航 that needs it is a problem, and a case without them runs."""
    case = tmp_path / "case"
    case.mkdir()
    place = pack(case / "place")
    (place / "party.toml").unlink()
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "place"\non = 2026-11-23\n', "utf-8")
    hg.run_case(case, tmp_path / "empty")
    for name, text in TABLES.items():
        (case / f"{name}.csv").write_text(text, "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, tmp_path / "out")
    assert [one.code for one in caught.value.problems] == ["no-party-rules"] * len(TABLES)
    hg.run_case(case, tmp_path / "partial", partial=True)
    assert (tmp_path / "partial" / "problems.csv").exists()


def test_tables_that_hold_only_a_header_are_no_problem(tmp_path: Path) -> None:
    """Nothing to judge, nothing reported as wrong."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text.splitlines()[0] + "\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems
