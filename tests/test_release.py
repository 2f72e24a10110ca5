"""What a release is tried by: a name or a parameter that has gone from the public doors is found."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

from project import ROOT

NOW = '__all__ = ["ask", "Act"]\n\n\ndef ask(id: str, on: str = "") -> str:\n    return id\n\n\nclass Act:\n    pass\n'


def release() -> Any:
    loader = SourceFileLoader("release", str(ROOT / ".ci" / "release"))
    spec = spec_from_loader("release", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def package(home: Path, text: str) -> Path:
    (home / "office").mkdir(parents=True)
    (home / "office" / "__init__.py").write_text(text, "utf-8")
    return home


def test_breaking_changes_are_found(tmp_path: Path) -> None:
    """The same door breaks nothing, nor does one more name; a lost name and a changed parameter do, each told."""
    breaks = release().breaks
    old = package(tmp_path / "old", NOW)
    more = package(tmp_path / "more", NOW + "\n\ndef more() -> None:\n    pass\n")
    assert breaks(old, package(tmp_path / "same", NOW), "office") == []
    assert breaks(old, more, "office") == []
    lost = package(tmp_path / "lost", NOW.replace("class Act:\n    pass\n", "").replace(', "Act"', ""))
    assert ["Act" in line for line in breaks(old, lost, "office")] == [True]
    changed = package(tmp_path / "changed", NOW.replace('on: str = ""', "on: str"))
    assert ["ask(on)" in line for line in breaks(old, changed, "office")] == [True]
