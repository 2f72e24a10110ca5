"""参与用词: the words that the tables of mediation, forum, taking part and lectures may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.tables.words import Words, word_table

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "agree_rate": "同意率（%）",
        "appraised": "已评议数",
        "appraised_rate": "评议率（%）",
        "attend_rate": "到会率（%）",
        "breach_rate": "违规撤下率（%）",
        "breaches": "违规撤下次数",
        "channels": "其他途径",
        "clashes": "冲突场次",
        "confirmed_agreements": "司法确认数",
        "confirmed_rate": "司法确认率（%）",
        "counted_sessions": "有人数的场次",
        "decided": "已表决议题数",
        "decider": "决定会议",
        "display": "公示种类",
        "display_until": "公示期满日",
        "displays": "公示数",
        "disputes": "纠纷数",
        "effective_on": "协议生效日期",
        "entry_state": "台账办理状态",
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
        "open_sessions": "公开调解数",
        "origin": "纠纷来源",
        "parties": "当事人编号",
        "party_count": "当事人数",
        "performed": "已履行数",
        "performed_rate": "履行率（%）",
        "private_matter": "涉及个人隐私",
        "proposer": "提议方",
        "residence_reason": "居住理由",
        "resolution_state": "联席会议议定事项状态",
        "resolved": "通过数",
        "resolved_rate": "通过率（%）",
        "room": "场地",
        "route": "议事方式",
        "speaker": "主讲人编号",
        "stages": "各环节人数",
        "to_report": "待报告",
        "topics": "议题数",
        "way": "参与途径",
        "weekend": "周末",
        "written_agreements": "书面协议数",
        "written_rate": "书面协议率（%）",
    }
)
"""Headers that only these tables have: name → labels."""

DISPUTE_KINDS: Words = word_table(
    {
        "neighbour": "邻里 邻里纠纷",
        "family": "家庭 家庭纠纷",
        "property": "物业 物业纠纷",
        "contract": "合同 合同纠纷",
        "damage": "损害赔偿 赔偿纠纷",
        "labour": "劳动 劳动争议",
        "land": "土地 土地纠纷",
        "identity": "身份关系",
        "marriage": "婚姻关系",
        "adoption": "收养关系",
        "criminal": "刑事案件",
        "in_court": "已起诉 诉讼中",
        "other": "其他",
    }
)
ORIGINS: Words = word_table({"applied": "申请", "found": "主动发现 主动调解"})
FORMS: Words = word_table({"written": "书面", "oral": "口头"})
MEDIATION_ACTIONS: Words = word_table(
    {
        "accept": "受理",
        "decline": "不予受理",
        "consent": "同意调解",
        "refuse": "拒绝调解",
        "start": "开始调解",
        "agree_open": "同意公开",
        "hold_open": "公开调解",
        "settle": "达成协议",
        "fail": "调解不成",
        "sign": "签名",
        "seal": "盖章",
        "apply_court": "申请司法确认 共同申请司法确认",
        "court_decision": "法院决定",
        "supervise": "督促履行",
        "perform": "履行完毕",
        "breach": "未履行",
        "sue": "起诉",
        "enforce": "申请执行",
        "warn": "激化提示",
        "report": "报告",
    }
)
MEDIATION_ROLES: Words = word_table(
    {"party": "当事人", "mediator": "调解员", "committee": "调解委员会 调委会"}
)
ROUTES: Words = word_table({"forum": "议事厅 周末议事厅", "four_two": "四议两公开"})
DECIDERS: Words = word_table(
    {
        "forum": "议事会",
        "residents": "居民会议",
        "resident_representatives": "居民代表会议",
        "villagers": "村民会议",
        "village_representatives": "村民代表会议",
    }
)
PROPOSERS: Words = word_table(
    {"resident": "居民 村民", "committee": "居委会 村委会", "branch": "党组织", "department": "部门"}
)
TOPIC_ACTIONS: Words = word_table(
    {
        "screen": "审核",
        "decline": "不列入",
        "propose": "支部会提议 提议",
        "consult": "两委商议 商议",
        "deliberate": "党员大会审议 审议",
        "notice": "通知",
        "discuss": "讨论",
        "agree": "达成一致",
        "vote": "表决",
        "publish": "决议公开",
        "take_down": "撤下公示",
        "republish": "重新公示",
        "execute": "实施",
        "publish_result": "结果公开",
        "appraise": "评议",
    }
)
TOPIC_ROLES: Words = word_table(
    {"clerk": "社区工作者", "branch": "党组织", "chair": "主持人", "owner": "落实责任人"}
)
DISPLAYS: Words = word_table({"decision": "决议", "result": "结果"})
WAYS: Words = word_table(
    {
        "forum": "议事厅 周末议事厅",
        "suggestion": "意见建议",
        "volunteering": "志愿服务",
        "supervision": "民主监督",
        "residents_meeting": "居民会议",
    }
)
RESIDENCE_REASONS: Words = word_table(
    {
        "business": "经商",
        "marriage": "婚配",
        "work": "务工",
        "study": "就学",
        "family": "随迁",
        "other": "其他",
    }
)
EVIDENCE_KINDS: Words = word_table(
    {
        "permit": "居住证",
        "lease": "租赁合同",
        "title": "产权",
        "lodging": "单位住宿证明",
        "grid": "网格核实",
        "verbal": "口头 口头说明",
    }
)
LECTURE_KINDS: Words = word_table(
    {
        "lecture": "小讲堂 党员小讲堂",
        "fire": "消防",
        "power_gas": "用电用气",
        "hiv": "防艾",
    }
)
