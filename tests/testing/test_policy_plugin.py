"""The pytest plugin: cases are tests, with the same verdicts as `huaying test`, and pytest's own tools work on them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from policy_sample import CASES, put

import huaying_governance_pytest
from huaying_governance.testing.runner import run_path
from project import python

pytest_plugins = ["pytester"]
WRONG = CASES.replace('amount = "300"', 'amount = "350"')


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder with one failing and two passing cases; the plugin is there, installed or not."""
    put(pytester.path, cases=WRONG)
    loaded = "huaying" in {each.name for each in _entry_points()}
    pytester.makeini("[pytest]\n" if loaded else "[pytest]\naddopts = -p huaying_governance_pytest\n")
    return pytester


def _entry_points() -> tuple[object, ...]:
    from importlib.metadata import entry_points

    return tuple(entry_points(group="pytest11"))


def outcomes(result: pytest.RunResult) -> dict[str, int]:
    return {
        name: count
        for name, count in result.parseoutcomes().items()
        if name in {"passed", "failed", "errors"}
    }


def test_the_same_verdicts_as_the_command(inner: pytest.Pytester) -> None:
    """Each case is a test by its name; its failure tells what the command tells."""
    result = inner.runpytest_inprocess("-v", "-p", "no:cacheprovider")
    assert outcomes(result) == {"passed": 2, "failed": 1}
    verdicts = {each.case.name: each.passed for each in run_path(inner.path).results}
    assert verdicts == {"高龄独居老人": False, "差一岁": True, "收入不明": True}
    for name, passed in verdicts.items():
        result.stdout.fnmatch_lines([f"*heating.cases.toml::{name} {'PASSED' if passed else 'FAILED'}*"])
    result.stdout.fnmatch_lines(
        ["*未通过：高龄独居老人*heating.cases.toml:5*", "*350.00*", "*300.00*", "*aged*示例文件第2条*"]
    )
    assert "runner.py" not in result.stdout.str()


def test_picking_stopping_and_last_failed(inner: pytest.Pytester) -> None:
    """`-k`, `-x`, `--lf` and node ids work as for any test."""
    assert outcomes(inner.runpytest_inprocess("-k", "差一岁")) == {"passed": 1}
    assert outcomes(inner.runpytest_inprocess("-x")) == {"failed": 1}
    inner.runpytest_inprocess()
    assert outcomes(inner.runpytest_inprocess("--lf")) == {"failed": 1}
    assert outcomes(inner.runpytest_inprocess("heating.cases.toml::收入不明")) == {"passed": 1}


def test_junit_and_language(inner: pytest.Pytester) -> None:
    """JUnit's file names the cases; failures come in English on request."""
    result = inner.runpytest_inprocess("--junitxml=out.xml", "--policy-lang", "en")
    assert 'name="差一岁"' in (inner.path / "out.xml").read_text("utf-8")
    result.stdout.fnmatch_lines(["*FAILED: 高龄独居老人*"])


def test_workers(inner: pytest.Pytester) -> None:
    """xdist spreads the cases; the verdicts stay."""
    assert outcomes(inner.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider")) == {
        "passed": 2,
        "failed": 1,
    }


def test_bad_files_are_errors_with_all_their_problems(inner: pytest.Pytester) -> None:
    """A file with problems fails to collect, and says all of them."""
    put(inner.path, cases=CASES + '\n[[case]]\nnmae = "x"\nfacts = { aeg = 1 }\nexpect = { amuont = 3 }\n')
    result = inner.runpytest_inprocess()
    assert outcomes(result) == {"errors": 1}
    text = result.stdout.str()
    for part in ("nmae", "aeg", "amuont", "heating.cases.toml:20"):
        assert part in text


def test_coverage_of_the_policy(inner: pytest.Pytester) -> None:
    """`--policy-coverage` reports it, `--policy-fail-under` fails the session."""
    put(inner.path)
    result = inner.runpytest_inprocess("--policy-coverage")
    result.stdout.fnmatch_lines(["*政策覆盖：heating：*", "*未覆盖: rules.*"])
    assert result.ret == 0
    assert inner.runpytest_inprocess("--policy-fail-under", "100").ret == 1
    assert inner.runpytest_inprocess("--policy-fail-under", "5").ret == 0


def test_other_files_are_left_alone(inner: pytest.Pytester) -> None:
    """Only files that end like case files are cases."""
    (inner.path / "table.csv").write_text("a,b\n", "utf-8")
    (inner.path / "other.toml").write_text("[[case]\n", "utf-8")
    assert outcomes(inner.runpytest_inprocess()) == {"passed": 2, "failed": 1}


def test_the_front_door_loads_nothing_of_the_package() -> None:
    """pytest loads the plugin before coverage begins: nothing of the package may come with it."""
    code = (
        "import sys, huaying_governance_pytest\n"
        "print([name for name in sys.modules if name.startswith('huaying_governance.') or name == 'huaying_governance'"
        " or name in ('hypothesis', 'pytest')])"
    )
    assert python(code).strip() == "[]"
    assert (
        Path(huaying_governance_pytest.__file__).parent
        != Path(sys.modules["huaying_governance"].__file__ or "").parent
    )


def test_the_command_needs_no_pytest() -> None:
    """`huaying test` runs where pytest and hypothesis are not installed."""
    code = (
        "import sys\n"
        "sys.modules['pytest'] = sys.modules['hypothesis'] = None\n"
        "from huaying_governance.testing import command\n"
        "print(command.run_tests('nowhere', command.Options(), lambda _: None))"
    )
    assert python(code).strip() == "False"
