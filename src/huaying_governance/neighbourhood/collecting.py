"""收集点程序: every state and every move of a collection point, in this one file.

planned → built → in use → closed      closed only under an approval
   └────────┴────────┴───→ void        entered twice, or never built: struck from the books with a reason
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.neighbourhood.points import Act, CollectionPoint, Standing, Terms, after, opened
from huaying_governance.procedure.table import Guard, State
from huaying_governance.procedure.usual import (
    EVIDENCE,
    IN_ORDER,
    REASON,
    ROLE,
    STATE,
    guard,
    row,
    usual_procedure,
)
from huaying_governance.text import Text

ROLES: Mapping[str, Text] = {
    "community": Text("社区", "community"),
    "operator": Text("管护单位", "operator"),
    "organ": Text("环境卫生主管部门", "sanitation authority"),
}
STATES = (
    State("planned", Text("已规划", "planned")),
    State("built", Text("已建成", "built")),
    State("in_use", Text("在用", "in use"), open=False),
    State("closed", Text("已关闭", "closed"), open=False, final=True),
    State("void", Text("已作废", "struck from the books"), open=False, final=True),
)


def _approved(_standing: Standing, act: Act, _: Terms) -> bool:
    return bool(act.approval.strip())


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "no-approval",
        Text("没有批准文号，不得关闭或拆除", "without an approval it may not be closed or removed"),
        Text("报主管部门批准，填写 approval", "ask the authority, and state `approval`"),
        _approved,
        lambda terms: terms.rules.closing,
    ),
    REASON,
    EVIDENCE,
)
_BOOKED = "planned built in_use"
TRANSITIONS = (
    row("build", Text("建成", "build"), "planned", "built", "operator community", "no-evidence"),
    row("open", Text("启用", "take into use"), "built", "in_use", "operator community"),
    row(
        "keep", Text("核为不同点位", "find it distinct"), _BOOKED, None, "community", "no-reason no-evidence"
    ),
    row("void", Text("作废", "strike from the books"), _BOOKED, "void", "community", "no-reason"),
    row("close", Text("关闭", "close"), "built in_use", "closed", "organ", "no-approval no-reason"),
)

POINTS: Casework[CollectionPoint, Standing, Act, Terms] = Casework(
    "collection",
    usual_procedure(
        "collection",
        Text("垃圾收集点程序", "collection points"),
        "planned",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
    ),
    CollectionPoint,
    Act,
    opened,
    after,
)
"""垃圾收集点: what a `Casebook` needs to keep collection points."""
