"""横条图: bars as SVG text that needs nothing else; the same figures give the same picture, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from huaying_governance.text import Lang, Text

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
FONTS = ",".join([*(f'"{name}"' for name in FAMILIES), "SimHei", "sans-serif"])
COLOURS = ("#9bb7d4", "#2f6690", "#81a88d", "#d9a441")
LABELS, BARS, VALUES = 160, 350, 130
HEIGHT, GAP, TOP = 18, 14, 64

Bar = tuple[str, Sequence[int]]
"""A label, and the figure of each series."""


def bars(
    title: Text,
    series: Sequence[Text],
    rows: Sequence[Bar],
    lang: Lang = "zh",
    say: Callable[[int], str] = "{:,}".format,
) -> str:
    """Return bars, one row of them for each label, one bar for each series; their lengths are to scale."""
    most = max((figure for _, values in rows for figure in values), default=0)
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
        parts += [
            _bar(number, top + HEIGHT * number, value, most, say) for number, value in enumerate(values)
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _key(number: int, label: str) -> str:
    left = LABELS + 110 * number
    box = f'<rect x="{left}" y="36" width="12" height="12" fill="{COLOURS[number % len(COLOURS)]}"/>'
    return f'{box}<text x="{left + 18}" y="47">{escape(label)}</text>'


def _bar(number: int, top: int, value: int, most: int, say: Callable[[int], str]) -> str:
    length = BARS * value // most if most else 0
    colour = COLOURS[number % len(COLOURS)]
    bar = f'<rect x="{LABELS}" y="{top + 2}" width="{length}" height="{HEIGHT - 4}" fill="{colour}"/>'
    return f'{bar}<text x="{LABELS + length + 6}" y="{top + 13}" font-size="12">{say(value)}</text>'
