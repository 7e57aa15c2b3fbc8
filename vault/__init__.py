"""Keys of devices and of stored fields. Seals of certificates never live here."""
