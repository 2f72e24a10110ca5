"""The work calendar: right on every day of the shipped years, never a guess beyond them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.errors import CalendarNotLoaded, Problems
from huaying_governance.kernel import notices
from huaying_governance.kernel.workdays import Calendar, check_notice, china_calendar

DAY = timedelta(days=1)
CALENDAR = china_calendar()
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
ALL = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
COVERED = st.sampled_from(ALL)
SHIPPED_2026 = Path(notices.__file__).with_name("2026.toml").read_text("utf-8")


def notice(year: int, off: list[tuple[str, str]], work: list[str]) -> str:
    """Write a notice that nobody has issued: holidays from day to day, make-up workdays, and its own balance."""
    weekdays = 0
    for first, last in off:
        days = [date.fromisoformat(first) + DAY * n for n in range(31)]
        weekdays += sum(day.weekday() < 5 for day in days if day <= date.fromisoformat(last))
    lines = [
        f"year = {year}",
        f"statutory_days = {weekdays - len(work)}",
        "[source]",
        f'id = "synthetic-{year}"',
        'title = { zh = "示例通知", en = "An example notice" }',
        'standing = "synthetic"',
    ]
    for number, (first, last) in enumerate(off):
        lines += ["[[holiday]]", f'name = "假期{number}"', f"from = {first}", f"to = {last}"]
        lines += [f"work = [{', '.join(work)}]"] if number == 0 else []
    return "\n".join(lines) + "\n"


NEW_YEAR_2027 = notice(2027, [("2026-12-31", "2027-01-02"), ("2027-02-05", "2027-02-12")], ["2026-12-26"])


def written(folder: Path, text: str, name: str = "notice.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def codes_of(*paths: Path) -> list[str]:
    """Return the codes of the problems that loading the files raises."""
    with pytest.raises(Problems) as caught:
        china_calendar(*paths)
    return [problem.code for problem in caught.value.problems]


# The shipped years --------------------------------------------------------------------------------------------


def test_every_day_agrees_with_chinesecalendar() -> None:
    """Each day of 2024 to 2026 is worked exactly when chinesecalendar says so."""
    assert [d for d in ALL if CALENDAR.is_workday(d) != chinese_calendar.is_workday(d)] == []


def test_every_day_agrees_with_holidays() -> None:
    """Each weekday off, and each weekend day worked, of 2024 to 2026 is known to `holidays` as such."""
    china = holidays.country_holidays("CN", years=[2024, 2025, 2026])
    for day in ALL:
        worked = day in china.weekend_workdays or (day.weekday() < 5 and day not in china)
        assert CALENDAR.is_workday(day) == worked, day


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    """251 working days in 2024, 248 in 2025 and in 2026, when the law had added two days off."""
    assert CALENDAR.workdays_between(date(year, 1, 1), date(year, 12, 31)) == days
    assert not CALENDAR.is_workday(date(year, 1, 1))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 9, 18), 3, date(2026, 9, 22)),
        (date(2026, 9, 18), 7, date(2026, 9, 29)),
        (date(2026, 9, 18), 15, date(2026, 10, 15)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 4, 30), 5, date(2026, 5, 11)),
    ],
)
def test_working_days_after_a_day(start: date, n: int, end: date) -> None:
    """The start day is not counted; make-up workdays are, holidays are not: the values of the domain's table T3."""
    assert CALENDAR.add_workdays(start, n) == end
    assert CALENDAR.workdays_between(start, end) == n


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2026, 3, 16), date(2026, 3, 16)),
        (date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 5, 30), date(2026, 6, 1)),
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 2, 15), date(2026, 2, 24)),
        (date(2026, 2, 19), date(2026, 2, 24)),
    ],
)
def test_rolling_to_a_working_day(day: date, rolled: date) -> None:
    """A last day that is off rolls to the next working day: the values of the domain's tables T4 and T5."""
    assert CALENDAR.roll(day) == rolled


def test_each_day_cites_its_notice() -> None:
    """A holiday or make-up workday cites its clause, an ordinary day the notice of its year; both say what they are."""
    clause = CALENDAR.notice(date(2026, 2, 14))
    assert clause.article.zh == "春节"
    assert "2月14日（周六）" in clause.quote
    assert clause.source.standing == "secondary"
    ordinary = CALENDAR.notice(date(2025, 3, 3))
    assert ordinary.source.id == "holidays-2025"
    assert not ordinary.quote


# Arithmetic ---------------------------------------------------------------------------------------------------


