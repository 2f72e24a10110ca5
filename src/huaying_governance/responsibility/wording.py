"""裁定用语: every statement of a screening, in Chinese and in English, and the grounds built from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from huaying_governance.text import Text

CODES: Mapping[str, Text] = MappingProxyType(
    {
        "prohibited": Text(
            "“{name}”在负面清单内，任何单位不得交办，应急时也不例外",
            "“{name}” is on the negative list: nobody may assign it, not even in an emergency",
        ),
        "not-listed": Text(
            "“{name}”不在责任清单内，也没有准入",
            "“{name}” is neither on the responsibility list nor admitted",
        ),
        "not-in-force": Text(
            "“{name}”{term}，{date}不在有效期内",
            "“{name}” is in force {term}, not on {date}",
        ),
        "assigner-not-allowed": Text(
            "{assigner}不在“{name}”的可交办单位之内（{allowed}）",
            "{assigner} may not assign “{name}” ({allowed} may)",
        ),
        "community-not-covered": Text("“{name}”不适用于{community}", "“{name}” does not cover {community}"),
        "funds-missing": Text(
            "“{name}”须费随事转，而所附经费为0", "funds must follow “{name}”, and the funds given are 0"
        ),
        "assessed-as-principal": Text(
            "“{name}”社区只承担{role}职责，不得按主责交办和考核",
            "the community only takes part in “{name}” as {role}; it may not be assigned or assessed as principal",
        ),
        "missing:assigner": Text(
            "交办单位{assigner}不在组织名录中，无法核对其权限",
            "the assigner {assigner} is not in the register of organisations, so its right cannot be checked",
        ),
        "missing:matter": Text("没有写明交办的是哪一事项", "the assignment does not say which matter it is"),
        "missing:funding": Text(
            "“{name}”须费随事转，而没有写明经费", "funds must follow “{name}”, and none are stated"
        ),
    }
)
CALLED: Mapping[str, Text] = MappingProxyType(
    {
        "prohibited": Text("负面清单事项", "on the negative list"),
        "not-listed": Text("清单外事项", "not listed"),
        "not-in-force": Text("不在有效期内", "not in force"),
        "assigner-not-allowed": Text("单位无权交办", "assigner not allowed"),
        "community-not-covered": Text("不适用于本社区", "community not covered"),
        "funds-missing": Text("未随经费", "funds missing"),
        "assessed-as-principal": Text("不得按主责考核", "assessed as principal"),
        "missing:assigner": Text("交办单位不明", "assigner unknown"),
        "missing:matter": Text("未写明事项", "matter not stated"),
        "missing:funding": Text("未写明经费", "funding not stated"),
    }
)
"""What a code is called where there is room for a word only."""
ORDER: tuple[str, ...] = tuple(CODES)
"""The documented order of the codes."""

LISTED = Text("“{name}”是责任清单内的{kind}", "“{name}” is on the responsibility list as {kind}")
ADMITTED = Text("“{name}”已经准入（{id}）", "“{name}” has been admitted ({id})")
EMERGENCY = Text(
    "依应急令{order}先行办理，须在{days}个工作日内（{due}）补办复核",
    "taken at once under emergency order {order}; it must be reviewed within {days} working days ({due})",
)
REVIEW_BY = Text("最迟{day}", "by {day}")
REVIEW_LATER = Text(
    "日历未覆盖，届满日暂不能定", "the calendar does not reach that far: the day is not yet known"
)
ANYBODY = Text("名录内各单位", "any registered organisation")
COMMUNITY_ITSELF = Text("社区自身", "the community itself")
NOT_STATED = Text("（未写明）", "(not stated)")

ASK_ADMISSION = Text(
    "可向{decides}申请准入，须先征求{asks}意见；申请单位自己不得审批",
    "admission may be asked of {decides}, after consulting {asks}; the requesting organisation never decides",
)
SEND_FUNDS = Text(
    "由{payer}随“{name}”拨付所需经费后办理",
    "{payer} sends the funds that “{name}” needs; then it may be taken on",
)
GO_TO = Text("“{name}”由{names}办理", "“{name}” is dealt with by {names}")
REPORT = Text("社区可以拒绝办理，并向{reports}反映", "the community may refuse, and report it to {reports}")
CHOOSE = Text(
    "标题与下列事项相近，请交办单位确认：{names}",
    "the title resembles these matters; the assigner should say which: {names}",
)
NAME_ASSIGNER = Text("写明名录中的交办单位{near}", "name an assigner of the register{near}")
NEAR = Text("，相近的有：{names}", "; similar ones: {names}")
REVIEW = Text("按期复核；仍需继续的，申请准入", "review in time; what must go on asks for admission")


def one(kind: Text) -> Text:
    """Return a kind of matter with its English article."""
    return Text(kind.zh, f"{'an' if kind.en[0] in 'aeiou' else 'a'} {kind.en}")


def term(since: date | None, until: date | None) -> Text:
    """Return a term of force in words."""
    if since is not None and until is not None:
        return Text(f"有效期为{since}至{until}", f"from {since} to {until}")
    if since is not None:
        return Text(f"自{since}起有效", f"from {since} on")
    if until is not None:
        return Text(f"有效期至{until}", f"until {until}")
    return Text("一直有效", "always")


def listing(names: tuple[Text, ...]) -> Text:
    """Return names joined as each language joins them."""
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
