"""表格规格: every table of a case folder: its columns, and the rules that need more than one cell of a row.

Inputs are read by these specs, outputs are written by them; one module for each concept. What a table means is judged
elsewhere; here stands only what no row may say: a period that ends before it begins, a spouse of oneself, a category
that its source has not.
"""

from __future__ import annotations

from huaying_governance.tables.spec import TableSpec
from huaying_governance.tables.specs import (
    conference,
    core,
    elections,
    employment,
    neighbourhood,
    participation,
    party,
    party_work,
    plans,
    recalls,
    stewardship,
    vacancies,
)

CONCEPTS = (
    core,
    conference,
    party,
    party_work,
    participation,
    stewardship,
    plans,
    elections,
    recalls,
    neighbourhood,
    vacancies,
    employment,
)
INPUTS: tuple[TableSpec, ...] = tuple(spec for concept in CONCEPTS for spec in concept.INPUTS)
OUTPUTS: tuple[TableSpec, ...] = tuple(spec for concept in CONCEPTS for spec in concept.OUTPUTS)
