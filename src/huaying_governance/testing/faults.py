"""用例文件的问题: the catalogue of what can be wrong with a case file: code → what is wrong, how to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from huaying_governance.errors import Place, Problem
from huaying_governance.text import Text, same

CATALOGUE: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "no-cases": (
            Text("没有找到用例文件", "there are no case files"),
            Text(
                "政策文件是 NAME.toml 的，在旁边写 NAME.cases.toml 或 NAME.cases.csv",
                "beside a policy NAME.toml, write NAME.cases.toml or NAME.cases.csv",
            ),
        ),
        "no-such-path": (
            Text("没有这个文件或文件夹", "there is no such file or folder"),
            Text("核对路径，或写随库政策包的名称", "check the path, or name a shipped pack"),
        ),
        "no-subject": (
            Text("不知道这些用例检验什么：旁边没有 {name}", "what do these cases test? there is no {name} beside them"),
            Text("在 [cases] 写 policy、list 或 procedure，或按被测文件命名", "state policy, list or procedure under [cases], or name the file after what it tests"),
        ),
        "subject-broken": (
            Text("被测的政策本身有 {count} 个问题，先改正", "what the cases test has {count} problems itself"),
            Text("运行 huaying check {path}", "run huaying check {path}"),
        ),
        "unsupported-kind": (
            Text("`{kind}` 类政策没有可检验的裁定", "a policy of kind `{kind}` decides nothing that cases could test"),
            Text("检验 subsidy、eligibility、timetable 类政策", "test policies of kind subsidy, eligibility or timetable"),
        ),
        "no-such-pack": (
            Text("用例所需的政策包不存在", "the pack that the cases need is not there"),
            Text("在 [cases] 写 pack：随库政策包的名称或路径", "state pack under [cases]: a shipped pack's name or a path"),
        ),
        "unknown-key": (
            Text("不认识的键 `{name}`{near}", "the key `{name}` is not known{near}"),
            Text("可用的键：{known}", "the keys are: {known}"),
        ),
        "unknown-column": (
            Text("不认识的列 `{name}`{near}", "the column `{name}` is not known{near}"),
            Text("可用的列：{known}", "the columns are: {known}"),
        ),
        "unknown-input": (
            Text("被测的政策没有事实 `{name}`{near}", "what is tested has no fact `{name}`{near}"),
            Text("可用的事实：{known}", "the facts are: {known}"),
        ),
        "unknown-aspect": (
            Text("这类政策没有可预期的 `{name}`{near}", "this kind of subject has no `{name}` to be expected{near}"),
            Text("可预期的有：{known}", "what can be expected: {known}"),
        ),
        "wrong-value": (
            Text("{label}应为{wanted}", "{label} should be {wanted}"),
            Text("改为这样的值；事实未知则不写", "write such a value; leave a missing fact out"),
        ),
        "no-such-date": (
            Text("没有这一天", "there is no such day"),
            Text("写历法上存在的日期，如 2026-02-09", "write a day of the calendar, as 2026-02-09"),
        ),
        "no-name": (
            Text("用例没有名称", "the case has no name"),
            Text('写 name = "……"，说明这是什么情形', 'write name = "…": what situation it is'),
        ),
        "same-name": (
            Text("与第 {first} 行的用例同名", "has the name of the case at line {first}"),
            Text("每个用例用不同的名称", "give each case a name of its own"),
        ),
        "no-date": (
            Text("用例没有日期", "the case has no date"),
            Text("写 on（认定日），或在 [cases] 写共同的 on", "write on, the day as of which it is judged, or one on for all under [cases]"),
        ),
        "nothing-expected": (
            Text("用例没有写预期", "the case expects nothing"),
            Text("至少写一项预期，如应有结论或应得金额", "state at least one expectation, such as outcome or amount"),
        ),
        "none-and-facts": (
            Text("写明没有{label}，却又写了其事实", "says that there is no {label}, and states facts of one"),
            Text("删去其中之一", "drop one of the two"),
        ),
        "unknown-rule": (
            Text("被测的政策没有规则 `{name}`{near}", "what is tested has no rule `{name}`{near}"),
            Text("规则：{known}", "the rules are: {known}"),
        ),
        "unknown-source": (
            Text("被测的政策没有来源 `{name}`{near}", "what is tested has no source `{name}`{near}"),
            Text("来源：{known}", "the sources are: {known}"),
        ),
        "unknown-missing": (
            Text("没有可缺的事实 `{name}`{near}", "no fact `{name}` could be missing{near}"),
            Text("事实：{known}", "the facts are: {known}"),
        ),
        "given-bad": (
            Text("给定的办理经过本身不成立：{why}", "what is given could not have happened: {why}"),
            Text("改正 given，使每一步都能办理", "correct the given steps so that each is admitted"),
        ),
        "no-when": (
            Text("没有写要检验的动作", "the action to be tested is not stated"),
            Text("写 when：要检验的动作", "write when: the action to be tested"),
        ),
        "stale-equivalent": (
            Text("列为等价的变异体 `{name}` {why}", "the mutant `{name}`, listed as equivalent, {why}"),
            Text("删去这一条", "drop this entry"),
        ),
        "judged-with-problems": (
            Text("这一用例无法裁定：{why}", "the case cannot be judged: {why}"),
            Text("改正输入", "correct its input"),
        ),
        "not-a-case-file": (
            Text("不是用例文件", "is not a case file"),
            Text("用例文件以 .cases.toml 或 .cases.csv 结尾", "a case file ends in .cases.toml or .cases.csv"),
        ),
    }
)  # fmt: skip


def problem(code: str, place: Place, value: str = "", excerpt: str = "", **tells: object) -> Problem:
    """Return the problem of this code; `tells` fills the places of its texts."""
    message, cure = CATALOGUE[code]
    return Problem(code, message.fill(**tells), cure.fill(**tells), place, value[:80], excerpt)


def near(name: str, known: Iterable[str]) -> Text:
    """Return a hint at the known word that `name` most resembles."""
    found = get_close_matches(name[:64], list(known), n=1, cutoff=0.5)
    return Text("；是否为 `{w}`", "; do you mean `{w}`").fill(w=found[0]) if found else same("")
