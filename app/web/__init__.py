"""Doors, one per audience: they translate in, make one call, translate out."""
