"""人岗匹配: seekers and vacancies: what stands in the way, how well the rest fits, and why.

A hard condition that is known to fail is a blocker, with its reason; one that is unknown is a missing fact, and blocks
nothing. What fits is weighed in parts that are shown, in whole numbers, so that the same values always give the same
order. A seeker has no field for sex, age, ethnicity, household registration, marriage, belief or health: what the law
bars from deciding cannot enter. Belonging to a group that a policy favours can only help.
"""

# Long: one pair and many pairs, asked the same questions side by side.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from heapq import nsmallest

from attrs import fields, frozen

from huaying_governance.employment.vacancy import SCHOOLING, Vacancy
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.geo import Fix, Point, metres
from huaying_governance.kernel.money import to_fen
from huaying_governance.text import Text

FACTORS: Mapping[str, Text] = {
    "kind": Text("种类", "kind"),
    "distance": Text("距离", "distance"),
    "wage": Text("工资", "pay"),
    "skills": Text("技能", "skills"),
    "schedule": Text("班次", "hours"),
    "priority": Text("优先对象", "priority"),
}
PARTS = tuple(FACTORS)
FULL, HALF = 1000, 500
_LEVELS = {name: rank for rank, name in enumerate(SCHOOLING)}
Reached = Callable[[int], int]


@frozen(kw_only=True)
class Seeker:
    """求职者: a reference and what bears on the work; what nobody stated is None, or an empty text.

    `least_wage` is in yuan a month, `farthest` in kilometres; `bands` are groups of the pack that the seeker has been
    recognised to belong to.
    """

    id: str
    point: Point | None = None
    schooling: str = ""
    experience: int | None = None
    certificates: tuple[str, ...] | None = None
    abilities: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    least_wage: Decimal | None = None
    farthest: int | None = None
    night_shift: bool | None = None
    home_only: bool | None = None
    bands: tuple[str, ...] = ()

    @staticmethod
    def of(record: Mapping[str, object]) -> Seeker:
        """Return what bears on the work out of a record that may hold more: all else is left behind, unread."""
        known = {one.name for one in fields(Seeker)}
        return Seeker(**{name: value for name, value in record.items() if name in known})  # type: ignore[arg-type]


@frozen
class Band:
    """群体: a group, up to which schooling and experience a post suits it, and whether a policy favours it."""

    id: str
    name: Text
    schooling: str
    experience: int
    priority: bool
    citation: Citation


@frozen(kw_only=True)
class MatchRules:
    """匹配规则 of a pack: the weight of each part, from which distance it is near and far, the groups."""

    weights: Mapping[str, int]
    near_km: int
    far_km: int
    bands: Mapping[str, Band]
    citation: Citation

    def favoured(self, seeker: Seeker) -> tuple[Band, ...]:
        """Return the groups by which a policy favours a seeker."""
        held = (self.bands[name] for name in seeker.bands if name in self.bands)
        return tuple(band for band in held if band.priority)


@frozen
class Blocker:
    """硬条件不符: what is asked and not met; the code says which condition."""

    code: str
    text: Text


@frozen
class Part:
    """契合分项: how much of its weight a part gives; None in `measure`: unknown, counted half."""

    name: str
    weight: int
    measure: int | None

    @property
    def weighed(self) -> int:
        """The weight times the measure."""
        return self.weight * (HALF if self.measure is None else self.measure)


