"""House rules that a linter does not know, as tests: sizes, docstrings, purity.

A file that must be longer than the limit says why: a comment `# Long:` and the reason, within its first forty lines.
"""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

from project import ROOT, SOURCE, functions, short, source_files, tree

LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = {"median": 10, "95th percentile": 45, "longest": 60}
CONCEPTS = (
    "responsibility",
    "ledger",
    "subsidy",
    "participation",
    "conference",
    "stewardship",
    "party",
    "neighbourhood",
    "employment",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("os", "environ"),
    ("os", "getenv"),
    ("os", "urandom"),
}
CHANCE = {"random", "secrets", "uuid"}


def length(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_a_file_is_short_or_says_why() -> None:
    """No module is longer than 300 lines, unless its first lines give the reason."""
    long = []
    for path in source_files():
        lines = path.read_text("utf-8").splitlines()
        reason = any(line.startswith("# Long:") for line in lines[:40])
        if len(lines) > LINES_OF_A_FILE and not reason:
            long.append(f"{short(path)}: {len(lines)} lines")
    assert not long


def test_functions_are_short() -> None:
    """Half of all functions have at most 10 lines, 95 % at most 45, none more than 60."""
    sizes = {
        f"{short(path)}:{node.lineno} {node.name}": length(node)
        for path in source_files()
        for node in functions(path)
    }
    ordered = sorted(sizes.values())
    longest = {name: size for name, size in sizes.items() if size > LINES_OF_A_FUNCTION["longest"]}
    assert not longest
    assert statistics.median(ordered) <= LINES_OF_A_FUNCTION["median"]
    assert ordered[int(len(ordered) * 0.95)] <= LINES_OF_A_FUNCTION["95th percentile"]


def public(body: list[ast.stmt]) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the public classes and functions of `body`, with the public methods of the classes."""
    found: list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] = []
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_") or is_overload(node):
                continue
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found.extend(public(node.body))
    return found


def is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def test_public_names_are_documented() -> None:
    """Every module, and at least 95 % of the public classes, functions and methods, has a docstring."""
    modules = [short(path) for path in source_files() if not ast.get_docstring(tree(path))]
    assert not modules
    names = [(path, node) for path in source_files() for node in public(tree(path).body)]
    bare = [f"{short(path)}:{node.lineno} {node.name}" for path, node in names if not ast.get_docstring(node)]
    assert len(bare) <= 0.05 * len(names), bare


def test_the_chinese_term_opens_a_domain_docstring() -> None:
    """In the concepts each module, and nine of ten public classes, begins its docstring with the Chinese term.

    A protocol, which only says what a module asks of others, needs none.
    """
    modules, classes, bare = [], 0, []
    for path in source_files():
        if path.relative_to(SOURCE).parts[0] not in CONCEPTS:
            continue
        if not CHINESE.match(ast.get_docstring(tree(path)) or ""):
            modules.append(short(path))
        for node in public(tree(path).body):
            if isinstance(node, ast.ClassDef) and "Protocol" not in {
                ast.unparse(base) for base in node.bases
            }:
                classes += 1
                if not CHINESE.match(ast.get_docstring(node) or ""):
                    bare.append(f"{short(path)}:{node.lineno} {node.name}")
    assert not modules
    assert len(bare) <= 0.1 * classes, bare


def uses(path: Path) -> list[str]:
    """Return the places where a file asks the clock, chance or the environment."""
    found = []
    for node in ast.walk(tree(path)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name) if (
                owner,
                name,
            ) in CLOCKS:
                found.append(f"{short(path)}:{node.lineno} {owner}.{name}")
            case ast.Import(names=names) if CHANCE & {alias.name for alias in names}:
                found.append(f"{short(path)}:{node.lineno} imports chance")
            case ast.ImportFrom(module=str(module)) if module in CHANCE:
                found.append(f"{short(path)}:{node.lineno} imports chance")
            case _:
                pass
    return found


def test_no_clock_no_chance_no_environment() -> None:
    """`on=` and `at=` are arguments: nothing in the package asks for the time, a random number or a variable."""
    assert not [place for path in source_files() for place in uses(path)]


def test_only_the_command_line_prints() -> None:
    """A library returns values; only `cli` writes to the terminal."""
    printing = [
        f"{short(path)}:{node.lineno}"
        for path in source_files()
        if path.name != "cli.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing


def test_only_kernel_dates_knows_pendulum() -> None:
    """Pendulum stays at the edge: one module imports it, and not when it is loaded."""
    home = SOURCE / "kernel" / "dates.py"
    for path in source_files():
        found = [
            node
            for node in ast.walk(tree(path))
            if (
                isinstance(node, ast.Import)
                and any(alias.name.split(".")[0] == "pendulum" for alias in node.names)
            )
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pendulum")
        ]
        assert not found or path == home, short(path)
        assert not set(found) & set(tree(path).body), f"{short(path)} loads pendulum on import"


def test_no_metaclass_and_no_global() -> None:
    """Values are plain: no metaclass, and no function that rebinds a name of its module."""
    found = [
        f"{short(path)}:{node.lineno}"
        for path in source_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Global)
        or (isinstance(node, ast.ClassDef) and any(keyword.arg == "metaclass" for keyword in node.keywords))
    ]
    assert not found


@pytest.mark.parametrize("folder", ["src", "docs", "tests", "examples", "benchmarks"])
def test_nothing_is_left_to_do(folder: str) -> None:
    """No file holds a mark of unfinished work: what is not built yet stands in the mission tables."""
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
    texts = {".py", ".md", ".toml", ".csv"}
    found = [
        f"{short(path)}:{number}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in texts
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found
