"""Every table of the centre. Keys are (``region_id``, ULID) throughout; no foreign key crosses a region.

Columns named ``…_sealed`` hold ``vault.fields`` ciphertext bound to their row; ``…_index`` a keyed fingerprint for look-up.
"""
