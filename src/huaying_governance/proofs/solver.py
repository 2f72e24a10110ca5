"""z3, without its types: its operators are made when it runs, and what a checker infers of them is wrong."""

from __future__ import annotations

from importlib import import_module
from typing import Any

z3: Any = import_module("z3")
