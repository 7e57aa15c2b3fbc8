"""What was done, in an order that cannot be changed unseen: chain in the database, signed heads outside it."""
