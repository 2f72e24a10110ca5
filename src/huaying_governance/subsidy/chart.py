"""模拟图: bars of yuan as SVG text that needs nothing else; the same figures give the same picture, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from huaying_governance.kernel.money import from_fen
from huaying_governance.procedure.diagram import FONTS
from huaying_governance.subsidy.simulation import Change, Cost
from huaying_governance.text import Lang, Text

BEFORE, AFTER, YEARLY = Text("改革前", "before"), Text("改革后", "after"), Text("金额", "amount")
BY_GROUP = Text("各组金额（元），{d}", "yuan by group, {d}")
BY_DAY = Text("各认定日金额（元）", "yuan by day")
NO_GROUP = Text("未分组", "no group")
COLOURS = ("#9bb7d4", "#2f6690", "#81a88d", "#d9a441")
LABELS, BARS, VALUES = 150, 360, 130
HEIGHT, GAP, TOP = 18, 14, 64

Row = tuple[str, Sequence[int]]
"""A label, and the fen of each series."""


def chart_of_change(change: Change, lang: Lang = "zh") -> str:
    """Return a picture of a reform: for each group what is paid before and after."""
    rows = [(each.group or NO_GROUP.say(lang), (each.before, each.after)) for each in change.groups]
    title = BY_GROUP.fill(d=change.before.on.isoformat())
    return chart(title, (BEFORE, AFTER), rows, lang)


def chart_of_outlook(costs: Sequence[Cost], lang: Lang = "zh") -> str:
    """Return a picture of the years ahead: what is paid as of each day."""
    return chart(BY_DAY, (YEARLY,), [(each.on.isoformat(), (each.fen,)) for each in costs], lang)


def chart(title: Text, series: Sequence[Text], rows: Sequence[Row], lang: Lang = "zh") -> str:
    """Return bars, one row of them for each label, one bar for each series; their lengths are to scale."""
    most = max((fen for _, values in rows for fen in values), default=0)
    block = HEIGHT * len(series) + GAP
    width, height = LABELS + BARS + VALUES, TOP + block * len(rows)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" lang="{lang}"'
    said = escape(title.say(lang))
    parts = [
        f"{head} font-family='{FONTS}' font-size=\"13\">",
        f"<title>{said}</title>",
        f'<text x="8" y="22" font-size="15">{said}</text>',
        *(_key(number, each.say(lang)) for number, each in enumerate(series)),
    ]
    for place, (label, values) in enumerate(rows):
        top = TOP + block * place
        middle = top + HEIGHT * len(series) // 2 + 5
        parts.append(f'<text x="{LABELS - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>')
        parts += [_bar(number, top + HEIGHT * number, fen, most) for number, fen in enumerate(values)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _key(number: int, label: str) -> str:
    left = LABELS + 110 * number
    box = f'<rect x="{left}" y="36" width="12" height="12" fill="{COLOURS[number % len(COLOURS)]}"/>'
    return f'{box}<text x="{left + 18}" y="47">{escape(label)}</text>'


def _bar(number: int, top: int, fen: int, most: int) -> str:
    length = BARS * fen // most if most else 0
    colour = COLOURS[number % len(COLOURS)]
    bar = f'<rect x="{LABELS}" y="{top + 2}" width="{length}" height="{HEIGHT - 4}" fill="{colour}"/>'
    return f'{bar}<text x="{LABELS + length + 6}" y="{top + 13}" font-size="12">{from_fen(fen):,}</text>'
