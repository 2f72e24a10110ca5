"""包联与规划用词: the words that the tables of contacts, duties, boundaries, support, plans and transition may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "accountable": "负总责单位",
        "accountable_items": "负总责事项",
        "acted_at": "处置时间",
        "acting": "代理",
        "actor_kind": "主体类别",
        "acts": "处置方",
        "agreement_no": "协议文号 决定文号",
        "area_ha": "差异面积（公顷）",
        "area_mu": "差异面积（亩）",
        "area_unit": "面积单位",
        "assets_audited": "集体资产已清产核资",
        "base_year": "基期年",
        "billed": "结算方",
        "boundary_dispute": "争议编号",
        "boundary_matter": "边界事项",
        "cap": "支付上限（元）",
        "carrier": "承担主体",
        "choice_rule": "选用规则",
        "compared_by": "比对方式",
        "consulted": "征求意见单位",
        "consulted_items": "应征求意见事项",
        "contact": "联系领导或部门",
        "contact_kind": "联系类别",
        "contract": "合同编号",
        "contract_amount": "合同金额（元）",
        "criteria": "条件评估",
        "delegated_service": "服务编号",
        "departments": "联系部门",
        "differs_percent": "相差（%）",
        "dispute_kind": "争议类别",
        "duty_basis": "职责依据",
        "duty_body": "责任主体",
        "duty_item": "职责事项",
        "effect_on": "计划生效日期",
        "enclave": "飞地",
        "exit_clause": "退出条款",
        "facility_count": "设施数",
        "farmland_settled": "耕地处置已落实",
        "figure": "指标值",
        "figure_a": "甲规划指标值",
        "figure_b": "乙规划指标值",
        "figure_unit": "指标单位",
        "finder": "发现方",
        "given": "已保障数",
        "giver": "提供方",
        "handed_items": "交接项目",
        "in_force_since": "现行分工起始",
        "informed": "告知单位",
        "informed_items": "应告知事项",
        "issues": "发现问题数",
        "land_plan": "规划编号",
        "land_use": "土地用途",
        "leaders": "联系领导",
        "left_amount": "未付余额（元）",
        "map_ref": "图号",
        "needed_count": "应配设施数",
        "not_complete": "未落实社区",
        "obligation": "遗留事项",
        "open_obligations": "未了遗留事项数",
        "opened": "所开台账编号",
        "opened_count": "所开事项数",
        "outline": "图形（WKT）",
        "owed_amount": "待付金额（元）",
        "paid_amount": "已付金额（元）",
        "parcel": "图斑编号",
        "parcel_area": "图斑面积",
        "part": "职责分工",
        "part_percent": "项目占比（%）",
        "people": "需求人数",
        "per_thousand": "每千人设施数",
        "plan_a": "甲规划",
        "plan_b": "乙规划",
        "plan_conflict": "差异编号",
        "plan_indicator": "规划指标",
        "plan_kind": "规划类别",
        "project_count": "项目数",
        "provider": "承接主体",
        "public_interest": "公共利益条款",
        "purchaser": "购买主体",
        "required_quantity": "应保障数",
        "responsible": "负责办理单位",
        "responsible_items": "负责办理事项",
        "review_on": "复核日期",
        "secret": "涉密",
        "segment": "边界段",
        "service": "公共服务",
        "settlement": "差异处理方式",
        "severity": "差异等级",
        "shortfall": "缺口数",
        "side_a": "甲方",
        "side_b": "乙方",
        "signed_by": "签署方",
        "solved_count": "解决事项数",
        "support_kind": "保障类别",
        "target_year": "目标年",
        "transition": "村改居编号",
        "unclear_cells": "权责不清处",
        "uses_a": "甲规划用途",
        "uses_b": "乙规划用途",
        "venture": "共治项目编号",
        "verified_amount": "验收金额（元）",
        "village": "村",
        "visit_count": "走访次数",
        "visitor": "走访人职务",
    }
)
"""Headers that only these tables have: name → labels."""

CONTACT_KINDS: Words = word_table({"leader": "联系领导", "department": "联系部门"})
PARTS: Words = word_table(
    {"accountable": "负总责 A", "responsible": "负责办理 R", "consulted": "征求意见 C", "informed": "告知 I"}
)
DISPUTE_KINDS: Words = word_table({"responsibility": "管理权责 责任线", "administrative": "行政区划 区划"})
DISPUTE_ACTIONS: Words = word_table(
    {
        "negotiate": "协商",
        "agree": "议定",
        "escalate": "提请裁定",
        "decide": "裁定",
        "take_effect": "生效",
        "revise": "修订",
    }
)
DISPUTE_ROLES: Words = word_table(
    {"side": "相邻一方", "superior": "共同上一级 上级", "conference": "联席会议"}
)
ACTOR_KINDS: Words = word_table(
    {
        "party": "党组织",
        "government": "政府 政府部门",
        "self_government": "自治组织 居委会 村委会",
        "social_organisation": "社会组织",
        "enterprise": "企业 社会资本",
        "residents": "居民 居民群众",
    }
)
SERVICE_ACTIONS: Words = word_table(
    {
        "tender": "采购",
        "award": "签约",
        "deliver": "开始服务",
        "report": "报验收",
        "verify": "验收",
        "pay": "支付",
        "close": "办结",
        "terminate": "终止",
        "cancel": "撤项",
    }
)
SERVICE_ROLES: Words = word_table(
    {"purchaser": "购买主体", "provider": "承接主体", "verifier": "验收人", "finance": "财务"}
)
SUPPORT_KINDS: Words = word_table({"place": "阵地 场地", "money": "资金", "staff": "人力 人员"})
CHOICE_RULES: Words = word_table({"urban": "城市 城市规则", "rural": "农村 农村规则"})
PLAN_KINDS: Words = word_table(
    {
        "economic": "国民经济发展规划 国民经济和社会发展规划",
        "urban": "城市发展规划 城市总体规划",
        "land": "土地利用规划 土地利用总体规划",
        "spatial": "国土空间规划",
    }
)
AREA_UNITS: Words = word_table({"mu": "亩", "ha": "公顷", "m2": "平方米 ㎡", "km2": "平方千米 平方公里"})
INDICATOR_UNITS: Words = word_table(
    {
        "mu": "亩",
        "ha": "公顷",
        "m2": "平方米 ㎡",
        "km2": "平方千米 平方公里",
        "person": "人",
        "ten_thousand_persons": "万人",
        "place": "处 个",
        "yuan": "元",
        "ten_thousand_yuan": "万元",
        "percent": "% 百分比",
    }
)
SEVERITIES: Words = word_table({"hard": "硬冲突", "soft": "软冲突", "data": "数据问题"})
RESOLUTIONS: Words = word_table(
    {
        "a_yields": "甲规划调整",
        "b_yields": "乙规划调整",
        "both_revised": "两规划都调整",
        "data_corrected": "更正数据",
        "deferred": "暂缓",
    }
)
CONFLICT_ACTIONS: Words = word_table(
    {
        "classify": "分类",
        "assign": "交办",
        "resolve": "处理",
        "verify": "核验",
    }
)
CONFLICT_ROLES: Words = word_table(
    {"checker": "核对员", "coordinator": "统筹单位", "handler": "承办单位", "verifier": "核验人"}
)
TRANSITION_ACTIONS: Words = word_table(
    {
        "assess": "评估",
        "consult": "征求意见",
        "vote": "村民会议表决 表决",
        "propose": "乡镇申报 申报",
        "approve": "县级批准 批准",
        "hand_over": "交接",
        "run_dual": "进入并行期 进入村居并存",
        "complete": "完成",
        "withdraw": "撤回",
    }
)
TRANSITION_ROLES: Words = word_table(
    {
        "township": "乡镇 乡镇街道",
        "village": "村 村民委员会",
        "county": "县级 县级人民政府",
        "community": "社区",
    }
)
HANDOVER: Words = word_table(
    {"party": "党组织", "accounts": "账目", "archives": "档案", "seals": "印章", "personnel": "人员"}
)
