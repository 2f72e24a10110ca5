"""Reading documents and what they include (读取): text to drafts, bounded, with every problem collected."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen, mutable

from huaying_governance.errors import Problem, system_reason
from huaying_governance.kernel.dates import days_in_month
from huaying_governance.kernel.slips import slip_at, toml_slip
from huaying_governance.rules.document import DOCUMENTS, INCLUDED, KINDS, Draft
from huaying_governance.rules.faults import problem
from huaying_governance.rules.limits import MAX_DOCUMENT, MAX_INCLUDES
from huaying_governance.rules.scan import Scan, Stop, scan
from huaying_governance.rules.shape import At, Float, Report
from huaying_governance.rules.source import SourceText, Span

_LIBRARY = ("source", "facts", "relations", "parameters")


@frozen(eq=False)
class Document:
    """One document: its plain TOML data and its top place."""

    data: dict[str, Any] = field(repr=False)
    at: At = field(repr=False)


@frozen(eq=False)
class Gathered:
    """A policy document (None where it cannot be read) and those it draws in, before their shape is judged."""

    policy: Document | None
    included: tuple[Document, ...]
    report: Report


@frozen(eq=False)
class Loaded:
    """A policy document and the documents it draws in, as drafts; `policy` is None where it cannot be read."""

    policy: Draft | None
    included: tuple[Draft, ...]
    report: Report
    gathered: Gathered = field(repr=False)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all documents, included ones first."""
        return (*self.included, self.policy) if self.policy is not None else self.included

    def entries(self, table: str) -> Iterator[tuple[str, Any, At]]:
        """Yield name, draft and place of every entry of a shared named table."""
        for draft in self.drafts():
            for name, entry in draft[table].items():
                yield name, entry, draft.at.child(table).child(name)

    def declared(self) -> frozenset[str]:
        """Return every name that a document declares, also those whose tables have problems."""
        documents = (*self.gathered.included, self.gathered.policy)
        tables = (each.data.get(key) for each in documents if each is not None for key in _LIBRARY[1:])
        return frozenset(name for table in tables if isinstance(table, dict) for name in table)

    def sources(self) -> Iterator[Any]:
        """Yield every source with its place."""
        for draft in self.drafts():
            yield from draft["source"]


@mutable(eq=False)
class _Gatherer:
    """Follows includes depth first; `chain` holds the documents being read, to find circles."""

    report: Report = field(factory=Report)
    included: dict[str, Document | None] = field(factory=dict)
    chain: list[str] = field(factory=list)

    def read(self, text: str, name: str, base: Path, table: str) -> Document | None:
        """Read one document and those it includes; `table` is where it lists them."""
        document = parse_document(text, name, self.report)
        if document is None:
            return None
        holder = document.data.get(table, {}) if table else document.data
        at = document.at.child(table) if table else document.at
        includes = holder.get("include", []) if isinstance(holder, dict) else []
        if isinstance(includes, list):
            for number, entry in enumerate(includes):
                if isinstance(entry, str):
                    self.include(entry, at.child("include").child(number), base)
        return document

    def include(self, entry: str, at: At, base: Path) -> None:
        if not entry.endswith(".toml") or Path(entry).is_absolute() or re.search(r"[\\:\0]", entry):
            at.fault("include-path")
            return
        path = os.path.normpath(base / entry)
        if path in self.chain:
            names = [Path(each).name for each in (*self.chain[self.chain.index(path) :], path)]
            at.fault("include-cycle", chain=" → ".join(names))
        elif path not in self.included:
            self.follow(path, at)

    def follow(self, path: str, at: At) -> None:
        if len(self.included) >= MAX_INCLUDES:
            at.fault("include-too-many", limit=MAX_INCLUDES)
            return
        if not Path(path).is_file():
            at.fault("include-missing")
            return
        text = read_text(Path(path), self.report)
        if text is None:
            return
        self.chain.append(path)
        document = self.read(text, path, Path(path).parent, "")
        self.chain.pop()
        self.included[path] = document
        for key in document.data if document is not None else ():
            if document is not None and key not in (*_LIBRARY, "include"):
                document.at.child(key).fault("include-rules", key=True, name=key)


