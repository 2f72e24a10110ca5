"""用语: every phrase of the tester's reports, in Chinese and in English."""

from __future__ import annotations

from huaying_governance.text import Text

HOLDS = {
    True: Text("✓ 成立", "✓ holds"),
    False: Text("✗ 不成立", "✗ does not hold"),
    None: Text("? 未知", "? unknown"),
}
FAILED = Text("未通过：{name}", "FAILED: {name}")
SUBJECT = Text("被测", "tested")
VERSION = Text("版本", "version")
DATE = Text("日期", "date")
GIVEN = Text("给定", "given")
EVENTS = Text("事件", "events")
STEPS = Text("办理经过", "steps")
WANTED = Text("预期", "expected")
GOT = Text("实得", "got")
APART = Text("差异", "difference")
JUDGED = Text("各规则的评判", "how every rule judges")
BASIS = Text("依据", "clause")
NO_RULES = Text("当日没有规则施行", "no rule is in force on that day")
MISSING_FACT = Text("未给出", "not given")
PENDING = Text("（待确认）", " (to be confirmed)")

SUMMARY = Text("{n} 个用例，{p} 个通过，{f} 个未通过", "{n} cases: {p} passed, {f} failed")
NOTHING = Text(
    "没有检验任何情形：用例文件里没有用例；用 --coverage --append FILE 可以拟出一批",
    "nothing was tested: the case files hold no case; --coverage --append FILE proposes some",
)
OF_THEM_PENDING = Text("；其中 {w} 个待确认", "; {w} of them to be confirmed")
SUITE = Text("{title}（{id}）：{n} 个用例，{f} 个未通过", "{title} ({id}): {n} cases, {f} failed")
PROBLEMS = Text("文件有 {n} 个问题", "{n} problems in the files")
MORE = Text("另有 {n} 个问题未列出", "and {n} more problems")

COVERAGE = Text(
    "政策覆盖：{id}：{got}/{all} 项，{percent}", "policy coverage: {id}: {got} of {all} goals, {percent}"
)
NO_GOALS = Text(
    "政策覆盖：{id}：程序没有覆盖目标，未计量",
    "policy coverage: {id}: procedures have no coverage goals; not measured",
)
UNCOVERED = Text("未覆盖", "not covered")
WAITING = Text("待确认", "to be confirmed")
WAITING_HELP = Text(
    "有 {n} 项只由待确认的用例达到，不计入覆盖：按政策原文核对该用例，对的删去 pending 一行",
    "{n} goals are reached only by pending cases and do not count: check those cases against the text of the policy, "
    "and take the line `pending` out of those that are right",
)
WAITING_BY = Text("（用例“{name}”）", " (case “{name}”)")
WAITING_KILLER = Text(
    "待确认的用例“{name}”能发现它：核对后删去 pending 一行",
    "the pending case “{name}” would find it: check it and take its line `pending` out",
)
IMPOSSIBLE = Text("不可能达到（已证明）：{n} 项", "proved impossible: {n} goals")
UNDER = Text("政策覆盖 {got} 低于要求的 {wanted}", "policy coverage {got} is under the {wanted} asked for")
SUGGESTED = Text(
    "可补的用例（待确认；请按政策原文核对预期后再用）",
    "cases to add (to be confirmed: check what they expect against the text of the policy)",
)
NO_WITNESS = Text("没有找到能达到它的用例", "no case was found that reaches it")

MUTATION = Text(
    "变异检验：{id}：{all} 个变异体，{killed} 个被发现，{equal} 个等价，{left} 个存活",
    "mutation: {id}: {all} mutants, {killed} killed, {equal} equivalent, {left} survive",
)
SURVIVOR = Text("存活：{id}", "survives: {id}")
EQUAL_LISTED = Text("等价（列明理由）：{id}：{why}", "equivalent (listed): {id}: {why}")
EQUAL_PROVED = Text(
    "等价（逐类穷举证明）：{id}：{what}", "equivalent (proved, every class of values tried): {id}: {what}"
)
KILLED_BY_LIST = Text("已被用例发现", "is killed by a case")
UNKNOWN_MUTANT = Text("不存在", "does not exist")
NO_KILLER = Text(
    "没有找到能区分它的事实；可能等价，请论证后列入 [[equivalent]]",
    "no facts were found that tell it apart; it may be equivalent: argue so under [[equivalent]]",
)
KILLER = Text("能发现它的用例", "a case that kills it")

MUTATIONS = {
    "compare": Text("比较改为", "comparison becomes"),
    "boolean": Text("且/或互换", "and/or swapped"),
    "negate": Text("条件取反", "condition negated"),
    "drop": Text("去掉一个条件", "a condition dropped"),
    "constant": Text("常数加减一", "constant by one"),
    "member": Text("列举项增减", "a listed value dropped"),
    "value": Text("参数值变动", "parameter value changed"),
    "amount": Text("金额变动", "amount changed"),
    "date": Text("日期差一天", "date by one day"),
    "rule": Text("删去规则", "rule deleted"),
    "order": Text("规则换位", "rules reordered"),
    "combine": Text("删去合并规定", "combination dropped"),
    "cap": Text("封顶变动", "cap changed"),
    "effect": Text("作用变动", "effect changed"),
    "clock": Text("时限变动", "clock changed"),
    "setting": Text("通用设置变动", "setting changed"),
    "line": Text("清单事项变动", "line of the list changed"),
}

GOLDEN_SAME = Text("{n} 个裁定，与记录相同", "{n} rulings, the same as recorded")
GOLDEN_CHANGED = Text("{n} 个裁定，{c} 个有变", "{n} rulings, {c} changed")
GOLDEN_NEW = Text("记录中没有此用例", "not in the record")
GOLDEN_GONE = Text("此用例已不在", "the case is gone")
GOLDEN_POLICY = Text("政策的变动", "what changed in the policy")
GOLDEN_WRITTEN = Text("已记录 {n} 个裁定：{path}", "{n} rulings recorded: {path}")

MORE_LINES = Text("…… 另有 {n} 项", "… and {n} more")
