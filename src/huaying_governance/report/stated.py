"""看板出处: where each code of each result is stated: the procedure, or the concept that finds it.

A new case that is followed up needs a line in `FOLLOWED`, what is found of it one in `FOUND`; `vocabulary` joins them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from huaying_governance.conference import circulating, circulation, convening, sharing, supervising, tabling
from huaying_governance.conference import planning as meeting_plans
from huaying_governance.conference.resolution import COLOURS
from huaying_governance.conference.rules import METHODS
from huaying_governance.conference.trace import DIRECTIONS, KINDS
from huaying_governance.employment import (
    agencies,
    fair_steps,
    fairs,
    gig_steps,
    gigs,
    listing,
    matching,
    needs,
    placement,
    placement_steps,
    public_post_steps,
    public_posts,
    referral,
    signins,
    trainees,
    training,
    training_steps,
    vacancy,
)
from huaying_governance.kernel.ruling import OUTCOMES
from huaying_governance.ledger.table import LEDGER
from huaying_governance.neighbourhood import collecting, partners, points, rectifying, volunteering
from huaying_governance.participation import (
    deliberating,
    doors,
    electing,
    eligibility,
    enrolling,
    kinship,
    lectures,
    mediating,
    recall_reasons,
    recalling,
    residence,
    roll,
    roll_steps,
    signals,
)
from huaying_governance.party import (
    booking,
    composition,
    consequence,
    flags,
    floating,
    honour,
    honouring,
    members,
    planning,
    posts,
    project,
    tenure,
    whistling,
)
from huaying_governance.party import wording as party_wording
from huaying_governance.procedure.table import Procedure
from huaying_governance.responsibility import wording as screening
from huaying_governance.stewardship import dispute, purchase
from huaying_governance.stewardship import wording as stewardship_wording
from huaying_governance.stewardship.plans import resolving
from huaying_governance.stewardship.plans import wording as plan_wording
from huaying_governance.stewardship.plans.model import COMPARED
from huaying_governance.stewardship.transition import converting
from huaying_governance.stewardship.transition import model as transition_model
from huaying_governance.tables.vocabulary import HEADERS
from huaying_governance.text import Text

Words = Mapping[str, Text]
GROUPS: Words = MappingProxyType(
    {name: Text(HEADERS[name][0], name) for name in ("channel", "community", "kind", "region")}
)
"""What a count is grouped by."""

FOLLOWED: tuple[tuple[str, str, Procedure[Any, Any, Any]], ...] = (
    ("entries", "refused_actions", LEDGER),
    ("agenda", "refused_agenda_acts", tabling.ITEMS.procedure),
    ("circulations", "refused_circulation_acts", circulating.CIRCULATIONS.procedure),
    ("meetings", "refused_meeting_acts", convening.MEETINGS.procedure),
    ("resolutions", "refused_resolution_acts", supervising.RESOLUTIONS.procedure),
    ("pledges", "refused_pledge_acts", sharing.PLEDGES.procedure),
    ("bookings", "refused_booking_acts", booking.BOOKINGS.procedure),
    ("whistles", "refused_whistle_acts", whistling.WHISTLES.procedure),
    ("honours", "refused_honour_acts", honouring.HONOURS.procedure),
    ("posts", "refused_post_acts", tenure.POSTS.procedure),
    ("member_moves", "refused_move_acts", floating.MOVES.procedure),
    ("floating_members", "", floating.MOVES.procedure),
    ("appraisal_outcomes", "refused_appraisal_acts", consequence.OUTCOMES.procedure),
    ("projects", "refused_project_acts", project.PROJECTS.procedure),
    ("activity_plans", "refused_plan_acts", planning.PLANS.procedure),
    ("mediations", "refused_mediation_acts", mediating.MEDIATIONS.procedure),
    ("topics", "refused_topic_acts", deliberating.TOPICS.procedure),
    ("rolls", "refused_roll_acts", roll_steps.ROLLS.procedure),
    ("registrations", "refused_registration_acts", enrolling.REGISTRATIONS.procedure),
    ("recalls", "refused_recall_acts", recalling.RECALLS.procedure),
    ("elections", "refused_election_acts", electing.ELECTIONS.procedure),
    ("boundary_disputes", "refused_boundary_dispute_acts", dispute.DISPUTES.procedure),
    ("delegated_services", "refused_delegated_service_acts", purchase.SERVICES.procedure),
    ("plan_conflicts", "refused_plan_conflict_acts", resolving.CONFLICTS.procedure),
    ("transitions", "refused_transition_acts", converting.TRANSITION.procedure),
    ("volunteer_orders", "refused_volunteer_acts", volunteering.ORDERS.procedure),
    ("collection_points", "refused_collection_acts", collecting.POINTS.procedure),
    ("incidents", "refused_incident_acts", rectifying.INCIDENTS.procedure),
    ("vacancies", "refused_vacancy_acts", listing.VACANCIES.procedure),
    ("referrals", "refused_referral_acts", referral.REFERRALS.procedure),
    ("training_classes", "refused_training_acts", training_steps.CLASSES.procedure),
    ("fairs", "refused_fair_acts", fair_steps.FAIRS.procedure),
    ("placements", "refused_placement_acts", placement_steps.PLACEMENTS.procedure),
    ("gigs", "refused_gig_acts", gig_steps.GIGS.procedure),
    ("gig_arrears", "", gig_steps.GIGS.procedure),
    ("public_post_ledger", "refused_public_post_acts", public_post_steps.PUBLIC_PLACEMENTS.procedure),
)
"""What is followed up: the result that shows the states, the one that lists refused acts, and the procedure."""


def states_of(procedure: Procedure[Any, Any, Any]) -> Words:
    """Return what the states of a procedure are called."""
    return {state.id: state.label for state in procedure.states}


_Said = Mapping[str, Text] | Mapping[str, tuple[Text, Text]] | Mapping[str, tuple[Text, Text, str]]
_STEWARDSHIP = (stewardship_wording.CALLED, stewardship_wording.FINDINGS)
_PARTY = (party_wording.CALLED, party_wording.FINDINGS)
_LEDGER, _RESOLVED = states_of(LEDGER), states_of(supervising.RESOLUTIONS.procedure)
_TOPICS = deliberating.TOPICS.procedure.actions
FOUND: Mapping[str, tuple[_Said, ...]] = {
    "agency_performance.codes": (agencies.REASONS,),
    "agenda.state": (tabling.BECAME,),
    "assignments.codes": (screening.CALLED, screening.CODES),
    "boundary_matrix.codes": _STEWARDSHIP,
    "branches.codes": _PARTY,
    "circulations.codes": (circulation.NOTES,),
    "circulations.state": (circulation.FATES,),
    "collection_points.codes": (points.NOTES,),
    "committee_members.codes": (composition.FINDINGS,),
    "conference_traces.direction": (DIRECTIONS,),
    "conference_traces.related_kind": (KINDS,),
    "conference_traces.traced_kind": (KINDS,),
    "conference_waiting.reference_kind": (KINDS,),
    "contacts.codes": _STEWARDSHIP,
    "decisions.majority_needed": (METHODS,),
    "duties.codes": _STEWARDSHIP,
    "duty_gaps.codes": _STEWARDSHIP,
    "elected_members.codes": (kinship.FINDINGS,),
    "elected_members.outcome": (kinship.OUTCOMES,),
    "elected_members.state": (kinship.STANDINGS,),
    "elected_relatives.codes": (kinship.FINDINGS,),
    "elected_relatives.outcome": (kinship.OUTCOMES,),
    "election_officials.codes": (kinship.FINDINGS,),
    "election_officials.outcome": (kinship.OUTCOMES,),
    "election_officials.state": (kinship.STANDINGS,),
    "eligibility.codes": (eligibility.CALLED,),
    "fairs.codes": (fairs.NOTICES,),
    "fairs.permit_organ": (fairs.ORGANS,),
    "finds.codes": _STEWARDSHIP,
    "floating_members.codes": _PARTY,
    "gigs.codes": (gigs.NOTICES,),
    "grand_committees.codes": (composition.FINDINGS,),
    "honour_places.scope": (honour.SCOPES,),
    "indicator_differences.codes": (plan_wording.FINDINGS,),
    "job_search_results.region": (vacancy.REGIONS,),
    "lectures.codes": (lectures.NOTES,),
    "match_blockers.codes": (matching.CALLED,),
    "matches.fit_parts": (matching.FACTORS,),
    "meetings.codes": (meeting_plans.CALLED, meeting_plans.FINDINGS),
    "members.codes": _PARTY,
    "participants.codes": (doors.FINDINGS,),
    "partners.reach": (partners.REACHES,),
    "party_groups.state": (honour.GROUP_STATES,),
    "party_pledges.codes": _PARTY,
    "party_pledges.state": (members.PLEDGE_STATES,),
    "placement_ladder.ladder_scope": (GROUPS,),
    "placements.codes": (placement.NOTICES,),
    "placements.rung": (states_of(placement_steps.PLACEMENTS.procedure),),
    "plan_conflicts.codes": (plan_wording.FINDINGS,),
    "plan_conflicts.compared_by": (COMPARED,),
    "plan_pairs.codes": (plan_wording.FINDINGS,),
    "post_scores.codes": (party_wording.CALLED, posts.REASONS),
    "public_post_ledger.codes": (public_posts.NOTICES,),
    "recalls.codes": (recall_reasons.CALLED,),
    "registration_signals.signal": (signals.SIGNALS,),
    "registrations.codes": (roll.NOTES,),
    "residences.codes": (residence.FINDINGS,),
    "resolutions.colour": (COLOURS,),
    "resource_gaps.codes": _STEWARDSHIP,
    "roll_objections.kind": (roll.OBJECTIONS,),
    "rule_choices.codes": _STEWARDSHIP,
    "rule_choices.outcome": (stewardship_wording.OUTCOMES,),
    "supervision.colour": (COLOURS,),
    "support_balance.codes": _STEWARDSHIP,
    "three_lists.list_name": (project.LISTS,),
    "topic_stages.action": (_TOPICS,),
    "topics.entry_state": (_LEDGER,),
    "topics.resolution_state": (_RESOLVED,),
    "topics.stages": (_TOPICS,),
    "trainees.codes": (trainees.REASONS,),
    "training_classes.codes": (training.NOTICES,),
    "training_demand.codes": (needs.CALLED,),
    "training_demand.outcome": (needs.OUTCOMES,),
    "training_findings.finding": (signins.FINDINGS,),
    "transitions.codes": (transition_model.CALLED,),
    "transitions.criteria": (OUTCOMES,),
    "vacancies.codes": (vacancy.FINDINGS,),
    "vacancies.region": (vacancy.REGIONS,),
    "vacancies.state": ({"expired": vacancy.EXPIRED},),
    "vacancy_channels.channel_state": (vacancy.CHANNEL_STATES,),
    "vacancy_stock.stock_group": (GROUPS,),
    "vacancy_stock.stock_value": (vacancy.REGIONS,),
    "venture_contracts.codes": _STEWARDSHIP,
    "venture_contracts.outcome": (stewardship_wording.OUTCOMES,),
    "venture_payments.codes": _STEWARDSHIP,
    "venture_payments.outcome": (stewardship_wording.OUTCOMES,),
    "violations.codes": (screening.CALLED, screening.CODES),
    "whistle_flags.flag": (flags.NOTES,),
}
"""What a concept finds, by result and column: what codes are called, then what is said of them, which has them all."""
