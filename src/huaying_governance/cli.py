"""The command `huaying` (命令行): run a case folder, verify a store, check a policy, a pack or a case, test policies.

Exit status: 0 done; 1 the input has problems, all of them printed, nothing half-written; 2 wrong usage.
"""

# Long: every command stands in one place.

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from huaying_governance.errors import ChainBroken, Conflict, HuayingError, Problem, Problems, StoreError
from huaying_governance.text import Lang, Text

if TYPE_CHECKING:
    from huaying_governance.flows import Progress

DONE, PROBLEMS, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's own) and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a terminal that cannot show Chinese must not end in a traceback
            stream.reconfigure(errors="backslashreplace")
    args = _parser().parse_args(argv)
    lang: Lang = args.lang
    try:
        return _done(args, lang)
    except Problems as error:
        _print_problems(error.problems, lang, sys.stderr.write, error.more)
    except (ChainBroken, StoreError) as error:
        sys.stderr.write(f"{error.say(lang)}\n")
    except Conflict as error:
        busy = Text(
            "另一进程正在写入同一存储，请待其结束后重新运行",
            "another run is writing to the same store; run again when it has ended",
        )
        sys.stderr.write(f"{busy.say(lang)}: {error}\n")
    except HuayingError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        named = f" `{error.filename}`" if error.filename else ""
        sys.stderr.write(
            f"{Text('文件无法读写', 'cannot read or write').say(lang)}{named}: {error.strerror}\n"
        )
    except KeyboardInterrupt:
        stopped = Text(
            "已中断；重新运行即可接着办完", "interrupted; run it again and it goes on where it stopped"
        )
        sys.stderr.write(f"\n{stopped.say(lang)}\n")
        return INTERRUPTED
    return PROBLEMS


def _done(args: argparse.Namespace, lang: Lang) -> int:
    """Do what was asked and return the exit status."""
    match args.command:
        case "run":
            return _run(args, lang)
        case "verify":
            return _verify(args.store, lang)
        case "test":
            return _test(args, lang)
        case "replay":
            return _replay(args, lang)
        case "new":
            return _new(args.path, lang)
        case "board":
            return _board(args, lang)
        case _:
            return _check(args, lang)


