"""Services over real sockets: FastAPI and Django answer alike, over SQLite and over a real PostgreSQL."""

from __future__ import annotations

import importlib
import json
import re
import socketserver
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import postgres
import pytest
import uvicorn

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.kernel.dates import parse_moment
from project import ROOT

EXAMPLES = ROOT / "examples" / "service"
SCREEN = {
    "id": "A1",
    "date": "2026-03-02",
    "assigner": "住建局",
    "community": "dujiaping",
    "matter": "代收物业费",
}
ENTRY = {
    "id": "E1",
    "kind": "livelihood",
    "source": "hotline",
    "category": "complaint",
    "community": "dujiaping",
    "received_at": "2026-09-18T09:30:00+08:00",
    "summary": "路灯不亮",
    "petitioner": "ref-1",
}
ACCEPT = {"at": "2026-09-18T10:00:00+08:00", "action": "accept", "actor": "staff-1", "role": "clerk"}
CLAIM = {
    "cycle": "2026",
    "policy": "zone-employment",
    "rule": "bachelor",
    "person": "ref-1",
    "employer": "ref-9",
    "fen": 300_000,
    "filed_on": "2026-11-02",
}


@pytest.fixture(scope="module", autouse=True)
def examples() -> Iterator[None]:
    """The examples import each other as they do where they are copied to."""
    sys.path.insert(0, str(EXAMPLES))
    yield
    sys.path.remove(str(EXAMPLES))


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def fastapi(store: str) -> Iterator[str]:
    made = importlib.import_module("fastapi_service").app(store, (date(2026, 1, 1), date(2026, 12, 31)))
    server = uvicorn.Server(uvicorn.Config(made, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(1200):
        if server.started:
            break
        time.sleep(0.05)
    (port,) = {one.getsockname()[1] for held in server.servers for one in held.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(60)


def django(store: str) -> Iterator[str]:
    app = importlib.import_module("django_app")
    app.OFFICE = importlib.import_module("front_office").Office(
        store, window=(date(2026, 1, 1), date(2026, 12, 31))
    )
    server = Threaded(("127.0.0.1", 0), Silent)
    server.set_app(app.application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    app.OFFICE.stores.close()


@pytest.fixture(params=["fastapi-sqlite", "django-sqlite", "fastapi-postgres"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a running service over a new store."""
    framework, kind = request.param.split("-")
    store = f"sqlite:///{tmp_path / 'office.db'}" if kind == "sqlite" else postgres.new_schema()
    yield from (fastapi if framework == "fastapi" else django)(store)


def ask(address: str, body: object | None = None, key: str = "") -> tuple[int, dict[str, Any]]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json", **({"Idempotency-Key": key} if key else {})}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=120) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_screen_follow_and_claim(service: str) -> None:
    """An assignment is refused with its reason; an entry opened, moved, and refused a step; a claim filed and moved."""
    status, told = ask(f"{service}/assignments/screen", SCREEN)
    assert (status, told["outcome"], told["codes"]) == (200, "refused", ["not-listed"])
    assert ask(f"{service}/assignments/screen", {**SCREEN, "community": "没有"})[0] == 422
    assert ask(f"{service}/entries", ENTRY, "r1") == (
        200,
        {"id": "E1", "state": "registered", "due": "2026-10-15"},
    )
    assert ask(f"{service}/entries", ENTRY, "r1")[0] == 200
    status, told = ask(f"{service}/entries/E1/actions", ACCEPT, "a1")
    assert (status, told["state"]) == (200, "accepted")
    assert ask(f"{service}/entries/E1/actions", ACCEPT, "a1") == (status, told)
    reply = {**ACCEPT, "action": "reply", "at": "2026-09-19T10:00:00+08:00"}
    status, told = ask(f"{service}/entries/E1/actions", reply, "a2")
    assert status == 409
    assert {"wrong-state", "wrong-role", "no-evidence"} <= set(told["codes"])
    assert ask(f"{service}/entries/E1")[1]["state"] == "accepted"
    status, told = ask(f"{service}/entries/none")
    assert status == 422
    assert told["problems"][0]["cure"]["zh"]
    assert ask(f"{service}/claims/C1", CLAIM, "c1") == (200, {"claim": "C1", "state": "applied"})
    confirm = {"action": "confirm", "on": "2026-11-03", "actor": "ref-9", "role": "employer", "passed": True}
    assert ask(f"{service}/claims/C1/acts", confirm, "c2") == (200, {"claim": "C1", "state": "confirmed"})
    assert ask(f"{service}/claims/C1/acts", {**confirm, "action": "pay"}, "c3")[0] == 409
    for body in ({}, {"id": "X"}, {**ENTRY, "received_at": "2026-02-30"}, {**ENTRY, "id": "E9", "kind": "x"}):
        assert ask(f"{service}/entries", body, "bad")[0] == 422


def test_many_at_a_time(service: str) -> None:
    """Forty entries from eight threads, each sent twice: each is opened once, none is lost, none answered wrongly."""
    bodies = [{**ENTRY, "id": f"M{n}"} for n in range(40)] * 2
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: ask(f"{service}/entries", body, f"many-{body['id']}"), bodies))
    assert {status for status, _ in answers} == {200}
    assert sorted(told["id"] for _, told in answers) == sorted(body["id"] for body in bodies)
    assert {told["state"] for _, told in answers} == {"registered"}


def test_the_description(tmp_path: Path) -> None:
    """/openapi.json describes every door, its fields and the command id; keys that are not known are refused."""
    for service in fastapi(f"sqlite:///{tmp_path / 'office.db'}"):
        status, told = ask(f"{service}/openapi.json")
        assert status == 200
        assert len(told["paths"]) == 7
        fields = told["components"]["schemas"]["Assignment"]["properties"]
        assert set(fields) == {
            "id",
            "date",
            "assigner",
            "community",
            "matter",
            "title",
            "funding",
            "emergency",
        }
        posted = told["paths"]["/entries"]["post"]["parameters"]
        assert [(each["name"], each["required"]) for each in posted] == [("idempotency-key", True)] or [
            each["name"] for each in posted
        ] == ["Idempotency-Key"]
        assert ask(f"{service}/assignments/screen", {**SCREEN, "phone": "138"})[0] == 422
        assert ask(f"{service}/health") == (200, {"pack": "huaying", "communities": 9})


def test_the_nightly_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run twice on a night, each reminder is given once; the store is sealed; a store that is not there is told."""
    nightly = importlib.import_module("nightly")
    store = f"sqlite:///{tmp_path / 'office.db'}"
    with hg.open_store(store) as opened:
        book = hg.LedgerBook(opened, hg.load_pack("huaying"), hg.china_calendar())
        book.register(hg.Entry(**{**ENTRY, "received_at": parse_moment(ENTRY["received_at"])}))  # type: ignore[arg-type]
    argv = [store, "2026-10-14", "--seals", str(tmp_path / "seals")]
    assert nightly.main(argv) == 0
    first = capsys.readouterr().out
    assert "E1" in first
    assert nightly.main(argv) == 0
    assert "提醒 0 条" in capsys.readouterr().out
    assert json.loads((tmp_path / "seals" / "2026-10-14.json").read_text("utf-8"))["digest"]
    with pytest.raises(hg.HuayingError):
        nightly.main([f"sqlite:///{tmp_path / 'none.db'}", "2026-10-14"])
    assert main(["verify", store]) == 0


def test_codes_of_base_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Division codes and credit codes of a table are checked cell by cell; the faulty ones are told with a cure."""
    codes = importlib.import_module("codes")
    table = tmp_path / "enterprises.csv"
    table.write_text("name,division,credit_code\n甲,511681,91350100M000100Y43\n乙,511681,\n", "utf-8")
    assert codes.main([str(table)]) == 0
    table.write_text("name,division,credit_code\n甲,519999,91350100M000100Y44\n", "utf-8")
    capsys.readouterr()
    assert codes.main([str(table)]) == 1
    assert "enterprises.csv:2:credit_code" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["docs/services.md", "docs/zh/services.md"])
def test_the_page_names_every_endpoint(page: str) -> None:
    """What the page lists is what the service answers, no more and no less."""
    told = set(re.findall(r"^\| `(GET|POST) (/\S+)` \|", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    paths = importlib.import_module("fastapi_service").app("memory:").openapi()["paths"]
    assert told == {(method.upper(), path) for path, methods in paths.items() for method in methods}
