"""The policy document as tables (政策文件): the one definition that the reader and the JSON Schema come from.

Every key is listed here once, with its shape and its meaning in both languages. What is read is a draft: expressions
are still text, and names are not resolved.
"""

# Long: it is a table, one entry for each key of a document, and the one home of its definition.

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from huaying_governance.kernel.citation import Source
from huaying_governance.rules.exact import MONEY, Exact
from huaying_governance.rules.shape import (
    At,
    Day,
    Entry,
    Flag,
    Ident,
    Label,
    Named,
    OneOf,
    Quantity,
    Several,
    Shape,
    Table,
    Whole,
    Words,
)
from huaying_governance.text import Text, same

UNITS = (
    MONEY,
    "years",
    "months",
    "days",
    "working_days",
    "natural_days",
    "persons",
    "households",
    "percent",
    "points",
)
ROUNDINGS = ("half-up-fen", "half-even-fen", "down-fen", "up-fen", "half-up-yuan", "down-yuan", "up-yuan")
KINDS = ("subsidy", "eligibility", "timetable", "list", "weights")
STANDINGS = ("law", "official", "secondary", "memory", "article", "default", "synthetic")
PROPERTIES = ("never-both", "at-most", "at-least", "reachable", "monotone", "equivalent", "no-cliff")
EVENTS = ("received", "accepted", "assigned", "replied", "verified")


@frozen
class Cited:
    """A clause as written: `id` or `id#article`, with the days it is cited for."""

    since: date | None
    until: date | None
    reference: str
    at: At = field(eq=False, repr=False)


@frozen
class Draft:
    """One table of the document: what it holds by key, and where it stands."""

    at: At = field(eq=False, repr=False)
    held: dict[str, Any] = field(factory=dict, hash=False)

    def __getitem__(self, key: str) -> Any:
        return self.held[key]


def _draft(held: dict[str, Any], at: At) -> Draft:
    return Draft(at, held)


@frozen
class _Reference:
    """A citation: `id` or `id#34`, or a dated list of them."""

    def read(self, value: object, at: At) -> Any:
        """Return a tuple of `Cited`."""
        if isinstance(value, list):
            read = Several(_DATED_REFERENCE).read(value, at) if value else ()
            return (
                read
                if isinstance(read, tuple) and read and len(read) == len(value)
                else at.fault("missing-citation")
            )
        word = Words().read(value, at)
        return (Cited(None, None, word, at),) if isinstance(word, str) else word

    def schema(self) -> dict[str, Any]:
        """A string, or an array of dated ones."""
        return {"anyOf": [{"type": "string"}, Several(_DATED_REFERENCE, 1).schema()]}


def _entry(shape: Shape, zh: str, en: str, *, required: bool = False, default: object = None) -> Entry:
    return Entry(shape, Text(zh, en), required, default)


_FROM = _entry(Day(), "起（含）", "first day in force", required=True)
_TO = _entry(Day(), "止（含），空为长期", "last day in force; absent: open")
_EXPRESSION = Words(empty=True)
_SOURCE = _entry(_Reference(), "依据：来源#条", "citation: source#article", required=True)
_LABEL = _entry(Label(), "名称", "label", required=True)

_DATED_REFERENCE = Table(
    {
        "from": _entry(Day(), "起", "from"),
        "to": _TO,
        "source": _entry(Words(), "来源#条", "source#article", required=True),
    },
    lambda held, at: Cited(held["from"], held["to"], held["source"], at.child("source")),
)


def _source(held: dict[str, Any], at: At) -> tuple[Source, At]:
    source = Source(
        held["id"],
        held["title"],
        held["standing"],
        held["address"],
        held["text"],
        held["since"],
        held["until"],
    )
    return source, at


SOURCE = Table(
    {
        "id": _entry(Ident(), "标识", "id", required=True),
        "title": _entry(Label(), "名称", "title", required=True),
        "standing": _entry(OneOf(STANDINGS), "效力", "how sure the source is", default="law"),
        "address": _entry(Words(empty=True), "出处地址", "address", default=""),
        "text": _entry(Words(empty=True), "原文", "quoted text", default=""),
        "since": _entry(Day(), "施行日", "in force since"),
        "until": _entry(Day(), "失效日（含）", "in force until"),
    },
    _source,
)

