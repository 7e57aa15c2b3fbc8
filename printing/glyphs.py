"""Which characters the certificate font can print. Asked before anything is approved: a name is never substituted."""

from __future__ import annotations

from core.failures import GlyphMissing
from printing.ports.fonts import printable_code_points


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Code points of ``text`` (as ``U+2CB4E``, in order, once each) that the font lacks.

    Invisible characters (zero width, direction marks, variation selectors, private use) count as missing: typst would
    drop some of them without a word.
    """
    known = printable_code_points()
    return tuple(dict.fromkeys(f"U+{ord(char):04X}" for char in text if ord(char) not in known))


def require_glyphs(*texts: str) -> None:
    """Raise ``GlyphMissing`` naming the code points (never the text) when any of ``texts`` cannot be printed."""
    missing = missing_glyphs("".join(texts))
    if missing:
        raise GlyphMissing(" ".join(missing))
