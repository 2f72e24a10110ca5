"""用法: what the command `huaying` understands; its help in both languages, its refusals in the language asked for."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from huaying_governance.text import Lang, Text

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Group = argparse._ArgumentGroup

DESCRIPTION = "基层治理：清单裁定、台账、奖补 / rules for grassroots community governance"
STATUS = (
    "退出状态 / exit status: 0 办理完毕 / done; 1 输入有问题，已全部列出 / the input has problems, all listed; "
    "2 用法不对 / wrong usage; 130 被中断 / interrupted; 141 读取输出的一方已离开 / whoever read the output went away"
)
_REFUSALS: Sequence[tuple[str, Text]] = (
    (r"the following arguments are required: (?P<a>.+)", Text("缺少参数：{a}", "missing: {a}")),
    (r"unrecognized arguments: (?P<a>.+)", Text("不认识的参数：{a}", "not known here: {a}")),
    (
        r"argument (?P<a>.+?): invalid choice: (?P<v>.+?) \(choose from (?P<k>.+)\)",
        Text("{a} 不能是 {v}；可选：{k}", "{a} cannot be {v}; choose from {k}"),
    ),
    (
        r"argument (?P<a>.+?): expected .*arguments?",
        Text("{a} 后面要写一个值", "{a} needs a value after it"),
    ),
    (
        r"argument (?P<a>.+?): ignored explicit argument (?P<v>.+)",
        Text("{a} 后面不带值，却写了 {v}", "{a} takes no value, but {v} is given"),
    ),
    (
        r"ambiguous option: (?P<a>.+) could match (?P<k>.+)",
        Text("{a} 写得不全，可能是 {k}", "{a} is not clear: it may be {k}"),
    ),
    (
        r"argument (?P<a>.+?): (?P<k>.+)",
        Text("{a} 的值不对；应为 {k}", "the value of {a} is wrong; it is {k}"),
    ),
)


def lang_of(argv: Sequence[str]) -> Lang:
    """Return the language that arguments ask for, before they are understood."""
    said = re.search(r"(?:^|\0)--l[ang]*[=\0](zh|en)(?:\0|$)", "\0".join(argv))
    return "en" if said is not None and said[1] == "en" else "zh"


class _Formatter(argparse.HelpFormatter):
    """Help whose first line is headed in both languages."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法 / usage: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that refuses in the language asked for and says where to read on."""

    def __init__(self, **more: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **more)
        self.lang: Lang = "zh"
        self.commands: Mapping[str, argparse.ArgumentParser] = {}
        self.asked: Sequence[str] = ()

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stderr).write(message)  # argparse itself would not tell that the reader has gone away

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        told = Text(
            "用法不对：{m}\n    改法：{n}用法见 {p} --help\n",
            "wrong usage: {m}\n    to mend: {n}see {p} --help\n",
        )
        command = next((self.commands[word] for word in self.asked if word in self.commands), self)
        near = _nearest(message, command, self.commands)
        command.print_usage(sys.stderr)
        self.exit(2, told.fill(m=refusal(message), n=near, p=command.prog).say(self.lang))


def _nearest(message: str, parser: argparse.ArgumentParser, commands: Iterable[str]) -> Text:
    """Return the option or command that a misspelt one resembles."""
    found = re.match(r"unrecognized arguments: (-\S+)|argument COMMAND: invalid choice: '(\S+?)'", message)
    if found is None:
        return Text("", "")
    asked = (found[1] or found[2]).partition("=")[0]
    options = [word for action in parser._actions for word in action.option_strings]
    near = get_close_matches(asked[:64], options if found[1] else list(commands), 1)
    return Text("是否应为 {n}？", "was {n} meant? ").fill(n=near[0]) if near else Text("", "")


def refusal(message: str) -> Text:
    """Return what argparse says, in both languages; in its own words where they are not known."""
    for pattern, told in _REFUSALS:
        found = re.fullmatch(pattern, message)
        if found is not None:
            return told.fill(**found.groupdict())
    return Text(message, message)


