"""The mission tables are true: every row once, every module there, every test there and naming its row."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec

import pytest

from project import ROOT, functions

MISSION = (ROOT / "docs" / "mission.md").read_text("utf-8")
CHINESE = (ROOT / "docs" / "zh" / "mission.md").read_text("utf-8")
BEGUN = {20, 21, 22, 44, 49, 51, 52, 53, 78, 79, 80}
"""The mechanisms that the first milestone begins."""


def table(heading: str, page: str = MISSION) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def milestones(page: str) -> list[str]:
    """Return the milestones that a page lists."""
    return re.findall(r"^\| (M\d+) \|", page, re.MULTILINE)


MECHANISMS = {cells[0]: cells for cells in table("Mechanisms")}
QUANTITIES = {cells[0]: cells for cells in table("Quantities")}
MILESTONES = set(milestones(MISSION))


def quoted(cell: str) -> list[str]:
    """Return what a cell sets in code."""
    return re.findall(r"`([^`]+)`", cell)


def words_of(node: str) -> str:
    """Return the name and the docstring of a test, `tests/FILE.py::NAME`; it must exist."""
    file, _, name = node.partition("::")
    for function in functions(ROOT / file):
        if function.name == name:
            return f"{name} {ast.get_docstring(function)}"
    raise AssertionError(f"there is no test {node}")


def named(words: str) -> set[str]:
    """Return what a test says it proves: `row 49`, `Rows 14, 78`, `rows 77 to 80`, `Q18`."""
    found = set(re.findall(r"\bQ\d+\b", words))
    for listed in re.findall(r"\brows? (\d+(?:(?:, | and | to |–|_and_)\d+)*)", words, re.IGNORECASE):
        for part in re.split(r", | and |_and_", listed):
            first, *last = re.split(r" to |–", part)
            found |= {str(number) for number in range(int(first), int(last[0] if last else first) + 1)}
    return found


def check(cells: list[str], mark: str) -> None:
    """Check one row: planned for a milestone and without test, or with modules and with tests that name it."""
    where, tests = cells[-2:]
    assert all(cells), "an empty cell"
    planned = re.fullmatch(r"planned: (M\d+)", where)
    if planned:
        assert planned[1] in MILESTONES
        assert tests == "—", "a planned row claims a test"
        return
    for module in quoted(where):
        assert find_spec(f"huaying_governance.{module}"), f"there is no module {module}"
    assert quoted(where)
    assert quoted(tests), "a row without test is planned, and says for when"
    for node in quoted(tests):
        assert mark in named(words_of(node)), f"{node} does not name {mark}"


def test_the_counts() -> None:
    """86 mechanisms and 25 quantities, each once, in order; eleven milestones."""
    assert [cells[0] for cells in table("Mechanisms")] == [str(number) for number in range(1, 87)]
    assert [cells[0] for cells in table("Quantities")] == [f"Q{number}" for number in range(1, 26)]
    assert {f"M{number}" for number in range(1, 12)} == MILESTONES


@pytest.mark.parametrize("number", sorted(MECHANISMS, key=int))
def test_a_mechanism_is_where_the_table_says(number: str) -> None:
    """Each mechanism names its modules and a test whose docstring says `row N`, or its milestone."""
    check(MECHANISMS[number], number)


@pytest.mark.parametrize("name", sorted(QUANTITIES, key=lambda name: int(name[1:])))
def test_a_quantity_is_where_the_table_says(name: str) -> None:
    """Each quantity names its modules and a test whose docstring says `QN`, or its milestone."""
    check(QUANTITIES[name], name)


def test_what_has_begun_is_not_planned() -> None:
    """The rows of the first milestone are built, and no row is planned for it any more."""
    built = {int(number) for number, cells in MECHANISMS.items() if not cells[-2].startswith("planned")}
    assert built >= BEGUN
    assert not [cells[0] for cells in table("Mechanisms") + table("Quantities") if cells[-2] == "planned: M1"]


@pytest.mark.parametrize(("heading", "chinese"), [("Mechanisms", "机制"), ("Quantities", "数量")])
def test_the_chinese_page_says_the_same(heading: str, chinese: str) -> None:
    """The Chinese page has every row of the English one: its number, the article's words, its modules, its tests."""
    english, rows = table(heading), table(chinese, CHINESE)
    assert [(*cells[:2], *cells[-2:]) for cells in rows] == [(*cells[:2], *cells[-2:]) for cells in english]
    assert {len(cells) for cells in rows} == {len(cells) for cells in english}
    assert all(re.search(r"[\u4e00-\u9fff]", cell) for cells in rows for cell in cells[2:-2])


def test_the_chinese_page_has_the_same_milestones() -> None:
    """The Chinese page lists the milestones of the English one, in order."""
    assert milestones(CHINESE) == milestones(MISSION)
