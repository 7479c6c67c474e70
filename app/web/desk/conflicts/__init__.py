"""The desk's pages where a night that two sides want is settled: the list, its three ways, and who is told at once."""

from app.web.desk.conflicts import deciding, elsewhere, listing, urgent

__all__ = ["deciding", "elsewhere", "listing", "urgent"]
