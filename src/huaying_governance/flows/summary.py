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
    "active": Text("活动中", "active"),
    "branches": Text("支部", "branches"),
    "committee": Text("应设支委会", "committees due"),
    "dormant": Text("休眠", "dormant"),
    "double-branch": Text("双重正式组织关系", "in two formal branches"),
    "anywhere": Text("可跨社区", "work anywhere"),
    "community_only": Text("限本社区", "in their own community only"),
    "unvisited": Text("逾期未巡查", "unvisited"),
    "ended": Text("到期", "ended"),
    "exempt": Text("免予履职", "exempt"),
    "five-star": Text("五星党员", "five-star members"),
    "floating": Text("流动", "floating"),
    "gaps": Text("未落实", "gaps"),
    "heads": Text("党员", "members"),
    "joint-branch": Text("建议联合支部", "joint branches proposed"),
    "lost-contact": Text("失去联系", "out of contact"),
    "not-applied": Text("未申报", "not applied for"),
    "not-publicised": Text("未公示", "not publicised"),
    "pledge-reminder": Text("承诺提醒", "pledges to remind of"),
    "split": Text("建议分设支部", "splits proposed"),
    "transfer-due": Text("应转移组织关系", "transfers due"),
    "withheld": Text("人数不足未显示", "withheld"),
    "without_roster": Text("无人值守", "without roster"),
    # employment 乐业
    "arrears": Text("拖欠", "in arrears"),
    "check-due": Text("待核查", "checks due"),
    "expired": Text("已到期", "expired"),
    "expiry-30": Text("30日内到期", "ending within 30 days"),
    "expiry-90": Text("90日内到期", "ending within 90 days"),
    "follow-up-late": Text("跟踪逾期", "follow-ups late"),
    "follow-up-task": Text("待跟踪", "follow-ups due"),
    "gate-below-entered": Text("进场计数少于登记", "fewer at the gate than entered"),
    "jobs": Text("在册岗位", "jobs open"),
    "kinds": Text("在册种类", "kinds open"),
    "never-came": Text("从未到课", "never came"),
    "not-enrolled": Text("未报名签到", "not enrolled"),
    "pay-due": Text("待付", "pay due"),
    "permit-late": Text("许可逾期", "permits late"),
    "permit-task": Text("待申请许可", "permits to ask for"),
    "proposed": Text("建议开班", "classes proposed"),
    "refer-due": Text("待移送", "to be referred"),
    "sign-in-burst": Text("集中签到", "bursts of sign-ins"),
    "teacher-overlap": Text("教师时间重叠", "teachers in two sessions"),
    "two-classes": Text("同时参加两班", "in two sessions at once"),
    "waiting": Text("人数不足", "too few"),
}


@frozen
class ReportSummary:
    """One report: its title, its file, its counts by outcome, and the rows dated after the day of the case.

    `counts` have stable codes; `words` say what they mean in this report, where the common words do not.
    """

    title: Text
    file: Path
    rows: int
    counts: Mapping[str, int]
    later: int = 0
    words: Mapping[str, Text] = field(factory=dict)

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
        told = Text("：", ": ").say(lang) + Text("，", ", ").say(lang).join(parts) if parts else ""
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
        for report in self.reports:
            yield report.say(lang)
        if self.problem_count:
            bad = Text("  有 {n} 个问题，见 {f}", "  {n} problems set aside, see {f}")
            yield bad.fill(n=self.problem_count, f=self.out / "problems.csv").say(lang)
        where = Text("结果：{o}；存储：{s}", "results: {o}; store: {s}")
        yield where.fill(o=self.out, s=self.store).say(lang)
