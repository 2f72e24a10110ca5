"""Coverage-guided fuzzing of the policy language, for long runs: `python benchmarks/rules/fuzz.py expression`.

Targets: `expression` (a text into a rule's condition), `document` (bytes as a policy document), `damage` (the shipped
policy with bytes changed). Needs atheris; further arguments go to libFuzzer (`-max_total_time=3600`, a corpus folder).
Whatever the input, reading ends in a policy or in problems that can be said; anything else is a finding. The gate
runs the same targets shortly with hypothesis (tests/rules/test_hostile.py).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["huaying_governance.rules"]):
    import huaying_governance
    from huaying_governance.rules import check_policy_text

FOLDER = Path(huaying_governance.__file__).parent / "packs" / "huaying" / "policies"
SHIPPED = (FOLDER / "zone-employment.toml").read_text(encoding="utf-8")
CONDITION = "in_zone and education == 'postgraduate'"
SECONDS = 2.0


def judge(text: str) -> None:
    start = time.process_time()
    for problem in check_policy_text(text, base=FOLDER):
        problem.say("zh")
        problem.say("en")
    if time.process_time() - start > SECONDS:
        raise TimeoutError("reading took too long")


def expression(data: bytes) -> None:
    text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(4_000)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    plain = "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped)
    judge(SHIPPED.replace(CONDITION, plain))


def document(data: bytes) -> None:
    judge(data.decode("utf-8", "replace"))


def damage(data: bytes) -> None:
    source = atheris.FuzzedDataProvider(data)
    at, length = source.ConsumeIntInRange(0, len(SHIPPED)), source.ConsumeIntInRange(0, 60)
    judge(SHIPPED[:at] + source.ConsumeUnicodeNoSurrogates(60) + SHIPPED[at + length :])


TARGETS: dict[str, Callable[[bytes], None]] = {
    "expression": expression,
    "document": document,
    "damage": damage,
}

if __name__ == "__main__":
    chosen = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, chosen)
    atheris.Fuzz()
