"""模拟图: bars of yuan of a simulation: what is paid before and after a reform, and in years ahead."""

from __future__ import annotations

from collections.abc import Sequence

from huaying_governance.kernel.chart import Bar, bars
from huaying_governance.kernel.money import from_fen
from huaying_governance.subsidy.simulation import Change, Cost
from huaying_governance.text import Lang, Text

BEFORE, AFTER, YEARLY = Text("改革前", "before"), Text("改革后", "after"), Text("金额", "amount")
BY_GROUP = Text("各组金额（元），{d}", "yuan by group, {d}")
BY_DAY = Text("各认定日金额（元）", "yuan by day")
NO_GROUP = Text("未分组", "no group")


def chart_of_change(change: Change, lang: Lang = "zh") -> str:
    """Return a picture of a reform: for each group what is paid before and after."""
    rows = [(each.group or NO_GROUP.say(lang), (each.before, each.after)) for each in change.groups]
    title = BY_GROUP.fill(d=change.before.on.isoformat())
    return chart(title, (BEFORE, AFTER), rows, lang)


def chart_of_outlook(costs: Sequence[Cost], lang: Lang = "zh") -> str:
    """Return a picture of the years ahead: what is paid as of each day."""
    return chart(BY_DAY, (YEARLY,), [(each.on.isoformat(), (each.fen,)) for each in costs], lang)


def chart(title: Text, series: Sequence[Text], rows: Sequence[Bar], lang: Lang = "zh") -> str:
    """Return bars of fen, said in yuan."""
    return bars(title, series, rows, lang, say=lambda fen: f"{from_fen(fen):,}")
