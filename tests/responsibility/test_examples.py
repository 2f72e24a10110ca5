"""The examples of screening run as they are shown."""

from __future__ import annotations

import importlib.util
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
import uvicorn

EXAMPLES = Path(__file__).parents[2] / "examples" / "screening"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_view() -> None:
    """A request is answered with the ruling; what is incomplete or unknown with every problem, never a traceback."""
    view = load("view")
    body = {
        "id": "A1",
        "date": "2026年3月2日",
        "assigner": "民政局",
        "community": "dujiaping",
        "matter": "XZ02",
        "funding": "10",
    }
    status, told = view.answer(body)
    assert (status, told["outcome"]) == (200, "permitted")
    assert view.answer({**body, "community": "没有"})[0] == 422
    assert view.answer({**body, "date": "2026-02-30"})[0] == 422
    assert view.answer({**body, "funding": "-1"})[0] == 422
    assert view.answer({})[0] == 422


def test_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet is screened row by row; a bad row is told, the others are answered, extra columns come back."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in [
        ["编号", "交办日期", "交办单位", "社区", "事项", "标题", "经费", "应急令", "备注"],
        ["A1", "2026-03-02", "民政局", "杜家坪社区", "XZ02", None, 100, None, "急"],
        [
            "A2",
            "2026-03-02",
            "住建局",
            "杜家坪社区",
            "代收物业费",
            "关于做好垃圾分类宣传的通知",
            None,
            None,
            None,
        ],
        ["A4", "2026-03-02", "民政局", "没有的社区", "XZ02", None, None, None, None],
        ["A3", "2026-02-30", "住建局", "杜家坪社区", "x", None, None, None, None],
    ]:
        page.append(row)
    book.save(tmp_path / "in.xlsx")
    assert load("sheet").main(str(tmp_path / "in.xlsx"), str(tmp_path / "out.xlsx")) == 1
    printed = capsys.readouterr().out
    assert all(place in printed for place in ("in.xlsx:5:交办日期", "in.xlsx:4 community"))
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("编号", "结论")
    assert [(row[0], row[1], row[6], row[7]) for row in rows[1:]] == [
        ("A1", "permitted", None, "急"),
        ("A2", "refused", "XZ19;XZ20", None),
    ]


@pytest.fixture
def service() -> Iterator[str]:
    """The example's service on a port of its own, in a thread; its address."""
    server = uvicorn.Server(uvicorn.Config(load("view").app(), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.05)
    (port,) = {one.getsockname()[1] for held in server.servers for one in held.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


def ask(address: str, body: object | None = None) -> tuple[int, dict[str, Any]]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_service(service: str) -> None:
    """The web service answers over a real socket: rulings, problems, and its own description; many at a time."""
    body = {
        "id": "A1",
        "date": "2026-03-02",
        "assigner": "住建局",
        "community": "dujiaping",
        "matter": "代收物业费",
    }
    status, told = ask(f"{service}/assignments/screen", body)
    assert (status, told["outcome"], told["codes"]) == (200, "refused", ["not-listed"])
    status, told = ask(f"{service}/assignments/screen", {**body, "community": "没有"})
    assert status == 422
    assert told["problems"][0]["en"]
    status, described = ask(f"{service}/openapi.json")
    assert (status, list(described["paths"])) == (200, ["/assignments/screen"])
    bodies = [{**body, "id": f"A{n}", "matter": "XZ02" if n % 2 else "代收物业费"} for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: ask(f"{service}/assignments/screen", one), bodies))
    assert [told["outcome"] for _, told in answers] == ["refused", "refused"] * 20
