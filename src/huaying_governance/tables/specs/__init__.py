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
from huaying_governance.text import Text

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
GROUPS: tuple[tuple[Text, tuple[TableSpec, ...]], ...] = (
    (Text("交办、台账、奖补与选民", "assignments, ledger, awards and voters"), core.OUTPUTS),
    (Text("联席会议", "joint conference"), conference.OUTPUTS),
    (Text("党建引领", "party building"), (*party.OUTPUTS, *party_work.OUTPUTS)),
    (Text("议事、调解与参与", "topics, mediation and taking part"), participation.OUTPUTS),
    (Text("包联、权责与规划", "contacts, duties and plans"), (*stewardship.OUTPUTS, *plans.OUTPUTS)),
    (Text("选民登记、选举与罢免", "rolls, elections and recalls"), (*elections.OUTPUTS, *recalls.OUTPUTS)),
    (Text("志愿、环境与整治", "volunteers, places and incidents"), neighbourhood.OUTPUTS),
    (Text("招聘岗位与匹配", "vacancies and matching"), vacancies.OUTPUTS),
    (Text("培训与就业服务", "training and placements"), employment.OUTPUTS),
)
"""The results by what they are about, in the order of `OUTPUTS`."""


def group_of(spec: TableSpec) -> Text:
    """Return what a result is about."""
    return next(title for title, specs in GROUPS if spec in specs)
