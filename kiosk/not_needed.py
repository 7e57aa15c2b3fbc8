"""The sheet that explains why a person needs no licence: made here, because no case and no person stands behind it."""

from __future__ import annotations

from collections.abc import Mapping

from core.catalogue import ServiceItem
from core.clock import CHINA, Clock
from flows.requests import PrintNotNeeded
from printing.receipts import ReceiptData, ReceiptKind, render_receipt


class NotNeededSheets:
    """``terminal`` and the running number of the day make the sheet's number."""

    def __init__(self, items: Mapping[str, ServiceItem], agency: str, terminal: str, clock: Clock) -> None:
        self._items, self._agency, self._terminal, self._clock = items, agency, terminal, clock

    def __call__(self, request: PrintNotNeeded) -> tuple[str, bytes]:
        """Title and PDF. ``GlyphMissing`` and the like go up."""
        item = self._items[request.item]
        ending = item.endings[request.ending]
        now = self._clock.now()
        data = ReceiptData(
            number=f"{self._terminal}-{now.astimezone(CHINA):%Y%m%d%H%M%S}",
            issued_at=now,
            agency=self._agency,
            item=item.name.zh,
            conclusion=ending.title.zh,
            explanation=ending.text.zh,
            ground=ending.ground.zh,
            answers=tuple(_spoken(item, question, answer) for question, answer in request.answers),
        )
        made = render_receipt(ReceiptKind.NOT_NEEDED, data)
        return made.title, made.data


def _spoken(item: ServiceItem, question_id: str, answer_id: str) -> tuple[str, str]:
    question = item.guide[question_id]
    answer = next(each for each in question.answers if each.id == answer_id)
    return question.ask.zh, answer.label.zh
