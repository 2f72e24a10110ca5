"""政策包文件: the TOML documents of a pack itself: pack.toml and sources.toml, read with places by `rules.shape`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.kernel.citation import Citation, Source, article_text
from huaying_governance.rules.document import SOURCE
from huaying_governance.rules.limits import MAX_DOCUMENT
from huaying_governance.rules.load import _parse
from huaying_governance.rules.shape import (
    BAD,
    At,
    Entry,
    Ident,
    Label,
    Report,
    Several,
    Shape,
    Table,
    Whole,
    Words,
)
from huaying_governance.text import Text, same


def entry(shape: Shape, zh: str, en: str, *, required: bool = False, default: object = None) -> Entry:
    """Return one key of a document."""
    return Entry(shape, Text(zh, en), required, default)


@frozen
class Held:
    """One table of a document: what it holds by key, and where it stands."""

    held: Mapping[str, Any]
    at: At

    def __getitem__(self, key: str) -> Any:
        return self.held[key]


_CLAUSES = Several(Words(), 1, 20)
_FUNDING = Table(
    {
        "residents_committee": entry(_CLAUSES, "居民委员会", "residents' committees", default=()),
        "villagers_committee": entry(_CLAUSES, "村民委员会", "villagers' committees", default=()),
    },
    Held,
)
_VIOLATIONS = Table(
    {
        "count": entry(Whole(1, 1_000), "次数", "how many", required=True),
        "days": entry(Whole(0, 3_660), "天数", "within how many days", required=True),
        "source": entry(Words(), "依据", "citation", required=True),
    },
    Held,
)
SCREENING = Table(
    {
        "unlisted": entry(_CLAUSES, "清单外可拒绝的依据", "why unlisted work may be refused", required=True),
        "emergency": entry(_CLAUSES, "应急先行办理的依据", "the duty to help in an emergency", required=True),
        "review": entry(_CLAUSES, "应急复核的依据", "the clause of the review", required=True),
        "review_days": entry(
            Whole(1, 366), "复核期限（工作日）", "working days until the review", default=10
        ),
        "decides": entry(Words(), "准入审批机构", "who admits", required=True),
        "asks": entry(Several(Words(), 0, 50), "须征求意见的单位", "who must be asked", default=()),
        "reports": entry(
            Several(Words(), 0, 50), "受理反映的单位", "to whom violations are reported", default=()
        ),
        "funding": entry(_FUNDING, "费随事转的法律依据", "the laws by which funds follow"),
        "violations": entry(
            _VIOLATIONS, "违规下派提请联席会议的门槛", "when violations go to the conference"
        ),
    },
    Held,
)
PACK = Table(
    {
        "pack": entry(
            Table(
                {
                    "id": entry(Ident(), "标识", "id", required=True),
                    "titles": entry(Label(), "名称", "title", required=True),
                    "region": entry(Words(), "行政区划代码", "division code", default=""),
                    "version": entry(Words(), "版本", "version", default=""),
                    "includes": entry(
                        Several(Words(), 0, 20), "引用的政策包", "packs that it builds on", default=()
                    ),
                },
                Held,
            ),
            "政策包",
            "the pack",
            required=True,
        ),
        "screening": entry(SCREENING, "准入口", "the gate"),
    },
    Held,
)
SOURCES = Table({"source": entry(Several(SOURCE, 1, 5_000), "来源", "sources", required=True)}, Held)


def read_document(path: Path, name: str, shape: Shape, report: Report) -> Any:
    """Return what `shape` reads from the TOML file at `path`, or `BAD` after noting its problems."""
    try:
        text = path.read_bytes()[: MAX_DOCUMENT + 1].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = type(fault).__name__
        return _note(report, Place(name), f"无法读取（{why}）", f"cannot be read ({why})")
    document = _parse(text, name, report)
    return BAD if document is None else shape.read(document.data, document.at)


def _note(report: Report, place: Place, zh: str, en: str) -> object:
    cure = Text("按 TOML 格式改正文件（UTF-8 编码）", "write the file as TOML in UTF-8")
    report.add(Problem("unreadable-document", Text(zh, en), cure, place))
    return BAD


def cite(sources: Mapping[str, Source], reference: str) -> Citation | None:
    """Return the clause that `id` or `id#article` names; None where the pack has no such source."""
    key, _, article = reference.partition("#")
    source = sources.get(key.strip())
    if source is None:
        return None
    return Citation(source, article_text(article.strip()) if article.strip() else same(""))


def outlives(citation: Citation, since: date | None, until: date | None) -> bool:
    """Whether something is in force on days when the source it cites is not."""
    source = citation.source
    early = source.since is not None and (since is None or since < source.since)
    late = source.until is not None and (until is None or until > source.until)
    return early or late
