"""What a terminal keeps over a power cut: the attempt log, the outbox and the numbers of its messages.

One SQLite file a process, and one process a file. A call that has returned is on the disk.
"""
