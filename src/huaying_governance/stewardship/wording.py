"""措辞: what is found about contacts, duties, boundaries, support and plans, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

MISSING = Text("缺少“{name}”", "`{name}` is missing")
CALLED: Mapping[str, Text] = {
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
"""What a finding is called where there is room for a word only: in counts, and on a board."""
OUTCOMES: Mapping[str, Text] = {
    "permitted": Text("可行", "in order"),
    "conditional": Text("应补正", "to be mended"),
    "refused": Text("不予", "refused"),
}
"""What the outcomes of contracts, payments and choices of rules are called: nothing there is assigned to anybody."""
FINDINGS: Mapping[str, tuple[Text, Text]] = {
    "no-leader": (
        Text("当日没有联系领导", "nobody is the contact leader on the day"),
        Text("明确一名联系领导，或登记代理", "name one contact leader, or enter who acts"),
    ),
    "two-leaders": (
        Text("{days}起同时有{count}名联系领导", "{count} contact leaders at once from {days}"),
        Text("只留一名，写清起止日期", "keep one, and state from when to when"),
    ),
    "no-department": (
        Text("当日没有联系部门", "no department is in contact on the day"),
        Text("明确至少一个联系部门", "name at least one department"),
    ),
    "gap-too-long": (
        Text("领导变动空档{count}个工作日，超过{most}个", "vacant for {count} working days, more than {most}"),
        Text("及时明确继任，空档期由副职代理", "name a successor in time, and let a deputy act meanwhile"),
    ),
    "gap-unknown": (
        Text("领导变动空档超出已加载的工作日历", "the vacancy lies beyond the working-day calendar"),
        Text("加载该年的放假通知", "load the notice of that year"),
    ),
    "too-many-communities": (
        Text("同时联系{count}个社区，超过{most}个", "in contact with {count} communities, more than {most}"),
        Text("调整分工", "share them out"),
    ),
    "visit-missing": (
        Text("这些月份走访不足：{days}", "too few visits in {days}"),
        Text("补走访，不以签到代替", "make the visits; signing in is none"),
    ),
    "visit-without-evidence": (
        Text("有{count}次走访没有记录", "{count} visits have no record"),
        Text("补记走访记录编号", "give the reference of the record"),
    ),
    "unknown-entry": (
        Text("走访所开事项不在台账：{days}", "opened by a visit, but in no ledger: {days}"),
        Text("登记入台账，或改正编号", "enter it in the ledger, or mend the id"),
    ),
    "no-accountable": (
        Text("没有单位负总责", "nobody is accountable"),
        Text("提请联席会议明确一个负总责单位", "have the joint conference name one"),
    ),
    "two-accountable": (
        Text("{count}个单位都负总责", "{count} bodies are accountable at once"),
        Text("只留一个，其余改为负责办理", "keep one, and let the others be responsible"),
    ),
    "no-responsible": (
        Text("没有单位负责办理", "nobody is responsible for doing it"),
        Text("明确至少一个负责办理的单位", "name at least one that does it"),
    ),
    "no-lead": (
        Text("没有牵头方", "no side leads"),
        Text("登记争议，协商明确一个牵头方", "open a dispute, and agree on one lead"),
    ),
    "two-leads": (
        Text("{count}方都是牵头方", "{count} sides lead at once"),
        Text("协商只留一个牵头方", "agree on one of them"),
    ),
    "lead-not-a-side": (
        Text("牵头方不是该段的任何一方", "the lead is neither side of the segment"),
        Text("改为相邻两方之一，飞地写明所有方", "name one of the sides, of an enclave its owner or host"),
    ),
    "enclave-incomplete": (
        Text("飞地没有同时写明属地方和所有方", "an enclave needs its host and its owner"),
        Text("补写缺的一方", "name the one that is missing"),
    ),
    "review-overdue": (
        Text("已过约定的复核日期", "the day of review has passed"),
        Text("复核后更新协议", "review it, and renew the agreement"),
    ),
    "first-finder-acts": (
        Text("安全隐患，首先发现者先行处置", "a safety hazard: whoever finds it first acts first"),
        Text("先处置，再移交牵头方并结算费用", "act, then hand over to the lead and settle the cost"),
    ),
    "finder-did-not-act": (
        Text("首先发现者没有处置", "the first finder did not act"),
        Text("立即处置，不以权责不清为由", "act at once: unclear duties are no excuse"),
    ),
    "acted-before-found": (
        Text("处置时间早于发现时间", "it was acted on before it was found"),
        Text("核对时间", "check the moments"),
    ),
    "no-lead-to-bill": (
        Text("没有唯一牵头方可以结算", "there is no single lead to hand over to"),
        Text("登记该段该事项的争议", "open a dispute on that segment and matter"),
    ),
    "lead-acts": (
        Text("非安全隐患，由牵头方办理", "no safety hazard: the lead acts"),
        Text("通知牵头方", "tell the lead"),
    ),
    "no-public-interest-clause": (
        Text("合同没有公共利益条款", "the contract has no clause of public interest"),
        Text("补签公共利益条款", "add the clause"),
    ),
    "no-exit-clause": (
        Text("合同没有退出条款", "the contract has no way out"),
        Text("补签退出条款", "add the clause"),
    ),
    "no-payment-cap": (
        Text("合同没有支付上限", "the contract has no cap on payments"),
        Text("约定支付上限", "agree on a cap"),
    ),
    "over-cap": (
        Text("付款后累计{count}元，超过上限{most}元", "paid {count} in all, more than the cap of {most} yuan"),
        Text("不予支付，或经批准变更上限", "do not pay, or have the cap changed"),
    ),
    "not-in-force": (
        Text("付款日合同不在有效期", "the contract is not in force on the day of payment"),
        Text("核对合同期限", "check the term of the contract"),
    ),
    "contract-flawed": (
        Text("合同缺少必备条款，不能支付", "the contract lacks what it must have: nothing is paid"),
        Text("先补签条款", "mend the contract first"),
    ),
    "shortfall": (
        Text("缺口{count}", "short by {count}"),
        Text("列入保障计划，提请联席会议调剂", "plan for it, and bring it before the joint conference"),
    ),
    "no-need-stated": (
        Text("没有写明应保障数", "what is required is not stated"),
        Text("核定应保障数", "state what is required"),
    ),
    "no-reason": (
        Text("选用“{rule}”规则而没有理由", "the {rule} rule is chosen without a reason"),
        Text("写明择优的理由", "write why it is the better one"),
    ),
    "not-open": (
        Text("该事项依法只适用“{rule}”规则", "by law only the {rule} rule applies to the matter"),
        Text("改用该规则", "use that rule"),
    ),
    "unserved": (
        Text("按标准还缺{count}处", "{count} short of the standard"),
        Text("列入公共资源配置计划", "plan for it"),
    ),
}  # fmt: skip
"""Every finding: what is found, and what to do. Both texts take figures."""


def found(
    codes: Iterable[str],
    citation: Citation | None,
    *,
    outcome: str = "applied",
    missing: tuple[str, ...] = (),
    figures: Mapping[str, object] = MappingProxyType({}),
) -> Ruling:
    """Return what was found as a ruling: a ground and a remedy for each code, then the facts that are missing."""
    told = tuple(codes)
    grounds = [Ground(FINDINGS[code][0].fill(**figures), code, citation) for code in told]
    grounds += [Ground(MISSING.fill(name=name), f"missing:{name}") for name in missing]
    remedies = tuple(Remedy(code, FINDINGS[code][1].fill(**figures)) for code in told)
    return Ruling(outcome, tuple(grounds), missing, remedies)
