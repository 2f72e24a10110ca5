"""选举用词: the words that the tables of rolls, registrations, elections and self-help may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "applications": "登记申请数",
        "ballot_round": "投票轮次",
        "blank": "空白票",
        "box": "票箱编号",
        "candidate": "候选人编号",
        "choices": "所选候选人",
        "community_events": "民事数",
        "decided_objections": "已决定异议数",
        "decided_on": "决定日期",
        "elected_count": "当选人数",
        "election": "选举编号",
        "entitled": "应参加投票人数",
        "fit": "符合资格条件",
        "helped": "民助数",
        "helped_rate": "民需民助率（%）",
        "in_time": "按期决定数",
        "in_time_rate": "按期决定率（%）",
        "is_elected": "是否当选",
        "issued": "发出票数",
        "least": "提示下限",
        "listed_voters": "名单人数",
        "local_hukou": "户籍在本地",
        "local_voters": "户籍选民数",
        "needs_told": "民需数",
        "nominator": "提名主体",
        "object_by": "异议截止日",
        "objections": "异议数",
        "office": "职务",
        "on_roll": "列入名单",
        "other_elected": "非户籍当选数",
        "other_elected_rate": "非户籍当选比例（%）",
        "other_voters": "非户籍选民数",
        "other_voters_rate": "非户籍选民比例（%）",
        "papers": "相同票数",
        "polling_day": "选举日",
        "proxies_given": "委托票数",
        "proxy_holder": "受委托人编号",
        "publish_by": "最迟公布日",
        "published_on": "公布日期",
        "raised_on": "异议日期",
        "registered": "登记数",
        "registered_rate": "登记率（%）",
        "registration": "登记编号",
        "residence_place": "居住地点",
        "rounds": "投票轮数",
        "run_by": "办理主体",
        "seats": "应选名额",
        "seats_left": "缺额数",
        "self_run": "民管数",
        "self_run_rate": "民事民管率（%）",
        "signal": "信号",
        "signal_count": "信号人数",
        "spoiled": "废票",
        "standing_again": "另行选举候选人数",
        "supporters": "联名人数",
        "turnout_rate": "参选率（%）",
        "undecided": "待决异议数",
        "upheld": "异议成立",
        "upheld_objections": "异议成立数",
        "upheld_rate": "异议成立率（%）",
        "vote_rate": "得票率（%）",
        "voted": "参加投票人数",
        "voter_roll": "名单编号",
        "votes": "得票数",
        "votes_cast": "投票总数",
        "voting_mode": "投票方式",
    }
)
"""Headers that only these tables have: name → labels."""

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
        "decline": "放弃当选",
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
