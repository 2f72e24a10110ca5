"""邻里 through a case folder: what is reported, with denominators; wrong input; repeats and kills."""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import calm
from test_case_repeats import FRAGILE

import huaying_governance as hg
from folders import Office, Tables, faults, results, write

CODE = "51000000MJTEXT0124"
METRE = 0.000009


def step(parent: str, id_: str, day: str, action: str, actor: str, role: str, **more: str) -> dict[str, str]:
    return {parent: id_, "at": f"{day}T10:00", "action": action, "actor": actor, "role": role, **more}


def blank(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    names = dict.fromkeys(key for row in rows for key in row)
    return [{**dict.fromkeys(names, ""), **row} for row in rows]


ORDERS = [
    {
        "id": id_,
        "community": community,
        "service_kind": kind,
        "requester": "r-1",
        "organiser": organiser,
        "at": "2026-11-01T09:00",
        "from_at": f"2026-11-{day}T09:00",
        "to_at": f"2026-11-{day}T12:00",
        "count": "1",
    }
    for id_, community, kind, organiser, day in (
        ("O1", "杜家坪社区", "代购代买", "", "05"),
        ("O2", "dujiaping", "care", "P1", "05"),
        ("O3", "synthetic-2", "care", "P2", "06"),
        ("O4", "synthetic-2", "errands", "P1", "07"),
    )
]
PARTNERS = [
    {"id": "P1", "name": "志愿者协会", "kind": "志愿者协会", "community": "dujiaping", "credit_code": CODE},
    {"id": "P2", "name": "老年人协会", "kind": "老年人协会", "community": "dujiaping", "credit_code": ""},
]
ACTS = blank(
    [
        step("volunteer_order", "O1", "2026-11-02", "报名", "v-1", "志愿者"),
        step("volunteer_order", "O1", "2026-11-03", "派单", "c-1", "组织者", volunteer="v-1"),
        step(
            "volunteer_order",
            "O1",
            "2026-11-06",
            "记录",
            "c-1",
            "组织者",
            volunteer="v-1",
            from_at="2026-11-05T08:00",
            to_at="2026-11-05T10:40",
        ),
        step("volunteer_order", "O1", "2026-11-07", "确认", "r-1", "居民", volunteer="v-1", satisfied="是"),
        step("volunteer_order", "O2", "2026-11-02", "offer", "v-1", "volunteer"),
        step("volunteer_order", "O2", "2026-11-03", "match", "c-1", "coordinator", volunteer="v-1"),
        step("volunteer_order", "O2", "2026-11-03", "match", "c-1", "coordinator", volunteer="v-2"),
        step("volunteer_order", "O3", "2026-11-02", "offer", "v-2", "volunteer"),
        step("volunteer_order", "O1", "2026-11-08", "要求更正", "v-1", "志愿者", reason="少记"),
    ]
)


def test_rows_66_and_67_in_a_case_folder(office: Office) -> None:
    """Rows 66 and 67: hours capped to the slot and confirmed; the overlap, the unoffered, the group outside refused."""
    out = office(volunteer_orders=ORDERS, volunteer_acts=ACTS, partners=PARTNERS)
    told = {row["id"]: row for row in out["volunteer_orders"]}
    assert (told["O1"]["state"], told["O1"]["service_minutes"]) == ("done", "100")
    assert told["O2"]["candidates"] == "v-1"
    assert [told[id_]["corrections_asked"] for id_ in ("O1", "O2")] == ["1", "0"]
    refused = {(row["volunteer_order"], row["codes"]) for row in out["refused_volunteer_acts"]}
    assert refused == {("O2", "overlap"), ("O2", "not-offered"), ("O3", "partner-outside")}
    (certificate,) = out["volunteer_certificates"]
    assert (certificate["volunteer"], certificate["service_minutes"]) == ("v-1", "100")
    assert (certificate["service_hours"], certificate["by_kind"]) == ("1.67", "errands 100")
    assert "志愿服务条例" in certificate["citation"]
    months = {row["service_kind"]: row for row in out["volunteer_services"]}
    assert list(months) == ["all", "care", "errands"]
    assert (months["all"]["orders"], months["all"]["orders_done_rate"]) == ("4", "25.0")
    assert (months["all"]["places_needed"], months["all"]["matched_rate"]) == ("4", "25.0")
    assert (months["all"]["rated"], months["all"]["satisfied_rate"]) == ("1", "100.0")
    assert (months["care"]["satisfied_rate"], months["care"]["wait_hours"]) == ("", "")
    assert months["errands"]["wait_hours"] == "145.00"
    reach = {row["id"]: row["reach"] for row in out["partners"]}
    assert reach == {"P1": "anywhere", "P2": "community_only"}


def test_a_volunteer_is_taken_by_an_earlier_folder_too(office: Office, tmp_path: Path) -> None:
    """The store knows what took a volunteer last month: a new folder on it sees the overlap."""
    office(volunteer_orders=ORDERS[:1], volunteer_acts=ACTS[:2])
    later = tmp_path / "later"
    later.mkdir()
    (later / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(later, "volunteer_orders", [{**ORDERS[1], "organiser": ""}])
    write(later, "volunteer_acts", ACTS[4:6])
    hg.run_case(later, tmp_path / "out2", store=f"sqlite:///{tmp_path / 'out' / 'huaying.db'}")
    assert [row["codes"] for row in results(tmp_path / "out2")["refused_volunteer_acts"]] == ["overlap"]


def points(count: int = 15) -> list[dict[str, str]]:
    held = [
        {
            "id": f"P{number:02}",
            "community": "dujiaping" if number % 2 else "synthetic-2",
            "kind": "收集点",
            "at": "2026-03-01T09:00",
            "longitude": "106.78",
            "latitude": f"{30.38 + number * 0.01:.6f}",
            "photo": f"sha-{number}",
        }
        for number in range(count)
    ]
    return [*held, {**held[3], "id": "P99", "latitude": f"{30.41 + 15 * METRE:.6f}", "photo": "sha-2"}]


def use(id_: str) -> list[dict[str, str]]:
    return [
        step("collection_point", id_, "2026-03-02", "建成", "op-1", "管护单位", evidence="e-1"),
        step("collection_point", id_, "2026-03-03", "启用", "op-1", "管护单位"),
    ]


POINT_ACTS = blank(
    [
        *(one for number in range(15) for one in use(f"P{number:02}")),
        step("collection_point", "P05", "2026-04-01", "关闭", "of-1", "主管部门", reason="改建"),
        step("collection_point", "P06", "2026-04-01", "关闭", "of-1", "主管部门", reason="x", approval="n-1"),
    ]
)
DWELLINGS = [
    {"id": id_, "community": "dujiaping", "households": number, "longitude": "106.78", "latitude": latitude}
    for id_, number, latitude in (
        ("D1", "100", "30.380500"),
        ("D2", "40", "30.395000"),
        ("D3", "7", ""),
        ("D4", "3", f"{30.41 + 80 * METRE:.6f}"),
    )
]


def test_row_62_in_a_case_folder(office: Office) -> None:
    """Row 62, Q9: sixteen imported, one within 20 m of another: fifteen and one to review, of sixteen to be added."""
    out = office(collection_points=points(), collection_acts=POINT_ACTS, dwellings=DWELLINGS)
    told = {row["id"]: row for row in out["collection_points"]}
    assert len(told) == 16
    assert [id_ for id_, row in told.items() if row["codes"].startswith("review")] == ["P99"]
    assert (told["P99"]["duplicate_of"], told["P99"]["codes"]) == ("P03", "review;photo-reused")
    assert 14 < float(told["P99"]["metres"]) < 16
    assert (told["P99"]["counted_point"], told["P03"]["counted_point"]) == ("no", "yes")
    total = out["collection_totals"][0]
    assert (total["scope"], total["listed_points"], total["counted"]) == ("all", "16", "14")
    assert (total["review_points"], total["void_count"]) == ("1", "1")
    assert (total["added_target"], total["short_points"]) == ("16", "2")
    assert told["P06"]["state"] == "closed"
    assert [row["codes"] for row in out["refused_collection_acts"]] == ["no-approval"]
    served = {row["id"]: row for row in out["dwellings"]}
    assert {id_: row["served_here"] for id_, row in served.items()} == {
        "D1": "yes",
        "D2": "no",
        "D3": "",
        "D4": "no",
    }
    assert served["D1"]["served_by"] == "P00"
    rate = next(row for row in out["coverage"] if (row["subject"], row["scope"]) == ("households", "all"))
    assert (rate["required"], rate["covered_count"], rate["unknown_count"]) == ("150", "100", "7")
    assert (rate["covered"], rate["covered_most"], rate["uncovered_ids"]) == ("66.6", "71.3", "D2;D4")


def test_fifteen_and_one_to_review(office: Office) -> None:
    """Row 62: as in the article's books, nothing closed: fifteen count, one waits."""
    total = office(collection_points=points())["collection_totals"][0]
    assert (total["listed_points"], total["counted"], total["review_points"]) == ("16", "15", "1")


def facilities(count: int = 40, covered: int = 38) -> list[dict[str, str]]:
    return [
        {
            "id": f"F{number:02}",
            "community": "dujiaping" if number < 20 else "synthetic-2",
            "place_type": "主要道路" if number < 30 else "集中居住地",
            "facility": "camera",
            "required_here": "yes",
            "has_facility": "yes" if number < covered else "no",
            "intact": "",
        }
        for number in range(count)
    ]


def test_row_58_in_a_case_folder(office: Office) -> None:
    """Row 58: 40 required, 38 covered: 95 %, by type and community, against the article's target of all."""
    rows = office(facility_places=facilities())["coverage"]
    told = {(row["place_type"], row["scope"]): row for row in rows}
    whole = told["all", "all"]
    assert (whole["required"], whole["covered_count"], whole["covered"]) == ("40", "38", "95.0")
    assert (whole["target_percent"], whole["target_met"], whole["uncovered_ids"]) == ("", "", "F38;F39")
    assert told["main_road", "all"]["target_met"] == "yes"
    living = told["residential_cluster", "all"]
    assert (living["required"], living["covered"], living["target_met"]) == ("10", "80.0", "no")
    assert living["target_percent"] == "100"
    assert "华蓥市" in living["citation"]
    assert told["all", "dujiaping"]["covered"] == "100.0"


def test_row_61_in_a_case_folder(office: Office) -> None:
    """Row 61: a site unvisited for thirty days is flagged; the share of sites visited has its denominator."""
    sites = [
        {"id": f"S{n}", "community": "dujiaping", "kind": "背街小巷", "from": day}
        for n, day in enumerate(("2026-01-01", "2026-01-01", ""))
    ]
    visits = [
        {"site": "S0", "date": "2026-10-24", "clean": "是", "photo": "a"},
        {"site": "S1", "date": "2026-10-25", "clean": "否", "photo": "a"},
    ]
    out = office(inspection_sites=sites, site_visits=visits)
    told = {row["id"]: row for row in out["inspections"]}
    assert [told[f"S{n}"]["unvisited"] for n in range(3)] == ["yes", "no", ""]
    assert told["S2"]["missing"] == "from"
    assert told["S1"]["repeated_photos"] == "2026-10-25"
    rate = out["coverage"][0]
    assert (rate["subject"], rate["required"], rate["covered_count"]) == ("inspection", "3", "1")
    assert (rate["covered"], rate["covered_most"], rate["uncovered_ids"]) == ("33.3", "66.6", "S0")


INCIDENTS = [
    {
        "id": id_,
        "community": "dujiaping",
        "kind": kind,
        "at": "2026-10-01T09:00",
        "area": area,
        "liable_unit": "unit-1",
        "photo": f"sha-{id_}",
        "longitude": "106.78",
        "latitude": "30.38",
    }
    for id_, kind, area in (("E1", "偷倒建筑垃圾", ""), ("E2", "毁绿种菜", "12"), ("E3", "greenery", "3.5"))
]
INCIDENT_ACTS = blank(
    [
        step("incident", "E1", "2026-10-02", "核实", "c-1", "社区"),
        step("incident", "E1", "2026-10-03", "责令整改", "o-1", "执法机关"),
        step("incident", "E1", "2026-10-05", "整改", "l-1", "责任方", photo="x-1"),
        step("incident", "E1", "2026-10-06", "复查", "i-1", "复查人", photo="x-2", passed="否"),
        step("incident", "E1", "2026-10-07", "移交", "o-1", "执法机关", receipt="Y-1", organ="城管执法"),
        step("incident", "E1", "2026-10-07", "整改", "l-1", "责任方", photo="x-3"),
        step("incident", "E1", "2026-10-08", "复查", "i-1", "复查人", photo="x-4", passed="是"),
        step("incident", "E1", "2026-10-09", "移交", "o-1", "执法机关", receipt="Y-1", organ="城管执法"),
        step("incident", "E2", "2026-10-02", "verify", "c-1", "community"),
        step("incident", "E2", "2026-10-03", "order", "o-1", "organ"),
    ]
)


def test_rows_63_and_64_in_a_case_folder(office: Office) -> None:
    """Rows 63 and 64: the failed recheck reopens, the passed one is handed over; 12 m² overdue goes to the ledger."""
    out = office(incidents=INCIDENTS, incident_acts=INCIDENT_ACTS)
    told = {row["id"]: row for row in out["incidents"]}
    one, two, three = told["E1"], told["E2"], told["E3"]
    assert (one["state"], one["rechecks"], one["failed_rechecks"]) == ("handed_over", "2", "1")
    assert (one["receipt"], one["organ"], one["overdue"]) == ("Y-1", "城管执法", "no")
    assert (one["before"], one["afterwards"], one["rectified_on"]) == ("sha-E1", "x-4", "2026-10-07")
    assert [row["codes"] for row in out["refused_incident_acts"]] == ["wrong-state"]
    assert (two["state"], two["area"], two["due"]) == ("ordered", "12.00", "2026-10-18")
    assert (two["overdue"], two["escalate_now"]) == ("yes", "yes")
    assert (three["state"], three["due"], three["overdue"]) == ("found", "", "")
    assert [(row["id"], row["kind"], row["summary"]) for row in out["incident_entries"]] == [
        ("E2", "livelihood", "毁绿种菜")
    ]
    month = out["incident_months"][0]
    assert (month["found_count"], month["ordered_count"], month["rectified_count"]) == ("3", "2", "1")
    assert (month["rectified_rate"], month["overdue_count"]) == ("50.0", "1")
    assert (month["handed_over_count"], month["failed_rechecks"]) == ("1", "1")


def test_what_is_overdue_becomes_an_entry_of_the_ledger(office: Office, tmp_path: Path) -> None:
    """The rows for the ledger are taken by its own table as they are."""
    out = office(incidents=INCIDENTS, incident_acts=INCIDENT_ACTS)
    (tmp_path / "b").mkdir()
    folder = tmp_path / "b" / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(folder, "entries", out["incident_entries"])
    hg.run_case(folder, tmp_path / "b" / "out")
    assert [row["id"] for row in results(tmp_path / "b" / "out")["entries"]] == ["E2"]


RECEIPTS = [
    {"receipt": f"Y-{number}", "date": f"2026-1{number % 2}-03", "organ": "公安机关"} for number in range(5)
]


def test_row_59_receipts_are_counted(office: Office) -> None:
    """Row 59: receipts by month and organ; one dated later than the day of the case waits."""
    later = {"receipt": "Y-9", "date": "2026-11-24", "organ": "公安机关"}
    out = office(handover_receipts=[*RECEIPTS, later])
    assert [tuple(row.values()) for row in out["handovers"]] == [
        ("2026-10", "公安机关", "3"),
        ("2026-11", "公安机关", "2"),
    ]


# Wrong input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["suspect", "嫌疑人姓名", "案情", "note", "person"])
def test_row_59_a_further_column_of_a_receipt_is_refused(tmp_path: Path, header: str) -> None:
    """Row 59: a column for a suspect's name, or for anything else, is a problem that says why."""
    found = faults(tmp_path, handover_receipts=[{**RECEIPTS[0], header: "x"}])
    assert [one.code for one in found] == ["forbidden-column"]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("person", "人员"),
        ("姓名", "人员"),
        ("plate_no", "车牌"),
        ("车牌号", "车牌"),
        ("image", "图像"),
        ("抓拍图片", "监控影像"),
        ("照片摘要", "图像"),
        ("suspect", "违法犯罪"),
        ("嫌疑人", "违法犯罪"),
    ],
)
def test_row_58_a_column_about_a_person_is_refused(tmp_path: Path, header: str, why: str) -> None:
    """Row 58: person, plate, image, suspect: the column is refused, and the error says what it would hold."""
    found = faults(tmp_path, facility_places=[{**facilities(1, 1)[0], header: "x"}])
    assert [one.code for one in found] == ["forbidden-column"]
    assert why in found[0].message.zh


