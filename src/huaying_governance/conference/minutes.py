"""会议纪要: versions, each bound to the one before by its digest, so that none can be rewritten after the fact."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from attrs import frozen


@frozen(kw_only=True)
class Minutes:
    """纪要: one version. `digest` covers the text, who drafted it and when, and the digest of the version before."""

    version: int
    text: str
    drafter: str
    at: datetime
    digest: str
    reason: str = ""


def _digest(before: str, meeting: str, version: int, text: str, drafter: str, at: datetime) -> str:
    fields = (before, meeting, str(version), drafter, at.isoformat(), text)
    told = "".join(f"{len(one)}:{one}" for one in fields)
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


def drafted(
    meeting: str, before: tuple[Minutes, ...], text: str, drafter: str, at: datetime, reason: str = ""
) -> Minutes:
    """Return the next version, bound to those before."""
    version, last = len(before) + 1, before[-1].digest if before else ""
    digest = _digest(last, meeting, version, text, drafter, at)
    return Minutes(version=version, text=text, drafter=drafter, at=at, digest=digest, reason=reason)


def broken(meeting: str, versions: Iterable[Minutes]) -> int | None:
    """Return the first version that does not follow from those before it, None where all do."""
    last = ""
    for place, one in enumerate(versions, 1):
        if one.version != place or one.digest != _digest(last, meeting, place, one.text, one.drafter, one.at):
            return place
        last = one.digest
    return None
