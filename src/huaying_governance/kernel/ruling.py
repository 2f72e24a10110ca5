"""裁定: the answer of anything that judges: an outcome, all grounds in order, the missing facts, the remedies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NoReturn

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.text import Lang, Text

OUTCOMES: dict[str, Text] = {
    "permitted": Text("可以交办", "permitted"),
    "conditional": Text("附条件可以交办", "conditional"),
    "emergency": Text("应急先行办理", "taken at once under an emergency order"),
    "refused": Text("不予接受", "refused"),
    "undetermined": Text("事实不足，暂不能定", "undetermined"),
    "payable": Text("应予发放", "payable"),
    "not_payable": Text("不予发放", "not payable"),
    "eligible": Text("符合条件", "eligible"),
    "ineligible": Text("不符合条件", "ineligible"),
    "accepted": Text("已受理", "accepted"),
    "applied": Text("已办理", "applied"),
}


def _freeze(values: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(dict(values))


def plain(value: object) -> object:
    """Return `value` as JSON data: dates as ISO text, decimals as text, sets sorted, tuples as lists."""
    match value:
        case Decimal() | date() | datetime():
            return value.isoformat() if isinstance(value, date) else str(value)
        case Text():
            return value.to_dict()
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case frozenset() | set():
            return sorted(str(inner) for inner in value)
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return value


@frozen
class Ground:
    """理由: one reason.

    `code` is empty for a ground that only supports the outcome; a reason against, a condition or a missing fact has
    a code. `evidence` holds the facts it rests on; `parts` the conditions it is made of, for an explanation tree.
    """

    text: Text
    code: str = ""
    citation: Citation | None = None
    evidence: Mapping[str, object] = field(factory=dict, converter=_freeze, hash=False)
    parts: tuple[Ground, ...] = ()

    def lines(self, lang: Lang, depth: int = 0) -> Iterator[str]:
        """Yield the ground and its parts as indented lines."""
        code = f"[{self.code}] " if self.code else ""
        basis = ""
        if self.citation is not None:
            basis = (
                Text("（依据：{c}）", " (basis: {c})")
                .fill(c=Text(self.citation.say("zh"), self.citation.say("en")))
                .say(lang)
            )
        yield f"{'  ' * depth}- {code}{self.text.say(lang)}{basis}"
        for part in self.parts:
            yield from part.lines(lang, depth + 1)

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "code": self.code,
            "text": self.text.to_dict(),
            "citation": self.citation.to_dict() if self.citation is not None else None,
            "evidence": plain(self.evidence),
            "parts": [part.to_dict() for part in self.parts],
        }


@frozen
class Remedy:
    """补救: what can be done about it, as data: which procedure, who must be asked, by which day."""

    code: str
    text: Text
    data: Mapping[str, object] = field(factory=dict, converter=_freeze, hash=False)

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {"code": self.code, "text": self.text.to_dict(), "data": plain(self.data)}


@frozen
class Ruling:
    """裁定. `grounds` are complete and ordered; `missing` names exactly the facts that could change the outcome.

    A ruling has no truth value: `if ruling:` raises, because "permitted" is a word, not a yes.
    """

    outcome: str
    grounds: tuple[Ground, ...] = ()
    missing: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a ruling is not a yes or a no: compare `ruling.outcome`")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the grounds that have one, in order."""
        return tuple(ground.code for ground in self.grounds if ground.code)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses the grounds rest on, each once, in order."""
        found = dict.fromkeys(ground.citation for ground in self.grounds if ground.citation is not None)
        return tuple(found)

    def reason(self, lang: Lang = "zh") -> str:
        """Return the grounds as one line, for a table cell."""
        return Text("；", "; ").say(lang).join(ground.text.say(lang) for ground in self.grounds)

    def basis(self, lang: Lang = "zh") -> str:
        """Return the citations as one line, for a table cell."""
        return Text("；", "; ").say(lang).join(citation.say(lang) for citation in self.citations)

    def explain(self, lang: Lang = "zh") -> str:
        """Return the whole ruling as a readable tree."""
        outcome = OUTCOMES.get(self.outcome, Text(self.outcome, self.outcome)).say(lang)
        lines = [Text("裁定：", "Ruling: ").say(lang) + outcome]
        for ground in self.grounds:
            lines.extend(ground.lines(lang))
        if self.missing:
            names = Text("、", ", ").say(lang).join(self.missing)
            lines.append(Text("缺少的事实：", "Missing facts: ").say(lang) + names)
        lines.extend(Text("可以：", "Remedy: ").say(lang) + remedy.text.say(lang) for remedy in self.remedies)
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data: the same ruling gives the same bytes."""
        return {
            "outcome": self.outcome,
            "codes": list(self.codes),
            "grounds": [ground.to_dict() for ground in self.grounds],
            "missing": list(self.missing),
            "remedies": [remedy.to_dict() for remedy in self.remedies],
        }

    @staticmethod
    def of_dict(data: Mapping[str, Any]) -> Ruling:
        """Return the ruling that `to_dict` wrote; evidence comes back as plain data."""
        return Ruling(
            str(data["outcome"]),
            tuple(_ground_of(one) for one in data["grounds"]),
            tuple(data["missing"]),
            tuple(Remedy(one["code"], Text(**one["text"]), one["data"]) for one in data["remedies"]),
        )

    def _repr_html_(self) -> str:
        import html  # noqa: PLC0415 - only notebooks need it

        return f"<pre lang='zh'>{html.escape(self.explain('zh'))}</pre>"


def _ground_of(data: Mapping[str, Any]) -> Ground:
    cited = data["citation"]
    citation = None if cited is None else Citation.of_dict(cited)
    parts = tuple(_ground_of(part) for part in data["parts"])
    return Ground(Text(**data["text"]), data["code"], citation, data["evidence"], parts)
