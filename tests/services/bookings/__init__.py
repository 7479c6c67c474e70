"""Bookings: held, ordered, answered, ended."""
