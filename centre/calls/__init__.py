"""What a terminal may ask: one file a call. Each has ``answer(asked, ask)``; the door knows them by ``table.CALLS``."""
