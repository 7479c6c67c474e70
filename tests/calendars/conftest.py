"""Property tests judge what is read, not the speed of the machine that reads."""

from hypothesis import settings

settings.register_profile("calendars", deadline=None)
settings.load_profile("calendars")
