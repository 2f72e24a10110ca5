"""看板页面: a board as HTML that needs nothing else: no network, no fonts to fetch, no library.

A section of few rows stands in the page; a longer one lies beside it in pieces that the page reads one after the
other, so that a million rows neither freeze it nor have to be held at once here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import islice
from pathlib import Path

from huaying_governance.report.model import COLOURS, Board, Figure, Line, Section
from huaying_governance.text import Lang, Text

INLINE, CHUNK, PART, FIRST = 2_000, 5_000, 500, 50
"""Rows that stand in the page itself; rows of a piece; opened rows of a piece (board.js counts alike); rows that are
there without script, for print."""
SHORT = 10
"""A section of so many rows needs no search and no pages."""

WORDS = {
    "status": Text(
        "共 {all} 行，符合 {found} 行，第 {page}/{pages} 页", "{found} of {all} rows, page {page} of {pages}."
    ),
    "reading": Text("（已读入 {read} 行）", "({read} read so far)"),
    "unsorted": Text("（行数过多，先筛选再排序）", "(too many rows to sort: filter first)"),
    "details": Text("详情", "details"),
}
SKIP = Text("跳到内容", "skip to the content")
CONTENTS = Text("目录", "contents")
AS_OF = Text("截至 {on}", "as of {on}")
SEARCH = Text("搜索", "search")
ALL = Text("全部", "all")
COLOUR = Text("颜色", "colour")
BACK, ONWARD = Text("上一页", "back"), Text("下一页", "next")
NOTHING = Text("没有记录", "nothing here")
OTHER = Text("English", "中文")
FOOT = Text(
    "由 huaying_governance 从结果表和存储生成；个人编号已遮盖。颜色只提示，不作决定。",
    "Made by huaying_governance from the results and the store; references to persons are masked. "
    "A colour is a hint, it decides nothing.",
)
PAGES: dict[Lang, str] = {"zh": "index.html", "en": "index.en.html"}
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'self' file:; "
    "img-src data:; base-uri 'none'"
)


def write_page(board: Board, folder: Path) -> Path:
    """Write one language of a board into a folder, and return the page; other files there are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [
        _head(board),
        *(_section(section, board.lang, folder) for section in board.sections),
        _tail(board),
    ]
    page = folder / PAGES[board.lang]
    page.write_text("".join(parts), "utf-8", newline="\n")
    return page


def _head(board: Board) -> str:
    lang, title = board.lang, escape(board.title)
    other: Lang = "en" if lang == "zh" else "zh"
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f'<link rel="icon" href="data:,">\n<style>\n{_file("board.css")}</style>\n</head>\n<body>\n'
        f'<a class="skip" href="#content">{SKIP.say(lang)}</a>\n<header>\n<h1>{title}</h1>\n'
        f'<p class="day">{escape(AS_OF.fill(on=board.on).say(lang))} · '
        f'<a href="{PAGES[other]}" lang="{other}" hreflang="{other}">{OTHER.say(lang)}</a></p>\n'
        f"{warned(board.warning)}"
        f'<nav aria-label="{CONTENTS.say(lang)}"><ul>{_contents(board)}</ul></nav>\n</header>\n<main id="content">\n'
    )


def _contents(board: Board) -> str:
    """Return the links to the sections; those of a group are opened together."""
    groups: dict[str, list[Section]] = {}
    for section in board.sections:
        groups.setdefault(section.group, []).append(section)
    parts = []
    for group, sections in groups.items():
        links = "".join(map(_link, sections))
        told = f"<summary>{escape(group)} ({len(sections)})</summary>"
        parts.append(f"<li><details>{told}<ul>{links}</ul></details></li>" if group else links)
    return "".join(parts)


def _link(section: Section) -> str:
    empty = "" if section.count else ' class="empty"'
    return f'<li><a href="#{section.id}"{empty}>{escape(section.title)}</a></li>'


def warned(warning: str) -> str:
    """Return what must be known first, where there is something."""
    return f'<p class="warning" role="note">{escape(warning)}</p>\n' if warning else ""


def _tail(board: Board) -> str:
    words = {name: text.say(board.lang) for name, text in WORDS.items()}
    colours = {colour: text.say(board.lang) for colour, text in COLOURS.items()}
    return (
        f"</main>\n<footer><p>{FOOT.say(board.lang)}</p></footer>\n"
        f'<script type="application/json" id="words">{_json({**words, "colours": colours})}</script>\n'
        f"<script>\n{_file('board.js')}</script>\n</body>\n</html>\n"
    )


def _section(section: Section, lang: Lang, folder: Path) -> str:
    if section.count <= SHORT:
        return _short(section, lang)
    home = f"data/{lang}"
    inline = section.count <= INLINE
    first: list[Line] = []
    if inline:
        first = list(section.lines())
        chunks = 0
        rows = f'<script type="application/json" class="rows">{_json(list(map(_row, first)))}</script>'
        opened = [line.details for line in first]
        rows += f'<script type="application/json" class="parts">{_json(opened)}</script>'
    else:
        rows = ""
        chunks, first = _pieces(section, folder / home)
    about = {
        "id": section.id,
        "home": home,
        "count": section.count,
        "chunks": chunks,
        "facets": section.facets,
        "details": section.details,
        "coloured": section.coloured,
    }
    return (
        f"{_opening(section, lang, ' data-board')}{_controls(section, lang)}{_table(section, first[:FIRST], lang)}"
        f'{_pager(lang)}<script type="application/json" class="about">{_json(about)}</script>{rows}\n</section>\n'
    )


