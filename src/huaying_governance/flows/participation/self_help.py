"""民事民管、民难民解、民需民助: the three shares of every month, from what three concepts hold.

Events and needs stand in a table of the office; disputes are the mediations of the store; and every order for voluntary
help that ended in the store is a need that was told. An order that the office has entered as a need too, under the same
id, is counted once, as the store has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.ruled import place, ruled, share
from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood import service, volunteering
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation import indicators, mediating
from huaying_governance.tables.specs import elections as specs

Told = dict[str, indicators.Effort]


def _told(run: Run) -> Told:
    """Return the events and needs of the office's table by id."""
    return {
        str(row["id"]): indicators.Effort(
            kind=str(row["kind"]),
            community=place(run.case, row),
            day=cast(date, row["date"]),
            by=str(row["run_by"] or ""),
        )
        for row in run.tables.rows("resident_efforts")
    }


def need_of(standing: service.Standing, kinds: Mapping[str, str]) -> indicators.Effort | None:
    """Return an order for help as a need that was told, once it has ended; None while it runs, or if it was cancelled.

    Met by residents is what volunteers served and the resident confirmed; what a social organisation organised was
    met from outside, and who organised what is not known where the folder does not list the organisation.
    """
    order = standing.order
    if standing.state not in {"done", "closed"}:
        return None
    by = "nobody"
    if standing.confirmed:
        kind = kinds.get(order.organiser, "") if order.organiser else "committee"
        by = {"": "", "social": "outside"}.get(kind, "residents")
    return indicators.Effort(kind="need", community=order.community, day=day_of(order.at), by=by)


def _orders(run: Run) -> Told:
    """Return the orders of the store that have ended by the day of the case, by id, as needs that were told."""
    book: Casebook[Any, service.Standing, Any, Any] = Casebook(run.store, volunteering.ORDERS, None)
    kinds = {str(row["id"]): str(row["kind"]) for row in run.tables.rows("partners")}
    found = ((id_, need_of(one, kinds)) for id_, one in book.all() if day_of(one.last_at) <= run.case.on)
    return {id_: need for id_, need in found if need is not None}


def _judge(run: Run) -> Iterable[Report]:
    """Tell the three shares of every month: events and needs, disputes, and orders for help."""
    if not any(name in run.tables for name in ("resident_efforts", "mediations", "volunteer_orders")):
        return ()
    told = _told(run)
    due = {id_: one for id_, one in told.items() if one.day <= run.case.on}
    orders = _orders(run)
    own = [one for id_, one in due.items() if id_ not in orders or one.kind != "need"]
    book: Casebook[Any, Any, Any, Any] = Casebook(run.store, mediating.MEDIATIONS, None)
    disputes = [one for _, one in book.all() if day_of(one.last_at) <= run.case.on]
    lines = self_help_lines(indicators.shares_by_month((*own, *orders.values()), disputes))
    return (Report(specs.SELF_HELP, lines, later=len(told) - len(due)),)


def self_help_lines(months: Iterable[indicators.Indicators]) -> list[list[object]]:
    """Return the three shares of every month, each beside what it is a share of."""
    lines: list[list[object]] = []
    for one in months:
        shares = [one.run, one.settled, one.helped]
        figures = [
            figure for held in shares for figure in (held.whole, held.part, share(held.part, held.whole))
        ]
        lines.append([one.month, one.community, *figures, sum(held.unknown for held in shares)])
    return lines


DESKS: tuple[Desk, ...] = (Desk(_judge, faults=ruled(ElectionRules, "elections", "resident_efforts")),)
"""自治 → the table `self_help` of `tables.specs.elections`."""
PARENTS: Mapping[str, str] = {}
