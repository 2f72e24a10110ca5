"""Titles that an officer has confirmed are a table of the pack: known again exactly, never by likeness."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import huaying_governance as hg

ON = date(2026, 3, 2)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        '[pack]\nid = "city"\ntitles = { zh = "某市", en = "A city" }\nincludes = ["huaying"]\n', "utf-8"
    )
    return folder


def confirm(city: Path, *lines: str) -> None:
    (city / "titles.csv").write_text("\n".join(["title,matter,date,confirmed_by", *lines]) + "\n", "utf-8")


def test_a_confirmed_title_is_known_again_and_never_decides(city: Path) -> None:
    """The one suggestion is the confirmed matter, wrappers or not; an assignment by that title stays undetermined."""
    title = "关于开展“敲门行动”的通知"
    assert not hg.load_pack(city).suggest(title, ON)
    confirm(city, f"{title},XZ03,2026-03-01,staff-1")
    pack = hg.load_pack(city)
    (match,) = pack.suggest("敲门行动", ON)
    assert (match.code, match.score) == ("XZ03", 1.0)
    asked = hg.Assignment(id="A", date=ON, assigner="民政局", community="dujiaping", matter=None, title=title)
    ruling = pack.screen(asked)
    assert ruling.outcome == "undetermined"
    assert ruling.codes == ("missing:matter",)
    assert ruling.remedies[0].data["suggestions"] == ("XZ03",)
    assert pack.suggest("老年人关爱", ON)[0].code == "XZ03"


def test_faults_have_a_place_and_a_cure(city: Path) -> None:
    """An unknown matter, and one title confirmed for two matters, are told by line; the same line twice is not."""
    confirm(city, "敲门行动,XZ03,,", "敲门行动,XZ03,,", "关于敲门行动的通知,XZ02,,", "别的事,没有,,")
    with pytest.raises(hg.Problems) as caught:
        hg.load_pack(city)
    told = [(one.code, one.place.file, one.place.line, one.place.column) for one in caught.value.problems]
    assert told == [
        ("two-matters", "city/titles.csv", 4, "title"),
        ("unknown-matter", "city/titles.csv", 5, "matter"),
    ]
    assert all(one.cure.zh and one.cure.en for one in caught.value.problems)


def test_a_later_pack_may_confirm_otherwise(city: Path, tmp_path: Path) -> None:
    """A pack that builds on another has the last word on a title."""
    confirm(city, "敲门行动,XZ03,,")
    district = tmp_path / "district"
    district.mkdir()
    (district / "pack.toml").write_text(
        '[pack]\nid = "d"\ntitles = { zh = "某区", en = "A district" }\nincludes = ["../city"]\n', "utf-8"
    )
    confirm(district, "敲门行动,XZ02,,")
    assert [match.code for match in hg.load_pack(district).suggest("敲门行动", ON)] == ["XZ02"]
