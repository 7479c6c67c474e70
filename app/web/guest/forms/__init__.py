"""What guests write into the house's forms, and how it is read."""
