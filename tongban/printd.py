"""``tongban printd``: the process that alone speaks to the certificate printer. Ends by SIGTERM, without losing a sheet."""

from __future__ import annotations

import argparse
import signal
import threading

from kiosk.printd.process import keep_private, serve
from tongban._settings import add_settings, settings_of

configure = add_settings


def run(args: argparse.Namespace) -> int:
    """Exit status 0 after SIGTERM or SIGINT, 1 when it broke: start it again, it knows how far it was."""
    settings = settings_of(args)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keep_private()
    return serve(settings, stop)