@frozen
class Pairing:
    """匹配结果 of a seeker and a vacancy: blockers, or how well it fits out of a thousand, in parts."""

    seeker: str
    vacancy: str
    blockers: tuple[Blocker, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    metres: int | None

    @property
    def fit(self) -> int:
        """How well it fits, out of a thousand."""
        return sum(part.weighed for part in self.parts) // sum(part.weight for part in self.parts)


@frozen
class Offer:
    """待匹配岗位: a vacancy made ready for many seekers."""

    id: str
    kind: str
    schooling: int
    experience: int
    certificates: frozenset[str]
    abilities: frozenset[str]
    night: bool | None
    home: bool | None
    low: int | None
    high: int | None
    fix: Fix | None
    openings: int

    @staticmethod
    def of(id: str, vacancy: Vacancy, openings: int | None = None) -> Offer:  # noqa: A002
        """Return a vacancy made ready; `openings` are those left, all where none is given."""
        monthly = vacancy.wage_period == "month"
        low = to_fen(vacancy.wage_low) if monthly and vacancy.wage_low is not None else None
        high = to_fen(vacancy.wage_high) if monthly and vacancy.wage_high is not None else low
        return Offer(
            id,
            vacancy.kind,
            _LEVELS.get(vacancy.schooling, 0),
            vacancy.experience or 0,
            frozenset(vacancy.certificates),
            frozenset(vacancy.abilities),
            vacancy.night_shift,
            vacancy.home_work,
            low,
            high,
            None if vacancy.point is None else Fix.of(vacancy.point),
            (vacancy.openings or 0) if openings is None else openings,
        )


@frozen
class Asker:
    """待匹配求职者: a seeker made ready for many vacancies."""

    seeker: Seeker
    schooling: int | None
    experience: int | None
    certificates: frozenset[str] | None
    abilities: frozenset[str] | None
    kinds: frozenset[str]
    least: int | None
    far: int | None
    fix: Fix | None
    favoured: bool

    @staticmethod
    def of(seeker: Seeker, rules: MatchRules) -> Asker:
        """Return a seeker made ready."""
        held, able = seeker.certificates, seeker.abilities
        return Asker(
            seeker,
            _LEVELS.get(seeker.schooling),
            seeker.experience,
            None if held is None else frozenset(held),
            None if able is None else frozenset(able),
            frozenset(seeker.kinds),
            None if seeker.least_wage is None else to_fen(seeker.least_wage),
            None if seeker.farthest is None else seeker.farthest * 1000,
            None if seeker.point is None else Fix.of(seeker.point),
            bool(rules.favoured(seeker)),
        )


def apart(asker: Asker, offer: Offer) -> int | None:
    """Return the metres between a seeker and a vacancy; None where a place is unknown."""
    return None if asker.fix is None or offer.fix is None else metres(asker.fix, offer.fix)


def blocked(asker: Asker, offer: Offer, far: int | None) -> bool:
    """Whether a hard condition is known to fail: `blockers` without the reasons, for many pairs."""
    seeker = asker.seeker
    return (
        (asker.schooling is not None and asker.schooling < offer.schooling)
        or (asker.experience is not None and asker.experience < offer.experience)
        or (asker.certificates is not None and not offer.certificates <= asker.certificates)
        or (offer.home is not True and asker.far is not None and far is not None and far > asker.far)
        or (asker.least is not None and offer.high is not None and offer.high < asker.least)
        or (offer.night is True and seeker.night_shift is False)
        or (seeker.home_only is True and offer.home is False)
    )


def measures(asker: Asker, offer: Offer, far: int | None, reached: Reached) -> tuple[int | None, ...]:
    """Return how well each part fits, out of a thousand, in the order of `PARTS`; None where it is unknown."""
    near = FULL if offer.home is True else None if far is None else reached(far)
    kind = None if not asker.kinds else FULL if offer.kind in asker.kinds else 0
    wage = None
    if asker.least is not None and offer.low is not None and offer.high is not None:
        wage = FULL if offer.low >= asker.least else HALF if offer.high >= asker.least else 0
    skills: int | None = FULL
    if offer.abilities:
        able = asker.abilities
        skills = None if able is None else FULL * len(offer.abilities & able) // len(offer.abilities)
    night = asker.seeker.night_shift
    schedule = (
        FULL if offer.night is False or night is True else None if offer.night is None or night is None else 0
    )
    return kind, near, wage, skills, schedule, FULL if asker.favoured else 0


def reach(rules: MatchRules) -> Reached:
    """Return what measures a distance: full when near, nothing when far, a straight line between."""
    near, far = rules.near_km * 1000, rules.far_km * 1000

    def reached(distance: int) -> int:
        if distance <= near:
            return FULL
        return 0 if distance >= far else FULL * (far - distance) // (far - near)

    return reached


def weighing(rules: MatchRules) -> Callable[[tuple[int | None, ...]], int]:
    """Return what adds the parts up to a fit out of a thousand."""
    weights = tuple(rules.weights[name] for name in PARTS)
    whole = sum(weights)

    def weighed(found: tuple[int | None, ...]) -> int:
        total = 0
        for weight, measure in zip(weights, found, strict=True):
            total += weight * (HALF if measure is None else measure)
        return total // whole

    return weighed


# One pair, in full ------------------------------------------------------------------------------------------------

CALLED: Mapping[str, Text] = {
    "schooling": Text("文化程度不足", "schooling"),
    "experience": Text("经验不足", "experience"),
    "certificate": Text("缺少证书", "certificates"),
    "distance": Text("距离过远", "too far"),
    "wage": Text("工资低于要求", "pays too little"),
    "night_shift": Text("须上夜班", "night shifts"),
    "home_work": Text("不能居家", "not at home"),
    "refused_before": Text("此前推荐未成", "came to nothing before"),
}
"""What a blocker is called where there is room for a word only."""
ASKS = {
    "schooling": Text("要求文化程度{asked}，本人为{has}", "asks for {asked} schooling, has {has}"),
    "experience": Text("要求{asked}年经验，本人{has}年", "asks for {asked} years of experience, has {has}"),
    "certificate": Text("缺少证书：{asked}", "lacks the certificates: {asked}"),
    "distance": Text(
        "距离{asked}公里，超过本人限定的{has}公里", "is {asked} km away, beyond the {has} km named"
    ),
    "wage": Text(
        "工资最高{asked}元，低于本人要求的{has}元", "pays at most {asked} yuan, below the {has} asked"
    ),
    "night_shift": Text("须上夜班，本人不接受", "has night shifts, which the seeker does not take"),
    "home_work": Text("不能居家完成，本人只接受居家就业", "cannot be done at home, as the seeker asks"),
}
LEVEL_NAMES: Mapping[str, Text] = {
    "none": Text("不限", "no"),
    "primary": Text("小学", "primary"),
    "junior": Text("初中", "lower secondary"),
    "senior": Text("高中（中职）", "upper secondary"),
    "college": Text("大专", "college"),
    "bachelor": Text("本科", "bachelor"),
    "postgraduate": Text("研究生", "postgraduate"),
}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}".removesuffix(".00")


