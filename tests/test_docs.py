"""What the documents show is so: every snippet runs, every shown output is the real one, every link leads somewhere.

In a document a fence of `python` is run, `>>>` examples are compared, `toml` and `json` are read, of `sh` the lines
that begin with `huaying` are run (`# exit 1` after one tells its exit code). A fence of `text` that follows directly
is the expected output, `...` standing for anything. `<!-- skip: next -->` leaves the next one out. Each document has
one namespace and works in an empty folder that has `examples/`. A Chinese page, docs/zh/PAGE of docs/PAGE, is run only
where it shows something else than its original.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer
from sybil.parsers.rest import DocTestParser

from headers import parts, render
from huaying_governance.cli import main
from huaying_governance.text import LANGS, Lang
from project import ROOT, SITES, short, source_files

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
FOLLOWING = re.compile(r"[ \t]*\n\s*```text\n(.*?)^```", re.DOTALL | re.MULTILINE)
PAGES = ROOT / "docs"
CHINESE = PAGES / "zh"
SHOWN = re.compile(r"^[ ]*```\w*\n.*?^[ ]*```|^<!-- skip: .*?-->", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CHECKER = doctest.OutputChecker()


def compared(example: Example, got: str) -> str | None:
    """Return what is wrong with the output of a fence, if the next fence shows it and it differs."""
    shown = FOLLOWING.match(example.document.text, example.region.end)
    if shown is None or CHECKER.check_output(shown[1], got, doctest.ELLIPSIS):
        return None
    return f"shown:\n{shown[1]}\nin truth:\n{got}"


def run_python(example: Example) -> str | None:
    """Run a fence of Python."""
    source = "\n" * example.line + example.parsed
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(source, example.path, "exec"), example.namespace)
    return compared(example, out.getvalue())


def run_shell(example: Example) -> str | None:
    """Run the lines of a shell fence that call the command of this package."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        for line in example.parsed.splitlines():
            if line.startswith("huaying "):
                command, _, code = line.partition("# exit ")
                assert main(shlex.split(command)[1:]) == int(code or 0), f"{line}\n{out.getvalue()}"
    return compared(example, out.getvalue())


def read_toml(example: Example) -> None:
    """Read a fence of TOML."""
    tomllib.loads(example.parsed)


def read_json(example: Example) -> None:
    """Read a fence of JSON."""
    json.loads(example.parsed)


class Fences:
    """Yield the fences of one language, to be evaluated by a function; `>>>` examples go to doctest."""

    def __init__(self, language: str, evaluate: Callable[[Example], str | None]) -> None:
        self.lexer = FencedCodeBlockLexer(language=language)
        self.evaluate = evaluate
        self.doctests = DocTestParser(doctest.ELLIPSIS)

    def __call__(self, document: Document) -> Iterable[Region]:
        for region in self.lexer(document):
            region.parsed = region.lexemes["source"]
            region.evaluator = self.evaluate
            if not region.parsed.lstrip().startswith(">>>"):
                yield region
            else:
                inner = Document(region.parsed, document.path)
                for found in self.doctests(inner):
                    found.adjust(region, region.parsed)
                    yield found


MARKDOWN = Sybil(
    [
        SkipParser(),
        Fences("python", run_python),
        Fences("sh", run_shell),
        Fences("toml", read_toml),
        Fences("json", read_json),
    ],
    path=str(ROOT),
)
DOCSTRINGS = Sybil([DocTestParser(doctest.ELLIPSIS)], path=str(ROOT))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that has the examples."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def counterpart(path: Path) -> Path | None:
    """Return the page in the other language, written or not; of what is no page, nothing."""
    if path.is_relative_to(CHINESE):
        return PAGES / path.relative_to(CHINESE)
    return CHINESE / path.relative_to(PAGES) if path.is_relative_to(PAGES) else None


def snippets(path: Path) -> list[str]:
    """Return every fence of a document, code and output, and what is said about running them."""
    return SHOWN.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_every_snippet_runs(path: Path, desk: Path) -> None:
    """Each fence of a document runs after those before it, and prints what the document shows."""
    other = counterpart(path)
    if path.is_relative_to(CHINESE) and other and other.exists() and snippets(path) == snippets(other):
        return  # the same, and run as the English page
    for example in MARKDOWN.parse(path).examples():
        example.evaluate()


