"""Who may verify and who may strike off: the table of CASES, to the letter."""

from __future__ import annotations

from pathlib import Path

from office import case, codes, judged, read


def step(minute: int, action: str, actor: str, role: str, **cells: str) -> dict[str, str]:
    return {
        "entry": "E",
        "at": f"2026-03-03T09:{minute:02}",
        "action": action,
        "actor": actor,
        "role": role,
        **cells,
    }


WORK = [
    step(1, "accept", "c", "clerk"),
    step(2, "assign", "c", "clerk", lead="housing", handler="h"),
    step(3, "progress", "h", "handler"),
    step(4, "reply", "colleague", "handler", evidence="记录"),
    step(5, "strike_off", "v", "verifier"),
    step(6, "verify", "h", "verifier", satisfied="yes"),
    step(7, "verify", "colleague", "leader", satisfied="yes"),
    step(8, "verify", "v", "verifier", satisfied="yes"),
    step(9, "strike_off", "h", "leader"),
    step(10, "strike_off", "colleague", "leader"),
]


def test_not_the_handler_and_for_a_verification_not_who_replied(tmp_path: Path) -> None:
    """Row 53: neither the handler nor who replied verifies; the handler does not strike off, who replied may."""
    entry = {
        "id": "E",
        "kind": "livelihood",
        "source": "grid",
        "community": "dujiaping",
        "received_at": "2026-03-02",
    }
    judged(case(tmp_path / "case", entries=[entry], actions=WORK), tmp_path / "out")
    refused = [(row["action"], codes(row["codes"])) for row in read(tmp_path / "out" / "refused_actions.csv")]
    assert refused == [
        ("strike_off", ["wrong-state", "not-verified"]),
        ("verify", ["handler-cannot-verify"]),
        ("verify", ["handler-cannot-verify"]),
        ("strike_off", ["handler-cannot-verify"]),
    ]
    assert read(tmp_path / "out" / "entries.csv")[0]["state"] == "struck_off"
