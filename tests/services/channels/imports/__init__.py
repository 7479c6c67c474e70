"""What becomes of a feed that is read, story by story."""
