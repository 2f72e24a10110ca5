"""匹配与推荐 through the case folder: matches with their parts, referrals as a procedure, feedback, fairness."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from vacancy_cases import Row, act, posted, seeker, vacancy

import huaying_governance as hg
from folders import Office, faults, write
from huaying_governance.employment import referral
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.tables.words.vacancies import CAUSES, barred

Tables = dict[str, list[dict[str, str]]]


def put(id_: str = "R1", person: str = "p-1", post: str = "V1", at: str = "2026-11-02T09:00") -> Row:
    return {"id": id_, "person": person, "vacancy": post, "at": at}


def step(action: str, day: str = "2026-11-02", id_: str = "R1", **changes: Any) -> Row:
    roles = {"interview": "employer", "hire": "employer", "reject": "employer", "decline": "seeker"}
    return {
        "referral": id_,
        "at": f"{day}T10:00",
        "action": action,
        "actor": "a",
        "role": roles.get(action, "clerk"),
        "cause": "",
        "reason": "",
        "evidence": "",
        **changes,
    }


CONSENT = step("consent", evidence="同意书1号")
REFER = step("refer", at="2026-11-02T11:00")


def run(office: Office, *steps: Row, on: str = "2026-11-23", **tables: Any) -> Tables:
    held: dict[str, Any] = {
        "vacancies": [vacancy()],
        "vacancy_acts": posted(),
        "seekers": [seeker()],
        "referrals": [put()],
        **tables,
    }
    held = {name: rows for name, rows in {**held, "referral_acts": steps}.items() if rows}
    return office(on, **held)


def codes(tables: Tables) -> list[str]:
    return [row["codes"] for row in tables["refused_referral_acts"]]


def test_matches_show_their_parts(office: Office) -> None:
    """A match says how well it fits out of a thousand, by parts with their weights, and what is not known."""
    tables = run(
        office,
        seekers=[seeker(), seeker("p-2", wanted_kinds="", night_shift="", bands="失地农民")],
        referrals=[],
    )
    first, second = tables["matches"]
    assert (first["person"], first["place_in_rank"], first["vacancy"], first["match_fit"]) == (
        "p-1",
        "1",
        "V1",
        "900",
    )
    assert first["fit_parts"] == (
        "kind=25×1000;distance=20×1000;wage=20×1000;skills=20×1000;schedule=5×1000;priority=10×0"
    )
    assert (first["distance_km"], first["missing"], first["favoured_by"]) == ("1.46", "", "")
    assert second["favoured_by"] == "失地农民"
    assert "就业促进法" in second["citation"]
    assert second["missing"] == "kind"
    assert "kind=25×?" in second["fit_parts"]


def test_blockers_are_told_with_reason_and_denominator(office: Office) -> None:
    """What stands in the way is counted by its code, of the vacancies compared, with an example."""
    posts = [vacancy("V1", schooling_asked="bachelor"), vacancy("V2", night_shift="yes"), vacancy("V3")]
    tables = run(
        office,
        vacancies=posts,
        vacancy_acts=[one for post in posts for one in posted(str(post["id"]))],
        seekers=[seeker(night_shift="no")],
        referrals=[],
    )
    assert [row["vacancy"] for row in tables["matches"]] == ["V3"]
    told = {row["codes"]: row for row in tables["match_blockers"]}
    assert told.keys() == {"schooling", "night_shift"}
    assert (told["schooling"]["blocked_vacancies"], told["schooling"]["compared_vacancies"]) == ("1", "3")
    assert told["schooling"]["example_vacancy"] == "V1"
    assert "本科" in told["schooling"]["reason"]


def test_a_referral_from_consent_to_hiring(office: Office) -> None:
    """Consent, referral, interview, hiring; the employer owes an answer for five working days."""
    waiting = run(office, CONSENT, REFER, on="2026-11-09")["referrals"][0]
    assert (waiting["state"], waiting["reply_due"], waiting["reply_late"]) == ("referred", "2026-11-09", "no")
    late = run(office, CONSENT, REFER, on="2026-11-10")["referrals"][0]
    assert late["reply_late"] == "yes"
    more = (step("interview", "2026-11-11"), step("hire", "2026-11-12", evidence="录用通知"))
    done = run(office, CONSENT, REFER, *more)
    row = done["referrals"][0]
    assert (row["state"], row["reply_due"], row["reply_late"]) == ("hired", "", "")
    assert not codes(done)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ((REFER,), ["wrong-state"]),
        ((step("consent"),), ["no-evidence"]),
        ((step("consent", evidence="x", role="employer"),), ["wrong-role"]),
        ((CONSENT, step("refer", at="2026-11-02T08:00")), ["wrong-state;out-of-order"]),
        ((CONSENT, REFER, step("reject", "2026-11-03")), ["no-cause"]),
        ((CONSENT, REFER, step("hire", "2026-11-03")), ["no-evidence"]),
        ((CONSENT, REFER, step("lapse", "2026-11-09")), ["reply-window-open"]),
        ((CONSENT, REFER, step("lapse", "2026-11-10")), []),
        ((step("decline", cause="distance"),), []),
    ],
)
def test_what_a_referral_admits(office: Office, steps: tuple[Row, ...], refused: list[str]) -> None:
    """Each step that is not open is refused with its code; the last day of the window is still the employer's."""
    assert codes(run(office, *steps)) == refused


