"""Every call and message of ``core.wire``, with who answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from centre.asked import Asked, Said
from centre.calls import (
    application_check,
    application_submit,
    application_withdraw,
    blanks_list,
    consent_open,
    hello,
    licences_fetch,
    print_offer,
    print_outcome,
    print_prepare,
    print_taken,
    rating,
)
from centre.change import Change

WATCH = "case.watch"  # answered by the long-poll door

CALLS: dict[str, Callable[[Asked, Any], Said]] = {
    "hello": hello.answer,
    "consent.open": consent_open.answer,
    "licences.fetch": licences_fetch.answer,
    "application.check": application_check.answer,
    "application.submit": application_submit.answer,
    "application.withdraw": application_withdraw.answer,
    "blanks.list": blanks_list.answer,
    "print.offer": print_offer.answer,
    "print.prepare": print_prepare.answer,
}
MESSAGES: dict[str, Callable[[Asked, Change, Any], None]] = {
    "print.outcome": print_outcome.take,
    "print.taken": print_taken.take,
    "rating": rating.take,
}
