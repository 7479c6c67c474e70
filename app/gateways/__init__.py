"""Everything that leaves the house, one file each."""
