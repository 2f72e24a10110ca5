"""选举用词: the words that the tables of rolls, registrations, elections and self-help may hold."""

from __future__ import annotations

from huaying_governance.tables.vocabulary import Words, word_table

ROLL_ACTIONS: Words = word_table({"publish": "公布 公布名单", "close": "确定 确定名单"})
ROLL_ROLES: Words = word_table({"committee": "选举委员会"})
REGISTRATION_ACTIONS: Words = word_table(
    {
        "check": "核对资格 核对",
        "consent": "会议决定",
        "declare": "声明",
        "register": "登记",
        "withdraw": "撤回",
        "object": "提出异议 异议",
        "claim": "要求补登 补登",
        "decide": "作出决定 决定",
    }
)
REGISTRATION_ROLES: Words = word_table(
    {"voter": "选民", "committee": "选举委员会", "meeting": "村民会议 村民代表会议"}
)
VOTING_MODES: Words = word_table(
    {
        "direct": "直接选举 全体选民投票",
        "households": "户代表 户代表投票",
        "representatives": "居民代表 居民代表投票",
    }
)
ELECTION_ACTIONS: Words = word_table(
    {
        "nominate": "提名",
        "stand_down": "退出",
        "give_proxy": "委托投票 委托",
        "revoke_proxy": "撤销委托",
        "poll": "投票",
        "count": "计票",
        "announce": "公布结果",
        "hand_over": "移交",
    }
)
ELECTION_ROLES: Words = word_table({"committee": "选举委员会", "voter": "选民", "candidate": "候选人"})
NOMINATORS: Words = word_table({"branch": "党组织", "voters": "选民联名"})
EFFORT_KINDS: Words = word_table({"event": "民事 公共事务", "need": "民需 需求"})
RUN_BY: Words = word_table(
    {
        "residents": "居民 村民",
        "committee": "居委会 村委会",
        "department": "部门",
        "outside": "社会组织 企业",
        "nobody": "无人办理",
    }
)
