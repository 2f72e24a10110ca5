from __future__ import annotations

import pytest

from huaying_governance.packs import Pack, load_pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The shipped pack."""
    return load_pack("huaying")
