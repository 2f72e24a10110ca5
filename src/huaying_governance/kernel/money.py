"""金额: exact yuan. Outside a `Decimal` of yuan with two places, inside an integer of fen; never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MAX_FEN = 10**18
"""Amounts stay below ten quadrillion yuan, so that fen fit a 64-bit integer everywhere."""
_YUAN = re.compile(r"[0-9]{1,16}(\.[0-9]{1,2})?")


def parse_yuan(text: str) -> Decimal:
    """Return the amount that `text` writes in yuan: digits, at most two decimals, not negative.

    Thousands commas are accepted (`10,000`) where they stand right. Raises `ValueError` with no copy of the text.
    """
    plain = text.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?", text) else text
    if not _YUAN.fullmatch(plain):
        raise ValueError("an amount is digits with at most two decimals, not negative, in yuan")
    return Decimal(plain).quantize(CENT)


def to_fen(yuan: Decimal) -> int:
    """Return `yuan` in fen; it must have at most two decimals."""
    fen = yuan * 100
    if fen != int(fen):
        raise ValueError("the amount has a part of a fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Return `fen` in yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def half_up(yuan: Decimal) -> Decimal:
    """Return `yuan` rounded half-up to the fen (四舍五入到分)."""
    return yuan.quantize(CENT, rounding=ROUND_HALF_UP)


def show_yuan(yuan: Decimal) -> str:
    """Return the amount with two decimals and no grouping, as tables hold it."""
    return f"{yuan:.2f}"