def test_nobody_is_referred_against_a_hard_condition(office: Office) -> None:
    """A known failure, a seeker or vacancy that is not entered, a vacancy that is closed: no referral."""
    assert codes(run(office, CONSENT, REFER, seekers=[seeker(schooling="primary")])) == ["blocked"]


def test_nobody_is_referred_who_is_not_entered(office: Office) -> None:
    """A seeker whom the table lacks cannot be judged, so is not referred."""
    assert codes(run(office, CONSENT, REFER, seekers=[seeker("p-9")])) == ["not-entered"]


def test_a_closed_vacancy_takes_no_referral(office: Office) -> None:
    """A vacancy is asked as it stood at the moment: taken down later, the earlier referral stands."""
    before = [*posted(), act("V1", "2026-11-01", "take_down", reason="停招")]
    assert codes(run(office, CONSENT, REFER, vacancy_acts=before)) == ["vacancy-closed"]


def test_a_vacancy_closed_later_changes_no_earlier_referral(office: Office) -> None:
    """The referral of the second stands, though the vacancy was taken down on the third."""
    later = [*posted(), act("V1", "2026-11-03", "take_down", reason="停招")]
    tables = run(office, CONSENT, REFER, vacancy_acts=later)
    assert codes(tables) == []
    assert tables["referrals"][0]["state"] == "referred"


def test_why_it_came_to_nothing_comes_back(office: Office) -> None:
    """A rejection gives a cause and what is advised then, counted of all referrals; the pair is not matched again."""
    posts = [vacancy("V1"), vacancy("V2")]
    tables = run(
        office,
        CONSENT,
        REFER,
        step("reject", "2026-11-03", cause="技能", reason="没有上岗经验"),
        step("decline", "2026-11-03", "R2", cause="distance"),
        vacancies=posts,
        vacancy_acts=[*posted("V1"), *posted("V2")],
        seekers=[seeker(), seeker("p-2")],
        referrals=[put(), put("R2", "p-2", "V2"), put("R3", "p-2")],
    )
    told = {row["cause"]: row for row in tables["referral_feedback"]}
    assert told.keys() == {"skill", "distance"}
    assert (told["skill"]["ended_by_employer"], told["skill"]["ended_by_seeker"]) == ("1", "0")
    assert (told["distance"]["ended_by_employer"], told["distance"]["ended_by_seeker"]) == ("0", "1")
    assert {row["all_referrals"] for row in told.values()} == {"3"}
    assert told["skill"]["job_share"] == "33.3"
    assert "培训" in told["skill"]["advice"]
    assert [(row["person"], row["vacancy"]) for row in tables["matches"]] == [("p-1", "V2"), ("p-2", "V1")]
    again = [row for row in tables["match_blockers"] if row["codes"] == "refused_before"]
    assert [(row["person"], row["example_vacancy"]) for row in again] == [("p-1", "V1"), ("p-2", "V2")]


def test_an_unlawful_reason_is_found(office: Office) -> None:
    """An employer who writes that only men are wanted is told on, with the code."""
    bad = run(
        office, CONSENT, REFER, step("reject", "2026-11-03", cause="skill", reason="只要男的，已育的不要")
    )
    assert bad["referrals"][0]["codes"].split(";")[0] == "lint:sex"


def test_a_seekers_own_words_are_not_judged(office: Office) -> None:
    """Who declines may say what they like."""
    own = run(
        office, CONSENT, REFER, step("decline", "2026-11-03", cause="schedule", reason="只要男的我不去")
    )
    assert own["referrals"][0]["codes"] == ""


@pytest.mark.parametrize(
    "header",
    [
        "性别",
        "年龄",
        "出生日期",
        "民族",
        "户籍",
        "宗教信仰",
        "婚姻状况",
        "生育情况",
        "健康状况",
        "身高",
        "sex",
        "age",
        "hukou",
    ],
)
def test_barred_columns_do_not_come_in(tmp_path: Path, header: str) -> None:
    """A column of seekers that may not decide who gets work is a problem, with what it is; it is never read."""
    found = faults(tmp_path, seekers=[{**seeker(), header: "x"}])
    assert [(one.code, one.place.column) for one in found] == [("forbidden-column", header)]


@pytest.mark.parametrize("header", ["备注", "健康证编号", "登记窗口", "note", "manager", "language"])
def test_other_columns_do(header: str) -> None:
    """What has nothing to do with it stays allowed."""
    assert barred(header) is None


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"bands": "某群体"}, "bands", "unknown-band"),
        ({"person": "13812345678"}, "person", "not-a-reference"),
        ({"least_wage": "-1"}, "least_wage", "negative-amount"),
        ({"farthest_km": "3.5"}, "farthest_km", "bad-count"),
        ({"schooling": "博士后流动站"}, "schooling", "unknown-choice"),
    ],
)
def test_bad_seekers_are_told(tmp_path: Path, changes: Row, column: str, code: str) -> None:
    """Each fault with its column; a person is a reference, and no name or number is repeated."""
    found = faults(tmp_path, seekers=[seeker(**changes)])
    assert (column, code) in {(one.place.column, one.code) for one in found}
    assert not any("13812345678" in str(one) for one in found)


