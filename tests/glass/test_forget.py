"""After a visit nothing of what was typed is left in this process: looked for in every object Python knows."""

from __future__ import annotations

import gc

from kivy.cache import Cache

from kiosk.app import TEXT_CACHES, forget_caches
from kiosk.widgets import ruler
from tests.glass import samples
from tests.glass.hand import Glass

TYPED = "qzjxvkwq"


def _somewhere(canary: str) -> list[object]:
    """What holds a string with ``canary`` in it: any object Python tracks, and the plain containers in it, which it does not."""
    gc.collect()
    found: list[object] = []
    for thing in gc.get_objects():
        inner = [thing]
        while inner:
            holder = inner.pop()
            for held in gc.get_referents(holder):
                if isinstance(held, str) and canary in held and held is not canary:
                    found.append(thing)
                elif isinstance(held, tuple | list | dict) and not gc.is_tracked(held):
                    inner.append(held)
    return found


def test_typed_text_is_gone_after_the_wipe(glass: Glass) -> None:
    glass.show(samples.faces()["form_text"])
    glass.tap("key.language")
    for letter in TYPED:
        glass.tap(f"key.{letter}")
    canary = "8号" + TYPED
    assert glass.says(canary)
    assert _somewhere(canary), "the search must be able to find it"
    glass.events.clear()
    glass.pane.forget()
    forget_caches()
    glass.show(samples.faces()["home"])
    assert not glass.says(TYPED)
    assert _somewhere(canary) == []


def test_measured_texts_are_forgotten() -> None:
    ruler.broken("测试甲", 30, False, 100)
    ruler.forget()
    assert ruler.broken.cache_info().currsize == ruler.width.cache_info().currsize == 0


def test_caches_of_kivys_text_fields_are_emptied() -> None:
    for name in TEXT_CACHES:
        Cache.register(name) if name not in Cache._categories else None
        Cache.append(name, "测试甲", object())
    forget_caches()
    for name in TEXT_CACHES:
        assert Cache.get(name, "测试甲") is None
