"""规范 JSON: the one way in which data become stored bytes, and back.

Canonical here: object keys sorted by code point and ASCII only, no white space, UTF-8 with Chinese text as itself, no
floats, whole numbers within ±(2^53 - 1), at most 32 levels. Those are the points on which canonicalisers of other
languages disagree; what is left they agree on. Hashes cover the stored bytes, never a second serialisation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from json.scanner import make_scanner
from typing import Any, TypeAlias, cast

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32


# What `json` itself writes text with; the rest is written here, checked and ordered in the same pass.
_text = json.encoder.encode_basestring
_decoder = json.JSONDecoder()
# What the decoder itself calls, without the call in between: stored data are read by the million.
_scan = make_scanner(cast("Any", _decoder))
_WORDS = {None: "null", True: "true", False: "false"}


def encode(data: Mapping[str, Json]) -> bytes:
    """Return the canonical bytes of `data`.

    Raises `ValueError`, naming the place but not the value, for what JSON readers do not agree on: floats, keys that
    are not ASCII text, large integers, half characters; and for dates and decimals, which go in as text.
    """
    try:
        return _mapping(data, MAX_DEPTH).encode()
    except UnicodeEncodeError:
        raise ValueError("data: text holds half of a surrogate pair, which is no character") from None
    except _NotPlainError as fault:
        raise ValueError(f"data{fault.path}: {fault.what}") from None


def decode(payload: bytes) -> dict[str, Json]:
    """Return the data that stored bytes hold."""
    text = payload.decode()
    try:
        data: dict[str, Json] = _scan(text, 0)[0]
    except StopIteration:
        data = _decoder.raw_decode(text)[0]  # raises, saying where
    return data


class _NotPlainError(Exception):
    """What is wrong, and the path to it, which grows on the way out."""

    def __init__(self, what: str) -> None:
        self.what, self.path = what, ""


def _mapping(data: Mapping[str, Json], depth: int) -> str:
    if not isinstance(data, Mapping):
        raise _NotPlainError(_refusal(data))
    parts: list[str] = []
    for key in _ordered(data):
        value = data[key]
        # Most values are text: the look here saves a call for each of them.
        if type(value) is str:
            parts.append(f"{_text(key)}:{_text(value)}")
        else:
            parts.append(f"{_text(key)}:{_inside(value, depth - 1, f'.{key}')}")
    return f"{{{','.join(parts)}}}"


def _ordered(data: Mapping[str, Json]) -> list[str]:
    for key in data:
        if type(key) is not str or not key.isascii():
            raise _NotPlainError("a key is ASCII text")
    return sorted(data)


def _inside(value: Json, depth: int, place: str) -> str:
    try:
        return _value(value, depth)
    except _NotPlainError as fault:
        fault.path = place + fault.path
        raise


def _value(value: Json, depth: int) -> str:
    kind = type(value)
    if kind is str:
        return _text(value)  # type: ignore[arg-type]
    if kind is int and -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
        return str(value)
    if kind is bool or value is None:
        return _WORDS[value]  # type: ignore[index]
    if depth == 0:
        raise _NotPlainError(f"nested more than {MAX_DEPTH} levels deep")
    if kind is list or kind is tuple:
        inner = [_inside(each, depth - 1, f"[{number}]") for number, each in enumerate(value)]  # type: ignore[arg-type]
        return f"[{','.join(inner)}]"
    return _mapping(value, depth)  # type: ignore[arg-type]


def _refusal(value: object) -> str:
    if type(value) is int:
        return "a whole number beyond ±(2^53 - 1); store it as text"
    return f"a {type(value).__name__} is no plain JSON value; store dates and decimals as text"