def walk(day: date, n: int) -> date | None:
    """Count day by day; None when the walk leaves the calendar."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while CALENDAR.covers(day) and not CALENDAR.is_workday(day):
            day += step
        if not CALENDAR.covers(day):
            return None
    return day


@given(COVERED, st.integers(-800, 800))
def test_adding_is_walking(day: date, n: int) -> None:
    """n working days are what a walk finds, forward and backward; beyond the calendar there is no answer."""
    expected = walk(day, n)
    if expected is None:
        with pytest.raises(CalendarNotLoaded):
            CALENDAR.add_workdays(day, n)
    else:
        assert CALENDAR.add_workdays(day, n) == expected


@given(COVERED, COVERED)
def test_between_is_the_count(start: date, end: date) -> None:
    """The working days after the first up to the second, negative in the other direction."""
    low, high = min(start, end), max(start, end)
    count = sum(CALENDAR.is_workday(low + DAY * n) for n in range(1, (high - low).days + 1))
    assert CALENDAR.workdays_between(start, end) == (count if start <= end else -count)
    assert CALENDAR.workdays_between(end, start) == -CALENDAR.workdays_between(start, end)


@given(COVERED)
def test_zero_days_and_rolling(day: date) -> None:
    """Zero working days leave the day alone; rolling leaves a working day alone and else goes one working day on."""
    assert CALENDAR.add_workdays(day, 0) == day
    rolled = CALENDAR.roll(day)
    assert rolled == day if CALENDAR.is_workday(day) else rolled == CALENDAR.add_workdays(day, 1)


# Coverage -----------------------------------------------------------------------------------------------------

QUESTIONS: list[Callable[[Calendar, date], object]] = [
    Calendar.is_workday,
    Calendar.roll,
    Calendar.notice,
    lambda calendar, day: calendar.add_workdays(day, 0),
    lambda calendar, day: calendar.add_workdays(day, 1),
    lambda calendar, day: calendar.workdays_between(day, LAST),
    lambda calendar, day: calendar.workdays_between(FIRST, day),
]


@pytest.mark.parametrize("ask", QUESTIONS)
@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY, date(2099, 1, 1)])
def test_no_answer_beyond_the_notices(ask: Callable[[Calendar, date], object], day: date) -> None:
    """Nothing is guessed: a day beyond the notices raises, and the message says what is covered and what to load."""
    assert not CALENDAR.covers(day)
    with pytest.raises(CalendarNotLoaded, match="2024-01-01 to 2026-12-31"):
        ask(CALENDAR, day)


def test_the_horizon() -> None:
    """From 24 December 2026 the tenth working day needs the notice of 2027; the fifth is still known."""
    start = date(2026, 12, 24)
    assert CALENDAR.add_workdays(start, 5) == LAST
    with pytest.raises(CalendarNotLoaded):
        CALENDAR.add_workdays(start, 10)


def test_rolling_beyond_the_horizon(tmp_path: Path) -> None:
    """A last day off at the end of the calendar rolls into a year whose notice is not loaded."""
    ends_off = notice(2027, [("2027-01-01", "2027-01-01"), ("2027-12-31", "2027-12-31")], [])
    calendar = china_calendar(written(tmp_path, ends_off))
    with pytest.raises(CalendarNotLoaded, match="2027-12-31"):
        calendar.roll(date(2027, 12, 31))


# Notices of later years ---------------------------------------------------------------------------------------


def test_a_later_year_is_loaded(tmp_path: Path) -> None:
    """A file for 2027 extends the calendar; it may move days of December 2026, and the version tells."""
    calendar = china_calendar(written(tmp_path, NEW_YEAR_2027))
    assert (calendar.first, calendar.last) == (FIRST, date(2027, 12, 31))
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.is_workday(date(2026, 12, 26))
    assert calendar.add_workdays(date(2026, 12, 24), 10) == date(2027, 1, 8)
    assert calendar.notice(date(2027, 2, 8)).say("en") == "An example notice 假期1 (synthetic example)"
    assert calendar.version.startswith("cn-2024-2027-")
    assert calendar != CALENDAR


def test_an_amended_notice_replaces_the_shipped_one(tmp_path: Path) -> None:
    """A file for a shipped year takes its place, with the days it adds declared."""
    text = SHIPPED_2026.replace("statutory_days = 13", "statutory_days = 14")
    calendar = china_calendar(written(tmp_path, text.replace("to = 2026-06-21", "to = 2026-06-22")))
    assert not calendar.is_workday(date(2026, 6, 22))
    assert calendar.last == LAST
    assert calendar.version != CALENDAR.version


def test_the_version_names_the_data(tmp_path: Path) -> None:
    """The same days give the same version and equal calendars, whatever file they came from."""
    again = china_calendar(written(tmp_path, SHIPPED_2026 + "\n# a remark\n"))
    assert again == CALENDAR
    assert again.version == CALENDAR.version


def test_years_are_contiguous_and_agree(tmp_path: Path) -> None:
    """A year left out, a year given twice and two notices that differ on a day are problems."""
    later = written(tmp_path, notice(2029, [("2029-01-01", "2029-01-01")], []), "2029.toml")
    assert codes_of(later) == ["year-gap"]
    next_year = written(tmp_path, NEW_YEAR_2027, "2027.toml")
    assert codes_of(next_year, next_year) == ["year-twice"]
    december = written(tmp_path, notice(2026, [("2026-12-25", "2026-12-27")], []), "2026.toml")
    assert codes_of(december, next_year) == ["overlap"]


def test_the_faults_of_all_files_are_told(tmp_path: Path) -> None:
    """Two bad files are told together."""
    bad = written(tmp_path, SHIPPED_2026.replace("2026-01-04", "2026-01-05"), "bad.toml")
    assert codes_of(bad, tmp_path / "absent.toml") == ["work-not-weekend", "unreadable"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("work = [2026-05-09]", "work = [2026-05-08]", [("work-not-weekend", 38)]),
        ("work = [2026-05-09]", "work = [2026-05-02]", [("day-twice", 38)]),
        ("work = [2026-05-09]", "work = []", [("unbalanced", None)]),
        ("work = [2026-05-09]", 'work = ["2026-05-09"]', [("wrong-type", 38)]),
        ("work = [2026-05-09]", "wrok = [2026-05-09]", [("unknown-key", 38)]),
        ("2026-05-09", "2027-05-09", [("wrong-year", 38)]),
        ("to = 2026-06-21", "to = 2026-06-16", [("wrong-range", 44)]),
        ("to = 2026-06-21", "to = 2026-09-21", [("wrong-range", 44)]),
        ("from = 2026-06-19", "", [("missing-key", 41)]),
        ("from = 2026-06-19", "from = 2026-06-19T00:00:00", [("wrong-type", 43)]),
        ("year = 2026", "year = true", [("wrong-type", 3)]),
        ('standing = "secondary"', 'standing = "certain"', [("wrong-standing", 9)]),
        ("[source]", "[sauce]", [("unknown-key", 6), ("missing-key", None)]),
        ('{ zh = "端午节", en = "Dragon Boat Festival" }', '{ zh = "端午节" }', [("missing-key", 41)]),
        ("issued = 2025-11-04", 'issued = "today"', [("wrong-type", 11)]),
        ("statutory_days = 13", "statutory_days = 13.0", [("wrong-type", 4)]),
        ("year = 2026", "year = 2026 2027", [("not-toml", 3)]),
        ("year = 2026", f"year = 2026 # {'x' * 3000}", [("too-large", None)]),
        ("year = 2026", "year = 2026\n" * 2000, [("too-large", None)]),
        ("year = 2026", f"a = {'[' * 900}{']' * 900}", [("not-toml", None)]),
        ("[[holiday]]", "[[holidays]]", [("unknown-key", 13), ("missing-key", None)]),
    ],
)
def test_a_bad_notice(tmp_path: Path, old: str, new: str, found: list[tuple[str, int | None]]) -> None:
    """Each fault of a notice has its line and says, in both languages, how to put it right."""
    assert old in SHIPPED_2026
    problems = check_notice(written(tmp_path, SHIPPED_2026.replace(old, new), "mine.toml"))
    assert [(problem.code, problem.place.line) for problem in problems] == found
    for problem in problems:
        assert problem.place.file == "mine.toml"
        assert problem.message.zh
        assert problem.cure.zh
        assert problem.cure.en


def test_holidays_in_another_spelling(tmp_path: Path) -> None:
    """TOML's inline tables are a spelling like any other, and what is no table is told."""
    head = notice(2027, [("2027-01-01", "2027-01-01")], []).partition("[source]")
    inline = '{ name = "元旦", from = 2027-01-01, to = 2027-01-01 }'
    good = f"{head[0]}holiday = [{inline}]\n[source]{head[2].partition('[[')[0]}"
    assert check_notice(written(tmp_path, good)) == ()
    bad = good.replace(inline, f"{inline}, 3")
    assert [problem.code for problem in check_notice(written(tmp_path, bad))] == ["wrong-type"]


def test_a_notice_that_is_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a problem, not a traceback; a byte order mark is none."""
    path = tmp_path / "notice.toml"
    path.write_bytes("year = 2027 # 元旦".encode("gb18030"))
    assert [problem.code for problem in check_notice(path)] == ["unreadable"]
    path.write_bytes(b"\xef\xbb\xbf" + SHIPPED_2026.encode())
    assert check_notice(path) == ()
