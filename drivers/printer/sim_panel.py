"""What a simulated printer is told from beside it: ``ippeveprinter``'s web form for tray and toner, one IPP question.

The form is a GET by design of that tool, which is made for tests; it takes any number of sheets. Standard library only.
"""

from __future__ import annotations

import http.client
import struct
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import urlencode

A4 = "iso_a4_210x297mm"
MAIN, PHOTO = 1, 2
"""Its trays, by their number in the form; the photo tray only has to be there."""
SUPPLIES = 5
"""A waste tank and four colours."""
GET_JOBS = 0x000A
CHARSET, LANGUAGE, URI, KEYWORD = 0x47, 0x48, 0x45, 0x44


def set_paper(port: int, sheets: int) -> None:
    """0 sheets: media-empty, and jobs not yet begun wait until there are some."""
    form: dict[str, str | int] = {}
    for tray, level in ((MAIN, sheets), (PHOTO, 25)):
        form |= {f"size{tray}": A4, f"type{tray}": "stationery", f"level{tray}": level}
    _submit(port, "/media", form)


def set_toner(port: int, percent: int) -> None:
    _submit(port, "/supplies", {"supply0": 25} | {f"supply{number}": percent for number in range(1, SUPPLIES)})


def _submit(port: int, page: str, form: Mapping[str, str | int]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        line.request("GET", f"{page}?{urlencode(form)}")
        line.getresponse().read()


def is_cancelled(port: int) -> bool:
    """Whether somebody asked for the end of the job in hand. ``ippeveprinter`` notes that, but lets its command print on."""
    request = struct.pack(">BBHIB", 2, 0, GET_JOBS, 1, 0x01)
    request += _attribute(CHARSET, "attributes-charset", b"utf-8")
    request += _attribute(LANGUAGE, "attributes-natural-language", b"en")
    request += _attribute(URI, "printer-uri", f"ipp://127.0.0.1:{port}/ipp/print".encode())
    request += _attribute(KEYWORD, "requested-attributes", b"job-state-reasons") + b"\x03"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        line.request("POST", "/ipp/print", request, {"Content-Type": "application/ipp"})
        return b"processing-to-stop-point" in line.getresponse().read()


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    """RFC 8010 §3.1.4."""
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