def _km(distance: int) -> str:
    return f"{distance // 1000}.{distance % 1000 // 100}"


def blockers(asker: Asker, offer: Offer, far: int | None) -> tuple[Blocker, ...]:
    """Return every hard condition that is known to fail, with its reason."""
    found: list[Blocker] = []

    def add(code: str, **tells: object) -> None:
        found.append(Blocker(code, ASKS[code].fill(**tells)))

    seeker = asker.seeker
    if asker.schooling is not None and asker.schooling < offer.schooling:
        asked, has = LEVEL_NAMES[SCHOOLING[offer.schooling]], LEVEL_NAMES[seeker.schooling]
        add("schooling", asked=asked, has=has)
    if asker.experience is not None and asker.experience < offer.experience:
        add("experience", asked=offer.experience, has=asker.experience)
    if asker.certificates is not None and (lacking := offer.certificates - asker.certificates):
        add("certificate", asked="、".join(sorted(lacking)))
    if offer.home is not True and asker.far is not None and far is not None and far > asker.far:
        add("distance", asked=_km(far), has=seeker.farthest)
    if asker.least is not None and offer.high is not None and offer.high < asker.least:
        add("wage", asked=_yuan(offer.high), has=_yuan(asker.least))
    if offer.night is True and seeker.night_shift is False:
        add("night_shift")
    if seeker.home_only is True and offer.home is False:
        add("home_work")
    return tuple(found)


def unknowns(asker: Asker, offer: Offer, far: int | None) -> tuple[str, ...]:
    """Return the facts of the seeker that a hard condition asks for and nobody stated."""
    asked = {
        "schooling": offer.schooling > 0 and asker.schooling is None,
        "experience": offer.experience > 0 and asker.experience is None,
        "certificates": bool(offer.certificates) and asker.certificates is None,
        "place": offer.home is not True and asker.far is not None and far is None,
        "night_shift": offer.night is True and asker.seeker.night_shift is None,
        "vacancy.home_work": asker.seeker.home_only is True and offer.home is None,
        "vacancy.wage": asker.least is not None and offer.high is None,
    }
    return tuple(name for name, unknown in asked.items() if unknown)


def pair(seeker: Seeker, offer: Offer, rules: MatchRules) -> Pairing:
    """Return one pair in full: every blocker with its reason, every part with its weight, what is missing."""
    asker = Asker.of(seeker, rules)
    far = apart(asker, offer)
    found = measures(asker, offer, far, reach(rules))
    parts = tuple(
        Part(name, rules.weights[name], measure) for name, measure in zip(PARTS, found, strict=True)
    )
    return Pairing(seeker.id, offer.id, blockers(asker, offer, far), parts, unknowns(asker, offer, far), far)


# One to many ------------------------------------------------------------------------------------------------------

_FAR_OFF = 10**9


def rank(seeker: Seeker, offers: Sequence[Offer], rules: MatchRules, most: int = 20) -> tuple[Pairing, ...]:
    """Return the best vacancies for a seeker, best first: by fit, then the nearer, then by id."""
    asker, reached, weighed = Asker.of(seeker, rules), reach(rules), weighing(rules)
    keys: list[tuple[int, int, str, int]] = []
    for place, offer in enumerate(offers):
        far = apart(asker, offer)
        if not blocked(asker, offer, far):
            fit = weighed(measures(asker, offer, far, reached))
            keys.append((-fit, _FAR_OFF if far is None else far, offer.id, place))
    return tuple(pair(seeker, offers[place], rules) for *_, place in nsmallest(most, keys))


def stops(
    seeker: Seeker, offers: Iterable[Offer], rules: MatchRules
) -> Iterator[tuple[str, tuple[Blocker, ...]]]:
    """Yield each vacancy for which a hard condition is known to fail, with the reasons."""
    asker = Asker.of(seeker, rules)
    for offer in offers:
        far = apart(asker, offer)
        if blocked(asker, offer, far):
            yield offer.id, blockers(asker, offer, far)


def rank_seekers(
    offer: Offer, seekers: Iterable[Seeker], rules: MatchRules, most: int = 20
) -> tuple[Pairing, ...]:
    """Return the seekers whom a vacancy fits best: by fit, then the nearer, then by id."""
    pairs = [pair(seeker, offer, rules) for seeker in seekers]
    open_ = [one for one in pairs if not one.blockers]
    return tuple(
        nsmallest(
            most, open_, lambda one: (-one.fit, _FAR_OFF if one.metres is None else one.metres, one.seeker)
        )
    )
