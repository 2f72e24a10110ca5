"""办理小结: what a run says at its end: how many rows, with which answers, and where the results lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from attrs import field, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.ruling import OUTCOMES
from huaying_governance.text import Lang, Text, same

WORDS: Mapping[str, Text] = {
    **OUTCOMES,
    "open": Text("办理中", "open"),
    "closed": Text("已办结", "closed"),
    "overdue": Text("超期", "overdue"),
    "on_hold": Text("挂账", "on hold"),
    "refused_action": Text("被拒操作", "actions refused"),
    "escalated": Text("提请联席会议", "for the joint conference"),
    "applied": Text("已办理操作", "actions applied"),
    # party 领航
    "branches": Text("支部", "branches"),
    "unvisited": Text("逾期未巡查", "unvisited"),
    "gaps": Text("未落实", "gaps"),
    "heads": Text("党员", "members"),
    "withheld": Text("人数不足未显示", "withheld"),
    "without_roster": Text("无人值守", "without roster"),
    # employment 乐业
    "jobs": Text("在册岗位", "jobs open"),
    "kinds": Text("在册种类", "kinds open"),
    "seekers": Text("求职者", "seekers"),
    "matched": Text("有匹配岗位", "with a match"),
    "vacancies": Text("岗位", "vacancies"),
    "searches": Text("查询", "searches"),
    "found": Text("查到岗位", "vacancies found"),
}
FEW = 12
"""So many reports are told one a line; more are told by what they are about, those without counts together."""
UNCOUNTED = Text("另写出：{t}", "also written: {t}")
EMPTY = Text("没有内容的表：{t}", "nothing to tell: {t}")


@frozen
class ReportSummary:
    """One report: its title, its file, its counts by outcome, and the rows dated after the day of the case.

    `counts` have stable codes; `words` say what they mean in this report, where the common words do not;
    `group` is what the report is about.
    """

    title: Text
    file: Path
    rows: int
    counts: Mapping[str, int]
    later: int = 0
    words: Mapping[str, Text] = field(factory=dict)
    group: Text = same("")

    @property
    def counted(self) -> bool:
        """Whether there is more to tell of it than that it was written."""
        return self.later > 0 or any(self.counts.values())

    def say(self, lang: Lang) -> str:
        """Return one line."""
        parts = [
            f"{(self.words.get(word) or WORDS.get(word) or same(word)).say(lang)} {count}"
            for word, count in self.counts.items()
            if count
        ]
        if self.later:
            parts.append(
                Text("晚于裁定日未裁定 {n}", "{n} dated later, not judged").fill(n=self.later).say(lang)
            )
        told = Text("：", ": ").say(lang) + Text("；", "; ").say(lang).join(parts) if parts else ""
        return f"  {self.title.say(lang)}{told} → {self.file}"


@frozen
class CaseSummary:
    """小结: the case, its reports, the problems that were set aside, the warnings, and where everything lies."""

    title: str
    on: date
    out: Path
    store: str
    reports: tuple[ReportSummary, ...]
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    warnings: tuple[Problem, ...] = ()

    def say(self, lang: Lang = "zh") -> str:
        """Return the summary as a few lines of text."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        head = Text("{t}（裁定日 {on}）办理完毕", "{t} (as of {on}): done")
        yield head.fill(t=self.title, on=self.on.isoformat()).say(lang)
        if len(self.reports) > FEW:
            yield from self._grouped(lang)
        else:
            yield from (report.say(lang) for report in self.reports)
        if self.problem_count:
            bad = Text("  有 {n} 个问题，见 {f}", "  {n} problems set aside, see {f}")
            yield bad.fill(n=self.problem_count, f=self.out / "problems.csv").say(lang)
        where = Text("结果：{o}；存储：{s}", "results: {o}; store: {s}")
        yield where.fill(o=self.out, s=self.store).say(lang)

    def _grouped(self, lang: Lang) -> Iterator[str]:
        """Yield the reports by what they are about: counts one a line, the others named together."""
        for group in dict.fromkeys(report.group for report in self.reports):
            yield group.say(lang)
            held = [report for report in self.reports if report.group == group]
            yield from (report.say(lang) for report in held if report.counted)
            plain = [report for report in held if not report.counted]
            comma = Text("、", ", ").say(lang)
            told = comma.join(f"{one.title.say(lang)} {one.file.name}" for one in plain if one.rows)
            if told:
                yield f"  {UNCOUNTED.fill(t=told).say(lang)}"
            told = comma.join(one.title.say(lang) for one in plain if not one.rows)
            if told:
                yield f"  {EMPTY.fill(t=told).say(lang)}"
