"""流程: the only place that joins concepts; a case folder goes from rows to explained results.

General layout, in the order a run goes through it:

    case        case.toml, and the tables as read, with what is sound, faulty and withheld
    answers     what every row was told is kept, and told again
    desk        what a concept's part of a run is: read, check, judge, report
    followed    the desk of whatever a casebook follows up: a table of openings, a table of acts
    assignments, entries, awards, residents     the first desks; persons are those of the awards
    conference, participation, neighbourhood, party, employment, stewardship    the desks of each concept
    run_case    all desks, one after the other; results are written last and whole
    check       the same without judging: a policy, a pack or a case folder; what policies state, proved
    receipts, replay    the receipts of a run in a file; the run again, and what differs
    summary     what a run says at its end
"""

from huaying_governance.flows.case import Progress
from huaying_governance.flows.check import check_path, prove_path
from huaying_governance.flows.replay import Replayed, replay
from huaying_governance.flows.run_case import run_case
from huaying_governance.flows.summary import CaseSummary

__all__ = ["CaseSummary", "Progress", "Replayed", "check_path", "prove_path", "replay", "run_case"]
