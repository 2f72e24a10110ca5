"""公益性岗位程序: every state and every move of a placement, in this one file.

    applied → checked → publicised → on post ↺ monthly check, extension → left | expired
       └─────────┴──────────┴→ rejected

A third placement is refused, and so is a term beyond what the rules allow.
"""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.casework import Casework
from huaying_governance.employment.acts import decided
from huaying_governance.employment.public_posts import (
    Act,
    Application,
    Standing,
    Terms,
    after,
    approved_on,
    latest,
    missing_facts,
    of_the_category,
    opened,
    publicity_ends,
    retires_on,
)
from huaying_governance.employment.retirement import near
from huaying_governance.procedure.table import Fork, Guard, State
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
    "office": Text("人社部门", "human resources office"),
    "unit": Text("用人单位", "unit that has the post"),
}
STATES = (
    State("applied", Text("已申请", "applied for")),
    State("checked", Text("已核实", "checked")),
    State("publicised", Text("公示中", "under publicity")),
    State("on_post", Text("在岗", "on the post")),
    State("rejected", Text("不予安置", "rejected"), open=False, final=True),
    State("left", Text("已退出", "left"), open=False, final=True),
    State("expired", Text("已期满", "expired"), open=False, final=True),
)


def _stated(standing: Standing, _act: Act, _terms: Terms) -> bool:
    return not missing_facts(standing.held)


def _registered(standing: Standing, _act: Act, _terms: Terms) -> bool:
    return standing.held.registered is not False


def _free(standing: Standing, _act: Act, _terms: Terms) -> bool:
    return standing.held.employed_elsewhere is not True


def _belongs(standing: Standing, act: Act, terms: Terms) -> bool:
    return of_the_category(standing.held, terms.rules, act.on)


def _few_placements(standing: Standing, _act: Act, terms: Terms) -> bool:
    earlier = (standing.held.earlier or 0) + terms.placed(standing.held.person)
    return earlier < terms.rules.placements


def _not_serving(standing: Standing, _act: Act, terms: Terms) -> bool:
    return terms.serving(standing.held.person) == 0


def _working_age(standing: Standing, act: Act, terms: Terms) -> bool:
    retires = retires_on(standing.held, terms.rules)
    return retires is None or act.on < retires


def _publicised(standing: Standing, act: Act, terms: Terms) -> bool:
    end = publicity_ends(standing, terms)
    return end is not None and act.on > end


def _an_end(_standing: Standing, act: Act, _terms: Terms) -> bool:
    return act.until is not None and act.until >= act.on


def _not_too_long(standing: Standing, act: Act, terms: Terms) -> bool:
    extend = act.action == "extend"
    start = standing.started_on or act.on
    return act.until is None or act.until <= latest(standing, terms.rules, start, extend=extend)


def _near(standing: Standing, act: Act, terms: Terms) -> bool:
    retires = retires_on(standing.held, terms.rules)
    return retires is not None and near(retires, approved_on(standing, act.on), terms.rules.near_years)


def _over(standing: Standing, act: Act, _terms: Terms) -> bool:
    return standing.until is None or act.on > standing.until


