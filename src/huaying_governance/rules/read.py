"""Reading a policy (读取政策): load, resolve, check; all problems at once, or a policy that is ready."""

from __future__ import annotations

import os
from pathlib import Path

from huaying_governance.errors import Problem, Problems
from huaying_governance.rules.check import check_parts
from huaying_governance.rules.load import Gathered, gather, gather_text, load
from huaying_governance.rules.parts import Parts
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.resolve import resolve


def read_policy(path: str | os.PathLike[str]) -> Policy:
    """Return the policy of a file. Raises `Problems` with every error; warnings do not fail."""
    return policy_of(gather(Path(path)), Path(path))


def read_policy_text(text: str, *, name: str = "policy.toml", base: str | os.PathLike[str] = ".") -> Policy:
    """Return the policy that `text` writes; includes are relative to the folder `base`. Raises `Problems`."""
    return policy_of(gather_text(text, name, Path(base)), None)


def check_policy(path: str | os.PathLike[str]) -> tuple[Problem, ...]:
    """Return every error and warning of a policy file, in the order of the document."""
    return _checked(gather(Path(path)))[1]


def check_policy_text(
    text: str, *, name: str = "policy.toml", base: str | os.PathLike[str] = "."
) -> tuple[Problem, ...]:
    """Return every error and warning of the policy that `text` writes."""
    return _checked(gather_text(text, name, Path(base)))[1]


def policy_of(gathered: Gathered, path: Path | None) -> Policy:
    """Return the policy of gathered documents. Raises `Problems` with every error."""
    parts, problems = _checked(gathered)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or parts is None:
        raise Problems(errors)
    return Policy(parts, path)


def _checked(gathered: Gathered) -> tuple[Parts | None, tuple[Problem, ...]]:
    loaded = load(gathered)
    parts = resolve(loaded)
    if parts is not None:
        check_parts(parts, complete=not loaded.report.problems)
    return parts, loaded.report.in_order()
