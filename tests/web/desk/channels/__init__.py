"""Tests of the calendars of platforms at the desk."""
