"""Can the certificate be made at all? It is drawn once, thrown away, before anything is approved."""

from __future__ import annotations

from collections.abc import Iterable

from centre.certificates import sample_face
from centre.wiring import Centre
from core.catalogue import ServiceItem
from core.clock import CHINA
from core.wire import FieldValue
from printing.render import render_face
from printing.verify_code import make_code


def try_certificate(centre: Centre, item: ServiceItem, form: Iterable[FieldValue]) -> None:
    """Raises ``GlyphMissing`` for a character no font has, ``FormIncomplete`` for a value that does not fit its place."""
    day = centre.clock.now().astimezone(CHINA).date()
    face = sample_face(item, {value.id: value.value for value in form}, centre.settings, day)
    render_face(face, make_code(face, centre.signers.code_pem, centre.settings.public_host))
