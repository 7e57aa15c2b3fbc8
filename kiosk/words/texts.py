"""The sentences of the screens, from ``config/languages``. Every language has the same keys with the same gaps to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.catalogue import Text
from core.failures import every_failure
from core.words import Language, Words

_GAP = re.compile(r"\{(\w+)\}")


class TextsWrong(ValueError):
    """All mistakes of the language files, one line each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Texts:
    """``sentences``: language → dotted key → sentence."""

    sentences: Mapping[Language, Mapping[str, str]]

    def speaker(self, language: Language) -> Speaker:
        return Speaker(self.sentences[language], language)


@dataclass(frozen=True, slots=True)
class Speaker:
    """One language. An unknown key is a ``KeyError``: a bug, found by the tests, never shown."""

    sentences: Mapping[str, str]
    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return self.sentences[key].format(**values)

    def of(self, text: Text | Words) -> str:
        """The catalogue's own words, or a failure's."""
        return (text.words if isinstance(text, Text) else text).spoken(self.language)

    def failure(self, code: str) -> str:
        """What a person is told of a failure code; one nobody knows is a fault of ours."""
        known = every_failure()
        return self.of(known.get(code, known["HOUSE_FAILURE"]).citizen)

    def joined(self, parts: Iterator[str] | tuple[str, ...] | list[str], sign: str = "comma") -> str:
        """``sign``: ``comma``, or ``semicolon`` between parts that are lists themselves."""
        return self(f"common.list_{sign}").join(parts)


def load_texts(folder: Path) -> Texts:
    """``<language>.yaml`` for every language. Raises ``TextsWrong`` with every mistake."""
    loaded = {language: dict(_flat(_read(folder / f"{language}.yaml"))) for language in Language}
    mistakes = tuple(_mistakes(loaded))
    if mistakes:
        raise TextsWrong(mistakes)
    return Texts(loaded)


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsWrong((f"{path.name}: {' '.join(str(error).split())}",)) from error


def _flat(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """``yes``, ``no`` and ``on`` as keys are no words in YAML: they show as a path with ``True`` in it."""
    if isinstance(tree, dict):
        for key, below in tree.items():
            yield from _flat(below, f"{path}.{key}" if path else str(key))
    else:
        yield path, tree


def _mistakes(loaded: Mapping[Language, Mapping[str, Any]]) -> Iterator[str]:
    everything = {key for sentences in loaded.values() for key in sentences}
    for language, sentences in loaded.items():
        for key in sorted(everything - sentences.keys()):
            yield f"{language}.yaml: {key}: missing"
        for key, sentence in sentences.items():
            if not isinstance(sentence, str) or not sentence:
                yield f"{language}.yaml: {key}: no sentence"
    first, *others = loaded.values()
    for other in others:
        for key in sorted(first.keys() & other.keys()):
            if gaps(first[key]) != gaps(other[key]):
                yield f"{key}: the gaps to fill differ"


def gaps(sentence: Any) -> frozenset[str]:
    """Names of what is filled in. ``month`` and ``month_name`` are the same thing in two languages."""
    return frozenset(name.removesuffix("_name") for name in _GAP.findall(str(sentence)))
