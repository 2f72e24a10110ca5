"""The example case: the article's three channels, an edit that follows, a neighbour, an unlawful text, a referral."""

from __future__ import annotations

from pathlib import Path

import huaying_governance as hg
from folders import Tables, results
from project import ROOT


def test_the_example_shows_each_mechanism(tmp_path: Path) -> None:
    """Rows 72, 73, 84, 85: what the article names is in the example and comes out of the reports."""
    hg.run_case(ROOT / "examples" / "huaying", tmp_path / "out")
    told: Tables = results(tmp_path / "out")
    channels = {
        row["shown_on"]: row["channel_state"] for row in told["vacancy_channels"] if row["vacancy"] == "JV1"
    }
    assert channels == {
        "huaying-ejob": "shown",
        "huaying-release": "shown",
        "migrant-home": "to_update",
        "offline": "to_update",
    }
    posts = {row["id"]: row for row in told["vacancies"]}
    assert (posts["JV2"]["region"], posts["JV2"]["distance_km"]) == ("neighbour", "15.42")
    assert (posts["JV1"]["openings_left"], posts["JV4"]["state"]) == ("3", "drafted")
    assert [row["codes"] for row in told["refused_vacancy_acts"]] == ["unlawful-wording"]
    found = [(row["job_search"], row["vacancy"]) for row in told["job_search_results"]]
    assert found == [("JS1", "JV1"), ("JS1", "JV3"), ("JS2", "JV1"), ("JS2", "JV3"), ("JS2", "JV2")]
    assert {row["id"]: row["state"] for row in told["referrals"]} == {"JR1": "hired", "JR2": "rejected"}
    assert told["vacancy_stock"][0]["open_jobs"] == "23"
    assert all("（合成）" in row["employer"] or "(合成)" in row["employer"] for row in told["vacancies"])
