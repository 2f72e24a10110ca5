"""The command line in the hands of somebody who mistypes: every command, every slip, never a traceback."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance import cli
from huaying_governance.packs import new_pack
from huaying_governance.usage import lang_of, parser, refusal

COMMANDS = ("run", "verify", "check", "test", "board", "new", "replay")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROWS = "编号,日期,交办单位,社区,事项,标题,经费,应急令\nA1,2026-03-02,民政局,杜家坪社区,XZ02,,,\n"


def case_at(folder: Path) -> Path:
    """Return a small case folder."""
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text('[case]\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (folder / "assignments.csv").write_text(ROWS, "utf-8")
    return folder


def arguments(command: str, path: Path, out: Path) -> list[str]:
    """Return a command on a path, with what it needs beside it."""
    beside = {"run": ["--out", str(out)], "board": ["--out", str(out)], "replay": [str(path)]}
    return [command, str(path), *beside.get(command, [])]


def missing(home: Path) -> Path:
    return home / "没有这里"


def empty(home: Path) -> Path:
    (home / "空").mkdir()
    return home / "空"


def a_file(home: Path) -> Path:
    (home / "一个文件").write_text("文字，不是数据", "utf-8")
    return home / "一个文件"


def below_a_file(home: Path) -> Path:
    return a_file(home) / "里面"


def garbage(home: Path) -> Path:
    (home / "乱.toml").write_bytes(b"\xff\xfe\x00[[[")
    return home / "乱.toml"


def workbook(home: Path) -> Path:
    (home / "表.xlsx").write_bytes(b"PK\x03\x04nothing")
    return home / "表.xlsx"


def long_name(home: Path) -> Path:
    return home / ("长" * 300)


def heating(home: Path) -> Path:
    """Return a policy that no case tests."""
    path = home / "heating.toml"
    text = (Path(__file__).parents[1] / "docs/zh/testing/first-policy.md").read_text("utf-8")
    path.write_text(text.partition('write_text("""')[2].partition('"""')[0], "utf-8")
    return path


PLACES: dict[str, Callable[[Path], Path]] = {
    place.__name__: place for place in (missing, empty, a_file, below_a_file, garbage, workbook, long_name)
}


def told(capsys: pytest.CaptureFixture[str], lang: str) -> str:
    """Return what was printed: it says what and how to mend it, in the language asked for."""
    shown = capsys.readouterr()
    text = shown.out + shown.err
    assert "Traceback" not in text
    assert text.strip()
    assert "Errno" not in text
    own = re.sub(r"^用法 / usage: |`[^`]*`|\S*[/\\]\S*|[“「][^”」]*[”」]", "", text)
    assert bool(CHINESE.search(own)) is (lang == "zh"), text
    return text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_path(
    command: str, place: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, empty, a file for a folder, garbage: status 1, and a message that says what to do."""
    path = PLACES[place](tmp_path)
    if command == "new" and place in {"missing", "empty"}:
        path = tmp_path / "Not-An-Id"
    status = cli.main([*arguments(command, path, tmp_path / "out"), "--lang", lang])
    text = told(capsys, lang)
    assert status == 1, text
    assert re.search(
        "改法|请|核对|写|重新|安装" if lang == "zh" else "to mend|check|write|give|name|install|run", text
    ), text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        ["run", "CASE", "--out", "CASE"],
        ["run", "CASE", "--out", "FILE"],
        ["run", "RECEIPTS", "--out", "OUT"],
        ["run", "CITY", "--out", "OUT"],
        ["run", "CASE", "--out", "FILE/out"],
        ["run", "CASE", "--out", "OUT", "--store", "none:such"],
        ["run", "CASE", "--out", "OUT", "--store", "sqlite:///FILE"],
        ["run", "CASE", "--out", "OUT", "--store", "sqlite:///CASE"],
        ["run", "CASE", "--out", "OUT", "--store", "sqlite:///MISSING/x.db"],
        ["run", "CASE", "--out", "OUT", "--receipts", "CASE"],
        ["run", "CASE", "--out", "OUT", "--receipts", "MISSING/r.json"],
        ["board", "CASE", "--out", "OUT"],
        ["board", "CASE", "--out", "FILE"],
        ["board", "CASE", "--out", "RUN", "--to", "FILE"],
        ["board", "CASE", "--out", "RUN", "--store", "sqlite:///FILE"],
        ["verify", "sqlite:///FILE"],
        ["verify", "sqlite:///MISSING/x.db"],
        ["verify", "sqlite:///CASE"],
        ["verify", ""],
        ["verify", "postgresql://nobody@127.0.0.1:1/none"],
        ["check", ""],
        ["check", "CSV"],
        ["check", "FILE", "--report"],
        ["check", "MISSING", "--report"],
        ["test", "CASE"],
        ["test", "CSV"],
        ["test", "POLICY", "--html", "CASE"],
        ["test", "POLICY", "--json", "MISSING/x.json"],
        ["test", "POLICY", "--record", "CASE"],
        ["test", "POLICY", "--against", "MISSING"],
        ["test", "POLICY", "--against", "FILE"],
        ["test", "POLICY", "--against", "CASE"],
        ["test", "HEATING", "--coverage", "--append", "CASE"],
        ["new", "CASE"],
        ["new", "FILE"],
        ["new", ""],
        ["new", "."],
        ["new", "FILE/city"],
        ["replay", "FILE", "CASE"],
        ["replay", "CASE", "CASE"],
        ["replay", "RECEIPTS", "MISSING"],
        ["replay", "RECEIPTS", "CASE"],
        ["replay", "RECEIPTS", "CASE", "--pack", "nowhere"],
    ],
    ids=" ".join,
)
def test_a_wrong_place_for_what_is_written_or_read_beside(
    asked: list[str], lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outputs, stores, records and receipts in impossible places: told, in the language asked for."""
    case, file = case_at(tmp_path / "案卷"), a_file(tmp_path)
    (tmp_path / "收据.json").write_text("[]", "utf-8")
    new_pack(tmp_path / "city")
    policy = Path(__file__).parents[1] / "src/huaying_governance/packs/huaying/policies/zone-employment.toml"
    if "RUN" in asked:
        assert cli.main(["run", str(case), "--out", str(tmp_path / "办好")]) == 0
        capsys.readouterr()
    places = {
        "CASE": case,
        "FILE": file,
        "MISSING": tmp_path / "没有",
        "OUT": tmp_path / "结果",
        "RUN": tmp_path / "办好",
        "CSV": case / "assignments.csv",
        "POLICY": policy,
        "HEATING": heating(tmp_path),
        "CITY": tmp_path / "city",
        "RECEIPTS": tmp_path / "收据.json",
    }
    full = [re.sub("[A-Z]{3,}", lambda word: str(places.get(word[0], word[0])), part) for part in asked]
    assert cli.main([*full, "--lang", lang]) == 1
    told(capsys, lang)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_the_right_to_write(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system denies it, the message names the file, the reason in words, and what to look at."""
    case = case_at(tmp_path / "案卷")

    def denied(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    asked = {
        "run": ["run", str(case), "--out", str(tmp_path / "out")],
        "new": ["new", str(tmp_path / "city")],
        "test": ["test", "huaying", "--html", str(tmp_path / "x.html")],
        "board": ["board", str(case), "--out", str(tmp_path / "out")],
        "check": ["check", str(case)],
        "verify": ["verify", str(tmp_path / "out" / "huaying.db")],
        "replay": ["replay", str(tmp_path / "r.json"), str(case)],
    }[command]
    if command == "board":
        assert cli.main(asked[:1] and ["run", *asked[1:]]) == 0
        capsys.readouterr()
    for name in ("mkdir", "open", "write_text", "write_bytes"):
        monkeypatch.setattr(Path, name, denied)
    status = cli.main([*asked, "--lang", "zh"])
    text = told(capsys, "zh")
    assert status == 1
    if command in {"run", "new", "test", "board"}:
        assert "没有权限" in text
        assert "改法：换一个可以读写的文件夹" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_usage(command: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No argument, an option that is none, an option without its value: status 2, in the language asked for."""
    for asked in (
        [command],
        [command, "x", "--colour"],
        [command, "x", "--lang", "fr"],
        [command, "x", "--lang"],
    ):
        full = [*asked, "--lang", lang] if "--lang" not in asked else ["--lang", lang, *asked]
        with pytest.raises(SystemExit) as stop:
            cli.main(full)
        assert stop.value.code == 2
        text = told(capsys, lang)
        assert "--help" in text
        assert text.startswith("用法 / usage: huaying")
        assert ("\n用法不对：" if lang == "zh" else "\nwrong usage: ") in text


def test_what_was_meant_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt command or option is answered with the one that it resembles."""
    for asked, said in (
        (["runn", "x"], "是否应为 run？"),
        (["test", "x", "--coverge"], "是否应为 --coverage？"),
        (["test", "x", "--policy-fail-under", "viel"], "应为 0–100"),
        (["test", "x", "--policy-fail-under", "120"], "应为 0–100"),
        (["run", "x"], "缺少参数：--out"),
        (["run", "x", "--out"], "--out 后面要写一个值"),
        (["run", "x", "--partial=yes", "--out", "y"], "--partial 后面不带值"),
        (["test", "x", "--co"], ""),
        (["run", "x", "--out", "y", "--lang", "fr"], "可选："),
    ):
        if said:
            with pytest.raises(SystemExit):
                cli.main(asked)
            assert said in capsys.readouterr().err
    assert "may be" in refusal("ambiguous option: --x could match --xa, --xb").en
    assert refusal("something new").zh == "something new"
    assert lang_of(["x", "--lang=en"]) == lang_of(["--lang", "en"]) == "en"
    assert lang_of(["--lang", "zh"]) == lang_of([]) == "zh"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_complete_and_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every argument and option has its help, Chinese and English; the exit statuses are told."""
    with pytest.raises(SystemExit) as stop:
        cli.main([*([command] if command else []), "--help"])
    assert stop.value.code == 0
    text = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert text.startswith("用法 / usage: huaying")
    assert "退出状态 / exit status" in text
    assert "positional arguments" not in text
    actions = parser("zh", "1")._actions
    if command:
        choices = next(each.choices for each in actions if each.choices)
        assert isinstance(choices, dict)
        actions = choices[command]._actions
    for each in actions:
        if each.choices and not each.option_strings:
            continue
        assert each.help, each
        assert CHINESE.search(each.help), each
        assert " / " in each.help, each


def process(*asked: str, **more: object) -> subprocess.Popen[str]:
    """Start the command as a shell would."""
    source = str(Path(hg.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "huaying_governance", *asked],
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": source},
        **more,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    "asked", [["check", "huaying"], ["--help"], ["verify", "--help"], ["check", "nowhere"]], ids=" ".join
)
def test_a_reader_that_goes_away_ends_it_quietly(asked: list[str]) -> None:
    """`| head`: no message and no traceback; the status is that of the shell for a broken pipe."""
    for stream in ("stdout", "both"):
        other = subprocess.STDOUT if stream == "both" else subprocess.PIPE
        with process(*asked, stdout=subprocess.PIPE, stderr=other) as running:
            assert running.stdout is not None
            running.stdout.close()
            said = running.stderr.read() if running.stderr is not None else ""
            assert running.wait(60) == cli.GONE
            assert said == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_told() -> None:
    """What cannot be written for want of space is a message and status 1."""
    with (
        Path("/dev/full").open("w") as full,
        process("check", "huaying", stdout=full, stderr=subprocess.PIPE) as running,
    ):
        assert running.stderr is not None
        said = running.stderr.read()
        assert running.wait(60) == 1
    assert "磁盘已满" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
def test_without_anywhere_to_write_to() -> None:
    """Started with its outputs closed, it does its work and says nothing."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m huaying_governance check huaying >&- 2>&-', sys.executable],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(hg.__file__).parents[1])},
    )
    assert done.returncode == 0


class Gone:
    """A stream whose reader has gone away."""

    def __init__(self, file: Path) -> None:
        self.held = file.open("w")

    def write(self, _: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    def flush(self) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    def fileno(self) -> int:
        return self.held.fileno()


def test_a_broken_pipe_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not told as a file that cannot be written."""
    gone = Gone(tmp_path / "x")
    monkeypatch.setattr(sys, "stdout", gone)
    assert cli.main(["check", "huaying"]) == cli.GONE
    gone.held.close()


def test_notes_come_last_and_blame_nobody(tmp_path: Path) -> None:
    """A first run ends with what was done; that a source states no amount is a note after it, not a warning."""
    case = tmp_path / "案卷"
    case_at(case)
    (case / "persons.csv").write_text("person,education,spouse\nP1,21,\n", "utf-8")
    (case / "spells.csv").write_text("person,employer,in_zone,from,to\nP1,甲,是,2025-01-01,\n", "utf-8")
    with process(
        "run", str(case), "--out", str(tmp_path / "out"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        assert running.stdout is not None
        lines = running.stdout.read().splitlines()
        assert running.wait(60) == 0
    assert lines[0].endswith("办理完毕")
    at = next(number for number, line in enumerate(lines) if "amount-unset" in line)
    assert at > next(number for number, line in enumerate(lines) if line.startswith("结果："))
    assert lines[at].startswith("提示：")
    assert "不必改动" in lines[at + 1]
    assert not any("警告" in line or "改法" in line for line in lines)


def test_a_store_is_found_in_the_folder_of_its_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify OUT` verifies the store that the run left there."""
    assert cli.main(["run", str(case_at(tmp_path / "c")), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert cli.main(["verify", str(tmp_path / "out")]) == 0
    assert "全部链条完整" in capsys.readouterr().out


def test_what_is_written_under_another_name_first_is_told_by_its_own() -> None:
    """The name of a file in the making says nothing to its reader."""
    found = hg.errors.system_problem(OSError(errno.ENOENT, "No such file or directory", "a/.r.json.part"))
    assert str(found.place) == "a/r.json"
    assert hg.errors.system_problem(OSError(12345, "odd")).message.zh == "文件无法读写：odd"
