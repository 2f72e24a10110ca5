"""聚力小结用词: what the counts of these reports are called at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.stewardship import dispute, purchase
from huaying_governance.stewardship.plans import resolving
from huaying_governance.stewardship.transition import converting
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
    "permitted": Text("可行", "in order"),
    "conditional": Text("应补正", "to be mended"),
    "refused": Text("不予", "refused"),
    "complete": Text("已落实社区", "communities complete"),
    "communities": Text("社区", "communities"),
    "items": Text("事项", "items"),
    "projects": Text("项目", "projects"),
    "levels": Text("社区服务项", "services of communities"),
    "no-leader": Text("无联系领导", "without leader"),
    "two-leaders": Text("多名联系领导", "with two leaders"),
    "no-department": Text("无联系部门", "without department"),
    "gap-too-long": Text("空档超期", "vacant too long"),
    "gap-unknown": Text("空档待日历", "vacancies beyond the calendar"),
    "too-many-communities": Text("联系社区过多", "leaders with too many communities"),
    "visit-missing": Text("走访不足", "too few visits"),
    "visit-without-evidence": Text("走访无记录", "visits without record"),
    "unknown-entry": Text("所开事项不在台账", "opened in no ledger"),
    "no-accountable": Text("无人负总责", "nobody accountable"),
    "two-accountable": Text("多家负总责", "two accountable"),
    "no-responsible": Text("无人办理", "nobody responsible"),
    "no-lead": Text("无牵头方", "no lead"),
    "two-leads": Text("多个牵头方", "two leads"),
    "lead-not-a-side": Text("牵头方有误", "lead is no side"),
    "enclave-incomplete": Text("飞地不全", "enclaves incomplete"),
    "review-overdue": Text("逾期未复核", "reviews overdue"),
    "first-finder-acts": Text("先行处置", "first finder acts"),
    "finder-did-not-act": Text("未处置", "not acted on"),
    "acted-before-found": Text("时间矛盾", "moments contradict"),
    "no-lead-to-bill": Text("无法结算", "nobody to bill"),
    "lead-acts": Text("牵头方办理", "lead acts"),
    "shortfall": Text("有缺口", "short"),
    "no-need-stated": Text("未核定应保障数", "need not stated"),
}
