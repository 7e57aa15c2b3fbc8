"""The contract suite, on every driver of a certificate printer."""

from tests.drivers.contract_printer import *  # noqa: F403
