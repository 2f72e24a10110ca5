"""乐业用词: the words that the tables of training, fairs, placements, gigs and public-interest posts may hold."""

from __future__ import annotations

from huaying_governance.tables.vocabulary import Words, word_table

SKILL_LEVELS: Words = word_table(
    {"basic": "初级 五级", "middle": "中级 四级", "senior": "高级 三级", "special": "专项能力 专项"}
)
TRAINEE_GROUPS: Words = word_table(
    {
        "landless": "失地农民",
        "migrant": "农民工 进城务工人员",
        "registered": "登记失业人员",
        "hard_to_employ": "就业困难人员",
        "out_of_poverty": "脱贫劳动力",
        "graduate": "高校毕业生",
        "other": "其他",
    }
)
TRAINING_ACTIONS: Words = word_table(
    {
        "plan": "列入计划",
        "file": "备案",
        "open": "开班",
        "start": "授课",
        "end": "结课",
        "assess": "考核",
        "publish": "公示结果",
        "claim": "申领补贴",
        "waive": "不申领补贴",
        "audit": "审核",
        "pay": "拨付",
        "follow_first": "首次回访",
        "follow_second": "第二次回访",
        "cancel": "取消",
    }
)
TRAINING_ROLES: Words = word_table({"community": "社区", "institution": "培训机构", "office": "人社部门"})
FAIR_ACTIONS: Words = word_table(
    {
        "check": "安全检查",
        "ask_permit": "申请许可",
        "permit": "准予许可",
        "announce": "公布",
        "hold": "举办",
        "follow_up": "跟踪回访",
        "close": "结束",
        "cancel": "取消",
    }
)
FAIR_ROLES: Words = word_table({"organiser": "主办单位", "office": "人社部门", "police": "公安机关"})
PLACEMENT_ACTIONS: Words = word_table(
    {
        "submit": "投递",
        "intend": "达成意向",
        "sign": "签约",
        "begin": "到岗",
        "insure": "参保",
        "settle": "稳岗",
        "give_up": "退出",
    }
)
PLACEMENT_ROLES: Words = word_table({"station": "就业服务站", "agency": "中介机构", "employer": "用人单位"})
GIG_ACTIONS: Words = word_table(
    {
        "take": "接单",
        "release": "退单",
        "complete": "完工",
        "pay": "付款",
        "refer": "移送",
        "withdraw": "撤单",
    }
)
GIG_ROLES: Words = word_table({"worker": "务工人员", "employer": "用工方", "station": "零工驿站"})
RETIREMENT_GROUPS: Words = word_table(
    {"men": "男职工 男", "women_55": "原55岁退休女职工 女55", "women_50": "原50岁退休女职工 女50"}
)
HARDSHIPS: Words = word_table(
    {
        "aged": "大龄",
        "disabled": "持残疾人证",
        "low_income": "低收入家庭",
        "long_unemployed": "长期失业",
        "landless": "失去土地",
        "zero_employment": "零就业家庭",
    }
)
PUBLIC_POST_ACTIONS: Words = word_table(
    {
        "check": "核实",
        "publicise": "公示",
        "start": "上岗",
        "month_check": "月度核查",
        "extend": "延长",
        "leave": "退出",
        "expire": "期满",
        "reject": "不予安置",
    }
)
PUBLIC_POST_ROLES: Words = word_table({"community": "社区", "office": "人社部门", "unit": "用人单位"})