@pytest.mark.parametrize("kind", ["organised_crime", "扫黑除恶", "六清", "盗窃", "嫌疑人", "footage"])
def test_row_60_in_a_case_folder(tmp_path: Path, kind: str) -> None:
    """Row 60, Q24: such an incident is no row of this library: a problem that says why, and where it belongs."""
    found = faults(tmp_path, incidents=[{**INCIDENTS[0], "kind": kind}])
    assert [one.code for one in found] == ["out-of-scope"]
    assert "不在本库范围" in found[0].message.zh
    assert "回执" in found[0].cure.zh
    (tmp_path / "b").mkdir()
    unknown = faults(tmp_path / "b", incidents=[{**INCIDENTS[0], "kind": "nonsense"}])[0]
    assert unknown.code == "unknown-choice"
    assert "organised" not in unknown.cure.en


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("volunteer_orders", {"service_kind": "ironing"}, "unknown-service"),
        ("volunteer_orders", {"organiser": "P9"}, "unknown-partner"),
        ("volunteer_orders", {"to_at": "2026-11-05T09:00"}, "to-before-from"),
        ("volunteer_orders", {"count": "0"}, "bad-count"),
        ("volunteer_orders", {"requester": "张三"}, "not-a-reference"),
        ("volunteer_orders", {"community": "nowhere"}, "unknown-community"),
        ("volunteer_orders", {"at": "soon"}, "bad-moment"),
        ("partners", {"credit_code": "51000000MJTEXT0125"}, "bad-credit-code"),
        ("partners", {"kind": "gang"}, "unknown-choice"),
        ("partners", {"from": "2026-02-01", "to": "2026-01-01"}, "to-before-from"),
        ("volunteers", {"skills": "ironing"}, "unknown-service"),
        ("volunteers", {"volunteer": "13800138000"}, "not-a-reference"),
        ("volunteers", {"minor": "perhaps"}, "bad-yes-no"),
        ("collection_points", {"longitude": "30.38", "latitude": "106.78"}, "bad-degrees"),
        ("collection_points", {"longitude": "106°46′"}, "bad-degrees"),
        ("collection_points", {"kind": "heap"}, "unknown-choice"),
        ("collection_points", {"to": "2026-02-28"}, "to-before-from"),
        ("collection_points", {"datum": "moon"}, "unknown-choice"),
        ("collection_points", {"community": "nowhere"}, "unknown-community"),
        ("dwellings", {"households": "-1"}, "bad-count"),
        ("dwellings", {"households": "many"}, "bad-count"),
        ("facility_places", {"required_here": ""}, "empty-cell"),
        ("facility_places", {"facility": "drone"}, "unknown-choice"),
        ("facility_places", {"place_type": "酒店客房"}, "unknown-choice"),
        ("inspection_sites", {"from": "soon"}, "bad-date"),
        ("inspection_sites", {"community": "nowhere"}, "unknown-community"),
        ("incidents", {"area": "-1"}, "bad-measure"),
        ("incidents", {"area": "12m2"}, "bad-measure"),
        ("incidents", {"area": "1.234"}, "bad-measure"),
        ("incidents", {"liable_unit": "李四"}, "not-a-reference"),
        ("handover_receipts", {"organ": ""}, "empty-cell"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, table: str, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written, and no name is repeated."""
    rows = {
        "volunteer_orders": ORDERS[0],
        "partners": PARTNERS[0],
        "volunteers": {"volunteer": "v-1", "skills": "care", "minor": ""},
        "collection_points": points()[0],
        "dwellings": DWELLINGS[0],
        "facility_places": facilities()[0],
        "inspection_sites": {"id": "S1", "community": "dujiaping", "kind": "alley", "from": ""},
        "incidents": INCIDENTS[0],
        "handover_receipts": RECEIPTS[0],
    }
    found = faults(tmp_path, **{table: [{**rows[table], **changed}]})
    assert {one.code for one in found} == {code}
    assert not any(name in one.say("zh") for one in found for name in ("张三", "李四"))


@pytest.mark.parametrize(
    ("parent", "child", "rows", "stray"),
    [
        ("volunteer_orders", "volunteer_acts", ORDERS[:1], {**ACTS[0], "volunteer_order": "O9"}),
        ("collection_points", "collection_acts", points()[:1], {**POINT_ACTS[0], "collection_point": "P77"}),
        ("incidents", "incident_acts", INCIDENTS[:1], {**INCIDENT_ACTS[0], "incident": "E9"}),
    ],
)
def test_children_need_parents(
    tmp_path: Path, parent: str, child: str, rows: list[dict[str, str]], stray: dict[str, str]
) -> None:
    """Acts without their table, or on an unknown case, are problems."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert faults(tmp_path / "a", **{child: [stray]})[0].code == "no-parent-table"
    found = faults(tmp_path / "b", **{parent: rows, child: [stray]})
    assert [one.code for one in found] == ["unknown-case"]


def test_a_visit_needs_its_site(tmp_path: Path) -> None:
    """A visit to a site that is not listed is a problem."""
    sites = [{"id": "S1", "community": "dujiaping", "kind": "alley", "from": ""}]
    found = faults(tmp_path, inspection_sites=sites, site_visits=[{"site": "S2", "date": "2026-11-01"}])
    assert [one.code for one in found] == ["unknown-site"]


def test_changed_content_is_a_problem(office: Office) -> None:
    """A point whose coordinates changed in the last digit is another point under a known id."""
    office(collection_points=points())
    moved = [{**points()[0], "latitude": "30.3800001"}, *points()[1:]]
    with pytest.raises(hg.Problems) as caught:
        office(collection_points=moved)
    assert [one.code for one in caught.value.problems] == ["content-changed"]


def test_rows_dated_later_wait(office: Office) -> None:
    """What is dated after the day of the case is not judged, and is judged by a later run."""
    early = office("2026-10-04", incidents=INCIDENTS, incident_acts=INCIDENT_ACTS)
    assert {row["id"]: row["state"] for row in early["incidents"]} == {
        "E1": "ordered",
        "E2": "ordered",
        "E3": "found",
    }
    assert not early["incident_entries"]
    late = office("2026-11-23", incidents=INCIDENTS, incident_acts=INCIDENT_ACTS)
    assert late["incidents"][0]["state"] == "handed_over"


def test_chinese_and_english_headers_are_one(tmp_path: Path) -> None:
    """Chinese headers and words, and full-width digits, give the same answers."""
    tables: dict[str, Tables] = {}
    chinese = {
        "id": "编号",
        "community": "社区",
        "kind": "种类",
        "at": "操作时间",
        "longitude": "经度",
        "latitude": "纬度",
        "photo": "照片摘要",
    }
    for name, rows in (
        ("en", points()),
        ("zh", [{chinese[key]: value for key, value in row.items()} for row in points()]),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
        write(folder, "collection_points", rows)
        hg.run_case(folder, tmp_path / f"out-{name}")
        tables[name] = {"x": results(tmp_path / f"out-{name}")["collection_points"]}
    assert tables["en"] == tables["zh"]


# Kills ----------------------------------------------------------------------------------------------------------


def everything(folder: Path) -> Path:
    """Write a case that has every table of this concept."""
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    sites = [{"id": "S1", "community": "dujiaping", "kind": "alley", "from": "2026-01-01"}]
    volunteers = [{"volunteer": "v-1", "skills": "代购代买;care", "insured": "yes"}]
    for name, rows in {
        "volunteer_orders": ORDERS,
        "volunteer_acts": ACTS,
        "volunteers": volunteers,
        "partners": PARTNERS,
        "collection_points": points(),
        "collection_acts": POINT_ACTS,
        "dwellings": DWELLINGS,
        "facility_places": facilities(),
        "inspection_sites": sites,
        "site_visits": [{"site": "S1", "date": "2026-11-01", "clean": "yes"}],
        "incidents": INCIDENTS,
        "incident_acts": INCIDENT_ACTS,
        "handover_receipts": RECEIPTS,
    }.items():
        write(folder, name, rows)
    return folder


def fragile(limit: int, folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run a case in a process that kills itself at its `limit`-th call."""
    command = [sys.executable, "-c", FRAGILE, str(limit), "run", str(folder), "--out", str(out)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=calm())


def test_killed_anywhere_and_run_again(tmp_path: Path) -> None:
    """A run killed at any call, several times on one store, and run again ends as an undisturbed run."""
    folder = everything(tmp_path / "case")
    ran = fragile(-1, folder, tmp_path / "whole")
    assert ran.returncode == 0, ran.stderr
    calls = int(ran.stdout.rsplit("calls ", 1)[1])
    rng = random.Random(7)
    ended = [
        fragile(int(calls * share), folder, tmp_path / "out").returncode
        for share in sorted(rng.uniform(0.5, 0.97) for _ in range(4))
    ]
    assert ended[0] == -9
    hg.run_case(folder, tmp_path / "out")
    assert results(tmp_path / "out") == results(tmp_path / "whole")
    seals = [
        hg.verify(hg.open_store(f"sqlite:///{tmp_path / name / 'huaying.db'}")) for name in ("out", "whole")
    ]
    assert seals[0] == seals[1]


def test_every_report_is_there_and_repeats(tmp_path: Path) -> None:
    """Every table of the concept is written, in Chinese and English, twice with the same bytes."""
    folder = everything(tmp_path / "case")
    for lang in ("zh", "en"):
        out = tmp_path / lang
        summary = hg.run_case(folder, out, lang=lang)  # type: ignore[arg-type]
        first = {path.name: path.read_bytes() for path in out.glob("*.csv")}
        hg.run_case(folder, out, lang=lang)  # type: ignore[arg-type]
        assert first == {path.name: path.read_bytes() for path in out.glob("*.csv")}
        titles = {report.title.zh for report in summary.reports}
        assert {"志愿服务月报", "整治台账", "覆盖率表"} <= titles
    heads = next(csv.reader(io.StringIO(first["coverage.csv"].decode())))
    assert "required" in heads


def test_with_partial_a_bad_act_withholds_its_case(tmp_path: Path) -> None:
    """With --partial sound rows are judged; a bad act withholds its order, and says so."""
    folder = everything(tmp_path / "case")
    write(folder, "incident_acts", [{**INCIDENT_ACTS[0], "at": "soon"}, *INCIDENT_ACTS[1:]])
    hg.run_case(folder, tmp_path / "out", partial=True)
    out = results(tmp_path / "out")
    assert {row["id"] for row in out["incidents"]} == {"E2", "E3"}
    assert [row["code"] for row in out["problems"]] == ["bad-moment"]


# Without rules, without rows -------------------------------------------------------------------------------------


def test_a_pack_without_rules_judges_none_of_these_tables(tmp_path: Path) -> None:
    """Without `neighbourhood.toml` each table that asks it is a problem with its cure, never a traceback."""
    folder = tmp_path / "place"
    shutil.copytree(Path(hg.__file__).parent / "packs" / "huaying", folder)
    (folder / "neighbourhood.toml").unlink()
    case = everything(tmp_path / "case")
    text = (case / "case.toml").read_text("utf-8").replace('"huaying"', f'"{folder.as_posix()}"')
    (case / "case.toml").write_text(text, "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, tmp_path / "out")
    codes = {(one.place.file, one.code) for one in caught.value.problems}
    asked = {"volunteer_orders", "volunteers", "partners", "collection_points", "dwellings"}
    asked |= {"facility_places", "inspection_sites", "incidents"}
    assert {(f"{name}.csv", "no-neighbourhood-rules") for name in asked} <= codes
    hg.run_case(case, tmp_path / "out", partial=True)


@pytest.mark.parametrize(
    "name",
    [
        "volunteer_orders",
        "collection_points",
        "dwellings",
        "facility_places",
        "inspection_sites",
        "incidents",
        "handover_receipts",
        "partners",
    ],
)
def test_a_table_without_rows_is_no_fault(tmp_path: Path, name: str) -> None:
    """An office may send a table that holds only its header."""
    case = everything(tmp_path / "case")
    head = (case / f"{name}.csv").read_text("utf-8").splitlines()[0]
    for path in case.glob("*.csv"):
        path.unlink()
    (case / f"{name}.csv").write_text(f"{head}\n", "utf-8")
    hg.run_case(case, tmp_path / "out")
