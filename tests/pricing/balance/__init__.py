"""The balance of a year: solver, sensitivities and evolution."""
