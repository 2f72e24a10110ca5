"""岗位用词: the words of the tables of vacancies, seekers and referrals, and the columns they must not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.text import Text

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
