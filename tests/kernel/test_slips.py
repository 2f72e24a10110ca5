"""Slips in TOML: each is named at its place in both languages, with what to write; the parser's words come last."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.kernel.slips import Slip, toml_slip

SLIPS = {
    # keys
    "[facts.年龄]\n": ("年龄", "键“年龄”", '"年龄"'),
    "[facts.age年]\n": ("age年", "键“age年”", '"age年"'),
    "年龄 = 1\n": ("年龄", "键“年龄”", '"年龄"'),
    "a = { 年龄 = 1 }\n": ("年龄", "键“年龄”", '"年龄"'),
    "a年 = 1\n": ("a年", "键“a年”", '"a年"'),
    "x y = 1\n": ("y", "缺少 =", "键 = 值"),
    "a : 1\n": (":", "不用冒号", "="),
    'a = { "zh": "b" }\n': (":", "不用冒号", "="),
    'title "x"\n': ('"x"', "缺少 =", "键 = 值"),
    "// c\n": ("//", "既不是", "#"),
    "= 1\n": ("=", "既不是", "#"),
    "[a\n": ("\n", "没有以 ]", "]"),
    "[[a]\n": ("]\n", "没有以 ]]", "]]"),
    # full-width characters, each named
    "a = “x”\n": ("“", "“（U+201C）", '"'),
    'a = "x”\nb = 1\n': ("”", "”（U+201D）", '"'),
    "a = ‘x’\n": ("‘", "‘（U+2018）", "'"),
    "a ＝ 1\n": ("＝", "＝（U+FF1D）", "="),
    "a　= 1\n": ("　", "U+3000", " "),
    'a = ["x"，"y"]\n': ("，", "，（U+FF0C）", ","),
    'a = ["x"、"y"]\n': ("、", "、（U+3001）", ","),
    'a = { zh = "x"，en = "y" }\n': ("，", "，（U+FF0C）", ","),
    "［a］\n": ("［", "［（U+FF3B）", "["),
    "[facts.a】\n": ("】", "】（U+3011）", "]"),
    "a = １０\n": ("１", "１（U+FF11）", "1"),
    "a：1\n": ("：", "：（U+FF1A）", "="),
    # quotes
    'a = "x\nb = 1\n': ('"x', "引号没有结束", '"'),
    "a = 1\nb = 'x\nc = 2\n": ("'x", "引号没有结束", "'"),
    'a = """x\nb = 1\n': ('"""x', "引号没有结束", '"""'),
    'a = ["x", "y]\n': ('"y', "引号没有结束", '"'),
    'a = "C:\\dir"\n': (None, "反斜杠", "\\\\"),
    # values
    "a = heating allowance\n": ("heating", "“heating allowance”没有加引号", '"heating allowance"'),
    "a = 取暖补贴（示例）\n": ("取暖", "没有加引号", '"取暖补贴（示例）"'),
    "a = 300元\n": ("300元", "“300元”没有加引号", '"300元"'),
    "a = 0511\n": ("0511", "“0511”没有加引号", '"0511"'),
    "a = [\n 年,\n]\n": ("年", "“年”没有加引号", '"年"'),
    "a = 2026年1月1日\n": ("2026年", "不是 TOML 的日期", "2026-01-09"),
    "a = 2026-1-1\n": ("2026-1-1", "不是 TOML 的日期", "2026-01-09"),
    "a = 2026/01/01\n": ("2026/", "不是 TOML 的日期", "2026-01-09"),
    "a = [{ from = 2026年1月1日, value = 80 }]\n": ("2026年", "不是 TOML 的日期", "2026-01-09"),
    "a = 2026-02-30\n": ("2026-02-30", "没有这一天", "核对"),
    "a = yes\n": ("yes", "真假值", "true"),
    "a = 否\n": ("否", "真假值", "false"),
    "a = True\n": ("True", "真假值", "true"),
    "a = \n": (None, "没有值", "写上值"),
    "a =": (None, "没有值", "写上值"),
    'a = "x" y\n': ("y", "还有“y”", "#"),
    'a = ["x" "y"]\n': ('"y"', "[ ] 没有写完", "逗号"),
    'a = ["x"\nb = 1\n': ("b = 1", "[ ] 没有写完", "逗号"),
    "a = { x = 1\n}\n": ("\n}", "{ } 没有写完", "一行"),
    # twice
    "a = 1\n[b]\n[b]\n": ("[b]\n", "前面已经写过", "[[…]]"),
    "a = 1\na = 2\n": ("a = 2", "前面已经写过", "[[…]]"),
    "a = { x = 1, x = 2 }\n": ("a = {", "前面已经写过", "[[…]]"),
}


def slip(text: str) -> Slip:
    with pytest.raises((ValueError, RecursionError)) as caught:
        tomllib.loads(text)
    return toml_slip(text, caught.value)


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_named_where_it_is(text: str) -> None:
    """The commonest slips: where each stands, what is wrong, what to write, none of it in the parser's words."""
    at, wrong, right = SLIPS[text]
    found = slip(text)
    assert wrong in found.message.zh
    assert right in found.cure.zh
    assert found.message.en.isascii() or any(char in found.message.en for char in text if not char.isascii())
    assert found.cure.en
    for said in ("Invalid", "Expected", "Unclosed", "Cannot", "Illegal"):
        assert said not in found.message.zh + found.message.en
    if at is not None:
        assert text[found.at :].startswith(at), text[found.at :]


def test_what_is_none_of_them_is_told_in_the_words_of_the_parser() -> None:
    """Brackets too deep, a hexadecimal that is none: not understood, with the reason and the place."""
    assert "此处读不通" in slip(f"a = {'[' * 5_000}").message.zh
    found = slip("a = 1\nb = \x01\n")
    assert found.at > 0
    assert found.cure.zh


@given(st.text(alphabet="abA1 \t\n=[]{}\"'.,#:-年“”，＝：［］\\是", max_size=40))
def test_every_text_that_is_no_toml_has_a_slip_within_it(text: str) -> None:
    """Whatever is typed: a message and a cure in both languages, at a place of the text; nothing raises."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = toml_slip(text, error)
        assert 0 <= found.at <= len(text)
        assert all((found.message.zh, found.message.en, found.cure.zh, found.cure.en))
