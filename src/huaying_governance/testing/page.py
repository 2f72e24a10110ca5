"""覆盖网页: the policy's own text coloured by what its cases reach, for reading in a browser or on paper."""

from __future__ import annotations

import html
from collections.abc import Iterable

from huaying_governance.rules.source import Span
from huaying_governance.testing import words
from huaying_governance.testing.coverage import Coverage
from huaying_governance.testing.goals import Goal
from huaying_governance.text import Lang, Text

FONTS = (
    '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",'
    '"WenQuanYi Micro Hei",SimHei,sans-serif'
)
_STYLE = f"""
body {{ font-family: {FONTS}; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }}
body {{ color: #1a1a1a; background: #fff; }}
pre {{ font-family: ui-monospace, "Noto Sans Mono CJK SC", {FONTS}; line-height: 1.6; white-space: pre-wrap; }}
.all {{ background: #d9f2dd; }}
.some {{ background: #fff0c2; text-decoration: underline dotted #8a6100; }}
.none {{ background: #ffd9d9; text-decoration: underline #a30000; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
"""
TITLE = Text("政策覆盖", "Policy coverage")
KEY = Text(
    "绿：全部目标已达到；黄（点线）：部分；红（实线）：没有一项",
    "green: every goal reached; yellow (dotted): some; red (solid): none",
)
GOAL, STATE, BY = Text("目标", "goal"), Text("达到", "reached"), Text("用例", "case")


def page(coverages: Iterable[Coverage], lang: Lang) -> str:
    """Return a whole HTML page, in itself complete: no script, no other file."""
    body = "\n".join(_policy(each, lang) for each in coverages)
    code = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE.say(lang)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{TITLE.say(lang)}</h1>\n<p>{KEY.say(lang)}</p>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _policy(coverage: Coverage, lang: Lang) -> str:
    reached = len(coverage.goals) - len(coverage.open)
    head = words.COVERAGE.fill(id=coverage.id, got=reached, all=len(coverage.goals), percent=coverage.percent)
    parts = [f"<h2>{html.escape(coverage.title.say(lang))}</h2>", f"<p>{html.escape(head.say(lang))}</p>"]
    parts += [f"<pre>{text}</pre>" for text in _documents(coverage, lang)]
    rows = [_row(goal, coverage, lang) for goal in coverage.goals]
    rows += [_cells(goal, "—", "", "all", lang) for goal in coverage.impossible]
    heads = "".join(f'<th scope="col">{each.say(lang)}</th>' for each in (GOAL, STATE, BY))
    parts.append(f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>")
    return "\n".join(parts)


def _row(goal: Goal, coverage: Coverage, lang: Lang) -> str:
    if goal.id in coverage.reached:
        return _cells(goal, "✓", coverage.reached[goal.id], "all", lang)
    if goal.id in coverage.waiting:
        return _cells(goal, words.WAITING.say(lang), coverage.waiting[goal.id], "some", lang)
    return _cells(goal, "✗", "", "none", lang)


def _cells(goal: Goal, mark: str, case: str, look: str, lang: Lang) -> str:
    cells = (html.escape(goal.text.say(lang)), mark, html.escape(case))
    return f'<tr class="{look}"><td>{cells[0]}</td><td>{cells[1]}</td><td>{cells[2]}</td></tr>\n'


def _documents(coverage: Coverage, lang: Lang) -> Iterable[str]:
    """Yield each document that goals stand in, its stretches coloured."""
    by_source: dict[int, list[tuple[Span, Goal]]] = {}
    for goal in coverage.goals:
        if goal.span is not None and goal.span.end > goal.span.start:
            by_source.setdefault(id(goal.span.source), []).append((goal.span, goal))
    for held in by_source.values():
        yield _coloured(held, coverage, lang)


def _coloured(held: list[tuple[Span, Goal]], coverage: Coverage, lang: Lang) -> str:
    """Return one document: where stretches lie within each other, the innermost gives the colour."""
    text = held[0][0].source.text
    goals: dict[tuple[int, int], list[Goal]] = {}
    for span, goal in held:
        goals.setdefault((span.start, span.end), []).append(goal)
    inner = sorted(goals, key=lambda each: (each[0] - each[1], each[0]))
    owner: list[tuple[int, int] | None] = [None] * len(text)
    for stretch in inner:  # longest first, so that what lies within overwrites it
        owner[stretch[0] : stretch[1]] = [stretch] * (stretch[1] - stretch[0])
    out: list[str] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and owner[end] == owner[at]:
            end += 1
        shown = html.escape(text[at:end])
        stretch_here = owner[at]
        out.append(shown if stretch_here is None else _mark(shown, goals[stretch_here], coverage, lang))
        at = end
    return "".join(out)


def _mark(shown: str, goals: list[Goal], coverage: Coverage, lang: Lang) -> str:
    reached = sum(goal.id in coverage.reached for goal in goals)
    look = "all" if reached == len(goals) else "some" if reached else "none"
    told = "\n".join(f"{'✓' if goal.id in coverage.reached else '✗'} {goal.text.say(lang)}" for goal in goals)
    return f'<span class="{look}" title="{html.escape(told)}">{shown}</span>'
