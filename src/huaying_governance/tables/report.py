"""导入报告: what reading a table came to, at its three levels: the file, its header, its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from huaying_governance.tables.table import Table
from huaying_governance.text import Lang, Text

FILE_SOUND = Text("文件可读", "file can be read")
FILE_BROKEN = Text("文件或表头有问题，未读行：{codes}", "file or header at fault, no rows read: {codes}")
HEADER = Text("表头 {n} 列；另存 {extra}", "header of {n} columns; kept besides: {extra}")
NOTHING = Text("无", "none")
ROWS = Text(
    "行 {all}，可用 {good}，有问题 {bad}；问题 {faults}：{codes}",
    "rows {all}, sound {good}, at fault {bad}; problems {faults}: {codes}",
)


def import_report(tables: Iterable[Table], lang: Lang = "zh") -> str:
    """Return three lines a table: the file, the header, the rows with how often each problem occurs."""
    return "\n".join(line for table in tables for line in _lines(table, lang))


def _lines(table: Table, lang: Lang) -> list[str]:
    codes = Counter(problem.code for problem in table.problems)
    said = ", ".join(f"{code} {count}" for code, count in sorted(codes.items())) or NOTHING.say(lang)
    head = (
        f"{table.file}（{table.spec.title.say(lang)}）"
        if lang == "zh"
        else f"{table.file} ({table.spec.name})"
    )
    if not table.whole:
        return [head, f"  {FILE_BROKEN.fill(codes=said).say(lang)}"]
    extra = Text("、", ", ").say(lang).join(table.extra_headers) or NOTHING.say(lang)
    columns = len(table.spec.columns)
    rows = {
        "all": len(table.rows) + len(table.bad),
        "good": len(table.rows),
        "bad": len(table.bad),
        "faults": table.problem_count,
    }
    return [
        head,
        f"  {FILE_SOUND.say(lang)}",
        f"  {HEADER.fill(n=columns, extra=extra).say(lang)}",
        f"  {ROWS.fill(codes=said, **rows).say(lang)}",
    ]
