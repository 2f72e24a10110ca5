"""The acceptance examples of the mission tables, through the public door; each docstring names its row.

An example is a minimum: each is tried with its neighbours too, the day before and after, the value beside the bound.
The full behaviour is tested where the concept lives.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import huaying_governance as hg

CHINA = ZoneInfo("Asia/Shanghai")
LIST = """\
code,name,kind,role,assigners,communities,funding,forms,basis,from,to
T-01,困难老人走访,assist,assistant,first,,,,law,2024-01-01,2025-12-31
T-01,困难老人走访,assist,assistant,second,,,,law,2026-01-01,
T-02,人口抽样调查,assist,assistant,*,,required,,law,2024-01-01,
"""


# ------------------------------------------------------------------------------------- responsibility list, rows 20–22


@pytest.fixture
def pack(tmp_path: Path) -> hg.Pack:
    """A pack of a place that does not exist: one matter in two versions, one that needs funds."""
    folder = tmp_path / "pack"
    (folder / "lists").mkdir(parents=True)
    texts = {
        "pack.toml": '[pack]\nid = "example"\ntitles = { zh = "示例", en = "example" }\nregion = "000000"\n',
        "organisations.csv": "id,name,aliases,level,kind,from,to\n"
        "first,示例一局,,county,department,,\nsecond,示例二局,,county,department,,\n",
        "communities.csv": "id,name,code,kind,from,to\nnear,示例社区,,residents_committee,,\n",
        "sources.toml": '[[source]]\nid = "law"\ntitle = { zh = "示例办法", en = "example measures" }\n',
        "lists/list.csv": LIST,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return hg.load_pack(folder)


def asked(**changes: object) -> hg.Assignment:
    """An assignment of the first department, changed."""
    plain = {
        "id": "A1",
        "date": date(2026, 3, 2),
        "assigner": "second",
        "community": "near",
        "matter": "T-01",
    }
    return hg.Assignment(**{**plain, "title": None, "funding": None, "emergency": None, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "assigner", "outcome"),
    [
        (date(2025, 12, 31), "first", "permitted"),
        (date(2025, 12, 31), "second", "refused"),
        (date(2026, 1, 1), "first", "refused"),
        (date(2026, 1, 1), "second", "permitted"),
    ],
)
def test_row_20(pack: hg.Pack, day: date, assigner: str, outcome: str) -> None:
    """row 20: the version in force on the day answers; the second is in force from 2026-01-01, not a day earlier."""
    ruling = pack.screen(asked(date=day, assigner=assigner))
    assert ruling.outcome == outcome
    assert ruling.codes == (() if outcome == "permitted" else ("assigner-not-allowed",))


def test_row_21(pack: hg.Pack) -> None:
    """row 21: what is neither listed nor admitted is refused and the list is named; an admission opens it."""
    unlisted = asked(matter="T-99")
    ruling = pack.screen(unlisted)
    assert (ruling.outcome, ruling.codes) == ("refused", ("not-listed",))
    assert "清单" in ruling.explain("zh")
    admission = hg.Admission(
        id="Z1", matter="T-99", since=date(2026, 3, 2), until=date(2026, 3, 2), funding=Decimal(100)
    )
    assert pack.screen(unlisted, [admission]).outcome != "refused"
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        late = pack.screen(asked(matter="T-99", date=day), [admission])
        assert (late.outcome, late.codes) == ("refused", ("not-in-force",))


@pytest.mark.parametrize(
    ("funding", "outcome", "codes"),
    [
        (Decimal(0), "conditional", ("funds-missing",)),
        (None, "undetermined", ("missing:funding",)),
        (Decimal("0.01"), "permitted", ()),
    ],
)
def test_row_22(pack: hg.Pack, funding: Decimal | None, outcome: str, codes: tuple[str, ...]) -> None:
    """row 22: a matter that needs funds is conditional without them; unknown funds are not none."""
    ruling = pack.screen(asked(matter="T-02", funding=funding))
    assert (ruling.outcome, ruling.codes) == (outcome, codes)


# --------------------------------------------------------------------------------- participation and subsidies, by case


def run(folder: Path, polling_day: str = "2026-03-01", on: str = "2026-11-23", **tables: str) -> Path:
    """Run a case with these tables by the shipped pack and return the folder of results."""
    folder.mkdir(parents=True, exist_ok=True)
    case = f'[case]\ntitle = "示例"\npack = "huaying"\non = {on}\npolling_day = {polling_day}\n'
    (folder / "case.toml").write_text(case, "utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    hg.run_case(folder, folder / "out")
    return folder / "out"


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a written table."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


RESIDENTS = (
    "person,born,hukou_community,community,body,living_since,worker_since,confirmed,applied,meeting_consent,"
    "registered_elsewhere,rights\n"
)


def outcome_of(folder: Path, polling_day: str, living_since: str, body: str, consent: str) -> str:
    """Judge one adult, registered elsewhere, who has applied and only lately began to work for the community."""
    row = f"R1,1990-01-01,synthetic-2,dujiaping,{body},{living_since},2025-11-01,no,yes,{consent},no,yes\n"
    (judged,) = rows(run(folder, polling_day, residents=RESIDENTS + row) / "eligibility.csv")
    return judged["outcome"]


@pytest.mark.parametrize(
    ("living_since", "body", "consent", "outcome"),
    [
        ("2025-05-01", "residents_committee", "", "eligible"),
        ("2025-05-01", "villagers_committee", "", "ineligible"),
        ("2025-05-01", "villagers_committee", "yes", "ineligible"),
        ("2025-03-01", "villagers_committee", "yes", "eligible"),
        ("2025-03-02", "villagers_committee", "yes", "ineligible"),
        ("2025-03-01", "villagers_committee", "no", "ineligible"),
        ("2025-08-30", "residents_committee", "", "eligible"),
        ("2025-08-31", "residents_committee", "", "ineligible"),
    ],
)
def test_row_44(tmp_path: Path, living_since: str, body: str, consent: str, outcome: str) -> None:
    """row 44: ten months on 2026-03-01 suffice for the residents' committee (183 days), not for a village (a year)."""
    assert outcome_of(tmp_path, "2026-03-01", living_since, body, consent) == outcome