def read_text(path: Path, report: Report) -> str | None:
    """Return the text of a file, or None after noting why it cannot be had."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= 4 * MAX_DOCUMENT else b" " * (MAX_DOCUMENT + 1)
    except OSError as error:
        report.add(_whole("unreadable-file", str(path), reason=system_reason(error)))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.add(_whole("not-utf8", str(path)))
        return None


def _whole(code: str, name: str, **values: object) -> Problem:
    """A problem of a file as a whole."""
    return problem(code, Span(SourceText(name, ""), 0, 0), **values)


def parse_document(text: str, name: str, report: Report) -> Document | None:
    """Return the plain data of a TOML text; None after a problem that hides the rest."""
    if len(text) > MAX_DOCUMENT:
        report.add(_whole("document-too-large", name, limit=MAX_DOCUMENT))
        return None
    source = SourceText(name, text.replace("\r\n", "\n"))
    found = scan(source.text)
    if found.stop is not None:
        _note_stop(found.stop, source, report)
        return None
    whole = source.text
    for start, end in found.bad_dates:
        report.add(problem("no-such-date", Span(source, start, end), value=source.text[start:end]))
        # Read on with a day that exists, so that one wrong date does not hide the problems after it.
        whole = whole[:start] + _near(whole[start:end]) + whole[end:]
    if found.lost is not None:
        # What the scan did not pass is not handed on: it has not been bounded.
        whole = _until(whole, found.lost)
    data = _toml(whole, source, found, report)
    return None if data is None else Document(data, At(source, found, (), report))


def _near(text: str) -> str:
    """Return a day that exists near one that does not."""
    year, month = max(1, int(text[:4])), min(12, max(1, int(text[5:7])))
    return f"{year:04d}-{month:02d}-{min(days_in_month(year, month), max(1, int(text[8:]))):02d}"


def _until(text: str, lost: int) -> str:
    """Return `text` up to the end of the line where the scan was lost, or a little of it."""
    line_end = text.find("\n", lost, lost + 1_000)
    return text[: line_end if line_end >= 0 else lost + 1_000]


def _toml(text: str, source: SourceText, found: Scan, report: Report) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(text, parse_float=Float)
    except (ValueError, RecursionError) as error:
        slip = toml_slip(text, error, found.lost or 0)
    else:
        if found.lost is None:
            return data
        slip = slip_at(text, found.lost, "not understood here")
    span = Span(source, slip.at, slip.at + 1)
    report.add(problem("toml-syntax", span, reason=slip.message, cure=slip.cure))
    return None


def _note_stop(stop: Stop, source: SourceText, report: Report) -> None:
    point = f"U+{ord(source.text[stop.start]):04X}" if stop.start < len(source.text) else ""
    report.add(problem(stop.code, Span(source, stop.start, stop.end), point=point))


def gather_text(text: str, name: str, base: Path) -> Gathered:
    """Read a policy document from its text; includes are relative to `base`."""
    gatherer = _Gatherer()
    gatherer.chain.append(os.path.normpath(name))
    policy = gatherer.read(text, name, base, "policy")
    included = tuple(each for each in gatherer.included.values() if each is not None)
    return Gathered(policy, included, gatherer.report)


def gather(path: Path) -> Gathered:
    """Read a policy document from its file."""
    report = Report()
    text = read_text(path, report)
    return gather_text(text, str(path), path.parent) if text is not None else Gathered(None, (), report)


def load(gathered: Gathered) -> Loaded:
    """Judge the shape of gathered documents."""
    included = []
    for document in gathered.included:
        known = {key: document.data[key] for key in document.data if key in _LIBRARY}
        included.append(INCLUDED.read(known, document.at))
    policy = None
    if gathered.policy is not None:
        policy = DOCUMENTS[_kind(gathered.policy.data)].read(gathered.policy.data, gathered.policy.at)
    drafts = tuple(draft for draft in included if isinstance(draft, Draft))
    return Loaded(policy if isinstance(policy, Draft) else None, drafts, gathered.report, gathered)


def _kind(data: dict[str, Any]) -> str:
    """Return the kind of a policy; of one that does not say it well, the kind that it looks like."""
    head = data.get("policy")
    kind = head.get("kind") if isinstance(head, dict) else None
    if isinstance(kind, str) and kind in DOCUMENTS:
        return kind
    return max(KINDS, key=lambda each: len(set(data) & set(DOCUMENTS[each].entries)))


_parse = parse_document
