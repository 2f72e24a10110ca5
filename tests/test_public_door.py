"""The public door: the names that users rely on, and what loading them costs."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import inspect
import json
import runpy

import pytest

import huaying_governance as hg
from project import SOURCE, python, tree

STABLE = {
    "Assignment",
    "Conflict",
    "ChainBroken",
    "CreditCode",
    "DivisionCode",
    "HuayingError",
    "LedgerBook",
    "OrganisationCode",
    "Problems",
    "Refused",
    "ResidentId",
    "china_calendar",
    "load_pack",
    "open_store",
    "read_policy",
    "run_case",
    "verify",
}
HEAVY = {"attr", "attrs", "cattrs", "pendulum", "sqlite3", "openpyxl", "tomllib", "decimal"}


def typed_names(package: str = "") -> set[str]:
    """Return the names that type checkers see: those imported under TYPE_CHECKING in a package's own file."""
    guards = [node for node in tree(SOURCE / package / "__init__.py").body if isinstance(node, ast.If)]
    return {
        alias.asname or alias.name
        for guard in guards
        for node in guard.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def loaded(code: str) -> set[str]:
    """Return the top-level modules that are loaded after `code` beyond those of the bare interpreter."""
    report = "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    bare = set(json.loads(python(f"import json, sys\n{report}")))
    return set(json.loads(python(f"import json, sys\n{code}\n{report}"))) - bare


def test_all_equals_the_public_names() -> None:
    """`__all__` is what the door opens, what type checkers see and what `dir` shows: the same names, once each."""
    assert len(hg.__all__) == len(set(hg.__all__))
    assert set(hg.__all__) == typed_names() | {"__version__"}
    assert set(dir(hg)) == set(hg.__all__)


def test_all_is_sorted() -> None:
    """Constants, then classes, then the rest, each in order of the alphabet, as the linter sorts them."""

    def place(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    assert list(hg.__all__) == sorted(hg.__all__, key=place)


@pytest.mark.parametrize("name", sorted(hg.__all__))
def test_every_public_name_opens(name: str) -> None:
    """Each name loads, and says what it is."""
    value = getattr(hg, name)
    assert value is getattr(hg, name)
    assert not (inspect.isclass(value) or inspect.isfunction(value)) or value.__doc__


def test_stable_names_stay() -> None:
    """The names that scripts outside rely on are there."""
    assert set(hg.__all__) >= STABLE


def test_unknown_name() -> None:
    """A name that the door does not know is an AttributeError that says so."""
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = hg.no_such_name  # type: ignore[attr-defined]


def test_version() -> None:
    """The version in the package is the version of the distribution."""
    assert hg.__version__ == importlib.metadata.version("huaying-governance")


def test_errors_share_one_root() -> None:
    """All that the library raises on purpose derives from HuayingError; bad input is a ValueError too."""
    for error in (hg.Problems, hg.Refused, hg.Conflict, hg.ChainBroken, hg.CalendarNotLoaded, hg.OutOfScope):
        assert issubclass(error, hg.HuayingError)
    assert issubclass(hg.Problems, ValueError)


def test_import_loads_nothing_heavy() -> None:
    """`import huaying_governance` loads no dependency and no part of itself: the door is lazy."""
    assert not loaded("import huaying_governance") & HEAVY


def test_a_pack_needs_no_dates_library() -> None:
    """Loading a pack and deciding by it needs neither pendulum nor cattrs nor a database nor Excel."""
    code = """
import datetime
import huaying_governance as hg
policy = hg.load_pack("huaying").policy("zone-employment")
policy.decide({"education": "other"}, on=datetime.date(2026, 11, 23))
"""
    assert not loaded(code) & {"pendulum", "cattrs", "sqlite3", "openpyxl", "psycopg", "cryptography"}


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m huaying_governance` is the command `huaying`."""
    monkeypatch.setattr("sys.argv", ["huaying", "--version"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("huaying_governance", run_name="__main__")
    assert end.value.code == 0
    assert hg.__version__ in capsys.readouterr().out


@pytest.mark.parametrize("package", ["", "packs", "responsibility", "rules", "storage", "tables"])
def test_lazy_doors_open_what_they_name(package: str) -> None:
    """What a lazy package names for people, for type checkers and at run time is one list; each name opens."""
    name = f"huaying_governance.{package}".rstrip(".")
    module = importlib.import_module(name)
    listed = set(module.__all__) - {"__version__"}
    assert listed == typed_names(package)
    assert all(getattr(module, each) is not None for each in listed)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = module.no_such_name


def test_the_first_ruling_loads_only_what_it_needs() -> None:
    """Screening by a shipped pack reads no policies and no rules of concepts; they are there when asked for."""
    code = """
import datetime
import huaying_governance as hg
pack = hg.load_pack("huaying")
asked = hg.Assignment(id="A", date=datetime.date(2026, 3, 1), assigner="民政局", community="dujiaping", matter="XZ02")
assert pack.screen(asked).codes == ("missing:funding",)
first = {name for name in sys.modules if name.startswith("huaying_governance")}
assert not {name for name in first if name.split(".")[1:2] in (["party"], ["ledger"], ["storage"], ["flows"])}
assert "huaying_governance.rules.policy" not in first
assert pack.policy("zone-employment").id == "zone-employment"
"""
    loaded(code)
