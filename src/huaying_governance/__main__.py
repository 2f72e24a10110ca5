"""`python -m huaying_governance` is the command `huaying`."""

from __future__ import annotations

import sys

from huaying_governance.cli import main

if __name__ == "__main__":
    sys.exit(main())
