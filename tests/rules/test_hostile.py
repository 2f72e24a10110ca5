"""Hostile text is refused in bounded time and memory, as a problem with a place, never as a traceback."""

from __future__ import annotations

import resource
import string
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.errors import Problems
from huaying_governance.rules import check_policy_text, read_policy_text
from huaying_governance.rules.parse import parse
from huaying_governance.rules.tokens import SyntaxFault

from .help import rule, subsidy

HOSTILE = {
    "attribute": "p.__class__",
    "attribute of attribute": "r.p.__class__.__mro__",
    "subscript": "a[0]",
    "call of another function": "open('/etc/passwd')",
    "call of a method": "c.upper()",
    "call of a call": "max(a, b)(a)",
    "f-string": "f'{a}' == 'x'",
    "lambda": "(lambda: true)()",
    "comprehension": "[a for a in b]",
    "generator": "max(a for a in b)",
    "walrus": "(a := 5) > 3",
    "starred": "max(*b)",
    "double starred": "max(**b)",
    "power": "9 ** 9 ** 9 > a",
    "shift": "1 << 999999999 > a",
    "text arithmetic": "'x' * 999999999 == c",
    "text sum": "'x' + 'y' == c",
    "modulo": "a % 2 == 1",
    "floor division": "a // 2 == 1",
    "bits": "a | b > 1",
    "matrix": "a @ b",
    "full-width name": "ａ > 1",
    "full-width operator": "a ＞ 1",
    "full-width quotes": "c == ‘x’",
    "bidirectional": "a > 1 \u202e",
    "zero width": "a\u200b > 1",
    "look-alike letter": "\u0430 > 1",
    "parentheses": "(" * 100_000 + "a > 1" + ")" * 100_000,
    "nots": "not " * 50_000 + "p",
    "minuses": "-" * 50_000 + "a > 1",
    "ifs": "p if p else " * 20_000 + "p",
    "ands": "p and " * 50_000 + "p",
    "long number": "a > " + "9" * 5_000,
    "long decimals": "a > 0." + "9" * 5_000,
    "huge literal": "c == '" + "x" * 5_000_000 + "'",
    "exponent": "a > 1e400",
    "hexadecimal": "a > 0xffff",
    "underscores": "a > 1_000",
    "infinity": "a > inf",
    "not a number": "a > nan",
    "complex": "a > 1j",
    "two statements": "p; q",
    "assignment": "a = 1",
    "import": "import os",
    "dunder import": "__import__('os').system('true')",
    "null byte": "a > 1\0",
    "empty": "",
    "blank": " ",
    "comment": "p # q",
    "bytes": "b'x' == c",
    "none": "p is None",
    "ellipsis": "...",
    "set": "{a}",
    "dictionary": "{'a': 1}",
    "slice": "a[1:2]",
    "await": "await p",
    "yield": "(yield p)",
    "backslash": "p and \\\n q",
    "unclosed": "c == 'x",
    "escape": "c == '\\x41'",
    "tuple": "a, b",
    "empty list": "c in []",
    "surrogate-like": "c == '\ud7ff\ue000'",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_expressions_are_refused(text):
    """Each is refused with its place, in processor time far below a second and little memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    document = subsidy(rule("one", "PLACE")).replace('"PLACE"', _quoted(text))
    tracemalloc.start()
    problems = check_policy_text(document)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    errors = [problem for problem in problems if problem.severity == "error"]
    assert errors
    assert all(problem.place.line for problem in errors if problem.code != "document-too-large")
    assert len("\n".join(problem.say("zh") for problem in problems)) < 20_000
    assert peak < 60_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2


def _quoted(text: str) -> str:
    """Return `text` as a TOML string; characters that TOML cannot hold raw are escaped."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\0", "\\u0000")
    return f'"{plain}"'


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_never_parses_to_something_else(text):
    """The parser alone raises its own fault or hands on a bounded tree; nothing else escapes from it."""
    fault = _fault(text)
    if fault is not None:
        assert 0 <= fault.start < fault.end <= len(text) + 1


def _fault(text: str) -> SyntaxFault | None:
    try:
        parse(text)
    except SyntaxFault as fault:
        return fault
    return None


