"""聚力小结用词: what the counts of these reports are called at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.stewardship import dispute, purchase
from huaying_governance.stewardship.plans import resolving
from huaying_governance.stewardship.transition import converting
from huaying_governance.stewardship.wording import CALLED, OUTCOMES
from huaying_governance.text import Text

DISPUTED: Mapping[str, Text] = {state.id: state.label for state in dispute.STATES}
BOUGHT: Mapping[str, Text] = {state.id: state.label for state in purchase.STATES}
CONVERTED: Mapping[str, Text] = {
    **{state.id: state.label for state in converting.STATES},
    "villages": Text("村", "villages"),
    "beside": Text("村居并存", "side by side"),
    "owed": Text("未了", "still open"),
    "all": Text("全部", "of all"),
}
RESOLVED: Mapping[str, Text] = {
    **{state.id: state.label for state in resolving.STATES},
    "hard": Text("硬冲突", "hard"),
    "soft": Text("软冲突", "soft"),
    "data": Text("数据问题", "questions of data"),
}
FOUND: Mapping[str, Text] = {
    **CALLED,
    **OUTCOMES,
    "complete": Text("已落实社区", "communities complete"),
    "communities": Text("社区", "communities"),
    "items": Text("事项", "items"),
    "projects": Text("项目", "projects"),
    "levels": Text("社区服务项", "services of communities"),
}
