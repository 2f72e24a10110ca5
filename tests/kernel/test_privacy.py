"""Masks keep little; the red lines of column names catch what must not be held and leave ordinary columns alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.kernel.privacy import (
    forbidden_header,
    mask,
    mask_bank,
    mask_name,
    mask_phone,
    mask_resident_id,
)

HEADERS = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
RED = [(subject, header) for subject, names in HEADERS["red"].items() for header in names.split()]


@pytest.mark.parametrize(("subject", "header"), RED)
def test_red_lines(subject: str, header: str) -> None:
    """A column that would hold what must not be held is named by its subject, in Chinese and in English."""
    found = forbidden_header(header)
    assert found is not None
    assert subject in found.en
    assert found.zh


@pytest.mark.parametrize("header", HEADERS["ordinary"]["headers"].split())
def test_ordinary_columns(header: str) -> None:
    """Ordinary columns pass, and so do words that merely contain a forbidden one."""
    assert forbidden_header(header) is None


@pytest.mark.parametrize(
    "header", ["身 份 证 号", "Phone Number", "risk level", "手机\n号码", "Face ID", "licence plate no."]
)
def test_spaces_in_headers(header: str) -> None:
    """Spaces and line breaks within a header do not hide it."""
    assert forbidden_header(header) is not None


@given(st.text(max_size=40))
def test_any_header_is_judged(header: str) -> None:
    """Judging a header never fails, and an empty one is harmless."""
    forbidden_header(header)
    assert forbidden_header("") is None


@given(st.text(max_size=60))
def test_masks_tell_one_character(text: str) -> None:
    """A masked text shows at most its first character, is never longer than twelve, and never the text itself."""
    masked = mask(text)
    assert len(masked) == min(len(text), 12)
    assert masked[1:] == "*" * (len(masked) - 1)
    assert masked[:1] in {text[:1], "*", ""}
    assert len(text) != 1 or masked == "*"
    assert masked.isprintable()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳小明", "欧阳**"),
        ("欧阳", "欧*"),
        ("司马光", "司马*"),
        ("张", "*"),
        ("", ""),
        ("Aili", "A***"),
    ],
)
def test_names(name: str, masked: str) -> None:
    """The surname stays, of one or two characters."""
    assert mask_name(name) == masked


def test_numbers() -> None:
    """A resident id shows its division, a mobile number its ends, an account its end; another shape one character."""
    number = "51168118000101001X"
    assert mask_resident_id(number) == "511681************"
    assert mask_resident_id(number, match_screen=True) == "511681********001X"
    assert mask_resident_id(number + "\n") == "5***********"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("0826-1234567") == "0***********"
    assert mask_bank("6222020200112233445") == "***************3445"
    assert mask_bank("123") == "1**"
