"""办件: whatever is followed up by a procedure and kept in a store, one pattern for all of it.

General layout:

    convert     values to stored data and back: the one strict cattrs converter
    book        a book of cases: opened, acted on, refused with reasons, replayed

A concept states its procedure, what opens a case, what an act says and how a case stands after it; the book does the
rest: it loads, asks the procedure, appends, and gives a repeated command the answer of the first time.
"""

from huaying_governance.casework.book import Casebook, Casework
from huaying_governance.casework.convert import read, written

__all__ = ["Casebook", "Casework", "read", "written"]
