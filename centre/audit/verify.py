"""Is the audit chain whole? Finds edited, reordered, inserted and deleted rows, deleted last rows included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from centre.audit.chain import START, Head, row_digest
from centre.audit.heads import signed_heads
from centre.db import Database
from centre.tables.audit import audit_heads, audit_rows

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rows``: how many were checked. ``unsigned``: newest rows that no signed head covers yet (a crash leaves a few)."""

    rows: int
    unsigned: int
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class _Chain:
    """What the rows of one region turned out to be."""

    region: int
    digests: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        return max(self.digests, default=0)


def verify(database: Database, data: Path, public: Ed25519PublicKey) -> Verdict:
    """Check every chain row by row, then every signed head under ``data`` against it."""
    chains = {chain.region: chain for chain in database.read(_chains)}
    problems = [problem for chain in chains.values() for problem in chain.problems]
    signed: dict[int, int] = {}
    # the files are read after the rows, so that a centre at work is not taken for a broken one
    for head in signed_heads(data, public):
        if isinstance(head, str):
            problems.append(head)
        else:
            problems += _against(chains.get(head.region), head)
            signed[head.region] = max(signed.get(head.region, 0), head.seq)
    problems += [
        f"region {chain.region}: no signed head"
        for chain in chains.values()
        if chain.last and chain.region not in signed
    ]
    unsigned = sum(max(0, chain.last - signed.get(chain.region, 0)) for chain in chains.values())
    return Verdict(sum(len(chain.digests) for chain in chains.values()), unsigned, tuple(problems[:_MOST_TOLD]))


def _chains(connection: sa.Connection) -> list[_Chain]:
    heads = connection.execute(sa.select(audit_heads).order_by(audit_heads.c.region_id)).all()
    chains = []
    for head in heads:
        chain = _walk(connection, head.region_id)
        if (chain.last, chain.digests.get(chain.last, START)) != (head.seq, head.digest):
            chain.problems.append(
                f"region {head.region_id}: the head row says {head.seq}, the last row is {chain.last}"
            )
        chains.append(chain)
    return chains


def _walk(connection: sa.Connection, region: int) -> _Chain:
    chain = _Chain(region)
    previous = START
    rows = connection.execute(
        sa.select(audit_rows).where(audit_rows.c.region_id == region).order_by(audit_rows.c.seq)
    ).yield_per(1000)
    for expected, row in enumerate(rows, 1):
        chain.problems += _row_problems(row, expected if len(chain.digests) == expected - 1 else None, previous)
        previous = row.digest
        chain.digests[row.seq] = row.digest
    return chain


def _row_problems(row: sa.Row[tuple[object, ...]], expected: int | None, previous: str) -> Iterator[str]:
    where = f"region {row.region_id} row {row.seq}"
    if expected is not None and row.seq != expected:
        yield f"{where}: row {expected} is missing"
    if row.previous != previous:
        yield f"{where}: does not follow the row before it"
    if row.digest != row_digest(dict(row._mapping)):
        yield f"{where}: was changed"


def _against(chain: _Chain | None, head: Head) -> Iterator[str]:
    last = chain.last if chain else 0
    if head.seq > last:
        yield f"region {head.region}: {head.seq - last} last rows are missing (a signed head says {head.seq})"
    elif chain is not None and chain.digests.get(head.seq) != head.digest:
        yield f"region {head.region} row {head.seq}: not what the signed head says"
