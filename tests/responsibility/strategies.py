"""Random lists for the models of this folder."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.responsibility import Gate, Matter, Register
from huaying_governance.text import same

CLAUSE = (Citation(Source("s", same("s"))),)
GATE = Gate(CLAUSE, CLAUSE, CLAUSE, decides="o1")
ORGANISATIONS = Register(
    [
        Organisation("o1", "一局", (), "county", "department"),
        Organisation("o2", "二街道", (), "township", "government"),
    ]
)
COMMUNITIES = Register([Community("c1", "甲社区"), Community("c2", "乙社区")])
CALENDAR = china_calendar()
START = date(2026, 1, 1)
SPAN = [START + timedelta(n) for n in range(-1, 8)]
"""Every day around every edge that a random list can have."""
DAYS = st.integers(0, 6).map(lambda n: START + timedelta(n))
PLACES = st.sets(st.sampled_from(["c1", "c2"]), max_size=2)
TOKENS = st.sets(st.sampled_from(["o1", "o2", "*", "self", "township", "department"]), max_size=2)


@st.composite
def lists(draw: st.DrawFn) -> list[Matter]:
    """Matters of up to three codes, each with up to two versions that do not overlap."""
    matters: list[Matter] = []
    for code in ("m1", "m2", "m3"):
        cuts = sorted(draw(st.sets(DAYS, min_size=2, max_size=4)))
        kind = draw(st.sampled_from(["assist", "assist", "autonomy", "prohibited"]))
        for first, last in zip(cuts[::2], cuts[1::2], strict=False):
            open_start = first == cuts[0] and draw(st.booleans())
            open_end = last == cuts[-1] and draw(st.booleans())
            matters.append(
                Matter(
                    code,
                    f"事项{code}",
                    kind,
                    "assistant",
                    frozenset(draw(TOKENS)),
                    frozenset(draw(PLACES)),
                    draw(st.booleans()),
                    (),
                    CLAUSE,
                    None if open_start else first,
                    None if open_end else last,
                )
            )
    return matters
