"""Printers of numbered blanks: IPP straight to the device, and the simulated one."""
