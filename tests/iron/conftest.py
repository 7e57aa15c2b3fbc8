"""Real services for the iron tests, started by the suite itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.printer.simulated import PrinterStand


@pytest.fixture(scope="session")
def printer_stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrinterStand]:
    """Two IPP printers and a spooler, once for all tests, in whatever state the last one left them."""
    with PrinterStand(tmp_path_factory.mktemp("stand")) as stand:
        yield stand


@pytest.fixture
def stand(printer_stand: PrinterStand) -> PrinterStand:
    """The stand in good order: both printers on and without jobs, trays full, no sheets."""
    printer_stand.reset()
    return printer_stand
