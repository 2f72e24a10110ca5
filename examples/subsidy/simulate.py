"""政策模拟: what a reform of the zone's incentives costs an office's own persons, by education, and in the years ahead.

    python examples/subsidy/simulate.py examples/huaying out/simulation

The reform (3,600 yuan for a bachelor, prorated by months of stable work) is made up for the example. Writes
`reform.svg` and `years.svg`, and prints both in words.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from yearly_batch import read_register

import huaying_governance as hg
from huaying_governance.subsidy.chart import chart_of_change, chart_of_outlook
from huaying_governance.subsidy.simulation import change, outlook, over_register

ON = date(2026, 11, 23)


def main(folder: Path, out: Path) -> int:
    policy = hg.load_pack("huaying").policy("zone-employment")
    register = read_register(folder)
    people = over_register(register)
    words = policy.facts["education"].options
    groups = {
        person.id: words[str(person.facts["education"])].zh
        for person in register.persons.values()
        if "education" in person.facts
    }
    reform = policy.reform({"parameters.bachelor_award": "3600", "proration.kind": "months"})
    found = change(policy, reform, people, ON, groups)
    out.mkdir(parents=True, exist_ok=True)
    (out / "reform.svg").write_text(chart_of_change(found), encoding="utf-8")
    print(found.say("zh"))

    raised = policy.reform({"parameters.bachelor_award": {date(2028, 1, 1): "3600"}})
    years = outlook(raised, people, [date(year, 11, 23) for year in range(2026, 2031)])
    (out / "years.svg").write_text(chart_of_outlook(years), encoding="utf-8")
    for year in years:
        print(year.say("zh"))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
