"""What a contender's process took: seconds, processor seconds and the peak of its own memory."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path


def taken(began: float) -> str:
    """Return a line of JSON on this process; `began` is `time.perf_counter()` at its start.

    The peak is that of the kernel for this program. `ru_maxrss` would not do: it starts at what the process that
    started this one had used.
    """
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return json.dumps(
        {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "peak_mb": peak / 1024}
    )
