"""The board in a real headless Chromium: a quiet console, search, choices, pages and keys that work, axe content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_core_python
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from huaying_governance.report import Board, Line, Section, write_page

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
WIDE, NARROW = (1280, 900), (390, 844)
SIZES = [
    ("index.html", WIDE),
    ("index.en.html", NARROW),
    ("communities/dujiaping.html", NARROW),
    ("communities/dujiaping.en.html", WIDE),
]


def opened(browser: Chrome, page: Path) -> None:
    browser.get_log("browser")
    browser.get(page.as_uri())


def until(browser: Chrome, holds: Callable[[], object]) -> None:
    WebDriverWait(browser, 20, poll_frequency=0.05).until(lambda _: holds())


def section(browser: Chrome, name: str) -> WebElement:
    return browser.find_element(By.ID, f"table-{name}")


def shown(part: WebElement) -> list[str]:
    # In one call: the page may put other rows in place while they are read one by one.
    texts = "return [...arguments[0].querySelectorAll('tbody tr')].map((row) => row.innerText)"
    found: list[str] = part.parent.execute_script(texts, part)
    return found


def status(part: WebElement) -> str:
    return part.find_element(By.CSS_SELECTOR, ".status").text


@pytest.mark.parametrize(("page", "size"), SIZES)
def test_pages_are_quiet_and_accessible(
    browser: Chrome, small_board: Path, page: str, size: tuple[int, int]
) -> None:
    """No console message, no finding of axe (contrast and labels among its rules), nothing wider than the window."""
    browser.set_window_size(*size)
    opened(browser, small_board / page)
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script("const done = arguments[0]; axe.run().then(done)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert {"color-contrast", "document-title", "html-has-lang"} <= {each["id"] for each in found["passes"]}
    assert browser.get_log("browser") == []
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(wide) <= 0


@pytest.mark.parametrize("page", ["index.html", "index.en.html"])
def test_the_whole_board_is_quiet(browser: Chrome, board: Path, page: str) -> None:
    """Every table of the example on one page: no console message, nothing wider than a telephone."""
    browser.set_window_size(*NARROW)
    opened(browser, board / page)
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(wide) <= 0
    assert browser.get_log("browser") == []


def test_search_choices_and_colours(browser: Chrome, board: Path) -> None:
    """Text, a choice and a colour each narrow the rows, and together; emptied, all are back."""
    opened(browser, board / "index.html")
    part = section(browser, "assignments")
    everything = len(shown(part))
    field = part.find_element(By.CSS_SELECTOR, "input[type=search]")
    field.send_keys("xz01")
    until(browser, lambda: 0 < len(shown(part)) < everything)
    assert all("XZ01" in row for row in shown(part))
    Select(part.find_element(By.TAG_NAME, "select")).select_by_visible_text("可以交办")
    until(browser, lambda: all("可以交办" in row for row in shown(part)))
    red = part.find_element(By.CSS_SELECTOR, "input[type=checkbox][value=red]")
    red.send_keys(Keys.SPACE)
    until(browser, lambda: shown(part) == [])
    assert "符合 0 行" in status(part)
    red.send_keys(Keys.SPACE)
    Select(part.find_element(By.TAG_NAME, "select")).select_by_index(0)
    field.clear()
    field.send_keys(Keys.BACKSPACE)
    until(browser, lambda: len(shown(part)) == everything)


def test_a_row_opens_to_its_explained_ruling_by_key(browser: Chrome, board: Path) -> None:
    """A row is opened with the keyboard: reason, clause and next step; an entry with its deadline and history."""
    opened(browser, board / "index.html")
    part = section(browser, "assignments")
    row = next(row for row in part.find_elements(By.CSS_SELECTOR, "tbody tr") if "A-005" in row.text)
    row.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    until(browser, lambda: "不在责任清单内" in row.text)
    assert "《四川省华蓥市" in row.text
    assert "可向社区治理联席会议申请准入" in row.text
    entries = section(browser, "entries")
    row = next(row for row in entries.find_elements(By.CSS_SELECTOR, "tbody tr") if "L-001" in row.text)
    row.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    until(browser, lambda: "登记" in row.text)
    assert "期限" in row.text


def test_sorting_by_a_header(browser: Chrome, board: Path) -> None:
    """A header sorts its column up and down, and says so to a screen reader."""
    opened(browser, board / "index.html")
    part = section(browser, "assignments")
    button = part.find_elements(By.CSS_SELECTOR, "th button")[0]
    names = [row.split()[1] for row in shown(part)]
    button.send_keys(Keys.ENTER)
    button.send_keys(Keys.ENTER)
    until(browser, lambda: [row.split()[1] for row in shown(part)] == sorted(names, reverse=True))
    assert part.find_element(By.CSS_SELECTOR, "th[aria-sort]").get_attribute("aria-sort") == "descending"


def test_many_rows_are_read_in_pieces(browser: Chrome, tmp_path: Path) -> None:
    """Twelve thousand rows lie beside the page: all are found, searched and turned, and the last one opens."""
    lines = [
        Line((f"E-{n:05}", "甲" if n % 2 else "乙"), "red" if n % 3 else "", (f"<b>理由</b> {n}",))
        for n in range(12_000)
    ]
    part = Section("table-entries", "台账", ("编号", "组"), lambda: iter(lines), 12_000, (1,), ("理由",))
    opened(browser, write_page(Board("看板", "2026-11-23", "zh", (part,)), tmp_path))
    held = section(browser, "entries")
    until(browser, lambda: status(held) == "共 12,000 行，符合 12,000 行，第 1/240 页")
    assert len(shown(held)) == 50
    held.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("E-11999")
    until(browser, lambda: "符合 1 行" in status(held))
    held.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    until(browser, lambda: "<b>理由</b> 11999" in held.text)
    assert browser.get_log("browser") == []


def test_it_is_there_without_script(board: Path) -> None:
    """Printed, or read without script, a page has its first rows and what they open to."""
    text = (board / "index.html").read_text("utf-8")
    body = text.split("<script", 1)[0]
    assert "A-005" in body
    assert "不在责任清单内" in body
    assert "@media print" in body
