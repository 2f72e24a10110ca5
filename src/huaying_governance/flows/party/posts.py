"""设岗环节: the desk of posts without office, followed up from application on, and the points of their quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import filled, labels, place
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import posts, tenure
from huaying_governance.party.wording import CALLED
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

NO_POST = Text("政策包中没有这种岗位", "the pack has no such post")
NO_POST_CURE = Text("用以下之一：{k}", "use one of {k}")
_TENTH = Decimal("0.1")


def _post_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("posts")(case, tables)
    rules = case.pack.rules(PartyRules)
    kinds = rules.post_kinds if rules is not None else {}
    for row in tables.rows("posts"):
        if kinds and row["post"] not in kinds:
            yield fault(row, "post", "unknown-post", NO_POST, NO_POST_CURE.fill(k=", ".join(kinds)))


def _terms(run: Run) -> Any:
    rules = run.case.pack.rules(PartyRules)
    return None if rules is None else tenure.Terms(rules.posts, run.case.calendar)


def _report(run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int) -> Iterable[Report]:
    terms = _terms(run)
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one = cast(tenure.Standing, book.standing(id_))
        counts[one.state] += 1
        first = [id_, one.post.person, one.post.post, one.post.community, one.state]
        told = [terms.publicity_ends(one), one.serving_from, tuple(each.quarter for each in one.scores)]
        basis = terms.rules.citation.say(run.lang)
        lines.append([*first, *told, basis, *(row.extras if row is not None else ())])
    words = labels(tenure.POSTS)
    return (Report(work.POSTS_OUT, lines, run.tables.extras("posts"), counts, later, words=words),)


POSTS = Followed(
    "posts",
    "post_acts",
    "post_id",
    Text("设岗定责", "following posts"),
    work.REFUSED_POST_ACTS,
    tenure.POSTS,
    lambda case, row: filled(tenure.Post, row, community=place(case, row), on=row["date"]),
    lambda _case, row: filled(tenure.Act, row, at="date"),
    _terms,
    _report,
    at="date",
    faults=_post_faults,
)


def _followed(run: Run) -> list[tenure.Standing]:
    if "posts" not in run.tables:
        return []
    book: Book = Casebook(run.store, tenure.POSTS, None)
    return [one for _, one in book.all() if one.post.on <= run.case.on]


def _judge_points(run: Run) -> Iterable[Report]:
    """Score the duties that the table states, and those of the posts that are followed up."""
    if "post_duties" not in run.tables and "posts" not in run.tables:
        return ()
    held = [(_duty(run, row), row.extras) for row in run.tables.rows("post_duties")]
    blank = ("",) * len(run.tables.extras("post_duties"))
    standings = _followed(run)
    held += [(duty, blank) for one in standings for duty in one.duties()]
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    told: list[tuple[posts.Duty, posts.PostScore]] = []
    for duty, extras in held:
        scored = posts.score(duty, rules_of(run.case).posts)
        ruling = scored.ruling
        told.append((duty, scored))
        counts.update(ruling.codes or (ruling.outcome,))
        reasons = [ruling.codes, ruling.missing, advised(ruling, run.lang), ruling.basis(run.lang)]
        first = [duty.post, duty.person, duty.community, duty.quarter]
        lines.append([*first, scored.points, *reasons, *extras])
    extras = run.tables.extras("post_duties")
    return (Report(specs.POST_SCORES, lines, extras, counts, words=CALLED), _quarters(told))


def _duty(run: Run, row: Row) -> posts.Duty:
    cells = {**row.to_dict(), "community": place(run.case, row), "exempt": row["exempt"] is True}
    return posts.Duty(**cast(Mapping[str, Any], cells))


def _quarters(told: Sequence[tuple[posts.Duty, posts.PostScore]]) -> Report:
    """Return of each quarter and community, and of all, how many hold a post, are scored, have stars, are exempt."""
    lines: list[list[object]] = []
    for quarter in sorted({duty.quarter for duty, _ in told}):
        places = sorted({duty.community for duty, _ in told if duty.quarter == quarter})
        for community in ("all", *places):
            own = [
                (duty, scored)
                for duty, scored in told
                if duty.quarter == quarter and community in {"all", duty.community}
            ]
            points = [scored.points for _, scored in own if scored.points is not None]
            mean = (Decimal(sum(points)) / len(points)).quantize(_TENTH, ROUND_HALF_UP) if points else ""
            stars = sum("five-star" in scored.ruling.codes for _, scored in own)
            exempt = sum("exempt" in scored.ruling.codes for _, scored in own)
            holders = len({duty.person for duty, _ in own})
            lines.append([quarter, community, holders, len(points), str(mean), stars, exempt])
    return Report(work.POST_QUARTERS, lines)


DESKS: tuple[Desk, ...] = (POSTS.desk(), Desk(_judge_points, faults=checked("post_duties")))
"""设岗 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {"post_acts": "posts"}
