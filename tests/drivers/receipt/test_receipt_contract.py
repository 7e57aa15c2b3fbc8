"""The contract suite, on every driver of a receipt printer."""

from tests.drivers.contract_receipt import *  # noqa: F403
