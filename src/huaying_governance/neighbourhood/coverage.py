"""覆盖率: of the places that need a facility, how many have one that works. Places only.

天网、雪亮、慧眼 appear here as lamps, cameras and hydrants at places, and nothing else: no person, no plate, no image
has a field to stand in. A rate is a part of its denominator, and what is not known is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import fields_dict, frozen

from huaying_governance.errors import OutOfScope, Place, Problem, Problems
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.privacy import forbidden_header, forbidden_of_place
from huaying_governance.text import Text

WHY = Text(
    "设施覆盖只按点位统计：{subject}不得记入", "coverage is counted by places: {subject} is not held here"
)
WHERE = Text("由有权机关在其专用系统中管理", "the competent organ keeps it in a system of its own")
UNKNOWN = Text("设施点位没有 `{name}` 这一项", "a facility place has no `{name}`")
UNKNOWN_CURE = Text("可用：{all}", "use {all}")


@frozen(kw_only=True)
class FacilityPlace:
    """设施点位: a public place that needs a facility or not, and has it or not. `intact` is unknown where empty."""

    id: str
    community: str
    place_type: str
    facility: str
    required: bool
    covered: bool | None = None
    intact: bool | None = None
    filed: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> FacilityPlace:
        """Return the place that these values state.

        Raises `OutOfScope`, saying why, for a name of anything about persons, plates, images or suspects, and
        `Problems` for any other name that a place does not have.
        """
        for name in values:
            subject = forbidden_of_place(name) or forbidden_header(name)
            if subject is not None and name not in fields_dict(cls):
                raise OutOfScope(WHY.fill(subject=subject), WHERE)
        known = ", ".join(fields_dict(cls))
        strange = [name for name in values if name not in fields_dict(cls)]
        if strange:
            raise Problems(
                Problem(
                    "unknown-field",
                    UNKNOWN.fill(name=name),
                    UNKNOWN_CURE.fill(all=known),
                    Place(column=name),
                )
                for name in strange
            )
        return cls(**values)

    @property
    def works(self) -> bool | None:
        """Whether the place is covered by something that works; a broken one covers nothing."""
        if self.covered is False or self.intact is False:
            return False
        return True if self.covered is True else None


@frozen(kw_only=True)
class Target:
    """覆盖目标 of a pack: the share of required places of a type that a facility should cover."""

    facility: str
    place_type: str
    percent: int
    citation: Citation


@frozen(kw_only=True)
class Rate:
    """覆盖率: of `required` places `covered` surely are; of `unknown` ones nobody has said."""

    required: int
    covered: int
    unknown: int
    broken: int = 0

    @property
    def least(self) -> Decimal | None:
        """The share that is sure, in per cent; None of nothing."""
        return percent(self.covered, self.required)

    @property
    def most(self) -> Decimal | None:
        """The share if every unknown place were covered; None of nothing."""
        return percent(self.covered + self.unknown, self.required)

    def meets(self, target: int) -> bool | None:
        """Whether a target in per cent is met, by exact counts; None of nothing, or while it is open."""
        if not self.required:
            return None
        if 100 * self.covered >= target * self.required:
            return True
        return None if 100 * (self.covered + self.unknown) >= target * self.required else False


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share in per cent to one place, cut and not rounded up: 99.96 % is not all. None of nothing."""
    return Decimal(1000 * part // whole).scaleb(-1) if whole else None


def rate(places: Iterable[FacilityPlace]) -> Rate:
    """Return the rate over the places that need the facility; others count nowhere."""
    held = [one for one in places if one.required]
    return Rate(
        required=len(held),
        covered=sum(one.works is True for one in held),
        unknown=sum(one.works is None for one in held),
        broken=sum(one.covered is True and one.intact is False for one in held),
    )
