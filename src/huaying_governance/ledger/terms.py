"""办理条款: the timetable an entry was registered under, kept whole, so that no replay asks a pack or a calendar.

Entries of one kind share one `Terms` value in memory. In the stored event it is plain data with its citations.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import pairwise
from typing import cast

from attrs import field, frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.citation import Citation, Source, Standing
from huaying_governance.procedure.clock import Unit
from huaying_governance.rules.timetable import Timetable, Undetermined
from huaying_governance.text import Text, same

DEFAULT = Citation(Source("default", Text("本库默认值", "library default"), "default"))
ARTICLE = Citation(
    Source(
        "article",
        Text(
            "《四川省华蓥市：创新城乡接合部社区治理模式》",
            "“Huaying, Sichuan: innovating urban–rural-fringe community governance”",
        ),
        "article",
    ),
    quote="分类建立困难群众、民生诉求和社会稳定三本台账，实行“责任制+时间表+销号制”管理",
)

Data = dict[str, object]


@frozen
class Window:
    """期限窗口: until how many days after the event something may still be asked."""

    days: int
    unit: Unit
    citation: Citation = DEFAULT


OBJECTION = Window(5, "working_days")
REOPEN = Window(30, "natural_days")


@frozen
class Clock:
    """时限: from one event to another, so many days. `applies` is None where a missing fact would decide it."""

    id: str
    start: str
    until: str
    days: int
    unit: Unit
    citation: Citation
    applies: bool | None = True
    missing: tuple[str, ...] = ()


@frozen
class Terms:
    """条款: kind of ledger, clocks one after the other, extension, windows, and whether a hold stops the clock.

    `missing` names why no timetable could be chosen. `at_most` None: an extension gives at most the clock's own days.
    `criteria` are the further guards that the pack switched on when the entry was registered.
    """

    kind: str
    clocks: tuple[Clock, ...] = ()
    missing: tuple[str, ...] = ()
    policy: str = ""
    rule: str = ""
    hold_stops: bool = False
    times: int = 1
    at_most: int | None = None
    extension: Citation = DEFAULT
    objection: Window = OBJECTION
    reopen: Window = REOPEN
    roll: bool = False
    procedure: int = 1
    criteria: tuple[str, ...] = ()
    key: str = field(init=False, eq=False, default="")
    """Names these terms by their content: equal terms have equal keys."""

    def __attrs_post_init__(self) -> None:
        clocks = [clock for clock in self.clocks if clock.applies is not False]
        for earlier, later in pairwise(clocks):
            if later.start != earlier.until:
                raise Problems([_overlap(earlier, later)])
        object.__setattr__(self, "key", digest({**self.to_data(), "key": ""}))

    def limit(self, clock: int) -> int:
        """Return the most days that one extension of this clock may give."""
        return self.clocks[clock].days if self.at_most is None else self.at_most

    def to_data(self) -> Data:
        """Return plain data for the stored event."""
        return {
            "key": self.key,
            "kind": self.kind,
            "policy": self.policy,
            "rule": self.rule,
            "missing": list(self.missing),
            "clocks": [_clock_data(clock) for clock in self.clocks],
            "hold_stops": self.hold_stops,
            "extension": {
                "times": self.times,
                "at_most": self.at_most,
                "source": citation_data(self.extension),
            },
            "objection": _window_data(self.objection),
            "reopen": _window_data(self.reopen),
            "roll": self.roll,
            "procedure": self.procedure,
            "criteria": list(self.criteria),
        }


def _overlap(earlier: Clock, later: Clock) -> Problem:
    return Problem(
        "overlapping-clocks",
        Text(
            f"时限 `{later.id}` 不从 `{earlier.id}` 结束之处起算",
            f"the clock `{later.id}` does not start where `{earlier.id}` ends",
        ),
        Text("让一个条目的时限前后相接", "let the clocks of an entry follow one another"),
    )


def digest(data: Mapping[str, object]) -> str:
    """Return a short name of plain data: the same terms, the same name."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def choose(kind: str, found: Timetable | Undetermined, criteria: tuple[str, ...] = ()) -> Terms:
    """Return the terms of an entry of `kind` from the timetable that applies, or from the reason why none does."""
    if not isinstance(found, Timetable):
        return Terms(kind, missing=found.missing, criteria=criteria)
    return Terms(
        kind,
        tuple(
            Clock(c.id, c.start, c.until, c.days, c.unit, c.citation, c.applies, c.missing)
            for c in found.clocks
            if c.applies is not False
        ),
        policy=found.policy,
        rule=found.rule,
        hold_stops=found.hold_stops,
        times=found.extension.times,
        at_most=found.extension.at_most_days,
        extension=found.extension.citation,
        objection=_window(found, "objection", OBJECTION),
        reopen=_window(found, "reopen", REOPEN),
        roll=bool(getattr(found, "roll", False)),
        criteria=criteria,
    )


def _window(found: Timetable, name: str, default: Window) -> Window:
    given = found.windows.get(name)
    return default if given is None else Window(given.days, given.unit, given.citation)


# ----------------------------------------------------------------------------------------------- stored form


def citation_data(citation: Citation) -> Data:
    """Return a clause as plain data, enough to say it again without the pack."""
    source = citation.source
    return {
        "id": source.id,
        "title": source.title.to_dict(),
        "article": citation.article.to_dict(),
        "standing": source.standing,
        "quote": citation.quote,
    }


def _clock_data(clock: Clock) -> Data:
    return {
        "id": clock.id,
        "start": clock.start,
        "until": clock.until,
        "days": clock.days,
        "unit": clock.unit,
        "source": citation_data(clock.citation),
        "applies": clock.applies,
        "missing": list(clock.missing),
    }


def _window_data(window: Window) -> Data:
    return {"days": window.days, "unit": window.unit, "source": citation_data(window.citation)}


def _text(data: object) -> Text:
    pair = cast("Mapping[str, str]", data)
    return Text(pair["zh"], pair["en"]) if pair["zh"] != pair["en"] else same(pair["zh"])


def citation_of(data: object) -> Citation:
    """Return the clause that `citation_data` wrote."""
    d = cast("Mapping[str, str]", data)
    source = Source(d["id"], _text(d["title"]), cast("Standing", d["standing"]))
    return Citation(source, _text(d["article"]), d["quote"])


def _stored_clock(data: object) -> Clock:
    d = cast("Mapping[str, object]", data)
    return Clock(
        str(d["id"]),
        str(d["start"]),
        str(d["until"]),
        cast("int", d["days"]),
        cast("Unit", d["unit"]),
        citation_of(d["source"]),
        cast("bool | None", d["applies"]),
        tuple(cast("list[str]", d["missing"])),
    )


def _stored_window(data: object) -> Window:
    d = cast("Mapping[str, object]", data)
    return Window(cast("int", d["days"]), cast("Unit", d["unit"]), citation_of(d["source"]))


def from_data(data: Mapping[str, object]) -> Terms:
    """Return the terms that `to_data` wrote."""
    extension = cast("Mapping[str, object]", data["extension"])
    return Terms(
        str(data["kind"]),
        tuple(_stored_clock(clock) for clock in cast("list[object]", data["clocks"])),
        tuple(cast("list[str]", data["missing"])),
        str(data["policy"]),
        str(data["rule"]),
        bool(data["hold_stops"]),
        cast("int", extension["times"]),
        cast("int | None", extension["at_most"]),
        citation_of(extension["source"]),
        _stored_window(data["objection"]),
        _stored_window(data["reopen"]),
        bool(data["roll"]),
        cast("int", data["procedure"]),
        tuple(cast("list[str]", data["criteria"])),
    )
