"""领航用词: the words that the tables of whistles, members, honours, appraisal and posts may hold."""

# Long: the headers and words of one programme, one after another.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "activities": "活动数",
        "activity": "活动编号",
        "added": "新增数",
        "agreed": "是否同意 同意人数",
        "announced_on": "议题告知日期",
        "appraisal_year": "评议年度",
        "arrived": "到场率（%）",
        "at_end": "期末数",
        "at_start": "期初数",
        "attended": "是否到会 到会人数",
        "average_points": "平均积分",
        "basis": "设定依据 法律依据",
        "blown": "吹哨数",
        "bodies": "所派单位",
        "bonus": "加分",
        "booking": "预订编号",
        "branch": "所在支部",
        "branches": "计入支部",
        "carried": "表决通过",
        "claimed_by": "认领成员",
        "claims": "一年内认领数",
        "common": "共同指标",
        "complaints": "近期查实投诉数",
        "confirmed_by": "确认人编号",
        "consent": "所有者同意",
        "copied_to": "抄送",
        "deadlines": "各环节时限",
        "department": "被评部门",
        "dispute": "有未了纠纷",
        "due_kinds": "应开展种类数",
        "duty": "履职分",
        "events": "负面事项分",
        "excluded": "回避人数",
        "excused": "免予报到",
        "excused_count": "免予报到数",
        "exempt": "免予履职",
        "exempt_count": "免予履职人数",
        "fixed_place": "地点固定",
        "flag": "提示代码",
        "formal": "正式组织关系",
        "full": "正式党员 正式党员数",
        "full_time": "专职成员数",
        "gaps": "未落实种类",
        "grade": "等次",
        "group": "指标组",
        "heads": "主题覆盖人数",
        "held": "已落实",
        "held_kinds": "已开展种类数",
        "holder": "申请人编号",
        "holders": "在岗人数",
        "holds": "协议有效",
        "honour": "挂牌编号",
        "honours_applied": "当年申请数",
        "hung": "已挂牌数",
        "hung_most": "挂牌上限",
        "host_branch": "主办支部",
        "hours": "服务时数（小时）",
        "indicator": "指标编号",
        "indicator_name": "指标名称",
        "indicator_points": "指标分值",
        "indicator_value": "指标得分",
        "joined": "加入数",
        "joined_on": "加入日期",
        "last_contact": "最近联系日期",
        "list_name": "清单",
        "lost_on": "可认定失联日",
        "market": "市场",
        "matched": "接单党员",
        "means": "查找方式",
        "members": "报到党员数",
        "missing_ids": "未报到编号",
        "move": "流动编号",
        "near": "同一社区",
        "need": "需求编号",
        "next_on": "下次应开日期",
        "noted_of": "提示对象",
        "notice": "公开说明",
        "ordered_by": "点单居民编号",
        "out_since": "外出起始日期",
        "overdue_ids": "逾期编号",
        "owing": "应报到数",
        "owner": "所有者",
        "part_count": "达成数",
        "part_time": "兼职成员数",
        "party_group": "党小组编号",
        "pilot": "试点社区",
        "placed_branch": "编入或接收支部",
        "placed_by": "下单支部",
        "places": "报到社区数",
        "plan": "活动计划编号",
        "planned_on": "计划活动日期",
        "pledge_done": "承诺办结日期",
        "pledge_due": "承诺期限",
        "points": "季度积分",
        "points_before": "更正前得分",
        "post": "岗位",
        "post_id": "设岗编号",
        "process": "过程分",
        "project": "项目编号",
        "publicity_until": "公示截止日",
        "purpose": "用途 党小组用途",
        "quarter": "季度",
        "quorate": "到会过半数",
        "quota_unmet": "配额不符",
        "rater": "评议人编号",
        "rater_kind": "评议人类别",
        "rater_unit": "评议人单位",
        "raters": "评议人数",
        "receiving": "有接收组织",
        "reckoned_groups": "据实计算的组",
        "rectify_by": "整改期限",
        "registered_on": "报到日期",
        "removed": "摘牌数",
        "repeated": "反复哨",
        "reported": "已报到数",
        "reported_in_time": "按期报到数",
        "reported_rate": "按期报到率（%）",
        "reporter": "报到对象编号",
        "resource": "资源编号",
        "responded": "响应率（%）",
        "responder": "报到对象",
        "result": "评议结果编号",
        "result_points": "评议得分",
        "review_due": "复查期限",
        "right": "权限",
        "said_count": "已确认数",
        "satisfaction": "满意率（%）",
        "score": "评分",
        "scored_count": "已评人数",
        "scored_quarters": "已评季度",
        "sent_out": "派哨数",
        "served": "达到服务次数人数",
        "services": "服务次数",
        "serving_from": "设岗上岗日期",
        "short": "缺额",
        "size": "党员数",
        "skill": "所需技能",
        "solved": "解决率（%）",
        "stars": "五星党员数",
        "survey": "问卷分",
        "suspended_count": "期末暂停数",
        "takes": "可接单数",
        "talk_due": "应约谈",
        "term_end": "任期届满日",
        "topic": "主题",
        "trade": "行业",
        "transfer_due": "应转移组织关系",
        "unit": "驻社区单位",
        "units": "单位数",
        "weights": "权重",
        "whistle": "哨的编号",
        "whistles_of": "涉及的哨",
        "whole_count": "应计数",
        "withheld": "不足人数未显示",
    }
)
"""Headers that only these tables have: name → labels."""

