"""选举规则 of a pack: what is wrong with an `elections.toml` is told with its place; without one nothing is judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import huaying_governance as hg
from folders import changed_pack, told_without
from huaying_governance.packs import loading
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation.roll import rules_on
from huaying_governance.participation.voting import mode_of
from huaying_governance.tables.specs import elections as specs
from huaying_governance.tables.specs import recalls

TABLES = {
    "rolls": "id,community,body,polling_day,at\nL1,dujiaping,residents_committee,2026-12-20,2026-10-01T09:00\n",
    "registrations": "id,voter_roll,person,local_hukou,at\nR1,L1,p-1,yes,2026-10-02T09:00\n",
    "elections": "id,voter_roll,voting_mode,seats,at\nE1,L1,direct,1,2026-10-02T09:00\n",
    "recalls": (
        "id,community,body,recalled_member,askers,voting_mode,at\n"
        "Z1,dujiaping,residents_committee,m-1,voters,direct,2026-10-02T09:00\n"
    ),
    "elected_members": "id,community,body,person,from\nM1,dujiaping,residents_committee,m-1,2026-01-02\n",
    "election_officials": "id,voter_roll,person,from\nO1,L1,c-1,2026-10-02\n",
    "near_relatives": "id,person,relative,from\nK1,c-1,,2026-10-02\n",
    "resident_efforts": "id,date,community,kind,run_by\nF1,2026-10-02,dujiaping,event,residents\n",
}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("publish_days = 20", "publish_days = 0", "out-of-range"),
        ('double = "declare"', 'double = "warn"', "not-one-of"),
        ('publication_source = "rc2025#17"', 'publication_source = "nowhere"', "unknown-source"),
        ('turnout = "majority"', 'turnout = "most"', "not-one-of"),
        ('mode = "households"', 'mode = "direct"', "overlapping-rules"),
        ("from = 2026-01-01", "from = 2026-01-01\nto = 2025-12-31", "backward-rule"),
        ("per_place = 20", "per_place = 1", "out-of-range"),
        ("residents_committee = 183", "residents_committee = -1", "out-of-range"),
        ("[signals]", "[signals", "toml-syntax"),
        ("proxies = 3", "proxy = 3", "unknown-key"),
    ],
)
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A share that is none, an unknown source, two rules on one day, a rule that ends first: with file and cure."""
    found = loading.check_pack(changed_pack(tmp_path / "place", "elections.toml", (old, new)))
    told = next(one for one in found if one.code == code)
    assert "elections.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en


def test_rules_that_follow_each_other(tmp_path: Path) -> None:
    """An older rule ends the day before the newer begins: each polling day has its own, with no day between."""
    ends = ("from = 2026-01-01", "from = 2026-01-01\nto = 2026-06-30")
    folder = changed_pack(tmp_path / "place", "elections.toml", ends)
    text = (folder / "elections.toml").read_text("utf-8")
    first = text[text.index("[[roll]]") : text.index("[[roll]]", text.index("[[roll]]") + 1)]
    newer = first.replace("from = 2026-01-01\nto = 2026-06-30", "from = 2026-07-01").replace(
        "publish_days = 20", "publish_days = 25"
    )
    (folder / "elections.toml").write_text(text.replace("[signals]", f"{newer}\n[signals]", 1), "utf-8")
    rules = hg.load_pack(folder).rules(ElectionRules)
    assert rules is not None
    for day, days in [(date(2026, 6, 30), 20), (date(2026, 7, 1), 25), (date(2026, 7, 2), 25)]:
        held = rules_on(rules.rolls, "residents_committee", day)
        assert held is not None
        assert held.publish_days == days
    assert mode_of(rules.modes, "residents_committee", "direct", date(2025, 12, 31)) is None


def test_without_rules_nothing_is_judged(tmp_path: Path) -> None:
    """A pack without `elections.toml`: every table that needs it is a problem, and a case without them runs."""
    assert told_without(tmp_path, "elections.toml", TABLES) == ["no-elections-rules"] * len(TABLES)


def test_tables_that_hold_only_a_header_are_no_problem(tmp_path: Path) -> None:
    """Nothing to judge, nothing reported as wrong."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    for spec in (*specs.INPUTS, *recalls.INPUTS):
        heads = ",".join(column.name for column in spec.columns)
        (tmp_path / f"{spec.name}.csv").write_text(heads + "\n", "utf-8")
    assert not hg.run_case(tmp_path, tmp_path / "out").problems
