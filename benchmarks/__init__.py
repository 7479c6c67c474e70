"""Measure the house: real bookings replayed, races for the last room, pages against a naive floor."""