OPTION = Table(
    {"id": _entry(Words(), "选项", "option", required=True), "label": _LABEL},
    lambda held, _: (held["id"], held["label"]),
)


@frozen
class _Option:
    """A choice: a word, or a word with its label."""

    def read(self, value: object, at: At) -> Any:
        """Return the word and its label."""
        if isinstance(value, str):
            word = Words().read(value, at)
            return (word, same(value)) if isinstance(word, str) else word
        return OPTION.read(value, at)

    def schema(self) -> dict[str, Any]:
        """A string, or a table with a label."""
        return {"anyOf": [Words().schema(), OPTION.schema()]}


# A label, or its two languages beside each other; the name itself where neither is written.
_SAID: dict[str, Entry] = {
    "label": _entry(Label(), "名称", "label"),
    "zh": _entry(Words(), "中文名称", "label in Chinese"),
    "en": _entry(Words(), "英文名称", "label in English"),
}

FACT = Table(
    {
        "type": _entry(
            OneOf(("boolean", "integer", "decimal", "text", "choice", "date")), "类型", "type", required=True
        ),
        **_SAID,
        "of": _entry(Several(_Option(), 2, 500), "选项", "choices"),
        "min": _entry(Quantity(), "下限（含）", "least value"),
        "max": _entry(Quantity(), "上限（含）", "greatest value"),
        "unit": _entry(OneOf(UNITS), "单位", "unit", default=""),
        "from": _entry(OneOf(("spells",)), "由就业时段推出", "derived from spells"),
        "derive": _entry(OneOf(("covers", "run_months")), "推算方法", "how it is derived"),
        "where": _entry(Ident(), "计入的时段标记", "the flag of spells that count"),
        "gap_days": _entry(Ident(), "允许间断天数的参数", "parameter of the tolerated gap"),
    },
    _draft,
)

RELATION = Table(
    {**_SAID, "facts": _entry(Several(Ident(), 1, 100), "可用的事实", "facts of it", required=True)},
    _draft,
)

STEP = Table(
    {
        "from": _FROM,
        "to": _TO,
        "value": _entry(Quantity(), "数值", "value", required=True),
        "source": _entry(_Reference(), "依据", "citation", required=True),
    },
    _draft,
)

PARAMETER = Table(
    {
        **_SAID,
        "unit": _entry(OneOf(UNITS), "单位", "unit", default=""),
        "values": _entry(Several(STEP, 1, 200), "各时期的值", "values by date", required=True),
    },
    _draft,
)

_RULE: dict[str, Entry] = {
    "id": _entry(Ident(), "标识", "id", required=True),
    "label": _entry(Label(), "名称", "label"),
    "from": _FROM,
    "to": _TO,
    "source": _SOURCE,
    "when": _entry(_EXPRESSION, "条件", "condition", required=True),
}

SUBSIDY_RULE = Table(
    {
        **_RULE,
        "payee": _entry(OneOf(("worker", "enterprise", "both")), "发放对象", "who is paid", default="worker"),
        "unit": _entry(
            OneOf(("person", "couple", "household", "enterprise")),
            "发放单位",
            "unit of award",
            default="person",
        ),
        "amount": _entry(
            _EXPRESSION,
            '金额（元）；"unset" 为原文未定',
            'amount in yuan; "unset": not stated',
            required=True,
        ),
        "enterprise_amount": _entry(
            Words(), "双向奖励中企业的金额", "the enterprise's amount, for payee both"
        ),
        "prorate": _entry(Flag(), "是否参与折算", "whether proration applies", default=True),
    },
    _draft,
)

ELIGIBILITY_RULE = Table(
    {
        **_RULE,
        "effect": _entry(OneOf(("require", "route", "bar", "note")), "作用", "effect", required=True),
        "code": _entry(Ident(), "理由代码", "reason code", default=""),
    },
    _draft,
)

