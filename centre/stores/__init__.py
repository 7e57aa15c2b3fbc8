"""The database behind the promises of other rooms."""
