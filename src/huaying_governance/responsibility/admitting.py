"""准入簿: requests for admission, decided by the procedure and kept in a store as events.

The book adds nothing to the rules: it loads, asks the procedure, and appends. What is admitted comes back as the
`Admission`s that screening uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from attrs import asdict, evolve

from huaying_governance.errors import Problem, Problems, Refused
from huaying_governance.kernel.ruling import plain
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.responsibility.admission import admission_procedure
from huaying_governance.responsibility.assignments import Admission
from huaying_governance.responsibility.request import Act, Request, Standing, Terms, evolved, review_day
from huaying_governance.storage import Event, Store
from huaying_governance.text import Text

PREFIX = "admission/"
REQUESTED, ACTED = "admission.requested", "admission.acted"


class AdmissionDesk:
    """准入窗口 over a store and a calendar."""

    def __init__(self, store: Store, calendar: Calendar, terms: Terms | None = None) -> None:
        self._store, self._calendar = store, calendar
        self._terms = Terms() if terms is None else terms
        self._procedure = admission_procedure()

    def submit(self, request: Request, command: str | None = None) -> Standing:
        """申请: open a request. The same request again changes nothing; another of its id raises `Conflict`."""
        events = self._store.read(PREFIX + request.id)
        if not events or _request(events[0].data) != request:
            event = Event(REQUESTED, cast(Mapping[str, Any], _data(request)))
            self._store.append(PREFIX + request.id, (event,), 0, command=command)
        return self.standing(request.id)

    def act(self, request: str, act: Act, command: str | None = None) -> Standing:
        """办理: apply an act and return how the request stands.

        Raises `Refused` with every reason; nothing is kept then. A command that is known changes nothing.
        """
        if command is not None and self._store.command(command):
            return self.standing(request)
        standing, version = self._load(request)
        after = self._decide(standing, act)
        event = Event(ACTED, cast(Mapping[str, Any], _data(act)))
        self._store.append(PREFIX + request, (event,), version, command=command)
        return after

    def standing(self, request: str) -> Standing:
        """Return how a request stands; raises `Problems` for one that is not known."""
        return self._load(request)[0]

    def requests(self) -> Iterator[Standing]:
        """Yield every request as it stands, by id."""
        after = PREFIX
        while heads := self._store.heads(after):
            for head in heads:
                after = head.stream
                if not after.startswith(PREFIX):
                    return
                yield self.standing(after.removeprefix(PREFIX))

    def admissions(self) -> tuple[Admission, ...]:
        """Return what has been admitted, expired and withdrawn admissions with the days they were in force."""
        return tuple(held.admission for held in self.requests() if held.admission is not None)

    def owed(self, on: date) -> tuple[Standing, ...]:
        """Return the emergencies past their end or their review day, or whose review day is not yet known."""
        return tuple(
            held
            for held in self.requests()
            if held.state in {"emergency", "lapsed"}
            and (
                held.review_by is None
                or on > held.review_by
                or (held.expires is not None and on > held.expires)
            )
        )

    def _decide(self, standing: Standing, act: Act) -> Standing:
        procedure, terms = self._procedure, self._terms
        if act.action not in procedure.actions:
            cure = Text("可用：{a}", "choose one of: {a}").fill(a=", ".join(procedure.actions))
            raise Problems(
                [
                    Problem(
                        "unknown-action",
                        Text("没有这个操作", "there is no such action"),
                        cure,
                        value=act.action,
                    )
                ]
            )
        reasons = procedure.reasons(standing, act, terms)
        if reasons:
            raise Refused(procedure.refusal(reasons, standing, act, terms))
        return self._after(standing, act)

    def _after(self, standing: Standing, act: Act) -> Standing:
        step = self._procedure.step(standing.state, act.action)
        assert step is not None  # noqa: S101 - the procedure has admitted the act
        state = step.target(standing, act, self._terms)
        return evolved(standing, act, state, self._calendar, self._terms)

    def _load(self, request: str) -> tuple[Standing, int]:
        events = self._store.read(PREFIX + request)
        if not events:
            message = Text("没有这个准入申请", "there is no such request")
            raise Problems(
                [Problem("unknown-request", message, Text("先提出申请", "submit it first"), value=request)]
            )
        standing = Standing(request=_request(events[0].data))
        for event in events[1:]:
            standing = self._after(standing, _act(event.data))
        if standing.review_from is not None and standing.review_by is None:
            standing = evolve(
                standing, review_by=review_day(standing.review_from, self._calendar, self._terms)
            )
        return standing, len(events)


def _data(value: Request | Act) -> object:
    """Return plain data for a store; what is empty is left out."""
    return plain({key: held for key, held in asdict(value).items() if held not in (None, "", ())})


def _request(data: Mapping[str, Any]) -> Request:
    return Request(**cast(Any, {key: _tuple(value) for key, value in data.items()}))


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else value


_DATES = frozenset({"on", "since", "until", "order_until"})


def _act(data: Mapping[str, Any]) -> Act:
    read: dict[str, Any] = {}
    for key, value in data.items():
        if key in _DATES:
            read[key] = date.fromisoformat(value)
        elif key == "funding":
            read[key] = Decimal(value)
        else:
            read[key] = _tuple(value)
    return Act(**read)
