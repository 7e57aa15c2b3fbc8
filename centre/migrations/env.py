"""Run by Alembic inside the connection and transaction that ``centre.schema.upgrade`` opened."""

from __future__ import annotations

from alembic import context

from centre.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
