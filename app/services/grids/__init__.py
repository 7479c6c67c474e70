"""The versions of a house's grid: immutable, dated, kept for ever."""

from app.services.grids.versions import Standing, VersionCard, find_version, list_versions

__all__ = ["Standing", "VersionCard", "find_version", "list_versions"]
