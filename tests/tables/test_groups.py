"""What results are about: every result belongs to one group, in the order of `OUTPUTS`."""

from __future__ import annotations

from huaying_governance.tables import OUTPUTS
from huaying_governance.tables.specs import GROUPS, group_of


def test_every_result_is_about_one_thing() -> None:
    """No result stands outside the groups of the board and the summary, and none in two."""
    grouped = [spec for _, specs in GROUPS for spec in specs]
    assert sorted(spec.name for spec in grouped) == sorted(spec.name for spec in OUTPUTS)
    assert all(group_of(spec) in {title for title, _ in GROUPS} for spec in OUTPUTS)
