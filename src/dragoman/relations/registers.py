"""Registers of visits that can be imported: what reads each form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dragoman.record.registered import Account, Aside, Register
from dragoman.relations.register_csv import read_csv
from dragoman.relations.state_travels import read_state

__all__ = ["REGISTERS", "Account", "Aside", "Register", "read_csv", "read_state"]

# Form → reader of a file or folder. A reader raises InputError where nothing can be read at all, and sets aside what
# it does not understand.
REGISTERS: dict[str, Callable[[Path], Register]] = {"state-travels": read_state, "csv": read_csv}
