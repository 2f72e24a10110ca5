"""多元共治环节: the desks of projects and contracts, delegated services, support, and the choice of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import body, place, share, text_of
from huaying_governance.flows.stewardship.shared import checked, listed_faults, rules_of
from huaying_governance.flows.stewardship.words import BOUGHT, FOUND
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.money import from_fen, to_fen
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import choosing, purchase, support, ventures
from huaying_governance.tables import Row
from huaying_governance.tables.specs import stewardship as specs
from huaying_governance.text import Text

TWICE = Text("同一社区同一类别出现两次", "one community and kind stand twice")
TWICE_CURE = Text("留一行", "keep one row")


def told(ruling: Ruling, run: Run) -> list[object]:
    """Return codes, missing facts, reason and citation of a ruling as cells."""
    codes = tuple(code for code in ruling.codes if not code.startswith("missing:"))
    return [codes, ruling.missing, advised(ruling, run.lang), ruling.basis(run.lang)]


def _fen(row: Row, name: str) -> int | None:
    value = cast("Decimal | None", row[name])
    return None if value is None else to_fen(value)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else from_fen(fen)


def plain_number(value: Decimal | None) -> str:
    """Return a number without needless zeros; empty where there is none."""
    if value is None:
        return ""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


# Projects, contracts, payments ------------------------------------------------------------------------------------


def _venture_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("ventures", "venture_contracts", "venture_payments")(case, tables)
    yield from listed_faults(tables, "venture_contracts", "venture", "ventures")
    yield from listed_faults(tables, "venture_payments", "contract", "venture_contracts")


def _judge_ventures(run: Run) -> Iterable[Report]:
    if "ventures" not in run.tables:
        return ()
    held = [
        ventures.Venture(
            id=str(row["id"]),
            kind=str(row["actor_kind"]),
            actor=str(row["carrier"]),
            community=place(run.case, row),
            on=cast(date, row["date"]),
        )
        for row in run.tables.rows("ventures")
    ]
    begun = [one for one in held if one.on <= run.case.on]
    lines = [[one.kind, one.count, one.of, share(one.count, one.of)] for one in ventures.shares(begun)]
    counts = {"projects": len(begun)}
    return (
        Report(specs.SHARES, lines, counts=counts, later=len(held) - len(begun), words=FOUND),
        *_contracts(run),
    )


def _contract(row: Row) -> ventures.Contract:
    return ventures.Contract(
        id=str(row["id"]),
        venture=str(row["venture"]),
        public_interest=cast("bool | None", row["public_interest"]),
        exit_clause=cast("bool | None", row["exit_clause"]),
        cap=_fen(row, "cap"),
        since=cast(date, row["from"]),
        until=cast("date | None", row["to"]),
    )


def _contracts(run: Run) -> Iterable[Report]:
    if "venture_contracts" not in run.tables:
        return
    rows = {str(row["id"]): row for row in run.tables.rows("venture_contracts")}
    held = {id_: _contract(row) for id_, row in rows.items()}
    clause = rules_of(run.case).contracts if held else None
    asked = {str(row["id"]): row for row in run.tables.rows("venture_payments") if row["contract"] in held}
    due = {id_: row for id_, row in asked.items() if cast(date, row["date"]) <= run.case.on}
    payments = [
        ventures.Payment(
            id=id_,
            contract=str(row["contract"]),
            on=cast(date, row["date"]),
            fen=to_fen(cast(Decimal, row["amount"])),
        )
        for id_, row in due.items()
    ]
    paid = ventures.judge_payments(held, payments, clause) if clause is not None else ()
    totals = {one.payment.contract: one.total for one in paid}
    lines, counts = [], Counter[str]()
    for id_, one in held.items():
        assert clause is not None  # noqa: S101 - there is a contract, so the checks have found rules
        ruling, total = ventures.judge_contract(one, clause), totals.get(id_, 0)
        counts[ruling.outcome] += 1
        left = None if one.cap is None else one.cap - total
        figures = [_yuan(one.cap), _yuan(total), _yuan(left)]
        lines.append([id_, one.venture, ruling.outcome, *figures, *told(ruling, run), *rows[id_].extras])
    yield Report(specs.CONTRACTS_OUT, lines, run.tables.extras("venture_contracts"), counts, words=FOUND)
    if "venture_payments" in run.tables:
        answers = [
            [
                *(one.payment.id, one.payment.contract, one.payment.on, _yuan(one.payment.fen)),
                *(one.ruling.outcome, *told(one.ruling, run), *due[one.payment.id].extras),
            ]
            for one in paid
        ]
        said = Counter(one.ruling.outcome for one in paid)
        extras = run.tables.extras("venture_payments")
        yield Report(specs.PAYMENTS_OUT, answers, extras, said, len(asked) - len(due), words=FOUND)


# Delegated services -----------------------------------------------------------------------------------------------


def _service(case: Case, row: Row) -> purchase.Service:
    return purchase.Service(
        community=place(case, row),
        title=text_of(row, "title"),
        purchaser=body(case, str(row["purchaser"])),
        cap_fen=to_fen(cast(Decimal, row["cap"])),
        public_interest=cast("bool | None", row["public_interest"]),
        exit_clause=cast("bool | None", row["exit_clause"]),
        at=datetime.combine(cast(date, row["date"]), datetime.min.time(), SHANGHAI),
    )


def _service_act(case: Case, row: Row) -> purchase.Act:
    return purchase.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, str(row["actor"])),
        role=str(row["role"]),
        provider=body(case, text_of(row, "provider")),
        fen=_fen(row, "amount"),
        passed=cast("bool | None", row["passed"]),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _service_terms(run: Run) -> purchase.Terms | None:
    rules = run.case.pack.rules(StewardshipRules)
    return None if rules is None else rules.services


def _service_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    extras = run.tables.extras("delegated_services")
    for id_, row in shown:
        one: purchase.Standing = book.standing(id_)
        counts[one.state] += 1
        figures = [_yuan(fen) for fen in (one.contract, one.verified, one.paid, one.owed)]
        beside = row.extras if row is not None else [""] * len(extras)
        lines.append([id_, one.service.community, one.state, one.provider, *figures, *beside])
    return (Report(specs.SERVICES_OUT, lines, extras, counts, later, words=BOUGHT),)


SERVICES = Followed(
    "delegated_services",
    "delegated_service_acts",
    "delegated_service",
    Text("购买服务", "following delegated services"),
    specs.REFUSED_SERVICE_ACTS,
    purchase.SERVICES,
    _service,
    _service_act,
    _service_terms,
    _service_report,
    faults=checked("delegated_services"),
)


# Support, and the choice of rules ---------------------------------------------------------------------------------


def _support_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("supports", "support_needs")(case, tables)
    seen: set[tuple[str, object]] = set()
    for row in tables.rows("support_needs"):
        key = place(case, row), row["support_kind"]
        if key in seen:
            yield fault(row, "support_kind", "duplicate-need", TWICE, TWICE_CURE)
        seen.add(key)


def _judge_support(run: Run) -> Iterable[Report]:
    rules = run.case.pack.rules(StewardshipRules)
    if ("supports" not in run.tables and "support_needs" not in run.tables) or rules is None:
        return ()
    given = [
        support.Support(
            community=place(run.case, row),
            kind=str(row["support_kind"]),
            giver=str(row["giver"]),
            quantity=cast(Decimal, row["quantity"]),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
        )
        for row in run.tables.rows("supports")
    ]
    needs = [
        support.Need(
            community=place(run.case, row),
            kind=str(row["support_kind"]),
            required=cast("Decimal | None", row["required_quantity"]),
        )
        for row in run.tables.rows("support_needs")
    ]
    lines, counts = [], Counter[str]()
    for one in support.balances(needs, given, run.case.on, rules.support):
        counts.update(one.ruling.codes)
        met = "" if not one.required else _share(min(one.given, one.required), one.required)
        figures = [plain_number(value) for value in (one.required, one.given, one.short)]
        lines.append([one.community, one.kind, *figures, met, *told(one.ruling, run)])
    return (Report(specs.BALANCES, lines, counts=counts, words=FOUND),)


def _share(part: Decimal, whole: Decimal) -> str:
    exact = Fraction(part) / Fraction(whole)
    return share(exact.numerator, exact.denominator)


def _judge_choices(run: Run) -> Iterable[Report]:
    if "rule_choices" not in run.tables:
        return ()
    lines, later, counts = [], 0, Counter[str]()
    for row in run.tables.rows("rule_choices"):
        if cast(date, row["date"]) > run.case.on:
            later += 1
            continue
        choice = choosing.Choice(
            community=place(run.case, row),
            matter=str(row["matter"]),
            rule=str(row["choice_rule"]),
            reason=text_of(row, "reason"),
        )
        ruling = choosing.judge_choice(choice, rules_of(run.case).choices)
        counts[ruling.outcome] += 1
        cells = [row["id"], choice.community, choice.matter, choice.rule, ruling.outcome]
        why = (ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang))
        lines.append([*cells, *why, *row.extras])
    return (Report(specs.CHOICES_OUT, lines, run.tables.extras("rule_choices"), counts, later, words=FOUND),)


DESKS: tuple[Desk, ...] = (
    Desk(_judge_ventures, faults=_venture_faults),
    SERVICES.desk(),
    Desk(_judge_support, faults=_support_faults),
    Desk(_judge_choices, faults=checked("rule_choices")),
)
"""多元共治 → the tables of `tables.specs.stewardship`."""
PARENTS: Mapping[str, str] = {
    "venture_contracts": "ventures",
    "venture_payments": "venture_contracts",
    "delegated_service_acts": "delegated_services",
}
