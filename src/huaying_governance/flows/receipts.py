"""凭证文件: the receipts of a run or of a batch in a JSON file, as one list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.text import Text

KIND = "huaying-receipts"
NO_RECEIPT = Text("不是凭证文件", "is no file of receipts")
CURE = Text(
    "用 huaying run --receipts 写出的文件，或批量裁定凭证的 to_dict 所成的 JSON",
    "use what `huaying run --receipts` writes, or the JSON of a batch receipt's `to_dict`",
)


def write_receipts(path: Path, receipts: Iterable[Mapping[str, object]]) -> None:
    """Write receipts to `path`, whole or not at all, one after the other."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f'{{"kind": "{KIND}", "receipts": [')
            for number, receipt in enumerate(receipts):
                said = json.dumps(receipt, ensure_ascii=False, sort_keys=True)
                file.write(f"{',' if number else ''}\n{said}")
            file.write("\n]}\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_receipts(path: Path) -> dict[str, Any]:
    """Return the JSON of a file of receipts. Raises `Problems` for anything else."""
    try:
        data: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise no_receipt(path)
    return cast("dict[str, Any]", data)


def no_receipt(path: Path) -> Problems:
    """Return the error of a file that holds no receipts."""
    return Problems([Problem("not-a-receipt", NO_RECEIPT, CURE, Place(str(path)))])
