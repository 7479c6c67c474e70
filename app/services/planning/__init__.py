"""The planning of reception: rooms in rows, nights in columns, a bar from noon to noon for whatever has a room."""

from app.services.planning.layout import Cell, Lane, lay_out
from app.services.planning.reading import Bar, PlannedRoom, read_planning

__all__ = ["Bar", "Cell", "Lane", "PlannedRoom", "lay_out", "read_planning"]
