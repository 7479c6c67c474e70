"""The scale language `pricing-scale/1`: price scales written as data, and the one interpreter that executes them."""

from pricing.scale.faults import CannotPrice, Fault, ScaleInvalid
from pricing.scale.scale import Account, Scale

__all__ = ["Account", "CannotPrice", "Fault", "Scale", "ScaleInvalid"]
