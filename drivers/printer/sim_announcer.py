"""The smallest D-Bus and Avahi that lets ``ippeveprinter`` start. Run as a script: ``sim_announcer.py SOCKET``.

``ippeveprinter`` refuses to run unless it can announce itself by DNS-SD, and a private ``avahi-daemon`` runs only as root
(it writes to ``/run/avahi-daemon``) and only once on a machine. So this answers, on a private socket, the dozen method
calls that libavahi-client makes (avahi-client/client.c, entrygroup.c), and announces nothing to anybody.
Wire format: D-Bus specification, "Message Protocol" and "Authentication Protocol". Standard library only.
"""

from __future__ import annotations

import socketserver
import struct
import sys
from io import BufferedIOBase
from typing import NamedTuple

METHOD_CALL = 1
METHOD_RETURN = 2
NO_REPLY_EXPECTED = 1
PATH, MEMBER = 1, 3

RUNNING = struct.pack("=i", 2)  # AVAHI_SERVER_RUNNING and AVAHI_ENTRY_GROUP_ESTABLISHED are both 2
API_VERSION = struct.pack("=I", 0x0204)
TRUE = struct.pack("=I", 1)


def text(value: str) -> bytes:
    return struct.pack("=I", len(value)) + value.encode() + b"\0"


ANSWERS: dict[str, tuple[str, bytes]] = {
    "Hello": ("s", text(":1.1")),
    "GetAPIVersion": ("u", API_VERSION),
    "GetVersionString": ("s", text("avahi 0.8")),
    "GetState": ("i", RUNNING),
    "GetHostName": ("s", text("localhost")),
    "GetHostNameFqdn": ("s", text("localhost")),
    "EntryGroupNew": ("o", text("/Client1/EntryGroup1")),
    "IsEmpty": ("b", TRUE),
}
"""Member → signature and body; every other call (AddMatch, AddService, Commit, Free …) gets an empty answer."""


class Call(NamedTuple):
    kind: int
    flags: int
    serial: int
    member: str


def padded(length: int, to: int) -> int:
    return (length + to - 1) // to * to


def header_strings(fields: bytes, order: str) -> dict[int, str]:
    """The header fields that are strings, by their code. Fields start at an offset divisible by 8."""
    found, at = {}, 0
    while at < len(fields):
        at = padded(at, 8)
        code, kind = fields[at], chr(fields[at + 2])
        at += 4
        if kind == "g":
            at += 1 + fields[at] + 1
        elif kind == "u":
            at += 4
        else:
            (length,) = struct.unpack_from(order + "I", fields, at)
            found[code] = fields[at + 4 : at + 4 + length].decode()
            at += 4 + length + 1
    return found


def read_call(stream: BufferedIOBase) -> Call | None:
    fixed = stream.read(16)
    if len(fixed) < 16:
        return None
    order = "<" if fixed[:1] == b"l" else ">"
    body_length, serial, fields_length = struct.unpack(order + "III", fixed[4:])
    rest = stream.read(padded(fields_length, 8) + body_length)
    strings = header_strings(rest[:fields_length], order)
    return Call(fixed[1], fixed[2], serial, strings.get(MEMBER, ""))


def answer(call: Call, serial: int) -> bytes:
    signature, body = ANSWERS.get(call.member, ("", b""))
    fields = struct.pack("=BB2sI", 5, 1, b"u\0", call.serial)
    if signature:
        fields += struct.pack("=BB2sB2s", 8, 1, b"g\0", 1, signature.encode() + b"\0")
    order = b"l" if sys.byteorder == "little" else b"B"
    head = order + struct.pack("=BBBIII", METHOD_RETURN, 1, 1, len(body), serial, len(fields)) + fields
    return head.ljust(padded(len(head), 8), b"\0") + body


class Client(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.admitted():
            self.serve()

    def admitted(self) -> bool:
        """The line-based handshake: anybody who can open the socket is let in."""
        self.rfile.read(1)
        for line in self.rfile:
            word = line.split()
            if word[:1] == [b"BEGIN"]:
                return True
            self.wfile.write(self.reply_to(word))
        return False

    def reply_to(self, word: list[bytes]) -> bytes:
        if word[:1] == [b"AUTH"] and len(word) < 3:
            return b"DATA\r\n" if word[1:] == [b"EXTERNAL"] else b"REJECTED EXTERNAL\r\n"
        if word[:1] in ([b"AUTH"], [b"DATA"]):
            return b"OK " + b"0" * 32 + b"\r\n"
        return b"ERROR\r\n"

    def serve(self) -> None:
        serial = 0
        while (call := read_call(self.rfile)) is not None:
            if call.kind == METHOD_CALL and not call.flags & NO_REPLY_EXPECTED:
                serial += 1
                self.wfile.write(answer(call, serial))


class Announcer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


if __name__ == "__main__":
    with Announcer(sys.argv[1], Client) as server:
        server.serve_forever()
