"""The JSON Schema of policy documents (JSON模式), from the same definitions that the reader uses.

Editors with a TOML language server complete and check by it; dates of TOML count as strings of format `date` there.
"""

from __future__ import annotations

from typing import Any

from huaying_governance.rules.document import DOCUMENTS, INCLUDED
from huaying_governance.text import Text

_TITLE = Text("政策文件", "policy document")


def policy_schema() -> dict[str, Any]:
    """Return the schema of a policy document of any kind."""
    kinds = []
    for kind, table in DOCUMENTS.items():
        schema = table.schema()
        schema["properties"]["policy"]["properties"]["kind"] = {"const": kind}
        kinds.append({"title": kind, **schema})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{_TITLE.zh} / {_TITLE.en}",
        "type": "object",
        "oneOf": kinds,
    }


def include_schema() -> dict[str, Any]:
    """Return the schema of a document that policies include."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **INCLUDED.schema()}
