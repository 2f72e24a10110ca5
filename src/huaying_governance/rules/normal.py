"""The version of a policy (政策版本): one digest over what it means, apart from words, places and order of keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import fields, has

WORDS = frozenset(
    {
        "at",
        "label",
        "titles",
        "options",
        "when_text",
        "amount_text",
        "enterprise_text",
        "limit_text",
        "counted_text",
        "title",
        "text",
        "address",
        "gathered",
        "proration_reads",
        "properties",
    }
)
"""Fields that can change without any decision changing."""


def normal(value: object) -> Any:
    """Return `value` as JSON data that is equal exactly where the meaning is."""
    if isinstance(value, Mapping):
        return {str(key): normal(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return [normal(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(normal(each) for each in value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    if has(kind):
        held = {
            each.name: normal(getattr(value, each.name)) for each in fields(kind) if each.name not in WORDS
        }
        return {"node": kind.__name__, **held}
    return value


def digest(value: object) -> str:
    """Return the sha256 of the normalised meaning of `value`."""
    data = json.dumps(normal(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()
