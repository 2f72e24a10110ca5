"""The columns of every table, written for people: the part of docs/cases/index.md that is made from `tables`.

`python tests/headers.py` writes it anew; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator

from huaying_governance.tables import INPUTS, OUTPUTS, Column, TableSpec
from huaying_governance.tables.vocabulary import HEADERS
from huaying_governance.tables.words.core import YES_NO
from project import ROOT

PAGE = ROOT / "docs" / "cases" / "index.md"
BEGIN, END = "<!-- headers: begin -->\n", "<!-- headers: end -->"
VALUES = {
    "choice": "one of the words below",
    "count": "a whole number",
    "date": "a day",
    "degrees": "decimal degrees, such as 106.7819",
    "list": "several, between `;` or `、`",
    "measure": "a number with at most two decimals",
    "moment": "a moment",
    "number": "a number",
    "ref": "a reference",
    "text": "text",
    "yes_no": " / ".join(f"`{word}` {labels[0]}" for word, labels in YES_NO.items()),
    "yuan": "yuan",
}
NEEDS = {"cell": "yes", "column": "may be empty", "free": "may be left out"}


def input_table(spec: TableSpec) -> Iterator[str]:
    """Yield the lines on one table that is read."""
    yield f"### `{spec.name}` {spec.title.zh}\n"
    yield "| header | Chinese | holds | needed |\n|---|---|---|---|"
    for column in spec.columns:
        labels = "、".join(HEADERS[column.name])
        yield f"| `{column.name}` | {labels} | {VALUES[column.kind]} | {NEEDS[column.need]} |"
    yield ""
    for column in spec.columns:
        yield from choices(column)


def choices(column: Column) -> Iterator[str]:
    """Yield the words that a column takes; an accusation is known only to be refused."""
    if column.choice is not None:
        taken = {word: labels for word, labels in column.choice.words.items() if word != "accusation"}
        words = (f"`{word}` {'、'.join(labels)}" for word, labels in taken.items())
        yield f"`{column.name}`: {'; '.join(words)}.\n"


def render() -> str:
    """Return the whole part."""
    lines = [line for spec in INPUTS for line in input_table(spec)]
    lines.append("### Results\n\n| file | columns |\n|---|---|")
    for spec in OUTPUTS:
        columns = ", ".join(f"`{column.name}`" for column in spec.columns)
        lines.append(f"| `{spec.name}.csv` {spec.title.zh} | {columns} |")
    return "\n".join(lines) + "\n"


def parts() -> tuple[str, str, str]:
    """Return the page: what stands before the part, the part, what stands after it."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    part, after = rest.split(END)
    return before + BEGIN, part, END + after


if __name__ == "__main__":
    first, _, last = parts()
    PAGE.write_text(first + render() + last, "utf-8")
