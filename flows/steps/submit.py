"""Hand it in. The same key and the same words until an answer comes: a repeated submission makes no second case.

No answer is *doubt*, not failure: the application may have arrived. A refusal by the centre's rules is certain: no case
exists, the person may go back and put it right.
"""

from __future__ import annotations

from core.failures import CaseFailure, LicenceFailure, every_failure
from flows.application import submission_key, submit_ask
from flows.events import Event, Failed, SubmitCame
from flows.moves import Move, onward, stay, trouble
from flows.requests import LookAtPrinter, Note, Submit
from flows.visit import Checked, Step, Submission, Visit

PUT_RIGHT_AT = {
    "SIGNATURE_BROKEN": Step.SIGN,
    "FORM_INCOMPLETE": Step.FORM,
    "GLYPH_MISSING": Step.FORM,
    "PLEDGE_NOT_OFFERED": Step.PLEDGE,
    "CONSENT_GONE": Step.CARD,
}


def enter(visit: Visit) -> Move:
    """Looks at the printer meanwhile: whether to print here is decided when the certificate is there."""
    made = visit.submission or Submission(submission_key(visit.ulid, visit.refusals), submit_ask(visit))
    return stay(visit.but(submission=made), LookAtPrinter(), Submit(made.key, made.ask))


def accept(visit: Visit, event: Event) -> Move | None:
    match event:
        case SubmitCame(_, told):
            return onward(visit.but(case_no=told.case_no), Note("case.submitted"))
        case Failed(_, "Submit", code):
            return _refused(visit, code) if is_refusal(code) else trouble(visit, code, "Submit")
    return None


def is_refusal(code: str) -> bool:
    """Whether the centre has looked at it and said no, so that surely no case exists."""
    known = every_failure().get(code)
    return known is not None and issubclass(known, (CaseFailure, LicenceFailure))


def _refused(visit: Visit, code: str) -> Move:
    free = visit.but(submission=None, refusals=visit.refusals + 1, signature=None, strokes=())
    if code == "PLEDGE_NOT_OFFERED" and free.checked is not None:
        told = free.checked.told.model_copy(update={"pledge_refused": code})
        free = free.but(checked=Checked(free.checked.ask, told))
    return trouble(free, code, "Submit", PUT_RIGHT_AT.get(code, Step.REVIEW))