def parser(lang: Lang, version: str, asked: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the whole command; `lang` is what it refuses in, `asked` what it will be given."""
    made = _Parser(prog="huaying", description=DESCRIPTION, epilog=STATUS)
    how = made.add_argument_group("选项 / options")
    _help(how)
    how.add_argument(
        "--version", action="version", version=f"huaying {version}", help="显示版本 / show the version"
    )
    commands = made.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        title="命令 / commands",
    )
    for name, told, options in (
        ("run", "办理一个案卷文件夹 / judge a case folder", _run),
        ("verify", "核验存储的每条链 / verify every chain of a store", _verify),
        ("check", "检查政策、政策包或案卷 / check a policy file, a pack or a case folder", _check),
        ("test", "按用例检验政策 / test policies by their cases", _test),
        ("board", "生成看板和社区简报 / make a board of a run's results", _board),
        ("new", "新建政策包 / begin a pack for another place", _new),
        ("replay", "按凭证复算 / run again what receipts were given for", _replay),
    ):
        command = commands.add_parser(name, help=told, description=told, epilog=STATUS)
        command.lang = lang
        options(
            command.add_argument_group("参数 / arguments"),
            how := command.add_argument_group("选项 / options"),
        )
        how.add_argument(
            "--lang", choices=("zh", "en"), default="zh", help="语言，默认 zh / language (default zh)"
        )
        _help(how)
    made.commands, made.asked, made.lang = commands.choices, asked, lang
    return made


def _help(how: Group) -> None:
    how.add_argument("-h", "--help", action="help", help="显示本帮助 / show this help")


def _run(what: Group, how: Group) -> None:
    what.add_argument("folder", type=Path, metavar="FOLDER", help="案卷文件夹 / the case folder")
    how.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="OUT",
        help="结果文件夹，必填 / folder for the results, needed",
    )
    how.add_argument("--store", metavar="URL", help=STORE)
    how.add_argument(
        "--partial",
        action="store_true",
        help="有问题的行另列，其余照办 / do the good rows, list the bad ones",
    )
    how.add_argument(
        "--receipts", type=Path, metavar="FILE", help="奖补凭证写入文件 / write the receipts of awards"
    )
    how.add_argument(
        "--xlsx",
        action="store_true",
        help="结果另存工作簿（可选部分 excel） / write workbooks too (extra excel)",
    )


STORE = "存储，默认 sqlite:///OUT/huaying.db / store"


def _verify(what: Group, _: Group) -> None:
    what.add_argument(
        "store",
        metavar="STORE",
        help="存储，如 sqlite:///out/huaying.db 或其文件 / store, as sqlite:///out/huaying.db, or its file",
    )


def _check(what: Group, how: Group) -> None:
    what.add_argument(
        "path",
        metavar="PATH",
        help="政策文件、政策包（文件夹或随库名称）或案卷文件夹 / "
        "a policy file, a pack (a folder or a shipped name) or a case folder",
    )
    how.add_argument(
        "--report", action="store_true", help="案卷各表的导入报告 / what reading each table of a case came to"
    )
    how.add_argument(
        "--prove",
        action="store_true",
        help="证明政策声明的性质（可选部分 prove） / prove what policies state (extra prove)",
    )


def _test(what: Group, how: Group) -> None:
    what.add_argument(
        "path", metavar="PATH", help="用例、政策、文件夹或随库政策包 / cases, policy, folder or pack"
    )
    how.add_argument("--coverage", action="store_true", help="政策覆盖 / coverage of the policy")
    how.add_argument("--mutate", action="store_true", help="变异检验 / mutation testing")
    under = "已确认用例的政策覆盖低于百分之N即不通过 / fail when what confirmed cases cover of a policy is under N %%"
    how.add_argument("--policy-fail-under", type=_percent, metavar="N", help=under)
    how.add_argument("--html", type=Path, metavar="FILE", help="覆盖网页 / coverage as a page")
    how.add_argument("--json", type=Path, metavar="FILE", help="全部结果 / everything as JSON")
    how.add_argument(
        "--append", type=Path, metavar="FILE", help="拟补用例附加到文件 / append the cases proposed"
    )
    how.add_argument("--record", type=Path, metavar="FILE", help="裁定留底 / record the rulings")
    how.add_argument("--against", type=Path, metavar="FILE", help="与留底比对 / compare with a record")


def _percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("0–100")
    return value


def _board(what: Group, how: Group) -> None:
    what.add_argument("folder", type=Path, metavar="FOLDER", help="案卷文件夹 / the case folder")
    how.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="OUT",
        help="其运行结果的文件夹，必填 / folder with the results of its run, needed",
    )
    how.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="看板写到哪里，默认 OUT/board / where to write the board (default OUT/board)",
    )
    how.add_argument("--store", metavar="URL", help=STORE)
    how.add_argument("--unmasked", action="store_true", help="不遮盖个人编号 / show references to persons")
    how.add_argument(
        "--xlsx",
        action="store_true",
        help="简报另存工作簿（可选部分 excel） / briefs as workbooks too (extra excel)",
    )


def _new(what: Group, _: Group) -> None:
    what.add_argument(
        "path",
        type=Path,
        metavar="FOLDER",
        help="新文件夹，其名即政策包标识 / a new folder, whose name is the id of the pack",
    )


def _replay(what: Group, how: Group) -> None:
    what.add_argument("receipt", type=Path, metavar="RECEIPT", help="凭证文件 / file of receipts")
    what.add_argument(
        "data",
        type=Path,
        metavar="DATA",
        help="原案卷，或批量表所在文件夹 / the case folder, or that of a batch's tables",
    )
    how.add_argument(
        "--pack",
        default="huaying",
        metavar="PACK",
        help="批量凭证的政策包，默认 huaying / the pack of a batch (default huaying)",
    )
