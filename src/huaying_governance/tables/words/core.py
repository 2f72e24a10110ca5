"""通用用词: the headers that several concepts share, and the words of the first tables and of lists and registers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "action": "操作 动作 办理动作",
        "actor": "操作人 办理人",
        "address": "地址",
        "admission": "准入决定",
        "agenda_item": "提请议题编号",
        "agenda_topic": "提请议题",
        "agreed_count": "赞成人数",
        "aliases": "别名 简称",
        "amount": "金额 金额（元）",
        "applied": "已申请 本人申请 是否申请",
        "approval": "批准文号",
        "article": "条款",
        "assigned_count": "交办件数",
        "assigner": "交办单位 交办部门 交办方",
        "assigners": "可交办单位",
        "assignment": "交办编号",
        "assignments": "涉及交办",
        "at": "操作时间 办理时间",
        "base_code": "基本编码",
        "body": "组织类型 选举组织",
        "born": "出生日期",
        "business_code": "业务办理项编码",
        "cancel_on": "计划取消日期",
        "category": "诉求类型 类别",
        "channel": "下派渠道",
        "citation": "依据",
        "closed_at": "办结时间",
        "closed_on": "销号日期",
        "code": "代码 事项编码",
        "codes": "理由代码",
        "column": "列",
        "communities": "适用社区",
        "community": "社区 所属社区",
        "confirmed": "已确认 选举委员会确认",
        "count": "人数",
        "covered": "覆盖率（%）",
        "cure": "改法",
        "date": "日期 交办日期",
        "datum": "坐标系",
        "days": "天数",
        "decided_by": "审批机构 决定机关",
        "delegated_to": "委托部门",
        "done_on": "完成日期",
        "due": "办理期限",
        "due_count": "应到人数",
        "due_on": "完成期限",
        "education": "学历",
        "emergency": "应急令 应急命令号",
        "employer": "用人单位 企业",
        "ended": "办结数",
        "entry": "台账编号 台账条目",
        "evidence": "办理证据 佐证",
        "file": "文件",
        "first_refused": "首次被拒日期",
        "forms": "所需表格",
        "frequency": "办理频次",
        "from": "起始日期 开始日期",
        "from_at": "开始时间",
        "funding": "经费 经费（元）",
        "handler": "经办人 承办人",
        "households": "户数",
        "households_served": "覆盖户数",
        "hukou_community": "户籍所在社区 户籍社区",
        "id": "编号",
        "implementation_code": "实施编码",
        "implementing_body": "实施主体",
        "in_zone": "在园区 是否在园区 是否在经开区",
        "inherited_from": "继承自",
        "instead": "办理去处",
        "kind": "种类 类型",
        "last_on": "最近一次",
        "last_refused": "末次被拒日期",
        "late": "逾期环节",
        "latitude": "纬度",
        "lead": "责任单位 牵头单位",
        "leads": "牵头方 议定牵头单位",
        "legal_days": "法定办结时限（工作日）",
        "level": "层级 行使层级",
        "living_since": "居住起始日期 居住开始日期",
        "longitude": "经度",
        "matter": "事项",
        "measure": "可衡量的结果 完成标准",
        "meeting_consent": "会议同意 村民会议同意",
        "message": "问题",
        "met": "完成数",
        "missing": "缺少的事实",
        "month": "月份",
        "ordered_on": "责令日期",
        "outcome": "结论",
        "overdue": "是否超期 超期",
        "passed": "是否通过",
        "person": "人员编号 人员",
        "petitioner": "诉求人编号 信访人编号",
        "policy": "政策",
        "present_count": "实到人数",
        "promised_days": "承诺办结时限（工作日）",
        "publicised": "已公示",
        "quantity": "数量 使用数量",
        "rank": "名次 缺口排名",
        "reason": "理由",
        "received_at": "收到时间 受理登记时间",
        "refused_count": "被拒件数",
        "refused_rate": "被拒率（%）",
        "registered_elsewhere": "已在他处登记 是否已在他处登记",
        "resembles": "疑似改头换面",
        "resolution": "决议文号",
        "resource_kind": "共享资源种类 所需资源种类",
        "rights": "享有政治权利 政治权利",
        "role": "角色",
        "row": "行",
        "rule": "规则",
        "satisfied": "是否满意 满意",
        "scope": "统计范围",
        "sessions": "场次",
        "settled": "调成数",
        "settled_rate": "调成率（%）",
        "skills": "技能",
        "source": "来源 来源渠道",
        "spouse": "配偶编号 配偶",
        "state": "状态",
        "suggestions": "建议事项",
        "summary": "摘要 内容摘要",
        "table": "表",
        "target": "并入条目 并入编号",
        "title": "标题 事项标题",
        "to": "截止日期 结束日期 终止日期",
        "to_at": "结束时间",
        "total": "总数",
        "unfunded_count": "未随经费件数",
        "unknown_count": "不明数",
        "unlisted_count": "清单外件数",
        "vacancies": "领导空档",
        "value": "原值（已遮盖）",
        "version": "版本",
        "visits": "巡查次数",
        "worker_since": "任社区工作者起始日期 工作起始日期",
        "workload": "年工作量（小时）",
    }
)
"""Header name → its Chinese labels, between spaces, the shown one first."""

YES_NO: Words = word_table({"yes": "是", "no": "否"})

ENTRY_KINDS: Words = word_table({"hardship": "困难群众", "livelihood": "民生诉求", "stability": "社会稳定"})
ENTRY_SOURCES: Words = word_table(
    {
        "visit": "走访",
        "reception": "接访 坐班接访",
        "hotline": "热线 12345 12345热线",
        "petition": "信访",
        "grid": "网格",
        "forum": "议事厅 周末议事厅",
        "online": "网络",
    }
)
HOTLINE_CATEGORIES: Words = word_table(
    {"consult": "咨询", "help": "求助", "suggestion": "意见建议 建议", "complaint": "投诉举报 投诉 举报"}
)
PETITION_CATEGORIES: Words = word_table({"appeal": "申诉求决", "suggestion": "意见建议 建议"})
ACCUSATION: Words = word_table({"accusation": "检举控告 检举 控告"})
CATEGORIES: Words = MappingProxyType({**HOTLINE_CATEGORIES, **PETITION_CATEGORIES, **ACCUSATION})

ACTIONS: Words = word_table(
    {
        "accept": "受理",
        "decline": "不予受理",
        "assign": "交办",
        "schedule": "排期 定时间表",
        "progress": "推进 办理进展",
        "extend": "延期",
        "hold": "挂账",
        "resume": "恢复办理 恢复",
        "return": "退回",
        "transfer": "改派 转办",
        "merge": "合并",
        "reply": "答复",
        "verify": "核验 核实 核查",
        "strike_off": "销号",
        "reopen": "重新办理 重开",
        "escalate": "提级 上报",
    }
)
ROLES: Words = word_table(
    {
        "clerk": "登记员 经办员",
        "handler": "经办人 承办人",
        "unit_head": "单位负责人",
        "verifier": "核验人",
        "leader": "联系领导 领导",
    }
)
BODIES: Words = word_table(
    {"residents_committee": "居民委员会 居委会", "villagers_committee": "村民委员会 村委会"}
)
EDUCATION: Words = word_table(
    {
        "postgraduate": "研究生 硕士研究生 博士研究生 11 14",
        "bachelor": "本科 本科生 大学本科 21",
        "other": "其他 10 12 13 15 16 17 18 19 20 22 23 28 30 31 32 33 40 41 42 43 44 45 46 47 48 49"
        " 60 61 62 63 70 71 72 73 80 81 82 83 90",
    }
)
"""GB/T 4658-2006 (学历代码): only 11 and 14 (毕业) are postgraduate and 21 bachelor; all its other codes are other.

