"""裁定日志: what was asked, by which list, and what was answered: one line of JSON each, that can be replayed.

The same list version, admissions and assignment give the same ruling, byte for byte; a line that does not was not
written by this list, or the library answers otherwise than it did.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from attrs import asdict, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.ruling import Ruling, plain
from huaying_governance.responsibility.assignments import NO_ADMISSIONS, Admission, AdmissionBook, Assignment
from huaying_governance.responsibility.screening import Screener
from huaying_governance.text import Text

SCHEMA = 1


def record(
    screener: Screener, asked: Assignment, ruling: Ruling, admissions: AdmissionBook = NO_ADMISSIONS
) -> str:
    """Return the line of one decision: canonical JSON, without a line end."""
    return _canonical(
        {
            "schema": SCHEMA,
            "list": screener.matters.version,
            "admissions": admissions_version(admissions),
            "asked": plain(asdict(asked)),
            "ruling": ruling.to_dict(),
        }
    )


def admissions_version(admissions: AdmissionBook) -> str:
    """Return the sha256 of the admissions that counted, empty where there were none."""
    if not len(admissions):
        return ""
    return hashlib.sha256(_canonical([_plain(held) for held in admissions]).encode()).hexdigest()


@frozen
class Departure:
    """不一致: a line whose replay differs: another list, other admissions, or another ruling."""

    line: int
    what: Literal["list", "admissions", "ruling"]
    before: object
    after: object


def replay(
    lines: Iterable[str], screener: Screener, admissions: AdmissionBook = NO_ADMISSIONS
) -> Iterator[Departure]:
    """Yield every departure of a log from what is answered now; nothing where all is the same.

    Lines of another list version are told once each and not judged. Raises `Problems` for a line that is no decision.
    """
    versions: tuple[tuple[Literal["list", "admissions"], str], ...] = (
        ("list", screener.matters.version),
        ("admissions", admissions_version(admissions)),
    )
    for number, line in enumerate(lines, 1):
        data = _read(line, number)
        departed = False
        for what, version in versions:
            if data[what] != version:
                departed = True
                yield Departure(number, what, data[what], version)
        if departed:
            continue
        after = record(screener, *_again(data, screener, admissions), admissions)
        if after != line.rstrip("\n"):
            yield Departure(number, "ruling", data["ruling"], json.loads(after)["ruling"])


def _again(data: dict[str, Any], screener: Screener, admissions: AdmissionBook) -> tuple[Assignment, Ruling]:
    asked = dict(data["asked"])
    asked["date"] = date.fromisoformat(asked["date"])
    asked["funding"] = None if asked["funding"] is None else Decimal(asked["funding"])
    assignment = Assignment(**asked)
    return assignment, screener.screen(assignment, admissions)


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        data = json.loads(line)
        if set(data) == {"schema", "list", "admissions", "asked", "ruling"} and data["schema"] == SCHEMA:
            date.fromisoformat(data["asked"]["date"])
            return data  # type: ignore[no-any-return]
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    message = Text("不是裁定日志的一行", "not a line of a decision log")
    raise Problems(
        [
            Problem(
                "bad-log-line",
                message,
                Text("从备份恢复日志", "restore the log from its copy"),
                Place("", number),
            )
        ]
    )


def _plain(held: Admission) -> object:
    return plain(asdict(held))


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
