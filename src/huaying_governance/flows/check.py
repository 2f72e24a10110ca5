"""检查: every problem of a policy file, a pack or a case folder, without judging anything; and proofs of policies."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.flows.case import CASE_FILE, read_case
from huaying_governance.flows.desk import Run
from huaying_governance.flows.run_case import against_store, check_tables, too_many
from huaying_governance.flows.unjudged import unjudged
from huaying_governance.packs import check_pack, load_pack, shipped_packs
from huaying_governance.proofs.statements import Proof, prove_stated
from huaying_governance.rules import check_policy, read_policy
from huaying_governance.storage import open_store
from huaying_governance.text import Text


def check_path(path: Path | str) -> tuple[Problem, ...]:
    """Return all problems of what lies at `path`: a policy file, a pack (folder or shipped name), a case folder."""
    place = Path(path)
    try:
        if (place / CASE_FILE).exists():
            return _check_case(place)
        if str(path) in shipped_packs() or (place / "pack.toml").exists():
            return check_pack(path)
        if place.is_dir() or not place.exists():
            return (_neither(path) if place.is_dir() else _nothing(path),)
        if place.suffix.lower() == ".toml":
            return check_policy(place)
    except Problems as error:
        return error.problems
    return (
        Problem(
            "not-checkable",
            Text("不是政策文件、政策包或案卷文件夹", "is no policy file, pack or case folder"),
            Text(
                "写明 .toml 政策文件、含 pack.toml 或 case.toml 的文件夹，或随库政策包名称",
                "name a .toml policy, a folder with pack.toml or case.toml, or a shipped pack",
            ),
            Place(str(path)),
        ),
    )


def _nothing(path: Path | str) -> Problem:
    message = Text(
        "没有这个文件或文件夹，也没有这个随附政策包",
        "there is no such file or folder, and no such shipped pack",
    )
    cure = Text("核对路径；随附政策包：{k}", "check the path; the shipped packs: {k}")
    return Problem("no-such-path", message, cure.fill(k=", ".join(shipped_packs())), Place(str(path)))


def _neither(path: Path | str) -> Problem:
    message = Text(
        "文件夹里既没有 case.toml，也没有 pack.toml", "the folder holds neither a case.toml nor a pack.toml"
    )
    cure = Text(
        "案卷写 case.toml，政策包写 pack.toml", "write a case.toml for a case, a pack.toml for a pack"
    )
    return Problem("neither-case-nor-pack", message, cure, Place(str(path)))


def prove_path(path: Path | str) -> tuple[Proof, ...]:
    """Prove what the policies at `path` state under `[[properties]]`: a policy file, a pack, a case folder's pack.

    Raises `MissingExtra` without the extra `prove`, and `Problems` for what `check_path` would find.
    """
    place = Path(path)
    if (place / CASE_FILE).exists():
        policies = read_case(place).pack.policies
    elif place.suffix.lower() == ".toml" and place.is_file():
        policies = (read_policy(place),)
    else:
        policies = load_pack(path).policies
    return tuple(proof for policy in policies for proof in prove_stated(policy))


def _check_case(folder: Path) -> tuple[Problem, ...]:
    """Return the problems of a case folder. What only a store could know is a warning: there may be one."""
    case, tables = check_tables(folder)
    with open_store("memory:") as empty:
        run = Run(case, tables, empty, "zh")
        unsure = [evolve(found, severity="warning") for found in tables.placed(against_store(run))]
    sure = too_many(tables).problems if tables.problems else ()
    return (*sure, *unsure, *unjudged(folder, tables))
