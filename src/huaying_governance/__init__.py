"""Domain models and rules for grassroots community governance (基层治理).

General layout, top to bottom; a module uses only what stands below it:

    cli             the command `huaying`
    testing         tests of policies, and suites that prove a store
    report          看板      what a run has found, for people: boards, pictures, briefs
    flows           joins the concepts: a case folder from rows to explained results
    packs           a place's own lists, timetables, subsidies and rules, as data; ships `huaying`
    responsibility  责任清单  what may be asked of a community
    conference      联席会议  mandate, meetings, resolutions and what became of them
    stewardship     包联      contacts, boundaries, partners, support, plans, village to community
    party           党建      members, whistles, grand committee, appraisal, honours, posts
    ledger          台账      three ledgers: responsible person, timetable, strike-off
    subsidy         奖补      what a person, a couple, an enterprise is entitled to
    participation   参与      who may take part
    neighbourhood   邻里      voluntary help, collection points, places covered, incidents
    employment      就业      training, fairs, vacancies, matching, posts in the public interest
    programmes      四大工程  which concepts and policies serve which programme
    casework        办件      what is followed up by a procedure and kept in a store, one pattern for all
    storage         存储      append-only, chained, durable; memory, SQLite, PostgreSQL
    procedure       办理程序  states, transitions, guards, clocks
    batch           批量      a policy over tables, on an engine, with the answers of the interpreter
    proofs          证明      what holds of a policy in every case
    rules           政策语言  one text: checked, decided, explained
    tables          表格      CSV and Excel in and out
    kernel          内核      citations, rulings, money, dates, working days, identifiers
    errors, text    错误、文本
    lazy            doors that load a name when it is first used

Importing this package loads nothing: each public name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.batch import assess
    from huaying_governance.errors import (
        CalendarNotLoaded,
        ChainBroken,
        Conflict,
        HuayingError,
        MissingExtra,
        OutOfScope,
        Place,
        Problem,
        Problems,
        Refused,
    )
    from huaying_governance.flows import CaseSummary, check_path, run_case
    from huaying_governance.kernel.citation import Citation, Source
    from huaying_governance.kernel.ids import CreditCode, DivisionCode, OrganisationCode, ResidentId
    from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
    from huaying_governance.kernel.workdays import Calendar, china_calendar
    from huaying_governance.ledger import Action, Entry, LedgerBook
    from huaying_governance.packs import Pack, load_pack
    from huaying_governance.programmes import PROGRAMMES
    from huaying_governance.proofs import prove
    from huaying_governance.responsibility import Admission, Assignment
    from huaying_governance.rules import Award, Policy, read_policy
    from huaying_governance.storage import open_store, seal, verify
    from huaying_governance.text import Lang, Text

__version__ = "0.1.0"

__all__ = [
    "PROGRAMMES",
    "Action",
    "Admission",
    "Assignment",
    "Award",
    "Calendar",
    "CalendarNotLoaded",
    "CaseSummary",
    "ChainBroken",
    "Citation",
    "Conflict",
    "CreditCode",
    "DivisionCode",
    "Entry",
    "Ground",
    "HuayingError",
    "Lang",
    "LedgerBook",
    "MissingExtra",
    "OrganisationCode",
    "OutOfScope",
    "Pack",
    "Place",
    "Policy",
    "Problem",
    "Problems",
    "Refused",
    "Remedy",
    "ResidentId",
    "Ruling",
    "Source",
    "Text",
    "__version__",
    "assess",
    "check_path",
    "china_calendar",
    "load_pack",
    "open_store",
    "prove",
    "read_policy",
    "run_case",
    "seal",
    "verify",
]


__getattr__ = lazily(
    __name__,
    {
        "ledger": "Action Entry LedgerBook",
        "responsibility": "Admission Assignment",
        "rules": "Award Policy read_policy",
        "kernel.workdays": "Calendar china_calendar",
        "errors": (
            "CalendarNotLoaded ChainBroken Conflict HuayingError MissingExtra OutOfScope "
            "Place Problem Problems Refused"
        ),
        "flows": "CaseSummary check_path run_case",
        "kernel.citation": "Citation Source",
        "kernel.ids": "CreditCode DivisionCode OrganisationCode ResidentId",
        "kernel.ruling": "Ground Remedy Ruling",
        "text": "Lang Text",
        "programmes": "PROGRAMMES",
        "packs": "Pack load_pack",
        "batch": "assess",
        "storage": "open_store seal verify",
        "proofs": "prove",
    },
)


def __dir__() -> list[str]:
    return sorted(__all__)
