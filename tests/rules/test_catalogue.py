"""Every fault has a document that shows it, and the pages made from the definitions are up to date."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from huaying_governance.errors import Problems
from huaying_governance.rules import check_policy, policy_schema, read_policy
from huaying_governance.rules.faults import FAULTS
from huaying_governance.rules.schema import include_schema

from .help import PACK, SHIPPED

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGE = DOCS / "language"


def _build():
    spec = importlib.util.spec_from_file_location("language_build", LANGUAGE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILD = _build()


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_reproduced_with_its_place(code, tmp_path):
    """A failing document shows its fault, with file, line, column, caret and both languages, and nothing else."""
    path = BUILD.failing(code, tmp_path)
    problems = check_policy(path)
    found = [problem for problem in problems if problem.code == code]
    assert found
    if code not in BUILD.MADE:
        assert {problem.code for problem in problems} == {code}
    problem = found[0]
    assert problem.place.file == str(path) or code == "include-rules"
    assert problem.message.zh
    assert problem.message.en
    assert "{" not in problem.message.en + problem.cure.en + problem.message.zh + problem.cure.zh
    assert problem.severity == FAULTS[code].severity
    whole_file = code in {"unreadable-file", "not-utf8", "document-too-large"}
    assert whole_file or (problem.place.line and problem.place.column and "^" in problem.excerpt)
    assert (
        problem.message.en[0].islower()
        or problem.message.en[0] in "`{"
        or problem.message.en.startswith("TOML")
    )
    assert not problem.message.en.endswith(".")


@pytest.mark.parametrize("code", [code for code, fault in FAULTS.items() if fault.severity == "error"])
def test_errors_stop_the_reading(code, tmp_path):
    """An error raises `Problems`; a policy that has one is never built."""
    with pytest.raises(Problems) as caught:
        read_policy(BUILD.failing(code, tmp_path))
    assert code in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("name", BUILD.PAGES)
def test_pages_are_generated(name):
    """The pages say what the definitions say; `python docs/language/build.py` writes them."""
    assert (DOCS / name).read_text(encoding="utf-8") == BUILD.PAGES[name]()


@pytest.mark.parametrize("code", FAULTS)
def test_both_catalogues_say_each_message_in_both_languages(code):
    """Under its code, the English page says a message in English first and the Chinese page in Chinese first."""
    fault = FAULTS[code]
    for name, lang, other in (("language/errors.md", "en", "zh"), ("zh/language/errors.md", "zh", "en")):
        _, _, after = (DOCS / name).read_text(encoding="utf-8").partition(f"\n## {code}\n")
        section, _, _ = after.partition("\n## ")
        for text in (fault.message, fault.cure):
            assert f"{text.say(lang)} / {text.say(other)}\n" in section


def _plain(path: Path) -> object:
    import tomllib

    return json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_schema_accepts_the_shipped_policies(path):
    """The JSON Schema that editors use takes the policies that the reader takes."""
    jsonschema.Draft202012Validator(policy_schema()).validate(_plain(path))


def test_schema_refuses_a_misspelt_key():
    """A key that the reader does not know is refused by the schema too."""
    data = _plain(SHIPPED[0])
    assert isinstance(data, dict)
    data["rulez"] = []
    assert not jsonschema.Draft202012Validator(policy_schema()).is_valid(data)


@pytest.mark.parametrize("name", ["sources.toml"])
def test_schema_of_included_documents(name):
    """Included documents have a schema of their own."""
    jsonschema.Draft202012Validator(include_schema()).validate(_plain(PACK / name))


def test_all_problems_at_once():
    """One reading lists the faults of different parts, in the order of the document."""
    path = LANGUAGE / "errors" / "unknown-name.toml"
    text = path.read_text(encoding="utf-8").replace("max = 600", "max = 1.5").replace('"3000"', "2026-02-30")
    from huaying_governance.rules import check_policy_text

    problems = check_policy_text(text + "\n[[rules]]\nid = 3\n")
    lines = [problem.place.line for problem in problems]
    assert {"float", "wrong-type", "no-such-date", "missing-key"} <= {problem.code for problem in problems}
    assert lines == sorted(lines, key=lambda line: line or 0)
