"""编码: the four public identifiers: strict to read, masked to show.

`parse(text)` returns the identifier or raises `Problems` with every fault, `is_valid(text)` tells whether it would.
Both are strict: full-width digits, inner or outer spaces, a trailing newline or a lower-case x are faults, because
whoever stores the text as it came stores it wrong. Importers normalise first. No fault is ever repaired.

`repr` and `str` show the division part only; `value` is the whole number, for those who ask.
"""

from __future__ import annotations

from huaying_governance.kernel.ids.credit import CreditCode
from huaying_governance.kernel.ids.division import URBAN_RURAL_CLASSES, DivisionCode
from huaying_governance.kernel.ids.organisation import OrganisationCode
from huaying_governance.kernel.ids.resident import ResidentId

__all__ = ["URBAN_RURAL_CLASSES", "CreditCode", "DivisionCode", "OrganisationCode", "ResidentId"]
