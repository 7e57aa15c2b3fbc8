"""Everything a centre is made of, built from its settings in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from centre import schema
from centre.audit.heads import Heads
from centre.change import Ledger
from centre.db import Database
from centre.files import Files, FolderFiles
from centre.regions import add_region, region_of
from centre.signers import Signers, open_signers
from centre.work.dbos_engine import DbosWork
from centre.work.port import Work
from core.catalogue import ServiceItem
from core.clock import CHINA, Clock
from core.settings import CONFIG, Settings
from core.settings import Centre as CentreSettings
from flows.catalogue import load_catalogue
from vault.fields import FieldCipher
from vault.keys import KeyStore, open_keys

CATALOGUE = CONFIG / "catalogue"
FIELD_KEY = "fields"


@dataclass(frozen=True, slots=True)
class Centre:
    """``region``: the number of the region in which this centre issues."""

    settings: CentreSettings
    ledger: Ledger
    cipher: FieldCipher
    keys: KeyStore
    files: Files
    signers: Signers
    items: Mapping[str, ServiceItem]
    work: Work
    region: int

    @property
    def clock(self) -> Clock:
        return self.ledger.clock


def open_centre(
    settings: Settings,
    clock: Clock,
    catalogue: Path = CATALOGUE,
    engine: Callable[[sa.Engine, str], Work] = DbosWork,
) -> Centre:
    """A centre with its schema up to date and its region known; durable work is not started yet."""
    ours = settings.centre
    keys = open_keys(ours.keys, settings.profile)
    cipher = FieldCipher({FIELD_KEY: keys.secret(FIELD_KEY)}, FIELD_KEY)
    database = Database(ours.database)
    schema.upgrade(database)
    ledger = Ledger(database, clock, Heads(ours.data, ours.executor, keys.signing("audit")))
    return Centre(
        settings=ours,
        ledger=ledger,
        cipher=cipher,
        keys=keys,
        files=FolderFiles(ours.data / "files", cipher, clock),
        signers=open_signers(settings, keys, clock),
        items=load_catalogue(catalogue),
        work=engine(database.engine, ours.executor),
        region=_region(ledger, ours),
    )


def _region(ledger: Ledger, settings: CentreSettings) -> int:
    today = ledger.clock.now().astimezone(CHINA).date()

    return ledger.change(
        lambda change: (
            region_of(change.connection, settings.region, today)
            or add_region(change.connection, settings.region, settings.agency)
        )
    )
