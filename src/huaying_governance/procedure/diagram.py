"""办理流程图: a procedure's table as a picture: Mermaid text, or SVG that needs nothing else, in either language.

The picture is made from the table alone, so it cannot differ from it.
"""

from __future__ import annotations

from html import escape
from typing import TypeVar

from huaying_governance.kernel.chart import FONTS
from huaying_governance.procedure.table import Command, Procedure, State, Subject, Transition
from huaying_governance.text import Lang, Text

S = TypeVar("S", bound=Subject)
C = TypeVar("C", bound=Command)
X = TypeVar("X")

BOX_WIDTH, BOX_HEIGHT, ROW = 150, 40, 92
LEFT = 40
_ANYWHERE = Text("任何未办结状态", "any open state")


def _from_anywhere(procedure: Procedure[S, C, X]) -> list[Transition[S, C, X]]:
    """Return the transitions that every open state has: drawn once, or they would bury the others."""
    every = {state.id for state in procedure.states if state.open}
    return [
        t for t in procedure.transitions if len(every) > 2 and set(t.sources) == every and len(t.targets) == 1
    ]


def _moves(procedure: Procedure[S, C, X]) -> dict[tuple[str, str], list[Transition[S, C, X]]]:
    """Return the other transitions between each two states, in the table's order; those that stay are left out."""
    moves: dict[tuple[str, str], list[Transition[S, C, X]]] = {}
    anywhere = _from_anywhere(procedure)
    for transition in procedure.transitions:
        if transition in anywhere:
            continue
        for source in transition.sources:
            for target in dict.fromkeys(transition.targets):
                moves.setdefault((source, target), []).append(transition)
    return moves


def _label(transitions: list[Transition[S, C, X]], lang: Lang) -> str:
    return Text("、", ", ").say(lang).join(transition.label.say(lang) for transition in transitions)


def mermaid(procedure: Procedure[S, C, X], lang: Lang = "zh") -> str:
    """Return the procedure as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    state {_quoted(state.label.say(lang))} as {state.id}" for state in procedure.states]
    lines.append(f"    [*] --> {procedure.initial}")
    for (source, target), transitions in _moves(procedure).items():
        lines.append(f"    {source} --> {target} : {_label(transitions, lang)}")
    anywhere = _from_anywhere(procedure)
    if anywhere:
        lines.append(f"    state {_quoted(_ANYWHERE.say(lang))} as any_open")
    lines += [f"    any_open --> {t.targets[0]} : {t.label.say(lang)}" for t in anywhere]
    lines += [f"    {state.id} --> [*]" for state in procedure.states if not state.open]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def svg(procedure: Procedure[S, C, X], lang: Lang = "zh") -> str:
    """Return the procedure as an SVG picture: states in the table's order, moves as arcs, onward right, back left."""
    order = {state.id: place for place, state in enumerate(procedure.states)}
    moves = _moves(procedure)
    onward = {pair for pair in moves if order[pair[1]] >= order[pair[0]]}
    reach = max((abs(order[b] - order[a]) for a, b in moves), default=1)
    middle = LEFT + 60 + 34 * reach + BOX_WIDTH // 2
    width, height = 2 * middle, ROW * len(order) + 20
    title = procedure.title.say(lang)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" lang="{lang}"'
    parts = [f"{head} font-family='{FONTS}' font-size=\"14\">", f"<title>{escape(title)}</title>", _TIP]
    for pair, transitions in moves.items():
        side = 1 if pair in onward else -1
        parts.append(_arc(order[pair[0]], order[pair[1]], middle, side, _label(transitions, lang)))
    parts += [
        _note(order[t.targets[0]], middle, f"{_ANYWHERE.say(lang)} · {t.label.say(lang)}")
        for t in _from_anywhere(procedure)
    ]
    parts += [_box(state, order[state.id], middle, lang) for state in procedure.states]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _box(state: State, place: int, middle: int, lang: Lang) -> str:
    left, top = middle - BOX_WIDTH // 2, 20 + ROW * place
    fill = "#eef4fb" if state.open else "#e8f0e4"
    box = f'<rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="8" fill="{fill}" stroke="#555"/>'
    label = escape(state.label.say(lang))
    return f'<g>{box}<text x="{middle}" y="{top + 25}" text-anchor="middle">{label}</text></g>'


def _note(place: int, middle: int, label: str) -> str:
    """Return the arrow into a state that every open state leads to."""
    edge, y = middle + BOX_WIDTH // 2, 20 + ROW * place + BOX_HEIGHT // 2
    path = f'<path d="M{edge + 60} {y}H{edge}" stroke-dasharray="4 3" {_STROKE}/>'
    return f'{path}<text x="{edge + 66}" y="{y + 4}" {_SMALL}>{escape(label)}</text>'


def _arc(source: int, target: int, middle: int, side: int, label: str) -> str:
    """Return one move: straight down to the next state, otherwise an arc that bends the more the further it goes."""
    start, end = 20 + ROW * source, 20 + ROW * target
    if target == source + 1:
        at = start + BOX_HEIGHT + (ROW - BOX_HEIGHT) // 2 + 5
        line = f'<path d="M{middle} {start + BOX_HEIGHT}V{end}" {_STROKE}/>'
        return f'{line}<text x="{middle + 6}" y="{at}" {_SMALL}>{escape(label)}</text>'
    edge = middle + side * BOX_WIDTH // 2
    bend = edge + side * (30 + 34 * abs(target - source))
    y0, y1 = start + BOX_HEIGHT // 2 + 6, end + BOX_HEIGHT // 2 - 6
    path = f'<path d="M{edge} {y0}C{bend} {y0} {bend} {y1} {edge} {y1}" {_STROKE}/>'
    # The middle of a cubic whose two inner points share an x lies three quarters of the way out.
    x, y = edge + 3 * (bend - edge) / 4, (y0 + y1) / 2 + 4
    anchor = "start" if side > 0 else "end"
    return f'{path}<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" {_SMALL}>{escape(label)}</text>'


_STROKE = 'fill="none" stroke="#555" marker-end="url(#tip)"'
_SMALL = 'font-size="12" fill="#333" paint-order="stroke" stroke="#fff" stroke-width="3"'
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>'
)
