"""Violations from the outside: a case's refusals become records, a notice, and matters for the conference."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Tables, office_at, results, write
from huaying_governance.responsibility import Escalation, Threshold, Violation, escalations

DAY = date(2026, 1, 1)


def record(number: int, assigner: str = "housing", after: int = 0) -> Violation:
    day = DAY + timedelta(days=after)
    return Violation(f"A{number:03}", day, assigner, "dujiaping", "x", "", "", ("not-listed",))


def asking(number: int, day: str, **changes: object) -> dict[str, object]:
    usual = {
        "id": f"A{number}",
        "date": day,
        "assigner": "住建局",
        "community": "dujiaping",
        "matter": f"事项{number}",
        "title": "",
        "funding": "",
        "emergency": "",
        "channel": "",
    }
    return {**usual, **changes}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from("ab")), max_size=25),
    st.integers(1, 5),
    st.integers(0, 20),
)
def test_escalations_by_model(days: list[tuple[int, str]], count: int, within: int) -> None:
    """No run is too small or too long, none share a violation, and none that could be made was missed.

    What was escalated stays escalated, under the same id, when later violations come.
    """
    records = [record(n, who, after) for n, (after, who) in enumerate(sorted(days))]
    found = escalations(records, Threshold(count, within))
    for each in found:
        assert len(each.records) >= count
        assert each.records[-1].on - each.records[0].on <= timedelta(days=within)
        assert {one.assigner for one in each.records} == {each.assigner}
    taken = [one.assignment for each in found for one in each.records]
    assert len(taken) == len(set(taken))
    for who in "ab":
        free = [one.on for one in records if one.assigner == who and one.assignment not in taken]
        # Between runs, what is left never reaches the threshold without reaching over a run.
        edges = [each.records[0].on for each in found if each.assigner == who]
        for low, high in pairwise([date.min, *edges, date.max]):
            part = [day for day in free if low < day <= high or (low == date.min and day <= high)]
            for start in part:
                near = [day for day in part if start <= day <= start + timedelta(days=within)]
                assert len(near) < count
    for cut in range(len(records)):
        before = {each.id for each in escalations(records[:cut], Threshold(count, within))}
        assert before <= {each.id for each in found}


def test_the_second_wave_is_escalated_too() -> None:
    """Three in spring and three in autumn are two matters, not one."""
    records = [record(n, after=after) for n, after in enumerate((0, 1, 2, 300, 301, 302))]
    found = escalations(records, Threshold(3, 90))
    assert [each.id for each in found] == ["violation:A000", "violation:A003"]
    assert isinstance(found[0], Escalation)


def test_row_21_refusals_become_a_matter_for_the_conference(tmp_path: Path) -> None:
    """Row 21: what is off the list is refused, recorded by assigner and channel, and at the third time escalated."""
    rows = [asking(n, f"2026-03-{n:02}", channel="微信群" if n < 3 else "电话") for n in range(1, 4)]
    rows.append(asking(4, "2026-03-04", assigner="民政局", matter="XZ02", funding="100", channel="公文"))
    out = office_at(tmp_path)(on="2026-04-01", assignments=rows)
    told = out["violations"]
    assert [(row["assignment"], row["assigner"], row["channel"], row["codes"]) for row in told] == [
        ("A1", "住房和城乡建设局", "微信群", "not-listed"),
        ("A2", "住房和城乡建设局", "微信群", "not-listed"),
        ("A3", "住房和城乡建设局", "电话", "not-listed"),
    ]
    assert {row["agenda_item"] for row in told} == {"violation:A1"}
    assert out["violation_notice"] == [
        notice("住房和城乡建设局", "微信群", 2, 2, "100.0", 2),
        notice("住房和城乡建设局", "电话", 1, 1, "100.0", 1),
        notice("民政局", "公文", 1, 0, "0.0", 0),
    ]
    (item,) = out["escalations"]
    assert (item["refused_count"], item["assignments"]) == ("3", "A1;A2;A3")
    assert (item["first_refused"], item["last_refused"]) == ("2026-03-01", "2026-03-03")
    assert "提请联席会议研究" in item["agenda_topic"]
    assert "本库默认" in item["citation"]
    assert [row["channel"] for row in out["assignments"]] == ["微信群", "微信群", "电话", "公文"]


def notice(
    assigner: str, channel: str, whole: int, refused: int, rate: str, unlisted: int, unfunded: int = 0
) -> dict[str, str]:
    return {
        "assigner": assigner,
        "channel": channel,
        "assigned_count": str(whole),
        "refused_count": str(refused),
        "refused_rate": rate,
        "unlisted_count": str(unlisted),
        "unfunded_count": str(unfunded),
    }


@pytest.mark.parametrize(("third", "items"), [("2026-03-31", 1), ("2026-04-01", 1), ("2026-04-02", 0)])
def test_days_are_counted_over_all_cases_of_a_store(tmp_path: Path, third: str, items: int) -> None:
    """Threshold three in ninety days: months that come one by one are counted together, to the ninetieth day.

    Running the first month again tells it as it was then.
    """
    store = f"sqlite:///{tmp_path / 'office.db'}"
    first = run(tmp_path / "first", store, "2026-01-31", [asking(1, "2026-01-01"), asking(2, "2026-01-20")])
    assert first["escalations"] == []
    second = run(tmp_path / "second", store, "2026-04-30", [asking(3, third)])
    assert len(second["escalations"]) == items
    assert len(second["violations"]) == 1
    if items:
        assert second["escalations"][0]["assignments"] == "A1;A2;A3"
    again = run(tmp_path / "first", store, "2026-01-31", [asking(1, "2026-01-01"), asking(2, "2026-01-20")])
    assert again == first


def run(home: Path, store: str, on: str, rows: list[dict[str, object]], pack: str = "huaying") -> Tables:
    home.mkdir(exist_ok=True)
    (home / "case.toml").write_text(f'[case]\ntitle = "t"\npack = "{pack}"\non = {on}\n', "utf-8")
    write(home, "assignments", rows)
    hg.run_case(home, home / "out", store=store)
    return results(home / "out")


def test_refusals_are_kept_where_no_channel_is_told(tmp_path: Path) -> None:
    """A table without channels has no such reports, yet its refusals count when a later one has them."""
    store = f"sqlite:///{tmp_path / 'office.db'}"
    plain = [{k: v for k, v in asking(n, f"2026-01-0{n}").items() if k != "channel"} for n in (1, 2)]
    first = run(tmp_path / "first", store, "2026-01-31", plain)
    assert set(first) == {"assignments"}
    second = run(tmp_path / "second", store, "2026-02-28", [asking(3, "2026-02-02")])
    assert second["escalations"][0]["assignments"] == "A1;A2;A3"


def test_an_assigner_nobody_knows_is_recorded_and_never_escalated(tmp_path: Path) -> None:
    """Without a known assigner there is nobody to bring before the conference."""
    rows = [asking(n, f"2026-03-0{n}", assigner="无名局" if n < 4 else "") for n in range(1, 7)]
    out = office_at(tmp_path)(on="2026-04-01", assignments=rows)
    assert [row["assigner"] for row in out["violations"]] == [""] * 6
    assert out["escalations"] == []
    assert out["violation_notice"][0]["refused_count"] == "6"


def test_the_same_matter_under_another_name_is_told(tmp_path: Path) -> None:
    """What resembles an earlier refusal of the same assigner points to it."""
    rows = [
        asking(1, "2026-03-01", matter="代收物业服务费"),
        asking(2, "2026-03-05", matter="协助收取物业服务费"),
        asking(3, "2026-03-06", matter="安装充电桩巡查"),
    ]
    out = office_at(tmp_path)(on="2026-04-01", assignments=rows)
    assert [row["resembles"] for row in out["violations"]] == ["", "A1", ""]


def test_the_threshold_is_data_of_the_pack(tmp_path: Path) -> None:
    """A pack says how many within how many days, and by which rule; a clause that it has not is a problem."""
    city = tmp_path / "city"
    city.mkdir()
    stated = (
        '[pack]\nid = "city"\ntitles = { zh = "某市", en = "A city" }\nincludes = ["huaying"]\n'
        '[screening]\nunlisted = ["article"]\nemergency = ["rc2018"]\nreview = ["default"]\n'
        'decides = "joint-conference"\n[screening.violations]\ncount = 2\ndays = 1\nsource = "rc2025#43"\n'
    )
    (city / "pack.toml").write_text(stated, "utf-8")
    rows = [asking(n, f"2026-03-0{n}") for n in (1, 2, 4)]
    out = run(tmp_path / "case", "memory:", "2026-04-01", rows, pack="../city")
    (item,) = out["escalations"]
    assert item["assignments"] == "A1;A2"
    assert "第43条" in item["citation"]
    (city / "pack.toml").write_text(stated.replace("rc2025#43", "nowhere"), "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.load_pack(city)
    assert [found.code for found in caught.value.problems] == ["unknown-source"]
