"""条款引用: how the rules of a concept find the clauses they cite, and note what is wrong with their document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.documents import Held, cite, entry
from huaying_governance.rules.shape import Entry, Report, Whole, Words
from huaying_governance.text import Text

NO_SOURCE = Text("没有这个来源", "there is no such source")
NO_SOURCE_CURE = Text("改正写法，或在 sources.toml 中增加", "correct it, or add it to sources.toml")


@frozen
class Clauses:
    """条款: the sources of a pack; called with a table and a key, the clause that the table cites there."""

    sources: Mapping[str, Source]
    report: Report

    def __call__(self, held: Held, key: str = "source") -> Citation:
        """Return the clause; one of nothing, after noting the problem, where the pack has no such source."""
        found = cite(self.sources, held[key])
        if found is not None:
            return found
        self.note(held, key, "unknown-source", NO_SOURCE, NO_SOURCE_CURE)
        return Citation(Source(held[key], Text("", "")))

    def note(self, held: Held, key: str | None, code: str, message: Text, cure: Text) -> None:
        """Note a problem at a table, or at one key of it."""
        span = (held.at if key is None else held.at.child(key)).span()
        place = Place(span.source.name, span.source.place(span.start).line)
        self.report.add(Problem(code, message, cure, place, "" if key is None else str(held[key])))


def source_entry() -> Entry:
    """Return the key that cites a clause; every rule needs one."""
    return entry(Words(), "依据", "citation", required=True)


def whole(zh: str, en: str, low: int = 0, high: int = 100_000) -> Entry:
    """Return the key of a whole number that must be stated."""
    return entry(Whole(low, high), zh, en, required=True)


def numbers(held: Held) -> dict[str, Any]:
    """Return what a table states besides its citations."""
    return {key: value for key, value in held.held.items() if not key.endswith("source")}
