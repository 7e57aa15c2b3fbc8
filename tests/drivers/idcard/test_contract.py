"""The contract suite, on every driver of an ID-card reader."""

from tests.drivers.contract_idcard import *  # noqa: F403
