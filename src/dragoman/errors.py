"""What can go wrong, as a tree.

DragomanError
├── InputError      a file or line that cannot be read: says which file, which line, what to do
├── PackError       an entry of our own data (concept, unit, frame, register) that is wrong: file, entry, problem
├── ParserError     a parser that is missing, or that did not give UD trees
└── RecordError     a record that cannot be opened, read or written: which, why, what to do
    └── BusyError   another program is writing to it; trying again later helps
"""


class DragomanError(Exception):
    """Base of every error that dragoman raises on purpose."""


class InputError(DragomanError):
    """An input that cannot be read; the message says what, where and what to do."""


class PackError(DragomanError):
    """A wrong entry in a language pack or in `data/`; the message names file and entry."""


class ParserError(DragomanError):
    """A parser that cannot be loaded or does not give UD trees."""


class RecordError(DragomanError):
    """A record that cannot be opened, read or written; the message says which, why and what to do."""


class BusyError(RecordError):
    """Another program holds the record; trying again later helps."""
