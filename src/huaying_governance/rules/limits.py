"""How large a policy document may be (上限): everything is bounded before it is parsed."""

from __future__ import annotations

MAX_DOCUMENT = 1_000_000
"""Characters of one document."""
MAX_TOML_DEPTH = 16
"""Brackets within brackets, headers included."""
MAX_KEY_PARTS = 8
"""Parts of one dotted key."""
MAX_STRING = 20_000
"""Characters of one quoted text."""
MAX_ENTRIES = 10_000
"""Keys, tables and list entries of one document."""
MAX_INCLUDES = 32
"""Documents that one policy may draw in, however deep."""

MAX_EXPRESSION = 4_000
"""Characters of one expression."""
MAX_NESTING = 48
"""Expressions within expressions."""
MAX_NODES = 600
"""Parts of one expression."""
MAX_DIGITS = 18
"""Digits of one number before the point, and after it."""

MAX_PROBLEMS = 200
"""Problems listed for one document; the number of the rest is told."""
