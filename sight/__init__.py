"""Pictures in, values out. No devices, no screens, no decisions."""