DOCUMENTS = {
    "dotted key": ".".join(["a"] * 20_000) + " = 1",
    "dotted header": "[" + ".".join(["a"] * 20_000) + "]",
    "quoted dotted key": ".".join(['"a"'] * 20_000) + " = 1",
    "spaced dotted key": " . ".join(["a"] * 20_000) + " = 1",
    "brackets": "a = " + "[" * 5_000 + "]" * 5_000,
    "open brackets": "a = " + "[" * 5_000,
    "braces": "a = " + "{ b = " * 5_000 + "1" + " }" * 5_000,
    "large": "# " + "x" * 6_000_000,
    "large number": "a = " + "9" * 100_000,
    "unclosed text": 'a = """' + "x" * 100_000,
    "many quotes": 'a = "' * 20_000,
    "null": "a = 1\0",
    "control": 'a = "\x01"',
    "bidirectional": '# \u202e"',
    "odd header": "[[" * 5_000,
    "garbage": "}{][" * 10_000,
    "empty": "",
    "only spaces": " " * 100_000,
    "many tables": "\n".join(f"[t{number}]" for number in range(20_000)),
    "many keys": "\n".join(f"k{number} = {number}" for number in range(20_000)),
    "bad after confusion": "x y\n" + ".".join(["a"] * 20_000) + " = 1",
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_hostile_documents_are_refused(text):
    """Documents that would keep a TOML parser busy, or overflow it, are refused before they reach it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    problems = check_policy_text(text)
    assert any(problem.severity == "error" for problem in problems)
    assert len(problems) <= 200
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2


@pytest.mark.parametrize(
    "value",
    [
        "inf",
        "-inf",
        "nan",
        "1.5",
        "1e400",
        "0x10",
        "true",
        "12:00:00",
        "2026-01-01",
        '"1e3"',
        '"inf"',
        '"NaN"',
        '"１２"',
        '"12.1234567"',
        '" 12"',
    ],
)
def test_only_exact_decimals_are_money(value):
    """An amount is an integer or a quoted plain decimal: floats, inf, nan and other spellings are refused."""
    document = subsidy(
        '[parameters.k]\nlabel = "k"\nunit = "CNY"\n'
        f'values = [{{ from = 2020-01-01, value = {value}, source = "notice" }}]',
        rule("one", "p", "k"),
    )
    if value == "0x10":
        read_policy_text(document)
        return
    codes = {problem.code for problem in check_policy_text(document)}
    assert codes & {"float", "bad-number", "wrong-type"}


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_refused(text):
    """Whatever the expression, the answer is a tree or a fault."""
    fault = _fault(text)
    assert fault is None or fault.start <= fault.end


TOKENS = [
    "p",
    "a",
    "r",
    "r.p",
    "c",
    "'x'",
    "1",
    "2.5",
    "and",
    "or",
    "not",
    "in",
    "if",
    "else",
    "(",
    ")",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "/",
    "<",
    "==",
    "max(",
    "date('2026-01-01')",
    "on",
    ".",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=30).map(" ".join))
def test_any_tokens_are_read_or_refused(text):
    """Whatever the tokens, a policy is read or its problems are listed, and those can be said."""
    problems = Problems(
        check_policy_text(subsidy(rule("one", "PLACE")).replace("PLACE", text.replace('"', "")))
    )
    assert bool(problems.problems) == bool(problems.say("zh")) == bool(problems.say("en"))


@given(st.text(alphabet=string.printable + "政策年\u3000＞", max_size=300))
def test_any_document_is_read_or_refused(text):
    """Whatever the document, its problems are listed."""
    assert check_policy_text(text)


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.text(alphabet="\"'[]{}=.,#\n 0a-x\\", max_size=6))
def test_any_damage_to_a_policy_is_read_or_refused(at, length, instead):
    """A good policy with a piece cut out or put in is read or refused, never a traceback."""
    document = subsidy(rule("one", "p and r.p"))
    damaged = document[:at] + instead + document[at + length % 40 :]
    for problem in check_policy_text(damaged):
        assert problem.message.zh
        assert problem.place.file == "policy.toml"
