# The same commands with just; without it, run what stands under each name.

# The whole quality gate.
check *arguments:
    ./check {{arguments}}

# What a fresh clone goes through.
ci:
    .ci/run

# The main job on the example case.
example:
    .venv/bin/huaying run examples/huaying --out out

# Property tests that take minutes.
long:
    ./check tests -m long --no-cov
