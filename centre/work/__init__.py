"""Machine work that survives a crash: decide, seal. A person's decision or a deadline is a row, never work that waits."""
