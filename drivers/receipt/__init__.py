"""Printers of plain paper: through the spooler."""
