"""用词: headers and the words that cells may hold, one module for each concept, in Chinese and in English.

`vocabulary` joins the headers: a name or a label means one thing in all tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Words: TypeAlias = Mapping[str, tuple[str, ...]]


def word_table(words: Mapping[str, str]) -> Words:
    """Return the words of a choice, their labels between spaces."""
    return MappingProxyType({name: tuple(labels.split()) for name, labels in words.items()})
