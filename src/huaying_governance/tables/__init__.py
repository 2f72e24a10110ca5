"""表格: the tables of an office, read with every problem and written so that they can be read again.

General layout, lowest first:

    vocabulary  the one dictionary of headers and words, Chinese and English
    cells       what a column may hold; a cell's text to a value and back
    specs       the columns of every table of a case folder
    faults      the catalogue of problems
    table       rows, and what names a row from run to run
    excel       the one module that knows openpyxl
    header      which column is which
    read        CSV or Excel in: file, then header, then rows
    write       CSV or Excel out, whole or not at all
"""

from huaying_governance.tables.cells import Column, guarded, normal, show
from huaying_governance.tables.faults import LISTED
from huaying_governance.tables.read import read_file, read_table
from huaying_governance.tables.specs import INPUTS, OUTPUTS, TableSpec
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
    "normal",
    "read_file",
    "read_table",
    "show",
    "write_table",
]
