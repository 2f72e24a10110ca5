"""居住理由与凭据: why somebody from elsewhere has stayed (经商、婚配等), since when, and what shows it.

Word of mouth shows nothing and refuses nothing: the evidence is missing, and the answer says which papers would do.
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

ACCEPTED = Text("凭据有效，居住满{n}日", "the evidence counts, and the stay has lasted {n} days")
TOO_SHORT = Text("居住未满{n}日", "the stay has not lasted {n} days yet")
TOO_SHORT_CURE = Text("自{day}起再办", "come again from {day}")
NO_EVIDENCE = Text("只有口头说明，缺少居住凭据", "it was only said; evidence of the stay is missing")
FINDINGS = {"too-short": TOO_SHORT, "no-evidence": NO_EVIDENCE}
NO_EVIDENCE_CURE = Text("提交以下之一：{all}", "submit one of: {all}")


@frozen(kw_only=True)
class Residence:
    """居住情况: the reason, since when, and the kind of evidence (never the paper itself); None is not known."""

    person: str
    community: str
    reason: str
    since: date | None
    evidence: str


@frozen
class ResidenceRules:
    """居住规则 of a pack: the days that make a stay a habitual one (常住), and what counts as evidence."""

    least_days: int
    evidence: tuple[str, ...]
    citation: Citation
    evidence_citation: Citation


def judge_residence(residence: Residence, rules: ResidenceRules, on: date) -> Ruling:
    """Return whether the stay is accepted as habitual on a day: `accepted`, `refused` or `undetermined`."""
    grounds, remedies, missing = [], [], []
    if residence.since is None:
        missing.append("living_since")
    elif on < (full := residence.since + timedelta(days=rules.least_days)):
        grounds.append(Ground(TOO_SHORT.fill(n=rules.least_days), "too-short", rules.citation))
        remedies.append(Remedy("too-short", TOO_SHORT_CURE.fill(day=full.isoformat())))
    if residence.evidence not in rules.evidence:
        missing.append("evidence")
        remedies.append(Remedy("no-evidence", NO_EVIDENCE_CURE.fill(all=", ".join(rules.evidence))))
    if grounds:
        return Ruling("refused", tuple(grounds), tuple(missing), tuple(remedies))
    if missing:
        told = [Ground(NO_EVIDENCE, "no-evidence", rules.evidence_citation)] if "evidence" in missing else []
        return Ruling("undetermined", tuple(told), tuple(missing), tuple(remedies))
    return Ruling("accepted", (Ground(ACCEPTED.fill(n=rules.least_days), "", rules.citation),))