CLOCK = Table(
    {
        "id": _entry(Ident(), "标识", "id", required=True),
        "start": _entry(OneOf(EVENTS), "起算事件", "start event", required=True),
        "until": _entry(OneOf(EVENTS), "完成事件", "what meets it", required=True),
        "days": _entry(Ident(), "天数参数", "parameter of the days", required=True),
        "when": _entry(_EXPRESSION, "适用条件", "which entries"),
    },
    _draft,
)

TIMETABLE_RULE = Table(
    {**_RULE, "clocks": _entry(Several(CLOCK, 1, 20), "时限", "clocks", required=True)}, _draft
)

_WINDOW = Table(
    {
        "days": _entry(Whole(1, 3660), "天数", "days", required=True),
        "unit": _entry(OneOf(("working_days", "natural_days")), "单位", "unit", required=True),
        "source": _SOURCE,
    },
    _draft,
)
DEFAULTS = Table(
    {
        "hold_stops": _entry(Flag(), "挂账是否停计时限", "whether hold stops the clock", required=True),
        "extensions": _entry(
            Table(
                {
                    "times": _entry(Whole(0, 20), "次数", "times", required=True),
                    "at_most": _entry(
                        Words(), '"original" 或参数', '"original" or a parameter', required=True
                    ),
                    "source": _SOURCE,
                },
                _draft,
            ),
            "延期",
            "extensions",
            required=True,
        ),
        "windows": _entry(
            Table(
                {
                    "objection": _entry(_WINDOW, "退回异议期", "to contest an assignment", required=True),
                    "reopen": _entry(_WINDOW, "重开期", "to reopen", required=True),
                },
                _draft,
            ),
            "期间",
            "windows",
            required=True,
        ),
    },
    _draft,
)

COMBINE = Table(
    {
        "id": _entry(Ident(), "标识", "id", default=""),
        "kind": _entry(OneOf(("highest-of", "exclusive", "cap", "sum")), "方式", "how", required=True),
        "label": _LABEL,
        "rules": _entry(
            Several(Ident(), 1, 200), "规则或前面的合并", "rules or earlier combinations", required=True
        ),
        "per": _entry(
            OneOf(("person", "couple", "household", "period")),
            "上限的范围",
            "what the cap is for",
            default="person",
        ),
        "limit": _entry(_EXPRESSION, "上限（元）", "the cap in yuan"),
        "counted": _entry(_EXPRESSION, "已计入的金额", "what already counts against the cap"),
        "source": _SOURCE,
    },
    _draft,
)

PRORATION = Table(
    {
        "kind": _entry(OneOf(("none", "months", "days")), "折算方式", "how", required=True),
        "months": _entry(_EXPRESSION, "计月数", "the months that count"),
        "days": _entry(_EXPRESSION, "计天数", "the days that count"),
        "year_days": _entry(Whole(360, 366), "一年按几天", "days of a year", default=365),
        "rounding": _entry(OneOf(ROUNDINGS), "舍入", "rounding", default="half-up-fen"),
        "source": _SOURCE,
    },
    _draft,
)

WEIGHT = Table(
    {
        "id": _entry(Ident(), "标识", "id", required=True),
        "label": _LABEL,
        "values": _entry(Several(STEP, 1, 200), "各时期的值", "values by date", required=True),
    },
    _draft,
)

ITEM = Table(
    {
        "code": _entry(Words(), "编码", "code", required=True),
        "name": _entry(Label(), "名称", "name", required=True),
        "kind": _entry(Words(), "类别", "kind", default=""),
        "role": _entry(Words(), "角色", "role of the community", default=""),
        "assigners": _entry(Several(Words()), "可交办单位", "who may assign", default=()),
        "communities": _entry(Several(Words()), "适用社区", "communities covered", default=()),
        "funding": _entry(Words(), "经费规则", "funding rule", default=""),
        "forms": _entry(Several(Words()), "材料", "forms", default=()),
        "from": _FROM,
        "to": _TO,
        "basis": _SOURCE,
    },
    _draft,
)