def test_row_44_by_the_law_in_force(tmp_path: Path) -> None:
    """row 44: a month of residence sufficed for the residents' committee before 2026-01-01, and does not since."""
    before = outcome_of(tmp_path / "a", "2025-12-31", "2025-12-01", "residents_committee", "")
    since = outcome_of(tmp_path / "b", "2026-01-01", "2025-12-01", "residents_committee", "")
    assert (before, since) == ("eligible", "ineligible")


def awards(folder: Path, persons: str, spells: str, on: str = "2026-11-23") -> dict[tuple[str, str], str]:
    """Return the amounts paid, by person and rule."""
    out = run(
        folder,
        on=on,
        persons="person,education,spouse\n" + persons,
        spells="person,employer,in_zone,from,to\n" + spells,
    )
    return {(row["person"], row["rule"]): row["amount"] for row in rows(out / "awards.csv") if row["rule"]}


def test_row_78(tmp_path: Path) -> None:
    """row 78: a postgraduate (codes 11, 14) employed in the zone is paid 10,000.00, whole; outside it nothing."""
    people = "A,14,\nB,11,\nC,14,\n"
    work = "A,E,yes,2025-11-23,\nB,E,yes,2026-11-23,2026-11-23\nC,E,no,2025-11-23,\n"
    paid = awards(tmp_path, people, work)
    assert paid == {("A", "postgraduate"): "10000.00", ("B", "postgraduate"): "10000.00"}


def test_row_79(tmp_path: Path) -> None:
    """row 79: a bachelor (code 21) employed in the zone is paid 3,000.00; any other code of the standard nothing."""
    people = "A,21,\nB,22,\nC,31,\nD,21,\n"
    work = "".join(f"{person},E,yes,2026-06-23,\n" for person in "ABC") + "D,E,yes,2026-06-23,2026-11-22\n"
    assert awards(tmp_path, people, work) == {("A", "bachelor"): "3000.00"}


@pytest.fixture(scope="module")
def by_month(tmp_path_factory: pytest.TempPathFactory) -> hg.Policy:
    """The shipped policy with one switch turned: awards in proportion to the months of stable work."""
    folder = tmp_path_factory.mktemp("reform")
    shipped = resources.files("huaying_governance") / "packs" / "huaying"
    text = (shipped / "policies" / "zone-employment.toml").read_text("utf-8")
    (folder / "policies").mkdir()
    (folder / "sources.toml").write_text((shipped / "sources.toml").read_text("utf-8"), "utf-8")
    reform = folder / "policies" / "by-month.toml"
    assert text.count('kind = "none"') == 1
    reform.write_text(text.replace('kind = "none"', 'kind = "months"'), "utf-8")
    return hg.read_policy(reform)


