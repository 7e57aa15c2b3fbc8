"""The command ``tongban``: one module a subcommand, no logic of its own."""
