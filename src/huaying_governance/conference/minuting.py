"""纪要条件: versions of the minutes, why they change, and who may confirm them."""

from __future__ import annotations

from huaying_governance.conference.meeting import (
    MeetingAct,
    MeetingStanding,
    MeetingTerms,
)
from huaying_governance.kernel.citation import Citation
from huaying_governance.procedure.table import Guard
from huaying_governance.procedure.usual import REASON, guard
from huaying_governance.text import Text


def _next_version(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.version == len(standing.minutes) + 1


def _has_text(_standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return bool(act.text.strip())


def _explained(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return not standing.minutes or bool(act.reason.strip())


def _last_version(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return act.version == len(standing.minutes)


def _not_drafter(standing: MeetingStanding, act: MeetingAct, _: MeetingTerms) -> bool:
    return not standing.minutes or act.actor != standing.minutes[-1].drafter


def _minuting(terms: MeetingTerms) -> Citation:
    return terms.rules.minuting


GUARDS: tuple[Guard[MeetingStanding, MeetingAct, MeetingTerms], ...] = (
    guard(
        "wrong-version",
        Text("纪要版本不符", "it is not the version that is due"),
        Text("起草用下一版本号，确认用最新版本号", "draft the next version, confirm the last"),
        _next_version,
    ),
    guard(
        "stale-version",
        Text("确认的不是最新版本", "it is not the last version"),
        Text("确认最新版本", "confirm the last"),
        _last_version,
        _minuting,
    ),
    guard(
        "no-text",
        Text("纪要没有内容", "the minutes are empty"),
        Text("写明纪要内容", "state their text"),
        _has_text,
    ),
    guard(
        "unexplained",
        Text("修改纪要没有写明理由", "why the minutes are changed is not said"),
        Text("写明理由", "give the reason"),
        _explained,
        _minuting,
    ),
    guard(
        "own-minutes",
        Text("起草人不能确认自己起草的纪要", "who drafted the minutes may not confirm them"),
        Text("由他人确认", "let another confirm them"),
        _not_drafter,
        _minuting,
    ),
    REASON,
)
