"""Money is exact: yuan with two decimals outside, whole fen inside."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.kernel.money import MAX_FEN, from_fen, half_up, parse_yuan, show_yuan, to_fen

FEN = st.integers(0, MAX_FEN - 1)


@given(FEN)
def test_yuan_and_fen_are_one_amount(fen: int) -> None:
    """Every amount goes to yuan, to text and back without change, and has two decimals."""
    yuan = from_fen(fen)
    assert yuan * 100 == fen
    assert yuan.as_tuple().exponent == -2
    assert to_fen(yuan) == fen
    assert parse_yuan(show_yuan(yuan)) == yuan


@given(st.integers(0, 10**12))
def test_thousands_commas(fen: int) -> None:
    """Commas are read where they stand right."""
    yuan = from_fen(fen)
    assert parse_yuan(f"{yuan:,}") == yuan


@pytest.mark.parametrize(
    ("text", "yuan"), [("0", "0.00"), ("10000", "10000.00"), ("10,000.5", "10000.50"), ("007", "7.00")]
)
def test_amounts_are_read(text: str, yuan: str) -> None:
    """Digits with at most two decimals are an amount in yuan."""
    assert str(parse_yuan(text)) == yuan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1.005",
        "1.",
        ".5",
        "1e3",
        "１00",
        "1,00",
        "1,0000",
        ",100",
        "10,00.5",
        "NaN",
        "¥5",
        "5元",
        " 5",
        "5\n",
        "1" * 17,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    """Signs, exponents, thirds of a fen, misplaced commas, full-width digits and spaces are refused, unrepeated."""
    with pytest.raises(
        ValueError, match=r"^an amount is digits with at most two decimals, not negative, in yuan$"
    ):
        parse_yuan(text)


@given(st.decimals(Decimal(0), Decimal(10) ** 12, places=6))
def test_half_up(yuan: Decimal) -> None:
    """Half a fen goes up: the result is the whole fen nearest, the upper one between two."""
    exact = Fraction(yuan) * 100
    rounded = exact.numerator * 2 // exact.denominator + 1
    assert to_fen(half_up(yuan)) == rounded // 2


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        (10000, "833.33 2500.00 4166.67 5000.00 5833.33 9166.67 10000.00"),
        (3000, "250.00 750.00 1250.00 1500.00 1750.00 2750.00 3000.00"),
        (2000, "166.67 500.00 833.33 1000.00 1166.67 1833.33 2000.00"),
    ],
)
def test_prorated_amounts_of_the_domain(amount: int, shares: str) -> None:
    """Twelfths of the three amounts, rounded half-up, as in the domain's table T8."""
    found = [show_yuan(half_up(Decimal(amount) * months / 12)) for months in (1, 3, 5, 6, 7, 11, 12)]
    assert found == shares.split()


def test_a_part_of_a_fen_is_not_cut_off() -> None:
    """An amount with a part of a fen has no number of fen."""
    with pytest.raises(ValueError, match="part of a fen"):
        to_fen(Decimal("0.005"))