For unfinished junior and primary schooling both 72, 82 and 73, 83 are printed in copies of the standard; both are
taken, and both are other.
"""

MATTER_KINDS: Words = word_table(
    {
        "autonomy": "自治 依法自治 依法自治事项",
        "assist": "协助 依法协助 依法协助事项",
        "prohibited": "负面 负面清单 负面清单事项",
        "purchased": "购买服务 可购买服务 purchase",
        "basic": "基本履职",
        "cooperative": "配合履职",
        "taken_back": "上级收回 上级部门收回",
    }
)
MATTER_ROLES: Words = word_table(
    {"principal": "主责 承办", "assistant": "协助 配合", "reporter": "仅报告 报告", "none": "不承担"}
)
FUNDING: Words = word_table({"required": "随事转 须拨付 需要", "none": "不需 无"})
LEVELS: Words = word_table(
    {
        "central": "中央",
        "province": "省级",
        "prefecture": "市级 地市级",
        "county": "县级",
        "township": "乡镇（街道）级 乡镇级 街道级",
        "community": "社区（村）级 社区级 村级",
    }
)
ORGANISATION_KINDS: Words = word_table(
    {
        "party": "党的机关",
        "congress": "人大、政协机关 人大机关 政协机关",
        "government": "人民政府 街道办事处",
        "department": "政府部门",
        "court": "司法机关",
        "institution": "事业单位",
        "mass": "群团组织",
        "committee": "居民委员会 村民委员会",
        "enterprise": "企业",
        "social": "社会组织",
    }
)
