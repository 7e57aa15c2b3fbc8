"""Sign with the finger over the digest of the document. A dot is no signature; what changes afterwards is not signed."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from core.wire import Stroke
from flows.application import document_of, is_signed
from flows.document import digest_of
from flows.events import Confirmed, Event, StrokeDrawn, StrokesCleared, StrokeUndone
from flows.moves import Move, onward, stay
from flows.requests import Note
from flows.visit import Signature, Visit

LEAST_INK = 300
LEAST_SPREAD = 80
"""Thousandths of the box: together a third of its width drawn, and not all on one spot."""
MOST_STROKES = 120
MOST_POINTS = 4000


def enter(visit: Visit) -> Move:
    if visit.signature is not None and not is_signed(visit):
        return stay(visit.but(strokes=(), signature=None), Note("signature.void"))
    return stay(visit)


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case StrokeDrawn(stroke) if is_drawable(visit, stroke):
            return _redrawn(visit, (*visit.strokes, inside(stroke)))
        case StrokeUndone() if visit.strokes:
            return _redrawn(visit, visit.strokes[:-1])
        case StrokesCleared() if visit.strokes:
            return _redrawn(visit, ())
        case Confirmed() if enough_ink(visit.strokes):
            return _signed(visit)
    return None


def is_drawable(visit: Visit, stroke: Stroke) -> bool:
    """Not more than a signature can hold."""
    drawn = sum(len(each.points) for each in visit.strokes)
    fits = len(visit.strokes) < MOST_STROKES and drawn + len(stroke.points) <= MOST_POINTS
    return bool(stroke.points) and fits


def inside(stroke: Stroke) -> Stroke:
    """A finger that slips over the edge draws along it."""
    kept = tuple((min(max(x, 0), 1000), min(max(y, 0), 1000)) for x, y in stroke.points)
    return stroke.model_copy(update={"points": kept})


def enough_ink(strokes: tuple[Stroke, ...]) -> bool:
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke.points))
    across = [x for stroke in strokes for x, _ in stroke.points]
    down = [y for stroke in strokes for _, y in stroke.points]
    return length >= LEAST_INK and max(max(across) - min(across), max(down) - min(down)) >= LEAST_SPREAD


def _redrawn(visit: Visit, strokes: tuple[Stroke, ...]) -> Move:
    return stay(visit.but(strokes=strokes, signature=None))


def _signed(visit: Visit) -> Move:
    if is_signed(visit):
        return onward(visit)
    document = document_of(visit)
    signature = Signature(document, digest_of(document), visit.now)
    return onward(visit.but(signature=signature), Note("signed"))
