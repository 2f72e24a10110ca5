"""规范 JSON: the one way in which data become stored bytes, and back.

Canonical here: object keys sorted by code point and ASCII only, no white space, UTF-8 with Chinese text as itself, no
floats, whole numbers within ±(2^53 - 1), at most 32 levels. Those are the points on which canonicalisers of other
languages disagree; what is left they agree on. Hashes cover the stored bytes, never a second serialisation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32


def _mapping(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError  # not reached: `_plain` has looked at every value


_encode = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_mapping,
).encode
_decode = json.JSONDecoder().decode


def encode(data: Mapping[str, Json]) -> bytes:
    """Return the canonical bytes of `data`.

    Raises `ValueError`, naming the place but not the value, for what JSON readers do not agree on: floats, keys that
    are not ASCII text, large integers, half characters; and for dates and decimals, which go in as text.
    """
    if not isinstance(data, Mapping) or not _plain(data, MAX_DEPTH):
        raise ValueError(_fault(data, "data", MAX_DEPTH))
    try:
        return _encode(data).encode()
    except UnicodeEncodeError:
        raise ValueError("data: text holds half of a surrogate pair, which is no character") from None


def decode(payload: bytes) -> dict[str, Json]:
    """Return the data that stored bytes hold."""
    data: dict[str, Json] = _decode(payload.decode())
    return data


def _plain(value: object, depth: int) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER  # type: ignore[operator]
    if depth == 0:
        return False
    if isinstance(value, Mapping):
        for key, inner in value.items():
            # Most fields are text: the look here saves a call for each of them.
            if (
                type(key) is not str
                or not key.isascii()
                or (type(inner) is not str and not _plain(inner, depth - 1))
            ):
                return False
        return True
    if isinstance(value, list | tuple):
        return all(_plain(inner, depth - 1) for inner in value)
    return False


def _fault(value: object, path: str, depth: int) -> str:
    """Return what is wrong at the first place that `_plain` refused."""
    if isinstance(value, Mapping) and depth:
        for key, inner in value.items():
            if type(key) is not str or not key.isascii():
                return f"{path}: a key is ASCII text"
            if not _plain(inner, depth - 1):
                return _fault(inner, f"{path}.{key}", depth - 1)
    if isinstance(value, list | tuple) and depth:
        for index, inner in enumerate(value):
            if not _plain(inner, depth - 1):
                return _fault(inner, f"{path}[{index}]", depth - 1)
    if isinstance(value, Mapping | list | tuple):
        return f"{path}: nested more than {MAX_DEPTH} levels deep"
    if type(value) is int:
        return f"{path}: a whole number beyond ±(2^53 - 1); store it as text"
    return f"{path}: a {type(value).__name__} is no plain JSON value; store dates and decimals as text"