def prorated(policy: hg.Policy, education: str, months: int) -> str:
    """Return what so many months of stable work are paid by a policy, without the reward for couples."""
    facts = {"education": education, "in_zone": True, "stable_months": months, "spouse": None}
    award = policy.decide(facts, on=date(2026, 11, 23))
    assert isinstance(award, hg.Award)
    return str(award.amount)


MONTHS = (1, 3, 5, 6, 7, 11, 12)
BY_MONTH = {
    "postgraduate": "833.33 2500.00 4166.67 5000.00 5833.33 9166.67 10000.00",
    "bachelor": "250.00 750.00 1250.00 1500.00 1750.00 2750.00 3000.00",
}


def test_row_78_prorated(by_month: hg.Policy) -> None:
    """row 78: by month, as a named reform, seven months are 5,833.33; rounded half-up to the fen."""
    assert (
        " ".join(prorated(by_month, "postgraduate", months) for months in MONTHS) == BY_MONTH["postgraduate"]
    )


def test_row_79_prorated(by_month: hg.Policy) -> None:
    """row 79: by month, as a named reform, five months are 1,250.00."""
    assert " ".join(prorated(by_month, "bachelor", months) for months in MONTHS) == BY_MONTH["bachelor"]


@pytest.mark.parametrize("months", [12, 13, 24, 600])
@pytest.mark.parametrize("education", ["postgraduate", "bachelor"])
def test_a_year_is_never_more_than_a_year(by_month: hg.Policy, education: str, months: int) -> None:
    """row 78, row 79: twelve months and more are the award of one year."""
    assert prorated(by_month, education, months) == BY_MONTH[education].split()[-1]


@pytest.mark.parametrize(
    ("first", "second", "paid"),
    [
        (["2025-11-23,"], ["2025-11-23,"], True),  # both twelve months on the day
        (["2025-11-23,"], ["2025-11-24,"], False),  # one eleven months and 30 days
        (["2025-11-23,"], ["2025-01-01,2026-05-31", "2026-07-01,"], True),  # a gap of 30 days
        (["2025-11-23,"], ["2025-01-01,2026-05-31", "2026-07-02,"], False),  # a gap of 31 days begins anew
    ],
)
def test_row_80(tmp_path: Path, first: list[str], second: list[str], paid: bool) -> None:
    """row 80: a couple is paid 2,000.00 once, when both have twelve full months in the zone without a longer gap."""
    work = "".join(f"A,E,yes,{spell}\n" for spell in first) + "".join(
        f"B,F,yes,{spell}\n" for spell in second
    )
    expected = {("A", "couple"): "2000.00"} if paid else {}
    assert awards(tmp_path, "A,other,B\nB,other,A\n", work) == expected


def test_row_77() -> None:
    """row 77: the article names no amount for enterprises: nothing is paid to them, and the ruling says so."""
    policy = hg.load_pack("huaying").policy("zone-employment")
    facts = {"education": "bachelor", "in_zone": True, "stable_months": 12, "spouse": None}
    award = policy.decide(facts, on=date(2026, 11, 23))
    assert isinstance(award, hg.Award)
    assert {line.payee for line in award.lines} == {"worker"}
    assert award.amount == Decimal("3000.00")
    assert "amount-unset" in award.ruling.codes


# ------------------------------------------------------------------------------------- ledger, rows 49 to 53


@pytest.fixture
def book() -> Iterator[hg.LedgerBook]:
    """A ledger in memory by the shipped pack."""
    with hg.open_store("memory:") as store:
        yield hg.LedgerBook(store, hg.load_pack("huaying"), hg.china_calendar())


def received(book: hg.LedgerBook, day: str = "2026-09-18T09:30", category: str = "complaint") -> None:
    """Register one call to the hotline as entry L1."""
    moment = datetime.fromisoformat(day).replace(tzinfo=CHINA)
    book.register(hg.Entry("L1", "livelihood", "hotline", category, "dujiaping", moment, "噪声", "P-1"))


