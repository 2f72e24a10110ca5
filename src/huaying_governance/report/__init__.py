"""看板与简报: what a run has found, for people: a board, pictures, a page for each community.

General layout, lowest first:

    model      figures, sections, lines: what a board shows
    naming     what a place calls its own, from its pack
    vocabulary what every code of every result is called, joined from the concepts
    words      how cells read, what is opened on demand, what is masked
    charts     ledger ageing, costs, shares, as SVG
    histories  an entry's deadline and what was done to it, from the store
    results    from the results of a run to a board
    page       a board as HTML (board.css, board.js)
    brief      one page for a community, as HTML and as a workbook
    writing    everything of a run, in both languages, into a folder
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.report.brief import Brief, brief_of
    from huaying_governance.report.model import Board, Figure, Line, Section
    from huaying_governance.report.naming import Names, names_of
    from huaying_governance.report.page import write_page
    from huaying_governance.report.results import Results, board_of_results
    from huaying_governance.report.writing import write_board

__all__ = [
    "Board",
    "Brief",
    "Figure",
    "Line",
    "Names",
    "Results",
    "Section",
    "board_of_results",
    "brief_of",
    "names_of",
    "write_board",
    "write_page",
]

__getattr__ = lazily(
    __name__,
    {
        "brief": "Brief brief_of",
        "model": "Board Figure Line Section",
        "naming": "Names names_of",
        "page": "write_page",
        "results": "Results board_of_results",
        "writing": "write_board",
    },
)
