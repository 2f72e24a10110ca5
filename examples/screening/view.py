"""Screening inside a web service: one assignment comes as JSON, the ruling goes back as JSON.

    pip install huaying-governance fastapi uvicorn
    uvicorn view:app --factory

The work is in `answer`, which knows no framework; a Django view calls it just the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import huaying_governance as hg
from huaying_governance.kernel.dates import parse_date
from huaying_governance.kernel.money import parse_yuan


@cache
def pack() -> hg.Pack:
    """Return the pack, read once; it is safe under threads."""
    return hg.load_pack("huaying")


def answer(body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Return the status and the body of the response: 200 with the ruling, 422 with every problem."""
    try:
        asked = hg.Assignment(
            id=str(body["id"]),
            date=_day(body["date"]),
            assigner=body.get("assigner"),
            community=str(body["community"]),
            matter=body.get("matter"),
            title=body.get("title"),
            funding=_yuan(body.get("funding")),
            emergency=body.get("emergency"),
        )
        return 200, pack().screen(asked).to_dict()
    except hg.Problems as problems:
        return 422, {"problems": [problem.message.to_dict() for problem in problems.problems]}
    except (KeyError, ValueError) as fault:
        return 422, {
            "problems": [{"zh": f"请求不完整或格式有误：{fault}", "en": f"incomplete or malformed: {fault}"}]
        }


def _day(text: object) -> date:
    return parse_date(str(text))


def _yuan(text: object) -> Decimal | None:
    return None if text is None else parse_yuan(str(text))


def app() -> Any:
    """Return the FastAPI application."""
    from fastapi import FastAPI  # noqa: PLC0415 - only where the service is started
    from fastapi.responses import JSONResponse  # noqa: PLC0415

    made = FastAPI(title="责任清单审核")

    @made.post("/assignments/screen", response_model=None)
    def screen(body: dict[str, Any]) -> Any:
        status, told = answer(body)
        return JSONResponse(told, status_code=status)

    return made
