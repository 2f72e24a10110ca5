"""Burden: workload and its change, certificates, boards, caps, inventory, publication, review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from huaying_governance.packs import Pack
from huaying_governance.responsibility import (
    Board,
    Matter,
    MatterList,
    Publication,
    board,
    change,
    grown,
    over_caps,
    published,
    read_inventory,
    review,
    surplus_boards,
    workload,
)

DAY = date(2026, 3, 2)


def test_row_18_workload(tmp_path: Path, pack: Pack) -> None:
    """row 18: 推进社区“去行政化”: 120 items → 58 after cleaning is −51.7 %."""
    path = tmp_path / "inventory.csv"
    lines = [f"事项{n},{'rc2025#43' if n < 58 else ''},{n % 3 or ''}" for n in range(120)]
    path.write_text("名称,设定依据,年工作量（小时）\n" + "\n".join(lines) + "\n", "utf-8")
    inventory = read_inventory(path, pack.cite)
    assert inventory.table.problems == ()
    before = workload(MatterList(item.matter for item in inventory.items), "dujiaping", DAY)
    after = workload(MatterList(item.matter for item in inventory.having("keep")), "dujiaping", DAY)
    assert (before.items, after.items) == (120, 58)
    assert change(before.items, after.items) == Decimal("-51.7")
    assert (after.hours, after.unknown) == (Decimal(57), 20)


@pytest.mark.parametrize(
    ("before", "after", "percent"), [(120, 58, "-51.7"), (100, 100, "0.0"), (3, 4, "33.3"), (0, 4, None)]
)
def test_change_in_percent(before: int, after: int, percent: str | None) -> None:
    """Change has one decimal, half-up; from nothing there is no percentage."""
    assert change(before, after) == (None if percent is None else Decimal(percent))


def test_row_19_inventory(tmp_path: Path, pack: Pack) -> None:
    """row 19: 全面梳理社区承办和协助事项: without legal basis → to be removed; an unknown clause → to be checked."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in [
        ["名称", "设定依据", "可交办单位", "种类", "备注"],
        ["召集居民会议", "rc2025", "self", None, "x"],
        ["代收物业费", None, "住建局", "协助", None],
        ["某项工作", "某文件#3", None, None, None],
    ]:
        page.append(row)
    book.save(tmp_path / "inventory.xlsx")
    inventory = read_inventory(tmp_path / "inventory.xlsx", pack.cite)
    assert [(item.matter.name, item.verdict, item.matter.kind) for item in inventory.items] == [
        ("召集居民会议", "keep", "autonomy"),
        ("代收物业费", "remove", "assist"),
        ("某项工作", "check", "assist"),
    ]
    assert [item.row for item in inventory.having("remove")] == [3]
    assert inventory.items[1].reason.zh == "没有法定依据"
    assert inventory.items[2].matter.code == "N0004"


def test_inventory_problems_have_their_cell(tmp_path: Path, pack: Pack) -> None:
    """A bad cell of an inventory is told with row and column; the other rows stay."""
    (tmp_path / "i.csv").write_text("名称,种类,起始日期\n甲,协助,2026-02-30\n乙,别的,\n丙,,\n", "utf-8")
    inventory = read_inventory(tmp_path / "i.csv", pack.cite)
    assert [(found.place.line, found.place.column) for found in inventory.table.problems] == [
        (2, "起始日期"),
        (3, "种类"),
    ]
    assert [item.matter.name for item in inventory.items] == ["丙"]


@pytest.mark.parametrize(
    ("name", "outcome", "code", "instead"),
    [
        ("婚姻状况证明", "refused", "prohibited", ("civil-affairs",)),
        ("出具婚姻状况证明", "refused", "prohibited", ("civil-affairs",)),
        ("婚姻状况的情况说明", "refused", "prohibited", ("civil-affairs",)),
        ("无犯罪记录证明", "refused", "prohibited", ("police",)),
        ("居民委员会活动场所使用证明", "refused", "no-legal-basis", ()),
        ("示例：居民委员会活动场所使用证明", "permitted", "", ()),
        ("收入证明", "refused", "no-legal-basis", ()),
    ],
)
def test_row_23_certificates_and_boards(
    pack: Pack, name: str, outcome: str, code: str, instead: tuple[str, ...]
) -> None:
    """row 23: 证明/挂牌: 婚姻状况证明 is refused and sent to 民政, under another name too."""
    assert pack.burden is not None
    ruling = pack.burden.certificates(pack.matters).answer(name, DAY)
    assert (ruling.outcome, ";".join(ruling.codes)) == (outcome, code)
    assert tuple(remedy.data["instead"] for remedy in ruling.remedies) == ((instead,) if instead else ())
    assert ruling.grounds[0].citation is not None


