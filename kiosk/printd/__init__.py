"""The process that alone speaks to the certificate printer. It knows no screen: killing the screen changes no sheet.

``worker`` prints one order at a time by ``order_run``; ``recovery`` settles what a crash left; ``courier`` tells the
centre; ``server`` answers the screen over a Unix socket. A fault of its own ends the process: what is on the disk then
says, at the next start, how far it came.
"""
