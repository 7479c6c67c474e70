"""Calendar feeds of booking platforms: read them, compare them with what was known, serve our own.

Runs alone (`python -m calendars`); leans on the standard library, icalendar and urllib3, and on nothing of the hotel.
"""
