"""The door of the platforms, tested as they see it."""
