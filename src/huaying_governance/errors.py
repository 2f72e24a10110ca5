"""What can go wrong (错误), as one tree.

    HuayingError
    ├── Problems            bad input: every fault at once, each with its place and its cure (a ValueError too)
    ├── Refused             a command the rules do not admit; carries the ruling that says why
    ├── Conflict            a lost race in a store: somebody else wrote first
    ├── ChainBroken         a store is not whole: the first broken place
    ├── StoreError          a store cannot be opened, read or written; `reason` is a code
    ├── CalendarNotLoaded   a day beyond the published working-day notices; never guessed
    ├── OutOfScope          a subject that this library deliberately does not hold
    └── MissingExtra        an optional part is not installed; names the extra

Readers of files collect `Problem`s and raise them together; deciders return rulings; exceptions are for bad
input, refused transitions and conflicts. No message repeats personal data: values in a problem are masked.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import field, frozen

from huaying_governance.text import Lang, Text, same

if TYPE_CHECKING:
    from datetime import date


_LEVELS = {"error": same(""), "warning": Text("警告：", "warning: "), "note": Text("提示：", "note: ")}


class HuayingError(Exception):
    """The root: catch this to catch everything the library raises on purpose."""


@frozen
class Place:
    """Where a problem is: a file or table, a line or row (from 1), a column name or number."""

    file: str = ""
    line: int | None = None
    column: str | int | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line is not None:
            parts.append(str(self.line))
        if self.column is not None:
            parts.append(str(self.column))
        return ":".join(parts)


@frozen
class Problem:
    """问题: one fault of the input: code, place, what is wrong, how to put it right.

    `value` is the offending value, already masked. `excerpt` is the text with a caret under the fault, for
    documents. A `warning` is shown and does not fail; a `note` is a warning of what is as it should be, and asks nobody
    to do anything.
    """

    code: str
    message: Text
    cure: Text
    place: Place = field(factory=Place)
    value: str = ""
    excerpt: str = ""
    severity: Literal["error", "warning", "note"] = "error"

    def say(self, lang: Lang = "zh") -> str:
        """Return one line `place: message (value)`, the excerpt where there is one, and the cure below."""
        where = f"{self.place}: " if str(self.place) else ""
        level = _LEVELS[self.severity].say(lang)
        shown = f" `{self.value}`" if self.value else ""
        line = f"{where}{level}{self.message.say(lang)}{shown} [{self.code}]"
        mend = Text("", "") if self.severity == "note" else Text("改法：", "to mend: ")
        cure = mend.say(lang) + self.cure.say(lang)
        excerpt = f"\n{self.excerpt}" if self.excerpt else ""
        return f"{line}{excerpt}\n    {cure}"


class Problems(HuayingError, ValueError):
    """Bad input. `problems` lists the faults found, in the order of the input; `more` counts those beyond the list."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.more = more
        super().__init__("\n".join(problem.say("en") for problem in self.problems))

    def say(self, lang: Lang = "zh") -> str:
        """Return all problems as text, one after the other."""
        return "\n".join(problem.say(lang) for problem in self.problems)


class Explains(Protocol):
    """What an error carries from the kernel above it: a ruling."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons, in order."""
        ...

    def explain(self, lang: Lang = "zh") -> str:
        """Return the readable explanation."""
        ...


class Refused(HuayingError):
    """拒绝: the rules do not admit the command. `ruling` carries all reasons, in order, and their clauses."""

    def __init__(self, ruling: Explains) -> None:
        self.ruling = ruling
        super().__init__(ruling.explain("en"))


class Conflict(HuayingError):
    """A lost race: the stream has moved on since it was read. Read it again and decide anew."""

    def __init__(self, stream: str, expected: int, actual: int | None = None) -> None:
        self.stream, self.expected, self.actual = stream, expected, actual
        found = "" if actual is None else f", found {actual}"
        super().__init__(
            f"stream `{stream}` has moved on (expected version {expected}{found}); read it again and retry"
        )


class ChainBroken(HuayingError):
    """完整性破坏: the first place where a store does not match its hash chain or its seal."""

    def __init__(self, stream: str, position: int, reason: Text) -> None:
        self.stream, self.position, self.reason = stream, position, reason
        super().__init__(f"stream `{stream}`, event {position}: {reason.en}")

    def say(self, lang: Lang = "zh") -> str:
        """Return the broken place and the reason in `lang`."""
        return (
            Text("流 `{s}` 第 {p} 条：{r}", "stream `{s}`, event {p}: {r}")
            .fill(s=self.stream, p=self.position, r=self.reason)
            .say(lang)
        )


