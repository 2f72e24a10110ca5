"""办理环节: what one concept contributes to a run of a case: its checks, its judging, its reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar, cast

from attrs import field, frozen

from huaying_governance.errors import Place, Problem
from huaying_governance.flows.case import Case, Fault, Progress, Tables
from huaying_governance.kernel.privacy import mask_place
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs import Pack
from huaying_governance.storage import Store
from huaying_governance.tables import Row, TableSpec
from huaying_governance.text import LANGS, Lang, Text

T = TypeVar("T")
COMMIT_EVERY = 200
"""Rows that share one durable commit: few enough that other writers need not wait long."""


@frozen
class Run:
    """办理环境: everything that a desk judges with, as values."""

    case: Case
    tables: Tables
    store: Store
    lang: Lang
    progress: Progress | None = None

    def committed(self, what: Text, items: Collection[T], each: Callable[[T], None]) -> None:
        """Call `each` for every item, a few to each durable commit, and tell the progress."""
        done, left = 0, iter(items)
        while chunk := list(islice(left, COMMIT_EVERY)):
            with self.store.batch():
                for item in chunk:
                    each(item)
            done += len(chunk)
            if self.progress is not None:
                self.progress(what, done, len(items))


@frozen
class Anew(Generic[T]):
    """现取的行: `count` items that are made anew whenever they are gone through, so that a million are never held.

    `each` reads them where they are kept: the results of a run are told from the answers in the store.
    """

    each: Callable[[], Iterator[T]]
    count: int

    def __iter__(self) -> Iterator[T]:
        return self.each()

    def __len__(self) -> int:
        return self.count

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)


@frozen
class Report:
    """结果表: rows in the order of the spec, then the extra cells.

    `counts` by outcome and `later`, the rows dated after the day of the case and not judged, are for the summary.
    `receipts` are those of the answers given. `words` say what the keys of the counts mean in this report.
    """

    spec: TableSpec
    rows: Collection[Sequence[object]]
    extra_headers: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(factory=dict)
    later: int = 0
    warnings: tuple[Problem, ...] = ()
    receipts: Iterable[Mapping[str, object]] = ()
    words: Mapping[str, Text] = field(factory=dict)


def _none_of_rows(case: Case, tables: Tables) -> Iterator[Fault]:  # noqa: ARG001 - a desk without such checks
    return iter(())


def _none_of_store(run: Run) -> Iterator[Fault]:  # noqa: ARG001 - a desk without such checks
    return iter(())


@frozen
class Desk:
    """环节: one concept's part of a run.

    `judge` judges every row, keeps the answers in the store and returns the reports. `faults` yields what is wrong
    with sound rows for what other rows or the pack say, `against_store` for what the store knows: above all, content
    that was changed after it had been answered.
    """

    judge: Callable[[Run], Iterable[Report]]
    faults: Callable[[Case, Tables], Iterator[Fault]] = _none_of_rows
    against_store: Callable[[Run], Iterator[Fault]] = _none_of_store


def fault(row: Row, column: str, code: str, message: Text, cure: Text, *, value: str = "") -> Fault:
    """Return a fault of one cell of a row; `value` must be masked already."""
    return Fault(row, Problem(code, message, cure, Place("", row.number, column), value))


UNKNOWN_COMMUNITY = Text("不是政策包中的社区", "is no community of the pack")
ONE_COMMUNITY = Text("用以下之一：{k}", "use one of {k}")
NEAR_COMMUNITY = Text("是否应为“{n}”？可用的有：{k}", "was {n} meant? there are {k}")
CHANGED = Text("编号已办理过，但内容已改变", "this id was answered before, and its content has changed since")
CHANGED_CURE = Text(
    "恢复原内容，或为新事项另用编号", "restore the content, or give the new matter an id of its own"
)


def changed_fault(row: Row, column: str = "id") -> Fault:
    """Return the fault of a row that was changed after it had been answered."""
    return fault(row, column, "content-changed", CHANGED, CHANGED_CURE)


def community_faults(case: Case, row: Row, column: str, names: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for every name that is no community of the pack."""
    for name in names:
        if case.pack.resolve_community(name) is None:
            cure, value = _unknown(case.pack, name)
            yield fault(row, column, "unknown-community", UNKNOWN_COMMUNITY, cure, value=value)


@lru_cache(maxsize=64)  # one wrong name may stand in every row of a table
def _unknown(pack: Pack, name: str) -> tuple[Text, str]:
    """Return what to write instead of a name that no community has, and the name as it may be shown."""
    near = pack.community_register.nearest(name, 1)
    known = "、".join(f"{community.name}（{community.id}）" for community in pack.communities)
    cure = NEAR_COMMUNITY.fill(n=near[0].name, k=known) if near else ONE_COMMUNITY.fill(k=known)
    return cure, mask_place(name, pack.community_register.by_writing)


def said(cells: Mapping[str, object], name: str, lang: Lang) -> str:
    """Return a cell of a stored answer that was kept in both languages."""
    return cast(Mapping[str, str], cells[name])[lang]


def in_both(ruling: Ruling) -> dict[str, object]:
    """Return the reason and the basis of a ruling as a stored answer keeps them: in both languages.

    The reason ends with what can be done about it: no answer leaves an office without a next step.
    """
    return {
        "reason": {lang: advised(ruling, lang) for lang in LANGS},
        "citation": {lang: ruling.basis(lang) for lang in LANGS},
    }


def advised(ruling: Ruling, lang: Lang) -> str:
    """Return the grounds of a ruling and its remedies as one cell."""
    remedies = Text("；", "; ").say(lang).join(remedy.text.say(lang) for remedy in ruling.remedies)
    said = ruling.reason(lang)
    return f"{said}{Text('。可以：', '. Remedy: ').say(lang)}{remedies}" if remedies else said
