"""The tourist tax: rates, exemptions, the tax of a stay, and what is still missing."""
