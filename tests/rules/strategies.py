"""Random expressions and facts over the facts of `help.FACTS`, as text, for agreement tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

DAYS = st.sampled_from(
    [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2026, 6, 1),
        date(2026, 5, 31),
        date(2023, 12, 31),
    ]
)
ORDER = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])

plain_numbers = st.sampled_from(["a", "b", "d", "r.a", "k", "0", "1", "3", "2.5"])
days = st.one_of(st.sampled_from(["t", "u", "on"]), DAYS.map(lambda day: f"date('{day}')"))


def _compute(inner):
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner),
        st.builds("({} / {})".format, inner, st.sampled_from(["2", "3", "(b + 1)", "k"])),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("{}({})".format, st.sampled_from(["round", "floor"]), inner),
        st.builds("round({}, 1)".format, inner),
        st.builds("(-{})".format, inner),
        st.builds(
            "({} if {} else {})".format, inner, st.sampled_from(["p", "r.p", "c == 'x'", "a > b"]), inner
        ),
    )


numbers = st.recursive(plain_numbers, _compute, max_leaves=4)
dates = st.one_of(
    days,
    st.builds(
        "{}({}, {})".format,
        st.sampled_from(["add_months", "add_years"]),
        days,
        st.sampled_from(["a", "b", "1", "13"]),
    ),
)
atoms = st.one_of(
    st.sampled_from(["p", "q", "r", "r.p", "true", "not p", "not r.p", "not r"]),
    st.builds("{} {} {}".format, numbers, ORDER, numbers),
    st.builds("{} {} {} {} {}".format, plain_numbers, ORDER, plain_numbers, ORDER, plain_numbers),
    st.builds("{} {} {}".format, dates, ORDER, dates),
    st.builds(
        "{}({}, {}) {} {}".format,
        st.sampled_from(["days_between", "months_between", "years_between"]),
        days,
        days,
        ORDER,
        st.sampled_from(["0", "1", "12", "13", "364", "-1"]),
    ),
    st.builds("c {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from("xyz")),
    st.builds("c {} ['x', 'z']".format, st.sampled_from(["in", "not in"])),
    st.builds("a {} [1, 2, 5]".format, st.sampled_from(["in", "not in"])),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["p", "r.p"]),
        st.sampled_from(["==", "!="]),
        st.sampled_from(["q", "true", "r.p"]),
    ),
)


def _join(inner):
    return st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("(({}) == ({}))".format, inner, inner),
    )


conditions = st.recursive(atoms, _join, max_leaves=5)

_small = st.integers(0, 5)
_decimal = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("2.50"), Decimal(4), 3])
_relation = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {}, optional={"p": st.one_of(st.none(), st.booleans()), "a": st.one_of(st.none(), _small)}
    ),
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "a": st.one_of(st.none(), _small),
        "b": st.one_of(st.none(), _small),
        "d": st.one_of(st.none(), _decimal),
        "p": st.one_of(st.none(), st.booleans()),
        "q": st.one_of(st.none(), st.booleans()),
        "c": st.one_of(st.none(), st.sampled_from("xyz")),
        "t": st.one_of(st.none(), DAYS),
        "u": st.one_of(st.none(), DAYS),
        "r": _relation,
    },
)
"""Cases with any of the facts missing, the relation absent, unknown or there."""

# Conditions in which each statement reads one fact of a small domain, so that every filling can be tried.
_single = st.one_of(
    st.sampled_from(["p", "q", "r", "r.p", "not p", "not r.p"]),
    st.builds("{} {} {}".format, st.sampled_from(["a", "b", "r.a"]), ORDER, st.sampled_from(["1", "2", "4"])),
    st.builds("c {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from("xyz")),
)


def _simple(inner):
    return st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
    )


single_conditions = st.recursive(_single, _simple, max_leaves=6)
FILLINGS: dict[str, list[object]] = {
    "a": [0, 1, 2, 3, 4, 5],
    "b": [0, 1, 2, 3, 4, 5],
    "p": [True, False],
    "q": [True, False],
    "c": ["x", "y", "z"],
    "r": [None, *({"p": p, "a": a} for p in (True, False) for a in range(6))],
    "r.p": [True, False],
    "r.a": [0, 1, 2, 3, 4, 5],
}
