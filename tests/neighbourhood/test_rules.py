"""邻里规则 of a pack: what is wrong with a `neighbourhood.toml` is told with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.packs import loading
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules

SHIPPED = Path(hg.__file__).parent / "packs" / "huaying"


def pack(folder: Path, *changes: tuple[str, str]) -> Path:
    shutil.copytree(SHIPPED, folder)
    text = (folder / "neighbourhood.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "neighbourhood.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("hours_a_day = 24", "hours_a_day = 25", "out-of-range"),
        ("hours_a_day = 24", "hours_a_day = 0", "out-of-range"),
        ("duplicate_metres = 20", "duplicate_metres = -1", "out-of-range"),
        ("metres = 70", "metre = 70", "unknown-key"),
        ('closing_source = "sanitation1992#22"', 'closing_source = "nowhere"', "unknown-source"),
        ('kind = "station_hand"', 'kind = "point"', "stated-twice"),
        ('id = "care"', 'id = "errands"', "stated-twice"),
        ('kind = "litter"', 'kind = "greenery"', "stated-twice"),
        ('place_type = "residential_cluster"', 'place_type = "main_road"', "stated-twice"),
        ('facility = "camera"', 'facility = "drone"', "not-one-of"),
        ('kind = "dumping"', 'kind = "organised_crime"', "not-one-of"),
        ("unvisited_days = 30\n", "", "missing-key"),
        ("[volunteering]", "[volunteering", "toml-syntax"),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Out of range, unknown, twice, missing: each with the file and a cure, and the pack is not loaded."""
    found = loading.check_pack(pack(tmp_path / "place", (old, new)))
    assert code in {one.code for one in found}
    told = next(one for one in found if one.code == code)
    assert "neighbourhood.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en
    with pytest.raises(hg.Problems):
        hg.load_pack(tmp_path / "place")


def test_another_place_has_its_own_figures(tmp_path: Path) -> None:
    """Metres, days and targets are data: another city changes them without Python."""
    folder = pack(
        tmp_path / "place",
        ("duplicate_metres = 20", "duplicate_metres = 5"),
        ("unvisited_days = 30", "unvisited_days = 7"),
        ("restore_days = 7", "restore_days = 3"),
    )
    rules = hg.load_pack(folder).rules(NeighbourhoodRules)
    assert rules is not None
    assert rules.collection.duplicate_metres == 5
    assert rules.inspection.unvisited_days == 7
    assert rules.incidents["dumping"].restore_days == 3
