"""Settings of both programs, from ``config/<profile>.toml`` and overlays; every mistake is reported at once.

Production refuses what plays a part: simulators, the dock, keys in plain files, the seeded demonstration people.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

CONFIG = Path(__file__).resolve().parent.parent / "config"


class SettingsWrong(ValueError):
    """All mistakes, one line each with its path."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Keys(Section):
    """``file``: keys in ``folder`` (development only). ``credential``: systemd credentials. ``tpm``: a TPM 2.0."""

    store: Literal["file", "credential", "tpm"]
    folder: Path | None = None


class Terminal(Section):
    id: str = Field(min_length=1, max_length=40)
    data: Path
    socket: Path
    """Where ``printd`` listens (Unix socket)."""
    keys: Keys


class Link(Section):
    url: str
    timeout_s: float = 10.0


class IdCard(Section):
    driver: str
    port: str
    timeout_s: float = 60.0


class CertificatePrinter(Section):
    driver: str
    uri: str
    stock: str
    dx_mm: float = 0.0
    dy_mm: float = 0.0
    watch_s: float = 180.0


class ReceiptPrinter(Section):
    driver: str
    server: str
    queue: str
    device_uri: str


class Screen(Section):
    width: int = 1080
    height: int = 1920
    fullscreen: bool = True
    diagonal_inches: float = 32.0
    dock: bool = False


class Idle(Section):
    """Seconds without a touch until the person is asked, and then until the visit is ended.

    ``most_s``: how long the person is ever made to wait for an answer from outside.
    """

    ask_s: float = 60.0
    leave_s: float = 30.0
    goodbye_s: float = 8.0
    take_s: float = 60.0
    most_s: float = 600.0


class Centre(Section):
    listen: str = "127.0.0.1"
    port: int = Field(default=8443, ge=0, le=65535)
    database: str
    data: Path
    executor: str = "centre-1"
    region: str
    agency: str
    agency_uscc: str = Field(min_length=18, max_length=18)
    public_host: str
    keys: Keys
    demonstration: bool = False


_KEY = "production keeps no key in a plain file"
_DRIVER = "production has no simulated driver"
PLAYED: tuple[tuple[str, str | None, str], ...] = (
    ("simulate", None, "production has no simulated devices"),
    ("screen.dock", None, "production has no dock"),
    ("centre.demonstration", None, "production has no invented people"),
    ("terminal.keys.store", "file", _KEY),
    ("centre.keys.store", "file", _KEY),
    ("idcard.driver", "simulated", _DRIVER),
    ("certificate_printer.driver", "simulated", _DRIVER),
    ("receipt_printer.driver", "simulated", _DRIVER),
)
"""Path, the value refused (``None``: whatever is true), why."""


class Settings(Section):
    profile: Literal["development", "production"]
    simulate: tuple[Literal["idcard", "printers"], ...] = ()
    terminal: Terminal
    link: Link
    idcard: IdCard
    certificate_printer: CertificatePrinter
    receipt_printer: ReceiptPrinter
    screen: Screen = Screen()
    idle: Idle = Idle()
    centre: Centre

    @model_validator(mode="after")
    def production_is_real(self) -> Settings:
        if mistakes := _play_acting(self.model_dump()):
            raise ValueError("; ".join(mistakes))
        return self


def _play_acting(settings: Mapping[str, Any]) -> list[str]:
    """What production refuses, each with its path; the settings may be wrong in other ways as well."""
    if settings.get("profile") != "production":
        return []
    told = []
    for path, refused, why in PLAYED:
        found = _at(settings, path)
        if found and refused in (None, found):
            told.append(f"{path}: {why}")
    return told


def _at(settings: Mapping[str, Any], path: str) -> Any:
    found: Any = settings
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def settings_from(*tomls: str) -> Settings:
    """Settings from TOML texts, later ones laid over earlier ones. Raises ``SettingsWrong`` with every mistake."""
    merged: dict[str, Any] = {}
    for text in tomls:
        try:
            merged = _laid_over(merged, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise SettingsWrong((f"not TOML: {error}",)) from error
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        fields = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors() if e["loc"])
        raise SettingsWrong((*fields, *_play_acting(merged))) from error


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: _laid_over(below[key], above[key])
        for key in below.keys() & above.keys()
        if isinstance(below[key], dict) and isinstance(above[key], dict)
    }
    return below | above | both
