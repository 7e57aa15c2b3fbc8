"""The catalogue of service items, read from one YAML file an item. Every mistake of every file is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import ValidationError

from core.catalogue import ServiceItem


class CatalogueWrong(ValueError):
    """All mistakes, one line each: file, path inside the file, what is wrong."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load_catalogue(folder: Path) -> dict[str, ServiceItem]:
    """Id → item for every ``*.yaml`` in ``folder``. Raises ``CatalogueWrong`` with every mistake of every file."""
    items: dict[str, ServiceItem] = {}
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            item = load_item(path)
        except CatalogueWrong as error:
            mistakes += error.mistakes
        else:
            items[item.id] = item
    if not items and not mistakes:
        mistakes.append(f"{folder}: no item")
    if mistakes:
        raise CatalogueWrong(tuple(mistakes))
    return items


def load_item(path: Path) -> ServiceItem:
    """One item. Raises ``CatalogueWrong``."""
    try:
        item = ServiceItem.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueWrong((f"{path.name}: not readable as YAML: {' '.join(str(error).split())}",)) from error
    except ValidationError as error:
        raise CatalogueWrong(tuple(f"{path.name}: {line}" for line in _lines(error))) from error
    problems = item.problems() if item.id == path.stem else (f"id: {item.id!r} is not the name of the file",)
    if problems:
        raise CatalogueWrong(tuple(f"{path.name}: {problem}" for problem in problems))
    return item


def _lines(error: ValidationError) -> Iterator[str]:
    for found in error.errors():
        yield f"{'.'.join(map(str, found['loc'])) or 'item'}: {found['msg']}"
