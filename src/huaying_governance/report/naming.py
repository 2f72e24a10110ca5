"""看板名称: what a place calls its own: communities, organisations, rules, kinds of service; from its pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from huaying_governance.conference.rules import ConferenceRules
from huaying_governance.packs import Pack
from huaying_governance.packs.rules.employment import EmploymentRules
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.text import Text, same

Names = Mapping[str, Mapping[str, Text]]
"""By column, or by result and column: what ids of the pack are called."""


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


BODIES = _columns(
    "accountable acts agreed_members assigner billed bodies community concerned consulted cooperators "
    "copied_to department departments dissent duty_body escalated_to finder informed ladder_subject lead leads "
    "left_early member not_complete objected organ recused_members responder responsible scope side_a side_b "
    "sponsor unheard unsigned users"
)
"""Columns of results that name communities and organisations by their ids."""
_STEWARDSHIP = _columns(
    "accountable_items boundary_matter consulted_items duty_item informed_items responsible_items service uses_a uses_b"
)


def names_of(pack: Pack) -> Names:
    """Return what the pack calls what results name by its ids."""
    bodies = {one.id: same(one.name) for one in pack.organisations}
    bodies |= {one.id: same(one.name) for one in pack.communities}
    found: dict[str, dict[str, Text]] = {column: dict(bodies) for column in BODIES}
    for column, names in (*_policies(pack), *_rules(pack)):
        found.setdefault(column, {}).update(names)
    return MappingProxyType(found)


def _policies(pack: Pack) -> Iterator[tuple[str, Mapping[str, Text]]]:
    for policy in pack.policies:
        yield "awards.policy", {policy.id: policy.titles}
        if policy.kind == "subsidy":
            yield "awards.rule", {rule.id: rule.label for rule in policy.rules}
        coded = {rule.code: rule.label for rule in policy.rules if rule.code}
        yield "eligibility.codes", coded
        yield "transitions.codes", coded
        yield "missing", {name: fact.label for name, fact in policy.facts.items()}


def _rules(pack: Pack) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """Yield what the rules of the concepts give titles to, where the pack states them."""
    if (conference := pack.rules(ConferenceRules)) is not None:
        yield "conference", {one.id: one.title for one in conference.conferences.values()}
    if (employment := pack.rules(EmploymentRules)) is not None:
        yield "job_kind", {one.id: one.title for one in employment.job_kinds.values()}
    if (neighbourhood := pack.rules(NeighbourhoodRules)) is not None:
        kinds = {one.id: one.title for one in neighbourhood.volunteering.kinds.values()}
        yield from _each(("service_kind", "by_kind"), kinds)
    if (stewardship := pack.rules(StewardshipRules)) is not None:
        titles = {id_: title for (_, id_), title in stewardship.titles.items()}
        yield from _each(_STEWARDSHIP, titles)
    if (vacancies := pack.rules(VacancyRules)) is not None:
        posting = vacancies.posting
        channels = {one.id: one.name for one in posting.channels.values()}
        yield from _each(("shown_on", "stock_value"), channels)
        wrong = {f"lint:{rule.code}": rule.why for rule in reversed(posting.wording)}
        yield from _each(("vacancies.codes", "vacancy_wording.codes", "referrals.codes"), wrong)


def _each(columns: Iterable[str], names: Mapping[str, Text]) -> Iterator[tuple[str, Mapping[str, Text]]]:
    return ((column, names) for column in columns)