def _short(section: Section, lang: Lang) -> str:
    """Return a section of few rows: all of them, and nothing to search by."""
    if not section.count:
        return f'{_opening(section, lang)}<p class="note">{NOTHING.say(lang)}</p></section>\n'
    return (
        f"{_opening(section, lang)}{_table(section, list(section.lines()), lang, sortable=False)}</section>\n"
    )


def _opening(section: Section, lang: Lang, more: str = "") -> str:
    figures = "".join(_figure(figure, lang) for figure in section.figures)
    listed = f'<ul class="figures">{figures}</ul>\n' if figures else ""
    note = f'<p class="note">{escape(section.note)}</p>' if section.note else ""
    drawn = "".join(f"<div>{picture}</div>" for picture in section.pictures)
    pictures = f'<div class="pictures">{drawn}</div>\n' if drawn else ""
    return f'<section id="{section.id}"{more}>\n<h2>{escape(section.title)}</h2>\n{note}{listed}{pictures}'


def _figure(figure: Figure, lang: Lang) -> str:
    return f"<li>{escape(figure.label)} <b>{escape(figure.say(lang))}</b></li>"


def _controls(section: Section, lang: Lang) -> str:
    choices = "".join(
        f'<label>{escape(section.columns[column])}<select><option value="">{ALL.say(lang)}</option></select></label>'
        for column in section.facets
    )
    boxes = "".join(
        f'<label><input type="checkbox" value="{colour}"> <span class="{colour}">{text.say(lang)}</span></label>'
        for colour, text in COLOURS.items()
        if colour
    )
    return (
        f'<div class="controls"><label>{SEARCH.say(lang)}<input type="search"></label>{choices}'
        f"{f'<fieldset><legend>{COLOUR.say(lang)}</legend>{boxes}</fieldset>' if section.coloured else ''}</div>\n"
    )


def _table(section: Section, lines: Iterable[Line], lang: Lang, *, sortable: bool = True) -> str:
    heads = "".join(
        f'<th scope="col"><button type="button" data-column="{number}">{escape(label)}</button></th>'
        if sortable
        else f'<th scope="col">{escape(label)}</th>'
        for number, label in enumerate(section.columns)
    )
    last = f'<th scope="col">{WORDS["details"].say(lang)}</th>' if section.details else ""
    colour = f'<th scope="col">{COLOUR.say(lang)}</th>' if section.coloured else ""
    body = "\n".join(_tr(section, line, lang) for line in lines)
    return (
        f'<div class="scroll" role="region" aria-label="{escape(section.title)} · {section.id}" tabindex="0"><table>\n'
        f"<caption>{escape(section.title)}</caption>\n<thead><tr>{colour}"
        f"{heads}{last}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
    )


def _tr(section: Section, line: Line, lang: Lang) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in line.cells)
    chip = f'<td><span class="chip {line.colour}">{COLOURS[line.colour].say(lang)}</span></td>'
    chip = chip if section.coloured else ""
    if not section.details:
        return f"<tr>{chip}{cells}</tr>"
    told = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>"
        for label, text in zip(section.details, line.details, strict=True)
        if text
    )
    word = WORDS["details"].say(lang)
    name = escape(f"{word} {line.cells[0]}")
    opened = f'<details><summary aria-label="{name}">{word}</summary><dl>{told}</dl></details>'
    return f"<tr>{chip}{cells}<td>{opened}</td></tr>"


def _pager(lang: Lang) -> str:
    return (
        f'<div class="pager"><button type="button">{BACK.say(lang)}</button>'
        f'<button type="button">{ONWARD.say(lang)}</button><span class="status" role="status"></span></div>\n'
    )


def _pieces(section: Section, home: Path) -> tuple[int, list[Line]]:
    """Write a long section in pieces; return how many, and the first lines."""
    home.mkdir(parents=True, exist_ok=True)
    first: list[Line] = []
    chunks = 0
    for chunks, lines in enumerate(_batches(section.lines(), CHUNK), 1):
        number = chunks - 1
        first = first or lines[:FIRST]
        (home / f"{section.id}-{number}.js").write_text(
            f"board({_json(section.id)},{number},{_json(list(map(_row, lines)))});\n", "utf-8", newline="\n"
        )
        if not section.details:
            continue
        for offset in range(0, len(lines), PART):
            part = (number * CHUNK + offset) // PART
            opened = [line.details for line in lines[offset : offset + PART]]
            (home / f"{section.id}-part-{part}.js").write_text(
                f"boardPart({_json(section.id)},{part},{_json(opened)});\n", "utf-8", newline="\n"
            )
    return chunks, first


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    left = iter(lines)
    while batch := list(islice(left, size)):
        yield batch


def _row(line: Line) -> list[str]:
    return [line.colour, *line.cells]


def _json(data: object) -> str:
    """Return JSON that may stand in a script: nothing in it ends the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _file(name: str) -> str:
    return resources.files("huaying_governance.report").joinpath(name).read_text("utf-8")
