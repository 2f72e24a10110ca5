"""The example of a third-party store runs in the gate like our own."""

from __future__ import annotations

import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples" / "stores"
if str(EXAMPLES) not in sys.path:
    # Not only for this import: the suite opens the store in child processes, which get this path.
    sys.path.append(str(EXAMPLES))

from test_jsonl_store import TestJsonlStore  # noqa: E402

__all__ = ["TestJsonlStore"]
