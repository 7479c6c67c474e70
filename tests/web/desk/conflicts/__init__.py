"""Tests of the pages where a night that two sides want is settled."""
