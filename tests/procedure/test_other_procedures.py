"""The kernel serves more than the ledger: two procedures of the article's Party building, as tables of a few lines."""

from __future__ import annotations

from attrs import evolve, frozen

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.procedure.check import Claim, World, check_machine
from huaying_governance.procedure.table import Fork, Guard, Procedure, State, Transition
from huaying_governance.text import Text, same


@frozen
class Title:
    state: str
    note: str = ""
    publicised: int = 0
    score: int = 0


@frozen
class Command:
    action: str
    role: str = "committee"
    days: int = 0
    finding: str = ""
    confirmed: bool = False
    points: int = 0


ALWAYS: tuple[Guard[Title, Command, None], ...] = (
    Guard("wrong-state", Text("状态不符", "wrong state"), Text("按程序办理", "follow the procedure")),
    Guard("wrong-role", Text("无权办理", "wrong role"), Text("由有权者办理", "let another act")),
)
NOT_PUBLIC: Guard[Title, Command, None] = Guard(
    "not-public", Text("公示不足5日", "public for less than 5 days"), Text("继续公示", "wait"),
    lambda title, _command, _context: title.publicised >= 5,
)  # fmt: skip
NO_FINDING: Guard[Title, Command, None] = Guard(
    "no-finding", Text("没有查实的问题", "no confirmed finding"), Text("先查实", "confirm it first"),
    lambda _title, command, _context: command.confirmed and bool(command.finding),
)  # fmt: skip
HONOUR: Procedure[Title, Command, None] = Procedure(
    "honour",
    1,
    Text("先锋岗、示范户评选挂牌", "pioneer posts and model households"),
    "nominated",
    (
        State("nominated", Text("推荐", "nominated")),
        State("public", Text("公示", "publicised")),
        State("listed", Text("挂牌", "listed"), open=False),
        State("suspended", Text("暂停", "suspended"), open=False),
        State("removed", Text("摘牌", "removed"), open=False, final=True),
    ),
    {"committee": Text("评选小组", "committee"), "market": Text("市场监管", "market office")},
    (*ALWAYS, NOT_PUBLIC, NO_FINDING),
    (
        Transition("publish", same("publish"), ("nominated",), "public", ("committee",)),
        Transition("list", same("list"), ("public", "suspended"), "listed", ("committee",), ("not-public",)),
        Transition("report", same("report"), ("listed",), "suspended", ("market",), ("no-finding",)),
        Transition(
            "remove", same("remove"), ("listed", "suspended"), "removed", ("committee",), ("no-finding",)
        ),
    ),
)
FIVE_STARS: Fork[Title, Command, None] = Fork(
    same("≥ 90"), lambda _t, command, _c: command.points >= 90, "five", "rated"
)
POST: Procedure[Title, Command, None] = Procedure(
    "post",
    1,
    Text("无职党员设岗定责", "posts for members without office"),
    "applied",
    (
        State("applied", Text("自荐", "applied")),
        State("public", Text("公示", "publicised")),
        State("held", Text("上岗", "in post")),
        State("five", Text("五星", "five stars"), open=False),
        State("rated", Text("已评", "rated"), open=False),
    ),
    HONOUR.roles,
    (*ALWAYS, NOT_PUBLIC),
    (
        Transition("publish", same("publish"), ("applied",), "public", ("committee",)),
        Transition("appoint", same("appoint"), ("public",), "held", ("committee",), ("not-public",)),
        Transition("score", same("score"), ("held", "five", "rated"), FIVE_STARS, ("committee",)),
    ),
)


def step(procedure: Procedure[Title, Command, None], title: Title, command: Command) -> Title | Ruling:
    if reasons := procedure.reasons(title, command, None):
        return procedure.refusal(reasons, title, command, None)
    found = procedure.step(title.state, command.action)
    assert found is not None
    public = command.days if command.action == "publish" else title.publicised
    return evolve(
        title,
        state=found.target(title, command, None),
        note=command.finding,
        publicised=public,
        score=command.points,
    )


def test_row_35_a_confirmed_penalty_suspends_the_title() -> None:
    """Row 35 评选挂牌: listed after publication; a confirmed 短斤少两 penalty suspends it with a public note; an
    unconfirmed one does not; no title is listed that was never publicised."""
    title = step(HONOUR, step(HONOUR, Title("nominated"), Command("publish", days=5)), Command("list"))  # type: ignore[arg-type]
    assert isinstance(title, Title)
    assert title.state == "listed"
    rumour = step(HONOUR, title, Command("report", "market", finding="短斤少两"))
    assert isinstance(rumour, Ruling)
    assert rumour.codes == ("no-finding",)
    suspended = step(HONOUR, title, Command("report", "market", finding="短斤少两", confirmed=True))
    assert suspended == Title("suspended", "短斤少两", 5)

    claim: Claim[Title, Command] = Claim(
        "listed only after five days in public",
        None,
        lambda *_: None,
        lambda _memory, seen: seen.state != "listed" or seen.publicised >= 5,
    )
    commands = [
        Command(action, role, days, finding, bool(finding))
        for action in HONOUR.actions
        for role in HONOUR.roles
        for days in (4, 5)
        for finding in ("", "短斤少两")
    ]

    def move(state: Title, command: Command, _context: None) -> Title:
        moved = step(HONOUR, state, command)
        assert isinstance(moved, Title)
        return moved

    assert check_machine(
        World(HONOUR, (Title("nominated"),), lambda _: commands, lambda *_: None, move), [claim]
    ).holds


def test_row_65_a_post_is_applied_for_publicised_held_and_scored() -> None:
    """Row 65 设岗定责: base 50, duty 45, bonus 20 make 115, at least 90: five stars; not before publication."""
    early = step(POST, step(POST, Title("applied"), Command("publish", days=3)), Command("appoint"))  # type: ignore[arg-type]
    assert isinstance(early, Ruling)
    assert early.codes == ("not-public",)
    held = step(POST, step(POST, Title("applied"), Command("publish", days=5)), Command("appoint"))  # type: ignore[arg-type]
    scored = step(POST, held, Command("score", points=50 + 45 + 20))  # type: ignore[arg-type]
    assert isinstance(scored, Title)
    assert (scored.state, scored.score) == ("five", 115)
    assert step(POST, held, Command("score", points=89)) == Title("rated", "", 5, 89)  # type: ignore[arg-type]
