"""The terminal: Kivy app, screens, the runner that does requests, stores, wiring, printd."""
