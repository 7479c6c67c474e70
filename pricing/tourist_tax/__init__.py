"""The tourist tax: computed after the price, from rates that the house has entered with their source.

`surcharges.py` and `tariffs.py` say what a person and night owe; `exemptions.py` who owes nothing; `classification.py`
what the house is on a night; `rates.py` what its authority has voted, from when on. `stay_tax.py` puts them together
for a stay, `record.py` keeps a line so that it can be recomputed, `declaration.py` adds lines up for the authority.
`readiness.py` asks whether the house may open for sale at all; `national.py` doubts an odd figure. `one_rate.py` is
the short way where rate and liable guests are known. No rate is shipped as if it were true.
"""

from pricing.tourist_tax.classification import Category, Classification, category_on, ending_soon
from pricing.tourist_tax.declaration import Declaration, declare
from pricing.tourist_tax.exemptions import Exemption, Sleeper
from pricing.tourist_tax.national import OutsideBracket, outside_bracket
from pricing.tourist_tax.one_rate import TaxableNight, TaxDue, TaxLine, tax_for_night, tax_for_stay
from pricing.tourist_tax.rates import Regime, RentThreshold, TaxRate, TaxTable
from pricing.tourist_tax.readiness import Lack, Missing, is_complete, what_is_missing
from pricing.tourist_tax.record import from_record, to_record
from pricing.tourist_tax.refusal import NoTaxRate, TaxInvalid
from pricing.tourist_tax.stay_tax import Mandate, RoomNight, StayTax, TaxedNight, tax_of_stay
from pricing.tourist_tax.surcharges import (
    PersonNightTariff,
    Surcharge,
    TaxRounding,
    voted_rate,
    voted_tariff,
)
from pricing.tourist_tax.tariffs import FixedTax, Tax, UnclassifiedTax, example_tax

__all__ = [
    "Category", "Classification", "Declaration", "Exemption", "FixedTax", "Lack", "Mandate", "Missing", "NoTaxRate",
    "OutsideBracket", "PersonNightTariff", "Regime", "RentThreshold", "RoomNight", "Sleeper", "StayTax", "Surcharge",
    "Tax", "TaxDue", "TaxInvalid", "TaxLine", "TaxRate", "TaxRounding", "TaxTable", "TaxableNight", "TaxedNight",
    "UnclassifiedTax", "category_on", "declare", "ending_soon", "example_tax", "from_record", "is_complete",
    "outside_bracket", "tax_for_night", "tax_for_stay", "tax_of_stay", "to_record", "voted_rate", "voted_tariff",
    "what_is_missing",
]  # fmt: skip
