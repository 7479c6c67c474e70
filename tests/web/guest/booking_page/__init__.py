"""The page of one booking, as its guest sees it."""
