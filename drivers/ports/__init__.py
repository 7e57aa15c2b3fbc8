"""The only importers of device libraries."""
