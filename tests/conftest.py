"""What all tests share: how hypothesis looks for examples."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a test that fails on a busy machine proves nothing. By hand the examples are new each time; the gate
# takes the same ones each time, so that it fails for the change at hand and for nothing else.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("gate", settings.get_profile("dev"), derandomize=True, database=None)
settings.load_profile("dev")
