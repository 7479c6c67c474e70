"""I1 to I12 of the specification (5.4) as properties of random valid grids: 10,000 cases of each where CI runs them."""

from hypothesis import HealthCheck, settings

from tests.pricing.conftest import PROFILE

of_every_grid = settings(settings.get_profile(PROFILE), suppress_health_check=[HealthCheck.too_slow])
"""Decorates each property: as many cases as the chosen profile has."""
