"""岗位发布程序: every state and every move of a vacancy, in this one file.

    drafted → verified → published ↺ edited, confirmed → filled
       └ rejected ┘          └→ taken_down

One posting serves all channels. An edit makes a new revision, which every channel that shows it must follow; taking it
down, or filling it, must follow everywhere too. A channel has followed when it says so. No text goes out, first or
edited, that the law bars.
"""

# Long: the whole procedure of vacancies, in one table.

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from attrs import evolve

from huaying_governance.casework import Casework
from huaying_governance.employment.linter import barring
from huaying_governance.employment.vacancy import (
    FIELDS,
    RAISE,
    UNDERPAID,
    Act,
    Listing,
    Terms,
    Vacancy,
    confirmed,
    edited,
    following,
    longest,
    sent,
    unlawful,
)
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.procedure.table import Fork, Guard, Procedure, State
from huaying_governance.procedure.usual import EVIDENCE, IN_ORDER, REASON, ROLE, STATE, guard, row
from huaying_governance.text import Text, same

ROLES: Mapping[str, Text] = {
    "poster": Text("用人单位或中介", "employer or agency"),
    "clerk": Text("就业专干", "employment clerk"),
    "verifier": Text("审核人", "verifier"),
    "channel": Text("渠道管理员", "keeper of the channel"),
}
STATES = (
    State("drafted", Text("待审核", "to be verified")),
    State("verified", Text("已审核", "verified")),
    State("published", Text("发布中", "published")),
    State("filled", Text("已招满", "filled"), open=False),
    State("taken_down", Text("已下架", "taken down"), open=False),
    State("rejected", Text("不予发布", "rejected"), open=False, final=True),
)


def _next(listing: Listing, act: Act) -> Vacancy:
    return edited(listing.vacancy, act) if act.action == "edit" else listing.vacancy


def _others(listing: Listing, act: Act, _: Terms) -> bool:
    return act.actor not in {listing.vacancy.poster, listing.vacancy.employer}


def _complete(listing: Listing, act: Act, _: Terms) -> bool:
    return not _next(listing, act).unstated


def _lawful(listing: Listing, act: Act, terms: Terms) -> bool:
    return not unlawful(terms.rules, _next(listing, act))


def _pays(listing: Listing, act: Act, terms: Terms) -> bool:
    return terms.rules.underpays(_next(listing, act), day_of(act.at)) is not True


def _wage_in_order(listing: Listing, act: Act, _: Terms) -> bool:
    made = _next(listing, act)
    return made.wage_low is None or made.wage_high is None or made.wage_low <= made.wage_high


def _room(listing: Listing, act: Act, _: Terms) -> bool:
    return act.openings is None or act.openings > listing.filled


def _short(listing: Listing, act: Act, terms: Terms) -> bool:
    until, day = _next(listing, act).until, day_of(act.at)
    return until is not None and until <= longest(terms.rules, day)


def _valid(listing: Listing, act: Act, _: Terms) -> bool:
    until = _next(listing, act).until
    return until is None or until >= day_of(act.at)


def _hired(listing: Listing, act: Act, _: Terms) -> bool:
    return act.hired is not None and 0 < act.hired <= listing.left


def _on_channels(listing: Listing, act: Act, _: Terms) -> bool:
    return bool(act.channels) and set(act.channels) <= {copy.channel for copy in listing.copies}


def _known(_listing: Listing, act: Act, terms: Terms) -> bool:
    return set(act.channels) <= terms.rules.channels.keys()


def _rules(terms: Terms) -> Any:
    return terms.rules.citation


def _wording_basis(listing: Listing, terms: Terms) -> Any:
    found = next(iter(barring(terms.rules.lint(listing.vacancy))), None)
    return terms.rules.citation if found is None else found.rule.citation


