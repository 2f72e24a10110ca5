"""减负规则: `burden.toml` of a pack: caps, boards that may hang, certificates that may be issued, each cited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.packs.documents import Held, cite, entry, read_document
from huaying_governance.responsibility import Cap, Certificates, MatterList, certificates
from huaying_governance.rules.shape import BAD, Ident, Label, Report, Several, Table, Whole, Words
from huaying_governance.text import Text

_SOURCE = entry(Words(), "依据", "citation", required=True)
_CAP = Table(
    {
        "id": entry(Ident(), "标识", "id", required=True),
        "title": entry(Label(), "名称", "title", required=True),
        "most": entry(Whole(0, 10**9), "上限（含）", "the most, included", required=True),
        "unit": entry(Words(), "计数单位", "what is counted", required=True),
        "source": _SOURCE,
    },
    Held,
)
_BOARD = Table({"text": entry(Words(), "牌子文字", "text", required=True), "source": _SOURCE}, Held)
_CERTIFICATE = Table({"name": entry(Words(), "证明名称", "name", required=True), "source": _SOURCE}, Held)
_BASIS = Table({"source": _SOURCE}, Held)
BURDEN = Table(
    {
        "cap": entry(Several(_CAP), "上限", "caps", default=()),
        "board": entry(Several(_BOARD), "可挂的牌子", "boards that may hang", default=()),
        "certificate": entry(
            Several(_CERTIFICATE), "应出具的证明", "certificates that may be issued", default=()
        ),
        "grown": entry(_BASIS, "只减不增的依据", "why counts may only shrink", required=True),
        "certificates": entry(_BASIS, "证明须有依据的依据", "why a certificate needs a basis", required=True),
    },
    Held,
)


def _nothing() -> Mapping[str, Citation]:
    return MappingProxyType({})


@frozen
class BurdenRules:
    """减负规则 of a pack: what counts are held against."""

    caps: tuple[Cap, ...]
    boards: Mapping[str, Citation] = field(factory=_nothing, hash=False)
    allowed: Mapping[str, Citation] = field(factory=_nothing, hash=False)
    grown: Citation | None = None
    principle: Citation | None = None

    def certificates(self, matters: MatterList) -> Certificates:
        """Return what a community may and must not certify, by a list and these rules."""
        assert self.principle is not None  # noqa: S101 - every burden.toml states it
        return certificates(matters, self.allowed, self.principle)


def read_burden(path: Path, name: str, sources: Mapping[str, Source], report: Report) -> BurdenRules | None:
    """Return the rules written at `path`; None, or without its faulty lines, after noting its problems."""
    document = read_document(path, name, BURDEN, report)
    if document is BAD:
        return None

    def clause(held: Any) -> Citation | None:
        found = cite(sources, held["source"])
        if found is None:
            span = held.at.child("source").span()
            message = Text("没有这个来源", "there is no such source")
            cure = Text("改正写法，或在 sources.toml 中增加", "correct it, or add it to sources.toml")
            place = Place(span.source.name, span.source.place(span.start).line)
            report.add(Problem("unknown-source", message, cure, place, held["source"]))
        return found

    caps = tuple(
        Cap(held["id"], held["title"], held["most"], held["unit"], found)
        for held in document["cap"]
        if (found := clause(held)) is not None
    )
    boards = {held["text"]: found for held in document["board"] if (found := clause(held)) is not None}
    allowed = {held["name"]: found for held in document["certificate"] if (found := clause(held)) is not None}
    grown, principle = clause(document["grown"]), clause(document["certificates"])
    return BurdenRules(caps, MappingProxyType(boards), MappingProxyType(allowed), grown, principle)
