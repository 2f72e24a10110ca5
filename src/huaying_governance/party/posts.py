"""设岗定责: posts of members without office, and the points that a quarter's duty yields; never a score of persons."""

from __future__ import annotations

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text


@frozen(kw_only=True)
class PostRules:
    """设岗规则 of a pack: base, the most for duty and bonus, and from which score on a member is 五星."""

    base: int
    duty: int
    bonus: int
    star: int
    publicity_days: int
    citation: Citation


@frozen(kw_only=True)
class Duty:
    """履职 of one post in one quarter. `exempt`: aged or ill, no points are asked; None is not yet reported."""

    post: str
    person: str
    community: str
    quarter: str
    applied: bool | None = None
    publicised: bool | None = None
    duty: int | None = None
    bonus: int | None = None
    exempt: bool = False


@frozen
class PostScore:
    """积分: the points of a quarter, None where they cannot be given, and why."""

    points: int | None
    ruling: Ruling


FACTS = {"duty": Text("履职分", "points of duty")}
REASONS = {
    "exempt": (
        Text("年老或患病，免予履职", "aged or ill: exempt"),
        Text("可自愿承担轻便岗位", "a light post may be taken by choice"),
    ),
    "not-applied": (
        Text("没有本人申报", "the member has not applied"),
        Text("由本人自愿申报", "let the member apply"),
    ),
    "not-publicised": (
        Text("没有公示", "it was not publicised"),
        Text("公示后上岗", "publicise it first"),
    ),
    "beyond-most": (
        Text("履职分最高{duty}，加分最高{bonus}", "duty yields at most {duty}, bonus at most {bonus}"),
        Text("改正分数", "mend the points"),
    ),
    "five-star": (
        Text("{points}分，达到{star}分：五星党员", "{points} points, {star} or more: five-star member"),
        Text("按季公布", "announce it with the quarter"),
    ),
}


def score(duty: Duty, rules: PostRules) -> PostScore:
    """Return the points of a quarter: base, duty and bonus. What is not reported yet is missing, not nought."""
    codes = []
    if duty.exempt:
        codes.append("exempt")
    else:
        if not duty.applied:
            codes.append("not-applied")
        if not duty.publicised:
            codes.append("not-publicised")
        if (duty.duty or 0) > rules.duty or (duty.bonus or 0) > rules.bonus:
            codes.append("beyond-most")
    if codes:
        return PostScore(None, _told("refused" if "exempt" not in codes else "applied", codes, rules))
    if duty.duty is None:
        return PostScore(None, Ruling("undetermined", missing=("duty",)))
    points = rules.base + duty.duty + (duty.bonus or 0)
    return PostScore(points, _told("applied", ["five-star"] if points >= rules.star else [], rules, points))


def _told(outcome: str, codes: list[str], rules: PostRules, points: int = 0) -> Ruling:
    values = {"duty": rules.duty, "bonus": rules.bonus, "points": points, "star": rules.star}
    grounds = tuple(Ground(REASONS[code][0].fill(**values), code, rules.citation) for code in codes)
    return Ruling(outcome, grounds, remedies=tuple(Remedy(code, REASONS[code][1]) for code in codes))
