"""dragoman: political event data from the world's press.

    import dragoman
    coding = dragoman.code("Oslo a rappelé jeudi son ambassadeur à Lima.")
    coding.reports[0].type      # "SANCTION"

`code` gives all that one text says, `between` what one party does to another in it; `open_record` keeps what was coded,
merged into events. Loading a parser takes a second; nothing is loaded before it is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.errors import BusyError, DragomanError, InputError, PackError, ParserError, RecordError
    from dragoman.model import Coding, Document, Event, Report, Visit
    from dragoman.opened import Record, open_record
    from dragoman.pipeline import between, code, code_document
    from dragoman.readers import read

_HOME = {
    **dict.fromkeys(("between", "code", "code_document"), "dragoman.pipeline"),
    **dict.fromkeys(("Coding", "Document", "Event", "Report", "Visit"), "dragoman.model"),
    **dict.fromkeys(("Record", "open_record"), "dragoman.opened"),
    **dict.fromkeys(
        ("BusyError", "DragomanError", "InputError", "PackError", "ParserError", "RecordError"), "dragoman.errors"
    ),
    "read": "dragoman.readers",
}
__all__ = [
    "BusyError",
    "Coding",
    "Document",
    "DragomanError",
    "Event",
    "InputError",
    "PackError",
    "ParserError",
    "Record",
    "RecordError",
    "Report",
    "Visit",
    "between",
    "code",
    "code_document",
    "open_record",
    "read",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
