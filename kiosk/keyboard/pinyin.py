"""Letters in, Chinese words out: a small pinyin engine over a table made once from pypinyin's readings.

It learns nothing: what one citizen types must not be offered to the next. Words of ``common.txt`` come first.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kiosk.environment import cache_folder

COMMON = Path(__file__).with_name("common.txt")
TABLE = "pinyin-3.sqlite"
LONGEST = 24
MOST = 60
SURNAME = 300


class Candidate(NamedTuple):
    """``letters``: how many of the typed letters it stands for."""

    text: str
    letters: int


class Pinyin:
    """``candidates`` for what is typed so far. ``close`` when the terminal stops."""

    def __init__(self, table: Path | None = None) -> None:
        path = table or cache_folder() / TABLE
        if not path.exists():
            build(path)
        self._table = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def close(self) -> None:
        self._table.close()

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """The likeliest first; every one stands for at least the first letter."""
        letters = letters.lower()[:LONGEST]
        found: dict[str, Candidate] = {}
        for candidate in self._ranked(letters):
            found.setdefault(candidate.text, candidate)
            if len(found) == MOST:
                break
        return tuple(found.values())

    def _ranked(self, letters: str) -> Iterator[Candidate]:
        if not letters:
            return
        whole = len(letters)
        yield from (Candidate(text, whole) for text in self._words("sound = ?", letters, 30))
        yield from self._sentence(letters)
        yield from (Candidate(text, whole) for text in self._words("initials = ? AND length(word) > 1", letters, 12))
        yield from (Candidate(text, whole) for text in self._beginning(letters))
        for end in range(whole - 1, 0, -1):
            yield from (Candidate(text, end) for text in self._words("sound = ?", letters[:end], 30))
        yield from (Candidate(text, 1) for text in self._words("initials = ? AND length(word) = 1", letters[0], 20))

    def _words(self, where: str, value: str, most: int) -> list[str]:
        rows = self._table.execute(f"SELECT word FROM words WHERE {where} ORDER BY score DESC LIMIT {most}", (value,))  # noqa: S608
        return [row[0] for row in rows]

    def _beginning(self, letters: str) -> list[str]:
        rows = self._table.execute(
            "SELECT word FROM words WHERE sound > ? AND sound < ? ORDER BY score DESC LIMIT 12",
            (letters, letters + "{"),
        )
        return [row[0] for row in rows]

    def _sentence(self, letters: str) -> Iterator[Candidate]:
        """The fewest, commonest words that together sound like all the letters."""
        best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(letters)
        for start in range(len(letters)):
            so_far = best[start]
            for end in range(start + 1, len(letters) + 1) if so_far else ():
                word = self._best(letters[start:end])
                if word and so_far:
                    there = best[end]
                    score = so_far[0] + word[1] - 1000
                    if there is None or score > there[0]:
                        best[end] = (score, so_far[1] + word[0])
        if best[-1]:
            yield Candidate(best[-1][1], len(letters))

    def _best(self, sound: str) -> tuple[str, int] | None:
        row = self._table.execute(
            "SELECT word, score FROM words WHERE sound = ? ORDER BY score DESC LIMIT 1", (sound,)
        ).fetchone()
        return (row[0], row[1]) if row else None


# --- the table ----------------------------------------------------------------------------------


def build(path: Path) -> None:
    """Write the table (1 to 2 s). Score: common words above known words above characters by how often words use them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent)
    os.close(handle)
    table = sqlite3.connect(partial)
    with table:
        table.execute("CREATE TABLE words (sound TEXT, initials TEXT, word TEXT, score INTEGER)")
        table.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", _rows())
        table.execute("CREATE INDEX sounds ON words (sound, score DESC)")
        table.execute("CREATE INDEX starts ON words (initials, score DESC)")
    table.close()
    Path(partial).replace(path)


def _rows() -> Iterator[tuple[str, str, str, int]]:
    from pypinyin import lazy_pinyin
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    characters, words = common()
    use = Counter(char for phrase in phrases_dict for char in phrase)
    for code, readings in pinyin_dict.items():
        char = chr(code)
        if code < 0x3400 or not (char in use or _in_gb2312(char)):
            continue
        for place, sound in enumerate(dict.fromkeys(plain(one) for one in readings.split(","))):
            yield (
                sound,
                sound[0],
                char,
                min(400, use[char]) // (16 * place + 16) + characters.get(char, 0) // (3 * place + 1),
            )
    for phrase, spoken in phrases_dict.items():
        sounds = [plain(one[0]) for one in spoken]
        rarest = min(use[char] for char in phrase)
        yield "".join(sounds), "".join(s[0] for s in sounds), phrase, 100 + min(300, rarest) - 12 * len(phrase)
    for word in words:
        sounds = lazy_pinyin(word)
        yield "".join(sounds), "".join(s[0] for s in sounds), word, 900


def common() -> tuple[dict[str, int], tuple[str, ...]]:
    """Characters with their bonus, and words, of ``common.txt``."""
    lines = [line for line in COMMON.read_text("utf-8").splitlines() if not line.startswith("#")]
    words = [word for line in lines[1:] for word in line.split()]
    characters = dict.fromkeys((word for word in words if len(word) == 1), SURNAME)
    characters |= {char: 600 - index // 2 for index, char in enumerate(lines[0])}
    return characters, tuple(word for word in words if len(word) > 1)


def plain(sound: str) -> str:
    """``lǜ`` as it is typed: ``lv``. Other accents go."""
    marked = unicodedata.normalize("NFD", sound.replace("ü", "v"))
    marked = marked.replace("u\u0308", "v")
    return "".join(char for char in marked if "a" <= char <= "z")


def _in_gb2312(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False
