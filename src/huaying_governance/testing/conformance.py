"""存储的符合性检验: subclass `StoreConformance`, say how your store is opened, and pytest proves what it promises.

    class TestMyStore(StoreConformance):
        @classmethod
        def open(cls, home):
            return MyStore(home / "data")

Each test belongs to a capability. What your store cannot do is declared in `lacks`, with the reason, and is skipped
and shown; everything else must pass. docs/storage/write-a-store.md walks through it.
"""

from __future__ import annotations

import pytest

_HOME = "huaying_governance.testing.conformance"
# So that a failing test of the suite shows the values that differ, as a test of your own does.
pytest.register_assert_rewrite(
    *(f"{_HOME}_{part}" for part in ("base", "events", "rows", "integrity", "model", "processes"))
)

from huaying_governance.testing.conformance_base import Capability, Change  # noqa: E402
from huaying_governance.testing.conformance_events import EventTests  # noqa: E402
from huaying_governance.testing.conformance_integrity import IntegrityTests  # noqa: E402
from huaying_governance.testing.conformance_model import ModelTests  # noqa: E402
from huaying_governance.testing.conformance_rows import RowTests  # noqa: E402

__all__ = ["Capability", "Change", "StoreConformance"]


class StoreConformance(EventTests, RowTests, IntegrityTests, ModelTests):
    """The whole suite. Override `open`; override `rewrite` to prove tamper evidence; declare gaps in `lacks`."""
