"""A citation says its clause, and how sure it is."""

from __future__ import annotations

from typing import get_args

import pytest

from huaying_governance.kernel.citation import MARKS, Citation, Source, Standing
from huaying_governance.text import Text

TITLE = Text("《信访工作条例》", "Regulations on Petition Work")


@pytest.mark.parametrize("standing", get_args(Standing))
def test_every_standing_has_its_mark(standing: Standing) -> None:
    """What is less than law or official says so in the citation, in both languages."""
    citation = Citation(Source("s", TITLE, standing), Text("第三十四条", "Article 34"))
    plain = standing in {"law", "official", "article"}
    assert (citation.say("zh") == "《信访工作条例》第三十四条") == plain
    assert (citation.say("en") == "Regulations on Petition Work Article 34") == plain
    assert set(MARKS) == set(get_args(Standing))


def test_a_source_without_article() -> None:
    """A whole source is cited by its title alone, and quoted by its own text."""
    citation = Citation(Source("s", TITLE, text="原文"))
    assert citation.say("en") == "Regulations on Petition Work"
    assert citation.to_dict() == {
        "source": "s",
        "title": TITLE.to_dict(),
        "article": {"zh": "", "en": ""},
        "quote": "原文",
        "standing": "law",
    }
    assert Citation(Source("s", TITLE, text="原文"), quote="一句").to_dict()["quote"] == "一句"


def test_texts_fill_both_languages() -> None:
    """A text within a text is said in the matching language."""
    found = Text("{a}和{b}", "{a} and {b}").fill(a=TITLE, b=3)
    assert (found.zh, found.en) == ("《信访工作条例》和3", "Regulations on Petition Work and 3")
