"""``tongban sim``: run a simulated device in the foreground, and play with it from another terminal."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.settings import CONFIG
from drivers.idcard import simulated

STATE = Path("out/data/devices/idcard.json")


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    _add_reader(actions.add_parser("idcard", help="run the simulated ID-card reader until SIGTERM"))
    lay = _on_state(actions.add_parser("lay", help="lay a card on the reader"), _lay)
    lay.add_argument("key", help="key of config/people.yaml, or blank, dead, forged, transit, letter")
    lay.add_argument("--people", type=Path, metavar="FILE", default=CONFIG / "people.yaml", help="other people")
    _on_state(actions.add_parser("lift", help="take the card away"), _lift)
    fault = _on_state(actions.add_parser("fault", help="misbehave; `fault none` forgets all faults"), _fault)
    fault.add_argument("kind", help="silence noise half bad_xor … (drivers/idcard/simulated/state.py), or none")
    fault.add_argument("--on", default="", metavar="HEX", help="only on this command, e.g. 3010")
    fault.add_argument("--times", type=int, default=1, help="how often; 0 is until told to stop (%(default)s)")
    fault.add_argument("--sw3", type=lambda text: int(text, 16), default=0, metavar="HEX", help="for kind status")
    fault.add_argument("--ms", type=int, default=0, help="for kind late")
    _on_state(actions.add_parser("unplug", help="pull the reader's cable"), _unplug)
    _on_state(actions.add_parser("plug", help="put the cable back"), _plug)


def run(args: argparse.Namespace) -> int:
    """0, or 1 with the reason when there is no such card or fault."""
    act: Callable[[argparse.Namespace], int] = args.act
    return act(args)


def _add_reader(parser: argparse.ArgumentParser) -> None:
    _on_state(parser, _reader)
    parser.add_argument("--link", type=Path, required=True, metavar="PATH", help="becomes a link to the line")
    parser.add_argument("--card", metavar="KEY", help="what lies on it at the start")
    parser.add_argument("--sam-ms", type=int, metavar="N", help="milliseconds the module takes for a read")
    parser.set_defaults(people=CONFIG / "people.yaml")


def _on_state(parser: argparse.ArgumentParser, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser.add_argument("--state", type=Path, default=STATE, metavar="FILE", help="state file (%(default)s)")
    parser.set_defaults(act=act)
    return parser


def _reader(args: argparse.Namespace) -> int:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if args.sam_ms is not None:
        simulated.change(args.state, lambda state: replace(state, sam_ms=args.sam_ms))
    if args.card and _lay(argparse.Namespace(**(vars(args) | {"key": args.card}))):
        return 1
    with simulated.SimulatedReader(args.link, args.state):
        print(f"simulated reader at {args.link}, state in {args.state}", flush=True)
        stop.wait()
    return 0


def _lay(args: argparse.Namespace) -> int:
    known = simulated.cards(args.people.read_text("utf-8"))
    if args.key not in known:
        print(f"no card {args.key!r}; there are: {' '.join(known)}")
        return 1
    simulated.lay(args.state, known[args.key])
    return 0


def _lift(args: argparse.Namespace) -> int:
    simulated.lift(args.state)
    return 0


def _fault(args: argparse.Namespace) -> int:
    kinds = [kind.value for kind in simulated.Fault]
    if args.kind == "none":
        simulated.behave(args.state)
    elif args.kind in kinds:
        kind = simulated.Fault(args.kind)
        simulated.misbehave(args.state, kind, args.on, args.times, sw3=args.sw3, ms=args.ms)
    else:
        print(f"no fault {args.kind!r}; there are: none {' '.join(kinds)}")
        return 1
    return 0


def _unplug(args: argparse.Namespace) -> int:
    simulated.unplug(args.state)
    return 0


def _plug(args: argparse.Namespace) -> int:
    simulated.plug(args.state)
    return 0