@pytest.mark.parametrize(
    "path", [path for path in source_files() if ">>> " in path.read_text("utf-8")], ids=short
)
def test_every_example_in_a_docstring_runs(path: Path, desk: Path) -> None:
    """Each `>>>` example of a docstring prints what it shows."""
    for example in DOCSTRINGS.parse(path).examples():
        example.evaluate()


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_every_link_leads_somewhere(path: Path) -> None:
    """Each link to a file of the project names one that exists, and each anchor a heading of it."""
    for target in LINK.findall(path.read_text("utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), f"{short(path)} links to {target}"
        if anchor:
            assert anchor in anchors(file), f"{short(path)} links to {target}"


def test_every_page_is_there_in_both_languages() -> None:
    """docs/PAGE and docs/zh/PAGE are one page in two languages; neither is there without the other."""
    pages = {path for path in DOCUMENTS if path.is_relative_to(PAGES)}
    assert [short(path) for path in pages if counterpart(path) not in pages] == []


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.is_relative_to(PAGES)], ids=short)
def test_a_page_links_to_pages_of_its_language(path: Path) -> None:
    """The switch in the header leads to the other language; every other link from page to page stays within one."""
    for target in LINK.findall(path.read_text("utf-8")):
        file = (path.parent / target.partition("#")[0]).resolve()
        if file.suffix == ".md" and file.is_relative_to(PAGES):
            assert file.is_relative_to(CHINESE) == path.is_relative_to(CHINESE), target


def test_both_sites_show_every_page_in_the_same_order() -> None:
    """The navigation of each site names every page of its language, and the two go side by side."""
    orders = [list(navigated(yaml.safe_load((ROOT / name).read_text("utf-8"))["nav"])) for name in SITES]
    assert orders[0] == orders[1]
    pages = {path for path in DOCUMENTS if path.is_relative_to(PAGES) and not path.is_relative_to(CHINESE)}
    assert {short(path) for path in pages} ^ {f"docs/{name}" for name in orders[0]} == set()


def navigated(entry: Any) -> Iterator[str]:
    """Yield the pages that a part of a navigation names."""
    if isinstance(entry, str):
        yield entry
    else:
        for each in entry.values() if isinstance(entry, dict) else entry:
            yield from navigated(each)


def anchors(path: Path) -> set[str]:
    """Return the anchors of the headings of a document, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(path: Path) -> list[str]:
    """Return the lines that a README gives to be copied."""
    return [line for line in path.read_text("utf-8").splitlines() if line.startswith("python3 -m venv ")]


def test_both_readmes_give_the_commands_that_ci_runs() -> None:
    """Two lines to copy, the same in both languages; `.ci/run` takes them from README.md itself."""
    lines = commands(ROOT / "README.md")
    assert len(lines) == 2
    assert lines == commands(ROOT / "README.zh-CN.md")
    assert "huaying run examples/huaying --out out" in lines[0]
    assert lines[1].endswith("./check")
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_python_example_is_eight_lines() -> None:
    """The first example of the README has eight lines of code, and both languages run the same ones but for `lang`."""
    examples = []
    for name in ("README.md", "README.zh-CN.md"):
        document = Document.parse(str(ROOT / name), Fences("python", run_python))
        examples.append([line for line in next(document.examples()).parsed.splitlines() if line.strip()])
    assert len(examples[0]) == 8
    assert [line.replace('"en"', '"zh"') for line in examples[0]] == examples[1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_headers_are_those_of_the_readers(lang: Lang) -> None:
    """The columns in cases/index.md of both languages are those that `tables` reads and writes."""
    assert parts(lang)[1] == render(lang), "run: python tests/headers.py"


def test_nothing_names_a_machine() -> None:
    """No document or source names a path of somebody's machine."""
    outside = re.compile(r"/(?:work|root|home|opt|tmp)/[\w.]|\.\./shared")
    files = [*DOCUMENTS, *source_files(), ROOT / "pyproject.toml", ROOT / "justfile", ROOT / "check"]
    found = [
        f"{short(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if outside.search(line)
    ]
    assert not found


def test_fragments_of_the_changelog() -> None:
    """A fragment is named `SUBJECT.KIND.md`, has one line, and a star only where it can alter a result."""
    kinds = {
        kind["directory"]
        for kind in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]["type"]
    }
    for path in (ROOT / "changelog.d").iterdir():
        if path.name != "README.md":
            _, kind, suffix = path.name.split(".")
            assert (kind in kinds, suffix) == (True, "md"), path.name
            assert len(path.read_text("utf-8").splitlines()) == 1, path.name
