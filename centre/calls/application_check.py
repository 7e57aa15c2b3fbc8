"""``application.check``: before the person signs: may they pledge, can the paper be made, can it be printed here?"""

from __future__ import annotations

import sqlalchemy as sa

from centre.application import judge_form, known, pledge_refused
from centre.asked import Asked, Said, said
from centre.stores.blanks import elsewhere, left
from centre.trial import try_certificate
from core.failures import BlanksOut, CaseFailure
from core.wire import CheckAsk, CheckTold


def answer(asked: Asked, ask: CheckAsk) -> Said:
    caller, at = asked.caller, asked.centre.clock.now()

    def look(connection: sa.Connection) -> tuple[str | None, bool, tuple[str, ...]]:
        facts = known(asked, connection, ask, at)
        judge_form(facts, ask.answers, ask.form)
        stock = facts.item.certificate.stock
        here = caller.stock == stock and left(connection, caller.region, caller.id, stock) > 0
        others = () if here else elsewhere(connection, caller, ask.item, stock)
        return pledge_refused(connection, caller.region, facts), here, others

    pledge, here, others = asked.centre.ledger.read(look)
    paper = _paper_refused(asked, ask)
    if paper is not None:
        return said(CheckTold(pledge_refused=pledge, print_refused=paper))
    return said(CheckTold(pledge_refused=pledge, print_refused=None if here else BlanksOut.code, elsewhere=others))


def _paper_refused(asked: Asked, ask: CheckAsk) -> str | None:
    try:
        try_certificate(asked.centre, asked.item(ask.item), ask.form)
    except CaseFailure as failure:
        return failure.code
    return None