WHISTLE_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"urgent": ("应急哨", "紧急"), "daily": ("日常哨", "日常"), "hard": ("攻坚哨", "重大")}
)
RESPONDERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"department": ("部门报到", "部门"), "member": ("党员报到", "党员")}
)
WHISTLE_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "screen": ("核清单",),
        "decline": ("不予派哨",),
        "dispatch": ("派哨",),
        "acknowledge": ("应哨",),
        "bounce": ("退回",),
        "arrive": ("到场",),
        "report": ("报进展",),
        "plan": ("报方案",),
        "extend": ("延期",),
        "claim": ("报办结",),
        "verify": ("确认",),
        "score": ("评分",),
        "close": ("办结",),
        "escalate": ("提交联席会议",),
        "hand_over": ("转入台账",),
        "withdraw": ("撤回",),
    }
)
WHISTLE_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"community": ("社区",), "centre": ("街道指挥中心", "街道"), "responder": ("报到单位", "报到党员")}
)
HONOUR_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"pioneer": ("先锋岗", "党员先锋岗"), "model": ("示范户", "党员示范户")}
)
HONOUR_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "check": ("核查",),
        "vote": ("评议表决",),
        "publicise": ("公示",),
        "list": ("挂牌",),
        "review": ("季度复查",),
        "complaint": ("投诉查实",),
        "penalty": ("处罚查实",),
        "rectify": ("整改合格",),
        "close_down": ("停业",),
        "discipline": ("党纪处分",),
        "remove": ("摘牌",),
    }
)
HONOUR_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"committee": ("评选小组",), "market": ("市场监管",), "community": ("社区",)}
)
INDICATOR_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"process": ("过程",), "survey": ("问卷",), "events": ("负面事项",)}
)
LIFE_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "assembly": ("党员大会",),
        "committee": ("支委会", "支部委员会"),
        "group": ("党小组会",),
        "lesson": ("党课",),
        "theme": ("主题党日",),
        "review": ("组织生活会",),
        "tour": ("巡回宣讲", "党史巡回宣讲"),
    }
)
RESOURCE_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"place": ("阵地", "场地"), "people": ("人才", "人员"), "money": ("资金",), "information": ("信息",)}
)
RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"lead": ("工作主导权",), "allocate": ("资源调配权",), "coordinate": ("活动统筹权",)}
)
BOOKING_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({"book": ("预订",), "cancel": ("取消",)})
BOOKING_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"member": ("大党委成员",), "resident": ("居民",)}
)
PLEDGE_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"identity": ("亮身份",), "duty": ("亮职责",), "promise": ("亮承诺",)}
)
POST_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "assign": ("定岗",),
        "publicise": ("公示",),
        "take_up": ("上岗",),
        "score": ("评岗",),
        "exempt": ("免予履职",),
        "resume": ("恢复履职",),
        "withdraw": ("本人退出",),
        "end": ("调整离岗",),
    }
)
POST_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType({"branch": ("支部",), "member": ("党员本人",)})
MEANS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"phone": ("电话联系",), "visit": ("上门走访",), "relatives": ("亲属查询",), "host": ("流入地查询",)}
)
MOVE_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "report_out": ("登记流出",),
        "register_in": ("登记流入",),
        "place": ("编入支部",),
        "join": ("参加活动",),
        "contact": ("联系",),
        "search": ("查找",),
        "declare_lost": ("认定失联",),
        "found": ("恢复联系",),
        "stop": ("停止党籍",),
        "remove": ("除名",),
        "return": ("返回",),
        "transfer": ("转移组织关系",),
    }
)
MOVE_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"home_branch": ("流出地支部",), "host_branch": ("流入地支部",), "superior": ("上级党组织",)}
)
REPORTER_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType({"unit": ("单位",), "member": ("在职党员",)})
RATER_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "street": ("街道中层干部",),
        "community": ("社区干部",),
        "delegate": ("两代表一委员",),
        "firm": ("企业代表",),
        "resident": ("居民代表",),
    }
)
OUTCOME_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "appeal": ("申诉",),
        "decide": ("复核",),
        "rectify": ("责令整改",),
        "submit": ("报整改",),
        "talk": ("约谈",),
        "accept": ("验收",),
        "close": ("办结",),
    }
)
OUTCOME_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "department": ("被评部门",),
        "organiser": ("评议组织方",),
        "community": ("社区",),
        "leader": ("街道领导",),
    }
)
SEAT_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"full_time": ("专职", "专职委员"), "part_time": ("兼职", "兼职委员")}
)
PROJECT_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"claim": ("认领",), "launch": ("启动",), "finish": ("完成",), "drop": ("终止",)}
)
PLAN_ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"schedule": ("排定",), "postpone": ("改期",), "hold": ("开展",), "cancel": ("取消",)}
)
PLAN_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType({"member": ("大党委成员",), "branch": ("支部",)})
