"""表头词汇: the one dictionary of headers, Chinese and English, joined from `words`; and what a choice may hold.

A header may be the plain name (`received_at`) or any of its Chinese labels; the first label is the one that is shown.
A word of a choice may be its plain code or any of its labels.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from attrs import frozen

from huaying_governance.tables.words import (
    Words,
    conference,
    core,
    elections,
    employment,
    neighbourhood,
    participation,
    party,
    recalls,
    stewardship,
    vacancies,
    word_table,
)
from huaying_governance.text import Text

CONCEPTS = (
    core,
    conference,
    elections,
    employment,
    neighbourhood,
    participation,
    party,
    recalls,
    stewardship,
    vacancies,
)
HEADERS: Words = word_table({name: labels for words in CONCEPTS for name, labels in words.HEADERS.items()})
"""Header name → its Chinese labels, the shown one first. No name stands in two modules, no label belongs to two names."""


def _plain(label: str) -> str:
    """Return a label as cells are compared with it: their width is normalised, and their case."""
    return unicodedata.normalize("NFKC", label).lower()


@frozen
class Choice:
    """选项: the words a cell may hold: code → labels. `barred`: words known only to be told where they belong."""

    words: Words
    barred: Words = MappingProxyType({})

    def lookup(self) -> dict[str, str]:
        """Return every accepted writing, lower-case, with its code."""
        words = {**self.words, **self.barred}
        found = {code.lower(): code for code in words}
        for code, labels in words.items():
            found.update({_plain(label): code for label in labels})
        return found

    def say(self) -> Text:
        """Return the list of codes, with their first label in Chinese.

        An accusation is known only to be told where it belongs: nobody is advised to write it.
        """
        advised = {code: labels for code, labels in self.words.items() if code not in core.ACCUSATION}
        zh = "、".join(f"{code}（{labels[0]}）" for code, labels in advised.items())
        return Text(zh, ", ".join(advised))


def header_label(name: str) -> Text:
    """Return the shown label of a header."""
    return Text(HEADERS[name][0], name)


def header_names() -> dict[str, str]:
    """Return every accepted writing of a header, lower-case, with its name."""
    found = {name: name for name in HEADERS}
    for name, labels in HEADERS.items():
        found.update({_plain(label): name for label in labels})
    return found
