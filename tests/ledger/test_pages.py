"""The pages about the ledger's procedure are what its table says."""

from __future__ import annotations

import pytest

from .pages import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_made_from_the_table(name: str) -> None:
    """Diagrams and lists are generated; write them anew with `python -m tests.ledger.pages`."""
    assert (FOLDER / name).read_text("utf-8") == PAGES[name]
