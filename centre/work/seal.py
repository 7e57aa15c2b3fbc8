"""Seal a decided certificate: file, decision paper, print order. The file is stored before the row that names it."""

from __future__ import annotations

import sqlalchemy as sa

from centre.cases import Case, Moved, move, open_case
from centre.certificates import face_from
from centre.change import Change
from centre.tables.prints import certificates, orders
from centre.wiring import Centre
from centre.work.decide import finish_papers
from centre.work.port import Payload
from core.failures import HouseFailure
from core.ulid import new_ulid
from core.wire import CaseState
from printing.face import CertificateFace
from printing.original import seal_certificate
from printing.stores import OrderState
from printing.verify_code import make_code


def seal(centre: Centre, payload: Payload) -> None:
    """Seal one certificate. Does nothing when it is sealed already; a second file of a repeated try is named by no row."""
    region, certificate_id = int(payload["region"]), str(payload["certificate"])
    case = centre.ledger.read(lambda connection: open_case(centre, connection, region, str(payload["case"])))
    face = centre.ledger.read(lambda connection: face_of(centre, connection, region, certificate_id))
    finish_papers(centre, case, face.number)
    if case.state is not CaseState.DECIDED:
        return
    code = make_code(face, centre.signers.code_pem, centre.settings.public_host)
    document = seal_certificate(face, code, centre.signers.seal)
    name = centre.files.put(document.data)
    centre.ledger.change(lambda change: _sealed(centre, change, case, certificate_id, name, document.digest))


def face_of(centre: Centre, connection: sa.Connection, region: int, certificate_id: str) -> CertificateFace:
    """The stored face, checked against its stored digest."""
    row = connection.execute(
        sa.select(certificates.c.face_sealed, certificates.c.face_digest).where(
            certificates.c.region_id == region, certificates.c.id == certificate_id
        )
    ).one()
    face = face_from(centre.cipher.open("certificates", certificate_id, "face", row.face_sealed))
    if face.digest.hex() != row.face_digest:
        raise HouseFailure(f"certificate {certificate_id}: the face is not the one that was decided")
    return face


def _sealed(centre: Centre, change: Change, case: Case, certificate_id: str, name: str, digest: str) -> None:
    ours = (certificates.c.region_id == case.region, certificates.c.id == certificate_id)
    named = certificates.update().where(*ours, certificates.c.file.is_(None))
    if not change.moves(named.values(file=name, digest=digest, sealed_at=change.at)):
        return
    moved = Moved("sealed", f"machine:{centre.settings.executor}")
    if not move(change, case.region, case.id, [CaseState.DECIDED], CaseState.SEALED, moved):
        raise HouseFailure("a certificate without a file belongs to a case that is not decided")
    change.audit(case.region, moved.actor, "certificate.sealed", certificate_id, sha256=digest)
    _order(centre, change, case, certificate_id)


def _order(centre: Centre, change: Change, case: Case, certificate_id: str) -> None:
    """One certificate, one order. A reprint is a new order with a reason, made by people."""
    order_id = new_ulid(centre.clock)
    order_no = f"P{case.case_no}01"
    change.execute(
        orders.insert().values(
            region_id=case.region,
            id=order_id,
            order_no=order_no,
            case_id=case.id,
            certificate_id=certificate_id,
            stock=centre.items[case.item].certificate.stock,
            target=case.device,
            state=OrderState.SEALED.value,
            fence=0,
            reason="",
            made_at=change.at,
            changed_at=change.at,
        )
    )
    change.audit(case.region, f"machine:{centre.settings.executor}", "print.ordered", order_no, terminal=case.device)
