"""Put the facts of a case in the place of the symbols that stand for them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3

from huaying_governance.proofs.encode import Day, Symbols


def given(symbols: Symbols, facts: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return what stands for each symbol."""
    found: list[tuple[Any, Any]] = []
    for relation, there in symbols.exists.items():
        found.append((there, z3.BoolVal(facts.get(relation) is not None)))
    for path, held in symbols.facts.items():
        relation, _, name = path.rpartition(".")
        value = facts[name] if not relation else (facts[relation] or facts)[name]
        if isinstance(held, Day):
            found += [
                (held.year, z3.IntVal(value.year)),
                (held.month, z3.IntVal(value.month)),
                (held.day, z3.IntVal(value.day)),
            ]
        elif isinstance(value, bool):
            found.append((held, z3.BoolVal(value)))
        elif isinstance(value, str):
            found.append((held, z3.IntVal(symbols.word(value))))
        elif symbols.kinds[path].kind == "decimal":
            found.append((z3.Int(path), z3.IntVal(int(Fraction(value) * 10**6))))
        else:
            found.append((held, z3.IntVal(value)))
    return found
