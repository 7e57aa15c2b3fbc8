"""One whole printing side a test: a killed printer or process must not be another test's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst

from tests.iron.printd.rig import Rig, rig_in


@pytest.fixture(scope="session")
def sheet() -> bytes:
    source = b"#set page(width: 210mm, height: 297mm)\nTest sheet"
    return bytes(typst.compile(source))


@pytest.fixture
def rig(sheet: bytes) -> Iterator[Rig]:
    """In a short folder: a Unix socket's path has 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="printd-") as folder, rig_in(Path(folder), sheet) as found:
        yield found
