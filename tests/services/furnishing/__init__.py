"""A house is furnished from one file: first, again, later, and never wrongly."""
