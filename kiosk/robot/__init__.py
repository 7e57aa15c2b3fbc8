"""A robot citizen: presses real pixels through the X server, waits for what it sees, keeps a picture of every screen."""
