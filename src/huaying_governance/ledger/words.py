"""台账用语: the closed vocabularies of the ledger, each word with its Chinese and English label."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from huaying_governance.text import Text

Kind: TypeAlias = Literal["hardship", "livelihood", "stability"]
Channel: TypeAlias = Literal["visit", "reception", "hotline", "petition", "grid", "forum", "online"]

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "hardship": Text("困难群众", "hardship"),
        "livelihood": Text("民生诉求", "livelihood"),
        "stability": Text("社会稳定", "stability"),
    }
)

CHANNELS: Mapping[str, Text] = MappingProxyType(
    {
        "visit": Text("走访", "home visit"),
        "reception": Text("接访", "reception"),
        "hotline": Text("12345热线", "12345 hotline"),
        "petition": Text("信访转办", "petition"),
        "grid": Text("网格", "grid"),
        "forum": Text("议事", "forum"),
        "online": Text("线上", "online"),
    }
)

CATEGORIES: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "hotline": MappingProxyType(
            {
                "consult": Text("咨询", "consultation"),
                "help": Text("求助", "help"),
                "suggestion": Text("意见建议", "suggestion"),
                "complaint": Text("投诉举报", "complaint"),
            }
        ),
        "petition": MappingProxyType(
            {
                "appeal": Text("申诉求决", "appeal"),
                "suggestion": Text("建议意见", "suggestion"),
            }
        ),
    }
)
"""The categories that a channel knows; the other channels know none."""

DEADLINES: Mapping[str, Text] = MappingProxyType(
    {"accepted": Text("受理期限", "acceptance"), "replied": Text("答复期限", "reply")}
)
"""What the deadline of a clock is called, by the event that ends it."""

ACTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "accept": Text("受理", "accept"),
        "decline": Text("不予受理", "decline"),
        "assign": Text("交办", "assign"),
        "schedule": Text("排期", "schedule"),
        "progress": Text("办理", "progress"),
        "extend": Text("延期", "extend"),
        "hold": Text("挂账", "hold"),
        "resume": Text("恢复办理", "resume"),
        "return": Text("退回", "return"),
        "transfer": Text("转办", "transfer"),
        "merge": Text("并案", "merge"),
        "reply": Text("答复", "reply"),
        "verify": Text("核验", "verify"),
        "strike_off": Text("销号", "strike off"),
        "reopen": Text("重新办理", "reopen"),
        "escalate": Text("提级", "escalate"),
    }
)
