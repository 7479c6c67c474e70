"""Calendar feeds of booking platforms: read them, compare them with what was known, serve our own.

Runs alone (`python -m calendars`); leans on the standard library and icalendar, and on nothing of the hotel.
"""