GUARDS: tuple[Guard[Standing, Act, Terms], ...] = (
    STATE,
    ROLE,
    IN_ORDER,
    guard(
        "missing-facts",
        Text("缺少认定所需的事实", "facts are missing without which nobody can say who qualifies"),
        Text("补齐申请表中的空格，另行登记", "complete the application, and enter it anew"),
        _stated,
        lambda terms: terms.rules.who,
    ),
    guard(
        "not-registered",
        Text("没有办理失业登记", "the person is not registered as unemployed"),
        Text("先办理失业登记，再申请", "register first, then apply"),
        _registered,
        lambda terms: terms.rules.who,
    ),
    guard(
        "employed-elsewhere",
        Text("已在其他单位就业", "the person works elsewhere"),
        Text("核对社会保险记录，不予安置", "check the insurance records, and reject it"),
        _free,
        lambda terms: terms.rules.who,
    ),
    guard(
        "not-of-the-category",
        Text("事实与所写的困难类别不符", "the facts contradict the hardship that is stated"),
        Text("改正类别，另行申请", "state another category, in an application of its own"),
        _belongs,
        lambda terms: terms.rules.who,
    ),
    guard(
        "too-many-placements",
        Text("已安置{placements}次，不能再次安置", "there were {placements} placements already"),
        Text("转其他就业援助", "help in another way"),
        _few_placements,
        lambda terms: terms.rules.term,
    ),
    guard(
        "already-on-post",
        Text("已在另一公益性岗位上岗", "the person is on another post already"),
        Text("先退出原岗位", "leave that one first"),
        _not_serving,
        lambda terms: terms.rules.citation,
    ),
    guard(
        "of-retirement-age",
        Text("已达法定退休年龄", "the statutory age of retirement is reached"),
        Text("不予安置", "reject it"),
        _working_age,
        lambda terms: terms.rules.term,
    ),
    guard(
        "publicity-running",
        Text("公示未满{days}个工作日，或截止日超出日历", "the publicity of {days} working days is not over"),
        Text("公示期满后上岗", "begin when it is over"),
        _publicised,
        lambda terms: terms.rules.citation,
    ),
    guard(
        "no-end",
        Text("没有写明期满日，或早于办理日", "the last day is not stated, or lies before the act"),
        Text("在 until_on 填写期满日", "state `until_on`"),
        _an_end,
    ),
    guard(
        "too-long",
        Text("超过{years}年或法定退休年龄", "the term is beyond {years} years, or beyond retirement"),
        Text("缩短期限", "shorten the term"),
        _not_too_long,
        lambda terms: terms.rules.term,
    ),
    guard(
        "not-near-retirement",
        Text(
            "初次核定时距退休不是不足{near}年，或出生日期、退休类别不明",
            "not less than {near} years to retirement when first approved, or birth or group is not stated",
        ),
        Text("期满退出，转其他就业援助", "let it expire, and help in another way"),
        _near,
        lambda terms: terms.rules.term,
    ),
    guard(
        "not-over",
        Text("期限未满", "the term is not over"),
        Text("提前退出的，登记 leave", "who leaves earlier is entered with `leave`"),
        _over,
    ),
    decided("suitable"),
    REASON,
    EVIDENCE,
)
_CHECK = Fork[Standing, Act, Terms](
    Text("符合条件", "qualifies"), lambda _s, act, _t: act.suitable is True, "checked", "rejected"
)
_WHO = "not-registered employed-elsewhere not-of-the-category too-many-placements of-retirement-age"
TRANSITIONS = (
    row(
        "check",
        Text("核实", "check"),
        "applied",
        _CHECK,
        "community office",
        f"missing-facts {_WHO} no-finding no-evidence",
    ),
    row("publicise", Text("公示", "publicise"), "checked", "publicised", "community office"),
    row(
        "start",
        Text("上岗", "begin"),
        "publicised",
        "on_post",
        "office unit",
        "too-many-placements already-on-post of-retirement-age publicity-running no-end too-long no-evidence",
    ),
    row("month_check", Text("月度核查", "monthly check"), "on_post", None, "community office", "no-evidence"),
    row(
        "extend",
        Text("延长", "extend"),
        "on_post",
        None,
        "office",
        "no-end too-long not-near-retirement no-evidence",
    ),
    row("leave", Text("退出", "leave"), "on_post", "left", "community office unit", "no-reason"),
    row("expire", Text("期满", "expire"), "on_post", "expired", "office", "not-over"),
    row(
        "reject",
        Text("不予安置", "reject"),
        "applied checked publicised",
        "rejected",
        "community office",
        "no-reason",
    ),
)


def _figures(terms: Terms) -> Mapping[str, object]:
    rules = terms.rules
    return {
        "placements": rules.placements,
        "days": rules.publicity_days,
        "years": rules.years,
        "near": rules.near_years,
    }


PUBLIC_PLACEMENTS: Casework[Application, Standing, Act, Terms] = Casework(
    "public_placement",
    usual_procedure(
        "public_placement",
        Text("公益性岗位安置程序", "placements on posts in the public interest"),
        "applied",
        STATES,
        ROLES,
        GUARDS,
        TRANSITIONS,
        _figures,
    ),
    Application,
    Act,
    opened,
    after,
)
"""公益性岗位安置: what a `Casebook` needs to keep placements on public-interest posts."""
