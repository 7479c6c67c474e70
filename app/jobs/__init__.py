"""What runs by itself, and when: huey only wakes sweeps, our own rows decide what happens (decision 17).

install(app)      give an application its queue and its `flask jobs` commands
wake("outbox")    after a commit, ask a worker to run a sweep now instead of within the minute
"""

from app.jobs.installation import install, wake

__all__ = ["install", "wake"]
