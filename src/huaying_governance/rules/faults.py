"""Every fault that a policy document can have (错误目录): code, what is wrong, how to put it right, in both languages.

The table is the one home of these messages: the reader and the checks name a code, and docs/language/errors.md is
generated from it together with one failing file for each code. It is long because it is a table.
"""

# Long: it is a table, one entry for each fault, and the one home of these messages.

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from attrs import frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.rules.source import Span
from huaying_governance.text import Text


@frozen
class Fault:
    """One kind of fault."""

    message: Text
    cure: Text
    severity: Literal["error", "warning"] = "error"


def _fault(
    zh: str, en: str, cure_zh: str, cure_en: str, severity: Literal["error", "warning"] = "error"
) -> Fault:
    return Fault(Text(zh, en), Text(cure_zh, cure_en), severity)


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        # The document as text
        "unreadable-file": _fault(
            "无法读取文件：{reason}",
            "cannot read the file: {reason}",
            "核对路径与权限",
            "see to the path and its permissions",
        ),
        "not-utf8": _fault(
            "文件不是UTF-8编码", "the file is not UTF-8", "以UTF-8编码另存", "save it as UTF-8"
        ),
        "document-too-large": _fault(
            "文件超过{limit}个字符",
            "the document is longer than {limit} characters",
            "拆成几个文件，用 include 引用",
            "split it and draw the parts in with `include`",
        ),
        "hidden-character": _fault(
            "含有不可见、双向或控制字符 {point}",
            "holds an invisible, bidirectional or control character {point}",
            "删除该字符",
            "delete the character",
        ),
        "key-too-long": _fault(
            "键的层级过多", "a key has too many parts", "改用表头 [a.b]", "use table headers, [a.b]"
        ),
        "string-too-long": _fault(
            "引号内的文字过长", "a quoted text is too long", "缩短文字", "shorten the text"
        ),
        "too-many-entries": _fault(
            "键和条目过多",
            "there are too many keys and entries",
            "拆成几个文件，或用表格文件",
            "split it, or use a table file",
        ),
        "too-deep": _fault("括号嵌套过深", "brackets are nested too deep", "减少嵌套", "nest less"),
        "toml-syntax": _fault(
            "不是有效的TOML：{reason}",
            "not valid TOML: {reason}",
            "{cure}",
            "{cure}",
        ),
        "no-such-date": _fault(
            "日期不存在", "there is no such date", "改为历法上存在的日期", "write a day that the calendar has"
        ),
        # The document as tables
        "missing-key": _fault("缺少 `{name}`", "`{name}` is missing", "补上 `{name}`", "add `{name}`"),
        "missing-language": _fault(
            "缺少 `{name}`",
            "`{name}` is missing",
            '补上 `{name}`；只用一种文字时，去掉大括号，直接写 "…"',
            'add `{name}`; for one language only, write "…" without the braces',
        ),
        "unknown-key": _fault("不认识 `{name}`", "`{name}` is not known here", "{hint}", "{hint}"),
        "wrong-type": _fault("应为{expected}", "should be {expected}", "写成{expected}", "write {expected}"),
        "not-one-of": _fault("取值应为 {allowed} 之一", "should be one of {allowed}", "{hint}", "{hint}"),
        "float": _fault(
            "不接受浮点数、inf 或 nan",
            "floating-point numbers, inf and nan are not accepted",
            '小数请加引号，如 "0.5"；金额写整数或带引号的元',
            'quote decimals, "0.5"; write money as an integer or quoted yuan',
        ),
        "bad-number": _fault(
            "不是十进制数，或位数过多",
            "not a decimal number, or of too many digits",
            "只写数字，小数点后至多{places}位",
            "write digits only, at most {places} after the point",
        ),
        "out-of-range": _fault(
            "超出范围 {low} 至 {high}",
            "outside {low} to {high}",
            "改为范围内的值",
            "use a value within the range",
        ),
        "bad-id": _fault(
            "标识只能用小写字母、数字和连字符或下划线，以字母开头",
            "an id is lower-case letters, digits, hyphens or underscores, and begins with a letter",
            "改写标识",
            "rewrite the id",
        ),
        "reserved-name": _fault(
            "`{name}` 是语言的保留字",
            "`{name}` is a word of the language",
            "换一个名称",
            "choose another name",
        ),
        "empty-text": _fault("文字为空", "the text is empty", "写明文字", "write the text"),
        "duplicate": _fault(
            "`{name}` 重复，已在 {first} 定义",
            "`{name}` is defined twice, first at {first}",
            "改名或删去其一",
            "rename one of them or delete it",
        ),
        "include-cycle": _fault(
            "引用成环：{chain}",
            "includes go in a circle: {chain}",
            "去掉其中一处引用",
            "take out one of the includes",
        ),
        "include-missing": _fault(
            "引用的文件不存在",
            "the included file does not exist",
            "核对路径（相对于本文件）",
            "see to the path, relative to this file",
        ),
        "include-path": _fault(
            "引用应为相对路径的 .toml 文件",
            "an include is a relative path of a .toml file",
            "改为相对路径",
            "write a relative path",
        ),
        "include-too-many": _fault(
            "引用的文件超过{limit}个",
            "more than {limit} documents are included",
            "合并文件",
            "join documents",
        ),
        "include-rules": _fault(
            "被引用的文件只能含来源、事实、关系和参数",
            "an included document holds only sources, facts, relations and parameters",
            "把 `{name}` 移到政策文件",
            "move `{name}` to the policy document",
        ),
        # Names, citations and dates
        "unknown-source": _fault(
            "没有来源 `{name}`",
            "there is no source `{name}`",
            "{hint}；新的来源先写成一段 [[source]]",
            "{hint}; a new source is first written as a [[source]]",
        ),
        "missing-citation": _fault(
            "缺少依据", "the citation is missing", '写明 source = "来源#条"', 'write source = "id#article"'
        ),
        "unknown-parameter": _fault(
            "没有参数 `{name}`", "there is no parameter `{name}`", "{hint}", "{hint}"
        ),
        "unknown-rule": _fault(
            "没有规则或前面的合并 `{name}`",
            "there is no rule or earlier combination `{name}`",
            "{hint}",
            "{hint}",
        ),
        "key-not-for-type": _fault(
            "`{name}` 不用于类型 {kind}", "`{name}` does not belong to the type {kind}", "删去", "delete it"
        ),
        "key-needs": _fault(
            "`{name}` 只能与 {other} 同用",
            "`{name}` goes only with {other}",
            "补上或删去",
            "add that, or delete this",
        ),
        "bounds-crossed": _fault(
            "下限 {low} 大于上限 {high}",
            "the least value {low} is greater than the greatest {high}",
            "改正上下限",
            "correct the bounds",
        ),
        "dates-crossed": _fault(
            "止日 {last} 早于起日 {first}",
            "the last day {last} comes before the first {first}",
            "改正日期",
            "correct the days",
        ),
        # Expressions as written
        "expression-empty": _fault(
            "表达式为空", "the expression is empty", "写出条件或金额", "write a condition or an amount"
        ),
        "expression-too-long": _fault(
            "表达式超过{limit}个字符",
            "the expression is longer than {limit} characters",
            "拆成几条规则",
            "split it into several rules",
        ),
        "expression-too-deep": _fault(
            "表达式嵌套超过{limit}层",
            "the expression is nested deeper than {limit}",
            "减少括号或 not",
            "use fewer brackets or `not`s",
        ),
        "expression-too-large": _fault(
            "表达式超过{limit}个部分",
            "the expression has more than {limit} parts",
            "拆成几条规则",
            "split it into several rules",
        ),
        "expression-continues": _fault(
            "表达式到此应结束，却还有 `{word}`",
            "the expression should end here, but `{word}` follows",
            "用 and、or 或运算符连接，或删去",
            "join it with `and`, `or` or an operator, or delete it",
        ),
        "expression-ends": _fault(
            "表达式不完整，缺少 `{what}`",
            "the expression ends where `{what}` is expected",
            "补全",
            "complete it",
        ),
        "expression-expected": _fault(
            "此处应为 `{what}`，却是 `{word}`",
            "`{what}` is expected here, not `{word}`",
            "改正此处",
            "correct it here",
        ),
        "number-too-long": _fault(
            "数字超过{limit}位", "the number has more than {limit} digits", "核对数字", "see to the number"
        ),
        "number-malformed": _fault(
            "数字写法不对", "the number is malformed", "写成 12 或 12.5", "write it as 12 or 12.5"
        ),
        "text-unclosed": _fault("引号不成对", "the quotation mark is not closed", "补上引号", "close it"),
        "text-escape": _fault(
            "文本中不能用反斜杠", "text holds no backslash", "删去反斜杠", "delete the backslash"
        ),
        "text-prefix": _fault(
            "引号前不能有 `{word}`", "no `{word}` before a quotation mark", "删去前缀", "delete the prefix"
        ),
        "character-wide": _fault(
            "全角字符 {char}（{point}）不能用在引号之外",
            "the full-width character {char} ({point}) does not belong outside quotes",
            "改用半角的 {instead}",
            "use the ordinary character {instead}",
        ),
        "character-unknown": _fault(
            "“{char}”（{point}）不属于本语言",
            "`{char}` ({point}) is not part of the language",
            "{hint}",
            "{hint}",
        ),
        "operator-instead": _fault(
            "没有运算符 `{word}`", "there is no operator `{word}`", "改用 `{instead}`", "use `{instead}`"
        ),
        "operator-unknown": _fault(
            "没有运算符 `{word}`",
            "there is no operator `{word}`",
            "只有 + - * / 与比较",
            "there are only + - * / and comparisons",
        ),
        "word-foreign": _fault(
            "`{word}` 不属于本语言",
            "`{word}` is not part of the language",
            "改写条件；缺失由引擎处理",
            "rewrite the condition; missing facts are dealt with by the engine",
        ),
        "attribute": _fault(
            "不能取属性", "attributes cannot be taken", "只有 关系.事实", "there is only relation.fact"
        ),
        "subscript": _fault("不能取下标", "subscripts cannot be taken", "删去方括号", "delete the brackets"),
        "call-of-value": _fault(
            "只能调用内置函数", "only the known functions can be called", "删去括号", "delete the brackets"
        ),
        # Expressions as meant
        "unknown-name": _fault(
            "没有名为 `{name}` 的事实或参数", "there is no fact or parameter `{name}`", "{hint}", "{hint}"
        ),
        "unknown-relation": _fault(
            "没有名为 `{name}` 的关系", "there is no relation `{name}`", "{hint}", "{hint}"
        ),
        "unknown-relation-fact": _fault(
            "关系 `{relation}` 没有事实 `{name}`",
            "the relation `{relation}` has no fact `{name}`",
            "{hint}",
            "{hint}",
        ),
        "unknown-function": _fault("没有函数 `{name}`", "there is no function `{name}`", "{hint}", "{hint}"),
        "argument-count": _fault(
            "`{name}` 需要{expected}个参数，写了{found}个",
            "`{name}` takes {expected} arguments, not {found}",
            "改正参数个数",
            "give the right number of arguments",
        ),
        "type-mismatch": _fault(
            "此处应为{expected}，却是{found}",
            "{expected} is expected here, not {found}",
            "改写表达式",
            "rewrite the expression",
        ),
        "compare-mismatch": _fault(
            "{left}不能与{right}比较",
            "{left} cannot be compared with {right}",
            "比较同类的值",
            "compare values of one type",
        ),
        "order-of-texts": _fault(
            "{found}只能比较相等与否",
            "{found} can only be equal or not",
            "用 == 或 !=，或 in",
            "use == or !=, or `in`",
        ),
        "unit-mismatch": _fault(
            "单位不同：{left} 与 {right}",
            "units differ: {left} and {right}",
            "换算或改用同一单位的事实",
            "convert, or use a fact of the same unit",
        ),
        "money-times-money": _fault(
            "金额不能乘以金额",
            "money cannot be multiplied by money",
            "乘以不带单位的数",
            "multiply by a plain number",
        ),
        "not-a-choice": _fault(
            "`{value}` 不是{fact}的选项", "`{value}` is not a choice of {fact}", "{hint}", "{hint}"
        ),
        "list-of-literals": _fault(
            "方括号内只能是字面值",
            "a list holds literals only",
            "写出具体的值",
            "write the values themselves",
        ),
        "zero-divisor": _fault(
            "除数可能为零",
            "the divisor can be zero",
            "给事实设下限，或用 max(…, 1)",
            "bound the fact from below, or use max(…, 1)",
        ),
        "never-met": _fault(
            "按事实的上下限，此比较永不成立",
            "by the bounds of the facts, this comparison can never be met",
            "核对数值与事实的上下限",
            "see to the figure and to the bounds of the fact",
        ),
        "always-met": _fault(
            "按事实的上下限，此比较总成立",
            "by the bounds of the facts, this comparison is always met",
            "删去，或核对数值",
            "delete it, or see to the figure",
            "warning",
        ),
        # The policy as a whole
        "overlap": _fault(
            "`{name}` 在 {first} 至 {last} 有两个值",
            "`{name}` has two values from {first} to {last}",
            "给前一个值写 to，或改后一个的 from",
            "give the earlier one a `to`, or move the later one's `from`",
        ),
        "gap": _fault(
            "`{name}` 在 {first} 至 {last} 没有值",
            "`{name}` has no value from {first} to {last}",
            "补上这段时间的值",
            "add a value for these days",
        ),
        "value-not-in-force": _fault(
            "规则自 {first} 至 {last} 施行，参数 `{name}` 此间没有值",
            "the rule is in force from {first} to {last}, when the parameter `{name}` has no value",
            "补上参数的值，或改规则的起止日",
            "give the parameter a value, or move the days of the rule",
        ),
        "citation-not-in-force": _fault(
            "`{name}` 在 {first} 至 {last} 没有可引的依据",
            "`{name}` has no clause to rest on from {first} to {last}",
            "source 写成分段的列表，每段引用当时有效的来源：旧来源的一段写 to，新来源的一段写 from",
            "write a dated list of sources, each in force on its days: the old one with `to`, the new one with `from`",
        ),
        "never-applies": _fault(
            "规则 `{name}` 的条件自相矛盾，永不成立",
            "the rule `{name}` can never apply: its condition contradicts itself",
            "改写条件",
            "rewrite the condition",
        ),
        "not-combined": _fault(
            "规则 `{name}` 与 `{other}` 可能同时成立，却未说明如何合并",
            "the rules `{name}` and `{other}` can hold at once, and nothing says how they combine",
            "加 [[combine]]：highest-of、exclusive、cap 或 sum",
            "add a [[combine]]: highest-of, exclusive, cap or sum",
        ),
        "two-timetables": _fault(
            "规则 `{name}` 与 `{other}` 可能同时适用于一件事项",
            "the rules `{name}` and `{other}` can cover one entry at once",
            "改写条件使其互斥",
            "rewrite the conditions so that only one can hold",
        ),
        "may-conflict": _fault(
            "互斥的规则 `{name}` 与 `{other}` 可能同时成立，届时均不发放",
            "the exclusive rules `{name}` and `{other}` can hold at once, and then neither is paid",
            "改写条件，或改用 highest-of",
            "rewrite the conditions, or use highest-of",
            "warning",
        ),
        "amount-negative": _fault(
            "金额可能为负（最低 {low} 元）",
            "the amount can be negative (down to {low} yuan)",
            "给事实设界，或用 max(…, 0)",
            "bound the facts, or use max(…, 0)",
        ),
        "amount-too-large": _fault(
            "金额可能超过一万万亿元",
            "the amount can exceed ten quadrillion yuan",
            "给事实设上限",
            "bound the facts from above",
        ),
        "combine-too-few": _fault(
            "合并至少要两项",
            "a combination takes at least two",
            "补上规则，或删去合并",
            "add a rule, or delete the combination",
        ),
        "mid-year-change": _fault(
            "{days} 在年中变更，政策未说明按哪一天计",
            "there is a change within a year ({days}), and nothing says which day decides",
            '在 [policy] 写 changes = "day"（按认定日）或 "split"（分段）',
            'write changes = "day" (the day of decision) or "split" in [policy]',
        ),
        "weights-sum": _fault(
            "自 {first} 起权重合计 {found}，应为 {total}",
            "from {first} the weights add up to {found}, not {total}",
            "改正权重",
            "correct the weights",
        ),
        "unused-parameter": _fault(
            "参数 `{name}` 无人使用",
            "nothing uses the parameter `{name}`",
            "删去，或写入规则",
            "delete it, or use it",
            "warning",
        ),
        "unused-fact": _fault(
            "事实 `{name}` 无人读取",
            "nothing reads the fact `{name}`",
            "删去，或写入规则",
            "delete it, or use it",
            "warning",
        ),
        "unused-relation": _fault(
            "关系 `{name}` 无人读取",
            "nothing reads the relation `{name}`",
            "删去，或写入规则",
            "delete it, or use it",
            "warning",
        ),
        "unbounded-shift": _fault(
            "推移的年数或月数没有界限，日期会超出历法范围",
            "the shift is unbounded, the date could leave the calendar",
            "给事实设上下限",
            "bound the fact on both sides",
        ),
        "date-argument": _fault(
            'date 的参数应为带引号的日期，如 date("2026-01-01")',
            'date takes a quoted day: date("2026-01-01")',
            "写出日期",
            "write the day",
        ),
    }
)


def problem(code: str, span: Span | None, **values: object) -> Problem:
    """Return the problem `code` at `span`, its message filled with `values`; `value` is shown as the offending one."""
    fault = FAULTS[code]
    return Problem(
        code,
        fault.message.fill(**values),
        fault.cure.fill(**values),
        span.place if span is not None else Place(),
        str(values.get("value", "")) if code == "no-such-date" else "",
        span.excerpt if span is not None else "",
        fault.severity,
    )


def nearest(word: str, known: Iterable[str]) -> Text:
    """Return the cure that names the nearest of the `known` names, or else all of them, in order."""
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word[:80], names, 1, 0.6)
    if close:
        return Text(f"是否为 `{close[0]}`？", f"did you mean `{close[0]}`?")
    if not names:
        return Text("此处没有可用的名称", "there is no name to use here")
    listed = ", ".join(f"`{name}`" for name in names[:12]) + (" …" if len(names) > 12 else "")
    return Text(f"可用：{listed}", f"known: {listed}")
