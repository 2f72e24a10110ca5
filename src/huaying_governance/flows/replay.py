"""复算: run again what receipts were given for, and say of each that it came out the same, or what differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from huaying_governance.batch import replay as replay_batch
from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.flows.awards import receipts
from huaying_governance.flows.case import CASE_FILE
from huaying_governance.flows.receipts import KIND, no_receipt, read_receipts
from huaying_governance.flows.run_case import check_tables, too_many
from huaying_governance.packs import Pack, load_pack
from huaying_governance.rules import Policy, Receipt
from huaying_governance.rules.receipt import told
from huaying_governance.text import Lang, Text

PERSONS, SPELLS = "persons", "spells"
SUFFIXES = (".parquet", ".csv")
SAME = Text("{n} 份凭证，复算全部一致", "{n} receipts, all came out the same")
DIFFER = Text("{n} 份凭证，{d} 份不一致", "{n} receipts, {d} came out different")
EACH = Text("第 {n} 份（{p}）：{w}", "receipt {n} ({p}): {w}")
NO_CASE = Text("文件夹中没有 case.toml", "the folder has no case.toml")
NO_CASE_CURE = Text("给出原案卷文件夹", "name the case folder that was run")
NO_TABLE = Text(
    "文件夹中没有 persons.parquet 或 persons.csv", "the folder has no persons.parquet or persons.csv"
)
NO_TABLE_CURE = Text("给出放有原表的文件夹", "name the folder that holds the tables")


@frozen
class Replayed:
    """复算结果: how many receipts, and what differs of those that came out different, by their number in the file."""

    count: int
    different: tuple[tuple[int, str, Text], ...] = field(default=())

    @property
    def same(self) -> bool:
        """Whether every receipt came out the same."""
        return not self.different

    def say(self, lang: Lang = "zh") -> str:
        """Return one line for each receipt that came out different, then the count."""
        lines = [EACH.fill(n=number, p=policy, w=what).say(lang) for number, policy, what in self.different]
        whole = SAME if self.same else DIFFER
        return "\n".join([*lines, whole.fill(n=self.count, d=len(self.different)).say(lang)])


def replay(receipt: Path | str, data: Path | str, *, pack: str = "huaying") -> Replayed:
    """Run again what the receipts in the file `receipt` were given for.

    `data` is the case folder that was run, or, for the receipt of a batch, the folder of its tables; `pack` is then
    where its policy is. A policy that has changed since, an input or a result that differs are differences. Raises
    `Problems` for a file that holds no receipts and for tables that cannot be read.
    """
    path, folder = Path(receipt), Path(data)
    held = read_receipts(path)
    try:
        if held.get("kind") == KIND:
            return _awards(
                [(str(each["person"]), Receipt.of_dict(each)) for each in held["receipts"]], folder
            )
        return _batch(held, folder, load_pack(pack))
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        if isinstance(error, Problems):
            raise
        raise no_receipt(path) from error


def _awards(given: list[tuple[str, Receipt]], folder: Path) -> Replayed:
    if not (folder / CASE_FILE).exists():
        raise Problems([Problem("no-case", NO_CASE, NO_CASE_CURE, Place(str(folder)))])
    case, tables = check_tables(folder)
    if tables.problems:
        raise too_many(tables)
    policies = {policy.id: policy for policy in case.pack.policies if policy.kind == "subsidy"}
    again: dict[tuple[str, date], dict[str, Receipt]] = {}
    found: list[tuple[int, str, Text]] = []
    for number, (person, receipt) in enumerate(given, 1):
        policy = policies.get(receipt.policy)
        differ: tuple[str, ...] = ("policy",)
        if policy is not None:
            key = (policy.id, receipt.on)
            if key not in again:
                again[key] = dict(receipts(case, tables, policy, receipt.on))
            now = again[key].get(person)
            differ = ("inputs",) if now is None else receipt.differences(now)
        if differ:
            found.append((number, receipt.policy, told(differ)))
    return Replayed(len(given), tuple(found))


def _batch(held: dict[str, Any], folder: Path, pack: Pack) -> Replayed:
    from huaying_governance.batch.receipt import Receipt as BatchReceipt  # noqa: PLC0415 - loads SQLGlot

    receipt = BatchReceipt.of_dict(held)
    policy: Policy | None = next((each for each in pack.policies if each.id == receipt.policy), None)
    if policy is None:
        return Replayed(1, ((1, receipt.policy, told(("policy",))),))
    tables = {
        name: path
        for name in (PERSONS, SPELLS)
        for suffix in SUFFIXES
        if (path := folder / f"{name}{suffix}").exists()
    }
    if PERSONS not in tables:
        raise Problems([Problem("no-table", NO_TABLE, NO_TABLE_CURE, Place(str(folder)))])
    differ = replay_batch(receipt, policy, tables)
    same = told(()) == differ
    return Replayed(1, () if same else ((1, receipt.policy, differ),))