def test_a_referral_waits_for_a_mended_row(tmp_path: Path) -> None:
    """With --partial a referral is not refused for good because its seeker's row has a problem: it waits."""
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(folder, "vacancies", [vacancy()])
    write(folder, "vacancy_acts", posted())
    write(folder, "referrals", [put()])
    write(folder, "referral_acts", [CONSENT, REFER])
    for bands in ("某群体", ""):
        write(folder, "seekers", [seeker(bands=bands)])
        hg.run_case(folder, out, partial=True)
        told = (out / "referrals.csv").read_text("utf-8")
        assert ("referred" in told) == (not bands)
        assert (out / "problems.csv").exists() == bool(bands)


def test_a_referral_to_nothing_is_a_problem(tmp_path: Path) -> None:
    """A vacancy that neither the table nor the store knows cannot be referred to."""
    found = faults(tmp_path, vacancies=[vacancy()], seekers=[seeker()], referrals=[put(post="V9")])
    assert [(one.code, one.place.column) for one in found] == [("unknown-vacancy", "vacancy")]


def test_words_and_causes_agree() -> None:
    """Each cause of the table has its advice in the domain."""
    assert CAUSES.keys() == referral.CAUSES.keys()


def test_beyond_the_calendar_no_answer_is_due() -> None:
    """Where the calendar ends nobody says by when an answer is owed."""
    rules = hg.load_pack("huaying").rules(VacancyRules)
    assert rules is not None
    terms = referral.Terms(lambda *_: None, lambda *_: None, 5, hg.china_calendar(), rules.posting.days)
    at = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
    standing = referral.Standing(referral=referral.Referral(seeker="p", vacancy="V", at=at), last_at=at)
    assert terms.due(standing) is None
    asked = referral.after(standing, referral.Act(action="refer", at=at, actor="a", role="clerk"), "referred")
    assert terms.due(asked) is None
    assert date(2026, 12, 30)


def test_a_round_places_as_many_as_can_be(office: Office) -> None:
    """Of two who fit one vacancy, the one who fits no other gets it; who is left is listed; a round may be narrowed."""
    pytest.importorskip("scipy")
    posts = [
        vacancy("V1", openings=1),
        vacancy("V2", openings=1, night_shift="yes"),
        vacancy("V3", openings=4),
    ]
    acts = [*posted("V1"), *posted("V2"), *posted("V3"), act("V3", "2026-11-01", "take_down", reason="停招")]
    people = [seeker("p-1"), seeker("p-2", night_shift="no"), seeker("p-3", schooling="primary")]
    rounds: list[Row] = [
        {"id": "M1", "date": "2026-11-20", "round_vacancies": "", "round_persons": "", "场地": "广场"},
        {"id": "M2", "date": "2026-11-20", "round_vacancies": "V1;V9", "round_persons": "p-1", "场地": ""},
        {"id": "M3", "date": "2026-11-24", "round_vacancies": "", "round_persons": "", "场地": ""},
    ]
    tables = office(vacancies=posts, vacancy_acts=acts, seekers=people, matching_rounds=rounds)
    told = [(row["matching_round"], row["person"], row["vacancy"]) for row in tables["matching_plan"]]
    assert told == [("M1", "p-1", "V2"), ("M1", "p-2", "V1"), ("M1", "p-3", ""), ("M2", "p-1", "V1")]
    assert tables["matching_plan"][2]["reason"] == "没有合适的空缺"
    assert {row["场地"] for row in tables["matching_plan"][:3]} == {"广场"}


def test_a_round_later_than_the_case_waits(office: Office) -> None:
    """A round dated after the day of the case is not judged."""
    tables = office(
        seekers=[seeker()],
        matching_rounds=[{"id": "M1", "date": "2026-12-01", "round_vacancies": "", "round_persons": ""}],
    )
    assert tables["matching_plan"] == []


def test_a_round_of_strangers_is_a_problem(tmp_path: Path) -> None:
    """A round names seekers of the table."""
    rows: list[Row] = [{"id": "M1", "date": "2026-11-20", "round_vacancies": "", "round_persons": "p-1;p-9"}]
    found = faults(tmp_path, seekers=[seeker()], matching_rounds=rows)
    assert [(one.code, one.place.column) for one in found] == [("unknown-seeker", "round_persons")]


def test_without_the_extra_a_round_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without SciPy, a case with a round ends with an error that names the extra."""
    monkeypatch.setitem(__import__("sys").modules, "scipy.optimize", None)
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    write(folder, "seekers", [seeker()])
    write(folder, "matching_rounds", [{"id": "M1", "date": "2026-11-20"}])
    with pytest.raises(hg.MissingExtra, match="matching"):
        hg.run_case(folder, tmp_path / "out")
