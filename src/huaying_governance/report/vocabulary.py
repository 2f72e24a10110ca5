"""看板词汇: what every code of every result is called, in Chinese and in English: joined here, stated elsewhere.

The states and actions of what is followed up come from its procedure, and its refusals from the guards; the words of a
choice from the column of the result (`tables.words`); outcomes from `kernel.ruling`; what else is found, from the
concept that finds it; what a place calls its own, from its pack (`naming`). A table has nothing of its own here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from huaying_governance.employment import (
    matching,
    vacancy,
)
from huaying_governance.kernel.ruling import OUTCOMES
from huaying_governance.participation import (
    kinship,
)
from huaying_governance.party import (
    posts,
)
from huaying_governance.procedure import sound
from huaying_governance.report.stated import FOLLOWED, FOUND, Words, states_of
from huaying_governance.tables import OUTPUTS, TableSpec
from huaying_governance.tables.vocabulary import HEADERS
from huaying_governance.text import Text, same

COMMON: Words = MappingProxyType(
    {
        "yes": Text("是", "yes"),
        "no": Text("否", "no"),
        "all": Text("全部", "all"),
        "pilot": Text("试点", "pilots"),
        "others": Text("其他", "others"),
    }
)
"""What reads alike in every column: answers, and scopes of a count."""
MISSING = "missing:"
LACKS = Text("缺少“{fact}”", "missing: {fact}")

CLOSED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        table: frozenset(state.id for state in procedure.states if not state.open)
        for table, _, procedure in FOLLOWED
    }
)
"""By result, the states in which no work is owed any more."""

_BRACKET = re.compile(r" ?[（(][^（）()]*\{\w+\}[^（）()]*[）)]")
_TOLD = re.compile(r"^[“`]\{\w+\}[”`] ?|[：:][^：:]*\{\w+\}[^：:]*$")
_PLACE = re.compile(r"[“`]?\{\w+\}[”`]?(?: ?[“`]?\{\w+\}[”`]?)*")


def general(text: Text) -> Text:
    """Return what a text with places says of any case: what is only told beside it left out, the rest as “…”."""
    return Text(*(_PLACE.sub("…", _TOLD.sub("", _BRACKET.sub("", said))) for said in (text.zh, text.en)))


def _first(said: Text | tuple[Text, Text] | tuple[Text, Text, str]) -> Text:
    return said if isinstance(said, Text) else said[0]


def plain(code: str) -> str:
    """Return a code as English words."""
    return code.replace("_", " ").replace("-", " ")


def _of_choice(spec: TableSpec) -> Iterator[tuple[str, Words]]:
    for column in spec.columns:
        if column.choice is not None:
            held = column.choice.words.items()
            yield f"{spec.name}.{column.name}", {code: Text(labels[0], plain(code)) for code, labels in held}
        if column.name == "outcome":
            yield f"{spec.name}.outcome", OUTCOMES


def _of_procedures() -> Iterator[tuple[str, Words]]:
    for table, refused, procedure in FOLLOWED:
        yield f"{table}.state", states_of(procedure)
        if refused:
            yield f"{refused}.action", procedure.actions
            yield f"{refused}.codes", sound.CALLED
            yield f"{refused}.codes", {guard.code: general(guard.text) for guard in procedure.guards}


def _of_findings() -> Iterator[tuple[str, Words]]:
    for place, sources in FOUND.items():
        for source in sources:
            yield place, {code: general(_first(said)) for code, said in source.items() if code in sources[-1]}


def _joined() -> Mapping[str, Words]:
    found: dict[str, dict[str, Text]] = {}
    for place, words in chain(_of_procedures(), _of_findings(), *map(_of_choice, OUTPUTS)):
        known = found.setdefault(place, {})
        known.update({code: text for code, text in words.items() if code not in known})
    return MappingProxyType({place: MappingProxyType(words) for place, words in found.items()})


WORDS: Mapping[str, Words] = _joined()
"""By result and column (`whistles.state`): what its codes are called."""
FACTS: Words = MappingProxyType(
    {**matching.FACTORS, **posts.FACTS, **kinship.FACTS, **vacancy.FIELDS, **vacancy.FACTS}
)


def fact(name: str) -> Text:
    """Return what a fact that is missing is called: as the column that would state it."""
    last = name.rpartition(".")[2]
    if last in HEADERS:
        return Text(HEADERS[last][0], plain(last))
    return FACTS.get(last) or same(name)
