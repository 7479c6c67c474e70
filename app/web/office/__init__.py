"""The office's door: the prices and how they are governed, the balance of the house, the solidarity fund."""

from app.web.office import prices
from app.web.office.door import office

__all__ = ["office", "prices"]
