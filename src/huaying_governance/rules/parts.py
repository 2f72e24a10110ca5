"""Everything a policy document says, resolved (政策内容)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from huaying_governance.kernel.citation import Source
from huaying_governance.rules.at import At
from huaying_governance.rules.exact import Exact
from huaying_governance.rules.load import Gathered
from huaying_governance.rules.model import (
    Combine,
    Fact,
    Item,
    Parameter,
    Proration,
    Relation,
    Rule,
    Stated,
    TimetableDefaults,
    Weight,
    readonly,
)
from huaying_governance.text import Text


@frozen
class Parts:
    """Everything a policy document says, resolved."""

    id: str
    kind: str
    titles: Text
    programme: str
    region: str
    subject: str
    changes: str | None
    sources: Mapping[str, Source] = field(converter=readonly)
    facts: Mapping[str, Fact] = field(converter=readonly)
    relations: Mapping[str, Relation] = field(converter=readonly)
    parameters: Mapping[str, Parameter] = field(converter=readonly)
    rules: tuple[Rule, ...] = ()
    combine: tuple[Combine, ...] = ()
    proration: Proration = field(factory=Proration)
    defaults: TimetableDefaults | None = None
    weights: tuple[Weight, ...] = ()
    total: Exact | None = None
    items: tuple[Item, ...] = ()
    proration_reads: frozenset[str] = frozenset()
    properties: tuple[Stated, ...] = ()
    gathered: Gathered | None = field(default=None, eq=False, repr=False)
    at: At | None = field(default=None, eq=False, repr=False)
