"""What the dock's buttons do to the simulated devices: each changes a state file that the device itself reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from drivers.idcard import simulated as reader
from drivers.printer.sim_control import Fault, change_control, read_control
from kiosk.dock.drawer import Dock, DockButton
from kiosk.main import Play

LAID, CABLE = "身份证 · 放卡", "身份证 · 线缆"
PAPER = "证照打印机"
CARDS = {
    "jia": "甲 · 居民",
    "yi": "乙 · 港澳台",
    "bing": "丙 · 旧版外国人",
    "ding": "丁 · 外国人",
    "hong": "𬭎 · 生僻字",
    "wu": "戊 · 没有执照",
    "ji": "己 · 执照被吊销",
    "geng": "庚 · 信用不符",
    "xin": "辛 · 证件过期",
    "ren": "壬 · 别人的执照",
    "blank": "空白芯片",
    "dead": "坏芯片",
    "forged": "假卡",
    "transit": "公交卡",
    "letter": "未知类型",
}
"""What there is to lay down, in the words of somebody trying the terminal out."""


class DeviceDock:
    """Keeps ``kiosk.dock.drawer.Dock``. ``actions``: button → what it does, both read anew each time."""

    def __init__(self, reader_state: Path, certificates: Path) -> None:
        self._reader, self._printer = reader_state, certificates
        self._cards = reader.cards()

    def buttons(self) -> tuple[DockButton, ...]:
        return tuple(button for button, _ in self._actions())

    def press(self, id: str) -> None:
        next(act for button, act in self._actions() if button.id == id)()

    def _actions(self) -> Iterator[tuple[DockButton, Callable[[], object]]]:
        yield from self._card_actions()
        yield from self._printer_actions()

    def _card_actions(self) -> Iterator[tuple[DockButton, Callable[[], object]]]:
        state = reader.read_state(self._reader)
        laid = state.card.key if state.card is not None else ""
        for key, card in self._cards.items():
            button = DockButton(f"card.{key}", CARDS.get(key, key), "id_card", LAID, key == laid)
            yield button, partial(reader.lay, self._reader, card)
        yield DockButton("lift", "拿走卡片", "back", LAID), lambda: reader.lift(self._reader)
        act = reader.unplug if state.plugged else reader.plug
        yield DockButton("cable", "拔掉读卡器", "plug", CABLE, not state.plugged), lambda: act(self._reader)

    def _printer_actions(self) -> Iterator[tuple[DockButton, Callable[[], object]]]:
        now = read_control(self._printer)

        def set_to(**changes: object) -> Callable[[], object]:
            return lambda: change_control(self._printer, **changes)

        yield DockButton("paper", "证照纸用完", "tray", PAPER, now.paper == 0), set_to(paper=0 if now.paper else 250)
        for fault, label in ((Fault.JAM, "卡纸"), (Fault.COVER, "盖子打开"), (Fault.HANG, "不动了")):
            on = now.fault is fault
            yield (
                DockButton(f"fault.{fault}", label, "printer", PAPER, on),
                set_to(fault=Fault.NONE if on else fault),
            )
        yield DockButton("power", "拔掉电源", "plug", PAPER, not now.power), set_to(power=not now.power)


def dock_of(play: Play) -> Dock | None:
    if play.reader_state is None or play.certificates is None:
        return None
    return DeviceDock(play.reader_state, play.certificates)
