"""Reading documents and what they include (读取): text to drafts, bounded, with every problem collected."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen, mutable

from huaying_governance.errors import Problem
from huaying_governance.rules.document import DOCUMENTS, INCLUDED, KINDS, Draft
from huaying_governance.rules.faults import problem
from huaying_governance.rules.limits import MAX_DOCUMENT, MAX_INCLUDES
from huaying_governance.rules.scan import Scan, Stop, scan
from huaying_governance.rules.shape import BAD, At, Float, Report
from huaying_governance.rules.source import SourceText, Span

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LIBRARY = ("source", "facts", "relations", "parameters")


@frozen(eq=False)
class Loaded:
    """A policy document and the documents it draws in, as drafts; `policy` is None where it cannot be read."""

    policy: Draft | None
    included: tuple[Draft, ...]
    report: Report
    at: At

    def entries(self, table: str) -> Iterator[tuple[str, Any, At]]:
        """Yield name, draft and place of every entry of a shared named table, included documents first."""
        for draft in (*self.included, *((self.policy,) if self.policy is not None else ())):
            for name, entry in draft[table].items():
                yield name, entry, draft.at.child(table).child(name)

    def sources(self) -> Iterator[Any]:
        """Yield every source with its place, included documents first."""
        for draft in (*self.included, *((self.policy,) if self.policy is not None else ())):
            yield from draft["source"]


@mutable(eq=False)
class _Loader:
    """Follows includes depth first; `chain` holds the documents being read, to find circles."""

    report: Report = field(factory=Report)
    included: dict[str, Draft] = field(factory=dict)
    chain: list[str] = field(factory=list)

    def read(self, text: str, name: str, base: Path, table: str = "") -> tuple[Any, At]:
        """Read one document; `table` empty: its own kind says which table it is."""
        data, at = _parse(text, name, self.report)
        if data is None:
            return BAD, at
        if not table:
            return self._policy(data, at, base)
        for key in data:
            if key not in _LIBRARY and key != "include":
                at.child(key).fault("include-rules", key=True, name=key)
        self._follow(data.get("include", []), at.child("include"), base)
        return INCLUDED.read({key: data[key] for key in data if key in _LIBRARY}, at), at

    def _policy(self, data: dict[str, Any], at: At, base: Path) -> tuple[Any, At]:
        head = data.get("policy")
        kind = head.get("kind") if isinstance(head, dict) else None
        if not isinstance(kind, str) or kind not in DOCUMENTS:
            kind = _guess(data)
        if isinstance(head, dict):
            self._follow(head.get("include", []), at.child("policy").child("include"), base)
        return DOCUMENTS[kind].read(data, at), at

    def _follow(self, includes: object, at: At, base: Path) -> None:
        if not isinstance(includes, list):
            return
        for number, entry in enumerate(includes):
            if isinstance(entry, str):
                self._include(entry, at.child(number), base)

    def _include(self, entry: str, at: At, base: Path) -> None:
        if (
            not entry.endswith(".toml")
            or Path(entry).is_absolute()
            or "\\" in entry
            or ":" in entry
            or "\0" in entry
        ):
            at.fault("include-path")
            return
        path = os.path.normpath(base / entry)
        if path in self.chain:
            names = [Path(each).name for each in (*self.chain[self.chain.index(path) :], path)]
            at.fault("include-cycle", chain=" → ".join(names))
            return
        if path in self.included:
            return
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
        draft, _ = self.read(text, path, Path(path).parent, "included")
        self.chain.pop()
        if isinstance(draft, Draft):
            self.included[path] = draft


def _guess(data: dict[str, Any]) -> str:
    """Return the kind that a document without a good `kind` seems to be, so that the rest can be read."""
    keys = set(data)
    return max(KINDS, key=lambda kind: len(keys & set(DOCUMENTS[kind].entries)))


def read_text(path: Path, report: Report) -> str | None:
    """Return the text of a file, or None after noting why it cannot be had."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= 4 * MAX_DOCUMENT else b" " * (MAX_DOCUMENT + 1)
    except OSError as error:
        report.add(_whole("unreadable-file", str(path), reason=error.strerror or type(error).__name__))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.add(_whole("not-utf8", str(path)))
        return None


def _whole(code: str, name: str, **values: object) -> Problem:
    """A problem of a file as a whole."""
    return problem(code, Span(SourceText(name, ""), 0, 0), **values)


def _parse(text: str, name: str, report: Report) -> tuple[dict[str, Any] | None, At]:
    """Return the plain data of a TOML text and its top place; data None after a problem that hides the rest."""
    source = SourceText(name, text.replace("\r\n", "\n"))
    if len(text) > MAX_DOCUMENT:
        report.add(_whole("document-too-large", name, limit=MAX_DOCUMENT))
        return None, At(source, Scan(), (), report)
    found = scan(source.text)
    at = At(source, found, (), report)
    if found.stop is not None:
        _note_stop(found.stop, source, report)
        return None, at
    for start, end in found.bad_dates:
        report.add(problem("no-such-date", Span(source, start, end), value=source.text[start:end]))
    whole = source.text
    for start, end in found.bad_dates:
        # Read on with a day that exists, so that one wrong date does not hide the problems after it.
        whole = whole[:start] + "2000-01-01" + whole[end:]
    if found.lost is not None:
        # What the scan did not pass is not handed on: it has not been bounded.
        line_end = whole.find("\n", found.lost)
        whole = whole if line_end < 0 or line_end - found.lost > 10_000 else whole[:line_end]
        whole = whole[: found.lost + 10_000]
    return _toml(whole, source, found, report), at


def _toml(text: str, source: SourceText, found: Scan, report: Report) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(text, parse_float=Float)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        where = _WHERE.search(str(error))
        offset = _offset(text, where) if where is not None else (found.lost or 0)
        reason = _WHERE.sub("", str(error)) or type(error).__name__
        report.add(problem("toml-syntax", Span(source, offset, offset + 1), reason=reason))
        return None
    if found.lost is None:
        return data
    span = Span(source, found.lost, found.lost + 1)
    report.add(problem("toml-syntax", span, reason="not understood here"))
    return None


def _offset(text: str, where: re.Match[str]) -> int:
    if where[1] is None:
        return max(0, len(text) - 1)
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(where[1]) - 1]) + int(where[2]) - 1


def _note_stop(stop: Stop, source: SourceText, report: Report) -> None:
    point = f"U+{ord(source.text[stop.start]):04X}" if stop.start < len(source.text) else ""
    report.add(problem(stop.code, Span(source, stop.start, stop.end), point=point))


def load_text(text: str, name: str, base: Path) -> Loaded:
    """Read a policy document from its text; includes are relative to `base`."""
    loader = _Loader()
    loader.chain.append(os.path.normpath(name))
    draft, at = loader.read(text, name, base)
    policy = draft if isinstance(draft, Draft) else None
    return Loaded(policy, tuple(loader.included.values()), loader.report, at)


def load(path: Path) -> Loaded:
    """Read a policy document from its file."""
    report = Report()
    text = read_text(path, report)
    if text is None:
        return Loaded(None, (), report, At(SourceText(str(path), ""), Scan(), (), report))
    return load_text(text, str(path), path.parent)