def _parser() -> argparse.ArgumentParser:
    from huaying_governance import __version__  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="huaying",
        description="基层治理：清单裁定、台账、奖补 / rules for grassroots community governance",
    )
    parser.add_argument("--version", action="version", version=f"huaying {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="办理一个案卷文件夹 / judge a case folder")
    run.add_argument("folder", type=Path, metavar="FOLDER")
    run.add_argument(
        "--out", type=Path, required=True, metavar="OUT", help="结果文件夹 / folder for the results"
    )
    run.add_argument("--store", metavar="URL", help="存储，默认 sqlite:///OUT/huaying.db / store")
    run.add_argument(
        "--partial",
        action="store_true",
        help="有问题的行另列，其余照办 / do the good rows, list the bad ones",
    )
    run.add_argument(
        "--receipts", type=Path, metavar="FILE", help="奖补凭证写入文件 / write the receipts of awards"
    )
    run.add_argument("--xlsx", action="store_true", help="结果另存工作簿 / write workbooks too (extra excel)")
    replay = commands.add_parser("replay", help="按凭证复算 / run again what receipts were given for")
    replay.add_argument("receipt", type=Path, metavar="RECEIPT")
    tables = "原案卷，或批量表所在文件夹 / the case folder, or that of a batch's tables"
    replay.add_argument("data", type=Path, metavar="DATA", help=tables)
    replay.add_argument("--pack", default="huaying", help="批量凭证的政策包 / the pack of a batch (huaying)")
    verify = commands.add_parser("verify", help="核验存储的每条链 / verify every chain of a store")
    verify.add_argument("store", metavar="STORE")
    check = commands.add_parser(
        "check", help="检查政策、政策包或案卷 / check a policy file, a pack or a case folder"
    )
    check.add_argument("path", metavar="PATH")
    proving = "证明政策声明的性质 / prove what policies state (extra prove)"
    report = "案卷各表的导入报告 / what reading each table of a case came to"
    check.add_argument("--report", action="store_true", help=report)
    check.add_argument("--prove", action="store_true", help=proving)
    test = commands.add_parser("test", help="按用例检验政策 / test policies by their cases")
    _test_options(test)
    new = commands.add_parser("new", help="新建政策包 / begin a pack for another place")
    new.add_argument("path", type=Path, metavar="FOLDER")
    board = commands.add_parser("board", help="生成看板和社区简报 / make a board of a run's results")
    board.add_argument("folder", type=Path, metavar="FOLDER", help="案卷文件夹 / the case folder")
    board.add_argument(
        "--out", type=Path, required=True, metavar="OUT", help="运行结果 / the results of its run"
    )
    board.add_argument("--to", type=Path, metavar="FOLDER", help="默认 OUT/board / where to write it")
    board.add_argument("--store", metavar="URL", help="存储，默认 sqlite:///OUT/huaying.db / store")
    board.add_argument("--unmasked", action="store_true", help="不遮盖个人编号 / show references to persons")
    board.add_argument("--xlsx", action="store_true", help="简报另存工作簿 / briefs as workbooks too")
    for command in (run, replay, verify, check, test, new, board):
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language (zh)")
    return parser


def _test_options(test: argparse.ArgumentParser) -> None:
    test.add_argument(
        "path", metavar="PATH", help="用例、政策、文件夹或随库政策包 / cases, policy, folder or pack"
    )
    test.add_argument("--coverage", action="store_true", help="政策覆盖 / coverage of the policy")
    test.add_argument("--mutate", action="store_true", help="变异检验 / mutation testing")
    under = "政策覆盖低于百分之N即不通过 / fail when policy coverage is under N %%"
    test.add_argument("--policy-fail-under", type=_percent, metavar="N", help=under)
    test.add_argument("--html", type=Path, metavar="FILE", help="覆盖网页 / coverage as a page")
    test.add_argument("--json", type=Path, metavar="FILE", help="全部结果 / everything as JSON")
    test.add_argument(
        "--append", type=Path, metavar="FILE", help="拟补用例附加到文件 / append the cases proposed"
    )
    test.add_argument("--record", type=Path, metavar="FILE", help="裁定留底 / record the rulings")
    test.add_argument("--against", type=Path, metavar="FILE", help="与留底比对 / compare with a record")


def _percent(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("0–100")
    return value


def _run(args: argparse.Namespace, lang: Lang) -> int:
    from huaying_governance.flows import run_case  # noqa: PLC0415

    summary = run_case(
        args.folder,
        args.out,
        store=args.store,
        lang=lang,
        partial=args.partial,
        progress=_progress(lang),
        receipts=args.receipts,
        workbooks=args.xlsx,
    )
    if summary.warnings:
        _print_problems(summary.warnings, lang, sys.stderr.write)
    print(summary.say(lang))
    return DONE


def _replay(args: argparse.Namespace, lang: Lang) -> int:
    from huaying_governance.flows import replay  # noqa: PLC0415

    found = replay(args.receipt, args.data, pack=args.pack)
    print(found.say(lang))
    return DONE if found.same else PROBLEMS


def _board(args: argparse.Namespace, lang: Lang) -> int:
    from huaying_governance.flows.case import read_case  # noqa: PLC0415
    from huaying_governance.report import write_board  # noqa: PLC0415
    from huaying_governance.storage import open_store  # noqa: PLC0415

    case = read_case(args.folder)
    store = args.store or f"sqlite:///{args.out / 'huaying.db'}"
    with open_store(store, create=False) as opened:
        page = write_board(
            args.out,
            args.to or args.out / "board",
            title=case.title,
            on=case.on,
            case=args.folder,
            communities=case.pack.communities,
            pack=case.pack,
            store=opened,
            masked=not args.unmasked,
            workbooks=args.xlsx,
        )
    page = page if lang == "zh" else page.with_name("index.en.html")
    sys.stdout.write(f"{Text('看板：', 'board: ').say(lang)}{page}\n")
    return DONE


def _verify(store: str, lang: Lang) -> int:
    from huaying_governance.storage import open_store, verify  # noqa: PLC0415

    with open_store(store, create=False) as opened:
        seal = verify(opened)
    whole = Text("全部链条完整：{n} 条流，封印 {d}", "every chain is whole: {n} streams, seal {d}")
    print(whole.fill(n=seal.streams, d=seal.digest).say(lang))
    return DONE


def _check(args: argparse.Namespace, lang: Lang) -> int:
    from huaying_governance.flows import check_path  # noqa: PLC0415

    path = args.path
    if args.report:
        from huaying_governance.flows.case import read_tables  # noqa: PLC0415
        from huaying_governance.tables import import_report  # noqa: PLC0415

        print(import_report(read_tables(Path(path)).by_name.values(), lang))
    problems = check_path(path)
    _print_problems(problems, lang, sys.stdout.write)
    errors = sum(problem.severity == "error" for problem in problems)
    if not errors:
        print(Text("没有问题：{p}", "no problems: {p}").fill(p=path).say(lang))
    return PROBLEMS if errors else _prove(path, lang) if args.prove else DONE


def _prove(path: str, lang: Lang) -> int:
    from huaying_governance.flows import prove_path  # noqa: PLC0415

    proofs = prove_path(path)
    for proof in proofs:
        if proof.problem is None:
            print(proof.say(lang))
    failed = [proof.problem for proof in proofs if proof.problem is not None]
    _print_problems(failed, lang, sys.stdout.write)
    counted = Text("已证明 {n} 项，未证明 {f} 项", "{n} proved, {f} not").fill(
        n=len(proofs) - len(failed), f=len(failed)
    )
    print(counted.say(lang))
    return PROBLEMS if failed else DONE


def _test(args: argparse.Namespace, lang: Lang) -> int:
    from huaying_governance.testing.command import Options, run_tests  # noqa: PLC0415

    options = Options(
        lang=lang,
        coverage=args.coverage,
        mutate=args.mutate,
        fail_under=args.policy_fail_under,
        html=args.html,
        json=args.json,
        append=args.append,
        record=args.record,
        against=args.against,
    )
    return DONE if run_tests(args.path, options, sys.stdout.write) else PROBLEMS


def _new(folder: Path, lang: Lang) -> int:
    from huaying_governance.packs import new_pack  # noqa: PLC0415

    for file in new_pack(folder):
        print(file)
    todo = Text(
        "改写其中的“示例”，然后运行 huaying check {f}、huaying test {f}",
        "replace what says 示例, then run huaying check {f} and huaying test {f}",
    )
    print(todo.fill(f=str(folder)).say(lang))
    return DONE


def _print_problems(
    problems: Sequence[Problem], lang: Lang, write: Callable[[str], object], more: int = 0
) -> None:
    for problem in problems:
        write(problem.say(lang) + "\n")
    if more:
        write(Text("另有 {n} 个问题未列出\n", "and {n} more problems\n").fill(n=more).say(lang))


def _progress(lang: Lang) -> Progress | None:
    """Show progress on a terminal only, one line that is overwritten."""
    if not sys.stderr.isatty():
        return None

    def show(what: Text, done: int, total: int) -> None:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{what.say(lang)} {done:,}/{total:,}{end}")
        sys.stderr.flush()

    return show