ROLES = {
    "accept": "clerk",
    "assign": "clerk",
    "progress": "handler",
    "reply": "handler",
    "verify": "verifier",
}
ORDER = ["accept", "assign", "progress", "reply", "verify", "strike_off"]


def step(book: hg.LedgerBook, action: str, **changes: object) -> None:
    """Do one step of the usual course, an hour after the one before; the handler is H, the verifier V."""
    role = ROLES.get(action, "verifier")
    usual: dict[str, object] = {
        "actor": {"clerk": "C", "handler": "H"}.get(role, "V"),
        "role": role,
        "at": datetime(2026, 9, 18, 10, tzinfo=CHINA) + timedelta(hours=ORDER.index(action)),
        "lead": "housing" if action == "assign" else "",
        "handler": "H" if action == "assign" else "",
        "evidence": "photo-1" if action == "reply" else "",
        "satisfied": True if action == "verify" else None,
    }
    book.act(hg.Action(entry="L1", action=action, **{**usual, **changes}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "category", "due"),
    [
        ("2026-09-18T09:30", "complaint", date(2026, 10, 15)),
        ("2026-09-18T23:59", "complaint", date(2026, 10, 15)),
        ("2026-09-18T09:30", "help", date(2026, 9, 29)),
        ("2026-09-18T09:30", "consult", date(2026, 9, 22)),
        ("2026-12-24T09:30", "complaint", None),
    ],
)
def test_row_49(book: hg.LedgerBook, day: str, category: str, due: date | None) -> None:
    """row 49: a complaint of 2026-09-18 is due on 2026-10-15, 15 working days; past the notices nothing is guessed."""
    received(book, day, category)
    assert book.entry("L1").due == due
    assert book.entry("L1").missing == (() if due else ("calendar",))


@pytest.mark.parametrize("column", ["person_level", "risk_level", "风险等级", "重点人员"])
def test_row_50(tmp_path: Path, column: str) -> None:
    """row 50: the stability ledger holds matters; a column on a risk of persons is a problem, nothing is done."""
    entries = (
        f"id,kind,source,category,community,received_at,summary,petitioner,{column}\n"
        "S1,stability,grid,,dujiaping,2026-09-18T09:30,楼道照明,,高\n"
    )
    with pytest.raises(hg.Problems) as bad:
        run(tmp_path, entries=entries)
    assert [problem.place.column for problem in bad.value.problems] == [column]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("lead", "handler", "codes"),
    [
        ("", "H", ("no-lead",)),
        ("housing", "", ("no-handler",)),
        ("", "", ("no-lead", "no-handler")),
    ],
)
def test_row_51(book: hg.LedgerBook, lead: str, handler: str, codes: tuple[str, ...]) -> None:
    """row 51: without a unit in the lead and a handler an entry cannot be assigned, and nothing changes."""
    received(book)
    step(book, "accept")
    with pytest.raises(hg.Refused) as refused:
        step(book, "assign", lead=lead, handler=handler)
    assert refused.value.ruling.codes == codes
    assert book.entry("L1").state == "accepted"


def test_row_52(book: hg.LedgerBook) -> None:
    """row 52: the deadline day is in time, the day after is overdue; the deadline explains itself by its clause."""
    received(book)
    assert [entry.id for entry in book.due(date(2026, 10, 15))] == ["L1"]
    assert not list(book.overdue(on=date(2026, 10, 15)))
    assert [entry.id for entry in book.overdue(on=date(2026, 10, 16))] == ["L1"]
    assert "12345" in book.explain_due("L1").explain("zh")


def test_row_53(book: hg.LedgerBook) -> None:
    """row 53: struck off only after somebody other than the handler has verified; before, every reason is given."""
    received(book)
    for action in ORDER[:4]:
        step(book, action)
    with pytest.raises(hg.Refused) as early:
        step(book, "strike_off")
    assert "not-verified" in early.value.ruling.codes
    with pytest.raises(hg.Refused) as own:
        step(book, "verify", actor="H")
    assert own.value.ruling.codes == ("handler-cannot-verify",)
    step(book, "verify")
    with pytest.raises(hg.Refused) as own_again:
        step(book, "strike_off", actor="H")
    assert own_again.value.ruling.codes == ("handler-cannot-verify",)
    step(book, "strike_off")
    assert book.entry("L1").state == "struck_off"
