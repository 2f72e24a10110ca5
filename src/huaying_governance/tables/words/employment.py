"""乐业用词: the words that the tables of training, fairs, placements, gigs and public-interest posts may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "admitted": "补贴审核通过",
        "agency": "中介机构编号",
        "asked_first": "首次回访人数",
        "asked_persons": "提出人数",
        "asked_second": "第二次回访人数",
        "asks": "提出次数",
        "assessed": "考核合格",
        "assessed_count": "参加考核人数",
        "at_work_count": "到岗人数",
        "at_work_rate": "到岗率（%）",
        "attendance_rate": "出勤率（%）",
        "attendances": "参训人次",
        "attended_sessions": "出勤场次",
        "certificate": "培训证书编号",
        "certified_count": "取证人数",
        "certified_rate": "取证率（%）",
        "charges_seekers": "向求职者收费",
        "claimed_on": "补贴申领日期",
        "class_places": "计划培训人数",
        "class_sessions": "应到场次",
        "days_left": "距期满天数",
        "earlier_placements": "此前安置次数",
        "employed_elsewhere": "已在他处就业",
        "employed_first": "首次回访在业",
        "employed_first_count": "首次回访在业人数",
        "employed_first_rate": "首次回访在业率（%）",
        "employed_second": "第二次回访在业",
        "employed_second_count": "第二次回访在业人数",
        "employed_second_rate": "第二次回访在业率（%）",
        "enrolled": "开班报名人数",
        "entered_count": "进场登记人数",
        "expected_heads": "预计人数",
        "expired_count": "已到期未退出数",
        "expiring_count": "到期预警数",
        "fair": "招聘会编号",
        "fair_on": "招聘会举办日期",
        "fair_organiser": "招聘会主办单位",
        "filled_jobs": "已上岗数",
        "finding": "核查线索",
        "first_approved": "首次核定日期",
        "follow_by": "跟踪截止日",
        "free_of_charge": "对求职者免费",
        "gate_heads": "进场计数",
        "gig": "零工单编号",
        "gig_giver": "用工方编号",
        "gig_pay": "报酬（元）",
        "gig_task": "零工内容",
        "gone_count": "已退出或期满数",
        "hardship": "困难类别",
        "hardship_evidence": "困难认定凭据",
        "held_hours": "已授课时",
        "inspection": "移送单位",
        "institution": "培训机构",
        "insurance_by": "参保截止日",
        "intended_count": "意向人数",
        "job_kind": "岗位种类",
        "jobs": "岗位数",
        "jobs_closed": "已关闭岗位数",
        "jobs_filled": "已上岗岗位数",
        "jobs_open": "在册岗位数",
        "jobs_unknown": "上岗不明岗位数",
        "jobs_vacant": "空缺岗位数",
        "keeps_deposit": "收押金或扣证件",
        "kind_title": "种类名称",
        "kinds_listed": "目录种类数",
        "kinds_open": "在册种类数",
        "ladder_scope": "阶梯范围",
        "ladder_subject": "阶梯对象",
        "latest_on": "最长可至",
        "ledger_from": "台账保存起始日期",
        "licence_no": "许可证编号",
        "licence_to": "许可证有效期至",
        "masked_person": "人员编号（已遮盖）",
        "next_follow": "下次回访日",
        "on_post_count": "在岗安置数",
        "orders_completed": "零工完工单数",
        "orders_in_arrears": "零工拖欠单数",
        "orders_in_arrears_rate": "零工拖欠率（%）",
        "orders_paid": "零工付清单数",
        "orders_paid_rate": "零工付清率（%）",
        "orders_put_up": "零工单数",
        "outreach_places": "宣传社区数",
        "outreach_visits": "宣传次数",
        "overdue_days": "拖欠天数",
        "owed_pay": "尚欠报酬（元）",
        "paid_pay": "已付报酬（元）",
        "passed_count": "考核合格人数",
        "passed_rate": "考核合格率（%）",
        "pay_by": "约定付酬日",
        "pay_due": "应付酬日",
        "permit_by": "许可申请截止日",
        "permit_organ": "许可机关",
        "persons_placed": "安置人数（去重）",
        "persons_trained": "参训人数（去重）",
        "placement": "求职服务编号",
        "placements_count": "安置申请数",
        "planned_hours": "计划课时",
        "practical": "实操课",
        "practice_hours": "实操课时",
        "proposed_classes": "建议开班数",
        "public_kind": "公益性",
        "public_placement": "安置编号",
        "public_post": "公益性岗位编号",
        "reached_heads": "宣传人数",
        "records": "记录数",
        "registered_unemployed": "已失业登记",
        "related_sessions": "相关场次",
        "retirement_group": "退休档次",
        "retirement_month": "法定退休年月",
        "risk_checked": "安全检查合格",
        "rung": "最高一级",
        "serving_since": "开展服务日期",
        "session": "培训场次编号",
        "settle_from": "稳岗可确认日",
        "settled_count": "稳岗人数",
        "settled_due": "到岗满期人数",
        "settled_job_rate": "稳岗率（%）",
        "signed_count": "签约人数",
        "signed_in": "签到时间",
        "signed_out": "签退时间",
        "signed_rate": "签约率（%）",
        "skill_level": "技能等级",
        "specialties": "培训专业数",
        "specialty": "培训专业",
        "started_on": "上岗日期",
        "submitted_count": "投递人数",
        "suitable": "核实符合条件",
        "teacher": "任课教师编号",
        "theory_hours": "理论课时",
        "trainee_group": "参训人员类别",
        "trainees_listed": "登记学员数",
        "training_claim": "补贴申领编号",
        "training_class": "培训班编号",
        "unemployed_since": "失业起始日期",
        "until_on": "约定期满日",
        "work_on": "用工日期",
    }
)
"""Headers that only these tables have: name → labels."""

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
