"""One sentence in every language the terminal speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


class Words(NamedTuple):
    """The same sentence in Chinese and English."""

    zh: str
    en: str

    def spoken(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en
