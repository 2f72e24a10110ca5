"""中介机构: whether an agency may work for the public, and what its outreach and its placements came to.

Licensed, made public, free to those who seek work, no deposit and no papers kept. What is not known is not held
against an agency, and not in its favour either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_years
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text


@frozen(kw_only=True)
class AgencyRules:
    """中介规则 of a pack: how long the ledger is kept, and the clauses."""

    ledger_years: int
    licence: Citation
    free: Citation
    deposit: Citation
    publicity: Citation
    ledger: Citation


@frozen(kw_only=True)
class Agency:
    """中介机构: its licence, what it takes of those who seek work, and since when its ledger of services is kept.

    `since`: when it began to serve; `ledger_from`: the first day that its ledger still holds.
    """

    id: str
    licence: str
    licence_to: date | None
    publicised: bool | None
    charges: bool | None
    keeps: bool | None
    since: date | None
    ledger_from: date | None


REASONS: Mapping[str, tuple[Text, Text, str]] = {
    "no-licence": (
        Text("没有许可证编号", "there is no licence"),
        Text("取得人力资源服务许可后再合作", "work with it when it is licensed"),
        "licence",
    ),
    "licence-expired": (
        Text("许可证已过期", "the licence is no longer valid"),
        Text("换证后再合作", "work with it when the licence is renewed"),
        "licence",
    ),
    "charges-workers": (
        Text("向求职者收费", "it charges those who seek work"),
        Text("停止收费并退还", "stop charging, and pay it back"),
        "free",
    ),
    "keeps-deposit": (
        Text("收取押金或扣留证件", "it takes deposits or keeps papers"),
        Text("立即退还，并报劳动保障监察", "give them back, and report it to labour inspection"),
        "deposit",
    ),
    "not-publicised": (
        Text("没有公示许可证和收费", "its licence and charges are not made public"),
        Text("在服务场所公示", "make them public where it serves"),
        "publicity",
    ),
    "ledger-short": (
        Text("服务台账保存不足{years}年", "its ledger of services is kept less than {years} years"),
        Text("补齐并保存满{years}年", "complete it, and keep it {years} years"),
        "ledger",
    ),
}
UNKNOWN = Text("没有写明 {f}", "`{f}` is not stated")
UNKNOWN_CURE = Text("补填 {f}", "state `{f}`")


def judge_agency(agency: Agency, rules: AgencyRules, on: date) -> Ruling:
    """Return whether an agency may work for the public on a day, with every reason against."""
    codes = list(_codes(agency, rules, on))
    figures = {"years": rules.ledger_years}
    if codes:
        grounds = tuple(
            Ground(REASONS[code][0].fill(**figures), code, getattr(rules, REASONS[code][2])) for code in codes
        )
        cures = tuple(Remedy(code, REASONS[code][1].fill(**figures)) for code in codes)
        return Ruling("ineligible", grounds, remedies=cures)
    missing = tuple(_missing(agency))
    if missing:
        grounds = tuple(Ground(UNKNOWN.fill(f=name), f"missing:{name}") for name in missing)
        cures = tuple(Remedy(f"missing:{name}", UNKNOWN_CURE.fill(f=name)) for name in missing)
        return Ruling("undetermined", grounds, missing, cures)
    text = Text("有许可、已公示、不向求职者收费", "licensed, public, free to those who seek work")
    return Ruling("eligible", (Ground(text, "", rules.licence),))


def _codes(agency: Agency, rules: AgencyRules, on: date) -> Iterator[str]:
    if not agency.licence:
        yield "no-licence"
    elif agency.licence_to is not None and agency.licence_to < on:
        yield "licence-expired"
    if agency.charges is True:
        yield "charges-workers"
    if agency.keeps is True:
        yield "keeps-deposit"
    if agency.publicised is False:
        yield "not-publicised"
    if agency.since is not None and agency.ledger_from is not None:
        due = max(agency.since, add_years(on, -rules.ledger_years))
        if agency.ledger_from > due:
            yield "ledger-short"


def _missing(agency: Agency) -> Iterator[str]:
    stated = {
        "licence_to": agency.licence_to,
        "publicised": agency.publicised,
        "charges_seekers": agency.charges,
        "keeps_deposit": agency.keeps,
        "serving_since": agency.since,
        "ledger_from": agency.ledger_from,
    }
    yield from (name for name, value in stated.items() if value is None)
