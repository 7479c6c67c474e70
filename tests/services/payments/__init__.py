"""Cards, held against a real stand-in of the processor: nothing is patched, time is told."""
