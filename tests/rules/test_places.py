"""Places: the scan finds every key and value that the TOML parser finds, where it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.rules import check_policy_text
from huaying_governance.rules.scan import inner_offsets, scan
from huaying_governance.rules.source import SourceText

from .help import PACK, rule, subsidy

KEYS = st.text(alphabet="abz_-09", min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(
        st.integers(-5, 5), st.booleans(), st.text(alphabet="ab\"'\\\n#[]{}=,政 ", max_size=8), st.dates()
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def _paths(value, path=()):
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _paths(inner, (*path, number))


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.booleans())
def test_every_path_has_its_place(data, multiline):
    """Whatever the document, the scan knows the place of every key and value, and the text there is the value."""
    text = tomli_w.dumps(data, multiline_strings=multiline)
    found = scan(text)
    assert found.stop is None
    assert found.lost is None
    for path, value in _paths(tomllib.loads(text)):
        spot = found.spots[path]
        if isinstance(value, str | int | bool) or (
            isinstance(value, list) and not any(isinstance(v, dict) for v in value)
        ):
            assert tomllib.loads(f"x = {text[slice(*spot.value)]}")["x"] == value


@pytest.mark.parametrize("path", sorted(PACK.rglob("*.toml")), ids=lambda path: path.name)
def test_every_path_of_the_pack(path: Path):
    """The documents of the pack are scanned whole."""
    text = path.read_text(encoding="utf-8")
    found = scan(text)
    assert found.lost is None
    assert {each for each, _ in _paths(tomllib.loads(text))} <= set(found.spots)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'a > 1'", "a > 1"),
        ('"a > 1"', "a > 1"),
        ('"a \\u003e 1"', "a > 1"),
        ('"c == \\"x\\""', 'c == "x"'),
        ('"""\na >\n1"""', "a >\n1"),
        ("'''\na >\n1'''", "a >\n1"),
        ('"""a \\\n    > 1"""', "a > 1"),
        ('"\\U00000061 > 1"', "a > 1"),
    ],
)
def test_offsets_inside_strings(written, meant):
    """A place inside a string is found through quotes, escapes and line ends."""
    text = f"when = {written}"
    assert tomllib.loads(text)["when"] == meant
    offsets = inner_offsets(text, scan(text).spots[("when",)].value)
    assert len(offsets) == len(meant) + 1
    for number, char in enumerate(meant):
        assert text[offsets[number]] in (char, "\\")
    assert offsets == sorted(offsets)


@pytest.mark.parametrize(
    "when", ['"p and nmae"', "'p and nmae'", '"""\np and\nnmae"""', '"p \\u0061nd nmae"', "'''p and nmae'''"]
)
def test_caret_stands_under_the_word(when):
    """The caret of a misspelt name stands under it, whatever the quotes."""
    document = subsidy(rule("one", "PLACE")).replace('"PLACE"', when)
    problem = next(each for each in check_policy_text(document) if each.code == "unknown-name")
    line = document.split("\n")[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("nmae")
    shown, caret = problem.excerpt.split("\n")
    assert shown[caret.index("^") :].startswith("nmae")
    assert caret.count("^") == 4


def test_wide_characters_move_the_caret_two_columns():
    """Chinese text takes two columns on a terminal."""
    source = SourceText("x", "政策 nmae")
    assert source.excerpt(3, 7) == "    政策 nmae\n" + " " * 4 + " " * 5 + "^^^^"


def test_windows_line_ends_and_bom(tmp_path):
    """A file with a byte order mark and Windows line ends is read like any other."""
    from huaying_governance.rules import check_policy

    path = tmp_path / "policy.toml"
    text = subsidy(rule("one", "p and nmae"))
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    found = check_policy(path)[0] if check_policy(path)[0].code == "unknown-name" else check_policy(path)[-1]
    assert found.place.line == text[: text.index("nmae")].count("\n") + 1


def test_nearest_name_is_offered():
    """A misspelt name is answered with the nearest right one, in both languages."""
    problems = check_policy_text(subsidy(rule("one", "c == 'x' and r.pp and mx(a, b) > 1 and c == 'yy'")))
    cures = {problem.code: problem.cure.en for problem in problems if problem.severity == "error"}
    assert "`p`" in cures["unknown-relation-fact"]
    assert "`max`" in cures["unknown-function"]


def test_a_wrong_date_does_not_hide_the_rest():
    """Reading goes on past a date that does not exist."""
    document = subsidy(rule("one", "p and nmae")).replace("from = 2020-01-01", "from = 2020-02-30")
    assert {"no-such-date", "unknown-name"} <= {problem.code for problem in check_policy_text(document)}


def test_faulty_parts_are_told_once():
    """A fact whose own table is wrong is not unknown to the rules that read it."""
    document = subsidy(rule("one", "p and a > 1")).replace("max = 5", "max = 5.5", 1)
    codes = [problem.code for problem in check_policy_text(document) if problem.severity == "error"]
    assert codes == ["float"]
