"""Drawings that every door may show: plots, a grid as people see it, a year of its seasons."""
