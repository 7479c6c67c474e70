"""The calendars of the platforms: connected, watched over, adjusted, put to rest; every change can be looked up."""

from app.web.desk.channels import listing, one_feed

__all__ = ["listing", "one_feed"]
