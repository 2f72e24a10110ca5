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
        # participation: elections, self-help
        "agree_rate": "同意率（%）",
        "appraised": "已评议数",
        "appraised_rate": "评议率（%）",
        "attend_rate": "到会率（%）",
        "breach_rate": "违规撤下率（%）",
        "confirmed_agreements": "司法确认数",
        "confirmed_rate": "司法确认率（%）",
        "displays": "公示数",
        "entry_state": "台账办理状态",
        "open_sessions": "公开调解数",
        "resolution": "决议文号",
        "written_agreements": "书面协议数",
        "written_rate": "书面协议率（%）",
        "applications": "登记申请数",
        "ballot_round": "投票轮次",
        "blank": "空白票",
        "box": "票箱编号",
        "candidate": "候选人编号",
        "choices": "所选候选人",
        "community_events": "民事数",
        "decided_on": "决定日期",
        "decided_objections": "已决定异议数",
        "elected_count": "当选人数",
        "election": "选举编号",
        "entitled": "应参加投票人数",
        "fit": "符合资格条件",
        "helped": "民助数",
        "helped_rate": "民需民助率（%）",
        "in_time": "按期决定数",
        "in_time_rate": "按期决定率（%）",
        "is_elected": "是否当选",
        "issued": "发出票数",
        "least": "提示下限",
        "listed_voters": "名单人数",
        "local_hukou": "户籍在本地",
        "local_voters": "户籍选民数",
        "needs_told": "民需数",
        "nominator": "提名主体",
        "object_by": "异议截止日",
        "objections": "异议数",
        "office": "职务",
        "on_roll": "列入名单",
        "other_elected": "非户籍当选数",
        "other_elected_rate": "非户籍当选比例（%）",
        "other_voters": "非户籍选民数",
        "other_voters_rate": "非户籍选民比例（%）",
        "papers": "相同票数",
        "polling_day": "选举日",
        "proxies_given": "委托票数",
        "proxy_holder": "受委托人编号",
        "publish_by": "最迟公布日",
        "published_on": "公布日期",
        "raised_on": "异议日期",
        "registered": "登记数",
        "registered_rate": "登记率（%）",
        "registration": "登记编号",
        "residence_place": "居住地点",
        "rounds": "投票轮数",
        "run_by": "办理主体",
        "seats": "应选名额",
        "seats_left": "缺额数",
        "self_run": "民管数",
        "self_run_rate": "民事民管率（%）",
        "signal": "信号",
        "signal_count": "信号人数",
        "spoiled": "废票",
        "standing_again": "另行选举候选人数",
        "supporters": "联名人数",
        "turnout_rate": "参选率（%）",
        "undecided": "待决异议数",
        "unknown_count": "不明数",
        "upheld": "异议成立",
        "upheld_objections": "异议成立数",
        "upheld_rate": "异议成立率（%）",
        "vote_rate": "得票率（%）",
        "voted": "参加投票人数",
        "voter_roll": "名单编号",
        "votes": "得票数",
        "votes_cast": "投票总数",
        "voting_mode": "投票方式",
        # party, what is followed up
        "rater_kind": "评议人类别",
        "rater_unit": "评议人单位",
        "reckoned_groups": "据实计算的组",
        "quota_unmet": "配额不符",
        "indicator": "指标编号",
        "indicator_name": "指标名称",
        "indicator_value": "指标得分",
        "indicator_points": "指标分值",
        "common": "共同指标",
        "part_count": "达成数",
        "whole_count": "应计数",
        "appraisal_year": "评议年度",
        "result_points": "评议得分",
        "points_before": "更正前得分",
        "result": "评议结果编号",
        "talk_due": "应约谈",
        "announced_on": "议题告知日期",
        "claimed_by": "认领成员",
        "claims": "一年内认领数",
        "full_time": "专职成员数",
        "next_on": "下次应开日期",
        "part_time": "兼职成员数",
        "plan": "活动计划编号",
        "planned_on": "计划活动日期",
        "project": "项目编号",
        "term_end": "任期届满日",
        # places
        "latitude": "纬度",
        "longitude": "经度",
        # neighbourhood
        "active_volunteers": "活跃志愿者数",
        "added_target": "应增点位数",
        "afterwards": "整改后照片摘要",
        "approval": "批准文号",
        "area": "面积（平方米）",
        "before": "整改前照片摘要",
        "by_kind": "分类服务分钟",
        "candidates": "待派报名者",
        "charged": "是否收费",
        "clean": "是否整洁",
        "collection_point": "收集点编号",
        "counted": "计入点位数",
        "counted_point": "是否计入",
        "covered_count": "已覆盖数",
        "covered_most": "至多覆盖率（%）",
        "credit_code": "统一社会信用代码",
        "datum": "坐标系",
        "duplicate_of": "疑似重复于",
        "escalate_now": "须升级",
        "facility": "设施",
        "failed_rechecks": "复查不合格次数",
        "failing": "损坏数",
        "filed_no": "备案号",
        "first_on": "首次服务日期",
        "found_count": "发现数",
        "found_on": "发现日期",
        "guardian_consent": "监护人同意",
        "handed_over_count": "移交数",
        "has_facility": "已安装",
        "households": "户数",
        "households_served": "覆盖户数",
        "incident": "问题编号",
        "insured": "已投保",
        "intact": "设施完好",
        "left_on": "末次服务日期",
        "liable_unit": "涉事单位",
        "listed_points": "登记点位数",
        "matched_count": "派单数",
        "matched_rate": "派单率（%）",
        "metres": "相距（米）",
        "minor": "未成年",
        "ordered_count": "责令数",
        "ordered_on": "责令日期",
        "orders": "服务单数",
        "orders_done": "完成单数",
        "orders_done_rate": "完成率（%）",
        "organ": "接收机关",
        "organiser": "组织者编号",
        "overdue_count": "逾期数",
        "photo": "照片摘要",
        "place_type": "场所类型",
        "places_needed": "需要人次",
        "rated": "已评价数",
        "reach": "活动范围",
        "receipt": "移交回执编号",
        "receipts": "回执数",
        "rechecks": "复查次数",
        "rectified_count": "整改合格数",
        "rectified_on": "整改日期",
        "rectified_rate": "整改合格率（%）",
        "repeated_photos": "重复照片日期",
        "requester": "求助人编号",
        "required": "应覆盖数",
        "required_here": "应覆盖",
        "review_points": "待核点位数",
        "satisfied_count": "满意数",
        "satisfied_rate": "服务满意率（%）",
        "served_by": "最近收集点",
        "served_count": "确认服务人次",
        "served_here": "是否覆盖",
        "service_hours": "服务小时",
        "service_kind": "服务类别",
        "service_minutes": "服务分钟",
        "short_points": "尚缺点位数",
        "site": "点位编号",
        "subject": "统计对象",
        "target_met": "达标",
        "target_percent": "目标覆盖率（%）",
        "uncovered_ids": "未覆盖编号",
        "unconfirmed": "待确认记录数",
        "unvisited": "逾期未巡查",
        "valid_count": "成立数",
        "visit_due": "应巡查日期",
        "visits": "巡查次数",
        "void_count": "作废关闭数",
        "volunteer": "志愿者编号",
        "volunteer_order": "服务单编号",
        "wait_hours": "平均办结小时",
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
    """选项: the words a cell may hold: code → labels. `barred`: words known only to be told where they belong."""

    words: Words
    barred: Words = MappingProxyType({})

    def lookup(self) -> dict[str, str]:
        """Return every accepted writing, lower-case, with its code."""
        words = {**self.words, **self.barred}
        found = {code.lower(): code for code in words}
        for code, labels in words.items():
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
