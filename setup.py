"""Packages and one entry point; every tool's settings live in pyproject.toml."""

from setuptools import find_packages, setup

ROOMS = ("core", "vault", "drivers", "flows", "sight", "printing", "kiosk", "centre", "tongban")

setup(
    name="tongban",
    version="0.1.0",
    description="通办: a self-service government terminal and its centre",
    python_requires=">=3.11,<3.14",
    packages=find_packages(include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")]),
    include_package_data=True,
    entry_points={"console_scripts": ["tongban=tongban.__main__:main"]},
)