GUARDS: tuple[Guard[Any, Any, Any], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "own-vacancy",
        Text("不能审核自己发布的岗位", "one may not verify a vacancy of one's own"),
        Text("由他人审核", "let somebody else verify it"),
        _others,
        lambda terms: terms.rules.employers,
    ),
    guard(
        "no-credit-code",
        Text("没有用人单位的统一社会信用代码", "the employer's credit code is not stated"),
        Text("补登18位代码后审核", "state the code of 18 characters first"),
        lambda listing, _act, _terms: bool(listing.vacancy.credit_code),
        lambda terms: terms.rules.employers,
    ),
    guard(
        "no-finding",
        Text(
            "没有写明是否在经营异常名录",
            "it is not said whether the employer is on the list of abnormal operation",
        ),
        Text("查询后填写", "look it up and say so"),
        lambda _listing, act, _terms: act.abnormal is not None,
        lambda terms: terms.rules.employers,
    ),
    guard(
        "abnormal-employer",
        Text("用人单位在经营异常名录", "the employer is on the list of abnormal operation"),
        Text("移出名录后再审核，或不予发布", "verify once it is off the list, or reject it"),
        lambda _listing, act, _terms: act.abnormal is not True,
        lambda terms: terms.rules.employers,
    ),
    EVIDENCE,
    guard(
        "incomplete",
        Text("缺少必备内容：{unstated}", "it does not state: {unstated}"),
        Text("补齐后再办", "state them first"),
        _complete,
        _rules,
    ),
    Guard(
        "unlawful-wording",
        Text("含有歧视或违法内容：{wording}", "its wording discriminates or is unlawful: {wording}"),
        Text("按建议改写：{better}", "write instead: {better}"),
        _lawful,
        _wording_basis,
    ),
    guard(
        "below-minimum-wage",
        UNDERPAID,
        RAISE,
        _pays,
        lambda terms: terms.rules.wages,
    ),
    guard(
        "bad-wage",
        Text("工资下限高于上限", "the least wage is above the most"),
        Text("核对工资区间", "mend the range"),
        _wage_in_order,
        _rules,
    ),
    guard(
        "too-few-openings",
        Text("招聘人数不多于已招人数", "no more are wanted than have been hired"),
        Text("核对人数；已招满的登记招满", "mend the number, or enter it as filled"),
        _room,
        _rules,
    ),
    guard(
        "bad-validity",
        Text("没有有效期，或有效期超过{days}天", "it has no validity, or one of more than {days} days"),
        Text("写明有效期，到期可再延", "state until when; it can be extended"),
        _short,
        lambda terms: terms.rules.days,
    ),
    guard(
        "expired",
        Text("有效期已过", "its validity is over"),
        Text("先延长有效期", "extend it first"),
        _valid,
        lambda terms: terms.rules.days,
    ),
    guard(
        "no-change",
        Text("没有写明改什么", "it is not said what changes"),
        Text("填写要改的栏目", "fill in what changes"),
        lambda _listing, act, _terms: bool(act.changes),
    ),
    guard(
        "no-channel",
        Text("没有写明渠道", "no channel is named"),
        Text("填写渠道", "name the channels"),
        lambda _listing, act, _terms: bool(act.channels),
    ),
    guard(
        "unknown-channel",
        Text("政策包中没有这个渠道", "the pack has no such channel"),
        Text("用以下之一：{channels}", "use one of {channels}"),
        _known,
        _rules,
    ),
    guard(
        "not-on-channel",
        Text("该渠道没有发布此岗位", "it was not sent to that channel"),
        Text("核对渠道", "mend the channel"),
        _on_channels,
    ),
    guard(
        "bad-hired",
        Text("招用人数须为1至{left}", "the number hired must be 1 to {left}"),
        Text("核对招用人数", "mend the number"),
        _hired,
    ),
    REASON,
)

