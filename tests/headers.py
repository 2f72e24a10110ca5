"""The columns of every table, written for people: the part of docs/cases/index.md that is made from `tables`.

`python tests/headers.py` writes it anew, on the English page and on the Chinese one; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from huaying_governance.report.vocabulary import WORDS, plain
from huaying_governance.tables import INPUTS, OUTPUTS, Column, TableSpec
from huaying_governance.tables.vocabulary import HEADERS
from huaying_governance.tables.words.core import YES_NO
from huaying_governance.text import Lang, Text
from project import ROOT

PAGES: Mapping[Lang, Path] = {
    "en": ROOT / "docs" / "cases" / "index.md",
    "zh": ROOT / "docs" / "zh" / "cases" / "index.md",
}
BEGIN, END = "<!-- headers: begin -->\n", "<!-- headers: end -->"
VALUES = {
    "choice": Text("下列用词之一", "one of the words below"),
    "count": Text("整数", "a whole number"),
    "date": Text("日期", "a day"),
    "degrees": Text("十进制度数，如106.7819", "decimal degrees, such as 106.7819"),
    "list": Text("可写多个，用 `;` 或 `、` 隔开", "several, between `;` or `、`"),
    "measure": Text("数字，至多两位小数", "a number with at most two decimals"),
    "moment": Text("时间", "a moment"),
    "number": Text("数字", "a number"),
    "person": Text("编号", "a reference"),
    "ref": Text("编号、代码或名称", "a reference"),
    "text": Text("文字", "text"),
    "yes_no": Text(
        " / ".join(f"{labels[0]} `{word}`" for word, labels in YES_NO.items()),
        " / ".join(f"`{word}` {labels[0]}" for word, labels in YES_NO.items()),
    ),
    "yuan": Text("金额（元）", "yuan"),
}
NEEDS = {
    "cell": Text("必填", "yes"),
    "column": Text("可留空", "may be empty"),
    "free": Text("可不列", "may be left out"),
}
HEAD = Text(
    "| 表头 | 名称 | 内容 | 要求 |\n|---|---|---|---|",
    "| header | Chinese | holds | needed |\n|---|---|---|---|",
)
RESULTS = Text(
    "### 结果\n\n| 文件 | 列 |\n|---|---|",
    "### Results\n\n| file | columns |\n|---|---|",
)


def named(labels: str, code: str, lang: Lang) -> str:
    """Return a name with its Chinese: the Chinese stands first on the Chinese page, last on the English one."""
    return f"{labels} `{code}`" if lang == "zh" else f"`{code}` {labels}"


def holds(column: Column) -> Text:
    """Return what a column holds; in Chinese, whether a name will do where it asks for a reference."""
    numbered = column.name in {"actor", "handler"} or "编号" in HEADERS[column.name][0]
    if column.kind == "ref" and (numbered or column.hint == "person"):
        return VALUES["person"]
    return VALUES[column.kind]


def input_table(spec: TableSpec, lang: Lang) -> Iterator[str]:
    """Yield the lines on one table that is read."""
    yield f"### {named(spec.title.zh, spec.name, lang)}\n"
    yield HEAD.say(lang)
    for column in spec.columns:
        names = ["、".join(HEADERS[column.name]), f"`{column.name}`"]
        header = " | ".join(names if lang == "zh" else reversed(names))
        yield f"| {header} | {holds(column).say(lang)} | {NEEDS[column.need].say(lang)} |"
    yield ""
    for column in spec.columns:
        yield from choices(column, lang)


def choices(column: Column, lang: Lang) -> Iterator[str]:
    """Yield the words that a column takes; an accusation is known only to be refused."""
    if column.choice is not None:
        taken = {word: labels for word, labels in column.choice.words.items() if word != "accusation"}
        words = [named("、".join(labels), word, lang) for word, labels in taken.items()]
        if lang == "zh":
            yield f"{named(HEADERS[column.name][0], column.name, lang)}：{'；'.join(words)}。\n"
        else:
            yield f"`{column.name}`: {'; '.join(words)}.\n"


SAYS = Text("### 结果中的代码\n", "### Codes in results\n")


def codes(lang: Lang) -> Iterator[str]:
    """Yield what the codes of results are called: columns that hold the same codes stand together."""
    yield SAYS.say(lang)
    places: dict[tuple[tuple[str, Text], ...], list[str]] = {}
    for spec in OUTPUTS:
        for column in spec.columns:
            words = WORDS.get(f"{spec.name}.{column.name}", {})
            if words:
                places.setdefault(tuple(words.items()), []).append(f"`{spec.name}.{column.name}`")
    for words, columns in places.items():
        between, colon, end = ("；", "：", "。") if lang == "zh" else ("; ", ": ", ".")
        told = between.join(_code(code, text, lang) for code, text in words)
        yield f"{('、' if lang == 'zh' else ', ').join(columns)}{colon}{told}{end}\n"


def _code(code: str, text: Text, lang: Lang) -> str:
    """Return a code with its words; in English only where they say more than the code."""
    if lang == "zh":
        return named(text.zh, code, lang)
    return f"`{code}`" if text.en == plain(code) else named(text.en, code, lang)


def shown(columns: Iterable[Column], lang: Lang) -> str:
    """Return the columns of a result; on the Chinese page as a workbook heads them, too."""
    if lang == "zh":
        return "、".join(named(HEADERS[column.name][0], column.name, lang) for column in columns)
    return ", ".join(f"`{column.name}`" for column in columns)


def render(lang: Lang) -> str:
    """Return the whole part."""
    lines = [line for spec in INPUTS for line in input_table(spec, lang)]
    lines.append(RESULTS.say(lang))
    lines.extend(
        f"| {named(spec.title.zh, f'{spec.name}.csv', lang)} | {shown(spec.columns, lang)} |"
        for spec in OUTPUTS
    )
    lines.append("")
    lines.extend(codes(lang))
    return "\n".join(lines)


def parts(lang: Lang) -> tuple[str, str, str]:
    """Return a page: what stands before the part, the part, what stands after it."""
    before, rest = PAGES[lang].read_text("utf-8").split(BEGIN)
    part, after = rest.split(END)
    return before + BEGIN, part, END + after


if __name__ == "__main__":
    for each, page in PAGES.items():
        first, _, last = parts(each)
        page.write_text(first + render(each) + last, "utf-8")
