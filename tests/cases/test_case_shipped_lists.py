"""The cases of the shipped list against the independent reading of the case page, one by one.

A prohibition that is not in force on the day lists nothing: the matter is then simply not on the list.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import oracle_screening as oracle
from attrs import frozen
from oracle_screening import Office, Row

import huaying_governance

SHIPPED = Path(huaying_governance.__file__).parent / "packs" / "huaying"
OUTCOMES = {
    "不予接受": "refused",
    "可以交办": "permitted",
    "应急先行办理": "emergency",
    "未定": "undetermined",
    "附条件可以交办": "conditional",
}
COLUMNS = {
    "date": "日期",
    "assigner": "交办单位",
    "community": "社区",
    "matter": "事项",
    "funding": "经费",
    "emergency": "应急令",
}


@frozen
class WithSelf(Office):
    """The shipped register, in which a community may set itself the matters that its list gives to `self`."""

    def organisation(self, text: str) -> str | None:
        own = [row["id"] for row in self.communities if text and text in {row["id"], row["name"]}]
        return own[0] if own else super().organisation(text)

    def may_assign(self, line: Row, assigner: str) -> bool:
        if any(row["id"] == assigner for row in self.communities):
            return "self" in oracle.parts(line["assigners"])
        return super().may_assign(line, assigner)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_case_of_the_shipped_list_says_what_cases_asks() -> None:
    """Rows 20 to 22: each case's outcome and codes are those of the naive reading, wherever that reading is closed."""
    lines = [line for file in sorted((SHIPPED / "lists").glob("*.csv")) for line in read(file)]
    bodies = read(SHIPPED / "organisations.csv"), read(SHIPPED / "communities.csv")
    codes = {line["code"] for line in lines}
    named = {line["name"]: line["code"] for line in lines}
    compared: Counter[str] = Counter()
    wrong = []
    cases = read(SHIPPED / "cases" / "matters.cases.csv")
    for case in cases:
        asked = {name: case[label] for name, label in COLUMNS.items()}
        if asked["matter"] not in codes:
            asked["matter"] = named.get(asked["matter"], asked["matter"])
        listed = [x for x in lines if x["kind"] != "prohibited" or oracle.in_force(x, asked["date"])]
        expected = oracle.expect(WithSelf(*bodies, listed), asked)
        if expected is None:
            continue
        told = [code for code in case["应有代码"].split(";") if code and code != "无"]
        compared[expected.outcome] += 1
        if not expected.allows(OUTCOMES[case["应有结论"]], told):
            wrong.append(f"{case['名称']}: {case['应有结论']} {told}, not {expected}")
    assert not wrong, "\n".join(wrong[:20])
    assert sum(compared.values()) == len(cases), "the reading leaves a case open"
    assert set(compared) == set(OUTCOMES.values())
