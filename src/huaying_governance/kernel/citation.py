"""依据: where a rule comes from, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from attrs import frozen

from huaying_governance.text import Lang, Text, same

Standing = Literal["law", "official", "secondary", "memory", "article", "default", "synthetic"]
"""How sure a source is. `law`: text of a law or regulation; `official`: an official page; `secondary`: a report or
mirror; `memory`: stated without the text at hand; `article`: the Huaying article; `default`: this library's own
default, without legal force; `synthetic`: made up for an example, and says so."""

MARKS: dict[Standing, Text] = {
    "law": Text("", ""),
    "official": Text("", ""),
    "secondary": Text("（二手资料）", " (secondary source)"),
    "memory": Text("（未核原文）", " (text not at hand)"),
    "article": Text("", ""),
    "default": Text("（本库默认，无法律效力）", " (default of this library, no legal force)"),
    "synthetic": Text("（示例数据，非真实）", " (synthetic example)"),
}


@frozen
class Source:
    """来源: a law, notice, article or default, in force from a day to a day (both included; None: open)."""

    id: str
    title: Text
    standing: Standing = "law"
    address: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


@frozen
class Citation:
    """引用: one clause of a source. `article` is its number as the source prints it, `quote` its words."""

    source: Source
    article: Text = Text("", "")
    quote: str = ""

    def say(self, lang: Lang = "zh") -> str:
        """Return `title article`, marked where the source is less than law."""
        article = self.article.say(lang)
        gap = " " if article and lang == "en" else ""
        return f"{self.source.title.say(lang)}{gap}{article}{MARKS[self.source.standing].say(lang)}"

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "source": self.source.id,
            "title": self.source.title.to_dict(),
            "article": self.article.to_dict(),
            "quote": self.quote or self.source.text,
            "standing": self.source.standing,
        }

    @staticmethod
    def of_dict(data: Mapping[str, Any]) -> Citation:
        """Return the citation that `to_dict` wrote: what is said of a clause, without the days of its source."""
        source = Source(data["source"], Text(**data["title"]), data["standing"])
        return Citation(source, Text(**data["article"]), data["quote"])


def article_text(article: str) -> Text:
    """Return `第34条` / `Art. 34` for a number; anything else reads as it is written."""
    if article.isdecimal():
        return Text(f"第{article}条", f"Art. {article}")
    return same(article)
