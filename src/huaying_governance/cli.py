"""The command `huaying` (命令行): run a case folder, verify a store, check a policy, a pack or a case, test policies.

Exit status: 0 done; 1 the input has problems, all of them printed, nothing half-written; 2 wrong usage; 130 it was
interrupted; 141 whoever read what it prints has gone away (`| head`), as the shell tells of any command.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from huaying_governance.errors import (
    CalendarNotLoaded,
    ChainBroken,
    Conflict,
    HuayingError,
    Problem,
    Problems,
    StoreError,
    system_problem,
)
from huaying_governance.text import Lang, Text
from huaying_governance.usage import lang_of, parser

if TYPE_CHECKING:
    from huaying_governance.flows import Progress

DONE, PROBLEMS, INTERRUPTED, GONE = 0, 1, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's own) and return the exit status."""
    _ready()
    asked = sys.argv[1:] if argv is None else list(argv)
    lang = lang_of(asked)
    try:
        try:
            return _caught(parser(lang, _version(), asked).parse_args(asked))
        finally:
            # Here and not at Python's end, where a reader that has gone away would be told of in a traceback.
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
    except OSError as error:
        _hush()
        if isinstance(error, BrokenPipeError):
            return GONE
        _print_problems([system_problem(error)], lang, sys.stderr.write)
        return PROBLEMS


def _version() -> str:
    from huaying_governance import __version__  # noqa: PLC0415

    return __version__


def _ready() -> None:
    """See that there is somewhere to write to, and that what cannot be shown does not end in a traceback."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the command
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _hush() -> None:
    """Let what cannot be written go nowhere: Python would try again at its end (the recipe of its documents)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _caught(args: argparse.Namespace) -> int:
    """Do what was asked; what the library raises on purpose is told in the language asked for."""
    lang: Lang = args.lang
    try:
        return _done(args, lang)
    except Problems as error:
        _print_problems(error.problems, lang, sys.stderr.write, error.more)
    except (ChainBroken, StoreError, CalendarNotLoaded) as error:
        sys.stderr.write(f"{error.say(lang)}\n")
    except Conflict as error:
        busy = Text(
            "另一进程正在写入同一存储，请待其结束后重新运行",
            "another run is writing to the same store; run again when it has ended",
        )
        sys.stderr.write(f"{busy.say(lang)}: {error}\n")
    except HuayingError as error:
        sys.stderr.write(f"{error}\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        _print_problems([system_problem(error)], lang, sys.stderr.write)
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
    print(summary.say(lang), flush=True)
    # Warnings and notes come last: what was done comes first, and a note must not read as a fault of the reader's.
    _print_problems(sorted(summary.warnings, key=_is_note), lang, sys.stderr.write)
    return DONE


def _is_note(problem: Problem) -> bool:
    return problem.severity == "note"


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

    inside = Path(store) / "huaying.db"  # of the folder that a run wrote to, its store
    with open_store(f"sqlite:///{inside}" if inside.is_file() else store, create=False) as opened:
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

        if told := import_report(read_tables(Path(path)).by_name.values(), lang):
            print(told)
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
