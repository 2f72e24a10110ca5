"""The service of an office with FastAPI; its description is at /docs and /openapi.json.

    pip install huaying-governance fastapi uvicorn
    HUAYING_STORE=sqlite:///office.db uvicorn fastapi_service:app --factory

Endpoints are plain functions: FastAPI runs those in worker threads, where the library may block. An `async def`
endpoint must hand the call to a thread itself, as `/health` shows.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse
from front_office import Office
from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[
    str, Header(alias="Idempotency-Key", description="命令编号：重发不重办 / sent again, done once")
]


class Body(BaseModel):
    """What is asked; keys that are not known are refused."""

    model_config = ConfigDict(extra="forbid")


class Assignment(Body):
    """交办: what is asked of a community."""

    id: str
    date: str = Field(examples=["2026-03-02"])
    assigner: str | None = None
    community: str = Field(examples=["dujiaping"])
    matter: str | None = None
    title: str | None = None
    funding: str | None = Field(None, description="元 / yuan")
    emergency: str | None = None


class Entry(Body):
    """台账条目."""

    id: str
    kind: str = Field(examples=["livelihood"])
    source: str = Field(examples=["hotline"])
    category: str = ""
    community: str
    received_at: str = Field(examples=["2026-09-18T09:30:00+08:00"])
    summary: str = ""
    petitioner: str = ""


class Action(Body):
    """台账办理."""

    at: str
    action: str = Field(examples=["accept"])
    actor: str
    role: str = Field(examples=["clerk"])
    lead: str = ""
    handler: str = ""
    reason: str = ""
    days: int | None = None
    evidence: str = ""
    satisfied: bool | None = None
    target: str = ""


class Claim(Body):
    """奖补申报."""

    cycle: str
    policy: str
    rule: str
    person: str
    employer: str
    fen: int
    filed_on: str


class ClaimAct(Body):
    """奖补办理."""

    action: str
    on: str
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    passed: bool | None = None


def app(
    address: str | None = None, window: tuple[date, date] = (date(2026, 1, 1), date(2026, 12, 31))
) -> FastAPI:
    """Return the application; `address` is the store, from HUAYING_STORE where none is given."""
    office = Office(address or os.environ.get("HUAYING_STORE", "sqlite:///office.db"), window=window)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        office.stores.close()

    made = FastAPI(title="社区治理服务 community governance", lifespan=life)

    def respond(answer: tuple[int, dict[str, Any]]) -> JSONResponse:
        return JSONResponse(answer[1], status_code=answer[0])

    @made.get("/health")
    async def health() -> JSONResponse:
        """Say that the pack can be read."""
        pack = await asyncio.to_thread(lambda: office.pack)
        return JSONResponse({"pack": pack.id, "communities": len(pack.communities)})

    @made.post("/assignments/screen")
    def screen(body: Assignment) -> JSONResponse:
        """交办审核: the ruling, with every ground and remedy."""
        return respond(office.screen(body.model_dump()))

    @made.post("/entries")
    def register(body: Entry, key: Key) -> JSONResponse:
        """登记: open a ledger entry."""
        return respond(office.register(body.model_dump(), key))

    @made.get("/entries/{entry}")
    def show(entry: str) -> JSONResponse:
        """查询: how an entry stands."""
        return respond(office.entry(entry))

    @made.post("/entries/{entry}/actions")
    def act(entry: str, body: Action, key: Key) -> JSONResponse:
        """办理: do something to an entry; what is refused says why."""
        return respond(office.act(entry, body.model_dump(), key))

    @made.post("/claims/{claim}")
    def file(claim: str, body: Claim, key: Key) -> JSONResponse:
        """申报: file a claim."""
        return respond(office.claim(claim, body.model_dump(), key))

    @made.post("/claims/{claim}/acts")
    def act_on_claim(claim: str, body: ClaimAct, key: Key) -> JSONResponse:
        """办理: do something about a claim."""
        return respond(office.act_on_claim(claim, body.model_dump(), key))

    return made
