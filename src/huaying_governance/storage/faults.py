"""存储的错误: the `StoreError`s that several stores raise, worded once."""

from __future__ import annotations

from huaying_governance.errors import StoreError
from huaying_governance.text import Text


def closed() -> StoreError:
    """Return the error of a store used after `close`."""
    return StoreError("closed", Text("存储已关闭", "the store is closed"), Text("重新打开", "open it again"))


def nested() -> StoreError:
    """Return the error of a batch inside a batch."""
    return StoreError(
        "nested",
        Text("批次之内不能再开批次", "a batch cannot hold another batch"),
        Text("在外层批次中直接写入", "write in the outer batch directly"),
    )


def broken_batch() -> StoreError:
    """Return the error of a batch that goes on after something in it failed."""
    return StoreError(
        "broken-batch",
        Text(
            "批次中已有一次写入失败，整批未写入",
            "a write in this batch has failed, and nothing of the batch is written",
        ),
        Text("排除原因后重做整批", "mend the cause and do the whole batch again"),
    )


def undeclared(kind: str) -> StoreError:
    """Return the error of a row kind that the store does not know."""
    return StoreError(
        "kind",
        Text("未声明的现状行种类 `{k}`", "row kind `{k}` is not declared").fill(k=kind[:40]),
        Text("先以 declare 声明", "declare it first"),
    )


def redeclared(kind: str) -> StoreError:
    """Return the error of a row kind declared in two ways."""
    return StoreError(
        "kind",
        Text("现状行种类 `{k}` 已按另一组键声明", "row kind `{k}` is declared with other keys").fill(k=kind),
        Text(
            "以 declare(…, replace=True) 重新声明，再由事件重建各行",
            "declare it with replace=True and rebuild its rows from the events",
        ),
    )
