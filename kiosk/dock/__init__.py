"""A drawer for development: lay a card, take the paper away, pull a plug."""
