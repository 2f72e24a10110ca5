"""The four identifiers: against python-stdnum, against checks written otherwise, and fault by fault.

Where python-stdnum differs on purpose: it normalises before it reads, looks the division of a resident id up in a list
of counties, and takes only departments written as digits in a credit code. It knows neither organisation codes nor
division codes beyond that list.
"""

from __future__ import annotations

import string
from datetime import date, timedelta
from pathlib import Path

import pytest
import stdnum.cn
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from huaying_governance.errors import Problems
from huaying_governance.kernel.ids import (
    URBAN_RURAL_CLASSES,
    CreditCode,
    DivisionCode,
    OrganisationCode,
    ResidentId,
)
from huaying_governance.kernel.ids.credit import CATEGORIES
from huaying_governance.kernel.ids.number import Number

KINDS = (ResidentId, CreditCode, OrganisationCode, DivisionCode)
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BASE36 = string.digits + string.ascii_uppercase
DIGITS = st.text(string.digits, min_size=1, max_size=1)


def divisions() -> list[str]:
    """Return the 6-digit codes of python-stdnum's table: a province, then its counties on indented lines."""
    found, province = [], ""
    for line in Path(stdnum.cn.__file__).with_name("loc.dat").read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            found.append(province + line.split()[0])
        else:
            province = line.split()[0]
    return found


def faults(kind: type[Number], text: object) -> list[str]:
    """Return the codes of the faults, without the name of the identifier."""
    return [problem.code.removeprefix(f"{kind.CODE}-") for problem in kind.faults(text)]


def resident(body: str) -> str:
    """Complete 17 digits by ISO 7064: the whole number, X for ten, is 1 modulo 11 when read with weights 2^n."""
    for check in "0123456789X":
        digits = [10 if char == "X" else int(char) for char in body + check]
        if sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11 == 1:
            return body + check
    raise AssertionError


def credit(body: str) -> str:
    """Complete 17 characters: the weighted sum with the check, at weight 1, is 0 modulo 31."""
    total = sum(USCC.index(char) * 3**place for place, char in enumerate(body))
    return body + next(char for char in USCC if (total + USCC.index(char)) % 31 == 0)


def organisation(body: str) -> str:
    """Complete 8 characters: the weighted sum with the check, X for ten, at weight 1, is 0 modulo 11."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + next(check for value, check in enumerate("0123456789X") if (total + value) % 11 == 0)


BIRTHS = st.dates(date(1800, 1, 1), date(2100, 12, 31))
RESIDENTS = st.builds(
    lambda division, born, sequence: resident(f"{division:06}{born:%Y%m%d}{sequence:03}"),
    st.integers(0, 999999),
    BIRTHS,
    st.integers(0, 999),
)
CREDITS = st.builds(
    lambda head, division, body: credit(f"{head}{division:06}{body}"),
    st.text(USCC, min_size=2, max_size=2),
    st.integers(0, 999999),
    st.text(USCC, min_size=9, max_size=9),
)
ORGANISATIONS = st.text(BASE36, min_size=8, max_size=8).map(organisation)


# Resident id --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "sex", "born"),
    [
        ("51168118000101001X", "male", date(1800, 1, 1)),
        ("511681180001010028", "female", date(1800, 1, 1)),
        ("511681188808081237", "male", date(1888, 8, 8)),
        ("000000199001010018", "male", date(1990, 1, 1)),
        ("000000200811230018", "male", date(2008, 11, 23)),
        ("000000200811220020", "female", date(2008, 11, 22)),
    ],
)
def test_resident_ids_of_the_domain(number: str, sex: str, born: date) -> None:
    """The good values of the domain's table T1, none of which can belong to a living person."""
    found = ResidentId.parse(number)
    assert (found.value, found.sex, found.birth_date) == (number, sex, born)
    assert found.division == number[:6]
    assert found.sequence == number[14:17]


def test_ages_of_the_domain() -> None:
    """18 on 23 November 2026: born that day 18 years before, or the day before that."""
    on = date(2026, 11, 23)
    assert ResidentId("000000200811230018").age(on) == 18
    assert ResidentId("000000200811230018").age(on - timedelta(days=1)) == 17
    assert ResidentId("000000200811220020").age(on) == 18


