"""The solidarity fund: its ledger, its sums, and what the public may see of them."""
