"""台账的问题: what a book finds wrong with what it is given, worded once."""

from __future__ import annotations

from huaying_governance.errors import Problem
from huaying_governance.text import Text


def unknown_community() -> Problem:
    """Return the problem of a community that the pack has not."""
    return Problem(
        "unknown-community",
        Text("不是本政策包的社区", "not a community of this pack"),
        Text("填写政策包中社区的编号", "give the id of a community of the pack"),
    )


def changed_entry() -> Problem:
    """Return the problem of an id that another entry has."""
    return Problem(
        "changed-entry",
        Text("编号已登记，内容却不同", "the id is registered, with other content"),
        Text("恢复原内容，或用新的编号登记", "restore the content, or register it under a new id"),
    )


def unknown_entry() -> Problem:
    """Return the problem of an entry that is not there."""
    return Problem(
        "unknown-entry",
        Text("台账中没有这个条目", "the ledger has no such entry"),
        Text("先登记，或核对编号", "register it first, or check its id"),
    )
