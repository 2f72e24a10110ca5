"""参训人员: who was trained in what, who may be subsidised, and how it went on after three and six months.

The limits are of the pack: so many subsidised trainings a calendar year, and no occupation at one level twice. Claims
are judged in the order of their days; one that is refused uses nothing up. What is not known makes a claim
undetermined only where it could change the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from huaying_governance.employment.signins import Session, SignIn
from huaying_governance.employment.training import TrainingRules
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text


@frozen(kw_only=True)
class Trainee:
    """参训人: a person in a class. `claim` is the reference of the subsidy claim, empty where none was made."""

    training_class: str
    person: str
    specialty: str
    level: str
    assessed: bool | None
    certificate: str
    claim: str
    claimed_on: date | None
    employed_first: bool | None = None
    employed_second: bool | None = None


@frozen
class Judged:
    """补贴裁定: a trainee, the share of sessions attended in per cent (None of no session), and the ruling."""

    trainee: Trainee
    attended: int
    sessions: int
    ruling: Ruling


REASONS: Mapping[str, tuple[Text, Text]] = {
    "no-claim": (
        Text("没有申领补贴", "no subsidy is claimed"),
        Text("符合条件的，由培训机构申领", "whoever qualifies is claimed for by the institution"),
    ),
    "no-claim-day": (
        Text("没有写明申领日期", "the day of the claim is not stated"),
        Text("填写 claimed_on", "state `claimed_on`"),
    ),
    "not-passed": (
        Text("考核未合格", "the assessment was not passed"),
        Text("补考合格后再申领", "claim after passing"),
    ),
    "no-certificate": (
        Text("没有证书编号", "there is no certificate"),
        Text("取得证书后再申领", "claim when the certificate is there"),
    ),
    "attendance-low": (
        Text("出勤不足{attendance}%", "fewer than {attendance} % of the sessions were attended"),
        Text("核对签到，不足的不申领", "check the sign-ins; without them there is no claim"),
    ),
    "year-limit": (
        Text("本年度已享受{year}次补贴培训", "{year} trainings were subsidised this year already"),
        Text("下一年度再申领", "claim in another year"),
    ),
    "repeated-level": (
        Text("同一职业同一等级已享受过补贴", "this occupation at this level was subsidised before"),
        Text("改报其他职业或更高等级", "choose another occupation, or a higher level"),
    ),
    "earlier-undetermined": (
        Text("此前的申领尚未确定，可能影响次数", "an earlier claim is undetermined and may count"),
        Text("先确定此前的申领", "settle the earlier claim first"),
    ),
    "not-assessed": (
        Text("没有登记考核结果", "no result of the assessment is entered"),
        Text("补填 assessed", "state `assessed`"),
    ),
    "no-sessions": (
        Text(
            "没有本班的场次记录，无法核对出勤", "no session of the class is on record: attendance is unknown"
        ),
        Text("补录场次和签到", "enter the sessions and the sign-ins"),
    ),
}
_UNKNOWN = {
    "no-claim-day": "claimed_on",
    "earlier-undetermined": "earlier_claim",
    "not-assessed": "assessed",
    "no-sessions": "sessions",
}
_LIMITS = frozenset({"year-limit", "repeated-level", "no-certificate", "not-passed"})


def judge_trainees(
    trainees: Iterable[Trainee], sessions: Sequence[Session], signins: Iterable[SignIn], rules: TrainingRules
) -> tuple[Judged, ...]:
    """Return the ruling on every trainee's subsidy, in the order given."""
    held = list(trainees)
    came = {(one.session, one.person) for one in signins}
    own: dict[str, list[str]] = {}
    for session in sessions:
        own.setdefault(session.training_class, []).append(session.id)
    earlier: dict[str, list[tuple[Trainee, str]]] = {}
    found: dict[int, Judged] = {}
    for number in sorted(range(len(held)), key=lambda each: (held[each].claimed_on or date.max, each)):
        one = held[number]
        ids = own.get(one.training_class, [])
        attended = sum((id_, one.person) in came for id_ in ids)
        before = earlier.setdefault(one.person, [])
        ruling = _ruling(list(_codes(one, attended, len(ids), before, rules)), rules)
        if one.claim:
            before.append((one, ruling.outcome))
        found[number] = Judged(one, attended, len(ids), ruling)
    return tuple(found[number] for number in range(len(held)))


def _codes(
    one: Trainee, attended: int, sessions: int, before: Sequence[tuple[Trainee, str]], rules: TrainingRules
) -> Iterator[str]:
    if not one.claim:
        yield "no-claim"
        return
    if one.claimed_on is None:
        yield "no-claim-day"
    if one.assessed is not True:
        yield "not-passed" if one.assessed is False else "not-assessed"
    if not one.certificate:
        yield "no-certificate"
    if sessions == 0:
        yield "no-sessions"
    elif attended * 100 < rules.attendance_percent * sessions:
        yield "attendance-low"
    yield from _limits(one, before, rules)


def _limits(one: Trainee, before: Sequence[tuple[Trainee, str]], rules: TrainingRules) -> Iterator[str]:
    """Yield what earlier claims forbid; an undetermined one may forbid it, and then it is not known."""
    year = [
        outcome
        for other, outcome in before
        if one.claimed_on and other.claimed_on and other.claimed_on.year == one.claimed_on.year
    ]
    same = [o for other, o in before if (other.specialty, other.level) == (one.specialty, one.level)]
    sure = year.count("payable")
    if sure >= rules.a_year:
        yield "year-limit"
    if "payable" in same:
        yield "repeated-level"
    elif "undetermined" in same or sure < rules.a_year <= sure + year.count("undetermined"):
        yield "earlier-undetermined"


def _ruling(codes: Sequence[str], rules: TrainingRules) -> Ruling:
    figures = {"attendance": rules.attendance_percent, "year": rules.a_year}
    against = [code for code in codes if code not in _UNKNOWN]
    shown = against or list(codes)
    grounds = tuple(
        Ground(REASONS[code][0].fill(**figures), code, rules.limits if code in _LIMITS else rules.citation)
        for code in shown
    )
    remedies = tuple(Remedy(code, REASONS[code][1].fill(**figures)) for code in shown)
    if against:
        return Ruling("not_payable", grounds, remedies=remedies)
    if codes:
        return Ruling("undetermined", grounds, tuple(_UNKNOWN[code] for code in codes), remedies)
    text = Text("考核合格、取得证书，符合次数限制", "passed and certified, within the limits")
    return Ruling("payable", (Ground(text, "", rules.limits),))


@frozen
class Outcome:
    """培训成效: trainees of a scope and what became of them; each share has its own denominator."""

    trainees: int
    persons: int
    assessed: int
    passed: int
    certified: int
    asked_first: int
    employed_first: int
    asked_second: int
    employed_second: int


def outcome(trainees: Iterable[Trainee]) -> Outcome:
    """Return what became of trainees; who was not asked is in no denominator."""
    held = list(trainees)
    return Outcome(
        len(held),
        len({one.person for one in held}),
        sum(one.assessed is not None for one in held),
        sum(one.assessed is True for one in held),
        sum(bool(one.certificate) for one in held),
        sum(one.employed_first is not None for one in held),
        sum(one.employed_first is True for one in held),
        sum(one.employed_second is not None for one in held),
        sum(one.employed_second is True for one in held),
    )
