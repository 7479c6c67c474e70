"""The commands of `python -m pricing`, one file each: `add_to(commands)` declares it, `run(asked)` answers it."""
