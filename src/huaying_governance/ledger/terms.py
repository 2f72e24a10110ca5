"""办理条款: the timetable an entry was registered under, kept whole, so that no replay asks a pack or a calendar.

Entries of one kind share one `Terms` value in memory. In the stored event it is plain data with its citations.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, cast

from attrs import field, frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.citation import Citation, Source, Standing
from huaying_governance.procedure.clock import Unit
from huaying_governance.rules.timetable import Timetable, Undetermined
from huaying_governance.text import Text

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
        """Return plain data for the stored event. Each clause stands once in `sources`, and is named by its place."""
        cited: dict[Citation, int] = {}

        def place(citation: Citation) -> int:
            return cited.setdefault(citation, len(cited))

        data: Data = {
            "key": self.key,
            "kind": self.kind,
            "policy": self.policy,
            "rule": self.rule,
            "missing": list(self.missing),
            "clocks": [
                [c.id, c.start, c.until, c.days, c.unit, place(c.citation), c.applies, list(c.missing)]
                for c in self.clocks
            ],
            "hold_stops": self.hold_stops,
            "extension": [self.times, self.at_most, place(self.extension)],
            "objection": [self.objection.days, self.objection.unit, place(self.objection.citation)],
            "reopen": [self.reopen.days, self.reopen.unit, place(self.reopen.citation)],
            "roll": self.roll,
            "procedure": self.procedure,
            "criteria": list(self.criteria),
        }
        return {**data, "sources": [citation_data(citation) for citation in cited]}


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
    """Return a clause as plain data, enough to say it again without the pack. What is empty is left out."""
    source = citation.source
    data: Data = {"id": source.id, "title": source.title.to_dict(), "standing": source.standing}
    if citation.article.zh:
        data["article"] = citation.article.to_dict()
    if citation.quote:
        data["quote"] = citation.quote
    return data


def citation_of(data: object) -> Citation:
    """Return the clause that `citation_data` wrote."""
    d = cast("Mapping[str, Any]", data)
    source = Source(d["id"], Text(**d["title"]), cast("Standing", d["standing"]))
    return Citation(source, Text(**d.get("article", {"zh": "", "en": ""})), d.get("quote", ""))


def from_data(data: Mapping[str, Any]) -> Terms:
    """Return the terms that `to_data` wrote."""
    sources = [citation_of(source) for source in data["sources"]]

    def window(stored: list[Any]) -> Window:
        days, unit, place = stored
        return Window(days, unit, sources[place])

    times, at_most, place = data["extension"]
    clocks = tuple(
        Clock(id_, start, until, days, unit, sources[cited], applies, tuple(missing))
        for id_, start, until, days, unit, cited, applies, missing in data["clocks"]
    )
    return Terms(
        data["kind"],
        clocks,
        tuple(data["missing"]),
        data["policy"],
        data["rule"],
        data["hold_stops"],
        times,
        at_most,
        sources[place],
        window(data["objection"]),
        window(data["reopen"]),
        data["roll"],
        data["procedure"],
        tuple(data["criteria"]),
    )
