"""看板用语: how codes of results read on a board, which columns are opened only on demand, which are masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from huaying_governance.employment.public_posts import EXPIRY, called
from huaying_governance.kernel.privacy import mask
from huaying_governance.report.model import COLOURS, Colour
from huaying_governance.report.naming import BODIES, Names
from huaying_governance.report.vocabulary import CLOSED, COMMON, LACKS, MISSING, WORDS, fact
from huaying_governance.rules.subsidy import MISSING as RULE_FACTS
from huaying_governance.stewardship import wording as stewardship_wording
from huaying_governance.stewardship.plans import wording as plan_wording
from huaying_governance.tables import INPUTS
from huaying_governance.text import Lang, Text

NO_NAMES: Names = MappingProxyType({})
AND = Text("；", "; ")
_LACKING = re.compile(r"missing:([\w.]+)")
_REASON = re.compile(
    "|".join(
        re.escape(said).replace(re.escape("{name}"), r"([a-z_.]+)")
        for text in (stewardship_wording.MISSING, plan_wording.MISSING, RULE_FACTS)
        for said in (text.zh, text.en)
    )
)
"""How reasons name a missing fact: by the column that would state it."""
_HEAD = re.compile(r"[a-z][a-z0-9_-]*(?=[ =])")
LONG = frozenset(
    {"agenda_topic", "assignments", "better_wording", "citation", "cure", "deadlines", "excerpt"}
) | {*("fit_parts", "message", "minutes_digest", "reason")}
"""Columns that are read when a row is opened."""
FACETS = [
    "outcome",
    "state",
    "kind",
    "overdue",
    "community",
    "assigner",
    "lead",
    "policy",
    "rule",
    "channel",
    "department",
    "branch",
    "code",
]
"""Columns that a reader chooses by, where a result has them."""
_PERSONS = frozenset(
    {"person", "spouse", "petitioner", "candidates", "claimed_by", "matched", "missing_ids"}
    | {column.name for spec in INPUTS for column in spec.columns if column.hint == "person"}
)
_OWN = frozenset(
    (spec.name, column.name) for spec in INPUTS for column in spec.columns if column.hint == "person"
)


def personal(table: str, column: str) -> bool:
    """Whether a column refers to persons, and is masked: by its name, or as in the table of the same name."""
    return (column in _PERSONS and column not in BODIES) or (table, column) in _OWN


LATE = frozenset({"overdue", "late", "reply_late", "minutes_late", "behind", "unvisited", "escalate_now"})
DUE = frozenset({"talk_due", "transfer_due"})
"""Columns that say that something is late, or is due."""
_LATE_CODE = re.compile(r"[a-z-]+-late|arrears|expired|review-overdue")
_DUE_CODE = re.compile(r"[a-z-]+-(due|task)|expiry-\d+")
_OUTCOMES: Mapping[str, Colour] = MappingProxyType(
    {
        "refused": "red",
        "ineligible": "red",
        "conditional": "yellow",
        "emergency": "yellow",
        "undetermined": "yellow",
        "permitted": "green",
        "payable": "green",
        "eligible": "green",
        "accepted": "green",
    }
)


def reader(
    table: str, column: str, lang: Lang, names: Names = NO_NAMES, *, masked: bool = False
) -> Callable[[str], str]:
    """Return what reads the cells of a column: codes in words, several between semicolons, references masked.

    A code that a day or a figure follows keeps it; one that has no words stands as it is.
    """
    if masked and personal(table, column):
        return _mask
    if column == "reason":
        return lambda cell: _REASON.sub(lambda found: _named(found, lang, names), cell)
    place = f"{table}.{column}"
    stated = (names.get(column, {}), names.get(place, {}), WORDS.get(place, {}))
    words = {code: text.say(lang) for held in (COMMON, *stated) for code, text in held.items()}
    coded = column == "missing" or any(stated)

    def one(code: str) -> str:
        found = words.get(code)
        if found is None and code.startswith(EXPIRY):
            return called(code).say(lang)
        if found is None:
            return _fact(code, names).say(lang) if column == "missing" else code
        return found

    def part(code: str) -> str:
        found, head = one(code), _HEAD.match(code)
        return found if found != code or head is None else one(head[0]) + code[head.end() :]

    def read(cell: str) -> str:
        found = words.get(cell)
        if found is not None or not cell:
            return found or ""
        if MISSING in cell:
            cell = _LACKING.sub(lambda lacking: LACKS.fill(fact=_fact(lacking[1], names)).say(lang), cell)
        if not coded:
            return cell
        return AND.say(lang).join(dict.fromkeys(part(each.strip()) for each in cell.split(";")))

    return read


def _fact(name: str, names: Names) -> Text:
    return names.get("missing", {}).get(name) or fact(name)


def _named(found: re.Match[str], lang: Lang, names: Names) -> str:
    name = next(filter(None, found.groups()))
    return found[0].replace(name, _fact(name, names).say(lang))


def _mask(cell: str) -> str:
    return ";".join(map(mask, cell.split(";"))) if cell else ""


def colour(table: str, cells: Mapping[str, str]) -> Colour:
    """Return the colour of a row by what it says: late is red, what is due, missing or conditional is yellow.

    What is closed has no colour any more; a row that states its own colour has that.
    """
    outcome = _OUTCOMES.get(cells.get("outcome", ""), "")
    if outcome:
        return outcome
    if cells.get("state") in CLOSED.get(table, ()):
        return ""
    for stated in COLOURS:
        if stated and stated == cells.get("colour"):
            return stated
    # A figure tells how many are late, which is no flag of its row.
    flags = {flag for name in LATE if not (flag := cells.get(name, "")).isdigit()}
    codes = cells.get("codes", "").split(";")
    if flags - {"", "no"} or any(map(_LATE_CODE.fullmatch, codes)):
        return "red"
    if any(cells.get(name) == "yes" for name in DUE) or any(map(_DUE_CODE.fullmatch, codes)):
        return "yellow"
    return "green" if "no" in flags else ""
