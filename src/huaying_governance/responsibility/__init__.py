"""责任清单: what may be asked of a community, by whom, on which condition, and what the answer is.

General layout, lowest first:

    names        organisations and communities, found by id, name or alias
    matters      the lines of a list and their versions
    adaptation   a city's list made a community's own: add, withdraw, narrow
    assignments  what is asked; what was admitted beside the list
    gate         what a place says of the gate: clauses, who admits, who is asked
    matching     free titles to matters: suggestions
    routes       the ways by which a matter may be asked for
    wording, grounds, remedies    every statement of a ruling
    screening    the answer
    request, admission, admitting    admission as a procedure, kept in a store
    algebra      what two lists say differently; what one permits and the other does not
    trial        what a new list would have answered; what a list's cases have tried
    decisions    what was asked and answered, to be replayed
    refusals     what was refused, and what single refusals cannot show
    publishing   who saw which version; the yearly review
    inventory    an office's inventory, sorted
    catalogue    the field set of the national catalogue, out and in
    burden       workload, certificates, signboards, caps
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.responsibility.adaptation import Adaptation, Change, adapted
    from huaying_governance.responsibility.admitting import AdmissionDesk
    from huaying_governance.responsibility.algebra import (
        Difference,
        World,
        dead_lines,
        diff,
        equivalent,
        implies,
    )
    from huaying_governance.responsibility.assignments import Admission, AdmissionBook, Assignment
    from huaying_governance.responsibility.burden import (
        Board,
        Cap,
        Certificates,
        Finding,
        Workload,
        certificates,
        change,
        grown,
        over_caps,
        surplus_boards,
        workload,
    )
    from huaying_governance.responsibility.catalogue import Entry, read_catalogue, write_catalogue
    from huaying_governance.responsibility.decisions import Departure, record, replay
    from huaying_governance.responsibility.gate import Gate, Threshold
    from huaying_governance.responsibility.inventory import Inventory, read_inventory
    from huaying_governance.responsibility.matching import Confirmed, Match, Matcher, TitleMatcher
    from huaying_governance.responsibility.matters import Matter, MatterList
    from huaying_governance.responsibility.names import Register, plain_name
    from huaying_governance.responsibility.publishing import Publication, Review, board, published, review
    from huaying_governance.responsibility.refusals import (
        Disguise,
        Escalation,
        Form,
        Rate,
        Repeated,
        Violation,
        by_assigner,
        disguises,
        escalations,
        monthly,
        overstays,
        repeated_fields,
        unfunded_rates,
        unlisted_rates,
        violations,
    )
    from huaying_governance.responsibility.request import Act, Request, Standing, Terms
    from huaying_governance.responsibility.screening import Screener
    from huaying_governance.responsibility.trial import Coverage, Edition, History, Impact, coverage, impact

__all__ = [
    "Act",
    "Adaptation",
    "Admission",
    "AdmissionBook",
    "AdmissionDesk",
    "Assignment",
    "Board",
    "Cap",
    "Certificates",
    "Change",
    "Confirmed",
    "Coverage",
    "Departure",
    "Difference",
    "Disguise",
    "Edition",
    "Entry",
    "Escalation",
    "Finding",
    "Form",
    "Gate",
    "History",
    "Impact",
    "Inventory",
    "Match",
    "Matcher",
    "Matter",
    "MatterList",
    "Publication",
    "Rate",
    "Register",
    "Repeated",
    "Request",
    "Review",
    "Screener",
    "Standing",
    "Terms",
    "Threshold",
    "TitleMatcher",
    "Violation",
    "Workload",
    "World",
    "adapted",
    "board",
    "by_assigner",
    "certificates",
    "change",
    "coverage",
    "dead_lines",
    "diff",
    "disguises",
    "equivalent",
    "escalations",
    "grown",
    "impact",
    "implies",
    "monthly",
    "over_caps",
    "overstays",
    "plain_name",
    "published",
    "read_catalogue",
    "read_inventory",
    "record",
    "repeated_fields",
    "replay",
    "review",
    "surplus_boards",
    "unfunded_rates",
    "unlisted_rates",
    "violations",
    "workload",
    "write_catalogue",
]

__getattr__ = lazily(
    __name__,
    {
        "adaptation": "Adaptation Change adapted",
        "admitting": "AdmissionDesk",
        "algebra": "Difference World dead_lines diff equivalent implies",
        "assignments": "Admission AdmissionBook Assignment",
        "burden": (
            "Board Cap Certificates Finding Workload certificates change grown over_caps "
            "surplus_boards workload"
        ),
        "catalogue": "Entry read_catalogue write_catalogue",
        "decisions": "Departure record replay",
        "gate": "Gate Threshold",
        "inventory": "Inventory read_inventory",
        "matching": "Confirmed Match Matcher TitleMatcher",
        "matters": "Matter MatterList",
        "names": "Register plain_name",
        "publishing": "Publication Review board published review",
        "request": "Act Request Standing Terms",
        "screening": "Screener",
        "trial": "Coverage Edition History Impact coverage impact",
        "refusals": (
            "Disguise Escalation Form Rate Repeated Violation by_assigner disguises "
            "escalations monthly overstays repeated_fields unfunded_rates unlisted_rates "
            "violations"
        ),
    },
)
