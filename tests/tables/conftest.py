from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huaying_governance.tables import INPUTS, Table, TableSpec, read_table

SPECS: dict[str, TableSpec] = {spec.name: spec for spec in INPUTS}
Reader = Callable[[str, str | bytes], Table]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Write `content` as NAME.csv and read it back as the table of that name."""

    def reading(name: str, content: str | bytes) -> Table:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / f"{name}.csv").write_bytes(data)
        table = read_table(tmp_path, SPECS[name])
        assert table is not None
        return table

    return reading
