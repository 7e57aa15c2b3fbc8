"""The pledge route: decided by rule as soon as the case is accepted, because it was complete and signed then.

Officers would see the same facts; the rule is the item's ``complete_and_signed``. What the rule cannot carry to its end
(a certificate that cannot be drawn) is handed to officers, never refused by a machine.
"""

from __future__ import annotations

from centre.cases import Case, Moved, move, open_case
from centre.certificates import Issue, certificate_face, face_text
from centre.change import Change
from centre.counters import next_number
from centre.papers import Paper, draw, finish, number_paper, unfinished
from centre.tables.prints import certificates
from centre.trial import try_certificate
from centre.wiring import Centre
from centre.work import kinds
from centre.work.port import Payload
from core.clock import CHINA
from core.failures import CaseFailure
from core.ulid import new_ulid
from core.wire import CaseState
from printing.receipts import ReceiptKind
from printing.verify_code import new_short_code


def decide(centre: Centre, payload: Payload) -> None:
    """Decide one accepted case. Does nothing when it was decided, withdrawn or handed over before."""
    case = _case(centre, payload)
    if case.state is not CaseState.ACCEPTED:
        return
    try:
        try_certificate(centre, centre.items[case.item], case.form)
        finish_papers(centre, case)
    except CaseFailure as failure:
        _hand_over(centre, case, failure.code)
        return
    certificate_id = new_ulid(centre.clock)
    centre.ledger.change(lambda change: _grant(centre, change, case, certificate_id))


def receive(centre: Centre, payload: Payload) -> None:
    """The receipt of a case that waits for officers; the terminal hears of it by the case's version."""
    case = _case(centre, payload)
    if finish_papers(centre, case) and case.state is CaseState.NORMAL:
        moved = Moved("receipted", _machine(centre))
        centre.ledger.change(
            lambda change: move(change, case.region, case.id, [CaseState.NORMAL], CaseState.NORMAL, moved)
        )


def finish_papers(centre: Centre, case: Case, certificate: str = "") -> int:
    """Draw, sign and store every paper of the case that has no file yet; how many."""
    papers = centre.ledger.read(lambda connection: unfinished(centre, connection, case.id))
    for paper in papers:
        _finish(centre, case, paper, certificate)
    return len(papers)


def _finish(centre: Centre, case: Case, paper: Paper, certificate: str) -> None:
    document = centre.ledger.read(lambda connection: draw(centre, connection, case, paper, certificate))
    name = centre.files.put(document.data)
    centre.ledger.change(lambda change: finish(centre, change, paper, name, document.digest))


def _grant(centre: Centre, change: Change, case: Case, certificate_id: str) -> None:
    moved = Moved("decided", _machine(centre))
    if not move(
        change,
        case.region,
        case.id,
        [CaseState.ACCEPTED],
        CaseState.DECIDED,
        moved,
        decided_at=change.at,
        asked_at=change.at,
    ):
        return
    item = centre.items[case.item]
    day = change.at.astimezone(CHINA).date()
    serial = next_number(change, case.region, f"certificate.{item.id}", str(day.year))
    face = certificate_face(item, case.values, centre.settings, Issue(day, serial, new_short_code()))
    change.execute(
        certificates.insert().values(
            region_id=case.region,
            id=certificate_id,
            case_id=case.id,
            item=item.id,
            number=face.number,
            identifier=str(face.identifier),
            verify_code=face.verify_code,
            status="issued",
            face_digest=face.digest.hex(),
            face_sealed=centre.cipher.seal("certificates", certificate_id, "face", face_text(face)),
            valid_from=face.valid_from,
            valid_to=face.valid_to,
            issued_at=change.at,
        )
    )
    number_paper(centre, change, case.id, case.case_no, ReceiptKind.DECISION)
    change.audit(case.region, moved.actor, "certificate.numbered", str(face.identifier), case=case.case_no)
    payload: Payload = {"region": case.region, "case": case.id, "certificate": certificate_id}
    centre.work.enqueue(change.connection, kinds.SEAL, certificate_id, payload)


def _hand_over(centre: Centre, case: Case, code: str) -> None:
    moved = Moved("handed_over", _machine(centre), code)
    centre.ledger.change(
        lambda change: move(change, case.region, case.id, [CaseState.ACCEPTED], CaseState.NORMAL, moved)
    )


def _case(centre: Centre, payload: Payload) -> Case:
    region, case_id = int(payload["region"]), str(payload["case"])
    return centre.ledger.read(lambda connection: open_case(centre, connection, region, case_id))


def _machine(centre: Centre) -> str:
    return f"machine:{centre.settings.executor}"
