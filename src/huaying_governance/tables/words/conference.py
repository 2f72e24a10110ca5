"""联席会议用词: the words that the tables of items, meetings, circulations, resolutions and resources may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "agenda_category": "议题类别",
        "agenda_items": "议题总数",
        "agreed_members": "同意家数",
        "agreement_needed": "须同意家数",
        "attending": "到会人编号",
        "balance": "资源余量",
        "by_proxy": "委托到会次数",
        "carried_over_from": "结转自会议",
        "carried_rate": "议题通过率（%）",
        "circulated_on": "送传签日期",
        "circulation": "传签编号",
        "closed_in_time": "按期销号数",
        "closed_in_time_rate": "按期销号率（%）",
        "closed_rate": "销号率（%）",
        "colour": "督办颜色",
        "comprehensive": "全系统综合性会议",
        "concerned": "涉及社区",
        "conference": "联席会议",
        "confirmed_at": "确认会议",
        "consents": "会签同意",
        "cooperators": "配合单位",
        "days_late": "逾期天数",
        "days_unconfirmed": "待确认天数",
        "decided_at": "议定会议",
        "decision": "议定结果",
        "deferrals": "缓议次数",
        "deferred_items": "缓议议题",
        "direction": "溯源方向",
        "dissent": "反对单位",
        "drawn_quantity": "已用数量",
        "drawn_rate": "资源使用率（%）",
        "escalated_to": "提级至",
        "excused_meetings": "请假次数",
        "extended": "已延期次数",
        "granted_by": "委托人编号",
        "green": "绿牌数",
        "in_person": "代表到会次数",
        "in_person_rate": "代表到会率（%）",
        "item": "上会议题编号",
        "items": "提出议题数",
        "items_carried": "通过议题数",
        "items_circulated": "传签议题数",
        "items_decided": "议定议题数",
        "lapsed": "传签已失效",
        "lapsed_at": "失效会议",
        "last_progress": "最近进展日期",
        "lead_open": "该单位在办数",
        "lead_red": "该单位红牌数",
        "lead_red_rate": "该单位红牌率（%）",
        "left_early": "离会单位",
        "left_meetings": "中途离会次数",
        "majority_needed": "规定的多数",
        "meeting": "会议编号",
        "meeting_day": "会议日期",
        "meeting_kind": "会议种类",
        "meeting_planned_on": "计划日期",
        "meeting_site": "会议现场",
        "meetings_held": "应到会议数",
        "member": "成员单位",
        "member_terms": "成员起止日期",
        "member_total": "成员单位总数",
        "minutes": "纪要内容",
        "minutes_digest": "纪要摘要值",
        "minutes_due": "纪要期限",
        "minutes_late": "纪要逾期",
        "minutes_version": "纪要版本",
        "objected": "不同意单位",
        "pledge": "共享资源编号",
        "pledged_quantity": "承诺数量",
        "present_members": "议定时在会家数",
        "progress_count": "进展次数",
        "proxies": "委托代理数",
        "quantity_unit": "计量单位",
        "quorum_needed": "应到会家数",
        "recused_members": "回避单位",
        "red": "红牌数",
        "red_rate": "红牌率（%）",
        "reference_kind": "议题来源种类",
        "references": "议题来源编号",
        "related": "关联编号",
        "related_kind": "关联种类",
        "reopened": "重新督办次数",
        "report_minutes": "主报告时长（分钟）",
        "reserved_by_law": "依法由其他机关决定",
        "resolution_ref": "议定事项编号",
        "resolution_total": "议定事项总数",
        "resolutions_closed": "已销号议定事项数",
        "seated": "实到家数",
        "seated_rate": "出席率（%）",
        "settled_on": "传签议定日期",
        "sign_due": "会签期限",
        "signatory": "签署人编号",
        "sponsor": "议题提议单位",
        "steps": "溯源步数",
        "supervised": "督办次数",
        "tabled_at": "上会记录",
        "tabled_often": "反复上会",
        "traced": "溯源编号",
        "traced_kind": "溯源种类",
        "unexcused": "缺席次数",
        "unheard": "未征求意见社区",
        "unsigned": "未会签单位",
        "urgency": "紧急事由",
        "users": "资源使用单位",
        "vote": "表决意见",
        "votes_abstained": "弃权票数",
        "votes_for": "赞成票数",
        "waiting_since": "提请日期",
        "year": "统计年度",
        "yellow": "黄牌数",
    }
)
"""Headers that only these tables have: name → labels."""

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
        "dispute": "权责争议",
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
        "leave": "离会 中途离会",
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
CIRCULATION_ACTIONS: Words = word_table(
    {"circulate": "送传签", "sign": "签署", "settle": "传签议定", "fail": "终止传签", "withdraw": "撤回"}
)
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
