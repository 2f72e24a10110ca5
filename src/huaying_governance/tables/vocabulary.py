"""表头词汇: the one dictionary of headers and of the words that cells may hold, in Chinese and in English.

A header may be the plain name (`received_at`) or any of its Chinese labels; the first label is the one that is shown.
A word of a choice may be its plain code or any of its labels.
"""

# Long: one dictionary, told in one place.

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from huaying_governance.text import Text

Words: TypeAlias = Mapping[str, tuple[str, ...]]


def _plain(label: str) -> str:
    """Return a label as cells are compared with it: their width is normalised, and their case."""
    return unicodedata.normalize("NFKC", label).lower()


def word_table(words: dict[str, str]) -> Words:
    """Return the words of a choice, their labels between spaces."""
    return MappingProxyType({name: tuple(labels.split()) for name, labels in words.items()})


HEADERS: Words = word_table(
    {
        "action": "操作 动作 办理动作",
        "admission": "准入决定",
        "actor": "操作人 办理人",
        "address": "地址",
        "aliases": "别名 简称",
        "amount": "金额 金额（元）",
        "applied": "已申请 本人申请 是否申请",
        "article": "条款",
        "assigner": "交办单位 交办部门 交办方",
        "assigners": "可交办单位",
        "at": "操作时间 办理时间",
        "basis": "设定依据 法律依据",
        "body": "组织类型 选举组织",
        "born": "出生日期",
        "category": "诉求类型 类别",
        "channel": "下派渠道",
        "citation": "依据",
        "closed_on": "销号日期",
        "code": "代码 事项编码",
        "codes": "理由代码",
        "column": "列",
        "communities": "适用社区",
        "community": "社区 所属社区",
        "confirmed": "已确认 选举委员会确认",
        "cure": "改法",
        "date": "日期 交办日期",
        "base_code": "基本编码",
        "days": "天数",
        "business_code": "业务办理项编码",
        "cancel_on": "计划取消日期",
        "decided_by": "审批机构 决定机关",
        "delegated_to": "委托部门",
        "due": "办理期限",
        "effect_on": "计划生效日期",
        "education": "学历",
        "emergency": "应急令 应急命令号",
        "employer": "用人单位 企业",
        "entry": "台账编号 台账条目",
        "evidence": "办理证据 佐证",
        "file": "文件",
        "forms": "所需表格",
        "frequency": "办理频次",
        "from": "起始日期 开始日期",
        "funding": "经费 经费（元）",
        "handler": "经办人 承办人",
        "implementation_code": "实施编码",
        "implementing_body": "实施主体",
        "inherited_from": "继承自",
        "hukou_community": "户籍所在社区 户籍社区",
        "id": "编号",
        "in_zone": "在园区 是否在园区 是否在经开区",
        "instead": "办理去处",
        "kind": "种类 类型",
        "lead": "责任单位 牵头单位",
        "legal_days": "法定办结时限（工作日）",
        "level": "层级 行使层级",
        "living_since": "居住起始日期 居住开始日期",
        "matter": "事项",
        "meeting_consent": "会议同意 村民会议同意",
        "message": "问题",
        "missing": "缺少的事实",
        "name": "名称",
        "outcome": "结论",
        "overdue": "是否超期 超期",
        "person": "人员编号 人员",
        "promised_days": "承诺办结时限（工作日）",
        "petitioner": "诉求人编号 信访人编号",
        "policy": "政策",
        "reason": "理由",
        "received_at": "收到时间 受理登记时间",
        "registered_elsewhere": "已在他处登记 是否已在他处登记",
        "rights": "享有政治权利 政治权利",
        "role": "角色",
        "row": "行",
        "rule": "规则",
        "satisfied": "是否满意 满意",
        "source": "来源 来源渠道",
        "spouse": "配偶编号 配偶",
        "state": "状态",
        "suggestions": "建议事项",
        "summary": "摘要 内容摘要",
        "table": "表",
        "target": "并入条目 并入编号",
        "title": "标题 事项标题",
        "to": "截止日期 结束日期 终止日期",
        "version": "版本",
        "value": "原值（已遮盖）",
        "worker_since": "任社区工作者起始日期 工作起始日期",
        "workload": "年工作量（小时）",
        # violations 违规下派
        "agenda_item": "提请议题编号",
        "assigned_count": "交办件数",
        "assignment": "交办编号",
        "assignments": "涉及交办",
        "first_refused": "首次被拒日期",
        "last_refused": "末次被拒日期",
        "refused_count": "被拒件数",
        "refused_rate": "被拒率（%）",
        "resembles": "疑似改头换面",
        "agenda_topic": "提请议题",
        "unfunded_count": "未随经费件数",
        "unlisted_count": "清单外件数",
        # party 领航
        "arrived": "到场率（%）",
        "blown": "吹哨数",
        "bodies": "所派单位",
        "bonus": "加分",
        "branch": "所在支部",
        "closed_at": "办结时间",
        "complaints": "近期查实投诉数",
        "deadlines": "各环节时限",
        "department": "被评部门",
        "dispute": "有未了纠纷",
        "duty": "履职分",
        "events": "负面事项分",
        "excluded": "回避人数",
        "exempt": "免予履职",
        "fixed_place": "地点固定",
        "formal": "正式组织关系",
        "full": "正式党员 正式党员数",
        "grade": "等次",
        "group": "指标组",
        "holder": "申请人编号",
        "honour": "挂牌编号",
        "last_contact": "最近联系日期",
        "late": "逾期环节",
        "month": "月份",
        "notice": "公开说明",
        "out_since": "外出起始日期",
        "passed": "是否通过",
        "pledge_done": "承诺办结日期",
        "pledge_due": "承诺期限",
        "points": "季度积分",
        "post": "岗位",
        "process": "过程分",
        "publicised": "已公示",
        "quarter": "季度",
        "rater": "评议人编号",
        "raters": "评议人数",
        "receiving": "有接收组织",
        "repeated": "反复哨",
        "responded": "响应率（%）",
        "responder": "报到对象",
        "satisfaction": "满意率（%）",
        "scope": "统计范围",
        "score": "评分",
        "size": "党员数",
        "solved": "解决率（%）",
        "survey": "问卷分",
        "trade": "行业",
        "weights": "权重",
        "whistle": "哨的编号",
        "withheld": "不足人数未显示",
        "activities": "活动数",
        "done_on": "完成日期",
        "due_on": "完成期限",
        "list_name": "清单",
        "market": "市场",
        "met": "完成数",
        "need": "需求编号",
        "overdue_ids": "逾期编号",
        "total": "总数",
        "party_group": "党小组编号",
        "purpose": "用途 党小组用途",
        "activity": "活动编号",
        "agreed": "是否同意 同意人数",
        "attended": "是否到会 到会人数",
        "booking": "预订编号",
        "branches": "计入支部",
        "carried": "表决通过",
        "consent": "所有者同意",
        "copied_to": "抄送",
        "count": "人数",
        "covered": "覆盖率（%）",
        "from_at": "开始时间",
        "heads": "主题覆盖人数",
        "held": "已落实",
        "host_branch": "主办支部",
        "hours": "服务时数（小时）",
        "joined": "加入数",
        "joined_on": "加入日期",
        "last_on": "最近一次",
        "confirmed_by": "确认人编号",
        "matched": "接单党员",
        "members": "报到党员数",
        "owner": "所有者",
        "places": "报到社区数",
        "quorate": "到会过半数",
        "resource": "资源编号",
        "right": "权限",
        "services": "服务次数",
        "short": "缺额",
        "skill": "所需技能",
        "skills": "技能",
        "takes": "可接单数",
        "to_at": "结束时间",
        "topic": "主题",
        "unit": "驻社区单位",
        "units": "单位数",
        # participation
        "agreed_count": "赞成人数",
        "breaches": "违规撤下次数",
        "channels": "其他途径",
        "clashes": "冲突场次",
        "counted_sessions": "有人数的场次",
        "decided": "已表决议题数",
        "decider": "决定会议",
        "display": "公示种类",
        "display_until": "公示期满日",
        "disputes": "纠纷数",
        "due_count": "应到人数",
        "effective_on": "协议生效日期",
        "ended": "办结数",
        "evidence_kind": "凭据种类",
        "executed": "已实施数",
        "executed_rate": "实施率（%）",
        "form": "协议形式",
        "forum_topic": "议题编号",
        "head_count": "听讲人数",
        "in_open": "公开调解",
        "joint": "共同申请",
        "lawful": "合法",
        "lecture": "讲座编号",
        "listed": "登记听讲数",
        "mediation": "调解编号",
        "origin": "纠纷来源",
        "parties": "当事人编号",
        "party_count": "当事人数",
        "performed": "已履行数",
        "performed_rate": "履行率（%）",
        "present_count": "实到人数",
        "private_matter": "涉及个人隐私",
        "proposer": "提议方",
        "residence_reason": "居住理由",
        "resolved": "通过数",
        "resolved_rate": "通过率（%）",
        "room": "场地",
        "route": "议事方式",
        "sessions": "场次",
        "settled": "调成数",
        "settled_rate": "调成率（%）",
        "speaker": "主讲人编号",
        "stages": "各环节人数",
        "to_report": "待报告",
        "topics": "议题数",
        "way": "参与途径",
        "weekend": "周末",
        # stewardship 包联、权责、规划、村改居
        "accountable": "负总责单位",
        "acted_at": "处置时间",
        "acting": "代理",
        "actor_kind": "主体类别",
        "acts": "处置方",
        "agreement_no": "协议文号 决定文号",
        "billed": "结算方",
        "boundary_dispute": "争议编号",
        "boundary_matter": "边界事项",
        "cap": "支付上限（元）",
        "carrier": "承担主体",
        "choice_rule": "选用规则",
        "consulted": "征求意见单位",
        "contact": "联系领导或部门",
        "contact_kind": "联系类别",
        "contract": "合同编号",
        "contract_amount": "合同金额（元）",
        "delegated_service": "服务编号",
        "departments": "联系部门",
        "dispute_kind": "争议类别",
        "duty_basis": "职责依据",
        "duty_body": "责任主体",
        "duty_item": "职责事项",
        "enclave": "飞地",
        "exit_clause": "退出条款",
        "finder": "发现方",
        "given": "已保障数",
        "giver": "提供方",
        "in_force_since": "现行分工起始",
        "informed": "告知单位",
        "issues": "发现问题数",
        "leaders": "联系领导",
        "leads": "牵头方",
        "left_amount": "未付余额（元）",
        "map_ref": "图号",
        "not_complete": "未落实社区",
        "opened": "所开台账编号",
        "opened_count": "所开事项数",
        "owed_amount": "待付金额（元）",
        "paid_amount": "已付金额（元）",
        "part": "职责分工",
        "part_percent": "占比（%）",
        "project_count": "项目数",
        "provider": "承接主体",
        "public_interest": "公共利益条款",
        "purchaser": "购买主体",
        "quantity": "数量",
        "required": "应保障数",
        "responsible": "负责办理单位",
        "review_on": "复核日期",
        "segment": "边界段",
        "shortfall": "缺口数",
        "side_a": "甲方",
        "side_b": "乙方",
        "signed_by": "签署方",
        "solved_count": "解决事项数",
        "support_kind": "保障类别",
        "unclear_cells": "权责不清处",
        "vacancies": "领导空档",
        "venture": "共治项目编号",
        "verified_amount": "验收金额（元）",
        "visit_count": "走访次数",
        "visitor": "走访人职务",
        "approval_no": "批准文号",
        "area": "面积",
        "area_ha": "差异面积（公顷）",
        "area_mu": "差异面积（亩）",
        "area_unit": "面积单位",
        "assets_audited": "集体资产已清产核资",
        "base_year": "基期年",
        "compared_by": "比对方式",
        "criteria": "条件评估",
        "crs": "坐标系",
        "differs_percent": "相差（%）",
        "facility_count": "设施数",
        "farmland_settled": "耕地处置已落实",
        "figure": "指标值",
        "figure_a": "甲规划指标值",
        "figure_b": "乙规划指标值",
        "figure_unit": "指标单位",
        "handed_items": "交接项目",
        "households": "户数",
        "indicator": "指标",
        "land_use": "土地用途",
        "needed_count": "应配设施数",
        "obligation": "遗留事项",
        "open_obligations": "未了遗留事项数",
        "outline": "图形（WKT）",
        "parcel": "图斑编号",
        "people": "需求人数",
        "per_thousand": "每千人设施数",
        "plan": "规划编号",
        "plan_a": "甲规划",
        "plan_b": "乙规划",
        "plan_conflict": "差异编号",
        "plan_kind": "规划类别",
        "rank": "缺口排名",
        "resolution": "处理方式",
        "secret": "涉密",
        "service": "公共服务",
        "severity": "差异等级",
        "target_year": "目标年",
        "transition": "村改居编号",
        "uses_a": "甲规划用途",
        "uses_b": "乙规划用途",
        "village": "村",
    }
)
"""Header name → its Chinese labels, the shown one first. No label belongs to two names."""

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
        "verify": "核验 核实",
        "strike_off": "销号",
        "reopen": "重新办理 重开",
        "escalate": "提级 上报",
    }
)
ROLES: Words = word_table(
    {
        "clerk": "登记员 经办员",
        "handler": "承办人",
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


@frozen
class Choice:
    """选项: the words a cell may hold: code → labels."""

    words: Words

    def lookup(self) -> dict[str, str]:
        """Return every accepted writing, lower-case, with its code."""
        found = {code.lower(): code for code in self.words}
        for code, labels in self.words.items():
            found.update({_plain(label): code for label in labels})
        return found

    def say(self) -> Text:
        """Return the list of codes, with their first label in Chinese.

        An accusation is known only to be told where it belongs: nobody is advised to write it.
        """
        advised = {code: labels for code, labels in self.words.items() if code not in ACCUSATION}
        zh = "、".join(f"{code}（{labels[0]}）" for code, labels in advised.items())
        return Text(zh, ", ".join(advised))


def header_label(name: str) -> Text:
    """Return the shown label of a header."""
    return Text(HEADERS[name][0], name)


def header_names() -> dict[str, str]:
    """Return every accepted writing of a header, lower-case, with its name."""
    found = {name: name for name in HEADERS}
    for name, labels in HEADERS.items():
        found.update({_plain(label): name for label in labels})
    return found
