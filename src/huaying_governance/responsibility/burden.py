"""减负: how much a community carries, whether it grows, and what it must not be asked for.

Counts only ever compare what was counted: a rate of nothing is nothing, an unknown workload stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.responsibility.matching import core
from huaying_governance.responsibility.matters import Matter, MatterList
from huaying_governance.responsibility.names import plain_name
from huaying_governance.text import Text

# Workload


@frozen
class Workload:
    """工作量指数: the matters of a community's list on a day, their hours a year, and how many lack a figure."""

    community: str
    on: date
    items: int
    hours: Decimal
    unknown: int


def workload(matters: MatterList, community: str, on: date) -> Workload:
    """Return what a community carries on a day: every line that may be asked of it; prohibitions do not count."""
    lines = [line for line in matters.on(on, community) if line.kind != "prohibited"]
    hours = sum((line.workload for line in lines if line.workload is not None), Decimal(0))
    return Workload(community, on, len(lines), hours, sum(line.workload is None for line in lines))


def change(before: int | Decimal, after: int | Decimal) -> Decimal | None:
    """Return the change in percent with one decimal, half-up: 120 → 58 is −51.7; None from nothing."""
    if not before:
        return None
    percent = Decimal(after - before) * 100 / Decimal(before)
    return percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


# Certificates


@frozen
class Certificates:
    """证明事项: what a community must not certify (with where to go instead), and what it may by local list."""

    denied: Mapping[str, Matter]
    allowed: Mapping[str, Citation]
    principle: Citation

    def answer(self, name: str, on: date) -> Ruling:
        """Return whether a community issues a certificate: permitted by the local list, else refused with the reason.

        A certificate under another name (情况说明) is judged by what it certifies.
        """
        about = about_certificate(name)
        matter = self.denied.get(about)
        if matter is not None and matter.in_force(on):
            name = matter.name
            text = Text(f"“{name}”不应由社区出具", f"a community must not issue “{name}”")
            basis = matter.basis[0] if matter.basis else self.principle
            ground = Ground(text, "prohibited", basis, {"matter": matter.code})
            where = Text("、".join(matter.instead), ", ".join(matter.instead))
            go = Remedy("go-to", Text(f"由{where.zh}办理", f"ask {where.en}"), {"instead": matter.instead})
            return Ruling("refused", (ground,), (), (go,) if matter.instead else ())
        clause = self.allowed.get(about)
        if clause is not None:
            return Ruling(
                "permitted",
                (Ground(Text("在应出具证明清单内", "on the local list of certificates"), "", clause),),
            )
        text = Text(
            "没有法定依据的证明，社区不出具", "without a legal basis a community issues no certificate"
        )
        return Ruling("refused", (Ground(text, "no-legal-basis", self.principle),))


def about_certificate(name: str) -> str:
    """Return what a certificate certifies: 出具婚姻状况证明, 婚姻状况情况说明 and 婚姻状况 are about the same."""
    text = plain_name(name)
    for word in ("开具", "出具", "办理"):
        text = text.removeprefix(word)
    for word in ("的", "证明", "情况说明", "说明", "书", "材料"):
        text = text.replace(word, "")
    return text


def certificates(matters: MatterList, allowed: Mapping[str, Citation], principle: Citation) -> Certificates:
    """Return the certificates of a list: its prohibited lines about certificates, and the local allow-list."""
    denied = {
        about_certificate(line.name): line
        for line in matters
        if line.kind == "prohibited" and line.name.endswith("证明")
    }
    return Certificates(
        denied, {about_certificate(name): clause for name, clause in allowed.items()}, principle
    )


# Signboards


@frozen
class Board:
    """牌子: a signboard: what it says, and the number of its approval (empty: none)."""

    text: str
    approval: str = ""


def surplus_boards(boards: Iterable[Board], whitelist: Iterable[str]) -> tuple[Board, ...]:
    """Return the boards to be taken down: neither on the whitelist nor approved, or there twice."""
    known = {core(text) for text in whitelist}
    seen: set[str] = set()
    surplus: list[Board] = []
    for board in boards:
        text = core(board.text)
        if text in seen or not (text in known or board.approval):
            surplus.append(board)
        seen.add(text)
    return tuple(surplus)


# Files, meetings, inspections, apps, forms


@frozen
class Cap:
    """上限: the most that a rule allows of something, included; `unit` says what is counted."""

    id: str
    title: Text
    most: int
    unit: str
    citation: Citation


@frozen
class Finding:
    """减负问题: something that exceeds its cap, or that grew where it may only shrink (只减不增)."""

    code: str
    subject: str
    text: Text
    citation: Citation | None


def over_caps(counts: Mapping[str, int], caps: Iterable[Cap]) -> Iterator[Finding]:
    """Yield what exceeds its cap. What is not counted is not judged."""
    for cap in caps:
        count = counts.get(cap.id)
        if count is not None and count > cap.most:
            text = Text(
                f"{cap.title.zh}为{count}，超过上限{cap.most}",
                f"{cap.title.en}: {count}, above the cap of {cap.most}",
            )
            yield Finding("over-cap", cap.id, text, cap.citation)


def grown(
    last_year: Mapping[str, int], this_year: Mapping[str, int], basis: Citation | None = None
) -> Iterator[Finding]:
    """Yield what has grown against last year, among what was counted in both."""
    for subject, before in last_year.items():
        after = this_year.get(subject)
        if after is not None and after > before:
            percent = change(before, after)
            rise = "" if percent is None else f"（+{percent}%）"
            text = Text(f"{subject}由{before}增至{after}{rise}", f"{subject} grew from {before} to {after}")
            yield Finding("grown", subject, text, basis)
