"""An independent reading of "assignments, admissions → assignments.csv", over plain rows of CSV files.

`must` are the codes CASES asks for, `may` those it leaves open (a missing fact beside a refusal, say).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

DAY = timedelta(days=1)
ORDER = (
    "prohibited",
    "not-listed",
    "not-in-force",
    "assigner-not-allowed",
    "community-not-covered",
    "funds-missing",
)
REFUSING = {"not-listed", "not-in-force", "assigner-not-allowed", "community-not-covered"}
Row = Mapping[str, str]


@frozen
class Expected:
    """The outcome, the codes that must be given, and those that may."""

    outcome: str
    must: frozenset[str]
    may: frozenset[str] = frozenset()

    def allows(self, outcome: str, told: Sequence[str]) -> bool:
        ranks = [ORDER.index(code) if code in ORDER else len(ORDER) for code in told]
        whole = self.must <= set(told) <= self.must | self.may
        return outcome == self.outcome and whole and ranks == sorted(ranks) and len(set(told)) == len(told)


@frozen
class Office:
    """The rows of a pack."""

    organisations: Sequence[Row]
    communities: Sequence[Row]
    lines: Sequence[Row]

    def organisation(self, text: str) -> str | None:
        found = [
            row["id"]
            for row in self.organisations
            if text in {row["id"], row["name"], *parts(row["aliases"])}
        ]
        return found[0] if text and len(found) == 1 else None

    def community(self, text: str) -> str:
        return next(row["id"] for row in self.communities if text in {row["id"], row["name"]})

    def may_assign(self, line: Row, assigner: str) -> bool:
        level = next(row["level"] for row in self.organisations if row["id"] == assigner)
        return bool({assigner, level} & set(parts(line["assigners"])))


def parts(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def in_force(line: Row, day: str) -> bool:
    return (not line["from"] or line["from"] <= day) and (not line["to"] or day <= line["to"])


def against(office: Office, line: Row, asked: Row) -> tuple[set[str], set[str]]:
    """Return what speaks against an assignment by one line in force: codes, and missing facts."""
    codes, missing = set(), set()
    assigner = office.organisation(asked["assigner"])
    if assigner is None:
        missing.add("missing:assigner")
    elif not office.may_assign(line, assigner):
        codes.add("assigner-not-allowed")
    if line["communities"] and office.community(asked["community"]) not in parts(line["communities"]):
        codes.add("community-not-covered")
    if line["funding"] == "required":
        if asked["funding"] == "":
            missing.add("missing:funding")
        elif float(asked["funding"]) == 0:
            codes.add("funds-missing")
    return codes, missing


def admits(office: Office, admission: Row, asked: Row) -> set[str]:
    """Return what keeps an admission from covering an assignment."""
    codes = set()
    if not in_force(admission, asked["date"]):
        codes.add("not-in-force")
    if office.organisation(admission["assigner"]) != office.organisation(asked["assigner"]):
        codes.add("assigner-not-allowed")
    if office.community(asked["community"]) not in parts(admission["communities"]):
        codes.add("community-not-covered")
    return codes


SIDE = frozenset({"missing:assigner", "missing:funding"})


def expect(office: Office, asked: Row, admissions: Iterable[Row] = ()) -> Expected | None:
    """Return what CASES asks for; None where it leaves the outcome open."""
    if not asked["matter"]:
        return None if asked["emergency"] else Expected("undetermined", frozenset({"missing:matter"}), SIDE)
    versions = [line for line in office.lines if line["code"] == asked["matter"]]
    current = [line for line in versions if in_force(line, asked["date"])]
    if any(line["kind"] == "prohibited" for line in current):
        return Expected("refused", frozenset({"prohibited"}), SIDE | set(ORDER))
    refused = "emergency" if asked["emergency"] else "refused"
    admitted = [row for row in admissions if row["matter"] == asked["matter"]]
    if admitted:
        return _with_admission(office, asked, admitted[0], versions, refused)
    if not versions:
        return Expected(refused, frozenset({"not-listed"}), frozenset({"missing:assigner"}))
    if not current:
        return Expected(
            refused, frozenset({"not-in-force"}), SIDE | (set(ORDER) - {"prohibited", "not-listed"})
        )
    codes, missing = against(office, current[0], asked)
    if codes & REFUSING:
        return Expected(refused, frozenset(codes), frozenset(missing))
    if missing:
        return None if asked["emergency"] else Expected("undetermined", frozenset(codes | missing))
    if codes:
        return Expected("emergency" if asked["emergency"] else "conditional", frozenset(codes))
    return Expected("permitted", frozenset())


def _with_admission(
    office: Office, asked: Row, admission: Row, versions: Sequence[Row], refused: str
) -> Expected | None:
    funded = asked["funding"] != "" and float(asked["funding"]) > 0
    if not funded or office.organisation(asked["assigner"]) is None:
        return None
    codes = admits(office, admission, asked)
    current = [line for line in versions if in_force(line, asked["date"])]
    listed = (
        against(office, current[0], asked)[0] if current else {"not-in-force" if versions else "not-listed"}
    )
    if not codes:
        return Expected("permitted", frozenset(), frozenset(listed))
    if not listed:
        return Expected("permitted", frozenset(), frozenset(codes))
    if versions:  # which of two refusals is told, or both, is open
        return Expected(refused, frozenset(), frozenset(REFUSING))
    return Expected(refused, frozenset(codes), frozenset({"not-listed"}))


# ---- random packs and assignments -----------------------------------------------------------------------------------
ORGANISATIONS = [
    {"id": "org-a", "name": "甲局", "aliases": "甲;市甲局", "level": "county", "kind": "department"},
    {"id": "org-b", "name": "乙局", "aliases": "", "level": "county", "kind": "department"},
    {"id": "org-c", "name": "丙委", "aliases": "丙办", "level": "county", "kind": "party"},
    {"id": "org-d", "name": "丁街道", "aliases": "丁街道办", "level": "township", "kind": "government"},
]
COMMUNITIES = [
    {"id": "east", "name": "东社区", "code": "", "kind": "residents_committee"},
    {"id": "west", "name": "西社区", "code": "", "kind": "residents_committee"},
    {"id": "north", "name": "北村", "code": "", "kind": "villagers_committee"},
]
NAMES = (
    "协助粮情登记",
    "入户宣传防火",
    "排查老旧电梯",
    "组织义诊",
    "核对高龄津贴",
    "巡查河道",
    "张贴公告",
    "收集意见",
    "清理楼道",
    "登记犬只",
    "发放口罩",
    "慰问老兵",
)


def random_lines(rng: random.Random) -> list[dict[str, str]]:
    """Return the lines of a list: some prohibited, some with two versions that meet at new year 2026."""
    lines = []
    for n, name in enumerate(NAMES):
        line = {
            "code": f"M{n:02}",
            "name": name,
            "kind": "assist",
            "role": "assistant",
            "forms": "",
            "basis": "default",
        }
        line |= {"assigners": "", "communities": "", "funding": "none", "from": "", "to": ""}
        if n % 6 == 5:
            lines.append({**line, "kind": "prohibited", "role": "", "from": "2021-01-01"})
            continue

        def version(since: str, until: str, line: dict[str, str] = line) -> dict[str, str]:
            few = sorted(rng.sample([row["id"] for row in ORGANISATIONS], rng.choice([1, 2, 3])))
            near = sorted(rng.sample([row["id"] for row in COMMUNITIES], rng.choice([1, 2])))
            return {
                **line,
                "assigners": ";".join(few),
                "communities": ";".join(near) if rng.random() < 0.5 else "",
                "funding": rng.choice(["none", "required", "required"]),
                "from": since,
                "to": until,
            }

        match n % 4:
            case 0:
                lines += [version("2021-01-01", "2025-12-31"), version("2026-01-01", "")]
            case 1:
                lines.append(version("2026-03-01", "2026-06-30"))
            case 2:
                lines.append(version("", "2026-06-30"))
            case _:
                lines.append(version("", ""))
    return lines


def random_admissions(rng: random.Random, office: Office) -> list[dict[str, str]]:
    matters = ["N90", "N91", "N92", *sorted({line["code"] for line in office.lines})[:3]]
    return [
        {
            "id": f"Z{n}",
            "matter": matter,
            "title": f"准入事项{n}",
            "assigner": rng.choice(["甲局", "org-b", "丙办"]),
            "communities": ";".join(rng.sample(["east", "西社区", "north"], rng.choice([1, 2]))).replace(
                "西社区", "west"
            ),
            "from": "2026-02-01",
            "to": "2026-09-30",
            "funding": "5000",
            "decided_by": "丁街道",
        }
        for n, matter in enumerate(matters)
    ]


EDGES = [
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 1, 31),
    date(2026, 2, 1),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 9, 30),
    date(2026, 10, 1),
]


def random_assignment(rng: random.Random, office: Office, n: int, matters: Sequence[str]) -> dict[str, str]:
    organisation = rng.choice(office.organisations)
    community = rng.choice(office.communities)
    by_name = [organisation["id"], organisation["name"], *parts(organisation["aliases"])]
    matter = rng.choice(matters)
    return {
        "id": f"A{n:04}",
        "date": (rng.choice(EDGES) + DAY * rng.choice([0, 0, 0, 10])).isoformat(),
        "assigner": rng.choice(["", "某某公司"]) if rng.random() < 0.08 else rng.choice(by_name),
        "community": rng.choice([community["id"], community["name"]]),
        "matter": "" if rng.random() < 0.05 else matter,
        "title": "随附标题",
        "funding": rng.choice(["", "0", "0.00", "0.01", "20000", "1234.50"]),
        "emergency": "应急令-1" if rng.random() < 0.3 else "",
    }
