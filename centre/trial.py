"""Can certificate and papers be made at all? The certificate is drawn once, and thrown away, before anything is approved."""

from __future__ import annotations

from collections.abc import Iterable

from centre.certificates import sample_face
from centre.wiring import Centre
from core.catalogue import ServiceItem
from core.clock import CHINA
from core.failures import FormIncomplete
from core.wire import FieldValue
from printing.glyphs import require_glyphs
from printing.render import render_face
from printing.verify_code import make_code

MOST = 500


def try_certificate(centre: Centre, item: ServiceItem, form: Iterable[FieldValue]) -> None:
    """Raises ``GlyphMissing`` for a character no font has, ``FormIncomplete`` for a value that does not fit its place."""
    values = {value.id: value.value for value in form}
    too_long = sorted(name for name, value in values.items() if len(value) > MOST)
    if too_long:
        raise FormIncomplete("too long for any certificate: " + ", ".join(name[:40] for name in too_long[:5]))
    require_glyphs(*values.values())  # the other papers print the whole form
    day = centre.clock.now().astimezone(CHINA).date()
    face = sample_face(item, values, centre.settings, day)
    render_face(face, make_code(face, centre.signers.code_pem, centre.settings.public_host))
