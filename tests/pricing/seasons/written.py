"""Two calendars of seasons as they are written: one with every kind of selector, one of the first form."""

TEXT = """
[[seasons]]
code = "low"
factor = "0.85"
names = { fr = "basse saison", en = "low season" }

[[seasons]]
code = "high"
factor = "1.2"
names = { fr = "haute saison", en = "high season" }

[calendar]
first_night = 2026-11-01
horizon = 2027-08-31
base = "low"
public_holidays = [2026-11-11, 2026-12-25]

[calendar.school_holidays]
known_from = 2026-09-01
known_until = 2027-09-01
source = "the ministry"

[calendar.school_holidays.zones]
A = [{ from = 2027-02-13, until = 2027-03-01 }]
B = [
    { from = 2026-12-19, until = 2027-01-04 }, # Christmas
    { from = 2027-02-20, until = 2027-03-08 },
]

[[calendar.events]]
code = "match"
names = { fr = "le match", en = "the match" }
dates = [2027-03-20]

[[calendar.rules]]
code = "feasts"
season = "high"
priority = 20
reasons = { fr = "les fêtes", en = "the feasts" }
nights = { any = [{ eve_of = "public_holidays" }, { on = "public_holidays" }, { event = "match" }] }

[[calendar.rules]]
code = "weekends"
season = "high"
priority = 10
reasons = { fr = "fins de semaine", en = "weekends" }
nights.all = [
    { weekdays = ["friday", "saturday"] },
    { not = { yearly = { from = "11-01", until = "02-15" } } },
    { any = [{ school_holidays = { any = ["A", "B"] } }, { dates = [2027-04-03] }] },
]

[[calendar.rules]]
code = "both"
season = "high"
priority = 10
reasons = { fr = "vacances des deux zones", en = "holidays of both zones" }
nights = { school_holidays = { all = ["A", "B"] } }

[[calendar.rules]]
code = "works"
season = "low"
priority = 30
reasons = { fr = "travaux", en = "works" }
nights = { ranges = [{ from = 2027-02-27, until = 2027-03-06 }] }
"""

FIRST_FORM = """
seasons = [
    { code = "low", factor = "0.85", names = { fr = "basse", en = "low" } },
    { code = "high", factor = "1.2", names = { fr = "haute", en = "high" } },
]

[calendar]
first_night = 2026-11-01
horizon = 2027-08-31
base = "low"
public_holidays = [2026-12-25]

[[calendar.rules]]
season = "low"
reasons = { fr = "travaux", en = "works" }
dates = [2026-12-24, 2027-03-01]

[[calendar.rules]]
season = "high"
reasons = { fr = "tout l’hiver", en = "all winter" }
ranges = [{ from = 2027-03-01, until = 2027-03-04 }]
yearly = [{ from = "12-20", until = "02-01" }, { from = "02-10", until = "02-20" }]
eves = true
"""
