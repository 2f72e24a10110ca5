"""台账补充: what may be added to an entry besides its actions, and when not. A note moves no state and no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias, assert_never

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.ledger import events as ev
from huaying_governance.ledger.effects import REVIEW_DAYS
from huaying_governance.ledger.records import kind_of
from huaying_governance.ledger.state import is_open
from huaying_governance.ledger.terms import ARTICLE, DEFAULT
from huaying_governance.ledger.view import EntryView
from huaying_governance.text import Text

RENEWALS = 2
"""How often a hold may be renewed; a default of this library."""
OBSTACLES: Mapping[str, Text] = MappingProxyType(
    {
        "legal": Text("法律障碍", "legal"),
        "planning": Text("规划障碍", "planning"),
        "funds": Text("资金障碍", "funds"),
    }
)
RELATIONS: Mapping[str, Text] = MappingProxyType(
    {
        "child": Text("子事项", "child of"),
        "repeat": Text("重复件", "repeats"),
    }
)
ANSWERED = frozenset({"replied", "verified", "struck_off"})


def judge(view: EntryView, note: ev.Note) -> Ruling | None:
    """Return the ruling that refuses a note, None where nothing stands against it. Raises `Problems` if malformed."""
    if problems := tuple(_malformed(view, note)):
        raise Problems(problems)
    reasons = tuple(_reasons(view, note))
    if not reasons:
        return None
    grounds = tuple(Ground(text, code, basis) for code, text, _, basis in reasons)
    return Ruling("refused", grounds, remedies=tuple(Remedy(code, cure) for code, _, cure, _ in reasons))


def _malformed(view: EntryView, note: ev.Note) -> Iterator[Problem]:
    match note:
        case ev.Recorded():
            if kind_of(note.record) != view.kind:
                yield _bad("record", Text("不是本台账的内容", "belongs to another ledger"))
        case ev.ItemsAnswered():
            if not 0 <= note.answered <= note.asked:
                yield _bad("answered", Text("应在0与诉求项数之间", "is from 0 to the number asked"))
        case ev.CalledBack():
            if not note.reached and note.satisfied is not None:
                yield _bad("satisfied", Text("未联系到的人没有满意度", "is unknown of who was not reached"))
        case ev.Obstacle():
            if note.kind not in OBSTACLES or not note.interim_help.strip():
                yield _bad("kind", Text("须写明障碍和临时措施", "names an obstacle, with interim help"))
        case ev.Linked():
            if note.relation not in RELATIONS or note.target in ("", view.id):
                yield _bad("target", Text("须是另一条目", "is another entry"))
        case ev.CoHandled() | ev.FundsNoted() | ev.HoldReviewed() | ev.Informed():
            return
        case _:
            assert_never(note)


def _bad(field: str, message: Text) -> Problem:
    said = Text(f"`{field}`{message.zh}", f"`{field}` {message.en}")
    return Problem("bad-value", said, Text("改正该项", "mend it"))


Reason: TypeAlias = tuple[str, Text, Text, Citation]
"""Code, what is wrong, how to put it right, and the clause."""


def _reasons(view: EntryView, note: ev.Note) -> Iterator[Reason]:
    match note:
        case ev.CalledBack():
            yield from _call_back(view, note)
        case ev.HoldReviewed():
            yield from _hold_review(view, note)
        case ev.Informed():
            if view.live.state != "merged" and not view.dossier.repeats:
                yield _wrong_state(Text("不是并案或重复件", "the entry is neither merged nor a repeat"))
            if not note.evidence.strip():
                text = Text("没有附告知凭据", "no evidence is given")
                yield "no-evidence", text, Text("附上凭据编号", "give its reference"), DEFAULT
        case ev.CoHandled() | ev.Obstacle() | ev.Recorded() | ev.Linked():
            if not is_open(view.live):
                yield _wrong_state(Text("条目已办结", "the entry is closed"))
        case ev.ItemsAnswered() | ev.FundsNoted():
            return
        case _:
            assert_never(note)


def _call_back(view: EntryView, note: ev.CalledBack) -> Iterator[Reason]:
    if view.live.state not in ANSWERED:
        yield _wrong_state(Text("答复之后才能回访", "a call-back follows the reply"))
    if note.by in (view.live.handler, view.live.replied_by):
        text = Text("经办人或答复人不能自己回访", "who handled or answered the matter may not call back")
        yield "handler-cannot-verify", text, Text("由他人回访", "let somebody else call"), ARTICLE


def _hold_review(view: EntryView, note: ev.HoldReviewed) -> Iterator[Reason]:
    if view.live.state != "on_hold":
        yield _wrong_state(Text("没有挂账，无需复核", "the entry is not on hold"))
    if not note.reason.strip():
        text = Text("没有写明理由", "no reason is given")
        yield "no-reason", text, Text("写明理由", "give it"), DEFAULT
    day = note.at.date()
    if view.dossier.renewals >= RENEWALS or not day < note.next_by <= day + timedelta(days=REVIEW_DAYS):
        text = Text("超出挂账的次数或复核间隔", "beyond the renewals of a hold or the gap between reviews")
        yield "hold-limit", text, Text("恢复办理或提级", "resume it, or escalate it"), DEFAULT


def _wrong_state(text: Text) -> Reason:
    return "wrong-state", text, Text("先办到相应环节", "bring it to that point first"), DEFAULT
