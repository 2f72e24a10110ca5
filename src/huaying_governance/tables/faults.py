"""表格问题: the catalogue of what can be wrong with a table: code → what is wrong, how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import define, field

from huaying_governance.errors import Place, Problem
from huaying_governance.text import Text

LISTED = 1_000
"""At most this many problems of one table are kept; the rest is counted."""

_SAME_CELL = Text("改正该单元格", "correct the cell")
_AS_TEXT = Text(
    "把该列设为“文本”格式，从原始资料重新录入完整数字",
    "format the column as text and enter the full number again from the original",
)
_SAVE_AS_UTF8 = Text(
    "另存为 CSV UTF-8（或 GB18030）后再试", "save it as CSV in UTF-8 (or GB18030) and try again"
)

CATALOGUE: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        # the file
        "unreadable-file": (
            Text("文件无法读取：{why}", "the file cannot be read: {why}"),
            Text("检查文件是否完好、是否有读取权限", "check that it is a sound file and may be read"),
        ),
        "two-files": (
            Text("同一张表既有 {a} 又有 {b}", "there is both {a} and {b} for one table"),
            Text("只保留其中一个", "keep only one of them"),
        ),
        "bad-encoding": (Text("文字编码无法识别", "the text encoding is not known"), _SAVE_AS_UTF8),
        "nul-byte": (
            Text("文件中有空字节，不是文本表格", "the file has NUL bytes and is not a text table"),
            _SAVE_AS_UTF8,
        ),
        "bad-quotes": (
            Text("引号不成对，或单元格过长：{why}", "an unbalanced quote or an overlong cell: {why}"),
            Text(
                "补上或删去多余的引号；单元格内的引号须写两次",
                "add or drop the quote; a quote inside a cell is doubled",
            ),
        ),
        "empty-file": (
            Text("没有表头", "there is no header row"),
            Text(
                "第一行写列名；不需要此表则删去文件", "name the columns in the first row, or remove the file"
            ),
        ),
        # the header
        "duplicate-header": (
            Text(
                "列 `{name}` 出现了两次（第 {a} 列、第 {b} 列）",
                "column `{name}` stands twice (columns {a} and {b})",
            ),
            Text("删去或改名其中一列", "remove or rename one of the two"),
        ),
        "empty-header": (
            Text("第 {a} 列有内容而没有列名", "column {a} has cells but no header"),
            Text("写上列名，或清空该列", "name the column, or clear it"),
        ),
        "wrong-separator": (
            Text("列之间用的是{c}，应为半角逗号", "columns are parted by {c}, not by a plain comma"),
            Text(
                "改为半角逗号，或从电子表格另存为“CSV UTF-8（逗号分隔）”",
                "use plain commas, or save it from the spreadsheet as CSV UTF-8 (comma delimited)",
            ),
        ),
        "missing-column": (
            Text("缺少列 `{name}`（{zh}）{near}", "column `{name}` ({zh}) is missing{near}"),
            Text(
                "在表头增加该列，或改正写错的列名",
                "add the column to the header, or correct the one misspelt",
            ),
        ),
        "similar-header": (
            Text(
                "列名不认识，疑为 `{name}`（{zh}）的误写",
                "the header is not known; it looks like `{name}` ({zh}) misspelt",
            ),
            Text(
                "改为正确的列名；确为另一列的，换一个名称",
                "write the right name; if it is another column, name it differently",
            ),
        ),
        "forbidden-column": (
            Text("本库不得保存此列：{why}", "this column must not be held here: {why}"),
            Text("从表中删去该列后再导入", "remove the column from the table before importing"),
        ),
        # the row
        "ragged-row": (
            Text(
                "该行有 {cells} 个单元格，表头有 {columns} 列",
                "the row has {cells} cells, the header {columns} columns",
            ),
            Text("补齐或删去多余的分隔符（须是半角逗号）", "add or remove separators; they are plain commas"),
        ),
        "empty-cell": (
            Text("必填而为空", "a value is needed here"),
            Text("填写该单元格", "fill in the cell"),
        ),
        "bad-date": (
            Text("不是有效日期", "not a date of the calendar"),
            Text("写成 2026-02-09、2026年2月9日 或 2026/2/9", "write 2026-02-09, 2026年2月9日 or 2026/2/9"),
        ),
        "bad-moment": (
            Text("不是有效时间", "not a moment in time"),
            Text(
                "写成 2026-02-09T09:30（北京时间）或带时区的 ISO 时间",
                "write 2026-02-09T09:30 (Beijing time) or ISO time with its offset",
            ),
        ),
        "bad-amount": (
            Text("不是金额", "not an amount"),
            Text("以元为单位写数字，至多两位小数", "write digits in yuan with at most two decimals"),
        ),
        "negative-amount": (
            Text("金额不得为负", "an amount may not be negative"),
            Text("写 0 或正数；未知则留空", "write 0 or more; leave it empty when unknown"),
        ),
        "bad-count": (
            Text("不是有效的整数", "not a whole number that fits here"),
            Text("写正整数，不带单位", "write a positive whole number without a unit"),
        ),
        "bad-points": (
            Text("不是0至100的分数", "no score from 0 to 100"),
            Text("写0至100，至多两位小数", "write 0 to 100 with at most two decimals"),
        ),
        "more-than-all": (
            Text("已上岗数多于岗位数", "more jobs are filled than there are"),
            Text("核对两个数字", "check the two figures"),
        ),
        "bad-degrees": (
            Text("不是 ±{limit} 度以内的十进制度数", "not decimal degrees within ±{limit}"),
            Text(
                "写成 106.7819；度分秒先换算，并核对经纬度是否颠倒",
                "write it like 106.7819; convert minutes and seconds, and see that the two are not swapped",
            ),
        ),
        "bad-measure": (
            Text("不是数量", "not a measure"),
            Text("写数字，至多两位小数，不带单位", "write digits with at most two decimals and no unit"),
        ),
        "bad-yes-no": (
            Text("只能填是或否", "neither yes nor no"),
            Text("写 是/否 或 yes/no", "write yes or no, 是 or 否"),
        ),
        "unknown-choice": (
            Text("不在可选值之内{near}", "not one of the words allowed here{near}"),
            Text("可选：{choices}", "choose one of: {choices}"),
        ),
        "number-damaged": (
            Text(
                "长数字已被电子表格改成浮点数，末几位已丢失",
                "a spreadsheet has turned a long number into a float; digits are lost",
            ),
            _AS_TEXT,
        ),
        "text-too-long": (Text("超过 {limit} 个字符", "longer than {limit} characters"), _SAME_CELL),
        "control-character": (Text("含有不可见字符", "has invisible characters"), _SAME_CELL),
        "not-a-reference": (
            Text(
                "像是姓名、证件号码或电话；此处只放内部编号",
                "looks like a person's name, number or phone; only a reference belongs here",
            ),
            Text("填写本单位内部编号，不写姓名", "write your office's own reference, never a name"),
        ),
        "duplicate-id": (
            Text("与第 {first} 行编号相同", "the same as in row {first}"),
            Text("每行用不同的编号；重复的行删去", "give each row its own; remove the repeated row"),
        ),
        "to-before-from": (
            Text("截止日期早于起始日期", "ends before it begins"),
            Text("核对两个日期", "check both dates"),
        ),
        "high-below-low": (
            Text("上限低于下限", "the most is less than the least"),
            Text("核对两个金额", "check both amounts"),
        ),
        "phone-in-text": (
            Text("文字中有电话号码", "the text holds a phone number"),
            Text("删去号码，改写咨询窗口", "drop the number, and name the desk to ask at"),
        ),
        "one-party": (
            Text("当事人不足两方", "a dispute has two parties or more"),
            Text("写明各方的编号，用“;”隔开", "name every party, between `;`"),
        ),
        "bad-number": (
            Text("不是非负数", "is no number from zero on"),
            Text("写不带单位的数，小数最多六位", "write digits without a unit, at most six decimals"),
        ),
        "same-side": (
            Text("两方是同一方", "names one side twice"),
            Text("写明相邻的另一方", "name the neighbouring side"),
        ),
        "confidential-plan": (
            Text("保密图件不得载入", "confidential maps must not be loaded"),
            Text("删去该规划及其图斑，使用公开数据", "take the plan and its parcels away, and use open data"),
        ),
        "own-spouse": (
            Text("配偶编号与本人相同", "names the person itself as spouse"),
            Text("填写配偶的编号；无配偶则留空", "write the spouse's reference, or leave it empty"),
        ),
        "accusation": (
            Text("检举控告不在本库保存", "accusations are not kept here"),
            Text(
                "凭收据移交有权机关，从本表删去该行",
                "hand it over to the competent organ against a receipt and remove the row",
            ),
        ),
        "petitioner-on-stability": (
            Text("社会稳定台账记事不记人", "the stability ledger holds matters, not people"),
            Text("清空该单元格", "clear the cell"),
        ),
        "category-not-for-source": (
            Text("该来源没有此诉求类型", "this source has no such category"),
            Text(
                "该来源可选：{choices}；其他来源留空", "for this source: {choices}; leave it empty for others"
            ),
        ),
    }
)


def problem(code: str, place: Place, value: str = "", tells: Mapping[str, object] | None = None) -> Problem:
    """Return the problem of this code; `value` is already masked, `tells` fills the places of its texts."""
    message, cure = CATALOGUE[code]
    values = tells or {}
    return Problem(code, message.fill(**values), cure.fill(**values), place, value)


@define
class Collector:
    """问题收集: keeps the first problems of a table, counts all."""

    problems: list[Problem] = field(factory=list)
    count: int = 0

    def add(self, found: Problem) -> None:
        """Take one more problem."""
        self.count += 1
        if len(self.problems) < LISTED:
            self.problems.append(found)