HEAD = Table(
    {
        "id": _entry(Ident(), "标识", "id", required=True),
        "kind": _entry(OneOf(KINDS), "类别", "kind", required=True),
        "titles": _entry(Label(), "名称", "title"),
        "title": _entry(Label(), "名称（同 titles）", "title, the same as titles"),
        "programme": _entry(Ident(), "所属工程", "programme", default=""),
        "region": _entry(Words(), "地区", "region", default=""),
        "subject": _entry(Ident(), "对象", "subject", default=""),
        "include": _entry(Several(Words(), 0, 100), "引用的文件", "documents drawn in", default=()),
        "changes": _entry(
            OneOf(("day", "split")),
            "年中变更：按认定日或分段",
            "a change within the year: the day decides, or split",
        ),
    },
    _draft,
)

PROPERTY = Table(
    {
        "id": _entry(Ident(), "标识", "id", required=True),
        "kind": _entry(OneOf(PROPERTIES), "性质", "what is stated", required=True),
        "label": _entry(Label(), "名称", "label"),
        "rules": _entry(Several(Ident(), 2, 2), "never-both：两条规则", "never-both: the two rules"),
        "rule": _entry(Ident(), "规则；空为合计", "rule; absent: all together"),
        "fact": _entry(Words(), "monotone、no-cliff：事实", "monotone, no-cliff: the fact"),
        "direction": _entry(
            OneOf(("up", "down")), "monotone：增则不减或不增", "monotone: never less, or more"
        ),
        "amount": _entry(
            Quantity(), "金额（元）；no-cliff：至多损失", "yuan; no-cliff: the most that may be lost"
        ),
        "step": _entry(Whole(1, 1_000_000), "no-cliff：步长", "no-cliff: how much more"),
        "policy": _entry(Words(), "equivalent：另一政策文件", "equivalent: the file of the other policy"),
        "on": _entry(Day(), "认定日；空为每次变更之日", "as of this day; absent: of every day of change"),
    },
    _draft,
)
"""What the policy states of itself, for all cases at once; `proofs` proves it."""

_SHARED: dict[str, Entry] = {
    "source": _entry(Several(SOURCE), "来源", "sources", default=()),
    "facts": _entry(Named(FACT), "事实", "facts", default={}),
    "relations": _entry(Named(RELATION), "关系", "relations", default={}),
    "parameters": _entry(Named(PARAMETER), "参数", "parameters", default={}),
}
_HEAD = {"policy": _entry(HEAD, "政策", "the policy", required=True)}
_STATED = {"properties": _entry(Several(PROPERTY, 0, 200), "声明的性质", "what is stated of it", default=())}

INCLUDED = Table(_SHARED, _draft)
"""What a document that others include may hold."""

DOCUMENTS: dict[str, Table] = {
    "subsidy": Table(
        {
            **_HEAD,
            **_SHARED,
            "rules": _entry(Several(SUBSIDY_RULE, 1), "规则", "rules", required=True),
            "combine": _entry(Several(COMBINE), "合并", "combinations", default=()),
            "proration": _entry(PRORATION, "折算", "proration"),
            **_STATED,
        },
        _draft,
    ),
    "eligibility": Table(
        {
            **_HEAD,
            **_SHARED,
            "rules": _entry(Several(ELIGIBILITY_RULE, 1), "规则", "rules", required=True),
            **_STATED,
        },
        _draft,
    ),
    "timetable": Table(
        {
            **_HEAD,
            **_SHARED,
            "defaults": _entry(DEFAULTS, "通用设置", "what all rules share", required=True),
            "rules": _entry(Several(TIMETABLE_RULE, 1), "规则", "rules", required=True),
        },
        _draft,
    ),
    "list": Table(
        {**_HEAD, **_SHARED, "items": _entry(Several(ITEM, 1), "事项", "items", required=True)}, _draft
    ),
    "weights": Table(
        {
            **_HEAD,
            **_SHARED,
            "total": _entry(Quantity(), "权重合计", "what the weights add up to", required=True),
            "weights": _entry(Several(WEIGHT, 1), "权重", "weights", required=True),
        },
        _draft,
    ),
}
"""The document of each kind of policy."""

Number = Exact
