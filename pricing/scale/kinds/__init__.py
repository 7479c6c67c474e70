"""The kinds of lines by their words; a new kind is one file beside this one and one line here."""

from collections.abc import Mapping
from types import MappingProxyType

from pricing.scale.kinds.aid import Aid
from pricing.scale.kinds.classes import ClassOfRow
from pricing.scale.kinds.equivalence import Equivalence
from pricing.scale.kinds.kind import Kind
from pricing.scale.kinds.linear import Linear
from pricing.scale.kinds.marginal import Marginal
from pricing.scale.kinds.per_person_night import PerPersonNight
from pricing.scale.kinds.piecewise_linear import PiecewiseLinear
from pricing.scale.kinds.product import Product
from pricing.scale.kinds.step import Step
from pricing.scale.kinds.sum import Sum
from pricing.scale.kinds.test import ConditionTest
from pricing.scale.kinds.value import PlainValue

KINDS: Mapping[str, type[Kind]] = MappingProxyType(
    {
        "value": PlainValue,
        "step": Step,
        "class": ClassOfRow,
        "linear": Linear,
        "piecewise_linear": PiecewiseLinear,
        "marginal": Marginal,
        "equivalence": Equivalence,
        "product": Product,
        "sum": Sum,
        "per_person_night": PerPersonNight,
        "aid": Aid,
        "test": ConditionTest,
    }
)
