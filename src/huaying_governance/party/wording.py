"""措辞: what is said of members, branches and posts, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.text import Text

CALLED: Mapping[str, Text] = {
    "double-branch": Text("双重正式组织关系", "in two formal branches"),
    "transfer-due": Text("应转移组织关系", "transfer due"),
    "floating": Text("流动", "floating"),
    "lost-contact": Text("失去联系", "out of contact"),
    "pledge-reminder": Text("承诺提醒", "pledge to remind of"),
    "joint-branch": Text("建议联合支部", "joint branch proposed"),
    "split": Text("建议分设支部", "split proposed"),
    "committee": Text("应设支委会", "committee due"),
    "exempt": Text("免予履职", "exempt"),
    "five-star": Text("五星党员", "five-star member"),
    "not-applied": Text("未申报", "not applied for"),
    "not-publicised": Text("未公示", "not publicised"),
}
"""What a finding is called where there is room for a word only: in counts, and on a board."""
FINDINGS: Mapping[str, tuple[Text, Text]] = {
    "double-branch": (
        Text("同一编号在两个支部都有正式组织关系", "one reference has its formal relation in two branches"),
        Text("由两个支部核对，保留一个正式组织关系", "let the two branches check and keep one formal relation"),
    ),
    "transfer-due": (
        Text("外出满{months}个月、地点固定且有接收组织，应转移组织关系", "away for {months} months at a fixed place with an organisation to receive: the relation should be transferred"),
        Text("通知本人和两地党组织办理转接", "notify the member and both organisations"),
    ),
    "floating": (
        Text("外出满{months}个月未转移组织关系，属流动党员", "away for {months} months without transfer: a floating member"),
        Text("登记流出、流入，编入流入地支部活动", "register departure and arrival, and let a local branch host the member"),
    ),
    "lost-contact": (
        Text("{months}个月没有联系", "no contact for {months} months"),
        Text("启动失联查找程序，逐项记录方式", "begin the procedure for lost contact, and record each attempt"),
    ),
    "pledge-reminder": (
        Text("承诺逾期满{days}日未办结", "a pledge is {days} days overdue"),
        Text("提醒本人；只提醒，不处分", "remind the member; it is a reminder and no penalty"),
    ),
    "joint-branch": (
        Text("正式党员{full}名，不足{least}名", "{full} full members, fewer than {least}"),
        Text("建议与邻近支部联合组建", "form a joint branch with a neighbour"),
    ),
    "split": (
        Text("党员{size}名，超过{most}名", "{size} members, more than {most}"),
        Text("建议分设支部", "split the branch"),
    ),
    "committee": (
        Text("正式党员{full}名，达到{committee}名", "{full} full members, {committee} or more"),
        Text("应设支部委员会", "elect a branch committee"),
    ),
}  # fmt: skip
"""Every finding: what is found, and what to do. Both texts take the figures of the rules."""
