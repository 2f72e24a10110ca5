"""A ruling is a word with its grounds: no yes or no, complete, in both languages, the same bytes every time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.kernel.ruling import OUTCOMES, Ground, Remedy, Ruling, plain
from huaying_governance.text import Text, same

LAW = Source(
    "rc2025",
    Text("《城市居民委员会组织法》", "Urban Residents Committees Organisation Law"),
    "law",
    text="协助",
)
ARTICLE_6 = Citation(LAW, Text("第六条", "Article 6"), "社区协助开展工作")
DEFAULT = Citation(Source("default", same("default"), "default"))
RULING = Ruling(
    "refused",
    (
        Ground(
            Text("事项不在清单内", "the matter is not listed"),
            "not-listed",
            ARTICLE_6,
            {"matter": "M<1>", "on": date(2026, 3, 2)},
            (Ground(same("list 2026")), Ground(same("admissions"), "none", DEFAULT)),
        ),
        Ground(Text("单位可以交办", "the organisation may assign"), citation=ARTICLE_6),
        Ground(Text("没有经费", "there is no funding"), "funds-missing", DEFAULT),
    ),
    ("assigner", "funding"),
    (Remedy("admission", Text("申请准入", "apply for admission"), {"by": date(2026, 4, 1)}),),
)


def test_a_ruling_is_no_yes_or_no() -> None:
    """Truth-testing raises, so that nobody writes `if ruling:`."""
    with pytest.raises(TypeError, match=r"ruling\.outcome"):
        bool(RULING)


def test_codes_and_citations() -> None:
    """Codes are those of the grounds that have one, in order; citations come once each."""
    assert RULING.codes == ("not-listed", "funds-missing")
    assert RULING.citations == (ARTICLE_6, DEFAULT)
    assert Ruling("permitted").codes == ()


def test_the_explanation_in_chinese() -> None:
    """The whole tree, every clause, what is missing and what can be done."""
    assert RULING.explain("zh") == (
        "裁定：不予接受\n"
        "- [not-listed] 事项不在清单内（依据：《城市居民委员会组织法》第六条）\n"
        "  - list 2026\n"
        "  - [none] admissions（依据：default（本库默认，无法律效力））\n"
        "- 单位可以交办（依据：《城市居民委员会组织法》第六条）\n"
        "- [funds-missing] 没有经费（依据：default（本库默认，无法律效力））\n"
        "缺少的事实：assigner、funding\n"
        "可以：申请准入"
    )


def test_the_explanation_in_english() -> None:
    """The same tree in English."""
    assert RULING.explain("en").splitlines()[:2] == [
        "Ruling: refused",
        "- [not-listed] the matter is not listed (basis: Urban Residents Committees Organisation Law Article 6)",
    ]
    assert RULING.explain("en").endswith("Missing facts: assigner, funding\nRemedy: apply for admission")


def test_cells() -> None:
    """Reasons and bases fit a table cell."""
    assert RULING.reason() == "事项不在清单内；单位可以交办；没有经费"
    assert RULING.basis("en").startswith("Urban Residents Committees Organisation Law Article 6; default")


def test_an_unknown_outcome_is_said_as_it_is() -> None:
    """An outcome of a later procedure shows its own word."""
    assert Ruling("suspended").explain("en") == "Ruling: suspended"
    assert all(text.zh and text.en for text in OUTCOMES.values())


def test_to_dict_is_stable() -> None:
    """The same ruling gives the same JSON, whatever the order in which its evidence was written."""
    ground = RULING.grounds[0]
    evidence = dict(reversed(ground.evidence.items()))
    again = Ruling(
        RULING.outcome,
        (Ground(ground.text, ground.code, ground.citation, evidence, ground.parts), *RULING.grounds[1:]),
        RULING.missing,
        RULING.remedies,
    )
    one, two = (
        json.dumps(ruling.to_dict(), ensure_ascii=False, sort_keys=True) for ruling in (RULING, again)
    )
    assert one == two
    data = RULING.to_dict()
    assert list(data) == ["outcome", "codes", "grounds", "missing", "remedies"]
    assert data["remedies"] == [
        {
            "code": "admission",
            "text": {"zh": "申请准入", "en": "apply for admission"},
            "data": {"by": "2026-04-01"},
        }
    ]


def test_evidence_cannot_be_changed() -> None:
    """A ruling keeps what it rests on: neither the mapping it was given nor its own can be changed afterwards."""
    facts: dict[str, object] = {"a": 1}
    ground = Ground(same("x"), evidence=facts)
    facts["a"] = 2
    assert ground.evidence == {"a": 1}
    with pytest.raises(TypeError):
        ground.evidence["a"] = 3  # type: ignore[index]


def test_plain_data() -> None:
    """Decimals, days, moments, texts, sets and tuples become JSON data."""
    moment = datetime(2026, 2, 9, tzinfo=UTC)
    value = {
        "a": Decimal("1.50"),
        "b": moment,
        "c": {"y", "x"},
        "d": (date(2026, 2, 9), None, True),
        "e": same("t"),
    }
    assert plain(value) == {
        "a": "1.50",
        "b": "2026-02-09T00:00:00+00:00",
        "c": ["x", "y"],
        "d": ["2026-02-09", None, True],
        "e": {"zh": "t", "en": "t"},
    }


def test_notebooks_show_text() -> None:
    """In a notebook the explanation is escaped text."""
    shown = Ruling("refused", (Ground(same("<b>")),))._repr_html_()
    assert "&lt;b&gt;" in shown
    assert "裁定" in shown
