"""渐进式法定退休年龄: when somebody reaches the statutory age of retirement, by the gradual schedule of a pack.

The first month of birth that the schedule touches is delayed by one month; every `step` months of birth later by one
month more, until the most. Who was born before keeps the age there was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months, add_years


@frozen(kw_only=True)
class Band:
    """退休档次: the age there was, the first month of birth touched, and how the delay grows."""

    age: int
    first: date
    step: int
    most: int
    citation: Citation


Schedule = Mapping[str, Band]
"""The bands by group: `men`, `women_55`, `women_50`."""


@frozen
class Retirement:
    """法定退休: the months of delay, the age in years and months, and the day that age is reached."""

    delay: int
    years: int
    months: int
    on: date
    citation: Citation

    @property
    def month(self) -> str:
        """The month of retirement, `YYYY-MM`."""
        return self.on.strftime("%Y-%m")


def delay_of(born: date, band: Band) -> int:
    """Return by how many months the schedule delays the retirement of somebody born then."""
    months = (born.year - band.first.year) * 12 + born.month - band.first.month
    return 0 if months < 0 else min(band.most, months // band.step + 1)


def statutory_retirement(born: date, band: Band) -> Retirement:
    """Return when somebody born then retires by this band."""
    delay = delay_of(born, band)
    years, months = divmod(band.age * 12 + delay, 12)
    return Retirement(delay, years, months, add_months(born, band.age * 12 + delay), band.citation)


def near(retires: date, on: date, years: int) -> bool:
    """Whether less than so many years are left on a day; exactly so many are not less."""
    return add_years(on, years) > retires
