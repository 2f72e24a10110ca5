"""包联与规划用词: the words that the tables of contacts, duties, boundaries, support, plans and transition may hold."""

from __future__ import annotations

from huaying_governance.tables.vocabulary import Words, word_table

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
