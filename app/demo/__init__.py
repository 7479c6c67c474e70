"""The example house: La Maison d'Ingénieur in Lens, its people, and a season of guests around a given day.

Everything is invented, and the pages say so. The same day always gives the same rooms, guests, stays and prices; only
references and passwords are drawn. Whatever a service exists for goes through it, at the moment when it would have
been done; only the house, its rooms and its rules are written directly.
"""

from app.demo.loading import ExampleNotPossible, HouseInTheWay, Stage, find_example, load

__all__ = ["ExampleNotPossible", "HouseInTheWay", "Stage", "find_example", "load"]
