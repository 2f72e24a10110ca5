"""罢免与回避用词: the words that the tables of recalls, members of committees and near relatives may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "agreed_rate": "赞成率（%）",
        "answered": "申辩情况",
        "askers": "联名主体",
        "hear_until": "申辩期满日",
        "left_on": "离任日期",
        "opposed_count": "反对人数",
        "recall": "罢免编号",
        "recalled_member": "被要求罢免成员编号",
        "relative": "近亲属编号",
        "signers_least": "应联名人数",
        "signers_of": "联名主体总人数",
        "stage": "选举阶段",
        "statement": "理由书编号",
        "vote_on": "投票日",
    }
)
"""Headers that only these tables have: name → labels."""

ASKERS: Words = word_table({"voters": "选民", "households": "户代表", "representatives": "居民代表 村民代表"})
RECALL_ACTIONS: Words = word_table(
    {
        "check": "核对 核对联名",
        "supplement": "补正",
        "notify": "告知本人 告知",
        "defend": "申辩",
        "waive": "放弃申辩",
        "call": "公布投票日",
        "count": "计票",
        "announce": "公布结果",
        "withdraw": "撤回",
        "resign": "辞职",
    }
)
RECALL_ROLES: Words = word_table(
    {"committee": "主持机构 主持罢免的机构", "askers": "联名人代表", "member": "被要求罢免的成员 本人"}
)
ANSWERS: Words = word_table({"defend": "已申辩", "waive": "放弃申辩"})
STAGES: Words = word_table({"standing": "参选", "elected": "当选"})
