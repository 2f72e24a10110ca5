"""联席会议用词: the words that the tables of items, meetings, resolutions and shared resources may hold."""

from __future__ import annotations

from huaying_governance.tables.vocabulary import Words, word_table

MEETING_KINDS: Words = word_table(
    {
        "plenary": "全体会议 全体",
        "special": "专题会议 专题",
        "push": "推进会",
        "site": "现场会",
    }
)
CATEGORIES: Words = word_table(
    {
        "major_matter": "重大事项 重大事项共商",
        "major_work": "重大工作 重大工作共推",
        "major_resource": "重大资源 重大资源共享",
        "routine": "一般议题",
    }
)
REFERENCE_KINDS: Words = word_table(
    {
        "entry": "台账条目",
        "admission": "准入申请 准入",
        "violation": "违规下派",
        "whistle": "社区吹哨 哨",
        "resolution": "议定事项",
        "assignment": "交办",
    }
)
ITEM_ACTIONS: Words = word_table(
    {"screen": "审核", "consult": "征求社区意见", "return": "退回", "withdraw": "撤回"}
)
ITEM_ROLES: Words = word_table({"secretariat": "办公室", "community": "社区", "proposer": "提议单位"})
MEETING_ACTIONS: Words = word_table(
    {
        "place": "列入议程",
        "notice": "通知",
        "postpone": "改期",
        "cancel": "取消",
        "attend": "签到",
        "proxy": "委托代理到会 委托",
        "absent": "请假 缺席",
        "open": "开会",
        "recuse": "回避",
        "vote": "表决",
        "decide": "议定",
        "defer": "缓议",
        "close": "散会",
        "minute": "起草纪要",
        "confirm": "确认纪要",
    }
)
MEETING_ROLES: Words = word_table({"secretariat": "办公室", "convener": "召集人", "member": "成员单位"})
VOTES: Words = word_table({"agree": "同意 赞成", "oppose": "反对 不同意", "abstain": "弃权"})
OUTCOMES: Words = word_table({"carried": "通过", "rejected": "未通过", "convener": "召集人决定"})
RESOLUTION_ACTIONS: Words = word_table(
    {
        "circulate": "送会签",
        "sign": "会签",
        "assign": "交办",
        "withdraw": "撤销",
        "progress": "报进展",
        "extend": "延期",
        "supervise": "发督办通报",
        "escalate": "提级督办",
        "claim": "报完成",
        "verify": "核验",
        "close": "销号",
        "reopen": "重新督办",
    }
)
RESOLUTION_ROLES: Words = word_table(
    {
        "secretariat": "办公室",
        "convener": "召集人",
        "lead": "牵头单位",
        "cooperator": "配合单位",
        "verifier": "核验人 核验单位",
    }
)
PLEDGE_ACTIONS: Words = word_table({"draw": "使用", "give_back": "归还", "end": "终止"})
PLEDGE_ROLES: Words = word_table({"user": "使用单位", "member": "提供单位"})
