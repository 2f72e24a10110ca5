"""其余规则: what a pack states beside its registers and its list: policies, burdens, the rules of concepts.

Screening an assignment needs none of it, so that a shipped pack, which the project's own tests have checked, reads it
when it is first asked for; any other pack is read whole, and every fault is told at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.citation import Source
from huaying_governance.packs.burdens import BurdenRules, read_burden
from huaying_governance.packs.rules.conference import read_conference
from huaying_governance.packs.rules.elections import read_elections
from huaying_governance.packs.rules.employment import read_employment
from huaying_governance.packs.rules.neighbourhood import read_neighbourhood
from huaying_governance.packs.rules.participation import read_participation
from huaying_governance.packs.rules.party import read_party
from huaying_governance.packs.rules.stewardship import read_stewardship
from huaying_governance.packs.rules.vacancies import read_vacancies
from huaying_governance.rules import Policy, check_policy, read_policy
from huaying_governance.rules.shape import Report

ConceptReader = Callable[[Path, str, Mapping[str, Source], Report], object | None]
CONCEPTS: Mapping[str, ConceptReader] = MappingProxyType(
    {
        "conference": read_conference,
        "elections": read_elections,
        "employment": read_employment,
        "neighbourhood": read_neighbourhood,
        "participation": read_participation,
        "party": read_party,
        "stewardship": read_stewardship,
        "vacancies": read_vacancies,
    }
)
"""What a pack may state for a concept: `NAME.toml`, and who reads it. The value is kept by its type (`Pack.rules`)."""


@frozen
class Files:
    """文件: the files of a pack that hold the rest, with the names problems call them by; of one name, the last."""

    policies: tuple[Path, ...]
    named: Mapping[str, tuple[Path, str]]


@frozen
class Rest:
    """其余规则 of a pack, as read."""

    policies: tuple[Policy, ...]
    burden: BurdenRules | None
    concepts: Mapping[type, object]
    problems: tuple[Problem, ...] = ()


def read_rest(files: Files, sources: Mapping[str, Source]) -> Rest:
    """Read the rest of a pack, with every fault of it."""
    report = Report()
    policies = {policy.id: policy for policy in _policies(files.policies, report)}
    burden = None
    concepts: dict[type, object] = {}
    for name, (path, file) in files.named.items():
        if name == "burden":
            burden = read_burden(path, file, sources, report)
        elif name in CONCEPTS and (stated := CONCEPTS[name](path, file, sources, report)) is not None:
            concepts[type(stated)] = stated
    return Rest(tuple(policies.values()), burden, MappingProxyType(concepts), tuple(report.problems))


def _policies(paths: Iterable[Path], report: Report) -> Iterable[Policy]:
    for path in paths:
        if not _is_policy(path):
            continue
        found = check_policy(path)
        for problem in found:
            report.add(problem)
        if not any(fault.severity == "error" for fault in found):
            yield read_policy(path)


def _is_policy(path: Path) -> bool:
    """Whether a document is a policy, not a part that policies include; one that cannot be parsed is checked as one."""
    try:
        data: Mapping[str, object] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return True
    return "policy" in data
