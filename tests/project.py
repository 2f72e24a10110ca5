"""The project as the tests at the top see it: its folders, its files, its syntax trees."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "huaying_governance"
TESTS = ROOT / "tests"
SITES = ("mkdocs.yml", "mkdocs.zh.yml")
"""What the sites of the documents are built from, in this order: the second lies within the first."""
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def short(path: Path) -> str:
    """Return `path` as it is written from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def source_files() -> list[Path]:
    """Return every module of the package, sorted."""
    return sorted(SOURCE.rglob("*.py"))


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of a file, inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def python(code: str) -> str:
    """Run `code` in an interpreter of its own, where nothing else is loaded, and return what it prints."""
    calm = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8", cwd=ROOT, env=calm
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
