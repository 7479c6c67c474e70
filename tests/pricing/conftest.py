"""Property tests measure prices, not the speed of the machine that runs them.

PRICING_PROFILE chooses how much: "everyday"; "thorough", with 10,000 cases of each invariant (.ci/run); "tables", which
leaves out what is drawn at random (benchmarks/mutants.py).
"""

import os

from hypothesis import Phase, settings

PROFILE = os.environ.get("PRICING_PROFILE", "everyday")

settings.register_profile("everyday", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=10_000)
settings.register_profile("tables", deadline=None, phases=[Phase.explicit])
settings.load_profile("everyday" if PROFILE == "thorough" else PROFILE)  # see invariants/ for who is thorough
