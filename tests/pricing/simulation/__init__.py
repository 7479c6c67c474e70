"""Invented years: simulation and risk."""
