"""The sites of the documents, built apart from the project's own: the header leads from a page to its counterpart."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from project import ROOT, SITES

SWITCH = re.compile(r'<a href="([^"]+)" class="md-header__button" hreflang="(\w+)"')


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites, built strictly; without what the reference takes from docstrings, which `./check site` builds."""
    home = tmp_path_factory.mktemp("documents")
    shutil.copytree(ROOT / "docs", home / "docs")
    for page in (home / "docs").rglob("reference.md"):
        page.write_text(page.read_text("utf-8").partition(":::")[0], "utf-8")
    for name in ("mkdocs.base.yml", *SITES):
        shutil.copy(ROOT / name, home)
    for name in SITES:
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", name]
        built = subprocess.run(command, cwd=home, capture_output=True, check=False, encoding="utf-8")
        assert built.returncode == 0, built.stdout + built.stderr
    return home / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where this machine serves the sites to itself: from a file, a browser lets no page read its index of words."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def switched(page: Path) -> tuple[Path, str]:
    """Return where the switch of a built page leads, and to which language."""
    (found,) = SWITCH.findall(page.read_text("utf-8"))
    return (page.parent / found[0]).resolve(), found[1]


def test_each_page_leads_to_its_counterpart_and_back(site: Path) -> None:
    """The English site holds no Chinese page; from every Chinese page there is a way to its own original and back."""
    pages = [page for page in (site / "zh").rglob("*.html") if page.name != "404.html"]
    assert pages
    for page in pages:
        other, language = switched(page)
        assert (other, language) == ((site / page.relative_to(site / "zh")).resolve(), "en")
        assert switched(other) == (page.resolve(), "zh")
    assert not (site / "theme").exists()
    assert "zh/" not in (site / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("page", ["index.html", "ledger/procedure.html", "decisions/0008-casework.html"])
def test_a_reader_changes_the_language(browser: Chrome, address: str, page: str) -> None:
    """The switch in the header is seen, opens the same page in Chinese and leads back; nothing is fetched elsewhere."""
    browser.set_window_size(1280, 900)
    browser.get_log("browser")
    browser.get(f"{address}/{page}")
    for language, there in (("zh", f"{address}/zh/{page}"), ("en", f"{address}/{page}")):
        browser.find_element(By.CSS_SELECTOR, f".md-header a[hreflang={language}]").click()
        WebDriverWait(browser, 20).until(lambda driver, there=there: driver.current_url == there)
        assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
        fetched = browser.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)")
        assert [each for each in fetched if not each.startswith(address)] == []
    assert browser.get_log("browser") == []


def test_a_chinese_word_is_found(browser: Chrome, address: str) -> None:
    """The search of the Chinese site finds a word in the middle of a sentence, and leads to its page."""
    browser.get(f"{address}/zh/index.html")
    browser.find_element(By.CSS_SELECTOR, ".md-search__button").click()
    inside = "return [...document.body.children].find((each) => each.shadowRoot)"
    found = browser.execute_script(inside).shadow_root
    found.find_element(By.CSS_SELECTOR, "input").send_keys("分毫不差")
    links = "return [...arguments[0].querySelectorAll('a')].map((link) => link.href)"
    page = f"{address}/zh/subsidy/index.html"
    WebDriverWait(browser, 20).until(
        lambda _: any(link.startswith(page) for link in browser.execute_script(links, found))
    )
