"""领航规则文件: what `party.toml` of a pack may state: its tables and keys; `party_rules` makes rules of them."""

# Long: every table of one document.

from __future__ import annotations

from huaying_governance.packs.documents import Held, entry
from huaying_governance.packs.rules.clauses import source_entry, whole
from huaying_governance.party.clock import UNITS
from huaying_governance.party.honour import SCOPES
from huaying_governance.party.indicators import GROUPS, MEASURES
from huaying_governance.party.quota import KINDS as RATER_KINDS
from huaying_governance.party.whistle import STEPS
from huaying_governance.rules.shape import (
    Day,
    Flag,
    Ident,
    Label,
    OneOf,
    Quantity,
    Several,
    Table,
    Whole,
    Words,
)
from huaying_governance.tables.words.party import HONOUR_KINDS, LIFE_KINDS, MEANS

KINDS = ("urgent", "daily", "hard")
_TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(0, 60, 15))


_SOURCE = source_entry()
_WHISTLE = Table(
    {
        "opens": entry(OneOf(_TIMES), "上班时间", "when the office opens", required=True),
        "closes": entry(OneOf(_TIMES), "下班时间", "when the office closes", required=True),
        "bounces": whole("可退回次数", "how often it may be sent back"),
        "extensions": whole("可延期次数", "how often it may be extended"),
        "score_days": whole("评分期（工作日）", "working days for a score", 1),
        "repeat_days": whole("反复哨的天数", "days in which whistles repeat", 1),
        "repeats": whole("反复哨的次数", "whistles that count as repeated", 2),
        "copy": entry(
            Words(), "抄送单位", "who gets a copy of what goes straight to a department", required=True
        ),
        "source": _SOURCE,
    },
    Held,
)
_CLOCK = Table(
    {
        "kind": entry(OneOf(KINDS), "哨的种类", "kind of whistle", required=True),
        "step": entry(OneOf(STEPS), "环节", "step", required=True),
        "amount": whole("时限", "time allowed", 1),
        "unit": entry(OneOf(UNITS), "单位", "unit", required=True),
        "source": _SOURCE,
    },
    Held,
)
_LIFE = Table(
    {
        "kind": entry(OneOf(tuple(LIFE_KINDS)), "种类", "kind", required=True),
        "months": whole("每几个月一次", "once in so many months", 1),
        "votes": entry(Flag(), "需到会过半数", "takes a quorum", default=False),
        "source": _SOURCE,
    },
    Held,
)
_MARKET = Table({"name": entry(Words(), "市场", "market", required=True), "source": _SOURCE}, Held)
_PILOT = Table({"community": entry(Ident(), "社区", "community", required=True), "source": _SOURCE}, Held)
_BRANCH = Table(
    {
        "least": whole("单独成立支部的正式党员数", "full members of a branch of its own", 1),
        "most": whole("支部人数上限", "most members of a branch", 1),
        "committee": whole("设支委会的正式党员数", "full members that make a committee due", 1),
        "floating_months": whole("流动党员的月数", "months that make a member floating", 1),
        "contact_months": whole("失去联系的月数", "months without contact", 1),
        "reminder_days": whole("承诺逾期提醒的天数", "days overdue until a pledge is reminded of"),
        "source": _SOURCE,
        "members_source": _SOURCE,
        "reminder_source": _SOURCE,
    },
    Held,
)
_APPRAISAL = Table(
    {
        "process": whole("过程权重", "weight of process", 0, 100),
        "survey": whole("问卷权重", "weight of the questionnaire", 0, 100),
        "events": whole("负面事项权重", "weight of negative events", 0, 100),
        "least_raters": whole("最少评议人数", "fewest raters shown", 2),
        "trim": whole("两端各去掉的百分比", "per cent trimmed at each end", 0, 49),
        "process_least": whole("过程权重下限", "least weight of process", 0, 100),
        "deduction": whole("每件违规下派扣分", "points taken for each unlawful assignment", 0, 100),
        "process_source": _SOURCE,
        "deduction_source": _SOURCE,
        "grades": entry(Several(Quantity(), 3, 3), "等次分数线", "thresholds of A, B, C", required=True),
        "source": _SOURCE,
    },
    Held,
)
_QUOTA = Table(
    {
        "kind": entry(OneOf(RATER_KINDS), "评议人类别", "kind of rater", required=True),
        "least": whole("最少人数", "fewest raters"),
        "most": whole("最多占百分比", "most per cent of all raters", 1, 100),
        "source": _SOURCE,
    },
    Held,
)
_INDICATOR = Table(
    {
        "id": entry(Ident(), "指标编号", "id of the indicator", required=True),
        "name": entry(Label(), "指标名称", "name of the indicator", required=True),
        "group": entry(OneOf(GROUPS), "指标组", "group", required=True),
        "measure": entry(OneOf(MEASURES), "怎样计算", "how it is measured", required=True),
        "points": whole("分值", "points within the group", 1),
        "departments": entry(
            Several(Ident()), "适用部门（空为共同指标）", "whose it is; empty: common", default=()
        ),
        "source": _SOURCE,
    },
    Held,
)
_CONSEQUENCE = Table(
    {
        "rectify_days": whole("整改天数", "days to put a D right", 1),
        "talk": whole("约谈的连续D次数", "Ds in a row that need a talk", 1),
        "appeal_days": whole("申诉工作日", "working days for an appeal", 1),
        "source": _SOURCE,
    },
    Held,
)
_HONOUR = Table(
    {
        "publicity_days": whole("公示工作日", "working days of publicity", 1),
        "complaints": whole("触发复查的投诉数", "complaints that open a review", 1),
        "complaint_months": whole("投诉统计月数", "months in which complaints count", 1),
        "review_months": whole("复查间隔月数", "months between reviews", 1),
        "rectify_days": whole("整改天数", "days to put right what was suspended", 1),
        "group_days": whole("党小组休眠天数", "days without activity until a group is dormant", 1),
        "source": _SOURCE,
    },
    Held,
)
_HONOUR_CAP = Table(
    {
        "per": entry(
            OneOf(tuple(SCOPES)), "按社区或支部计算", "counted by community or by branch", required=True
        ),
        "kind": entry(
            OneOf(tuple(HONOUR_KINDS)), "挂牌种类（不填为合计）", "kind; all together if not stated"
        ),
        "most": entry(Whole(0, 100_000), "每年上限个数", "at most so many of a year"),
        "percent": entry(Whole(1, 100), "占当年申请数的百分比", "per cent of those applied for in the year"),
        "from": entry(Day(), "起", "from"),
        "to": entry(Day(), "止", "to"),
        "source": _SOURCE,
    },
    Held,
)
_POST = Table(
    {
        "base": whole("基础分", "base"),
        "duty": whole("履职分上限", "most for duty"),
        "bonus": whole("加分上限", "most bonus"),
        "star": whole("五星党员分数线", "score of a five-star member"),
        "publicity_days": whole("公示工作日", "working days of publicity", 1),
        "publicity_source": _SOURCE,
        "source": _SOURCE,
    },
    Held,
)
_POST_KIND = Table({"name": entry(Words(), "岗位", "post", required=True), "source": _SOURCE}, Held)
_PLAN = Table({"least": whole("活动最少人数", "fewest who make an activity", 1), "source": _SOURCE}, Held)
_FLAGS = Table(
    {
        "days": whole("统计天数", "days that count", 1),
        "splits": whole("一事多哨的次数", "whistles of one day that look split", 2),
        "declined": whole("不予派哨的次数", "whistles not sent out", 1),
        "urgent_least": whole("统计应急哨比例的最少哨数", "fewest whistles for a share of urgent ones", 1),
        "urgent_share": whole("应急哨百分比", "per cent of urgent whistles", 1, 100),
        "claim_minutes": whole("到场即报办结的分钟数", "minutes between arrival and claim", 1),
        "rejected": whole("未获确认的次数", "claims that were not confirmed", 1),
        "full_scores": whole("连续满分次数", "full scores in a row", 2),
        "source": _SOURCE,
    },
    Held,
)
_FLOATING = Table(
    {
        "transfer_months": whole("应转移组织关系的外出月数", "months away until a transfer is due", 1),
        "lost_months": whole("失去联系的月数", "months without contact until a member is lost", 1),
        "removal_months": whole("停止党籍后的月数", "months from stopping to removal", 1),
        "means": entry(Several(OneOf(tuple(MEANS)), 1), "查找方式", "means of a search", required=True),
        "source": _SOURCE,
        "means_source": _SOURCE,
    },
    Held,
)
_REPORTING = Table(
    {
        "days": whole("报到工作日", "working days to register", 1),
        "services": whole("每年服务次数", "services a year"),
        "placing_days": whole("下单工作日", "working days to place an order", 1),
        "source": _SOURCE,
    },
    Held,
)
_COMMITTEE = Table(
    {
        "least": whole("最少成员数", "fewest members", 1),
        "most": whole("最多成员数", "most members", 1),
        "full_time_least": whole("最少专职成员数", "fewest full-time members"),
        "full_time_most": whole("最多专职成员数", "most full-time members"),
        "part_time_least": whole("最少兼职成员数", "fewest part-time members"),
        "part_time_most": whole("最多兼职成员数", "most part-time members"),
        "meeting_months": whole("会议间隔月数", "months between meetings", 1),
        "topic_days": whole("议题提前天数", "days that topics are announced ahead"),
        "term_months": whole("任期月数", "months of a term", 1),
        "claims": whole("每年认领项目数", "projects to claim a year"),
        "source": _SOURCE,
        "duties_source": _SOURCE,
    },
    Held,
)
PARTY = Table(
    {
        "plan": entry(_PLAN, "活动统筹", "plans of activities", required=True),
        "post_kind": entry(Several(_POST_KIND), "岗位种类", "kinds of posts", default=()),
        "flags": entry(_FLAGS, "吹哨异常提示", "notes on whistles", required=True),
        "floating": entry(_FLOATING, "流动党员与失联", "floating members and lost contact", required=True),
        "reporting": entry(_REPORTING, "双报到", "double registration", required=True),
        "committee": entry(_COMMITTEE, "大党委", "grand committee", required=True),
        "whistle": entry(_WHISTLE, "社区吹哨", "whistles", required=True),
        "clock": entry(Several(_CLOCK), "哨声时限", "clocks of whistles", default=()),
        "pilot": entry(Several(_PILOT), "试点社区", "pilot communities", default=()),
        "life": entry(Several(_LIFE), "组织生活频次", "how often activities are due", default=()),
        "market": entry(Several(_MARKET), "须有值守的市场", "markets that need a roster", default=()),
        "branch": entry(_BRANCH, "支部与党员", "branches and members", required=True),
        "appraisal": entry(_APPRAISAL, "社区评议部门", "appraisal of departments", required=True),
        "quota": entry(Several(_QUOTA), "评议人配额", "quotas of raters", default=()),
        "indicator": entry(Several(_INDICATOR), "7+X 指标", "indicators", default=()),
        "consequence": entry(_CONSEQUENCE, "评议结果运用", "what follows from results", required=True),
        "honour": entry(_HONOUR, "先锋岗与功能党小组", "honours and groups", required=True),
        "honour_cap": entry(Several(_HONOUR_CAP), "挂牌上限", "caps on honours", default=()),
        "post": entry(_POST, "设岗定责", "posts without office", required=True),
    },
    Held,
)