@given(RESIDENTS)
def test_completed_resident_ids_are_good(number: str) -> None:
    """Every division, every day and every sequence, completed by the standard's own equation, is read."""
    found = ResidentId.parse(number)
    assert f"{found.division}{found.birth_date:%Y%m%d}{found.sequence}" == number[:17]
    assert (found.sex == "male") == (number[16] in "13579")


@given(RESIDENTS, st.integers(0, 17), DIGITS)
def test_one_wrong_character_is_caught(number: str, place: int, digit: str) -> None:
    """The check catches every single wrong character; that is what it is for."""
    wrong = number[:place] + digit + number[place + 1 :]
    assert ResidentId.is_valid(wrong) == (wrong == number)


@given(st.sampled_from(divisions()), BIRTHS, st.integers(0, 999), DIGITS | st.just("X"))
def test_resident_ids_agree_with_stdnum(division: str, born: date, sequence: int, check: str) -> None:
    """With a division that python-stdnum knows at the time of birth, both say the same of every check character."""
    number = f"{division}{born:%Y%m%d}{sequence:03}{check}"
    try:
        ric.get_birth_place(number)
    except ric.InvalidComponent:
        return
    assert ResidentId.is_valid(number) == ric.is_valid(number)


@given(st.text(string.digits, min_size=17, max_size=17))
def test_dates_in_resident_ids_agree_with_stdnum(body: str) -> None:
    """Whatever the digits, an impossible date is a fault even under a right check character."""
    number = resident(body)
    try:
        ric.get_birth_date(number)
    except ric.InvalidComponent:
        assert faults(ResidentId, number) == ["date"]
    else:
        assert ResidentId.is_valid(number)


# Credit code --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "department", "category", "inner"),
    [
        ("91350100M000100Y43", "工商（市场监管）", "企业", "M000100Y-4"),
        ("91000000MA0000007C", "工商（市场监管）", "企业", "MA000000-7"),
        ("91511681000000000Y", "工商（市场监管）", "企业", "00000000-0"),
        ("55511681000000000N", "民政", "村民委员会", "00000000-0"),
        ("525116810000000000", "民政", "民办非企业单位", "00000000-0"),
    ],
)
def test_credit_codes_of_the_domain(code: str, department: str, category: str, inner: str) -> None:
    """The good values of the domain's table T2; the check may be a letter other than X, and 0 for a remainder of 0."""
    found = CreditCode.parse(code)
    assert found.department is not None
    assert found.category is not None
    assert found.organisation_code is not None
    assert (found.department.zh, found.category.zh) == (department, category)
    assert found.organisation_code.hyphenated == inner
    assert found.division == code[2:8]


def test_a_credit_code_with_a_wrong_check() -> None:
    """The check of the domain's value is C, not D."""
    assert faults(CreditCode, "91000000MA0000007D") == ["check"]


@given(CREDITS)
def test_completed_credit_codes_are_good(code: str) -> None:
    """Any department, category and body, completed by the standard's own equation, is read; python-stdnum agrees."""
    found = CreditCode.parse(code)
    inner = code[8:17]
    assert (found.organisation_code is not None) == (inner == organisation(inner[:8]))
    assert (found.category is not None) == (code[:2] in CATEGORIES)
    assert uscc.is_valid(code) == (code[0] in string.digits and code[1] in string.digits)


@given(CREDITS, st.integers(0, 17), st.text(USCC, min_size=1, max_size=1))
def test_one_wrong_character_of_a_credit_code_is_caught(code: str, place: int, char: str) -> None:
    """31 is a prime: every single wrong character is caught."""
    wrong = code[:place] + char + code[place + 1 :]
    assert CreditCode.is_valid(wrong) == (wrong == code)


@given(
    st.text(USCC, min_size=18, max_size=18) | st.from_regex(r"[1-9][1-9][0-9]{6}[0-9A-Z]{10}", fullmatch=True)
)
def test_credit_codes_agree_with_stdnum(code: str) -> None:
    """On any 18 characters with digits in front, both say the same."""
    if code[:2].isdigit():
        assert CreditCode.is_valid(code) == uscc.is_valid(code)


# Organisation code --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["00000000-0", "MA000000-7", "TEST0000-X", "12345678-8"])
def test_organisation_codes_of_the_domain(code: str) -> None:
    """The values of the domain, with their hyphen and without, are one code."""
    found = OrganisationCode.parse(code)
    assert found.hyphenated == code
    assert found == OrganisationCode.parse(code.replace("-", ""))
    assert OrganisationCode.is_valid(code)


