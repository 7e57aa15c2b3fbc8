"""Certificates: face, seal, print order, sheet."""
