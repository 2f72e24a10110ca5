"""表格: the tables of an office, read with every problem and written so that they can be read again.

General layout, lowest first:

    words       headers and words that cells may hold, Chinese and English, one module for each concept
    vocabulary  the one dictionary of headers, joined from words; what a choice may hold
    cells       what a column may hold; a cell's text to a value and back
    spec        what a table is: columns, key, the rule over a row
    specs       the columns of every table of a case folder, one module for each concept
    faults      the catalogue of problems
    table       rows, and what names a row from run to run
    excel       the one module that knows openpyxl
    header      which column is which
    read        CSV or Excel in: file, then header, then rows
    frames      frames of pandas, Polars and Arrow in
    report      what reading came to: file, header, rows
    write       CSV or Excel out, whole or not at all
    origin      which case results were written from
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.tables.cells import Column, guarded, normal, show
    from huaying_governance.tables.faults import LISTED
    from huaying_governance.tables.frames import read_frame
    from huaying_governance.tables.read import read_file, read_table
    from huaying_governance.tables.report import import_report
    from huaying_governance.tables.spec import TableSpec
    from huaying_governance.tables.specs import INPUTS, OUTPUTS
    from huaying_governance.tables.table import Row, Table, identities
    from huaying_governance.tables.write import write_table

__all__ = [
    "INPUTS",
    "LISTED",
    "OUTPUTS",
    "Column",
    "Row",
    "Table",
    "TableSpec",
    "guarded",
    "identities",
    "import_report",
    "normal",
    "read_file",
    "read_frame",
    "read_table",
    "show",
    "write_table",
]

__getattr__ = lazily(
    __name__,
    {
        "cells": "Column guarded normal show",
        "faults": "LISTED",
        "frames": "read_frame",
        "read": "read_file read_table",
        "report": "import_report",
        "spec": "TableSpec",
        "specs": "INPUTS OUTPUTS",
        "table": "Row Table identities",
        "write": "write_table",
    },
)
