"""联席会议: joint conferences: agenda, meetings, resolutions and their follow-up, shared resources, traced both ways.

General layout:

    rules        what a pack states: members, kinds of meeting, categories, figures
    agenda, tabling         items, and how they reach a meeting
    meeting, session        meetings: what they are, and what an act makes of them
    convening               their procedure; what it asks: placing, attending, deciding, minuting
    circulation, circulating    urgent items signed by all without a meeting, confirmed by the next
    planning                limits on meetings
    minutes                 versions, bound by digests
    resolution, supervising resolutions and their follow-up in three colours
    sharing                 pledges of resources, and what is left of them
    trace        what came from what
    office       the books of all of it over one store
"""

from huaying_governance.conference.agenda import REFERENCES, Item, ItemAct, ItemStanding
from huaying_governance.conference.circulating import CIRCULATIONS
from huaying_governance.conference.circulation import (
    Circulation,
    CirculationAct,
    CirculationStanding,
    CirculationTerms,
    Signature,
    fate,
)
from huaying_governance.conference.convening import MEETINGS
from huaying_governance.conference.meeting import Meeting, MeetingAct, MeetingStanding, MeetingTerms, carries
from huaying_governance.conference.minutes import Minutes, broken, drafted
from huaying_governance.conference.office import Office
from huaying_governance.conference.planning import findings
from huaying_governance.conference.resolution import (
    Resolution,
    ResolutionAct,
    ResolutionStanding,
    ResolutionTerms,
    colour,
    resolution,
)
from huaying_governance.conference.rules import (
    Category,
    Circulating,
    Conference,
    ConferenceRules,
    Limit,
    MeetingKind,
    Member,
)
from huaying_governance.conference.sharing import PLEDGES, Draw, Pledge, PledgeStanding
from huaying_governance.conference.supervising import RESOLUTIONS
from huaying_governance.conference.tabling import ITEMS
from huaying_governance.conference.trace import Link, Trace, trace

__all__ = [
    "CIRCULATIONS",
    "ITEMS",
    "MEETINGS",
    "PLEDGES",
    "REFERENCES",
    "RESOLUTIONS",
    "Category",
    "Circulating",
    "Circulation",
    "CirculationAct",
    "CirculationStanding",
    "CirculationTerms",
    "Conference",
    "ConferenceRules",
    "Draw",
    "Item",
    "ItemAct",
    "ItemStanding",
    "Limit",
    "Link",
    "Meeting",
    "MeetingAct",
    "MeetingKind",
    "MeetingStanding",
    "MeetingTerms",
    "Member",
    "Minutes",
    "Office",
    "Pledge",
    "PledgeStanding",
    "Resolution",
    "ResolutionAct",
    "ResolutionStanding",
    "ResolutionTerms",
    "Signature",
    "Trace",
    "broken",
    "carries",
    "colour",
    "drafted",
    "fate",
    "findings",
    "resolution",
    "trace",
]
