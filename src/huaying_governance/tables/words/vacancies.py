"""岗位用词: the words of the tables of vacancies, seekers and referrals, and the columns they must not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.text import Text

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "abilities": "能力特长",
        "abilities_asked": "能力要求",
        "abnormal": "在经营异常名录",
        "advice": "建议去向",
        "all_open_jobs": "全部在招人数",
        "all_referrals": "全部推荐数",
        "asked_at": "要求跟进时间",
        "band": "所选群体",
        "bands": "所属群体",
        "behind": "跟进逾期",
        "better_wording": "建议写法",
        "blocked_vacancies": "不符岗位数",
        "cause": "未成原因",
        "certificates": "持有证书",
        "certificates_asked": "证书要求",
        "channel_state": "渠道状态",
        "closed_vacancies": "未在招岗位数",
        "compared_vacancies": "比对岗位数",
        "conditions": "招聘条件",
        "desk": "咨询窗口",
        "distance_km": "距离（公里）",
        "division": "工作地点区划代码",
        "employer_code": "用人单位信用代码",
        "ended_by_employer": "用人单位不录用数",
        "ended_by_seeker": "本人不去数",
        "example_vacancy": "示例岗位",
        "excerpt": "命中文字",
        "experience_asked": "经验要求（年）",
        "experience_years": "工作经验（年）",
        "farthest_km": "最远距离（公里）",
        "favoured_by": "优先群体",
        "fit_parts": "契合分项",
        "gravity": "后果",
        "hired": "招用人数",
        "home_only": "只要居家",
        "home_work": "可居家完成",
        "job_content": "工作内容",
        "job_search": "查询编号",
        "job_share": "占比（%）",
        "least_wage": "期望最低月薪（元）",
        "match_fit": "契合度（千分）",
        "matching_round": "撮合编号",
        "night_shift": "夜班",
        "open_jobs": "在招人数",
        "open_kinds": "在招工种数",
        "open_vacancies": "在招岗位数",
        "openings": "招聘人数",
        "openings_left": "尚缺人数",
        "place_in_rank": "匹配次序",
        "poster": "岗位发布人",
        "referral": "推荐编号",
        "region": "所在区域",
        "reply_due": "答复期限",
        "reply_late": "答复逾期",
        "revision": "修订次数",
        "round_persons": "参加撮合人员",
        "round_vacancies": "参加撮合岗位",
        "schooling": "文化程度",
        "schooling_asked": "文化程度要求",
        "shown_on": "发布渠道",
        "shown_revision": "已展示修订",
        "stock_group": "岗位分组",
        "stock_value": "分组名称",
        "vacancy": "岗位编号",
        "vacancy_kind": "岗位工种",
        "vacancy_title": "岗位名称",
        "valid_until": "岗位有效期至",
        "wage_high": "工资上限（元）",
        "wage_low": "工资下限（元）",
        "wage_period": "计薪周期",
        "wanted_kinds": "意向工种",
        "wanted_revision": "应展示修订",
        "within_metres": "距离以内（米）",
    }
)
"""Headers that only these tables have: name → labels."""

Words = Mapping[str, tuple[str, ...]]

SCHOOLING: Words = MappingProxyType(
    {
        "none": ("不限", "不识字或识字很少"),
        "primary": ("小学",),
        "junior": ("初中", "初级中学"),
        "senior": ("高中", "中专", "中职", "技校", "职高"),
        "college": ("大专", "专科", "高职"),
        "bachelor": ("本科", "大学本科"),
        "postgraduate": ("研究生", "硕士", "博士"),
    }
)
WAGE_PERIODS: Words = MappingProxyType(
    {"month": ("月", "月薪"), "day": ("日", "天", "日薪"), "hour": ("小时", "时薪"), "piece": ("计件",)}
)
VACANCY_ACTIONS: Words = MappingProxyType(
    {
        "verify": ("审核通过",),
        "reject": ("不予发布",),
        "publish": ("发布",),
        "edit": ("修改",),
        "fill": ("登记招用",),
        "take_down": ("下架",),
        "confirm": ("渠道确认",),
    }
)
VACANCY_ROLES: Words = MappingProxyType(
    {
        "poster": ("用人单位或中介", "用人单位", "中介"),
        "clerk": ("就业专干",),
        "verifier": ("审核人",),
        "channel": ("渠道管理员",),
    }
)
REFERRAL_ACTIONS: Words = MappingProxyType(
    {
        "consent": ("本人同意",),
        "refer": ("推荐",),
        "interview": ("面试",),
        "hire": ("录用",),
        "reject": ("不录用",),
        "decline": ("本人不去",),
        "lapse": ("逾期未复",),
    }
)
REFERRAL_ROLES: Words = MappingProxyType(
    {"seeker": ("求职者", "本人"), "clerk": ("就业专干",), "employer": ("用人单位",)}
)
CAUSES: Words = MappingProxyType(
    {
        "wage": ("工资",),
        "distance": ("距离",),
        "schedule": ("班次", "作息"),
        "skill": ("技能",),
        "experience": ("经验",),
        "certificate": ("证书",),
        "filled": ("已招满",),
        "no_show": ("未到", "未到场"),
        "found_other": ("已另就业",),
    }
)

_BARRED: tuple[tuple[Text, str], ...] = (
    (Text("性别", "sex"), r"性别|男女|\b(?:sex|gender)\b"),
    (Text("年龄", "age"), r"年龄|岁数|出生|周岁|\b(?:age|born|birth(?:day|date)?|date of birth)\b"),
    (Text("民族", "ethnicity"), r"民族|种族|\b(?:ethnic(?:ity)?|race|nationality)\b"),
    (Text("户籍", "household registration"), r"户籍|户口|籍贯|出生地|\b(?:hukou|origin|native place)\b"),
    (Text("宗教信仰", "religion"), r"宗教|信仰|\b(?:religion|faith|belief)\b"),
    (
        Text("婚育状况", "marriage and children"),
        r"婚|生育|子女|怀孕|孕|\b(?:marital|marriage|married|pregnan\w*|children)\b",
    ),
    (
        Text("健康状况", "health"),
        r"健康(?!证)|病史|残疾|乙肝|携带|\b(?:health|disab\w*|illness|disease|carrier)\b",
    ),
    (Text("政治面貌", "party membership"), r"政治面貌|党员|\bpolitical\b"),
    (Text("外貌", "looks"), r"身高|体重|相貌|长相|血型|星座|\b(?:height|weight|looks|appearance)\b"),
)
"""What may not decide who is matched, and how columns call it: 就业促进法 3, 26 to 31; 人力资源市场暂行条例 24."""


def barred(header: str) -> Text | None:
    """Return what a column of seekers would hold that may not decide who gets work; None where it is sound."""
    plain = re.sub(r"[\s_\-]+", " ", header.lower())
    return next((what for what, pattern in _BARRED if re.search(pattern, plain)), None)
