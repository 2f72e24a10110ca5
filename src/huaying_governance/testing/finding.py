"""找用例: which case files lie at a path, and what each of them tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.workdays import Calendar, china_calendar
from huaying_governance.packs import Pack, load_pack
from huaying_governance.packs.finding import pack_folder
from huaying_governance.rules import read_policy
from huaying_governance.testing.case import Case, CaseFile, Equivalent
from huaying_governance.testing.faults import problem
from huaying_governance.testing.lists import ListSubject
from huaying_governance.testing.policies import PolicySubject
from huaying_governance.testing.procedures import ProcedureSubject
from huaying_governance.testing.reading import Head, read_cases
from huaying_governance.testing.subject import Subject
from huaying_governance.testing.timetables import TimetableSubject

ENDINGS = (".cases.toml", ".cases.csv")
CASES = "cases"
"""The folder of a pack that may hold the cases of its policies and lists, so that those folders hold nothing else."""


@frozen(eq=False)
class Suite:
    """一组用例: what is tested, and the files that test it."""

    subject: Subject
    files: tuple[CaseFile, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, file by file."""
        return tuple(case for file in self.files for case in file.cases)

    @property
    def equivalents(self) -> tuple[Equivalent, ...]:
        """All mutants called equivalent."""
        return tuple(each for file in self.files for each in file.equivalents)


@frozen(eq=False)
class Found:
    """What lies at a path: suites in the order of their files, and the problems of files that cannot be used."""

    suites: tuple[Suite, ...]
    files: tuple[CaseFile, ...]
    problems: tuple[Problem, ...]
    more: int = 0


def is_case_file(path: Path) -> bool:
    """Whether a file is called as case files are."""
    return path.name.lower().endswith(ENDINGS)


def find(path: str | Path) -> Found:
    """Return the suites at `path`: a case file, a policy file, a folder (and all below), or a shipped pack's name."""
    place = Path(path)
    if not place.exists():
        folder = pack_folder(str(path))
        if not folder.exists():
            return Found((), (), (problem("no-such-path", Place(str(path))),))
        place = folder
    paths = _case_files(place)
    if not paths:
        code = "no-cases" if place.is_dir() or place.suffix == ".toml" else "not-a-case-file"
        return Found((), (), (problem(code, Place(str(path))),))
    return Finder().suites(paths)


def _case_files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(each for each in place.rglob("*") if is_case_file(each) and each.is_file())
    if is_case_file(place):
        return [place]
    stem = f"{place.name.removesuffix('.toml').removesuffix('.csv')}."
    folders = (place.parent, place.parent.parent / CASES)
    return sorted(
        each
        for folder in folders
        if folder.is_dir()
        for each in folder.iterdir()
        if is_case_file(each) and each.name.startswith(stem)
    )


def _beside(path: Path, name: str) -> Path | None:
    """Return the file of this name beside a case file; for one in a pack's `cases/`, in its policies or lists."""
    folders = [path.parent]
    if path.parent.name == CASES:
        folders += [path.parent.parent / "policies", path.parent.parent / "lists"]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


@define(eq=False, slots=False)
class Finder:
    """Reads files of cases; what several of them test is read once."""

    subjects: dict[str, Subject | list[Problem]] = field(factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days that deadlines are counted by."""
        return china_calendar()

    def suites(self, paths: Iterable[Path]) -> Found:
        """Return the cases of all files, those of one subject together."""
        held: dict[int, tuple[Subject, list[CaseFile]]] = {}
        files: list[CaseFile] = []
        for path in paths:
            file, subject = self.read(path)
            files.append(file)
            if subject is not None:
                held.setdefault(id(subject), (subject, []))[1].append(file)
        problems = tuple(found for file in files for found in file.problems)
        suites = tuple(Suite(subject, tuple(of)) for subject, of in held.values())
        return Found(suites, tuple(files), problems, sum(file.more for file in files))

    def read(self, path: Path) -> tuple[CaseFile, Subject | None]:
        """Return the cases of one file, and what they test."""
        return read_cases(path, lambda head, headers: self.bind(path, head, headers))

    def bind(self, path: Path, head: Head, headers: frozenset[str]) -> Subject | list[Problem]:
        """Return what a file tests, as its head says, else as it is named, else as its headers look."""
        if head.text("policy"):
            return self._policy(path.parent / head.text("policy"), head)
        if head.text("procedure") or headers & {"action", "动作"}:
            return self._of_pack("procedure", path, head)
        if head.text("list"):
            return self._of_pack("list", path, head, path.parent / head.text("list"))
        for stem in _stems(path):
            if (policy := _beside(path, f"{stem}.toml")) is not None:
                return self._policy(policy, head)
            if _beside(path, f"{stem}.csv") is not None:
                return self._of_pack("list", path, head)
        if headers & {"matter", "事项"}:
            return self._of_pack("list", path, head)
        return [problem("no-subject", head.place, name=f"{next(iter(_stems(path)))}.toml")]

    def _policy(self, path: Path, head: Head) -> Subject | list[Problem]:
        key = str(path.resolve())
        if key not in self.subjects:
            self.subjects[key] = self._read_policy(path, head)
        return self.subjects[key]

    def _read_policy(self, path: Path, head: Head) -> Subject | list[Problem]:
        if not path.is_file():
            return [problem("no-subject", head.place, name=path.name)]
        try:
            policy = read_policy(path)
        except Problems as error:
            note = problem("subject-broken", head.place, count=len(error.problems), path=path)
            return [note, *error.problems]
        if policy.kind in {"subsidy", "eligibility"}:
            return PolicySubject(policy)
        if policy.kind == "timetable":
            return TimetableSubject(policy, self.calendar)
        return [problem("unsupported-kind", head.place, kind=policy.kind)]

    def _of_pack(
        self, what: str, path: Path, head: Head, folder: Path | None = None
    ) -> Subject | list[Problem]:
        place = folder or _pack_of(path, head.text("pack"))
        if place is None or not (place / "pack.toml").is_file():
            return [problem("no-such-pack", head.place)]
        key = f"{what}:{place.resolve()}"
        if key not in self.subjects:
            try:
                pack: Pack = load_pack(place)
            except Problems as error:
                return [
                    problem("subject-broken", head.place, count=len(error.problems), path=place),
                    *error.problems,
                ]
            made: Subject = ListSubject(pack) if what == "list" else ProcedureSubject(pack, self.calendar)
            self.subjects[key] = made
        return self.subjects[key]


def _stems(path: Path) -> Iterator[str]:
    """Yield what a file may be named after: `a.edges.cases.csv` after `a.edges`, else after `a`."""
    name = path.name
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        yield ".".join(parts[:count])


def _pack_of(path: Path, named: str) -> Path | None:
    """Return the folder of the pack that a file names, else of the nearest one above it."""
    if named:
        beside = path.parent / named
        return beside if beside.is_dir() else pack_folder(named)
    return next((each for each in path.resolve().parents if (each / "pack.toml").is_file()), None)