_LAWFUL = "incomplete unlawful-wording below-minimum-wage bad-wage"
_FULL = Fork[Listing, Act, Terms](
    Text("招满", "none is left"), lambda listing, act, _: act.hired == listing.left, "filled", "published"
)
TRANSITIONS = (
    row(
        "verify",
        Text("审核通过", "verify"),
        "drafted",
        "verified",
        "verifier",
        f"own-vacancy no-credit-code no-finding abnormal-employer no-evidence {_LAWFUL}",
    ),
    row("reject", Text("不予发布", "reject"), "drafted verified", "rejected", "verifier", "no-reason"),
    row(
        "publish",
        Text("发布", "publish"),
        "verified published",
        "published",
        "clerk",
        f"{_LAWFUL} bad-validity expired no-channel unknown-channel",
    ),
    row("edit", Text("修改", "edit"), "drafted", None, "poster clerk", "no-change bad-wage too-few-openings"),
    row(
        "edit",
        Text("修改", "edit"),
        "verified published",
        None,
        "poster clerk",
        f"no-change {_LAWFUL} too-few-openings bad-validity expired",
    ),
    row("fill", Text("登记招用", "enter hirings"), "published", _FULL, "poster clerk", "bad-hired"),
    row(
        "take_down",
        Text("下架", "take down"),
        "drafted verified published filled",
        "taken_down",
        "poster clerk verifier",
        "no-reason",
    ),
    row(
        "confirm",
        Text("渠道确认", "confirm by the channel"),
        "published filled taken_down",
        None,
        "channel clerk",
        "not-on-channel",
    ),
)


def opened(vacancy: Vacancy) -> Listing:
    """Return how a vacancy stands when it is posted."""
    return Listing(vacancy=vacancy, last_at=datetime.combine(vacancy.on, time(), SHANGHAI))


def after(listing: Listing, act: Act, state: str) -> Listing:
    """Return how a vacancy stands after an admitted act that ends in `state`."""
    moved = evolve(listing, state=state, last_at=act.at)
    match act.action:
        case "edit":
            revision = listing.revision + 1
            copies = following(listing.copies, revision, act.at)
            return evolve(moved, vacancy=edited(listing.vacancy, act), revision=revision, copies=copies)
        case "publish":
            return evolve(moved, copies=sent(listing.copies, act.channels, listing.revision, act.at))
        case "fill":
            copies = following(listing.copies, 0, act.at) if state == "filled" else listing.copies
            return evolve(moved, filled=listing.filled + (act.hired or 0), copies=copies)
        case "take_down":
            copies = following(listing.copies, 0, act.at)
            return evolve(moved, notice=act.reason, copies=copies)
        case "reject":
            return evolve(moved, notice=act.reason)
        case "confirm":
            return evolve(moved, copies=confirmed(listing.copies, act.channels))
        case _:
            return moved


_STATES = {state.id: state.label for state in STATES}
_ACTIONS = {one.action: one.label for one in TRANSITIONS}


def _describe(listing: Listing, act: Act, terms: Terms) -> Mapping[str, object]:
    made = _next(listing, act)
    found = tuple(barring(terms.rules.lint(made)))
    return {
        "state": _STATES[listing.state],
        "action": _ACTIONS[act.action],
        "role": ROLES.get(act.role, same(act.role)),
        "unstated": _joined([FIELDS[name] for name in made.unstated]),
        "wording": _joined([one.text for one in found]),
        "better": _joined([one.rule.wording for one in found]),
        "days": terms.rules.most_days,
        "channels": ", ".join(terms.rules.channels),
        "left": listing.left,
    }


def _joined(texts: list[Text]) -> Text:
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


VACANCIES: Casework[Vacancy, Listing, Act, Terms] = Casework(
    "vacancy",
    Procedure(
        "vacancy",
        1,
        Text("岗位发布程序", "vacancies"),
        "drafted",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        always=("out-of-order",),
        describe=_describe,
    ),
    Vacancy,
    Act,
    opened,
    after,
)
"""岗位: what a `Casebook` needs to keep vacancies."""