class StoreError(HuayingError):
    """存储错误: a store cannot be opened, read or written. Nothing was half-written.

    `reason` is one of `url`, `missing`, `not-a-store`, `newer`, `older`, `unreachable`, `locked`, `read-only`, `full`,
    `input-output`, `damaged`, `raced`, `closed`, `nested`, `broken-batch`, `algorithm`, `kind`, `key`, `erased`.
    """

    def __init__(self, reason: str, message: Text, cure: Text) -> None:
        self.reason, self.message, self.cure = reason, message, cure
        super().__init__(f"{message.en}; {cure.en}")

    def say(self, lang: Lang = "zh") -> str:
        """Return what happened and what to do, in `lang`."""
        return Text("{m}；{c}", "{m}; {c}").fill(m=self.message, c=self.cure).say(lang)


class CalendarNotLoaded(HuayingError):
    """日历未覆盖: a working day was asked for beyond the notices that are loaded."""

    def __init__(self, day: date | None, covered: str) -> None:
        self.day = day
        self._told = Text(
            "{d}超出工作日历的范围（{c}）；请载入该年的国务院放假通知（见“日历”一页）",
            "{d} lies beyond the working-day calendar, which covers {c}; load the State Council notice of that year "
            "(see the how-to on calendars)",
        ).fill(d=day.isoformat() if day is not None else Text("所问的日期", "the day asked for"), c=covered)
        super().__init__(self._told.en)

    def say(self, lang: Lang = "zh") -> str:
        """Return what is not covered, and what to load, in `lang`."""
        return self._told.say(lang)


class OutOfScope(HuayingError):
    """不在范围: the subject is one that this library deliberately does not hold; says why and where it belongs."""

    def __init__(self, subject: Text, where: Text = same("")) -> None:
        self.subject, self.where = subject, where
        super().__init__(f"{subject.en} {where.en}".strip())


class MissingExtra(HuayingError):
    """An optional part is needed and not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        how = f"pip --python .venv install 'huaying-governance[{extra}]'"
        super().__init__(
            f"{purpose} needs the extra `{extra}`: {how} / 需要可选部分 `{extra}`，安装：{how}（.venv 为所用环境）"
        )


def system_reason(error: OSError) -> Text:
    """Return why the system does not let a file be read or written, in both languages."""
    known = _SYSTEM.get(error.errno or 0)
    return known[0] if known is not None else same(error.strerror or type(error).__name__)


def system_problem(error: OSError) -> Problem:
    """Return why the system does not let a file be read or written, and what to do, in both languages."""
    known = _SYSTEM.get(error.errno or 0)
    cure = known[1] if known is not None else _LOOK
    # What is written whole or not at all is written under another name first, which says nothing to the reader.
    path = re.sub(r"(^|[/\\])\.([^/\\]+)\.part$", r"\1\2", str(error.filename or ""))
    message = Text("文件无法读写：{w}", "cannot read or write: {w}").fill(w=system_reason(error))
    return Problem("no-access", message, cure, Place(path))


_LOOK = Text(
    "核对路径、读写权限和剩余空间", "check the path, the right to read and write there, and the space left"
)
_PERMIT = Text(
    "换一个可以读写的文件夹，或请管理员开通权限",
    "take a folder where you may read and write, or ask for the right",
)
_SYSTEM: Mapping[int, tuple[Text, Text]] = MappingProxyType(
    {
        errno.ENOENT: (
            Text("没有这个文件或文件夹", "there is no such file or folder"),
            Text("核对路径；要写入的文件夹须先建好", "check the path; make the folder to write to first"),
        ),
        errno.EACCES: (Text("没有权限", "permission denied"), _PERMIT),
        errno.EPERM: (Text("系统不允许", "not permitted"), _PERMIT),
        errno.EROFS: (Text("只能读，不能写", "can only be read"), _PERMIT),
        errno.EISDIR: (
            Text("是文件夹，不是文件", "is a folder, not a file"),
            Text("写文件的名称，不写文件夹", "name a file, not a folder"),
        ),
        errno.ENOTDIR: (
            Text("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
            Text("核对路径", "check the path"),
        ),
        errno.EEXIST: (
            Text("那里已有一个文件", "there is a file of this name already"),
            Text("另写一个文件夹名", "name another folder"),
        ),
        errno.ENOSPC: (
            Text("磁盘已满", "no space is left"),
            Text("腾出空间后重试", "make room and try again"),
        ),
        errno.ENAMETOOLONG: (
            Text("名称太长", "the name is too long"),
            Text("改用短一些的名称", "take a shorter one"),
        ),
    }
)
