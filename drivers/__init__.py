"""One folder a device class, one file a device, its simulator beside it."""
