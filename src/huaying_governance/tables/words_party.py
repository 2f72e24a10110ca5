"""领航用词: the words that the tables of whistles, members, honours, appraisal and posts may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
