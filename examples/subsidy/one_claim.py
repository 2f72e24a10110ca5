"""一笔奖补的来龙去脉: one claim, explained, and what would have to change; written to be read in a notebook.

python examples/subsidy/one_claim.py
"""

from __future__ import annotations

from datetime import date

import huaying_governance as hg
from huaying_governance.rules import Spell, derive

# %% The policy, as it stands in the pack.
policy = hg.load_pack("huaying").policy("zone-employment")
on = date(2026, 11, 23)

# %% A person's spells of work: the gap of 30 days does not break the run, one of 31 would.
spells = (
    Spell(date(2025, 11, 1), date(2026, 3, 31), {"in_zone": True}),
    Spell(date(2026, 5, 1), None, {"in_zone": True}),
)
facts = {"education": "bachelor", **derive(policy, spells, on)}
print("由就业时段得出：", {name: facts[name] for name in ("in_zone", "stable_months")})

# %% The spouse has worked in the zone, but it is not known for how long.
award = policy.decide({**facts, "spouse": {"in_zone": True}}, on)
print(award.explain("zh"))

# %% Once that is known, the award is a sum.
award = policy.decide({**facts, "spouse": {"in_zone": True, "stable_months": 12}}, on)
print([(line.rule, str(line.amount)) for line in award.lines], str(award.amount))

# %% The same claim under a reform that raises the bachelor award.
reform = policy.reform({"parameters.bachelor_award": "3600"})
print(str(reform.decide({**facts, "spouse": None}, on).amount))