@given(ORGANISATIONS, st.sampled_from("0123456789X"))
def test_organisation_codes_have_one_check(code: str, check: str) -> None:
    """Of the eleven check characters exactly the one of the standard's equation is taken."""
    assert OrganisationCode.is_valid(code[:8] + check) == (code[8] == check)


@pytest.mark.parametrize("code", ["1234-56788", "12345678--8", "-123456788", "12345678 8", "12345678-8-"])
def test_a_hyphen_elsewhere(code: str) -> None:
    """The hyphen stands before the check or nowhere."""
    assert not OrganisationCode.is_valid(code)
    with pytest.raises(Problems):
        OrganisationCode.parse(code)


# Division code ------------------------------------------------------------------------------------------------

NAMES = {
    "510000": "四川省",
    "511600": "广安市",
    "511681": "华蓥市",
    "511681001": "双河街道",
    "511681001008": "西街社区",
}


def test_division_codes_of_the_domain() -> None:
    """The values of the domain's table T10: a community of a subdistrict, and one of an unknown township."""
    west = DivisionCode.parse("511681001008")
    assert west.path(NAMES) == ("四川省", "广安市", "华蓥市", "双河街道", "西街社区")
    assert (west.level, west.town_kind, west.community_kind) == (
        "community",
        "subdistrict",
        "residents_committee",
    )
    other = DivisionCode.parse("511681999200")
    assert other.path(NAMES) == ("四川省", "广安市", "华蓥市", None, None)
    assert (other.town_kind, other.community_kind) == (None, "villagers_committee")
    assert URBAN_RURAL_CLASSES["112"].zh == "城乡结合区"


def test_every_known_division_is_good() -> None:
    """Every code that python-stdnum's table has, in 6 and in 12 digits; in Hainan counties had no prefecture."""
    for code in divisions():
        short, long = DivisionCode.parse(code), DivisionCode.parse(code + "000000")
        assert short.full == long.full == long.value
        assert short.parts == long.parts
        assert list(short.parts.values())[-1] == code
        level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        assert short.level == level


@pytest.mark.parametrize(
    ("code", "level", "kind", "committee"),
    [
        ("511681099", "township", "subdistrict", None),
        ("511681100", "township", "town", None),
        ("511681200201", "community", "township", "villagers_committee"),
        ("511681399199", "community", "township", "residents_committee"),
        ("511681400400", "community", "enterprise", None),
        ("511681599399", "community", "enterprise", "villagers_committee"),
        ("511681600000", "township", None, None),
        ("441900003000", "township", "subdistrict", None),
        ("511681000000", "county", None, None),
    ],
)
def test_kinds_of_townships(code: str, level: str, kind: str | None, committee: str | None) -> None:
    """The second segment tells the kind of township and the third that of the committee; Dongguan has no counties."""
    found = DivisionCode.parse(code)
    assert (found.level, found.town_kind, found.community_kind) == (level, kind, committee)


def test_one_division_within_another() -> None:
    """A community lies within its township, county, prefecture and province, and within itself; not the other way."""
    community = DivisionCode("511681001008")
    for outer in ("510000", "511600", "511681", "511681000000", "511681001", "511681001008"):
        assert community.within(DivisionCode(outer))
    assert not DivisionCode("511681").within(community)
    assert not community.within(DivisionCode("511681101"))


# Faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        (ResidentId, "511681180002290017", ["date"]),
        (ResidentId, "511681180001010011", ["check"]),
        (ResidentId, "511681180002290018", ["date", "check"]),
        (ResidentId, "511681180001010000", ["check"]),
        (ResidentId, "511681000000000000", ["date", "check"]),
        (ResidentId, "511681800101001", ["length"]),
        (ResidentId, "", ["length"]),
        (ResidentId, "51168118000101001x", ["characters"]),
        (ResidentId, "5116811800010100１X", ["characters"]),
        (ResidentId, "51168118000101001X\n", ["length", "characters"]),
        (ResidentId, "511681 18000101001X", ["length", "characters"]),
        (ResidentId, "5116811800010100OX", ["characters"]),
        (ResidentId, "X1168118000101001X", ["characters"]),
        (ResidentId, "٥١١٦٨١١٨٠٠٠١٠١٠٠١٠", ["characters"]),
        (ResidentId, "5.11681E+17", ["spreadsheet"]),
        (ResidentId, "511681180001010048.0", ["spreadsheet"]),
        (ResidentId, 511681180001010048, ["not-text"]),
        (ResidentId, None, ["not-text"]),
        (CreditCode, "91350100M000100Y4I", ["characters"]),
        (CreditCode, "9135010OM000100Y43", ["characters"]),
        (CreditCode, "91350100m000100Y43", ["characters"]),
        (CreditCode, "91350100M000100Y4", ["length"]),
        (OrganisationCode, "12345678-9", ["check"]),
        (OrganisationCode, "１2345678-8", ["characters"]),
        (OrganisationCode, "12345678-88", ["length"]),
        (DivisionCode, "000000", ["province"]),
        (DivisionCode, "991681", ["province"]),
        (DivisionCode, "510000001", ["levels"]),
        (DivisionCode, "511681000008", ["levels"]),
        (DivisionCode, "5116", ["length"]),
        (DivisionCode, "511681\n", ["length", "characters"]),
    ],
)
def test_faults(kind: type[Number], text: object, codes: list[str]) -> None:
    """Each fault has its code; `is_valid` is False, and the constructor refuses as `parse` does."""
    given_text = text.replace("-", "", 1) if kind is OrganisationCode and isinstance(text, str) else text
    assert faults(kind, given_text) == codes
    assert not kind.is_valid(text)
    for build in (kind.parse, kind):
        if isinstance(text, str):
            with pytest.raises(Problems):
                build(text)


def test_messages_are_exact() -> None:
    """Messages name the identifier, the place and the cure, in both languages."""
    (problem,) = ResidentId.faults("5116811800010100１X")
    assert problem.message.zh == "第 17 位是全角字符"
    assert problem.message.en == "character 17 is full-width"
    (problem,) = ResidentId.faults("511681180002290017")
    assert problem.message.zh == "公民身份号码中的出生日期不存在"
    assert problem.message.en == "the birth date in this resident id number does not exist"
    (problem,) = ResidentId.faults("511681180001010000")
    assert "000" in problem.message.zh
    (problem,) = CreditCode.faults("91350100M000100Y4")
    assert problem.message.zh == "统一社会信用代码应为 18 位，现为 17 位"
    (problem,) = DivisionCode.faults("5116")
    assert problem.message.en == "a division code has 6 or 9 or 12 characters, this has 4"
    assert problem.cure.zh


GOOD = ("51168118000101001X", "91350100M000100Y43", "123456788", "511681001008")


@pytest.mark.parametrize(("kind", "text"), list(zip(KINDS, GOOD, strict=True)))
def test_nothing_shows_the_whole_number(kind: type[Number], text: str) -> None:
    """Neither repr, text, nor a problem holds the number; `value` does. Equal numbers are equal and hash alike."""
    found = kind.parse(text)
    assert text not in repr(found) + str(found) + f"{found}"
    assert found.value == text
    assert {found, kind(text)} == {found}
    wrong = text[:-1] + "ΩΩ"
    with pytest.raises(Problems) as caught:
        kind.parse(wrong)
    assert text[:4] not in caught.value.say("zh") + str(caught.value)


@given(st.text(max_size=20) | st.text("0123456789X-Xx１ \n", max_size=20), st.sampled_from(KINDS))
def test_any_text_is_judged(text: str, kind: type[Number]) -> None:
    """Whatever the text, there is an answer, and `parse` agrees with `is_valid`."""
    if kind.is_valid(text):
        kind.parse(text)
    else:
        with pytest.raises(Problems):
            kind.parse(text)


@pytest.mark.parametrize("kind", KINDS)
def test_strictness_around_a_good_number(kind: type[Number]) -> None:
    """A space, a newline, a zero-width mark or a byte order mark before or after a good number makes it a bad one."""
    good = GOOD[KINDS.index(kind)]
    for odd in (" ", "\n", "\t", "\u200b", "\ufeff", "\u3000", "\x00"):
        assert not kind.is_valid(good + odd)
        assert not kind.is_valid(odd + good)
    full_width = good.translate({ord(char): ord(char) + 0xFEE0 for char in good})
    assert not kind.is_valid(full_width)
