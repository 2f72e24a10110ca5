"""联席会议规则 of a pack: what is wrong with a `conference.toml` is told with its place and cure."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import paper
import pytest

import huaying_governance as hg
from huaying_governance.conference import ConferenceRules
from huaying_governance.packs.finding import SHIPPED
from huaying_governance.packs.loading import check_pack

TWO_SEATS = ('organisation = "finance"', 'organisation = "civil-affairs"')


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (*TWO_SEATS, "stated-twice"),
        ('kind = "push"', 'kind = "special"', "stated-twice"),
        ('kind = "push"', 'kind = "special"', "unsound-rules"),
        ('category = "routine"', 'category = "major_work"', "unsound-rules"),
        ('quorum = "majority"', 'quorum = "most"', "not-one-of"),
        ('seats_source = "default"', 'seats_source = "nowhere"', "unknown-source"),
        ("proxies = 1", "proxies = -1", "out-of-range"),
        ("first_follow = 50", "first_follow = 101", "out-of-range"),
        ("extensions = 1\n", "", "missing-key"),
        ('liaison = "L5"', 'liaison = "L5"\nfrom = 2026-05-01\nto = 2026-04-30', "unsound-rules"),
        ('liaison = "L5"', 'liaison = "L5"\nfrom = "spring"', "wrong-type"),
        ('agree = "all"', 'agree = "everybody"', "not-one-of"),
        ('confirming = ["plenary"', 'confirming = ["tea"', "not-one-of"),
        ("[rules]", "[rules", "toml-syntax"),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A member twice, a kind that is missing, an unknown share or source, a figure beyond its bounds: no pack."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    path = tmp_path / "pack" / "conference.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [one for one in check_pack(tmp_path / "pack") if one.severity == "error"]
    assert code in {one.code for one in found}
    for one in found:
        assert one.place.file.endswith("conference.toml")
        assert one.cure.zh
        assert one.cure.en
    with pytest.raises(hg.Problems):
        hg.load_pack(tmp_path / "pack")


def test_an_organisation_may_join_again(tmp_path: Path) -> None:
    """Two terms of one organisation, one after the other, are two members; both ends are read with the pack."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    path = tmp_path / "pack" / "conference.toml"
    text = path.read_text("utf-8")
    again = """liaison = "L5"
to = 2026-04-30
source = "synthetic"

[[conference.member]]
organisation = "finance"
representative = "R50"
liaison = "L50"
from = 2026-05-01"""
    path.write_text(text.replace('liaison = "L5"', again, 1), "utf-8")
    rules = hg.load_pack(tmp_path / "pack").rules(ConferenceRules)
    assert rules is not None
    conference = rules.conferences["joint-conference"]
    named = [conference.member("finance", day) for day in (date(2026, 4, 30), date(2026, 5, 1))]
    assert [one.representative for one in named if one is not None] == ["R5", "R50"]
    path.write_text(text.replace('liaison = "L5"', again.replace("05-01", "04-30"), 1), "utf-8")
    assert "stated-twice" in {one.code for one in check_pack(tmp_path / "pack")}


def test_without_a_word_on_circulation_the_defaults_hold(tmp_path: Path) -> None:
    """A pack that states no circulation has three working days, all members, every kind of meeting, so labelled."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    path = tmp_path / "pack" / "conference.toml"
    text = path.read_text("utf-8")
    start, end = text.index("[circulation]"), text.index("[rules]")
    path.write_text(text[:start] + text[end:], "utf-8")
    rules = hg.load_pack(tmp_path / "pack").rules(ConferenceRules)
    shipped = hg.load_pack("huaying").rules(ConferenceRules)
    assert rules is not None
    assert shipped is not None
    made, stated = rules.circulating, shipped.circulating
    assert (made.days, made.agree, made.confirming) == (stated.days, stated.agree, stated.confirming)
    assert made.citation.source.standing == "default"


def test_the_members_that_the_article_names() -> None:
    """组织部, 治理办 and 民政局 rest on the article; the other members say that they are synthetic."""
    rules = hg.load_pack("huaying").rules(ConferenceRules)
    assert rules is not None
    members = rules.conferences["joint-conference"].members
    assert [one.citation.source.id for one in members] == ["article"] * 3 + ["synthetic"] * 6
    assert [one.organisation for one in members[:3]] == [
        "organization-dept",
        "governance-office",
        "civil-affairs",
    ]


@pytest.mark.parametrize("stated", [True, False])
def test_tables_that_hold_only_a_header_are_no_problem(tmp_path: Path, stated: bool) -> None:
    """Nothing to judge, nothing reported as wrong, whether the pack has rules or not."""
    shutil.copytree(SHIPPED / "huaying", tmp_path / "pack")
    if not stated:
        (tmp_path / "pack" / "conference.toml").unlink()
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "../pack"\non = 2026-11-23\n', "utf-8")
    for name, rows in paper.tables().items():
        (folder / f"{name}.csv").write_text(",".join(rows[0]) + "\n", "utf-8")
    summary = hg.run_case(folder, tmp_path / "out")
    assert not summary.problems
