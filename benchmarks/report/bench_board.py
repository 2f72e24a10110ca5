"""A board of a million entries: written, opened in a headless Chromium, searched; does it ever freeze?

    python benchmarks/report/bench_board.py [--rows 1000000]

Told: seconds and memory to write it; seconds until a browser has read all rows, has found one of them by its id, and
turned to the last page; the longest stretch in which the page answered nothing, as the browser itself measures it.
"""

from __future__ import annotations

import argparse
import csv
import resource
import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from huaying_governance.report import Results, board_of_results, write_page

ON = date(2026, 11, 23)
STATES = ("accepted", "assigned", "in_progress", "on_hold", "replied", "verified", "struck_off")
WATCH = """
window.longest = 0;
const told = (list) => list.getEntries().forEach((one) => { window.longest = Math.max(window.longest, one.duration); });
new PerformanceObserver(told).observe({ type: "longtask", buffered: true });
"""


def results(folder: Path, rows: int) -> None:
    with (folder / "entries.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "kind", "state", "due", "overdue", "lead", "handler", "closed_on", "citation"])
        for n in range(rows):
            due = ON + timedelta(days=n % 90 - 30)
            state = STATES[n % 7]
            open_ = state != "struck_off"
            out.writerow(
                [f"E-{n:07}", ("hardship", "livelihood", "stability")[n % 3], state, due if open_ else "",
                 "yes" if due < ON else "no", f"unit-{n % 40}", f"staff-{n % 900}", "" if open_ else ON, "本库默认值"]
            )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    home = Path(tempfile.mkdtemp(prefix="board-"))
    try:
        results(home, rows)
        started = time.perf_counter()
        page = write_page(board_of_results(Results(home, ON), "看板"), home / "board")
        size = sum(path.stat().st_size for path in (home / "board").rglob("*") if path.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{rows:,} entries written in {time.perf_counter() - started:.0f} s, "
            f"{size / 1e6:.0f} MB, peak {peak:.0f} MB"
        )
        browse(page, rows, home)
    finally:
        shutil.rmtree(home)


def browse(page: Path, rows: int, home: Path) -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    options = Options()
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home / 'profile'}"):
        options.add_argument(switch)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    wait = WebDriverWait(driver, 600, poll_frequency=0.1)

    def status() -> str:
        return str(driver.find_element(By.CSS_SELECTOR, "#table-entries .status").text)

    started = time.perf_counter()
    driver.get(page.as_uri())
    wait.until(lambda _: status())
    print(f"first page after {time.perf_counter() - started:.1f} s")
    wait.until(lambda _: f"符合 {rows:,} 行" in status())
    print(f"all rows read after {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    driver.find_element(By.CSS_SELECTOR, "#table-entries input[type=search]").send_keys(f"E-{rows - 1:07}")
    wait.until(lambda _: "符合 1 行" in status())
    print(f"one found among all after {time.perf_counter() - started:.1f} s")
    heap = driver.execute_script("return performance.memory.usedJSHeapSize") / 1e6
    print(
        f"longest stretch without an answer {driver.execute_script('return window.longest'):.0f} ms, heap {heap:.0f} MB"
    )
    driver.quit()


if __name__ == "__main__":
    main()
