"""Readers of the resident ID card and its kin: the SDT protocol of GA 467, and the simulated reader."""
