"""看板图: ledger ageing, what subsidies cost, and shares of a whole, as SVG that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from huaying_governance.kernel.chart import bars
from huaying_governance.text import Lang, Text, same

AGES: tuple[tuple[int, Text], ...] = (
    (-31, Text("超期30天以上", "over 30 days late")),
    (-1, Text("超期1—30天", "1 to 30 days late")),
    (3, Text("3天内到期", "due within 3 days")),
    (15, Text("4—15天到期", "due in 4 to 15 days")),
    (10**6, Text("15天以后", "later")),
)
"""Up to how many days from now, and how it is called."""
AGEING = Text("未办结条目距期限的天数", "open entries by days to their deadline")
COST = Text("各项应发金额（元）", "yuan payable by rule")
SHARE = Text("{t}：各结论件数（共 {n}）", "{t}: rows by outcome (of {n})")
COUNT, YUAN = Text("件数", "entries"), Text("金额", "yuan")


WIDTH = 22
"""Letters of a label that stand beside its bar; a Chinese character takes two."""


def fitted(label: str) -> str:
    """Return a label that stands beside its bar, cut where it is longer."""
    width = 0
    for place, letter in enumerate(label):
        width += 1 if letter.isascii() else 2
        if width > WIDTH:
            return f"{label[: place - 1]}…"
    return label


def ageing(days: Mapping[int, int], lang: Lang) -> str:
    """Return the open entries by how far their deadline is; negative days are past."""
    counts = [0] * len(AGES)
    for ahead, count in days.items():
        counts[next(place for place, (most, _) in enumerate(AGES) if ahead <= most)] += count
    rows = [(label.say(lang), (count,)) for (_, label), count in zip(AGES, counts, strict=True)]
    return bars(AGEING, (COUNT,), rows, lang)


def costs(amounts: Mapping[str, Decimal], lang: Lang) -> str:
    """Return what each rule of a subsidy comes to."""
    rows = [(fitted(rule or "—"), (int(100 * amount),)) for rule, amount in sorted(amounts.items())]
    return bars(COST, (YUAN,), rows, lang, say=lambda fen: f"{Decimal(fen) / 100:,.2f}")


def shares(title: Text, counts: Mapping[str, int], lang: Lang) -> str:
    """Return parts of a whole, which the title names with their number."""
    rows = [
        (fitted(label), (count,))
        for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return bars(SHARE.fill(t=title, n=sum(counts.values())), (COUNT,), rows, lang)


def coverage(title: Text, label: str, rates: Sequence[tuple[str, str]], lang: Lang) -> str:
    """Return rates in percent, as a report states them, by what tells them apart."""
    rows = [(fitted(name or "—"), (int(10 * Decimal(rate)),)) for name, rate in rates]
    named = Text("{t}：{l}", "{t}: {l}").fill(t=title, l=label)
    return bars(named, (same(label),), rows, lang, say=lambda tenths: f"{Decimal(tenths) / 10:.1f}%")
