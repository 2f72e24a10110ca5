"""岗位发布: one posting over several channels, edits and take-downs that follow everywhere, regions, minimum wage."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from vacancy_cases import THREE, act, posted, vacancy

import huaying_governance as hg
from folders import Office, faults, write
from huaying_governance.casework import Casebook
from huaying_governance.employment import listing
from huaying_governance.employment.vacancy import Act, Copy, Terms, Vacancy, late
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ids import DivisionCode
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.procedure.diagram import mermaid

PACK = Path(hg.__file__).parent / "packs" / "huaying"
NAMES = {"huaying-ejob", "huaying-release", "migrant-home"}


def rules_of(pack: str | Path = "huaying") -> VacancyRules:
    found = hg.load_pack(pack).rules(VacancyRules)
    assert found is not None
    return found


RULES = rules_of()
TERMS = Terms(RULES.posting, hg.china_calendar())


def channels(tables: dict[str, list[dict[str, str]]], id_: str = "V1") -> dict[str, tuple[str, str]]:
    return {
        row["shown_on"]: (row["channel_state"], row["wanted_revision"])
        for row in tables["vacancy_channels"]
        if row["vacancy"] == id_
    }


def test_row_72_one_posting_three_channels(office: Office) -> None:
    """Row 72: one posting, three channels; an edit reaches all of them, and so does the take-down."""
    acts = posted()
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert channels(tables) == dict.fromkeys(NAMES, ("to_publish", "1"))
    acts += [act("V1", "2026-10-11", "confirm", shown_on=THREE)]
    assert channels(office(vacancies=[vacancy()], vacancy_acts=acts)) == dict.fromkeys(NAMES, ("shown", "1"))
    acts += [act("V1", "2026-10-12", "edit", wage_low="3600", conditions="年满18周岁")]
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert channels(tables) == dict.fromkeys(NAMES, ("to_update", "2"))
    assert tables["vacancies"][0]["revision"] == "2"
    acts += [act("V1", "2026-10-13", "confirm", shown_on="华蓥发布;华蓥e就业")]
    acts += [act("V1", "2026-10-14", "take_down", reason="用人单位停招")]
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert channels(tables) == dict.fromkeys(NAMES, ("to_remove", "0"))
    assert tables["vacancies"][0]["state"] == "taken_down"
    acts += [act("V1", "2026-10-15", "confirm", shown_on=THREE)]
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert channels(tables) == dict.fromkeys(NAMES, ("removed", "0"))
    assert not tables["refused_vacancy_acts"]


def test_row_72_any_number_of_channels(office: Office) -> None:
    """Row 72: with one channel or four, and with one joined later, all follow."""
    acts = [*posted("V1", "线下"), *posted("V2", f"{THREE};offline")]
    acts += [
        act("V1", "2026-10-12", "edit", openings=9),
        act("V1", "2026-10-13", "publish", shown_on="华蓥发布"),
    ]
    tables = office(vacancies=[vacancy(), vacancy("V2")], vacancy_acts=acts)
    assert channels(tables) == {"offline": ("to_publish", "2"), "huaying-release": ("to_publish", "2")}
    assert channels(tables, "V2").keys() == {*NAMES, "offline"}


def test_row_73_a_neighbour_is_visible_with_its_distance(office: Office) -> None:
    """Row 73: a vacancy at 511623 (邻水) is shown as of a neighbour, with how far it is."""
    posts = [
        vacancy("V1", division="511623", longitude="106.93", latitude="30.33"),
        vacancy("V2", division="511681001008"),
        vacancy("V3", division="511602", longitude="", latitude=""),
        vacancy("V4", division="440300"),
        vacancy("V5", division="500117106", longitude="106.3", latitude="30"),
    ]
    acts = [one for post in posts for one in posted(str(post["id"]))]
    tables = office(vacancies=posts, vacancy_acts=acts)
    seen = {row["id"]: (row["region"], row["distance_km"]) for row in tables["vacancies"]}
    assert seen["V1"] == ("neighbour", "15.42")
    assert seen["V2"][0] == "home"
    assert seen["V3"] == ("prefecture", "")
    assert seen["V4"][0] == "elsewhere"
    assert seen["V5"][0] == "neighbour"
    stock = {row["stock_value"]: row for row in tables["vacancy_stock"] if row["stock_group"] == "region"}
    assert {name: row["open_jobs"] for name, row in stock.items()} == {
        "elsewhere": "5",
        "home": "5",
        "neighbour": "10",
        "prefecture": "5",
    }


def test_region_by_division_code() -> None:
    """A code of 6, 9 or 12 digits lies in the city, at a neighbour, in the prefecture, elsewhere; else unknown."""
    where = RULES.posting.region
    assert [where(code)[0] for code in ("511681", "511681001", "511681001008")] == ["home"] * 3
    assert where("511623")[1].zh == "邻水县"
    assert where("511600")[0] == "prefecture"
    assert [where(code)[0] for code in ("", "51", "999999")] == ["unknown"] * 3


def test_an_unlawful_text_does_not_go_out(office: Office) -> None:
    """Wording that the law bars stops verification, with the clause and a better wording; a warning does not."""
    acts = [*posted("V1"), *posted("V2"), *posted("V3")]
    acts += [act("V3", "2026-10-12", "edit", conditions="限男性")]
    posts = [vacancy("V1", conditions="限男性"), vacancy("V2", conditions="35岁以下"), vacancy("V3")]
    tables = office(vacancies=posts, vacancy_acts=acts)
    state = {row["id"]: row["state"] for row in tables["vacancies"]}
    assert state == {"V1": "drafted", "V2": "published", "V3": "published"}
    refused = {(row["vacancy"], row["action"]): row for row in tables["refused_vacancy_acts"]}
    assert refused["V1", "verify"]["codes"] == "unlawful-wording"
    assert "限男性" in refused["V1", "verify"]["reason"]
    assert "可以" in refused["V1", "verify"]["reason"]
    assert refused["V3", "edit"]["codes"] == "unlawful-wording"
    assert tables["vacancies"][2]["codes"] == "missing:minimum_wage"
    wording = {(row["vacancy"], row["codes"]): row for row in tables["vacancy_wording"]}
    assert wording.keys() == {("V1", "lint:sex"), ("V2", "lint:age")}
    assert "第43条" in wording["V1", "lint:sex"]["citation"]
    assert wording["V1", "lint:sex"]["better_wording"]


def pack_with_wage(folder: Path, more: str = "hourly = 19\n") -> Path:
    shutil.copytree(PACK, folder)
    path = folder / "vacancies.toml"
    wage = f'[[minimum_wage]]\ncode = "5116"\nmonthly = 1970\n{more}from = 2026-01-01\nsource = "synthetic"\n'
    wage = wage.replace('"5116"', '"511600"')
    path.write_text(path.read_text("utf-8") + "\n" + wage, "utf-8")
    return folder


def test_without_a_minimum_wage_the_answer_says_so(office: Office) -> None:
    """The shipped pack states no minimum wage, for none was found: `missing:minimum_wage`; nothing is blocked."""
    assert RULES.posting.minimum_wages == ()
    tables = office(vacancies=[vacancy(wage_low="1")], vacancy_acts=posted())
    row = tables["vacancies"][0]
    assert (row["codes"], row["missing"], row["state"]) == (
        "missing:minimum_wage",
        "minimum_wage",
        "published",
    )
    assert "劳动法" in row["citation"]


@pytest.mark.parametrize(
    ("low", "period", "on", "answer"),
    [
        ("1970", "month", "2026-10-09", False),
        ("1969.99", "month", "2026-10-09", True),
        ("19", "hour", "2026-10-09", False),
        ("18.99", "hour", "2026-10-09", True),
        ("100", "day", "2026-10-09", None),
        ("2", "piece", "2026-10-09", None),
        ("1969.99", "month", "2025-12-31", None),
    ],
)
def test_the_minimum_wage_at_its_bound(
    tmp_path: Path, low: str, period: str, on: str, answer: bool | None
) -> None:
    """With a pack that states it: the figure itself is enough, a fen less is not; day and piece cannot be compared."""
    rules = rules_of(pack_with_wage(tmp_path / "place")).posting
    post = Vacancy(
        employer="e",
        kind="k",
        title="t",
        on=date(2026, 10, 1),
        division="511681",
        wage_low=Decimal(low),
        wage_period=period,
    )
    assert rules.underpays(post, date.fromisoformat(on)) is answer


def test_an_hourly_wage_without_figure_cannot_be_compared(tmp_path: Path) -> None:
    """A pack may state the monthly figure alone; the place must lie in the division that it is for."""
    rules = rules_of(pack_with_wage(tmp_path / "place", "")).posting
    day = date(2026, 10, 9)

    def post(division: str, period: str) -> Vacancy:
        return Vacancy(
            employer="e",
            kind="k",
            title="t",
            on=day,
            division=division,
            wage_low=Decimal(1),
            wage_period=period,
        )

    assert rules.underpays(post("511681", "hour"), day) is None
    assert rules.underpays(post("511681", "month"), day) is True
    assert rules.underpays(post("440300", "month"), day) is None
    assert rules.underpays(post("", "month"), day) is None


def test_the_narrowest_minimum_wage_holds_then_the_latest(tmp_path: Path) -> None:
    """A county's own figure goes before the prefecture's, though that is newer; of one division the latest in force."""
    place = pack_with_wage(tmp_path / "place")
    path = place / "vacancies.toml"
    more = "".join(
        f'\n[[minimum_wage]]\ncode = "{code}"\nmonthly = {monthly}\nfrom = {since}\nsource = "synthetic"\n'
        for code, monthly, since in (
            ("511681", 1800, "2025-01-01"),
            ("511681", 1900, "2026-02-01"),
            ("511600", 2100, "2026-06-01"),
        )
    )
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    rules = rules_of(place).posting

    def least(division: str, on: date) -> int | None:
        post = Vacancy(employer="e", kind="k", title="t", on=on, division=division, wage_low=Decimal(1))
        found = rules.least_wage(post, on)
        return None if found is None else int(found.monthly)

    assert least("511681001", date(2026, 11, 1)) == 1900
    assert least("511681001", date(2026, 1, 31)) == 1800
    assert least("511623", date(2026, 11, 1)) == 2100
    assert least("511623", date(2026, 5, 31)) == 1970
    assert least("511623", date(2025, 12, 31)) is None


def test_below_the_minimum_wage_does_not_go_out(tmp_path: Path) -> None:
    """With a pack that states it, too low a wage stops verification and is reported; lowering it is refused."""
    folder = tmp_path / "case"
    folder.mkdir()
    pack_with_wage(folder / "place")
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "place"\non = 2026-11-23\n', "utf-8")
    write(folder, "vacancies", [vacancy(wage_low="1900"), vacancy("V2")])
    write(
        folder, "vacancy_acts", [*posted(), *posted("V2"), act("V2", "2026-10-12", "edit", wage_low="1969")]
    )
    hg.run_case(folder, tmp_path / "out")
    refused = (tmp_path / "out" / "refused_vacancy_acts.csv").read_text("utf-8")
    assert refused.count("below-minimum-wage") == 3
    stands = (tmp_path / "out" / "vacancies.csv").read_text("utf-8")
    assert stands.count("below-minimum-wage") == 1
    assert "missing:minimum_wage" not in stands


def refused(tables: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["codes"] for row in tables["refused_vacancy_acts"]]


@pytest.mark.parametrize(
    ("changes", "given", "codes"),
    [
        ({"employer_code": ""}, {}, "no-credit-code"),
        ({"openings": ""}, {}, "incomplete"),
        ({"wage_low": "", "wage_high": ""}, {}, "incomplete"),
        ({}, {"abnormal": ""}, "no-finding"),
        ({}, {"abnormal": "yes"}, "abnormal-employer"),
        ({}, {"evidence": ""}, "no-evidence"),
        ({}, {"actor": "示例人力公司"}, "own-vacancy"),
        ({}, {"actor": "示例电子厂"}, "own-vacancy"),
        ({}, {"role": "clerk"}, "wrong-role"),
        ({}, {"at": "2026-10-07T10:00"}, "out-of-order"),
    ],
)
def test_verification_asks(
    office: Office, changes: dict[str, Any], given: dict[str, Any], codes: str
) -> None:
    """Who verifies is not who posts, has seen the papers, and has looked up the list of abnormal operation."""
    verify = act("V1", "2026-10-09", "verify", **{"abnormal": "no", "evidence": "已核", **given})
    assert refused(office(vacancies=[vacancy(**changes)], vacancy_acts=[verify])) == [codes]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"action": "publish"}, "no-channel"),
        ({"action": "publish", "shown_on": "线下", "at": "2027-01-01T09:00"}, None),
        ({"action": "edit"}, "no-change"),
        ({"action": "edit", "wage_low": "6000"}, "bad-wage"),
        ({"action": "edit", "valid_until": "2027-02-01"}, "bad-validity"),
        ({"action": "edit", "valid_until": "2027-01-10"}, None),
        ({"action": "fill", "hired": "6", "role": "clerk"}, "bad-hired"),
        ({"action": "fill", "hired": "0", "role": "clerk"}, "bad-hired"),
        ({"action": "fill", "role": "clerk"}, "bad-hired"),
        ({"action": "take_down", "role": "clerk"}, "no-reason"),
        ({"action": "confirm", "shown_on": "线下"}, "not-on-channel"),
        ({"action": "confirm"}, "not-on-channel"),
        ({"action": "verify", "abnormal": "no", "evidence": "x"}, "wrong-state"),
        ({"action": "reject", "reason": "x"}, "wrong-state"),
    ],
)
def test_what_a_published_vacancy_admits(office: Office, given: dict[str, Any], codes: str | None) -> None:
    """Each act that a published vacancy does not admit is refused with its code; the bound of validity is in time."""
    name = str(given["action"])
    acts = [*posted(), {**act("V1", "2026-10-12", name), **given}]
    assert refused(office(vacancies=[vacancy()], vacancy_acts=acts)) == ([] if codes is None else [codes])


def test_filled_places_close_it(office: Office) -> None:
    """Hirings are counted off; with the last it is filled, its channels must remove it, and it leaves the stock."""
    acts = [*posted(), act("V1", "2026-10-12", "fill", hired=2)]
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert (tables["vacancies"][0]["state"], tables["vacancies"][0]["openings_left"]) == ("published", "3")
    acts += [act("V1", "2026-10-13", "edit", openings=2), act("V1", "2026-10-13", "fill", hired=3)]
    tables = office(vacancies=[vacancy()], vacancy_acts=acts)
    assert refused(tables) == ["too-few-openings"]
    assert tables["vacancies"][0]["state"] == "filled"
    assert {state for state, _ in channels(tables).values()} == {"to_remove"}
    assert tables["vacancy_stock"][0]["open_jobs"] == "0"
    assert tables["vacancy_stock"][0]["job_share"] == ""


def test_past_its_validity_it_is_expired(office: Office) -> None:
    """The last day is still open; the day after it is expired, out of the stock, and can be extended by an edit."""
    posts, acts = [vacancy(valid_until="2026-11-23")], posted()
    assert office(vacancies=posts, vacancy_acts=acts)["vacancies"][0]["state"] == "published"
    later = office("2026-11-24", vacancies=posts, vacancy_acts=acts)
    assert later["vacancies"][0]["state"] == "expired"
    assert later["vacancy_stock"][0]["open_vacancies"] == "0"
    acts += [act("V1", "2026-11-24", "publish", shown_on="线下")]
    assert refused(office("2026-11-24", vacancies=posts, vacancy_acts=acts)) == ["expired"]
    acts += [act("V1", "2026-11-24", "edit", valid_until="2026-12-31", at="2026-11-24T11:00")]
    assert office("2026-11-24", vacancies=posts, vacancy_acts=acts)["vacancies"][0]["state"] == "published"


def test_stock_has_its_denominators(office: Office) -> None:
    """岗位库: kinds, vacancies and jobs that are open, by region, channel and kind, each share with its whole."""
    posts = [vacancy("V1"), vacancy("V2", vacancy_kind="保洁", openings=15), vacancy("V3", openings=99)]
    acts = [*posted("V1"), *posted("V2", "线下"), *posted("V3")]
    acts += [act("V3", "2026-10-20", "take_down", reason="停招")]
    stock = {
        (row["stock_group"], row["stock_value"]): row
        for row in office(vacancies=posts, vacancy_acts=acts)["vacancy_stock"]
    }
    whole = stock["all", "all"]
    assert (whole["open_kinds"], whole["open_vacancies"], whole["open_jobs"]) == ("2", "2", "20")
    assert whole["closed_vacancies"] == "1"
    assert {row["all_open_jobs"] for row in stock.values()} == {"20"}
    assert (stock["kind", "保洁"]["open_jobs"], stock["kind", "保洁"]["job_share"]) == ("15", "75.0")
    assert (stock["channel", "huaying-ejob"]["open_jobs"], stock["channel", "offline"]["open_jobs"]) == (
        "5",
        "15",
    )


def test_a_channel_that_does_not_follow_is_behind(office: Office) -> None:
    """Two working days after it was asked a channel is behind; beyond the calendar nobody can say."""
    posts, acts = (
        [vacancy(valid_until="")],
        [act("V1", "2026-10-09", "edit", valid_until="2026-12-31"), *posted()],
    )
    acts[0]["at"] = "2026-10-08T11:00"

    def told(on: str) -> set[str]:
        return {row["behind"] for row in office(on, vacancies=posts, vacancy_acts=acts)["vacancy_channels"]}

    assert told("2026-10-13") == {"no"}
    assert told("2026-10-14") == {"yes"}
    copy = Copy("offline", 1, None, datetime(2026, 12, 30, tzinfo=SHANGHAI))
    assert late(copy, RULES.posting, TERMS.calendar, date(2027, 1, 5)) is None


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("vacancies", {"employer_code": "91000000100000001X"}, "employer_code", "bad-credit-code"),
    ("vacancies", {"division": "99"}, "division", "bad-division"),
    ("vacancies", {"wage_high": "100"}, "wage_high", "high-below-low"),
    ("vacancies", {"valid_until": "2026-10-07"}, "valid_until", "to-before-from"),
    ("vacancies", {"conditions": "联系13812345678"}, "conditions", "phone-in-text"),
    ("vacancies", {"desk": "0826-4821234"}, "desk", "phone-in-text"),
    ("vacancies", {"openings": "0"}, "openings", "bad-count"),
    ("vacancies", {"longitude": "300"}, "longitude", "bad-degrees"),
    ("vacancies", {"性别要求": "男"}, "性别要求", "forbidden-column"),
    ("vacancies", {"age_limit": "35"}, "age_limit", "forbidden-column"),
    ("vacancies", {"联系电话": "x"}, "联系电话", "forbidden-column"),
    ("vacancy_acts", {"shown_on": "某某网"}, "shown_on", "unknown-channel"),
    ("vacancy_acts", {"vacancy": "V9"}, "vacancy", "unknown-case"),
    ("vacancy_acts", {"action": "delete"}, "action", "unknown-choice"),
]


@pytest.mark.parametrize(("table", "changes", "column", "code"), BAD)
def test_bad_input_is_told_with_its_place(
    tmp_path: Path, table: str, changes: dict[str, Any], column: str, code: str
) -> None:
    """Each fault is told with table, column, message and cure, without a personal value; nothing is written."""
    posts, acts = [vacancy()], posted()
    (posts if table == "vacancies" else acts)[0].update(changes)
    found = faults(tmp_path, vacancies=posts, vacancy_acts=acts)
    assert (column, code) in {(one.place.column, one.code) for one in found}
    assert not any("13812345678" in str(one) for one in found)


def test_changed_content_is_a_problem(tmp_path: Path, office: Office) -> None:
    """A vacancy that was entered is changed by an edit, not by rewriting its row."""
    office(vacancies=[vacancy()])
    write(tmp_path / "case", "vacancies", [vacancy(wage_low="1")])
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(tmp_path / "case", tmp_path / "out")
    assert [one.code for one in caught.value.problems] == ["content-changed"]


def test_rows_after_the_day_are_not_judged(office: Office) -> None:
    """What is dated after the day of the case is left, and the vacancy stays as it was."""
    acts = [*posted(), act("V1", "2026-11-24", "take_down", reason="停招")]
    tables = office(vacancies=[vacancy(), vacancy("V2", date="2026-11-24")], vacancy_acts=acts)
    assert [row["state"] for row in tables["vacancies"]] == ["published"]


def test_the_diagram_names_every_state() -> None:
    """The procedure draws itself."""
    drawn = mermaid(listing.VACANCIES.procedure, "zh")
    assert all(state.label.zh in drawn for state in listing.STATES)


def test_a_case_is_told_as_it_stood() -> None:
    """`as_of` gives a case at a moment: before it, at it, after a later act; None where there is none."""
    book: Any = Casebook(hg.open_store("memory:"), listing.VACANCIES, TERMS)
    first = Vacancy(employer="e", kind="k", title="t", on=date(2026, 10, 1))
    book.open("V1", first)
    moments = [datetime(2026, 10, day, 9, tzinfo=SHANGHAI) for day in (2, 3, 4)]
    for number, at in enumerate(moments, 2):
        book.act("V1", Act(action="edit", at=at, actor="a", role="clerk", openings=number))
    assert book.attempt("V1", Act(action="publish", at=moments[2], actor="a", role="clerk"), "c") is not None
    assert book.as_of("V2", moments[0]) is None
    assert book.as_of("V1", datetime(2026, 10, 1, tzinfo=SHANGHAI)).vacancy == first
    assert [book.as_of("V1", at).vacancy.openings for at in moments] == [2, 3, 4]
    assert book.as_of("V1", moments[2]) == book.standing("V1")


# A model ----------------------------------------------------------------------------------------------------------


class Boards(RuleBasedStateMachine):
    """渠道: whatever happens, each channel is asked to show the last revision while it is out, and nothing after.

    The model keeps, for each channel, what an obedient keeper would have on the board.
    """

    @initialize()
    def begin(self) -> None:
        self.book: Any = Casebook(hg.open_store("memory:"), listing.VACANCIES, TERMS)
        self.now = datetime(2026, 10, 1, 9, tzinfo=SHANGHAI)
        self.revision, self.out, self.left, self.boards = 1, False, 3, dict[str, int]()
        self.book.open(
            "V1",
            Vacancy(
                employer="e",
                kind="k",
                title="装配工",
                on=self.now.date(),
                credit_code="c",
                duties="装配",
                conditions="年满18周岁",
                division="511681",
                openings=3,
                wage_low=Decimal(3000),
                until=date(2026, 12, 20),
            ),
        )

    def do(self, action: str, role: str, **cells: Any) -> bool:
        self.now += timedelta(minutes=1)
        ruling = self.book.attempt(
            "V1", Act(action=action, at=self.now, actor="a", role=role, **cells), str(self.now)
        )
        return ruling is None

    @rule()
    def verify(self) -> None:
        self.do("verify", "verifier", abnormal=False, evidence="x")

    @rule(names=st.sets(st.sampled_from(sorted(NAMES)), min_size=1))
    def publish(self, names: set[str]) -> None:
        if self.do("publish", "clerk", channels=tuple(sorted(names))):
            self.out = True
            self.boards |= dict.fromkeys(names - self.boards.keys(), 0)

    @rule(wage=st.integers(2000, 9000), bad=st.booleans())
    def edit(self, wage: int, bad: bool) -> None:
        text = "限男性" if bad else "年满18周岁"
        state = self.book.standing("V1").state
        if self.do("edit", "poster", wage_low=Decimal(wage), conditions=text):
            assert not (bad and state != "drafted")
            self.revision += 1

    @rule(number=st.integers(1, 3))
    def fill(self, number: int) -> None:
        if self.do("fill", "clerk", hired=number):
            self.left -= number
            self.out = self.left > 0

    @rule()
    def take_down(self) -> None:
        if self.do("take_down", "poster", reason="停招"):
            self.out = False

    @rule(name=st.sampled_from(sorted(NAMES)))
    def confirm(self, name: str) -> None:
        if self.do("confirm", "channel", channels=(name,)):
            self.boards[name] = self.revision if self.out else -1

    @invariant()
    def all_channels_follow(self) -> None:
        held = self.book.standing("V1")
        assert held.left == self.left
        assert held.revision == self.revision
        assert {copy.channel for copy in held.copies} == self.boards.keys()
        for copy in held.copies:
            assert copy.wanted == (self.revision if self.out else 0)
            obeyed = self.boards[copy.channel] == (self.revision if self.out else -1)
            assert copy.settled == obeyed


Boards.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestBoards = Boards.TestCase


def test_division_codes_of_the_pack_are_real_codes() -> None:
    """The home and the neighbours are codes that can be parsed; none of them is the home itself."""
    codes = [one.code for one in RULES.posting.neighbours]
    assert all(DivisionCode.is_valid(str(code.value)) for code in codes)
    assert RULES.posting.home not in codes
