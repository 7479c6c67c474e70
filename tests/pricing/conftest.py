"""Property tests measure prices, not the speed of the machine that runs them."""

from hypothesis import settings

settings.register_profile("pricing", deadline=None)
settings.load_profile("pricing")
