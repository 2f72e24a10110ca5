"""办理记录: which case results were written from: its day, and what its files held; kept beside the results.

No clock is read and no file's age is trusted: a copied or restored folder is compared by what it holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from huaying_governance.tables.specs import INPUTS

RUN, CASE = "run.json", "case.toml"
_SUFFIXES = (".csv", ".xlsx")
_BLOCK = 1 << 20


def _frozen(files: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(files))


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


@frozen
class Origin:
    """办理来源: the day that a case was judged on, and the digests of its files by name."""

    on: date
    files: Mapping[str, str] = field(converter=_frozen, hash=False)

    @classmethod
    def of(cls, folder: Path, on: date) -> Origin:
        """Return what a case folder holds now: `case.toml`, and the tables that a run reads."""
        names = [CASE, *(f"{spec.name}{suffix}" for spec in INPUTS for suffix in _SUFFIXES)]
        return cls(on, {name: _digest(folder / name) for name in names if (folder / name).is_file()})

    def write(self, out: Path) -> None:
        """Write this beside the results: last of all, so that results of a run that was killed do not seem newer."""
        text = json.dumps({"on": self.on.isoformat(), "files": dict(self.files)}, indent=1, sort_keys=True)
        (out / RUN).write_text(f"{text}\n", "utf-8", newline="\n")

    def differs(self, other: Origin) -> tuple[str, ...]:
        """Return the files that hold something else, were added or are gone; `case.toml` only on the same day."""
        names = sorted({*self.files, *other.files} - ({CASE} if self.on != other.on else set()))
        return tuple(name for name in names if self.files.get(name) != other.files.get(name))


def origin_of(out: Path) -> Origin | None:
    """Return what results were written from; None where they do not say, or not legibly."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads((out / RUN).read_text("utf-8"))
        return Origin(
            date.fromisoformat(data["on"]), {str(name): str(held) for name, held in data["files"].items()}
        )
    return None