def test_row_23_signboards(pack: Pack) -> None:
    """row 23: 挂牌: boards neither on the whitelist nor approved come down, and so does a second one."""
    assert pack.burden is not None
    boards = [
        Board("社区居民委员会"),
        Board("党群服务中心"),
        Board("某某工作站"),
        Board("养老服务站", "民发1号"),
        Board("党群服务中心"),
    ]
    assert [found.text for found in surplus_boards(boards, pack.burden.boards)] == [
        "某某工作站",
        "党群服务中心",
    ]


def test_caps_and_growth(pack: Pack) -> None:
    """What exceeds a cap is told with its clause, the cap itself does not; what grew against last year is told."""
    assert pack.burden is not None
    counts = {"comprehensive-inspections": 2, "comprehensive-meetings": 1, "department-file-characters": 4001}
    found = list(over_caps(counts, pack.burden.caps))
    assert [each.subject for each in found] == ["department-file-characters", "comprehensive-inspections"]
    assert all(each.citation is not None and each.citation.source.id == "burden2024" for each in found)
    rises = list(
        grown(
            {"文件": 10, "会议": 5, "报表": 0}, {"文件": 12, "会议": 5, "报表": 1, "新": 9}, pack.burden.grown
        )
    )
    assert [(each.subject, each.text.zh) for each in rises] == [
        ("文件", "文件由10增至12（+20.0%）"),
        ("报表", "报表由0增至1"),
    ]


def test_publication_shows_this_very_list(pack: Pack) -> None:
    """A list counts as published only where this version hangs, and long enough by law from the fifteenth day."""
    record = Publication(
        pack.matters.version, "dujiaping", "公开栏", "居委会", date(2026, 1, 1), date(2026, 1, 31)
    )
    assert published([record], pack.matters, "dujiaping", date(2026, 1, 31)) is record
    assert published([record], pack.matters, "dujiaping", date(2026, 2, 1)) is None
    assert published([record], pack.matters, "synthetic-2", date(2026, 1, 31)) is None
    assert published([record], MatterList(), "dujiaping", date(2026, 1, 31)) is None
    assert [record.long_enough(date(2026, 1, day)) for day in (14, 15)] == [False, True]
    rows = board(pack.matters, "dujiaping", DAY)
    assert [text.zh for text in rows[0]][:2] == ["编码", "事项"]
    assert rows[1][0].zh == "ZM01"


def test_yearly_review(pack: Pack) -> None:
    """The review is due after a year, the day itself in time; it looks at what has no basis, is stale or dead."""
    result = review(pack.matters, pack.world, date(2025, 3, 2), DAY)
    assert (result.due, result.overdue, result.unfounded, result.stale, result.dead) == (
        DAY,
        False,
        (),
        (),
        (),
    )
    assert review(pack.matters, pack.world, date(2024, 2, 29), date(2025, 3, 1)).overdue
    line = pack.matters.versions("XZ02")[0]
    bare = Matter("B1", "无依据", "assist")
    stale = evolve(line, code="B2", since=None, until=None)
    dead = Matter(
        "B3",
        "无人可交办",
        "assist",
        assigners=frozenset({"nobody"}),
        basis=line.basis,
        until=date(2020, 1, 1),
    )
    found = review(MatterList([bare, stale, dead]), pack.world, DAY, DAY)
    assert [each.code for each in found.unfounded] == ["B1"]
    assert [each.code for each in found.stale] == ["B2"]
    assert [each.line.code for each in found.dead] == ["B3"]
